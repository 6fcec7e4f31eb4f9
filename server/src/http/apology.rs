//! Pages for when there is no page: plain, small and without the app, because the app may be what failed.

use axum::body::Body;
use axum::response::{Html, IntoResponse, Response};
use http::StatusCode;
use std::any::Any;
use tower_http::csrf::ProtectionError;

/// A page with a title and a sentence.
pub fn page(status: StatusCode, title: &str, sentence: &str) -> Response {
    let html = format!(
        "<!DOCTYPE html><html lang=\"nl\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><meta name=\"robots\" content=\"noindex\"><title>{title}</title><h1>{title}</h1><p>{sentence}</p><p><a href=\"/\">Naar de winkel</a></p></html>"
    );
    (status, [("cache-control", "no-store")], Html(html)).into_response()
}

/// After a panic. What happened is in the log, without the words of the request.
pub fn after_panic(cause: Box<dyn Any + Send>) -> Response {
    let words =
        cause.downcast_ref::<&str>().map(|text| (*text).to_owned()).or_else(|| cause.downcast_ref::<String>().cloned());
    tracing::error!(cause = words.as_deref().unwrap_or("unknown"), "a request panicked");
    page(
        StatusCode::INTERNAL_SERVER_ERROR,
        "Dit ging mis",
        "Dat ligt aan ons. Probeer het nog eens; lukt het niet, mail of bel dan even.",
    )
}

/// After a form that another site sent.
pub fn after_forgery(_: ProtectionError) -> Response<Body> {
    page(
        StatusCode::FORBIDDEN,
        "Dit kwam van een andere site",
        "Daarom is er niets gedaan. Ga terug naar de winkel en probeer het daar nog eens.",
    )
}
