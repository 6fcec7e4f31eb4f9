//! For whoever watches over the server.

use super::Web;
use axum::extract::State;
use http::StatusCode;

/// The process answers.
pub async fn alive() -> &'static str {
    "ok\n"
}

/// The shop can serve: the database answers and the catalogue is loaded.
pub async fn ready(State(web): State<Web>) -> (StatusCode, &'static str) {
    if web.shop.catalogue.version() == 0 {
        return (StatusCode::SERVICE_UNAVAILABLE, "the catalogue is not loaded\n");
    }
    match web.shop.store.ping().await {
        Ok(()) => (StatusCode::OK, "ready\n"),
        Err(error) => {
            tracing::error!(%error, "the database does not answer");
            (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n")
        }
    }
}
