//! What payment providers send: notices from their servers, and browsers that come back. Neither is believed; the shop asks.

use super::{Web, address};
use axum::extract::{OriginalUri, Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use bytes::Bytes;
use http::StatusCode;
use shop_app::routes;
use shop_flows::ports::NoticeError;

/// Notices are a few hundred bytes.
pub const LARGEST_NOTICE: usize = 16 * 1024;

/// A notice: checked and remembered here, worked on later, because the provider waits only seconds for the answer.
pub async fn notice(State(web): State<Web>, Path(provider): Path<String>, body: Bytes) -> Response {
    match web.shop.notice(&provider, &body).await {
        Ok(()) => StatusCode::OK.into_response(),
        Err(error @ NoticeError::Forged) => {
            tracing::warn!(provider, %error, "a notice was refused");
            StatusCode::FORBIDDEN.into_response()
        }
        Err(error) => {
            tracing::warn!(provider, %error, "a notice was refused");
            StatusCode::BAD_REQUEST.into_response()
        }
    }
}

/// A browser comes back. What its address says about the payment only decides where it goes next.
pub async fn returned(State(web): State<Web>, Path(provider): Path<String>, OriginalUri(uri): OriginalUri) -> Redirect {
    let query = address::pairs(&uri);
    match web.shop.returned(&provider, &query).await {
        Some(number) => Redirect::to(&routes::order(number.as_str())),
        None => Redirect::to(routes::HOME),
    }
}
