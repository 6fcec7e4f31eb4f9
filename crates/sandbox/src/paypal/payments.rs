//! Payments v2: captures, and giving their money back.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value};

use super::idempotency::{Keep, Once};
use super::ledger::Ledger;
use super::money::{self, syntax};
use super::order::{CaptureStatus, Refund};
use super::orders::new_id;
use super::problem::{Detail, Problem};
use super::{PayPal, api, validation, view};

/// What a shop wants back. No amount means all that is left.
struct Wish {
    amount: Option<i64>,
    invoice_id: Option<String>,
    custom_id: Option<String>,
    note_to_payer: Option<String>,
}

/// `GET /v2/payments/captures/{id}`.
pub(super) async fn show_capture(
    State(paypal): State<PayPal>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Json<Value>, Problem> {
    paypal.authorize(&headers)?;
    let found =
        paypal.inner.books.read(|ledger| ledger.capture(&id).map(|(order, capture)| (order.clone(), capture.clone())));
    let (order, capture) = found.ok_or(Problem::NotFound)?;
    Ok(Json(view::capture(&paypal, &order, &capture)))
}

/// `GET /v2/payments/refunds/{id}`.
pub(super) async fn show_refund(
    State(paypal): State<PayPal>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Json<Value>, Problem> {
    paypal.authorize(&headers)?;
    let refund = paypal.inner.books.read(|ledger| ledger.refund(&id).cloned()).ok_or(Problem::NotFound)?;
    Ok(Json(view::refund(&paypal, &refund)))
}

/// `POST /v2/payments/captures/{id}/refund`: the whole with `{}`, or a part.
pub(super) async fn refund(
    State(paypal): State<PayPal>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<(StatusCode, Json<Value>), Problem> {
    paypal.authorize(&headers)?;
    let wish = wish(&body)?;
    let now = paypal.inner.clock.now();
    let days = paypal.settings().refund_days;
    let once = Once::new(&headers, &format!("POST captures/{id}/refund"), &body, Keep::Payments, now)?;
    let (refund, is_new) = paypal.inner.books.change(|ledger| {
        if let Some(before) = once.before(ledger)? {
            return Ok((ledger.refund(&before).cloned().ok_or(Problem::NotFound)?, false));
        }
        let refund = give_back(ledger, &id, wish, now, days)?;
        once.remember(ledger, &refund.id);
        ledger.refunds.push(refund.clone());
        Ok((refund, true))
    })?;
    if is_new {
        let amount = paypal.inner.books.read(|ledger| ledger.capture(&id).map_or(0, |(order, _)| order.amount));
        paypal.tell_shop(amount, "PAYMENT.CAPTURE.REFUNDED", "refund", view::refund(&paypal, &refund)).await;
    }
    Ok((api::status(is_new), Json(view::refund(&paypal, &refund))))
}

fn give_back(ledger: &Ledger, id: &str, wish: Wish, now: Timestamp, days: i64) -> Result<Refund, Problem> {
    let (_, capture) = ledger.capture(id).ok_or(Problem::NotFound)?;
    if capture.status != CaptureStatus::Completed {
        return Err(Problem::unprocessable("PENDING_CAPTURE"));
    }
    if now.duration_since(capture.created_at) > SignedDuration::from_hours(24 * days) {
        return Err(Problem::unprocessable("REFUND_TIME_LIMIT_EXCEEDED"));
    }
    let left = capture.amount - ledger.refunded(id);
    if left == 0 {
        return Err(Problem::unprocessable("CAPTURE_FULLY_REFUNDED"));
    }
    let amount = wish.amount.unwrap_or(left);
    if amount > left {
        return Err(Problem::unprocessable_field("/amount/value", "REFUND_AMOUNT_EXCEEDED"));
    }
    Ok(Refund {
        id: new_id(),
        capture_id: id.to_owned(),
        amount,
        invoice_id: wish.invoice_id,
        custom_id: wish.custom_id,
        note_to_payer: wish.note_to_payer,
        created_at: now,
    })
}

fn wish(body: &[u8]) -> Result<Wish, Problem> {
    let malformed =
        || Problem::invalid(Detail::field("", "MALFORMED_REQUEST_JSON", "The request JSON is not well formed."));
    let fields: Map<String, Value> =
        if body.is_empty() { Map::new() } else { serde_json::from_slice(body).map_err(|_| malformed())? };
    validation::only(&fields, "", &["amount", "custom_id", "invoice_id", "note_to_payer"])?;
    let text = |name: &str, longest: usize| match fields.get(name) {
        None => Ok(None),
        Some(Value::String(text)) if (1..=longest).contains(&text.chars().count()) => Ok(Some(text.clone())),
        Some(_) => Err(syntax(&format!("/{name}"), "must be text of the right length")),
    };
    let amount = match fields.get("amount") {
        None => None,
        Some(amount) => {
            let cents = money::read(amount, "/amount", "REFUND_CAPTURE_CURRENCY_MISMATCH")?;
            if cents <= 0 {
                return Err(Problem::unprocessable_field("/amount/value", "CANNOT_BE_ZERO_OR_NEGATIVE"));
            }
            Some(cents)
        }
    };
    Ok(Wish {
        amount,
        invoice_id: text("invoice_id", 127)?,
        custom_id: text("custom_id", 127)?,
        note_to_payer: text("note_to_payer", 255)?,
    })
}
