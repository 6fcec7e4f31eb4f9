//! The control API for tests: what a shopper, the bank or bad luck does, as JSON under `/_sim`.

use axum::extract::rejection::JsonRejection;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::clock::wire_time;
use crate::faults::Fault;
use crate::rabo::{Order, Outcome, Rabo, Settings};

/// All of `/_sim` but the mail.
pub(crate) fn router(rabo: Rabo) -> Router {
    Router::new()
        .route("/_sim/health", get(async || Json(json!({ "ok": true }))))
        .route("/_sim/orders", get(orders))
        .route("/_sim/orders/{id}", get(order))
        .route("/_sim/orders/{id}/outcome", post(outcome))
        .route("/_sim/orders/{id}/repeat", post(repeat))
        .route("/_sim/totals", get(totals))
        .route("/_sim/faults", get(faults).post(add_fault).delete(clear_faults))
        .route("/_sim/clock", get(clock).post(set_clock))
        .route("/_sim/settings", get(settings).post(set_settings))
        .route("/_sim/notify", post(notify))
        .with_state(rabo)
}

/// A refusal with a reason for the person who writes the test.
pub(crate) struct Refused(pub StatusCode, pub String);

impl Refused {
    /// 404 for something that is not there.
    pub(crate) fn missing(what: &str) -> Self {
        Self(StatusCode::NOT_FOUND, format!("there is no such {what}"))
    }

    /// 400 with the reason.
    pub(crate) fn bad(why: &str) -> Self {
        Self(StatusCode::BAD_REQUEST, why.to_owned())
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        (self.0, Json(json!({ "error": self.1 }))).into_response()
    }
}

impl From<JsonRejection> for Refused {
    fn from(rejection: JsonRejection) -> Self {
        Self(StatusCode::BAD_REQUEST, rejection.body_text())
    }
}

pub(crate) type Body<T> = Result<Json<T>, JsonRejection>;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct OrderView {
    #[serde(flatten)]
    order: Order,
    pay_url: String,
}

fn view(rabo: &Rabo, order: Order) -> OrderView {
    OrderView { pay_url: rabo.pay_url(&order), order }
}

async fn orders(State(rabo): State<Rabo>) -> Json<Vec<OrderView>> {
    Json(rabo.orders().into_iter().map(|order| view(&rabo, order)).collect())
}

async fn order(State(rabo): State<Rabo>, Path(id): Path<String>) -> Result<Json<OrderView>, Refused> {
    rabo.order(&id).map(|order| Json(view(&rabo, order))).ok_or_else(unknown_order)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct OutcomeWish {
    outcome: Outcome,
    /// Cents that the result tells instead of the amount asked.
    paid_amount: Option<i64>,
}

async fn outcome(
    State(rabo): State<Rabo>,
    Path(id): Path<String>,
    wish: Body<OutcomeWish>,
) -> Result<Response, Refused> {
    let Json(wish) = wish?;
    let settled = rabo.outcome_paying(&id, wish.outcome, wish.paid_amount).await.ok_or_else(unknown_order)?;
    Ok(Json(settled).into_response())
}

async fn repeat(State(rabo): State<Rabo>, Path(id): Path<String>) -> Result<Json<Value>, Refused> {
    if rabo.repeat(&id).await {
        return Ok(Json(json!({ "ok": true })));
    }
    Err(Refused(StatusCode::CONFLICT, "there is no such order, or it is not final".to_owned()))
}

async fn totals(State(rabo): State<Rabo>) -> Response {
    Json(rabo.totals()).into_response()
}

async fn faults(State(rabo): State<Rabo>) -> Json<Vec<Fault>> {
    Json(rabo.faults().waiting())
}

async fn add_fault(State(rabo): State<Rabo>, fault: Body<Fault>) -> Result<Json<Vec<Fault>>, Refused> {
    let Json(fault) = fault?;
    if fault.times == 0 {
        return Err(Refused(StatusCode::BAD_REQUEST, "times must be above zero".to_owned()));
    }
    rabo.faults().add(fault);
    Ok(Json(rabo.faults().waiting()))
}

async fn clear_faults(State(rabo): State<Rabo>) -> Json<Vec<Fault>> {
    rabo.faults().clear();
    Json(Vec::new())
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct ClockWish {
    #[serde(alias = "offset", alias = "offset_seconds")]
    offset_seconds: Option<i64>,
    /// The moment it is now, with an offset or `Z`.
    now: Option<Timestamp>,
}

async fn clock(State(rabo): State<Rabo>) -> Json<Value> {
    let clock = rabo.clock();
    Json(json!({ "offsetSeconds": clock.offset_seconds(), "now": wire_time(clock.now()) }))
}

async fn set_clock(State(rabo): State<Rabo>, wish: Body<ClockWish>) -> Result<Json<Value>, Refused> {
    let Json(wish) = wish?;
    match (wish.offset_seconds, wish.now) {
        (Some(seconds), None) => rabo.clock().set_offset_seconds(seconds),
        (None, Some(moment)) => rabo.clock().set_now(moment),
        _ => {
            return Err(Refused(StatusCode::BAD_REQUEST, "give either offsetSeconds or now".to_owned()));
        }
    }
    rabo.expire_overdue().await;
    Ok(clock(State(rabo)).await)
}

async fn settings(State(rabo): State<Rabo>) -> Json<Settings> {
    Json(rabo.settings())
}

/// Changes the named settings and leaves the others as they are.
async fn set_settings(State(rabo): State<Rabo>, wish: Body<Value>) -> Result<Json<Settings>, Refused> {
    let Json(wish) = wish?;
    let settings: Settings = merged(&rabo.settings(), wish)?;
    rabo.set_settings(settings.clone());
    Ok(Json(settings))
}

/// The present settings with the fields of an object in the place of theirs.
pub(crate) fn merged<S: Serialize + DeserializeOwned>(present: &S, wish: Value) -> Result<S, Refused> {
    let refused = |why: String| Refused(StatusCode::BAD_REQUEST, why);
    let Value::Object(wish) = wish else {
        return Err(refused("give an object".to_owned()));
    };
    let mut merged = serde_json::to_value(present).map_err(|error| refused(error.to_string()))?;
    if let Some(fields) = merged.as_object_mut() {
        fields.extend(wish);
    }
    serde_json::from_value(merged).map_err(|error| refused(error.to_string()))
}

async fn notify(State(rabo): State<Rabo>) -> Json<Value> {
    Json(json!({ "delivered": rabo.notify_now().await }))
}

fn unknown_order() -> Refused {
    Refused(StatusCode::NOT_FOUND, "there is no such order".to_owned())
}
