//! A list of articles with its filters.

use crate::api::catalog::{ListPage, MORE, list_page};
use crate::api::load;
use crate::components::facets::{chosen_chips, facets, narrow, sort_menu};
use crate::components::loaded::following;
use crate::components::pagination::pagination;
use crate::components::seo::Seo;
use crate::routes;
use crate::state::{Added, use_more_rows, use_notices};
use crate::text;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::{use_location, use_params_map};
use shop_core::catalog::Filter;
use std::sync::Arc;

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
    let added = use_more_rows().of_list(&routes::list(&page.filter));
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
                {chosen_chips(page)} {if page.here == 0 { nothing(page) } else { grid(page, added) }}
            </section>
        </div>
    }
    .into_any()
}

/// What to do when no article fits, as the server wrote it.
fn nothing(page: &ListPage) -> AnyView {
    view! { <div inner_html=page.cards.0.clone()></div> }.into_any()
}

fn grid(page: &ListPage, added: Added) -> AnyView {
    let (notices, rows) = (use_notices(), use_more_rows());
    let busy = RwSignal::new(false);
    let failed = RwSignal::new(false);
    let (first, pages, total) = (page.page, page.pages, page.total);
    let here = page.here;
    let skipped = first.saturating_sub(1) * Filter::PAGE;
    // Everything that stays alive after the list was left owns what it reads.
    let added = Arc::new(added);
    let filter = Arc::new(page.filter.clone());
    let page_of = move |number: u32| Filter { page: number, ..(*filter).clone() };
    let range = {
        let added = added.clone();
        move || {
            let shown = here + added.count();
            let all = text::articles(total);
            if skipped == 0 {
                [&shown.to_string(), " van ", &all].concat()
            } else {
                [&(skipped + 1).to_string(), " t/m ", &(skipped + shown).to_string(), " van ", &all].concat()
            }
        }
    };
    let next = {
        let added = added.clone();
        move || first + added.pages() + 1
    };
    let more = {
        let (added, next, page_of, range) = (added.clone(), next.clone(), page_of.clone(), range.clone());
        move |event: web_sys::MouseEvent| {
            if event.button() != 0 || event.ctrl_key() || event.meta_key() {
                return;
            }
            event.prevent_default();
            if busy.try_get_untracked() != Some(false) {
                return;
            }
            busy.set(true);
            failed.set(false);
            let wanted = page_of(untrack(&next));
            let (added, range) = (added.clone(), range.clone());
            spawn_local(async move {
                match list_page(wanted.path_part().to_owned(), [&wanted.query(), "&", MORE, "=1"].concat()).await {
                    Ok(answer) => {
                        added.append(answer.here, answer.cards);
                        if rows.shows(&added) {
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
        }
    };
    let list = NodeRef::<html::Ul>::new();
    // What stands below the rows of the server is ours: put there as it comes.
    Effect::new(move || {
        let Some(list) = list.get() else { return };
        while list.child_element_count() > here {
            let Some(last) = list.last_element_child() else { break };
            last.remove();
        }
        added.each(|cards| {
            // HTML of our own server; a browser that refuses leaves the list as it was.
            let _ = list.insert_adjacent_html("beforeend", &cards.0);
        });
    });
    let button = move || {
        let (next, more) = (next(), more.clone());
        (next <= pages).then(|| {
            view! {
                <a
                    class="btn btn--rustig"
                    href=routes::list(&page_of(next))
                    aria-busy=move || busy.try_get().unwrap_or(false).then_some("true")
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
