//! Payments v1: sessions, and the order that a token places.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use jiff::Timestamp;
use serde_json::{Value, json};
use uuid::Uuid;

use super::callbacks::{self, Manner};
use super::fields::{self, Object};
use super::ledger::Reply;
use super::order::{FraudStatus, Order, OrderStatus, authorised_until};
use super::problem::Problem;
use super::purchase::{self, Kind};
use super::session::{Session, hours_from};
use super::{Klarna, Settings};

const UNKNOWN_SESSION: Problem = Problem::NotFound("NOT_FOUND", "there is no such session");
const UNKNOWN_TOKEN: Problem =
    Problem::NotFound("NOT_FOUND", "there is no such authorization, or it is used or too old");

/// `POST /payments/v1/sessions`.
pub(super) async fn create(State(klarna): State<Klarna>, body: Bytes) -> Result<Json<Value>, Problem> {
    let purchase = purchase::check(fields::body(&body)?, Kind::Session).map_err(Problem::BadValue)?;
    let settings = klarna.settings();
    let id = Uuid::new_v4();
    let session = Session {
        id,
        client_token: format!("eyJhbGciOiJub25lIn0.{}.sandbox", Uuid::new_v4().simple()),
        purchase,
        categories: settings.categories,
        expires_at: hours_from(klarna.clock().now(), settings.session_hours),
        authorization: None,
        order: None,
    };
    let answer = json!({
        "session_id": id, "client_token": session.client_token, "payment_method_categories": session.category_list()
    });
    klarna.inner.books.change(|ledger| ledger.sessions.push(session));
    tracing::info!(session = %id, "payment session of Klarna made");
    Ok(Json(answer))
}

/// `GET /payments/v1/sessions/{id}`.
pub(super) async fn read(State(klarna): State<Klarna>, Path(id): Path<Uuid>) -> Result<Json<Value>, Problem> {
    let now = klarna.clock().now();
    klarna.inner.books.read(|ledger| {
        let session = ledger.session(id).filter(|session| !session.is_over(now)).ok_or(UNKNOWN_SESSION)?;
        Ok(Json(session.answer(now)))
    })
}

/// `POST /payments/v1/sessions/{id}`: replaces the fields that are given. What the shopper agreed to stays as it is.
pub(super) async fn update(
    State(klarna): State<Klarna>,
    Path(id): Path<Uuid>,
    body: Bytes,
) -> Result<StatusCode, Problem> {
    let change = fields::body(&body)?;
    let now = klarna.clock().now();
    klarna.inner.books.change(|ledger| {
        let session = ledger.session_mut(id).filter(|session| !session.is_over(now)).ok_or(UNKNOWN_SESSION)?;
        if session.authorization.is_some() {
            return Err(Problem::BadValue("the session is authorized or complete".to_owned()));
        }
        let mut merged = session.purchase.clone();
        merged.extend(change);
        session.purchase = purchase::check(merged, Kind::Session).map_err(Problem::BadValue)?;
        Ok(StatusCode::NO_CONTENT)
    })
}

/// `DELETE /payments/v1/authorizations/{token}`: the shop does not want the order after all.
pub(super) async fn give_up(State(klarna): State<Klarna>, Path(token): Path<Uuid>) -> Result<StatusCode, Problem> {
    let now = klarna.clock().now();
    klarna.inner.books.change(|ledger| {
        let good = |session: &&mut Session| session.token(now).is_some_and(|given| given.token == token);
        let session = ledger.sessions.iter_mut().find(good).ok_or(UNKNOWN_TOKEN)?;
        session.authorization = None;
        Ok(StatusCode::NO_CONTENT)
    })
}

/// `POST /payments/v1/authorizations/{token}/order`.
pub(super) async fn place(
    State(klarna): State<Klarna>,
    Path(token): Path<Uuid>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Reply, Problem> {
    let wanted = purchase::check(fields::body(&body)?, Kind::Order).map_err(Problem::BadValue)?;
    let settings = klarna.settings();
    let mut push = None;
    let reply = klarna.once(&headers, |ledger, now| {
        let good = |session: &&mut Session| session.token(now).is_some_and(|given| given.token == token);
        let session = ledger.sessions.iter_mut().find(good).ok_or(UNKNOWN_TOKEN)?;
        if let Some(field) = purchase::difference(&session.purchase, &wanted) {
            return Err(Problem::Differs(format!("Bad value: {field} (differs from the session)")));
        }
        let fraud = session.authorization.as_ref().map_or(FraudStatus::Accepted, |given| given.fraud);
        let order = new_order(session, wanted, fraud, &settings, now);
        session.order = Some(order.order_id);
        let confirmation = purchase::url(&session.purchase, "confirmation").unwrap_or(&klarna.inner.public_url);
        push = purchase::url(&order.purchase, "push").map(|url| callbacks::push(url, order.order_id));
        let answer = json!({
            "order_id": order.order_id,
            "redirect_url": confirmation.replace("{order.id}", &order.order_id.to_string()),
            "fraud_status": fraud.wire(),
            "authorized_payment_method": {
                "type": "invoice", "number_of_days": settings.invoice_days, "number_of_installments": 0
            },
        });
        tracing::info!(order = %order.order_id, fraud = fraud.wire(), "order placed at Klarna");
        ledger.orders.push(order);
        Ok(Reply::ok(answer))
    })?;
    if let Some(push) = push {
        klarna.tell(vec![push], Manner::Usual).await;
    }
    Ok(reply)
}

/// The order that a session becomes. Addresses of callbacks that the shop does not name again stay those of the session.
fn new_order(session: &Session, mut wanted: Object, fraud: FraudStatus, settings: &Settings, now: Timestamp) -> Order {
    if let Some(urls) = session.purchase.get("merchant_urls") {
        wanted.entry("merchant_urls").or_insert_with(|| urls.clone());
    }
    let order_id = Uuid::new_v4();
    let amount = purchase::amount(&wanted);
    let rejected = fraud == FraudStatus::Rejected;
    Order {
        order_id,
        klarna_reference: reference_of(order_id),
        status: if rejected { OrderStatus::Cancelled } else { OrderStatus::Authorized },
        fraud_status: fraud,
        order_amount: amount,
        captured_amount: 0,
        refunded_amount: 0,
        remaining_authorized_amount: if rejected { 0 } else { amount },
        acknowledged: false,
        created_at: now,
        expires_at: authorised_until(now, settings.authorization_days),
        captures: Vec::new(),
        refunds: Vec::new(),
        number_of_days: settings.invoice_days,
        purchase: wanted,
    }
}

/// What Klarna's people call something: eight characters.
pub(super) fn reference_of(id: Uuid) -> String {
    id.simple().to_string().chars().take(8).collect::<String>().to_uppercase()
}
