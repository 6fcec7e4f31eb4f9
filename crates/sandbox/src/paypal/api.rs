//! PayPal's API: its paths, and the faults that a test switched on for them.

use std::time::Duration;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};

use super::certificate::{CERTIFICATE_PATH, CHAIN};
use super::problem::Problem;
use super::{PayPal, orders, payments, reporting, token};
use crate::{FaultKind, web};

const SLOW: Duration = Duration::from_secs(5);

/// All calls of PayPal that a shop like ours makes, and the certificate that its webhooks name.
pub(crate) fn router(paypal: PayPal) -> Router {
    Router::new()
        .route("/v1/oauth2/token", post(token::issue))
        .route("/v2/checkout/orders", post(orders::create))
        .route("/v2/checkout/orders/{id}", get(orders::show))
        .route("/v2/checkout/orders/{id}/capture", post(orders::capture))
        .route("/v2/payments/captures/{id}", get(payments::show_capture))
        .route("/v2/payments/captures/{id}/refund", post(payments::refund))
        .route("/v2/payments/refunds/{id}", get(payments::show_refund))
        .route("/v1/reporting/transactions", get(reporting::transactions))
        .layer(middleware::from_fn_with_state(paypal.clone(), misbehave))
        .route(CERTIFICATE_PATH, get(certificate))
        .with_state(paypal)
}

async fn certificate() -> Response {
    ([(CONTENT_TYPE, "application/x-pem-file")], CHAIN).into_response()
}

async fn misbehave(State(paypal): State<PayPal>, request: Request, next: Next) -> Response {
    if let Some(issue) = mocked(&request) {
        return Problem::unprocessable(&issue).into_response();
    }
    match paypal.inner.faults.take_for_call(request.uri().path()) {
        Some(FaultKind::TokenExpired) => Problem::NotAuthorized.into_response(),
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

/// The issue that `PayPal-Mock-Response: {"mock_application_codes":"…"}` asks for, as in PayPal's own sandbox.
fn mocked(request: &Request) -> Option<String> {
    let header = request.headers().get("paypal-mock-response")?.to_str().ok()?;
    let wish: serde_json::Value = serde_json::from_str(header).ok()?;
    wish.get("mock_application_codes")?.as_str().map(str::to_owned)
}

/// What a call made now, or made before under the same request id.
pub(super) fn status(is_new: bool) -> StatusCode {
    if is_new { StatusCode::CREATED } else { StatusCode::OK }
}
