//! Filters as a GET form: works without script by "Toon", and by every tap with script. All of it is in the address (rule L1).

use super::icon::{icon, small_icon};
use super::sample::sample;
use crate::api::catalog::ListPage;
use crate::routes;
use crate::text;
use leptos::html;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use shop_core::catalog::{Facet, FacetValue, Filter, Sort};
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement, HtmlSelectElement};

/// The id of the form; the sort menu beside the list belongs to it too.
pub const FORM: &str = "filters";

/// Goes to the same list narrowed down otherwise, without a new step in the history and without moving the page.
pub fn narrow() -> impl Fn(&Filter) + Clone + Send + Sync + 'static {
    let navigate = use_navigate();
    move |filter: &Filter| {
        navigate(&routes::list(filter), NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() });
    }
}

/// The filter panel: a drawer on phones, the left column on wide screens.
pub fn facets(page: &ListPage, go: impl Fn(&Filter) + Clone + Send + Sync + 'static) -> AnyView {
    let drawer = NodeRef::<html::Details>::new();
    let close = move || {
        if let Some(drawer) = drawer.get_untracked() {
            drawer.set_open(false);
        }
    };
    let filter = page.filter.clone();
    let change = move |event: Event| {
        let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) else { return };
        go(&filter.toggled(&input.name(), &input.value()));
    };
    let groups: Vec<AnyView> = page.facets.iter().enumerate().map(|(at, facet)| group(at, facet)).collect();
    let chosen = page.filter.chosen();
    let button = if chosen == 0 { "Filters".to_owned() } else { ["Filters (", &chosen.to_string(), ")"].concat() };
    view! {
        <aside class="lijst__filters" aria-label="Filters">
            <details
                class="filterlade"
                node_ref=drawer
                on:keydown=move |event| {
                    if event.key() == "Escape" {
                        close();
                    }
                }
            >
                <summary class="btn btn--rustig btn--klein">
                    {small_icon("sliders-horizontal")} <span>{button}</span> <span class="sluit">{icon("x")}</span>
                </summary>
                <div class="lade lade--links">
                    <form
                        id=FORM
                        class="lade__blad"
                        method="get"
                        action=routes::collection(page.filter.path_part())
                        on:change=change
                        on:submit=move |event| {
                            event.prevent_default();
                            close();
                        }
                    >
                        <div class="lade__kop">
                            <h2>"Filters"</h2>
                        </div>
                        <div class="lade__lijf">{groups}</div>
                        <div class="lade__voet lade__voet--twee">
                            <a class="btn btn--rustig" href=routes::list(&page.filter.cleared()) data-noscroll="">
                                "Wis"
                            </a>
                            <button class="btn">{["Toon ", &text::articles(page.total)].concat()}</button>
                        </div>
                    </form>
                </div>
            </details>
        </aside>
    }
    .into_any()
}

fn group(at: usize, facet: &Facet) -> AnyView {
    let open = at < 2 || facet.values.iter().any(|value| value.chosen);
    let inner = if facet.key == "maat" {
        let chips: Vec<AnyView> = facet.values.iter().map(|value| chip(&facet.key, value)).collect();
        view! { <div class="chips">{chips}</div> }.into_any()
    } else {
        let boxes: Vec<AnyView> = facet.values.iter().map(|value| tick(&facet.key, value)).collect();
        boxes.into_any()
    };
    view! {
        <details class="vouw facetgroep" open=open>
            <summary>{facet.title.clone()} {small_icon("chevron-down")}</summary>
            <div>{inner}</div>
        </details>
    }
    .into_any()
}

fn input(key: &str, value: &FacetValue) -> AnyView {
    let empty = value.count == 0 && !value.chosen;
    view! {
        <input
            type="checkbox"
            name=key.to_owned()
            value=value.slug.clone()
            checked=value.chosen
            prop:checked=value.chosen
            disabled=empty
        />
    }
    .into_any()
}

fn chip(key: &str, value: &FacetValue) -> AnyView {
    view! {
        <label class="chip">
            {input(key, value)} <span>{value.label.clone()}</span>
            <span class="weg">{[", ", &text::articles(value.count)].concat()}</span>
        </label>
    }
    .into_any()
}

fn tick(key: &str, value: &FacetValue) -> AnyView {
    let swatch = if key == "kleur" { family_hex(&value.slug).map(sample) } else { None };
    view! {
        <label class="keus">
            {input(key, value)} <span>{swatch} {value.label.clone()}</span> <span class="n">{value.count.to_string()}</span>
        </label>
    }
    .into_any()
}

/// A sample for the usual colour families; another family shows its name alone.
fn family_hex(slug: &str) -> Option<&'static str> {
    Some(match slug {
        "naturel" | "ecru" | "beige" => "#f1e8d8",
        "wit" => "#fbf8f2",
        "groen" => "#93a283",
        "rood" => "#94404a",
        "roze" => "#d9aea2",
        "blauw" => "#4b5a74",
        "geel" => "#c9993f",
        "oranje" => "#c8773f",
        "bruin" => "#7b573f",
        "grijs" => "#9a948c",
        "paars" => "#7d6484",
        "zwart" => "#2a2126",
        _ => return None,
    })
}

/// The sort menu. With script it works at once; without, "Sorteer" sends the filter form it belongs to.
pub fn sort_menu(filter: &Filter, go: impl Fn(&Filter) + Clone + Send + Sync + 'static) -> AnyView {
    let options: Vec<AnyView> = Sort::ALL
        .into_iter()
        .map(|sort| {
            let on = sort == filter.sort;
            view! {
                <option value=sort.slug() selected=on prop:selected=on>
                    {sort.label()}
                </option>
            }
            .into_any()
        })
        .collect();
    let current = filter.clone();
    let change = move |event: Event| {
        let Some(menu) = event.target().and_then(|target| target.dyn_into::<HtmlSelectElement>().ok()) else { return };
        let chosen = menu.value();
        let sort = Sort::ALL.into_iter().find(|sort| sort.slug() == chosen).unwrap_or_default();
        go(&Filter { sort, page: 1, ..current.clone() });
    };
    view! {
        <div class="row row--nowrap gap-2">
            <label for="sorteer" class="klein grijs alleen-l">
                "Sorteer op"
            </label>
            <select class="in in--klein" id="sorteer" name="sorteer" form=FORM aria-label="Sorteer op" on:change=change>
                {options}
            </select>
            <button class="btn btn--rustig btn--klein zonder-script" form=FORM>
                "Sorteer"
            </button>
        </div>
    }
    .into_any()
}

/// What is chosen, as chips that take it away, and "Wis alles". Links, so they work without script and keep the page where it is.
pub fn chosen_chips(page: &ListPage) -> Option<AnyView> {
    if page.filter.chosen() == 0 {
        return None;
    }
    let chips: Vec<AnyView> = page
        .facets
        .iter()
        .flat_map(|facet| facet.values.iter().filter(|value| value.chosen).map(move |value| (facet, value)))
        .map(|(facet, value)| {
            let label = if facet.key == "maat" { ["Maat ", &value.label].concat() } else { value.label.clone() };
            let without = page.filter.toggled(&facet.key, &value.slug);
            view! {
                <a class="chip" aria-current="true" href=routes::list(&without) data-noscroll="">
                    {text::capitalised(&label)} {small_icon("x")} <span class="weg">" verwijderen"</span>
                </a>
            }
            .into_any()
        })
        .collect();
    Some(
        view! {
            <div class="filters-aan" role="group" aria-label="Gekozen filters">
                {chips}
                <a class="link" href=routes::list(&page.filter.cleared()) data-noscroll="">
                    "Wis alles"
                </a>
            </div>
        }
        .into_any(),
    )
}
