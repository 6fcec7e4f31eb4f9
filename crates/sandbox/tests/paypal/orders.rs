//! Orders: made, approved or not, captured once.

use crate::shop::{Shop, body, issue, order};
use reqwest::StatusCode;
use serde_json::json;
use shop_sandbox::paypal::{DEMO_CLIENT_ID, DEMO_CLIENT_SECRET, OrderStatus};
use shop_sandbox::{Fault, FaultKind, SandboxConfig};

#[tokio::test]
async fn an_approved_order_brings_its_money_at_the_capture_and_not_before() {
    let shop = Shop::open().await;
    let made = shop.post("/v2/checkout/orders", "k-1", &order("KW100042", "54.85"), StatusCode::CREATED).await;
    let id = made["id"].as_str().unwrap();
    assert_eq!(made["status"], "PAYER_ACTION_REQUIRED");
    assert_eq!(made["links"][1]["rel"], "payer-action");
    assert_eq!(made["links"][1]["href"], shop.url(&format!("/checkoutnow?token={id}")));

    let back = shop.press(id, "pay").await;
    assert_eq!(
        back.headers()["location"],
        format!("https://shop.example/terug?taal=nl&token={id}&PayerID=QYR5Z8XDVJNXQ")
    );
    assert_eq!(shop.sandbox.paypal().totals().completed, 0);
    let captured = shop.capture(id, "k-2", StatusCode::CREATED).await;

    let capture = &captured["purchase_units"][0]["payments"]["captures"][0];
    assert_eq!((&captured["status"], &capture["status"]), (&json!("COMPLETED"), &json!("COMPLETED")));
    assert_eq!(capture["amount"], json!({ "currency_code": "EUR", "value": "54.85" }));
    assert_eq!(capture["supplementary_data"]["related_ids"]["order_id"], id);
    assert_eq!(capture["seller_receivable_breakdown"]["net_amount"]["value"], "52.59");
    assert_eq!(shop.sandbox.paypal().totals().completed, 5485);
}

#[tokio::test]
async fn a_repeated_request_id_is_the_same_action_and_answers_200() {
    let shop = Shop::open().await;
    let wish = order("KW100042", "54.85");

    let first = shop.post("/v2/checkout/orders", "k-1", &wish, StatusCode::CREATED).await;
    let again = shop.post("/v2/checkout/orders", "k-1", &wish, StatusCode::OK).await;
    let other = order("KW100043", "54.85");
    let stolen = shop.post("/v2/checkout/orders", "k-1", &other, StatusCode::UNPROCESSABLE_ENTITY).await;
    let id = first["id"].as_str().unwrap();
    shop.press(id, "pay").await;
    shop.capture(id, "k-2", StatusCode::CREATED).await;
    let captured_again = shop.capture(id, "k-2", StatusCode::OK).await;
    let captured_anew = shop.capture(id, "k-3", StatusCode::UNPROCESSABLE_ENTITY).await;

    assert_eq!(first["id"], again["id"]);
    assert_eq!(issue(&stolen), "PAYPAL_REQUEST_ID_PREVIOUSLY_USED");
    assert_eq!(captured_again["status"], "COMPLETED");
    assert_eq!(issue(&captured_anew), "ORDER_ALREADY_CAPTURED");
    assert_eq!((shop.sandbox.paypal().orders().len(), shop.sandbox.paypal().totals().orders[0].paid_times), (1, 1));
}

#[tokio::test]
async fn without_a_request_id_or_a_token_nothing_is_made() {
    let shop = Shop::open().await;
    let wish = order("KW100042", "54.85");
    let post = || shop.client.post(shop.url("/v2/checkout/orders")).json(&wish);

    let no_id = body(post().bearer_auth(shop.token().await), StatusCode::BAD_REQUEST).await;
    let no_token = body(post().header("paypal-request-id", "k"), StatusCode::UNAUTHORIZED).await;
    let asking = shop.asking_token(DEMO_CLIENT_ID, "wrong", "client_credentials");
    let no_secret = body(asking, StatusCode::UNAUTHORIZED).await;
    let asking = shop.asking_token(DEMO_CLIENT_ID, DEMO_CLIENT_SECRET, "password");
    let no_grant = body(asking, StatusCode::BAD_REQUEST).await;

    assert_eq!(issue(&no_id), "PAYPAL_REQUEST_ID_REQUIRED");
    assert_eq!(no_token["name"], "AUTHENTICATION_FAILURE");
    assert_eq!((&no_secret["error"], &no_grant["error"]), (&json!("invalid_client"), &json!("unsupported_grant_type")));
    assert_eq!(shop.sandbox.paypal().orders(), []);
}

#[tokio::test]
async fn an_access_token_lasts_nine_hours() {
    let shop = Shop::open().await;
    let token = shop.token().await;
    let look = || shop.client.get(shop.url("/v2/checkout/orders/NONE")).bearer_auth(&token);
    assert_eq!(issue(&body(look(), StatusCode::NOT_FOUND).await), "INVALID_RESOURCE_ID");

    shop.sandbox.rabo().clock().set_offset_seconds(32_401);

    assert_eq!(body(look(), StatusCode::UNAUTHORIZED).await["name"], "AUTHENTICATION_FAILURE");
}

#[tokio::test]
async fn who_cancels_or_closes_the_window_has_approved_nothing() {
    let shop = Shop::open().await;
    let id = shop.create("KW100042", "54.85").await;

    let cancelled = shop.press(&id, "cancel").await;
    let closed = shop.press(&id, "open").await;

    assert_eq!(cancelled.headers()["location"], format!("https://shop.example/annuleer?token={id}"));
    assert_eq!(closed.status(), StatusCode::OK);
    assert_eq!(shop.sandbox.paypal().order(&id).unwrap().status, OrderStatus::PayerActionRequired);
    let refused = shop.capture(&id, "k-2", StatusCode::UNPROCESSABLE_ENTITY).await;
    assert_eq!(issue(&refused), "ORDER_NOT_APPROVED");
}

#[tokio::test]
async fn refused_means_send_the_payer_back_to_choose_others() {
    let shop = Shop::open().await;
    let id = shop.create("KW100042", "54.85").await;
    shop.press(&id, "decline").await;

    let refused = shop.capture(&id, "k-2", StatusCode::UNPROCESSABLE_ENTITY).await;

    assert_eq!((issue(&refused), &refused["links"][1]["rel"]), ("INSTRUMENT_DECLINED", &json!("payer-action")));
    let page = shop.client.get(refused["links"][1]["href"].as_str().unwrap()).send().await.unwrap();
    assert!(page.text().await.unwrap().contains("De kaart is geweigerd"));
    shop.press(&id, "pay").await;
    assert_eq!(shop.capture(&id, "k-2", StatusCode::CREATED).await["status"], "COMPLETED");
    assert_eq!(shop.sandbox.paypal().totals().completed, 5485);
}

#[tokio::test]
async fn amounts_with_magic_cents_have_their_own_fate() {
    let shop = Shop::open().await;
    let mut fates = Vec::new();

    for (number, value) in [("A1", "10.01"), ("A2", "10.02"), ("A3", "10.03"), ("A4", "10.04")] {
        let id = shop.create(number, value).await;
        shop.press(&id, "pay").await;
        let request = shop.client.post(shop.url(&format!("/v2/checkout/orders/{id}/capture")));
        let answer = request.bearer_auth(shop.token().await).header("prefer", "return=representation").send();
        let answer: serde_json::Value = answer.await.unwrap().json().await.unwrap();
        let capture = answer["purchase_units"][0]["payments"]["captures"][0]["status"].as_str();
        fates.push(capture.unwrap_or(issue(&answer)).to_owned());
    }

    assert_eq!(fates, ["INSTRUMENT_DECLINED", "PENDING", "ORDER_EXPIRED", "COMPLETED"]);
    let told: Vec<String> = shop.hear(3).await.iter().map(|heard| heard.json()["event_type"].to_string()).collect();
    assert_eq!(told.len(), 3, "two approvals and one pending; the one on 04 lost its webhooks: {told:?}");
}

#[tokio::test]
async fn an_order_that_nobody_approves_is_gone_after_three_hours() {
    let shop = Shop::open().await;
    let id = shop.create("KW100042", "54.85").await;

    shop.sandbox.rabo().clock().set_offset_seconds(3 * 3600 + 1);

    shop.get(&format!("/v2/checkout/orders/{id}"), StatusCode::NOT_FOUND).await;
    let refused = shop.capture(&id, "k-2", StatusCode::UNPROCESSABLE_ENTITY).await;
    assert_eq!(issue(&refused), "ORDER_EXPIRED");
}

#[tokio::test]
async fn a_number_that_was_paid_cannot_be_paid_again() {
    let shop = Shop::open().await;
    let second = shop.post("/v2/checkout/orders", "other", &order("KW100042", "54.85"), StatusCode::CREATED).await;
    let second = second["id"].as_str().unwrap();
    shop.press(second, "pay").await;
    shop.paid("KW100042", "54.85").await;

    let again = shop.capture(second, "k-9", StatusCode::UNPROCESSABLE_ENTITY).await;
    let wish = order("KW100042", "54.85");
    let anew = shop.post("/v2/checkout/orders", "third", &wish, StatusCode::UNPROCESSABLE_ENTITY).await;

    assert_eq!((issue(&again), issue(&anew)), ("DUPLICATE_INVOICE_ID", "DUPLICATE_INVOICE_ID"));
    assert_eq!(shop.sandbox.paypal().totals().completed, 5485);
}

#[tokio::test]
async fn faults_happen_to_paypal_too_and_a_mocked_issue_is_answered() {
    let shop = Shop::open().await;
    let wish = order("KW100042", "54.85");
    let faults = shop.sandbox.rabo().faults();
    for kind in [FaultKind::TokenExpired, FaultKind::TooManyRequests, FaultKind::ServerError] {
        faults.add(Fault::on_path(kind, 1, "checkout"));
    }
    for status in [StatusCode::UNAUTHORIZED, StatusCode::TOO_MANY_REQUESTS, StatusCode::INTERNAL_SERVER_ERROR] {
        shop.post("/v2/checkout/orders", "k-1", &wish, status).await;
    }
    assert_eq!(shop.sandbox.paypal().orders(), []);

    faults.add(Fault::new(FaultKind::ResetAfterWrite, 1));
    let token = shop.token().await;
    let request = shop.client.post(shop.url("/v2/checkout/orders")).bearer_auth(&token);
    let broken = request.header("paypal-request-id", "k-1").json(&wish).send().await;
    let after = shop.post("/v2/checkout/orders", "k-1", &wish, StatusCode::OK).await;
    let capture = shop.client.post(shop.url(&format!("/v2/checkout/orders/{}/capture", after["id"].as_str().unwrap())));
    let mocked = capture
        .bearer_auth(&token)
        .header("paypal-mock-response", r#"{"mock_application_codes":"TRANSACTION_REFUSED"}"#);

    assert!(broken.is_err(), "{broken:?}");
    assert_eq!(shop.sandbox.paypal().orders().len(), 1);
    assert_eq!(issue(&body(mocked, StatusCode::UNPROCESSABLE_ENTITY).await), "TRANSACTION_REFUSED");
}

#[tokio::test]
async fn orders_and_request_ids_survive_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let config =
        || SandboxConfig { state_file: Some(folder.path().join("sandbox.json")), ..SandboxConfig::on_free_ports() };
    let before = Shop::open_with(config()).await;
    let id = before.create("KW100042", "54.85").await;
    before.sandbox.stop().await;

    let after = Shop::open_with(config()).await;

    let again = after.post("/v2/checkout/orders", "KW100042", &order("KW100042", "54.85"), StatusCode::OK).await;
    assert_eq!(again["id"], id.as_str());
}
