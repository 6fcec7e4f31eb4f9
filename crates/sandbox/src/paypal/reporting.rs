//! Transaction Search v1, as far as a shop needs it to compare a day with its own books: `GET /v1/reporting/transactions`.
//! At the real one a transaction may take three hours to appear.

use axum::Json;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use serde_json::{Value, json};

use super::PayPal;
use super::ledger::Ledger;
use super::money::wire;
use super::order::CaptureStatus;
use super::problem::{Detail, Problem};
use super::view;

/// Longest time that one question may span.
const LONGEST: SignedDuration = SignedDuration::from_hours(31 * 24);

#[derive(Deserialize)]
pub(super) struct Question {
    start_date: Option<String>,
    end_date: Option<String>,
    page: Option<usize>,
    page_size: Option<usize>,
}

/// Money that came in (`T0006`) or went back (`T1107`), oldest first.
pub(super) async fn transactions(
    State(paypal): State<PayPal>,
    Query(question): Query<Question>,
    headers: HeaderMap,
) -> Result<Json<Value>, Problem> {
    paypal.authorize(&headers)?;
    let start = moment("start_date", question.start_date.as_deref())?;
    let end = moment("end_date", question.end_date.as_deref())?;
    if end < start || end.duration_since(start) > LONGEST {
        let why = "Date range is greater than 31 days, or ends before it starts";
        return Err(Problem::invalid(Detail::query("end_date", "INVALID_PARAMETER_VALUE", why)));
    }
    let page_size = question.page_size.unwrap_or(100);
    let page = question.page.unwrap_or(1);
    if !(1..=500).contains(&page_size) || page == 0 {
        let why = "must be 1 to 500, and page at least 1";
        return Err(Problem::invalid(Detail::query("page_size", "INVALID_PARAMETER_VALUE", why)));
    }
    let mut all = paypal.inner.books.read(entries);
    all.retain(|(at, _)| (start..=end).contains(at));
    all.sort_by_key(|(at, _)| *at);
    let total = all.len();
    let details: Vec<Value> = all
        .into_iter()
        .skip((page - 1).saturating_mul(page_size))
        .take(page_size)
        .map(|(_, info)| json!({ "transaction_info": info }))
        .collect();
    Ok(Json(json!({
        "transaction_details": details,
        "account_number": "C7CYMKZDG8D6E",
        "start_date": date(start),
        "end_date": date(end),
        "last_refreshed_datetime": date(paypal.inner.clock.now()),
        "page": page,
        "total_items": total,
        "total_pages": total.div_ceil(page_size),
        "links": [],
    })))
}

fn entries(ledger: &Ledger) -> Vec<(Timestamp, Value)> {
    let captures = ledger.orders.iter().filter_map(|order| {
        let capture = order.capture.as_ref()?;
        let status = match capture.status {
            CaptureStatus::Completed => "S",
            CaptureStatus::Pending => "P",
            CaptureStatus::Declined => "D",
        };
        let mut info = json!({
            "paypal_account_id": view::PAYER_ID,
            "transaction_id": capture.id,
            "paypal_reference_id": order.id,
            "paypal_reference_id_type": "ODR",
            "transaction_event_code": "T0006",
            "transaction_initiation_date": date(capture.created_at),
            "transaction_updated_date": date(capture.updated_at),
            "transaction_amount": wire(capture.amount),
            "fee_amount": wire(-view::fee(capture.amount)),
            "transaction_status": status,
        });
        name(&mut info, order.invoice_id.as_ref(), order.custom_id.as_ref());
        Some((capture.updated_at, info))
    });
    let refunds = ledger.refunds.iter().map(|refund| {
        let mut info = json!({
            "paypal_account_id": view::PAYER_ID,
            "transaction_id": refund.id,
            "paypal_reference_id": refund.capture_id,
            "paypal_reference_id_type": "TXN",
            "transaction_event_code": "T1107",
            "transaction_initiation_date": date(refund.created_at),
            "transaction_updated_date": date(refund.created_at),
            "transaction_amount": wire(-refund.amount),
            "transaction_status": "S",
        });
        name(&mut info, refund.invoice_id.as_ref(), refund.custom_id.as_ref());
        (refund.created_at, info)
    });
    captures.chain(refunds).collect()
}

fn name(info: &mut Value, invoice_id: Option<&String>, custom_id: Option<&String>) {
    if let Some(invoice_id) = invoice_id {
        info["invoice_id"] = json!(invoice_id);
    }
    if let Some(custom_id) = custom_id {
        info["custom_field"] = json!(custom_id);
    }
}

fn moment(name: &str, given: Option<&str>) -> Result<Timestamp, Problem> {
    let refused = |issue, why| Problem::invalid(Detail::query(name, issue, why));
    let text =
        given.ok_or_else(|| refused("MISSING_REQUIRED_PARAMETER", "A required field / parameter is missing."))?;
    text.parse().map_err(|_| refused("INVALID_PARAMETER_SYNTAX", "must be an Internet date and time with seconds"))
}

/// This API writes the offset without a colon, unlike the others.
fn date(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S+0000").to_string()
}
