//! What became of orders: the pull that empties the queue, and the details of one order.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use serde_json::{Value, json};
use uuid::Uuid;

use super::order::{Order, Transaction};
use super::problem::Problem;
use super::token::Purpose;
use super::wire::{EVENT_NAME, MoneyDto, OrderResult, OrderResults, TransactionResult};
use super::{Rabo, signature};
use crate::FaultKind;
use crate::clock::wire_time;

/// The one webshop that the sandbox knows.
pub(super) const POI_ID: &str = "2004";

/// `GET …/events/results/merchant.order.status.changed`: the next set of results, which leave the queue.
pub(super) async fn pull(
    State(rabo): State<Rabo>,
    Path(event): Path<String>,
    headers: HeaderMap,
) -> Result<Json<OrderResults>, Problem> {
    rabo.authorize(Purpose::Pull, &headers)?;
    if event != EVENT_NAME {
        return Err(Problem::NotFound("unknown event"));
    }
    // A shop cannot use an answer with a wrong signature, so here it does not cost it the results.
    let forged = rabo.faults().take(FaultKind::WrongPullSignature);
    let page_size = rabo.settings().page_size.max(1);
    let mut answer = rabo.inner.books.change(|ledger| {
        let count = page_size.min(ledger.queue.len());
        let handed_out: Vec<Uuid> = ledger.queue.iter().take(count).map(|waiting| waiting.order_id).collect();
        let more = ledger.queue.len() > count;
        if !forged {
            ledger.queue.drain(..count);
        }
        let order_results =
            handed_out.iter().filter_map(|id| ledger.orders.iter().find(|order| order.id == *id)).map(result).collect();
        OrderResults { more_order_results_available: more, order_results, signature: String::new() }
    });
    let key = if forged { signature::ANOTHER_KEY } else { &rabo.inner.signing_key };
    answer.signature = signature::sign(key, &signature::results_message(&answer));
    Ok(Json(answer))
}

/// `GET v2/orders/{id}`: one order, whatever was pulled before.
pub(super) async fn details(
    State(rabo): State<Rabo>,
    Path(id): Path<Uuid>,
    headers: HeaderMap,
) -> Result<Json<Value>, Problem> {
    rabo.authorize(Purpose::Access, &headers)?;
    let order = rabo.order(&id.to_string()).ok_or(Problem::NotFound("unknown order"))?;
    let transactions: Vec<Value> = order.transactions.iter().map(transaction_details).collect();
    Ok(Json(json!({ "order": {
        "id": order.id,
        "merchantOrderId": order.merchant_order_id,
        "status": order.status.wire(),
        "totalAmount": MoneyDto::euro(order.amount),
        "transactions": transactions,
        "checkoutDetails": { "customerInformation": null, "billingAddress": null, "shippingAddress": null },
    } })))
}

fn result(order: &Order) -> OrderResult {
    OrderResult {
        merchant_order_id: order.merchant_order_id.clone(),
        omnikassa_order_id: order.id.to_string(),
        poi_id: POI_ID.to_owned(),
        order_status: order.status.wire().to_owned(),
        order_status_date_time: wire_time(order.status_at),
        error_code: String::new(),
        paid_amount: MoneyDto::euro(order.paid_amount),
        total_amount: MoneyDto::euro(order.amount),
        transactions: order.transactions.iter().map(transaction_result).collect(),
    }
}

fn transaction_result(transaction: &Transaction) -> TransactionResult {
    TransactionResult {
        id: transaction.id.to_string(),
        payment_brand: transaction.payment_brand.clone(),
        kind: "PAYMENT".to_owned(),
        status: transaction.status.wire().to_owned(),
        amount: MoneyDto::euro(transaction.amount),
        confirmed_amount: transaction.confirmed_amount.map(MoneyDto::euro),
        start_time: wire_time(transaction.start_time),
        last_update_time: wire_time(transaction.last_update_time),
    }
}

fn transaction_details(transaction: &Transaction) -> Value {
    json!({
        "id": transaction.id,
        "type": "PAYMENT",
        "paymentBrand": transaction.payment_brand,
        "status": transaction.status.wire(),
        "amount": MoneyDto::euro(transaction.amount),
        "confirmedAmount": transaction.confirmed_amount.map(MoneyDto::euro),
        "createdAt": wire_time(transaction.start_time),
        "lastUpdatedAt": wire_time(transaction.last_update_time),
    })
}
