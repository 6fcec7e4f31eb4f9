//! A payment from announcing to the money being back, over HTTP.

#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

mod shop;

use reqwest::StatusCode;
use serde_json::{Value, json};
use shop::{ORDER_API, Shop, body, key};
use shop_sandbox::rabo::signature::{return_message, sign};
use shop_sandbox::{OrderStatus, Outcome, SandboxConfig};

#[tokio::test]
async fn a_paid_order_comes_back_signed_and_its_result_can_be_pulled_once() {
    let shop = Shop::open().await;
    let id = shop.announce("KW100042", 5485).await;

    let answer = shop.press(&id, "pay").await;

    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    let signature = sign(&key(), &return_message("KW100042", "COMPLETED"));
    assert_eq!(
        answer.headers()["location"],
        format!("https://shop.example/terug?taal=nl&order_id=KW100042&status=COMPLETED&signature={signature}")
    );
    let notices = shop.hear(1).await;
    let results = shop.pull(&notices[0]).await;
    assert_eq!(results.order_results.len(), 1);
    let result = &results.order_results[0];
    assert_eq!((result.omnikassa_order_id.as_str(), result.order_status.as_str()), (id.as_str(), "COMPLETED"));
    assert_eq!((result.paid_amount.amount, result.transactions[0].status.as_str()), (5485, "SUCCESS"));
    assert_eq!(shop.pull(&notices[0]).await.order_results, []);
}

#[tokio::test]
async fn paying_twice_takes_the_money_once() {
    let shop = Shop::open().await;
    let id = shop.announce("KW100042", 5485).await;

    shop.press(&id, "pay").await;
    let again = shop.press(&id, "pay").await;

    assert_eq!(again.status(), StatusCode::SEE_OTHER);
    let totals = body(shop.client.get(shop.url("/_sim/totals")), StatusCode::OK).await;
    assert_eq!(totals["completed"], 5485);
    assert_eq!(totals["orders"][0]["paidTimes"], 1);
}

#[tokio::test]
async fn a_refused_shopper_stays_on_the_page_and_may_give_up() {
    let shop = Shop::open().await;
    let id = shop.announce("KW100042", 5485).await;

    let refused = shop.press(&id, "fail").await;
    assert_eq!(refused.headers()["location"], format!("/pay/{id}"));
    let page = shop.client.get(shop.url(&format!("/pay/{id}"))).send().await.unwrap().text().await.unwrap();
    assert!(page.contains("De bank heeft de betaling geweigerd"));
    assert!(page.contains("Sandbox: er wordt niets betaald"));
    let back = shop.press(&id, "cancel").await;

    assert!(back.headers()["location"].to_str().unwrap().contains("status=CANCELLED"));
    let order = shop.sandbox.rabo().order(&id).unwrap();
    assert_eq!((order.status, order.paid_amount, order.transactions.len()), (OrderStatus::Cancelled, 0, 2));
}

#[tokio::test]
async fn amounts_with_magic_cents_have_their_own_fate() {
    let shop = Shop::open().await;
    let mut fates = Vec::new();

    for (number, cents) in [("A1", 1001), ("A2", 1002), ("A3", 1003), ("A4", 1004)] {
        let id = shop.announce(number, cents).await;
        shop.press(&id, "pay").await;
        let order = shop.sandbox.rabo().order(&id).unwrap();
        fates.push((order.status.wire(), order.transactions.first().map(|attempt| attempt.status.wire())));
    }

    assert_eq!(
        fates,
        [
            ("IN_PROGRESS", Some("FAILURE")),
            ("IN_PROGRESS", Some("OPEN")),
            ("EXPIRED", None),
            ("COMPLETED", Some("SUCCESS")),
        ]
    );
    shop.hear(1).await;
    tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    assert_eq!(shop.notices().len(), 1, "the order that expired; the one on 04 lost its notification");
    assert_eq!(shop.sandbox.rabo().waiting_results(), 2);
}

#[tokio::test]
async fn results_come_in_pages_until_there_are_no_more() {
    let shop = Shop::open().await;
    body(shop.client.post(shop.url("/_sim/settings")).json(&json!({ "pageSize": 2 })), StatusCode::OK).await;
    for number in ["B1", "B2", "B3"] {
        shop.announce(number, 2000).await;
        shop.sandbox.rabo().outcome(number, Outcome::Pay).await.unwrap();
    }
    let notices = shop.hear(1).await;

    let first = shop.pull(&notices[0]).await;
    let second = shop.pull(&notices[0]).await;

    assert_eq!((first.order_results.len(), first.more_order_results_available), (2, true));
    assert_eq!((second.order_results.len(), second.more_order_results_available), (1, false));
    assert_eq!(second.order_results[0].merchant_order_id, "B3");
}

#[tokio::test]
async fn a_wrong_field_a_wrong_clock_and_a_wrong_token_have_their_own_codes() {
    let shop = Shop::open().await;
    let token = shop.token().await;
    let good = shop.order("KW100042", 5485);
    let mut float = good.clone();
    float["amount"]["amount"] = json!(54.85);
    let mut late = good.clone();
    late["timestamp"] = json!("2020-01-01T12:00:00.000+01:00");

    let wrong_field = body(shop.announcing(&token, &float), StatusCode::UNPROCESSABLE_ENTITY).await;
    let wrong_clock = body(shop.announcing(&token, &late), StatusCode::FORBIDDEN).await;
    let wrong_token = body(shop.announcing("made.up.token", &good), StatusCode::UNAUTHORIZED).await;

    assert_eq!(wrong_field["errorCode"], 5017);
    assert!(wrong_field["consumerMessage"].as_str().unwrap().contains("amount"));
    assert_eq!((&wrong_clock["errorCode"], &wrong_token["errorCode"]), (&json!(5001), &json!(5001)));
    assert_eq!(shop.sandbox.rabo().orders(), []);
}

#[tokio::test]
async fn an_access_token_expires_and_does_not_open_the_pull() {
    let shop = Shop::open().await;
    let token = shop.token().await;
    let pull = shop.client.get(shop.url(&format!("{ORDER_API}/v2/events/results/merchant.order.status.changed")));
    body(pull.bearer_auth(&token), StatusCode::UNAUTHORIZED).await;

    shop.sandbox.rabo().clock().set_offset_seconds(601);

    let refused = body(shop.announcing(&token, &shop.order("KW100042", 5485)), StatusCode::UNAUTHORIZED).await;
    assert_eq!(refused, json!({ "errorCode": 5001, "errorMessage": "Token has expired" }));
}

#[tokio::test]
async fn an_order_that_nobody_pays_expires_with_the_clock() {
    let shop = Shop::open().await;
    let id = shop.announce("KW100042", 5485).await;

    let hour = shop.client.post(shop.url("/_sim/clock")).json(&json!({ "offsetSeconds": 3601 }));
    body(hour, StatusCode::OK).await;

    let result = shop.pull(&shop.hear(1).await[0]).await.order_results.remove(0);
    assert_eq!((result.omnikassa_order_id, result.order_status), (id, "EXPIRED".to_owned()));
    assert_eq!(result.paid_amount.amount, 0);
}

#[tokio::test]
async fn the_details_of_an_order_tell_what_a_lost_notification_did_not() {
    let shop = Shop::open().await;
    let id = shop.announce("KW100042", 5404).await;
    shop.press(&id, "pay").await;

    let request = shop.client.get(shop.url(&format!("/v2/orders/{id}"))).bearer_auth(shop.token().await);
    let details = body(request, StatusCode::OK).await;

    assert_eq!(details["order"]["status"], "COMPLETED");
    assert_eq!(details["order"]["totalAmount"], json!({ "currency": "EUR", "amount": 5404 }));
    assert_eq!(details["order"]["transactions"][0]["status"], "SUCCESS");
}

#[tokio::test]
async fn a_refund_repeated_with_its_request_id_gives_the_money_back_once() {
    let shop = Shop::open().await;
    let id = shop.announce("KW100042", 5485).await;
    let paid = shop.sandbox.rabo().outcome(&id, Outcome::Pay).await.unwrap().order;
    let base = format!("{ORDER_API}/v2/refund/transactions/{}", paid.transactions[0].id);
    let token = shop.token().await;
    let ask = |request_id: &str, cents: i64| {
        let wish =
            json!({ "money": { "currency": "EUR", "amount": cents }, "description": "Retour", "vatCategory": "HIGH" });
        let request = shop.client.post(shop.url(&format!("{base}/refunds"))).bearer_auth(&token);
        request.header("request-id", request_id).json(&wish)
    };

    let first = body(ask("r-1", 1995), StatusCode::CREATED).await;
    let again = body(ask("r-1", 1995), StatusCode::CREATED).await;
    let too_much = body(ask("r-2", 3491), StatusCode::UNPROCESSABLE_ENTITY).await;

    assert_eq!((&first["status"], &first["refundId"]), (&json!("PENDING"), &again["refundId"]));
    assert_eq!(too_much["errorCode"], 5017);
    let left = shop.client.get(shop.url(&format!("{base}/refundable-details"))).bearer_auth(&token);
    assert_eq!(body(left, StatusCode::OK).await["refundableMoney"], json!({ "currency": "EUR", "amount": 3490 }));
    shop.sandbox.rabo().clock().set_offset_seconds(3);
    let path = format!("{base}/refunds/{}", first["refundId"].as_str().unwrap());
    let shown: Value = body(shop.client.get(shop.url(&path)).bearer_auth(&token), StatusCode::OK).await;
    assert_eq!(shown["status"], "COMPLETED");
}

#[tokio::test]
async fn orders_and_waiting_results_survive_a_restart_and_the_shop_is_told_again() {
    let folder = tempfile::tempdir().unwrap();
    let config =
        || SandboxConfig { state_file: Some(folder.path().join("rabo.json")), ..SandboxConfig::on_free_ports() };
    let before = Shop::open_with(config()).await;
    before.announce("KW100042", 5485).await;
    before.sandbox.rabo().outcome("KW100042", Outcome::Pay).await.unwrap();
    before.hear(1).await;
    before.sandbox.stop().await;

    let after = Shop::open_with(config()).await;

    let result = after.pull(&after.hear(1).await[0]).await.order_results.remove(0);
    assert_eq!((result.merchant_order_id.as_str(), result.paid_amount.amount), ("KW100042", 5485));
    assert_eq!(after.sandbox.rabo().totals().completed, 5485);
}
