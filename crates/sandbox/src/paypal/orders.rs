//! Orders v2: making one, looking at it, and capturing its money.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use uuid::Uuid;

use super::idempotency::{Keep, Once};
use super::ledger::Ledger;
use super::order::{Capture, CaptureStatus, Funds, Order, OrderStatus, Outcome};
use super::problem::{Detail, Problem};
use super::validation::{self, Draft};
use super::{PayPal, api, view};

/// An id in PayPal's form: 17 capitals and digits.
pub(super) fn new_id() -> String {
    Uuid::new_v4().simple().to_string().to_uppercase().chars().take(17).collect()
}

/// `POST /v2/checkout/orders`: 201 and where to approve it; 200 when the same request id repeats.
pub(super) async fn create(
    State(paypal): State<PayPal>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<(StatusCode, Json<Value>), Problem> {
    paypal.authorize(&headers)?;
    let now = paypal.inner.clock.now();
    let draft = validation::draft(&body)?;
    let mut once = Once::new(&headers, "POST orders", &body, Keep::Orders, now)?;
    if draft.named_source {
        once = once.required()?;
    }
    let (order, is_new) = paypal.inner.books.change(|ledger| {
        if let Some(id) = once.before(ledger)? {
            return Ok((ledger.order(&id).cloned().ok_or(Problem::NotFound)?, false));
        }
        let order = new_order(draft, now);
        if ledger.is_paid_elsewhere(&order.id, order.invoice_id.as_deref()) {
            return Err(Problem::unprocessable_field("/purchase_units/0/invoice_id", "DUPLICATE_INVOICE_ID"));
        }
        once.remember(ledger, &order.id);
        ledger.orders.push(order.clone());
        Ok((order, true))
    })?;
    tracing::info!(order = order.id, invoice = order.invoice_id, is_new, "PayPal order");
    Ok((api::status(is_new), Json(view::preferred(&paypal, &headers, &order))))
}

fn new_order(draft: Draft, now: Timestamp) -> Order {
    Order {
        id: new_id(),
        status: if draft.named_source { OrderStatus::PayerActionRequired } else { OrderStatus::Created },
        amount: draft.amount,
        reference_id: draft.reference_id,
        invoice_id: draft.invoice_id,
        custom_id: draft.custom_id,
        description: draft.description,
        return_url: draft.return_url,
        cancel_url: draft.cancel_url,
        named_source: draft.named_source,
        expired: false,
        funds: None,
        capture: None,
        created_at: now,
        updated_at: now,
    }
}

/// `GET /v2/checkout/orders/{id}`. An order whose time passed is no longer there; that is a guess.
pub(super) async fn show(
    State(paypal): State<PayPal>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Json<Value>, Problem> {
    paypal.authorize(&headers)?;
    paypal.expire_overdue();
    let order = paypal.inner.books.read(|ledger| ledger.orders.iter().find(|order| order.id == id).cloned());
    let order = order.filter(|order| !order.expired).ok_or(Problem::NotFound)?;
    Ok(Json(view::order(&paypal, &order)))
}

/// `POST /v2/checkout/orders/{id}/capture`: takes the money of an approved order, once.
pub(super) async fn capture(
    State(paypal): State<PayPal>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<(StatusCode, Json<Value>), Problem> {
    paypal.authorize(&headers)?;
    paypal.expire_overdue();
    if !body.is_empty() && !serde_json::from_slice::<Value>(&body).is_ok_and(|body| body == serde_json::json!({})) {
        return Err(Problem::invalid(Detail::field("", "MALFORMED_REQUEST_JSON", "must be empty or {}")));
    }
    let now = paypal.inner.clock.now();
    let once = Once::new(&headers, &format!("POST orders/{id}/capture"), &body, Keep::Orders, now)?;
    let (order, is_new) = paypal.inner.books.change(|ledger| {
        if once.before(ledger)?.is_some() {
            return Ok((ledger.order(&id).cloned().ok_or(Problem::NotFound)?, false));
        }
        let order = take(&paypal, ledger, &id, now)?;
        once.remember(ledger, &order.id);
        Ok((order, true))
    })?;
    if is_new && let Some(capture) = &order.capture {
        let event = match capture.status {
            CaptureStatus::Pending => "PAYMENT.CAPTURE.PENDING",
            _ => "PAYMENT.CAPTURE.COMPLETED",
        };
        paypal.tell_shop(order.amount, event, "capture", view::capture(&paypal, &order, capture)).await;
    }
    Ok((api::status(is_new), Json(view::preferred(&paypal, &headers, &order))))
}

fn take(paypal: &PayPal, ledger: &mut Ledger, id: &str, now: Timestamp) -> Result<Order, Problem> {
    let order = ledger.orders.iter().find(|order| order.id == id).ok_or(Problem::NotFound)?;
    if ledger.is_paid_elsewhere(&order.id, order.invoice_id.as_deref()) {
        return Err(Problem::unprocessable("DUPLICATE_INVOICE_ID"));
    }
    let pay_url = paypal.pay_url(order);
    let order = ledger.order_mut(id).ok_or(Problem::NotFound)?;
    let status = match (order.status, order.expired, order.funds) {
        (OrderStatus::Completed, ..) => return Err(Problem::unprocessable("ORDER_ALREADY_CAPTURED")),
        (_, true, _) => return Err(Problem::unprocessable("ORDER_EXPIRED")),
        (OrderStatus::Approved, _, Some(Funds::Immediate)) => CaptureStatus::Completed,
        (OrderStatus::Approved, _, Some(Funds::Slow)) => CaptureStatus::Pending,
        (OrderStatus::Approved, _, Some(Funds::Declined)) => {
            // She may go back and choose other means.
            order.status = OrderStatus::PayerActionRequired;
            order.updated_at = now;
            let Problem::Unprocessable(detail, _) = Problem::unprocessable("INSTRUMENT_DECLINED") else {
                return Err(Problem::ServerError);
            };
            return Err(Problem::Unprocessable(detail, Some(pay_url)));
        }
        _ => return Err(Problem::unprocessable("ORDER_NOT_APPROVED")),
    };
    order.status = OrderStatus::Completed;
    order.updated_at = now;
    order.capture = Some(Capture { id: new_id(), status, amount: order.amount, created_at: now, updated_at: now });
    Ok(order.clone())
}

impl PayPal {
    /// Lets orders expire whose time has passed.
    pub fn expire_overdue(&self) {
        let now = self.inner.clock.now();
        let lasts = SignedDuration::from_mins(self.settings().order_minutes);
        let is_overdue = |order: &Order| {
            !order.expired && order.status != OrderStatus::Completed && now.duration_since(order.created_at) >= lasts
        };
        if self.inner.books.read(|ledger| ledger.orders.iter().any(is_overdue)) {
            self.inner.books.change(|ledger| {
                ledger.orders.iter_mut().filter(|order| is_overdue(order)).for_each(|order| {
                    order.apply(Outcome::Expire, now);
                });
            });
        }
    }
}
