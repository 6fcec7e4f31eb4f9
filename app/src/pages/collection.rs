//! A list of articles with its filters.

use crate::api::catalog::{ListPage, MORE, list_page};
use crate::api::load;
use crate::components::facets::{chosen_chips, facets, narrow, sort_menu};
use crate::components::loaded::following;
use crate::components::pagination::pagination;
use crate::components::seo::Seo;
use crate::routes;
use crate::state::{MoreRows, use_more_rows, use_notices};
use crate::text;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::{use_location, use_params_map};
use shop_core::catalog::Filter;

/// All articles, or those of a category.
#[component]
pub fn CollectionPage() -> impl IntoView {
    let params = use_params_map();
    let search = use_location().search;
    let asked = move || [params.with(|params| params.get("category").unwrap_or_default()), search.get()];
    let data = load(asked, |[category, query]| list_page(category, query));
    let go = narrow();
    following(data, move |page| list(&page, go.clone()))
}

fn list(page: &ListPage, go: impl Fn(&Filter) + Clone + Send + Sync + 'static) -> AnyView {
    let rows = use_more_rows();
    let address = routes::list(&page.filter);
    rows.of_list(&address);
    let canonical = routes::list(&Filter { page: page.filter.page, ..page.filter.cleared() });
    // Filtered and sorted lists are one page for search engines; so are they all, under the address of the category.
    let summary =
        [page.title.as_str(), " bij All Gems: ", &text::articles(page.total), ", op maat te kiezen."].concat();
    view! {
        <Seo title=page.title.clone() summary=summary path=canonical />
        <div class="page" inner_html=page.head.0.clone()></div>
        <div class="page lijst">
            {facets(page, go.clone())} <section aria-label="Artikelen">
                <div class="filterbalk">
                    <div class="row row--split row--nowrap">
                        <p class="alleen-l">
                            <strong>{text::articles(page.total)}</strong>
                        </p>
                        {sort_menu(&page.filter, go)}
                    </div>
                </div>
                <p class="weg" role="status">
                    {text::articles(page.total)}
                </p>
                {chosen_chips(page)} {if page.here == 0 { view! { <div inner_html=page.cards.0.clone()></div> }.into_any() } else { grid(page, rows, address) }}
            </section>
        </div>
    }
    .into_any()
}

fn grid(page: &ListPage, rows: MoreRows, address: String) -> AnyView {
    let notices = use_notices();
    let busy = RwSignal::new(false);
    let failed = RwSignal::new(false);
    let (first, pages, total) = (page.page, page.pages, page.total);
    let here = page.here;
    let skipped = first.saturating_sub(1) * Filter::PAGE;
    let shown = move || here + rows.count.get();
    let range = move || {
        if skipped == 0 {
            [&shown().to_string(), " van ", &text::articles(total)].concat()
        } else {
            [&(skipped + 1).to_string(), " t/m ", &(skipped + shown()).to_string(), " van ", &text::articles(total)]
                .concat()
        }
    };
    let next = move || first + rows.pages.get() + 1;
    let filter = StoredValue::new(page.filter.clone());
    let page_of = move |number: u32| filter.with_value(|filter| Filter { page: number, ..filter.clone() });
    let address = StoredValue::new(address);
    let more = move |event: web_sys::MouseEvent| {
        if event.button() != 0 || event.ctrl_key() || event.meta_key() {
            return;
        }
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        failed.set(false);
        let wanted = untrack(|| page_of(next()));
        spawn_local(async move {
            match list_page(wanted.path_part().to_owned(), [&wanted.query(), "&", MORE, "=1"].concat()).await {
                Ok(answer) => {
                    if let Some(address) = address.try_get_value() {
                        rows.append(&address, answer.here, answer.cards);
                        notices.say(untrack(range));
                    }
                }
                Err(_) => {
                    let _ = failed.try_set(true);
                }
            }
            // The list may be left by now.
            let _ = busy.try_set(false);
        });
    };
    let list = NodeRef::<html::Ul>::new();
    // What stands below the rows of the server is ours: taken away when the list is another, put there as it comes.
    Effect::new(move || {
        let Some(list) = list.get() else { return };
        while list.child_element_count() > here {
            let Some(last) = list.last_element_child() else { break };
            last.remove();
        }
        rows.cards.with(|more| {
            for cards in more {
                // HTML of our own server; a browser that refuses leaves the list as it was.
                let _ = list.insert_adjacent_html("beforeend", &cards.0);
            }
        });
    });
    let button = move || {
        (next() <= pages).then(|| {
            view! {
                <a
                    class="btn btn--rustig"
                    href=routes::list(&page_of(next()))
                    aria-busy=move || busy.get().then_some("true")
                    on:click=more
                >
                    "Meer tonen"
                </a>
            }
        })
    };
    view! {
        <ul class="rooster" node_ref=list inner_html=page.cards.0.clone()></ul>
        <div class="stack mid mt-7">
            <p class="grijs">{range}</p>
            <p class="fouttekst" role="alert">
                {move || failed.get().then_some(text::OFFLINE)}
            </p>
            {button}
        </div>
        {pagination(&page.filter, first, pages)}
    }
    .into_any()
}
