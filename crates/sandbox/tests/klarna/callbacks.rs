//! What the shop is told, when, how often, and when not.

use std::time::Duration;

use crate::shop::{Shop, body};
use reqwest::StatusCode;
use serde_json::json;
use shop_sandbox::klarna::{Decision, FraudStatus, OrderStatus, Outcome};
use shop_sandbox::{Fault, FaultKind};

#[tokio::test]
async fn an_approval_is_told_twice_over_with_the_token() {
    let shop = Shop::open().await;
    let page = shop.page(&shop.purchase()).await;

    shop.press(&page, "approve").await;

    let token = shop.look(&page).await["authorization_token"].clone();
    let (address, status) = shop.hear("status", 1).await.remove(0);
    assert_eq!(address, format!("status/{page}"));
    assert_eq!((&status["session"]["status"], &status["session"]["session_id"]), (&json!("COMPLETED"), &json!(page)));
    assert_eq!(status["session"]["authorization_token"], token);
    let (address, given) = shop.hear("authorization", 1).await.remove(0);
    let session = shop.sandbox.klarna().hosted_page(&page).unwrap().payment_session_id.to_string();
    assert_eq!(address, format!("authorization/{session}"));
    assert_eq!(given, json!({ "authorization_token": token, "session_id": session }));
}

#[tokio::test]
async fn a_placed_order_is_pushed_to_its_own_address() {
    let shop = Shop::open().await;

    let id = shop.placed(&shop.purchase()).await;

    assert_eq!(shop.hear("push", 1).await[0].0, format!("push/{id}"));
}

#[tokio::test]
async fn the_end_of_a_review_is_told_and_decides_over_the_order() {
    let shop = Shop::open().await;
    let klarna = shop.sandbox.klarna();
    let mut seen = Vec::new();
    for decision in [Decision::Accept, Decision::Reject] {
        let page = shop.page(&shop.purchase()).await;
        klarna.outcome(&page, Outcome::ApprovePending).await.unwrap();
        let token = shop.look(&page).await["authorization_token"].as_str().unwrap().to_owned();
        let placed = body(shop.placing(&token, &shop.purchase()), StatusCode::OK).await;
        assert_eq!(placed["fraud_status"], "PENDING");
        let id = placed["order_id"].as_str().unwrap();

        let (order, changed) = klarna.decide(id, decision).await.unwrap();

        assert!(changed);
        seen.push((order.fraud_status, order.status));
        let told = shop.hear(&format!("notification/{id}"), 1).await.remove(0).1;
        let event = if decision == Decision::Accept { "FRAUD_RISK_ACCEPTED" } else { "FRAUD_RISK_REJECTED" };
        assert_eq!(told, json!({ "order_id": id, "event_type": event }));
    }

    assert_eq!(
        seen,
        [(FraudStatus::Accepted, OrderStatus::Authorized), (FraudStatus::Rejected, OrderStatus::Cancelled)]
    );
}

#[tokio::test]
async fn an_accepted_order_can_be_stopped_until_it_is_captured() {
    let shop = Shop::open().await;
    let id = shop.placed(&shop.purchase()).await;
    let path = format!("/_sim/klarna/orders/{id}/decision");

    let stopped = body(shop.post(&path, &json!({ "decision": "stop" })), StatusCode::OK).await;
    let again = body(shop.post(&path, &json!({ "decision": "stop" })), StatusCode::OK).await;

    assert_eq!((&stopped["changed"], &again["changed"]), (&json!(true), &json!(false)));
    assert_eq!(shop.hear("notification", 1).await[0].1["event_type"], "FRAUD_RISK_STOPPED");
    assert_eq!(shop.sandbox.klarna().order(&id).unwrap().status, OrderStatus::Cancelled);
}

#[tokio::test]
async fn a_callback_that_is_not_understood_comes_again() {
    let shop = Shop::open().await;
    let page = shop.page(&shop.purchase()).await;
    shop.be_deaf(2);

    shop.press(&page, "cancel").await;

    let heard = shop.hear("status", 3).await;
    assert!(heard.iter().all(|(_, told)| told == &heard[0].1), "the same event each time");
    assert_eq!(heard[0].1["session"]["status"], "CANCELLED");
}

#[tokio::test]
async fn callbacks_can_come_twice_before_the_return_or_never() {
    let shop = Shop::open().await;
    let faults = shop.sandbox.klarna().faults();

    faults.add(Fault::new(FaultKind::NotifyTwice, 1));
    shop.press(&shop.page(&shop.purchase()).await, "approve").await;
    let twice = (shop.hear("status", 2).await.len(), shop.hear("authorization", 2).await.len());

    faults.add(Fault::new(FaultKind::NotifyBeforeReturn, 1));
    shop.press(&shop.page(&shop.purchase()).await, "approve").await;
    let at_once = shop.heard().len();

    faults.add(Fault::new(FaultKind::NotifyNever, 1));
    let silent = shop.page(&shop.purchase()).await;
    shop.press(&silent, "approve").await;
    tokio::time::sleep(Duration::from_millis(150)).await;

    assert_eq!((twice, at_once), ((2, 2), 6));
    assert_eq!(shop.heard().len(), 6);
    assert_eq!(shop.look(&silent).await["status"], "COMPLETED");
}

#[tokio::test]
async fn a_magic_amount_loses_its_callbacks() {
    let shop = Shop::open().await;

    shop.press(&shop.page(&shop.purchase_of(5504)).await, "approve").await;

    tokio::time::sleep(Duration::from_millis(150)).await;
    assert_eq!(shop.heard(), []);
}

#[tokio::test]
async fn a_page_whose_time_passed_is_told_as_a_timeout() {
    let shop = Shop::open().await;
    shop.page(&shop.purchase()).await;

    let later = shop.client.post(shop.url("/_sim/clock")).json(&json!({ "offsetSeconds": 47 * 3600 + 60 }));
    body(later, StatusCode::OK).await;

    assert_eq!(shop.hear("status", 1).await[0].1["session"]["status"], "TIMEOUT");
}
