//! An article.

use crate::api::catalog::{ProductPage as Page, product_page};
use crate::api::load;
use crate::components::add_form::{AddForm, BuyBar, Choice};
use crate::components::breadcrumbs::breadcrumbs;
use crate::components::gallery::Gallery;
use crate::components::icon::{icon, small_icon};
use crate::components::page_error::page_error;
use crate::components::picture::large;
use crate::components::price::{percent_badge, price};
use crate::components::product_card::{Level, cards, sample};
use crate::components::product_facts::product_facts;
use crate::components::seo::{Seo, structured};
use crate::components::size_table::size_table;
use crate::routes;
use crate::text;
use leptos::html;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// The page of an article.
#[component]
pub fn ProductPage() -> impl IntoView {
    let params = use_params_map();
    let data = load(move || params.with(|params| params.get("slug").unwrap_or_default()), product_page);
    view! {
        <Transition>
            {move || Suspend::new(async move {
                match data.await {
                    Ok(page) => product(page),
                    Err(error) => page_error(error),
                }
            })}
        </Transition>
    }
    .into_any()
}

fn product(page: Page) -> AnyView {
    let choice = Choice::of(&page);
    let (category, category_title) = page.category.clone();
    let above = vec![(routes::collection(&category), category_title)];
    let image = page.pictures.first().map(large).unwrap_or_default();
    let now = page.price.now.to_string();
    view! {
        <Seo title=page.title.clone() summary=page.summary.clone() path=routes::product(&page.slug) image=image />
        {structured(page.structured.clone())}
        <div class="koop">
            <div class="page">
                {breadcrumbs(above, page.title.clone())} <div class="product">
                    <Gallery title=page.title.clone() pictures=page.pictures.clone() />
                    <div class="product__info sticky">
                        {heading(&page)} {colours(&page)} {description(&page)} {buy(&page, choice)} {assurances(&page)}
                        {product_facts(&page)}
                    </div>
                </div>
            </div>
            {pairs(&page)}
            <BuyBar choice=choice price=now />
        </div>
    }
    .into_any()
}

fn heading(page: &Page) -> AnyView {
    let cost = ["Inclusief btw. ", &text::delivery_cost(page.shipping, page.free_from), "."].concat();
    view! {
        <div class="stack stack--s">
            <p class="grijs">{page.brand.clone()}</p>
            <h1>{page.title.clone()}</h1>
            {price(page.price, true)}
            {percent_badge(page.price).map(|badge| view! { <p>{badge}</p> })}
            <p class="klein grijs">{cost}</p>
        </div>
    }
    .into_any()
}

/// The other colours, as links: each colour is a page of its own.
fn colours(page: &Page) -> Option<AnyView> {
    if page.swatches.len() < 2 {
        return None;
    }
    let links: Vec<AnyView> = page
        .swatches
        .iter()
        .map(|swatch| {
            let current = swatch.current.then_some("true");
            view! {
                <li>
                    <a class="chip" href=routes::product(&swatch.slug) aria-current=current>
                        {sample(&swatch.hex)}
                        {text::capitalised(&swatch.name)}
                    </a>
                </li>
            }
            .into_any()
        })
        .collect();
    Some(
        view! {
            <nav aria-label="Kleuren">
                <ul class="chips">{links}</ul>
            </nav>
        }
        .into_any(),
    )
}

fn description(page: &Page) -> AnyView {
    let paragraphs: Vec<AnyView> =
        page.description.paragraphs.iter().map(|words| view! { <p>{words.clone()}</p> }.into_any()).collect();
    let points: Vec<AnyView> =
        page.description.points.iter().map(|words| view! { <li>{words.clone()}</li> }.into_any()).collect();
    view! {
        <div class="stack">{paragraphs} {(!points.is_empty()).then(|| view! { <ul class="opsomming">{points}</ul> })}</div>
    }
    .into_any()
}

/// Sizes, the way to the size table, the button.
fn buy(page: &Page, choice: Choice) -> AnyView {
    let table = NodeRef::<html::Dialog>::new();
    let opened = RwSignal::new(false);
    let rows = StoredValue::new(page.size_table.clone());
    let fit = page.fit.clone();
    let has_table = !page.size_table.is_empty();
    let open = move |event: web_sys::MouseEvent| {
        let Some(dialog) = table.get_untracked() else { return };
        opened.set(true);
        if dialog.show_modal().is_ok() {
            event.prevent_default();
        }
    };
    let close = move |_| {
        if let Some(dialog) = table.get_untracked() {
            dialog.close();
        }
    };
    let help = has_table.then(|| {
        view! {
            <a class="link self-start" href="#maattabel" on:click=open>
                {small_icon("ruler")}
                "Welke maat past?"
            </a>
        }
    });
    let votes = (!page.fit_votes.is_empty()).then(|| view! { <p class="klein">{page.fit_votes.clone()}</p> });
    view! {
        <AddForm slug=page.slug.clone() title=page.title.clone() choice=choice>
            {help}
            {votes}
        </AddForm>
        <dialog class="dialoog dialoog--breed" aria-labelledby="maten-titel" node_ref=table>
            <div class="row row--split row--nowrap">
                <h2 id="maten-titel">"Welke maat past?"</h2>
                <button type="button" class="ib" aria-label="Sluiten" on:click=close>
                    {icon("x")}
                </button>
            </div>
            {(!fit.is_empty()).then(|| view! { <p>{fit}</p> })}
            {move || opened.get().then(|| rows.with_value(|rows| size_table(rows)))}
        </dialog>
    }
    .into_any()
}

fn assurances(page: &Page) -> AnyView {
    let cost = [" PostNL, ", &page.shipping.to_string(), "."].concat();
    let cost = if page.shipping.in_cents() == 0 { " PostNL, gratis.".to_owned() } else { cost };
    let back = [text::REFLECTION, ". Terugsturen kost je ", &page.return_cost.to_string(), "."].concat();
    let back =
        if page.return_cost.in_cents() == 0 { [text::REFLECTION, ". Terugsturen is gratis."].concat() } else { back };
    view! {
        <ul class="zekerheden">
            <li>
                {small_icon("truck")}
                <span>
                    <strong>{page.arrives.clone()} " in huis"</strong>
                    " "
                    {page.arrives_if.clone()}
                    "."
                    {cost}
                </span>
            </li>
            <li>{small_icon("rotate-ccw")} <span>{back}</span></li>
            <li>
                {small_icon("shield-check")}
                <span>
                    "Recht op een deugdelijk product, ook na de bedenktijd. " <a href=routes::GUARANTEE>"Zo werkt de garantie"</a>
                    "."
                </span>
            </li>
        </ul>
    }
    .into_any()
}

fn pairs(page: &Page) -> Option<AnyView> {
    if page.pairs.is_empty() {
        return None;
    }
    Some(
        view! {
            <section class="section page" aria-labelledby="samen">
                <div class="section-head">
                    <h2 id="samen">"Mooi samen"</h2>
                </div>
                <ul class="rail">{cards(&page.pairs, 0, false, Level::Three)}</ul>
            </section>
        }
        .into_any(),
    )
}
