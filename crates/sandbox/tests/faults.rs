//! What the sandbox does wrong when it is told to.

#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

mod shop;

use reqwest::StatusCode;
use serde_json::json;
use shop::{Shop, body, key};
use shop_sandbox::rabo::signature::{notification_message, sign};
use shop_sandbox::{Fault, FaultKind, Outcome};

async fn switch_on(shop: &Shop, kind: &str, times: u32) {
    let request = shop.client.post(shop.url("/_sim/faults")).json(&json!({ "kind": kind, "times": times }));
    body(request, StatusCode::OK).await;
}

#[tokio::test]
async fn refusals_happen_as_often_as_asked_and_nothing_is_done() {
    let shop = Shop::open().await;
    let token = shop.token().await;
    let order = shop.order("KW100042", 5485);
    for kind in ["token_expired", "too_many_requests", "server_error"] {
        switch_on(&shop, kind, 1).await;
    }

    assert_eq!(body(shop.announcing(&token, &order), StatusCode::UNAUTHORIZED).await["errorCode"], 5001);
    let busy = shop.announcing(&token, &order).send().await.unwrap();
    assert_eq!((busy.status(), busy.headers()["retry-after"].to_str().unwrap()), (StatusCode::TOO_MANY_REQUESTS, "1"));
    body(shop.announcing(&token, &order), StatusCode::INTERNAL_SERVER_ERROR).await;
    assert_eq!(shop.sandbox.rabo().orders(), []);
    body(shop.announcing(&token, &order), StatusCode::CREATED).await;
}

#[tokio::test]
async fn a_reset_after_the_write_gives_no_answer_but_the_order_exists() {
    let shop = Shop::open().await;
    let token = shop.token().await;
    switch_on(&shop, "reset_after_write", 1).await;

    let answer = shop.announcing(&token, &shop.order("KW100042", 5485)).send().await;

    assert!(answer.is_err(), "{answer:?}");
    assert_eq!(shop.sandbox.rabo().orders().len(), 1);
}

#[tokio::test]
async fn a_notification_with_a_wrong_signature_is_followed_by_a_good_one() {
    let shop = Shop::open().await;
    shop.announce("KW100042", 5485).await;
    switch_on(&shop, "wrong_signature", 1).await;

    shop.sandbox.rabo().outcome("KW100042", Outcome::Pay).await.unwrap();

    let notices = shop.hear(2).await;
    let good: Vec<bool> =
        notices.iter().map(|notice| sign(&key(), &notification_message(notice)) == notice.signature).collect();
    assert_eq!(good, [false, true]);
}

#[tokio::test]
async fn a_notification_can_come_twice_and_is_then_the_same() {
    let shop = Shop::open().await;
    shop.announce("KW100042", 5485).await;
    switch_on(&shop, "notify_twice", 1).await;

    shop.sandbox.rabo().outcome("KW100042", Outcome::Pay).await.unwrap();

    let notices = shop.hear(2).await;
    assert_eq!(notices[0], notices[1]);
    assert_eq!(shop.pull(&notices[0]).await.order_results.len(), 1);
    assert_eq!(shop.pull(&notices[1]).await.order_results.len(), 0);
}

#[tokio::test]
async fn a_notification_can_come_before_the_shopper_is_sent_back() {
    let shop = Shop::open().await;
    let id = shop.announce("KW100042", 5485).await;
    switch_on(&shop, "notify_before_return", 1).await;

    shop.press(&id, "pay").await;

    assert_eq!(shop.notices().len(), 1);
}

#[tokio::test]
async fn a_notification_that_never_comes_leaves_the_result_in_the_queue() {
    let shop = Shop::open().await;
    shop.announce("KW100042", 5485).await;
    shop.sandbox.rabo().faults().add(Fault::new(FaultKind::NotifyNever, 1));

    shop.sandbox.rabo().outcome("KW100042", Outcome::Pay).await.unwrap();

    tokio::time::sleep(std::time::Duration::from_millis(150)).await;
    assert_eq!(shop.notices(), []);
    assert_eq!(shop.sandbox.rabo().waiting_results(), 1);
    assert_eq!(body(shop.client.post(shop.url("/_sim/notify")), StatusCode::OK).await, json!({ "delivered": true }));
    assert_eq!(shop.pull(&shop.notices()[0]).await.order_results.len(), 1);
}

#[tokio::test]
async fn a_fault_that_does_not_exist_is_refused_and_all_can_be_cleared() {
    let shop = Shop::open().await;
    let unknown = shop.client.post(shop.url("/_sim/faults")).json(&json!({ "kind": "earthquake" }));
    body(unknown, StatusCode::BAD_REQUEST).await;
    switch_on(&shop, "slow", 3).await;

    body(shop.client.delete(shop.url("/_sim/faults")), StatusCode::OK).await;

    assert_eq!(shop.sandbox.rabo().faults().waiting(), []);
}
