//! Pages whose words are made on the server: texts, forms, the account, the checkout, an order. The browser's module carries neither their
//! words nor their code (ADR 0006). The page arrives complete; the app takes over everything around it, and
//! [`crate::behaviour`] what its forms do. Coming here by a link inside the app loads the page anew.

use crate::api::words::Words;
use crate::api::{Asked, load};
use crate::behaviour;
use crate::components::loaded::{loaded, skeleton};
use crate::components::seo::Seo;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// The page at this address.
#[component]
pub fn WordsPage() -> impl IntoView {
    let location = use_location();
    let (path, search) = (location.pathname.get_untracked(), location.search.get_untracked());
    let arriving = Owner::current_shared_context().is_some_and(|context| context.during_hydration());
    if cfg!(feature = "hydrate") && !arriving {
        let address =
            if search.is_empty() { path } else { [path.as_str(), "?", search.trim_start_matches('?')].concat() };
        // Refused only while the page is being left, and then there is nothing to do.
        let _ = window().location().replace(&address);
        return skeleton();
    }
    loaded(load(Asked::default, written(path)), show)
}

/// The page as our own views made it.
#[cfg(feature = "ssr")]
fn written(path: String) -> impl Fn(Asked) -> super::written::Page + Send + Sync + 'static {
    let query = leptos_router::hooks::use_query_map().get_untracked();
    move |_| Box::pin(super::written::page(path.clone(), query.clone()))
}

/// What stands in the page is all there is.
#[cfg(not(feature = "ssr"))]
fn written(
    _: String,
) -> impl Fn(Asked) -> std::future::Ready<Result<Words, crate::api::ApiError>> + Send + Sync + 'static {
    |_| std::future::ready(Ok(Words::default()))
}

fn show(page: Words) -> AnyView {
    Effect::new(behaviour::arrive);
    view! {
        <Seo title=page.title summary=page.summary path=page.path />
        // What the server put in stays: the browser does not touch it while taking over.
        <div inner_html=page.html.0 data-woorden></div>
    }
    .into_any()
}
