//! Searching. Never ends in an empty page: typos are forgiven, and when nothing fits there are words, departments and a person (rule L7).

use crate::api::catalog::search_page;
use crate::api::load;
use crate::api::words::Html;
use crate::components::loaded::following;
use crate::components::search_box::SearchBox;
use crate::components::seo::Seo;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// The search page.
#[component]
pub fn SearchPage() -> impl IntoView {
    let query = use_query_map();
    let asked = Memo::new(move |_| query.with(|query| query.get("q").unwrap_or_default()));
    let data = load(move || [asked.get(), String::new()], |[query, _]| search_page(query));
    view! {
        <div class="page section--s stack stack--l">
            <h1 class="weg">"Zoeken"</h1>
            <SearchBox query=asked.get_untracked() />
            {following(data, move |page| {
                let query = asked.get_untracked();
                let title = if query.is_empty() { "Zoeken".to_owned() } else { ["Zoeken naar ", &query].concat() };
                found(title, page)
            })}
        </div>
    }
    .into_any()
}

fn found(title: String, page: Html) -> AnyView {
    view! {
        <Seo title=title />
        <div class="stack stack--l" inner_html=page.0></div>
    }
    .into_any()
}
