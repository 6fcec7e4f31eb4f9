//! Money that goes back, and the list of a day.

use crate::shop::{Shop, issue};
use reqwest::StatusCode;
use serde_json::{Value, json};

fn euro(value: &str) -> Value {
    json!({ "amount": { "currency_code": "EUR", "value": value } })
}

#[tokio::test]
async fn a_part_and_then_the_rest_go_back_and_no_more() {
    let shop = Shop::open().await;
    let capture = shop.paid("KW100042", "54.85").await;
    let path = format!("/v2/payments/captures/{capture}/refund");

    let part = shop.post(&path, "r-1", &euro("19.95"), StatusCode::CREATED).await;
    let again = shop.post(&path, "r-1", &euro("19.95"), StatusCode::OK).await;
    let too_much = shop.post(&path, "r-2", &euro("34.91"), StatusCode::UNPROCESSABLE_ENTITY).await;
    let partly = shop.get(&format!("/v2/payments/captures/{capture}"), StatusCode::OK).await;
    let rest = shop.post(&path, "r-3", &json!({}), StatusCode::CREATED).await;
    let nothing_left = shop.post(&path, "r-4", &json!({}), StatusCode::UNPROCESSABLE_ENTITY).await;

    assert_eq!((&part["status"], &part["id"]), (&json!("COMPLETED"), &again["id"]));
    assert_eq!(issue(&too_much), "REFUND_AMOUNT_EXCEEDED");
    assert_eq!(partly["status"], "PARTIALLY_REFUNDED");
    assert_eq!(rest["amount"]["value"], "34.90");
    assert_eq!(issue(&nothing_left), "CAPTURE_FULLY_REFUNDED");
    let whole = shop.get(&format!("/v2/payments/captures/{capture}"), StatusCode::OK).await;
    assert_eq!(whole["status"], "REFUNDED");
    assert_eq!(shop.sandbox.paypal().totals().refunded, 5485);
    let id = part["id"].as_str().unwrap();
    assert_eq!(shop.get(&format!("/v2/payments/refunds/{id}"), StatusCode::OK).await["amount"]["value"], "19.95");
}

#[tokio::test]
async fn what_cannot_be_refunded_has_its_own_issue() {
    let shop = Shop::open().await;
    let id = shop.create("KW100042", "54.85").await;
    shop.press(&id, "pending").await;
    let order = shop.capture(&id, "k-2", StatusCode::CREATED).await;
    let pending = order["purchase_units"][0]["payments"]["captures"][0]["id"].as_str().unwrap().to_owned();
    let path = format!("/v2/payments/captures/{pending}/refund");
    let dollars = json!({ "amount": { "currency_code": "USD", "value": "1.00" } });

    let too_early = shop.post(&path, "r-1", &json!({}), StatusCode::UNPROCESSABLE_ENTITY).await;
    let control =
        shop.client.post(shop.url("/_sim/paypal/orders/KW100042/outcome")).json(&json!({ "outcome": "clear" }));
    assert!(control.send().await.unwrap().status().is_success());
    let foreign = shop.post(&path, "r-2", &dollars, StatusCode::UNPROCESSABLE_ENTITY).await;
    shop.sandbox.rabo().clock().set_offset_seconds(181 * 86_400);
    let too_late = shop.post(&path, "r-3", &json!({}), StatusCode::UNPROCESSABLE_ENTITY).await;

    assert_eq!(issue(&too_early), "PENDING_CAPTURE");
    assert_eq!(issue(&foreign), "REFUND_CAPTURE_CURRENCY_MISMATCH");
    assert_eq!(issue(&too_late), "REFUND_TIME_LIMIT_EXCEEDED");
    assert_eq!(shop.sandbox.paypal().totals().refunded, 0);
}

#[tokio::test]
async fn the_list_of_a_day_holds_what_came_in_and_what_went_back() {
    let shop = Shop::open().await;
    shop.sandbox.rabo().clock().set_now("2026-03-01T11:00:00Z".parse().unwrap());
    let capture = shop.paid("KW100042", "54.85").await;
    let part =
        shop.post(&format!("/v2/payments/captures/{capture}/refund"), "r-1", &euro("19.95"), StatusCode::CREATED).await;
    shop.sandbox.rabo().clock().set_now("2026-03-02T11:00:00Z".parse().unwrap());
    shop.paid("KW100043", "20.00").await;

    let day = "/v1/reporting/transactions?start_date=2026-03-01T00:00:00%2B01:00&end_date=2026-03-01T23:59:59%2B01:00";
    let list = shop.get(&format!("{day}&fields=transaction_info"), StatusCode::OK).await;
    let second = shop.get(&format!("{day}&page_size=1&page=2"), StatusCode::OK).await;
    let long = "/v1/reporting/transactions?start_date=2026-01-01T00:00:00Z&end_date=2026-03-01T00:00:00Z";
    let too_long = shop.get(long, StatusCode::BAD_REQUEST).await;

    let seen: Vec<_> = list["transaction_details"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| &entry["transaction_info"])
        .map(|info| {
            (info["transaction_event_code"].as_str().unwrap(), info["transaction_amount"]["value"].as_str().unwrap())
        })
        .collect();
    assert_eq!(seen, [("T0006", "54.85"), ("T1107", "-19.95")]);
    let money = &list["transaction_details"][0]["transaction_info"];
    assert_eq!((&money["fee_amount"]["value"], &money["invoice_id"]), (&json!("-2.26"), &json!("KW100042")));
    assert_eq!(money["transaction_id"], capture.as_str());
    assert_eq!((&list["total_items"], &second["total_pages"]), (&json!(2), &json!(2)));
    assert_eq!(second["transaction_details"][0]["transaction_info"]["transaction_id"], part["id"]);
    assert_eq!(issue(&too_long), "INVALID_PARAMETER_VALUE");
}
