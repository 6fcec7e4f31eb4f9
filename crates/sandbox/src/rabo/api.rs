//! The provider's API: its paths, and the faults that a test switched on for them.

use std::time::Duration;

use axum::Router;
use axum::extract::{Request, State};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};

use super::problem::Problem;
use super::{Rabo, announce, catalogue, refunds, results, token};
use crate::{FaultKind, web};

pub(crate) const SLOW: Duration = Duration::from_secs(5);

/// All calls of the provider that a shop like ours makes.
pub(crate) fn router(rabo: Rabo) -> Router {
    let order_api = "/omnikassa-api/order/server/api";
    let refunds = format!("{order_api}/v2/refund/transactions/{{transaction}}");
    Router::new()
        .route("/omnikassa-api/gatekeeper/refresh", get(token::refresh))
        .route(&format!("{order_api}/v2/order"), post(announce::announce))
        // The Java SDK pulls with v2 in the path, the PHP SDK without.
        .route(&format!("{order_api}/v2/events/results/{{event}}"), get(results::pull))
        .route(&format!("{order_api}/events/results/{{event}}"), get(results::pull))
        .route(&format!("{order_api}/payment-brands"), get(catalogue::payment_brands))
        .route("/omnikassa-api/ideal/server/api/v2/issuers", get(catalogue::ideal_issuers))
        .route("/v2/orders/{id}", get(results::details))
        .route(&format!("{refunds}/refunds"), post(refunds::start))
        .route(&format!("{refunds}/refunds/{{refund}}"), get(refunds::show))
        .route(&format!("{refunds}/refundable-details"), get(refunds::refundable))
        .layer(middleware::from_fn_with_state(rabo.clone(), misbehave))
        .with_state(rabo)
}

async fn misbehave(State(rabo): State<Rabo>, request: Request, next: Next) -> Response {
    let fault = rabo.faults().take_for_call(request.uri().path());
    match fault {
        Some(FaultKind::TokenExpired) => Problem::NotAuthorized("Token has expired").into_response(),
        Some(FaultKind::TooManyRequests) => Problem::TooManyRequests.into_response(),
        Some(FaultKind::ServerError) => Problem::ServerError.into_response(),
        Some(FaultKind::ResetAfterWrite) => {
            next.run(request).await;
            web::broken_off()
        }
        Some(FaultKind::Slow) => {
            tokio::time::sleep(SLOW).await;
            next.run(request).await
        }
        _ => next.run(request).await,
    }
}
