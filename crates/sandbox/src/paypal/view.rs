//! Orders, captures and refunds as PayPal writes them. The payer is made up, and always there: a shop must not keep her.

use axum::http::HeaderMap;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::PayPal;
use super::money::wire;
use super::order::{Capture, CaptureStatus, Order, Refund};

/// The made-up payer.
pub(super) const PAYER_ID: &str = "QYR5Z8XDVJNXQ";

/// `2026-03-01T11:33:40Z`.
pub(super) fn time(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// What PayPal keeps of a payment: 3.49 % and 35 cents, rounded down. Its real tariff depends on the contract.
pub(super) fn fee(cents: i64) -> i64 {
    cents * 349 / 10_000 + 35
}

/// The whole order, or only its id, status and links, as `Prefer` asks.
pub(super) fn preferred(paypal: &PayPal, headers: &HeaderMap, order: &Order) -> Value {
    let whole = self::order(paypal, order);
    if headers.get("prefer").is_some_and(|prefer| prefer == "return=representation") {
        return whole;
    }
    json!({ "id": whole["id"], "status": whole["status"], "links": whole["links"] })
}

pub(super) fn order(paypal: &PayPal, order: &Order) -> Value {
    let mut unit = json!({ "reference_id": order.reference_id, "amount": wire(order.amount),
        "payee": { "email_address": "winkel@sandbox.invalid", "merchant_id": "C7CYMKZDG8D6E" } });
    for (name, text) in
        [("invoice_id", &order.invoice_id), ("custom_id", &order.custom_id), ("description", &order.description)]
    {
        if let Some(text) = text {
            unit[name] = json!(text);
        }
    }
    if let Some(capture) = &order.capture {
        unit["payments"] = json!({ "captures": [self::capture(paypal, order, capture)] });
    }
    let mut body = json!({ "id": order.id, "intent": "CAPTURE", "status": order.status.wire(),
        "purchase_units": [unit], "create_time": time(order.created_at), "update_time": time(order.updated_at),
        "links": links(paypal, order) });
    let approved = order.funds.is_some();
    if order.named_source {
        body["payment_source"] = if approved {
            json!({ "paypal": { "email_address": "anna@sandbox.invalid", "account_id": PAYER_ID, "account_status": "VERIFIED",
                "name": { "given_name": "Anna", "surname": "Zandbak" }, "address": { "country_code": "NL" } } })
        } else {
            json!({ "paypal": {} })
        };
    }
    if approved {
        body["payer"] = json!({ "name": { "given_name": "Anna", "surname": "Zandbak" },
            "email_address": "anna@sandbox.invalid", "payer_id": PAYER_ID, "address": { "country_code": "NL" } });
    }
    body
}

fn links(paypal: &PayPal, order: &Order) -> Value {
    let own = format!("{}/v2/checkout/orders/{}", paypal.inner.public_url, order.id);
    let mut links = vec![json!({ "href": own, "rel": "self", "method": "GET" })];
    if order.status.awaits_payer() {
        let rel = if order.named_source { "payer-action" } else { "approve" };
        links.push(json!({ "href": paypal.pay_url(order), "rel": rel, "method": "GET" }));
    } else if order.capture.is_none() {
        links.push(json!({ "href": format!("{own}/capture"), "rel": "capture", "method": "POST" }));
    }
    json!(links)
}

/// The word for a capture, which also tells what went back.
fn capture_status(paypal: &PayPal, capture: &Capture) -> &'static str {
    match capture.status {
        CaptureStatus::Pending => "PENDING",
        CaptureStatus::Declined => "DECLINED",
        CaptureStatus::Completed => {
            let refunded = paypal.inner.books.read(|ledger| ledger.refunded(&capture.id));
            match refunded {
                0 => "COMPLETED",
                part if part < capture.amount => "PARTIALLY_REFUNDED",
                _ => "REFUNDED",
            }
        }
    }
}

pub(super) fn capture(paypal: &PayPal, order: &Order, capture: &Capture) -> Value {
    let own = format!("{}/v2/payments/captures/{}", paypal.inner.public_url, capture.id);
    let up = format!("{}/v2/checkout/orders/{}", paypal.inner.public_url, order.id);
    let mut body = json!({ "id": capture.id, "status": capture_status(paypal, capture), "amount": wire(capture.amount),
        "final_capture": true, "create_time": time(capture.created_at), "update_time": time(capture.updated_at),
        "seller_protection": { "status": "NOT_ELIGIBLE" },
        "supplementary_data": { "related_ids": { "order_id": order.id } },
        "links": [
            { "href": own, "rel": "self", "method": "GET" },
            { "href": format!("{own}/refund"), "rel": "refund", "method": "POST" },
            { "href": up, "rel": "up", "method": "GET" },
        ] });
    for (name, text) in [("invoice_id", &order.invoice_id), ("custom_id", &order.custom_id)] {
        if let Some(text) = text {
            body[name] = json!(text);
        }
    }
    match capture.status {
        CaptureStatus::Pending => body["status_details"] = json!({ "reason": "ECHECK" }),
        CaptureStatus::Declined => body["status_details"] = json!({ "reason": "OTHER" }),
        CaptureStatus::Completed => {
            let fee = fee(capture.amount);
            body["seller_receivable_breakdown"] = json!({ "gross_amount": wire(capture.amount), "paypal_fee": wire(fee),
                "net_amount": wire(capture.amount - fee) });
        }
    }
    body
}

pub(super) fn refund(paypal: &PayPal, refund: &Refund) -> Value {
    let base = &paypal.inner.public_url;
    let mut body = json!({ "id": refund.id, "status": "COMPLETED", "amount": wire(refund.amount),
        "create_time": time(refund.created_at), "update_time": time(refund.created_at),
        "seller_payable_breakdown": { "gross_amount": wire(refund.amount), "paypal_fee": wire(0),
            "net_amount": wire(refund.amount) },
        "links": [
            { "href": format!("{base}/v2/payments/refunds/{}", refund.id), "rel": "self", "method": "GET" },
            { "href": format!("{base}/v2/payments/captures/{}", refund.capture_id), "rel": "up", "method": "GET" },
        ] });
    for (name, text) in
        [("invoice_id", &refund.invoice_id), ("custom_id", &refund.custom_id), ("note_to_payer", &refund.note_to_payer)]
    {
        if let Some(text) = text {
            body[name] = json!(text);
        }
    }
    body
}
