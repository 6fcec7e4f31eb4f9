//! What payment providers send: notices from their servers, and browsers that come back. Neither is believed; the shop asks.

use super::{Web, address};
use axum::extract::{OriginalUri, Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use shop_app::routes;
use shop_flows::payments::STOPPED;
use shop_flows::ports::{NoticeError, RawNotice};

/// Notices are a few hundred bytes.
pub const LARGEST_NOTICE: usize = 16 * 1024;

/// A notice: checked and remembered here, worked on later, because the provider waits only seconds for the answer.
pub async fn notice(State(web): State<Web>, Path(provider): Path<String>, headers: HeaderMap, body: Bytes) -> Response {
    let readable =
        |(name, value): (&HeaderName, &HeaderValue)| Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned()));
    let headers: Vec<(String, String)> = headers.iter().filter_map(readable).collect();
    answer(&web, &provider, web.shop.notice(&provider, RawNotice { headers: &headers, body: &body }).await)
}

/// The same for providers that sign nothing: the address itself is the proof, and what the notice says is not read.
pub async fn notice_about(State(web): State<Web>, Path((provider, ticket)): Path<(String, String)>) -> Response {
    answer(&web, &provider, web.shop.notice_about(&provider, &ticket).await)
}

fn answer(web: &Web, provider: &str, taken: Result<(), NoticeError>) -> Response {
    let Err(error) = taken else { return StatusCode::OK.into_response() };
    // Only a name that is ours comes into the log: the address is whatever somebody typed.
    let provider = web.shop.providers.iter().map(|known| known.name()).find(|known| *known == provider);
    tracing::warn!(provider, %error, "a notice was refused");
    match error {
        NoticeError::Forged => StatusCode::FORBIDDEN,
        NoticeError::Malformed => StatusCode::BAD_REQUEST,
        NoticeError::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
    }
    .into_response()
}

/// A browser comes back. What its address says about the payment only decides where it goes next.
pub async fn returned(State(web): State<Web>, Path(provider): Path<String>, OriginalUri(uri): OriginalUri) -> Redirect {
    let query = address::pairs(&uri);
    match web.shop.returned(&provider, &query).await {
        Some(number) if query.iter().any(|(name, _)| name == STOPPED) => {
            Redirect::to(&format!("{}?{STOPPED}=ja", routes::order(number.as_str())))
        }
        Some(number) => Redirect::to(&routes::order(number.as_str())),
        None => Redirect::to(routes::HOME),
    }
}
