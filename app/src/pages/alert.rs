//! One mail when a size is back. The words are made on the server; see [`crate::api::alert`].

use crate::api::alert::alert_page;
use crate::api::load;
use crate::components::loaded::loaded;
use crate::components::words::words;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// The page.
#[component]
pub fn AlertPage() -> impl IntoView {
    let query = use_query_map();
    let asked = move || {
        query.with(|query| {
            let part = |name| query.get(name).unwrap_or_default();
            (part("maat"), part("sleutel"), query.get("verstuurd").is_some())
        })
    };
    loaded(load(asked, |(size, key, sent)| alert_page(size, key, sent)), words)
}
