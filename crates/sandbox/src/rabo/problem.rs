//! The provider's errors: HTTP status, a code and one of two names for the text.

use axum::Json;
use axum::http::StatusCode;
use axum::http::header::RETRY_AFTER;
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// A refusal in the provider's words.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Problem {
    /// 401/5001: token missing, unknown or expired.
    NotAuthorized(&'static str),
    /// 403/5001: the timestamp of the order is refused.
    TimestampRefused(String),
    /// 422/5017: a field is missing or wrong.
    Invalid(String),
    /// 404: no such thing. The code is a guess; the real one is not documented.
    NotFound(&'static str),
    /// 429 with `Retry-After`.
    TooManyRequests,
    /// 500.
    ServerError,
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        match self {
            Self::NotAuthorized(text) => {
                (StatusCode::UNAUTHORIZED, Json(json!({ "errorCode": 5001, "errorMessage": text }))).into_response()
            }
            Self::TimestampRefused(text) => {
                (StatusCode::FORBIDDEN, Json(json!({ "errorCode": 5001, "errorMessage": text }))).into_response()
            }
            Self::Invalid(text) => {
                let body = json!({ "errorCode": 5017, "consumerMessage": text });
                (StatusCode::UNPROCESSABLE_ENTITY, Json(body)).into_response()
            }
            Self::NotFound(text) => {
                let body = json!({ "errorCode": 5017, "errorMessage": text, "title": "Not Found", "status": 404 });
                (StatusCode::NOT_FOUND, Json(body)).into_response()
            }
            Self::TooManyRequests => {
                let body = json!({ "title": "Too Many Requests", "status": 429 });
                (StatusCode::TOO_MANY_REQUESTS, [(RETRY_AFTER, "1")], Json(body)).into_response()
            }
            Self::ServerError => {
                let body = json!({ "errorCode": 5000, "errorMessage": "Internal error", "status": 500 });
                (StatusCode::INTERNAL_SERVER_ERROR, Json(body)).into_response()
            }
        }
    }
}
