//! Giving money back: start, look, and ask how much is left. A repeated `request-id` is the same refund.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::problem::Problem;
use super::token::Purpose;
use super::wire::MoneyDto;
use super::{Rabo, validation};
use crate::clock::wire_time;

/// A refund as the provider knows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Refund {
    pub id: Uuid,
    pub transaction_id: Uuid,
    pub request_id: Option<String>,
    pub amount: i64,
    pub description: Option<String>,
    pub vat_category: Option<String>,
    pub payment_brand: String,
    pub created_at: Timestamp,
    pub completes_at: Timestamp,
}

impl Refund {
    fn answer(&self, now: Timestamp) -> Value {
        let done = self.completes_at <= now;
        json!({
            "refundId": self.id,
            "refundTransactionId": done.then_some(self.id),
            "createdAt": wire_time(self.created_at),
            "updatedAt": done.then(|| wire_time(self.completes_at)),
            "refundMoney": MoneyDto::euro(self.amount),
            "vatCategory": self.vat_category,
            "paymentBrand": self.payment_brand,
            "status": if done { "COMPLETED" } else { "PENDING" },
            "description": self.description,
            "transactionId": self.transaction_id,
        })
    }

    fn asks_the_same(&self, wish: &Wish) -> bool {
        (self.amount, &self.description, &self.vat_category) == (wish.amount, &wish.description, &wish.vat_category)
    }
}

struct Wish {
    amount: i64,
    description: Option<String>,
    vat_category: Option<String>,
}

/// `POST …/transactions/{transaction}/refunds`.
pub(super) async fn start(
    State(rabo): State<Rabo>,
    Path(transaction_id): Path<Uuid>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<(StatusCode, Json<Value>), Problem> {
    rabo.authorize(Purpose::Access, &headers)?;
    let wish = wish(&body).map_err(Problem::Invalid)?;
    let request_id = headers.get("request-id").and_then(|value| value.to_str().ok()).map(str::to_owned);
    let now = rabo.clock().now();
    let completes_at = now.checked_add(SignedDuration::from_millis(rabo.settings().refund_pending_ms)).unwrap_or(now);

    let refund = rabo.inner.books.change(|ledger| {
        if let Some(known) = ledger.refunds.iter().find(|known| {
            known.transaction_id == transaction_id && known.request_id.is_some() && known.request_id == request_id
        }) {
            return if known.asks_the_same(&wish) {
                Ok(known.clone())
            } else {
                Err(Problem::Invalid("request-id was used for another refund".to_owned()))
            };
        }
        let order = ledger.paid_by(transaction_id).ok_or(Problem::NotFound("unknown transaction"))?;
        let payment_brand = order.success().map(|paid| paid.payment_brand.clone()).unwrap_or_default();
        let left = order.paid_amount - ledger.refunded(transaction_id);
        if wish.amount > left {
            return Err(Problem::Invalid(format!("money.amount is more than the refundable amount {left}")));
        }
        let refund = Refund {
            id: Uuid::new_v4(),
            transaction_id,
            request_id,
            amount: wish.amount,
            description: wish.description,
            vat_category: wish.vat_category,
            payment_brand,
            created_at: now,
            completes_at,
        };
        ledger.refunds.push(refund.clone());
        Ok(refund)
    })?;
    Ok((StatusCode::CREATED, Json(refund.answer(now))))
}

/// `GET …/transactions/{transaction}/refunds/{refund}`.
pub(super) async fn show(
    State(rabo): State<Rabo>,
    Path((transaction_id, refund_id)): Path<(Uuid, Uuid)>,
    headers: HeaderMap,
) -> Result<Json<Value>, Problem> {
    rabo.authorize(Purpose::Access, &headers)?;
    let now = rabo.clock().now();
    rabo.inner
        .books
        .read(|ledger| {
            let mut refunds = ledger.refunds.iter();
            refunds.find(|refund| refund.id == refund_id && refund.transaction_id == transaction_id).cloned()
        })
        .map(|refund| Json(refund.answer(now)))
        .ok_or(Problem::NotFound("unknown refund"))
}

/// `GET …/transactions/{transaction}/refundable-details`.
pub(super) async fn refundable(
    State(rabo): State<Rabo>,
    Path(transaction_id): Path<Uuid>,
    headers: HeaderMap,
) -> Result<Json<Value>, Problem> {
    rabo.authorize(Purpose::Access, &headers)?;
    rabo.inner.books.read(|ledger| {
        let order = ledger.paid_by(transaction_id).ok_or(Problem::NotFound("unknown transaction"))?;
        let left = order.paid_amount - ledger.refunded(transaction_id);
        let ends = order.status_at.checked_add(SignedDuration::from_hours(24 * 365)).unwrap_or(order.status_at);
        Ok(Json(json!({
            "transactionId": transaction_id,
            "refundableMoney": MoneyDto::euro(left),
            "expiryDatetime": wire_time(ends),
        })))
    })
}

fn wish(body: &[u8]) -> Result<Wish, String> {
    let fields: Map<String, Value> = serde_json::from_slice(body).map_err(|_| "the body is not a JSON object")?;
    if let Some(unknown) = fields.keys().find(|key| !["money", "description", "vatCategory"].contains(&key.as_str())) {
        return Err(format!("field {unknown} is unknown"));
    }
    let amount = validation::money(&fields, "money")?.ok_or("money is missing")?;
    if amount <= 0 {
        return Err("money.amount must be above zero".to_owned());
    }
    let vat_category = match fields.get("vatCategory") {
        None | Some(Value::Null) => None,
        Some(Value::String(rate)) if ["HIGH", "LOW", "ZERO"].contains(&rate.as_str()) => Some(rate.clone()),
        Some(_) => return Err("vatCategory must be HIGH, LOW or ZERO".to_owned()),
    };
    let description = match fields.get("description") {
        None | Some(Value::Null) => None,
        Some(Value::String(text)) => Some(text.clone()),
        Some(_) => return Err("description must be text".to_owned()),
    };
    Ok(Wish { amount, description, vat_category })
}
