//! The control API for tests: what happens on Klarna's pages and in its reviews, as JSON under `/_sim/klarna`.

use axum::extract::{Path, State};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Decision, Klarna, Order, OrderSums, Outcome, Settings};
use crate::control::{Body, Refused};

/// All of `/_sim/klarna`. Faults and the clock are those of the whole sandbox.
pub(crate) fn router(klarna: Klarna) -> Router {
    Router::new()
        .route("/_sim/klarna/pages", get(pages))
        .route("/_sim/klarna/pages/{id}/outcome", post(outcome))
        .route("/_sim/klarna/orders", get(orders))
        .route("/_sim/klarna/orders/{id}", get(order))
        .route("/_sim/klarna/orders/{id}/decision", post(decision))
        .route("/_sim/klarna/totals", get(totals))
        .route("/_sim/klarna/settings", get(settings).post(set_settings))
        .with_state(klarna)
}

async fn pages(State(klarna): State<Klarna>) -> Json<Value> {
    klarna.expire_overdue().await;
    let view = |page| {
        let pay_url = klarna.pay_url(&page);
        let mut view = json!(page);
        view["payUrl"] = json!(pay_url);
        view
    };
    Json(klarna.hosted_pages().into_iter().map(view).collect())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OutcomeWish {
    outcome: Outcome,
}

async fn outcome(
    State(klarna): State<Klarna>,
    Path(id): Path<String>,
    wish: Body<OutcomeWish>,
) -> Result<Json<Value>, Refused> {
    let Json(wish) = wish?;
    let moved = klarna.outcome(&id, wish.outcome).await.ok_or_else(|| Refused::missing("page"))?;
    Ok(Json(json!(moved)))
}

async fn orders(State(klarna): State<Klarna>) -> Json<Vec<Order>> {
    Json(klarna.orders())
}

async fn order(State(klarna): State<Klarna>, Path(id): Path<String>) -> Result<Json<Order>, Refused> {
    klarna.order(&id).map(Json).ok_or_else(|| Refused::missing("order"))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DecisionWish {
    decision: Decision,
}

async fn decision(
    State(klarna): State<Klarna>,
    Path(id): Path<String>,
    wish: Body<DecisionWish>,
) -> Result<Json<Value>, Refused> {
    let Json(wish) = wish?;
    let (order, changed) = klarna.decide(&id, wish.decision).await.ok_or_else(|| Refused::missing("order"))?;
    Ok(Json(json!({ "order": order, "changed": changed })))
}

async fn totals(State(klarna): State<Klarna>) -> Json<Vec<OrderSums>> {
    Json(klarna.sums())
}

async fn settings(State(klarna): State<Klarna>) -> Json<Settings> {
    Json(klarna.settings())
}

/// Changes the named settings and leaves the others as they are.
async fn set_settings(State(klarna): State<Klarna>, wish: Body<Value>) -> Result<Json<Settings>, Refused> {
    let Json(wish) = wish?;
    let mut merged = json!(klarna.settings());
    match (merged.as_object_mut(), wish) {
        (Some(fields), Value::Object(wish)) => fields.extend(wish),
        _ => return Err(Refused::bad("give an object")),
    }
    let settings: Settings = serde_json::from_value(merged).map_err(|error| Refused::bad(&error.to_string()))?;
    klarna.set_settings(settings.clone());
    Ok(Json(settings))
}
