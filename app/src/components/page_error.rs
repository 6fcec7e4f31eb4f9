//! A page that could not be shown: the right status for machines, one sentence and one way on for people.

use super::icon::gem;
use super::seo::Seo;
use crate::api::ApiError;
use crate::routes;
use crate::text;
use leptos::prelude::*;
use shop_core::ShopError;

/// What stands in the place of the page.
pub fn page_error(error: ApiError) -> AnyView {
    set_status(&error);
    let (title, sentence) = match &error.0 {
        ShopError::NotFound => ("Niet gevonden", text::NOT_FOUND.to_owned()),
        other => ("Even geduld", text::shop_error(other)),
    };
    view! {
        <div class="page leeg">
            <Seo title=title />
            {gem()}
            <h1 class="fs-4">{title}</h1>
            <p>{sentence}</p>
            <div class="row row--midden">
                <a class="btn" href=routes::collection("")>
                    "Naar de winkel"
                </a>
                <a class="link" href=routes::SEARCH>
                    "Zoeken"
                </a>
            </div>
        </div>
    }
    .into_any()
}

/// Gives the answer of the server the status that belongs to the error. Does nothing in the browser.
pub fn set_status(error: &ApiError) {
    #[cfg(feature = "ssr")]
    {
        use server_fn::error::FromServerFnError;
        if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
            // Who is sent elsewhere must arrive there; an error would keep her here.
            let is_sent = response.0.read().is_ok_and(|parts| parts.headers.contains_key("location"));
            if !is_sent {
                response.set_status(error.status_code());
            }
        }
    }
    #[cfg(not(feature = "ssr"))]
    let _ = error;
}
