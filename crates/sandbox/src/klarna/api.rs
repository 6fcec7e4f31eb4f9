//! Klarna's API: its paths, who may call them, and the faults that a test switched on for them.

use axum::Router;
use axum::extract::{Request, State};
use axum::http::header::AUTHORIZATION;
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, patch, post};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use subtle::ConstantTimeEq;

use super::problem::Problem;
use super::{DEMO_PASSWORD, DEMO_USERNAME, Klarna, hosted, manage, payments};
use crate::FaultKind;
use crate::rabo::api::SLOW;
use crate::web::broken_off;

/// All calls of Klarna that a shop like ours makes.
pub(crate) fn router(klarna: Klarna) -> Router {
    let order = "/ordermanagement/v1/orders/{order}";
    Router::new()
        .route("/payments/v1/sessions", post(payments::create))
        .route("/payments/v1/sessions/{session}", get(payments::read).post(payments::update))
        .route("/payments/v1/authorizations/{token}", axum::routing::delete(payments::give_up))
        .route("/payments/v1/authorizations/{token}/order", post(payments::place))
        .route("/hpp/v1/sessions", post(hosted::create))
        .route("/hpp/v1/sessions/{session}", get(hosted::read).delete(hosted::disable))
        .route(order, get(manage::read))
        .route(&format!("{order}/acknowledge"), post(manage::acknowledge))
        .route(&format!("{order}/captures"), post(manage::capture).get(manage::captures))
        .route(&format!("{order}/captures/{{capture}}"), get(manage::one_capture))
        .route(&format!("{order}/captures/{{capture}}/shipping-info"), post(manage::shipping_info))
        .route(&format!("{order}/cancel"), post(manage::cancel))
        .route(&format!("{order}/release-remaining-authorization"), post(manage::release))
        .route(&format!("{order}/extend-authorization-time"), post(manage::extend))
        .route(&format!("{order}/refunds"), post(manage::refund))
        .route(&format!("{order}/refunds/{{refund}}"), get(manage::one_refund))
        .route(&format!("{order}/merchant-references"), patch(manage::merchant_references))
        .layer(middleware::from_fn(authorize))
        .layer(middleware::from_fn_with_state(klarna.clone(), misbehave))
        .with_state(klarna)
}

/// HTTP Basic with the username and password of this shop.
async fn authorize(request: Request, next: Next) -> Response {
    let wanted = format!("Basic {}", STANDARD.encode(format!("{DEMO_USERNAME}:{DEMO_PASSWORD}")));
    let given = request.headers().get(AUTHORIZATION).map(|value| value.as_bytes()).unwrap_or_default();
    if bool::from(given.ct_eq(wanted.as_bytes())) {
        return next.run(request).await;
    }
    Problem::Unauthorized.into_response()
}

async fn misbehave(State(klarna): State<Klarna>, request: Request, next: Next) -> Response {
    match klarna.faults().take_for_call(request.uri().path()) {
        Some(FaultKind::TokenExpired) => Problem::Unauthorized.into_response(),
        Some(FaultKind::TooManyRequests) => Problem::TooManyRequests.into_response(),
        Some(FaultKind::ServerError) => Problem::ServerError.into_response(),
        Some(FaultKind::ResetAfterWrite) => {
            next.run(request).await;
            broken_off()
        }
        Some(FaultKind::Slow) => {
            tokio::time::sleep(SLOW).await;
            next.run(request).await
        }
        _ => next.run(request).await,
    }
}
