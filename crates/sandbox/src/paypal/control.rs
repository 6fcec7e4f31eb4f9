//! The control API for tests under `/_sim/paypal`: what a payer, her bank or bad luck does. Faults and the clock are those
//! of the whole outside world, under `/_sim`.

use axum::extract::rejection::JsonRejection;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::notify::Event;
use super::order::{Order, Outcome};
use super::{PayPal, Settings};
use crate::control::{Refused, merged};

/// All of `/_sim/paypal`.
pub(crate) fn router(paypal: PayPal) -> Router {
    Router::new()
        .route("/_sim/paypal/orders", get(orders))
        .route("/_sim/paypal/orders/{id}", get(order))
        .route("/_sim/paypal/orders/{id}/outcome", post(outcome))
        .route("/_sim/paypal/totals", get(totals))
        .route("/_sim/paypal/events", get(events))
        .route("/_sim/paypal/events/{id}/resend", post(resend))
        .route("/_sim/paypal/settings", get(settings).post(set_settings))
        .with_state(paypal)
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct OrderView {
    #[serde(flatten)]
    order: Order,
    pay_url: String,
}

fn view(paypal: &PayPal, order: Order) -> OrderView {
    OrderView { pay_url: paypal.pay_url(&order), order }
}

fn unknown_order() -> Refused {
    Refused(StatusCode::NOT_FOUND, "there is no such order".to_owned())
}

async fn orders(State(paypal): State<PayPal>) -> Json<Vec<OrderView>> {
    paypal.expire_overdue();
    Json(paypal.orders().into_iter().map(|order| view(&paypal, order)).collect())
}

async fn order(State(paypal): State<PayPal>, Path(id): Path<String>) -> Result<Json<OrderView>, Refused> {
    paypal.expire_overdue();
    paypal.order(&id).map(|order| Json(view(&paypal, order))).ok_or_else(unknown_order)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct OutcomeWish {
    outcome: Outcome,
}

async fn outcome(
    State(paypal): State<PayPal>,
    Path(id): Path<String>,
    wish: Result<Json<OutcomeWish>, JsonRejection>,
) -> Result<Response, Refused> {
    let Json(wish) = wish?;
    let settled = paypal.outcome(&id, wish.outcome).await.ok_or_else(unknown_order)?;
    Ok(Json(settled).into_response())
}

async fn totals(State(paypal): State<PayPal>) -> Response {
    Json(paypal.totals()).into_response()
}

async fn events(State(paypal): State<PayPal>) -> Json<Vec<Event>> {
    Json(paypal.events())
}

async fn resend(State(paypal): State<PayPal>, Path(id): Path<String>) -> Json<Value> {
    Json(json!({ "delivered": paypal.resend(&id).await }))
}

async fn settings(State(paypal): State<PayPal>) -> Json<Settings> {
    Json(paypal.settings())
}

/// Changes the named settings and leaves the others as they are.
async fn set_settings(
    State(paypal): State<PayPal>,
    wish: Result<Json<Value>, JsonRejection>,
) -> Result<Json<Settings>, Refused> {
    let Json(wish) = wish?;
    let settings: Settings = merged(&paypal.settings(), wish)?;
    paypal.set_settings(settings.clone());
    Ok(Json(settings))
}
