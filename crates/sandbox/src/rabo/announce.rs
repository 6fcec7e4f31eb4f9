//! Announcing an order: `POST omnikassa-api/order/server/api/v2/order`.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::Rabo;
use super::order::{Order, OrderStatus};
use super::problem::Problem;
use super::token::Purpose;
use super::validation::{self, Announcement};

/// Records the order and tells where to pay it. The same merchant order id twice makes two orders, as at the real one.
pub(super) async fn announce(
    State(rabo): State<Rabo>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<(StatusCode, Json<Value>), Problem> {
    rabo.authorize(Purpose::Access, &headers)?;
    let fields: Map<String, Value> =
        serde_json::from_slice(&body).map_err(|_| Problem::Invalid("the body is not a JSON object".to_owned()))?;
    let settings = rabo.settings();
    let now = rabo.clock().now();
    check_timestamp(fields.get("timestamp"), now, settings.clock_tolerance_minutes)?;
    let announcement = validation::announcement(&fields).map_err(Problem::Invalid)?;

    let order = new_order(announcement, now, settings.payable_minutes, Uuid::new_v4());
    rabo.inner.books.change(|ledger| ledger.orders.push(order.clone()));
    tracing::info!(order = %order.id, merchant_order = order.merchant_order_id, "order announced");
    let answer = json!({ "redirectUrl": rabo.pay_url(&order), "omnikassaOrderId": order.id });
    Ok((StatusCode::CREATED, Json(answer)))
}

fn check_timestamp(given: Option<&Value>, now: Timestamp, tolerance_minutes: i64) -> Result<(), Problem> {
    let refused = |why: &str| Problem::TimestampRefused(format!("timestamp {why}"));
    let text = given.and_then(Value::as_str).ok_or_else(|| refused("is missing"))?;
    let moment: Timestamp = text.parse().map_err(|_| refused("is not ISO 8601 with an offset"))?;
    let distance = now.duration_since(moment).abs();
    if distance > SignedDuration::from_mins(tolerance_minutes) {
        return Err(refused("is too far from the present time"));
    }
    Ok(())
}

fn new_order(announcement: Announcement, now: Timestamp, payable_minutes: i64, id: Uuid) -> Order {
    Order {
        id,
        merchant_order_id: announcement.merchant_order_id,
        status: OrderStatus::InProgress,
        amount: announcement.amount,
        paid_amount: 0,
        description: announcement.description,
        payment_brand: announcement.payment_brand,
        merchant_return_url: announcement.return_url,
        created_at: now,
        expires_at: now.checked_add(SignedDuration::from_mins(payable_minutes)).unwrap_or(now),
        status_at: now,
        transactions: Vec::new(),
    }
}
