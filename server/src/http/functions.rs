//! Server functions: the only way in for forms and for the running app. What cannot be one of them is refused here as the caller's
//! mistake, before anything of the shop is asked, and without a word about what is behind.

use super::{LARGEST_FORM, Web, apology, pages};
use axum::body::{HttpBody, to_bytes};
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use http::header::{ACCEPT, CACHE_CONTROL, CONTENT_TYPE, HeaderMap, HeaderValue};
use http::{Method, StatusCode};
use leptos::server_fn::axum::get_server_fn_service;
use leptos::server_fn::error::FromServerFnError;
use shop_app::api::ApiError;
use shop_core::ShopError;

/// How every change is sent, with and without script.
const FORM: &str = "application/x-www-form-urlencoded";

/// Answers a call. Answers are somebody's own and kept nowhere.
pub async fn call(State(web): State<Web>, request: Request) -> Response {
    let asked = request.headers().clone();
    if get_server_fn_service(request.uri().path(), request.method().clone()).is_none() {
        return refused(&asked, StatusCode::NOT_FOUND);
    }
    if usize::try_from(request.body().size_hint().lower()).is_ok_and(|length| length > LARGEST_FORM) {
        return refused(&asked, StatusCode::PAYLOAD_TOO_LARGE);
    }
    if !is_form(&request) {
        return refused(&asked, StatusCode::BAD_REQUEST);
    }
    let given = web.given.clone();
    let response = leptos_axum::handle_server_fns_with_context(move || given.provide(), request).await.into_response();
    // What could not be read is answered here too: the way back of a form would hide it.
    if response.status() == StatusCode::BAD_REQUEST {
        return refused(&asked, StatusCode::BAD_REQUEST);
    }
    let (mut parts, body) = response.into_parts();
    parts.headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    let Ok(body) = to_bytes(body, pages::LARGEST).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let mut response = pages::pack(parts.headers, body, &asked);
    *response.status_mut() = parts.status;
    response
}

/// Whether a change comes as a form. One that sends nothing needs no name for it.
fn is_form(request: &Request) -> bool {
    if *request.method() != Method::POST {
        return true;
    }
    match request.headers().get(CONTENT_TYPE).map(HeaderValue::as_bytes) {
        Some(kind) => kind
            .split(|byte| *byte == b';')
            .next()
            .is_some_and(|kind| kind.trim_ascii().eq_ignore_ascii_case(FORM.as_bytes())),
        None => request.body().is_end_stream(),
    }
}

/// A page for a form, the error of the app for the app.
fn refused(asked: &HeaderMap, status: StatusCode) -> Response {
    let wants_page = asked.get(ACCEPT).and_then(|accept| accept.to_str().ok()).is_some_and(|a| a.contains("text/html"));
    if wants_page {
        let (title, sentence) = match status {
            StatusCode::NOT_FOUND => ("Dit is er niet", "Er is niets gewijzigd."),
            StatusCode::PAYLOAD_TOO_LARGE => {
                ("Dit is te groot", "Er is niets verstuurd. Ga terug, daar staat nog wat je typte, en maak het korter.")
            }
            _ => (
                "Dit kwam niet goed over",
                "Er is niets gewijzigd. Ga terug, laad de pagina opnieuw en probeer het nog eens.",
            ),
        };
        return apology::page(status, title, sentence);
    }
    let error = if status == StatusCode::NOT_FOUND { ShopError::NotFound } else { ShopError::Malformed };
    let error = ApiError(error).ser();
    (status, [(CACHE_CONTROL, "no-store"), (CONTENT_TYPE, error.content_type)], error.body).into_response()
}
