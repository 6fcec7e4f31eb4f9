//! What Klarna does wrong when it is told to, and who may call it.

use crate::shop::{Shop, body};
use reqwest::StatusCode;
use serde_json::json;
use shop_sandbox::klarna::{DEMO_USERNAME, PageStatus};

async fn switch_on(shop: &Shop, kind: &str, path: &str) {
    let fault = json!({ "kind": kind, "times": 1, "path": path });
    body(shop.client.post(shop.url("/_sim/faults")).json(&fault), StatusCode::OK).await;
}

#[tokio::test]
async fn only_the_shop_with_its_password_is_heard() {
    let shop = Shop::open().await;
    let nobody = shop.client.post(shop.url("/payments/v1/sessions")).json(&shop.purchase());
    let wrong = nobody.try_clone().unwrap().basic_auth(DEMO_USERNAME, Some("guess"));

    for request in [nobody, wrong] {
        let refused = request.send().await.unwrap();
        assert_eq!(refused.status(), StatusCode::UNAUTHORIZED);
        assert!(refused.headers()["www-authenticate"].to_str().unwrap().starts_with("Basic"));
    }
}

#[tokio::test]
async fn refusals_happen_as_often_as_asked_and_nothing_is_done() {
    let shop = Shop::open().await;
    for kind in ["token_expired", "too_many_requests", "server_error"] {
        switch_on(&shop, kind, "/payments/v1").await;
    }
    let create = || shop.post("/payments/v1/sessions", &shop.purchase());

    body(create(), StatusCode::UNAUTHORIZED).await;
    let busy = create().send().await.unwrap();
    assert_eq!((busy.status(), busy.headers()["retry-after"].to_str().unwrap()), (StatusCode::TOO_MANY_REQUESTS, "1"));
    let broken = body(create(), StatusCode::INTERNAL_SERVER_ERROR).await;
    assert_eq!(broken["error_code"], "INTERNAL_ERROR");

    body(create(), StatusCode::OK).await;
}

#[tokio::test]
async fn a_reset_after_the_write_gives_no_answer_but_the_order_exists() {
    let shop = Shop::open().await;
    let token = shop.approved(&shop.purchase()).await;
    switch_on(&shop, "reset_after_write", "/authorizations/").await;

    let answer = shop.placing(&token, &shop.purchase()).send().await;

    assert!(answer.is_err(), "{answer:?}");
    assert_eq!(shop.sandbox.klarna().orders().len(), 1);
}

#[tokio::test]
async fn a_test_can_press_the_buttons_through_the_control_api() {
    let shop = Shop::open().await;
    let page = shop.page(&shop.purchase()).await;

    let path = format!("/_sim/klarna/pages/{page}/outcome");
    let moved = body(shop.post(&path, &json!({ "outcome": "decline" })), StatusCode::OK).await;
    let again = body(shop.post(&path, &json!({ "outcome": "approve" })), StatusCode::OK).await;

    assert_eq!((&moved["changed"], &moved["returnUrl"]), (&json!(true), &json!("https://shop.example/afgewezen")));
    assert_eq!(again["changed"], false);
    assert_eq!(shop.sandbox.klarna().hosted_page(&page).unwrap().status, PageStatus::Failed);
    body(shop.post(&path, &json!({ "outcome": "explode" })), StatusCode::BAD_REQUEST).await;
    body(shop.post("/_sim/klarna/pages/weg/outcome", &json!({ "outcome": "back" })), StatusCode::NOT_FOUND).await;
    let days = shop.post("/_sim/klarna/settings", &json!({ "invoiceDays": 30 }));
    assert_eq!(body(days, StatusCode::OK).await["invoiceDays"], 30);
    assert_eq!(body(shop.get("/_sim/klarna/totals"), StatusCode::OK).await, json!([]));
}
