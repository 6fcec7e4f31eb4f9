//! What a shop does with a placed order.

use crate::shop::{Shop, body};
use reqwest::{Method, RequestBuilder, StatusCode};
use serde_json::{Value, json};
use shop_sandbox::klarna::OrderStatus;

const KEY: &str = "8f14e45f-ceea-467f-9575-38a1f3c1d2a0";

fn path(order: &str, deed: &str) -> String {
    format!("/ordermanagement/v1/orders/{order}{deed}")
}

fn deed(shop: &Shop, order: &str, deed: &str, fields: &Value) -> RequestBuilder {
    shop.post(&path(order, deed), fields)
}

async fn refused(request: RequestBuilder, code: &str) {
    let problem = body(request, StatusCode::FORBIDDEN).await;
    assert_eq!(problem["error_code"], code, "{problem}");
}

#[tokio::test]
async fn each_capture_makes_one_invoice_and_never_more_than_was_promised() {
    let shop = Shop::open().await;
    let id = shop.placed(&shop.purchase()).await;
    let parcel = json!([{ "shipping_company": "PostNL", "shipping_method": "Home", "tracking_number": "3SABC" }]);

    let first = deed(&shop, &id, "/captures", &json!({ "captured_amount": 4000, "shipping_info": parcel }));
    let first = first.send().await.unwrap();
    refused(deed(&shop, &id, "/captures", &json!({ "captured_amount": 1486 })), "CAPTURE_NOT_ALLOWED").await;
    body(deed(&shop, &id, "/captures", &json!({ "captured_amount": 1485 })), StatusCode::CREATED).await;

    assert_eq!(first.status(), StatusCode::CREATED);
    let capture = first.headers()["capture-id"].to_str().unwrap().to_owned();
    assert_eq!(first.headers()["location"], shop.url(&path(&id, &format!("/captures/{capture}"))));
    let shown = body(shop.get(&path(&id, &format!("/captures/{capture}"))), StatusCode::OK).await;
    assert_eq!((&shown["captured_amount"], &shown["shipping_info"]), (&json!(4000), &parcel));
    let sums = shop.sandbox.klarna().sums().remove(0);
    assert_eq!((sums.captured, sums.invoices, sums.placed), (5485, 2, 1));
    assert_eq!(shop.sandbox.klarna().order(&id).unwrap().status, OrderStatus::Captured);
}

#[tokio::test]
async fn a_capture_repeated_with_its_key_is_one_invoice_whatever_it_says() {
    let shop = Shop::open().await;
    let id = shop.placed(&shop.purchase()).await;
    let ask = |cents: i64| {
        deed(&shop, &id, "/captures", &json!({ "captured_amount": cents })).header("Klarna-Idempotency-Key", KEY)
    };

    let first = ask(4000).send().await.unwrap();
    let again = ask(4000).send().await.unwrap();
    let other = ask(100).send().await.unwrap();

    assert_eq!(first.headers()["capture-id"], again.headers()["capture-id"]);
    assert_eq!(first.headers()["capture-id"], other.headers()["capture-id"]);
    let order = shop.sandbox.klarna().order(&id).unwrap();
    assert_eq!((order.captures.len(), order.captured_amount), (1, 4000));
}

#[tokio::test]
async fn a_key_that_is_no_random_uuid_is_refused_and_a_refused_call_does_not_use_it_up() {
    let shop = Shop::open().await;
    let id = shop.placed(&shop.purchase()).await;
    let ask = |key: &str, cents: i64| {
        deed(&shop, &id, "/captures", &json!({ "captured_amount": cents })).header("Klarna-Idempotency-Key", key)
    };

    body(ask("capture-1", 5485), StatusCode::BAD_REQUEST).await;
    body(ask("018f4e3c-0000-7000-8000-000000000001", 5485), StatusCode::BAD_REQUEST).await;
    refused(ask(KEY, 5486), "CAPTURE_NOT_ALLOWED").await;
    assert_eq!(shop.sandbox.klarna().order(&id).unwrap().captured_amount, 0);

    body(ask(KEY, 5485), StatusCode::CREATED).await;
}

#[tokio::test]
async fn an_order_is_placed_once_per_key() {
    let shop = Shop::open().await;
    let token = shop.approved(&shop.purchase()).await;
    let place = || shop.placing(&token, &shop.purchase()).header("Klarna-Idempotency-Key", KEY);

    let first = body(place(), StatusCode::OK).await;
    let again = body(place(), StatusCode::OK).await;

    assert_eq!(first["order_id"], again["order_id"]);
    assert_eq!(shop.sandbox.klarna().orders().len(), 1);
}

#[tokio::test]
async fn before_the_first_capture_an_order_is_cancelled_and_after_it_the_rest_is_let_go() {
    let shop = Shop::open().await;
    let (whole, part) = (shop.placed(&shop.purchase()).await, shop.placed(&shop.purchase()).await);
    body(deed(&shop, &part, "/captures", &json!({ "captured_amount": 4990 })), StatusCode::CREATED).await;
    let nothing = json!({});

    refused(deed(&shop, &whole, "/release-remaining-authorization", &nothing), "NOT_ALLOWED").await;
    body(deed(&shop, &whole, "/cancel", &nothing), StatusCode::NO_CONTENT).await;
    body(deed(&shop, &whole, "/cancel", &nothing), StatusCode::NO_CONTENT).await;
    refused(deed(&shop, &part, "/cancel", &nothing), "CANCEL_NOT_ALLOWED").await;
    body(deed(&shop, &part, "/release-remaining-authorization", &nothing), StatusCode::NO_CONTENT).await;

    let klarna = shop.sandbox.klarna();
    assert_eq!(klarna.order(&whole).unwrap().status, OrderStatus::Cancelled);
    let part = klarna.order(&part).unwrap();
    assert_eq!((part.status, part.captured_amount, part.remaining_authorized_amount), (OrderStatus::Captured, 4990, 0));
    refused(deed(&shop, &whole, "/captures", &json!({ "captured_amount": 1 })), "CAPTURE_NOT_ALLOWED").await;
    refused(deed(&shop, &whole, "/extend-authorization-time", &nothing), "NOT_ALLOWED").await;
    refused(deed(&shop, &whole, "/acknowledge", &nothing), "NOT_ALLOWED").await;
}

#[tokio::test]
async fn what_was_captured_can_be_given_back_once() {
    let shop = Shop::open().await;
    let id = shop.placed(&shop.purchase()).await;
    refused(deed(&shop, &id, "/refunds", &json!({ "refunded_amount": 1 })), "REFUND_NOT_ALLOWED").await;
    body(deed(&shop, &id, "/captures", &json!({ "captured_amount": 5485 })), StatusCode::CREATED).await;

    let wish = json!({ "refunded_amount": 2495, "description": "Retour", "reference": "R1" });
    let refund = deed(&shop, &id, "/refunds", &wish).send().await.unwrap();
    refused(deed(&shop, &id, "/refunds", &json!({ "refunded_amount": 2991 })), "REFUND_NOT_ALLOWED").await;

    let refund = refund.headers()["refund-id"].to_str().unwrap().to_owned();
    let shown = body(shop.get(&path(&id, &format!("/refunds/{refund}"))), StatusCode::OK).await;
    assert_eq!((&shown["refunded_amount"], &shown["description"]), (&json!(2495), &json!("Retour")));
    let order = body(shop.get(&path(&id, "")), StatusCode::OK).await;
    assert_eq!((&order["status"], &order["refunded_amount"]), (&json!("CAPTURED"), &json!(2495)));
}

#[tokio::test]
async fn an_authorisation_lasts_28_days_or_longer_when_asked() {
    let shop = Shop::open().await;
    let (short, long) = (shop.placed(&shop.purchase()).await, shop.placed(&shop.purchase()).await);
    let clock = shop.sandbox.klarna().clock();
    clock.set_offset_seconds(27 * 86_400);
    body(deed(&shop, &long, "/extend-authorization-time", &json!({})), StatusCode::NO_CONTENT).await;

    clock.set_offset_seconds(28 * 86_400 + 60);

    assert_eq!(body(shop.get(&path(&short, "")), StatusCode::OK).await["status"], "EXPIRED");
    assert_eq!(body(shop.get(&path(&long, "")), StatusCode::OK).await["status"], "AUTHORIZED");
    refused(deed(&shop, &short, "/captures", &json!({ "captured_amount": 1 })), "CAPTURE_NOT_ALLOWED").await;
    refused(deed(&shop, &short, "/extend-authorization-time", &json!({})), "NOT_ALLOWED").await;
}

#[tokio::test]
async fn the_shop_may_confirm_and_rename_its_order() {
    let shop = Shop::open().await;
    let id = shop.placed(&shop.purchase()).await;
    let names = json!({ "merchant_reference1": "KW100043", "merchant_reference2": "P2" });

    body(deed(&shop, &id, "/acknowledge", &json!({})), StatusCode::NO_CONTENT).await;
    let rename = shop.call(Method::PATCH, &path(&id, "/merchant-references")).json(&names);
    body(rename, StatusCode::NO_CONTENT).await;

    let order = body(shop.get(&path(&id, "")), StatusCode::OK).await;
    assert_eq!((&order["merchant_reference1"], &order["merchant_reference2"]), (&json!("KW100043"), &json!("P2")));
    assert!(shop.sandbox.klarna().order(&id).unwrap().acknowledged);
}

#[tokio::test]
async fn wrong_fields_and_unknown_orders_have_their_own_codes() {
    let shop = Shop::open().await;
    let id = shop.placed(&shop.purchase()).await;
    let lines = json!([{ "name": "Rompertje", "quantity": 1, "unit_price": 2495, "total_amount": 2495 }]);

    for wrong in [
        json!({}),
        json!({ "captured_amount": 0 }),
        json!({ "captured_amount": 54.85 }),
        json!({ "captured_amount": 5485, "description": "d".repeat(256) }),
        json!({ "captured_amount": 5485, "order_lines": lines }),
        json!({ "captured_amount": 5485, "shipping_info": [{ "shipping_method": "Duif" }] }),
        json!({ "captured_amount": 5485, "bedrag": 1 }),
    ] {
        let problem = body(deed(&shop, &id, "/captures", &wrong), StatusCode::BAD_REQUEST).await;
        assert_eq!(problem["error_code"], "BAD_VALUE", "{problem}");
    }
    assert_eq!(shop.sandbox.klarna().order(&id).unwrap().captured_amount, 0);
    let unknown = body(shop.get(&path(KEY, "")), StatusCode::NOT_FOUND).await;
    assert_eq!(unknown["error_code"], "NO_SUCH_ORDER");
    let unknown = body(shop.get(&path(&id, &format!("/captures/{KEY}"))), StatusCode::NOT_FOUND).await;
    assert_eq!(unknown["error_code"], "NO_SUCH_CAPTURE");
}
