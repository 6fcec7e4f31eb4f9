//! Klarna's errors: HTTP status, a code, texts and an id that support asks for.

use axum::Json;
use axum::http::StatusCode;
use axum::http::header::{RETRY_AFTER, WWW_AUTHENTICATE};
use axum::response::{IntoResponse, Response};
use serde_json::json;
use uuid::Uuid;

/// A refusal in Klarna's words.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Problem {
    /// 401: no credentials, or not those of this shop.
    Unauthorized,
    /// 400: a field is missing or wrong.
    BadValue(String),
    /// 403: not in this state, or more than there is. The code says which call it was.
    NotAllowed(&'static str, String),
    /// 404: no such thing.
    NotFound(&'static str, &'static str),
    /// 409: the order is not what the shopper agreed to. The code is a guess; the real one is not documented.
    Differs(String),
    /// 429 with `Retry-After`.
    TooManyRequests,
    /// 500.
    ServerError,
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let (status, code, text) = match self {
            Self::Unauthorized => (StatusCode::UNAUTHORIZED, "UNAUTHORIZED", "Invalid credentials".to_owned()),
            Self::BadValue(text) => (StatusCode::BAD_REQUEST, "BAD_VALUE", text),
            Self::NotAllowed(code, text) => (StatusCode::FORBIDDEN, code, text),
            Self::NotFound(code, text) => (StatusCode::NOT_FOUND, code, text.to_owned()),
            Self::Differs(text) => (StatusCode::CONFLICT, "CONFLICT", text),
            Self::TooManyRequests => {
                (StatusCode::TOO_MANY_REQUESTS, "TOO_MANY_REQUESTS", "Too many requests".to_owned())
            }
            Self::ServerError => (StatusCode::INTERNAL_SERVER_ERROR, "INTERNAL_ERROR", "Internal error".to_owned()),
        };
        let body = json!({ "error_code": code, "error_messages": [text], "correlation_id": Uuid::new_v4() });
        let mut answer = (status, Json(body)).into_response();
        if status == StatusCode::TOO_MANY_REQUESTS {
            answer.headers_mut().insert(RETRY_AFTER, axum::http::HeaderValue::from_static("1"));
        }
        if status == StatusCode::UNAUTHORIZED {
            let realm = axum::http::HeaderValue::from_static("Basic realm=\"klarna\"");
            answer.headers_mut().insert(WWW_AUTHENTICATE, realm);
        }
        answer
    }
}
