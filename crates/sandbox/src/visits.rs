//! Stand-ins for the scripts of Google Analytics and Trusted Shops: each does what the real one is known for (cookies, hits, reading the
//! thank-you page) and tells the sandbox, which keeps all of it for tests. Nothing leaves this machine.

use std::sync::{Arc, Mutex, PoisonError};

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde_json::{Value, json};

/// Larger hits are none of ours.
const LARGEST: usize = 64 * 1024;

const ANALYTICS: &str = include_str!("visits/analytics.js");
const BADGE: &str = include_str!("visits/badge.js");

/// What was asked for and told, oldest first. Clones share it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Visits(Arc<Mutex<Vec<Value>>>);

impl Visits {
    fn add(&self, visit: Value) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(visit);
    }
}

/// The scripts, where they send to, and the control API.
pub(crate) fn router(visits: Visits) -> Router {
    Router::new()
        .route("/gtag/js", get(analytics))
        .route("/js/{file}", get(badge))
        .route("/visits", post(told))
        .route("/_sim/visits", get(list).delete(clear))
        .with_state(visits)
}

async fn analytics(State(visits): State<Visits>) -> Response {
    visits.add(json!({ "tool": "analytics", "name": "script" }));
    script(ANALYTICS)
}

async fn badge(State(visits): State<Visits>, Path(file): Path<String>) -> Response {
    visits.add(json!({ "tool": "badge", "name": "script", "file": file }));
    script(BADGE)
}

fn script(text: &'static str) -> Response {
    ([(CONTENT_TYPE, "text/javascript; charset=utf-8"), (CACHE_CONTROL, "no-store")], text).into_response()
}

async fn told(State(visits): State<Visits>, body: Bytes) -> StatusCode {
    match serde_json::from_slice(&body) {
        Ok(visit) if body.len() <= LARGEST => {
            visits.add(visit);
            StatusCode::NO_CONTENT
        }
        _ => StatusCode::BAD_REQUEST,
    }
}

async fn list(State(visits): State<Visits>) -> Json<Vec<Value>> {
    Json(visits.0.lock().unwrap_or_else(PoisonError::into_inner).clone())
}

async fn clear(State(visits): State<Visits>) -> Json<Vec<Value>> {
    visits.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    Json(Vec::new())
}
