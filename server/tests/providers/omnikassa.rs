//! OmniKassa when all goes well, and what its signatures prove.

use crate::support::*;
use serde_json::{Value, json};
use shop_core::money::Money;
use shop_core::payment::{AttemptEvent, Method};
use shop_core::time::Seconds;
use shop_flows::ports::{Answer, NoticeError, PaymentProvider, Pulled, RefundStanding, Refunded, Started};
use shop_server::payment::OmniKassa;
use wiremock::matchers::{header, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

const NOTICE_SIGNATURE: &str = "16be2baacb9f92c74bedef1c8b43ec373650675e8f7e77ea54dd8c5ee903a7233021d77eee7644839ceffc06288d2c30b948ffed6ed3ec676790be1b8ce4f5ad";
const RETURN_SIGNATURE: &str = "ed12565a5a99c0cd6a9d51819038703ec432a487bca6280d29bcc6bb3a5316d1fe66d21451941b9d3fae91e6a20d48657970edff30ed9ccf218c12cb5f021ce9";
const PULL_SIGNATURE: &str = "3df19c6127a6fafb6003d854319b6343a8ebff0b0a5a2dfa7b289fa3c4942a763f72c04b55e31f4ffe042fc5506bc0798c07c35218822d48e6c39af6cb6cec71";

fn announced() -> ResponseTemplate {
    ResponseTemplate::new(201).set_body_json(json!({ "redirectUrl": "https://betalen.example/1", "omnikassaOrderId": "1d0a95f4-2589-439b-9562-c50aa19f9caf" }))
}

fn notice(poi_id: &Value, signature: &str) -> Vec<u8> {
    json!({ "authentication": "eyJhbGciOiJub25lIn0.sandbox.notify1", "expiry": "2026-03-01T12:34:56.000+01:00",
        "eventName": "merchant.order.status.changed", "poiId": poi_id, "signature": signature })
    .to_string()
    .into_bytes()
}

fn query(order_id: &str, status: &str, signature: &str) -> Vec<(String, String)> {
    [("order_id", order_id), ("status", status), ("signature", signature)]
        .map(|(key, value)| (key.to_owned(), value.to_owned()))
        .to_vec()
}

#[tokio::test]
async fn an_attempt_is_announced_with_nothing_about_the_shopper() {
    let server = answering("POST", ANNOUNCE, announced()).await;

    let started = start(&omnikassa(&server.uri()), &attempt()).await;

    assert_eq!(
        started,
        Ok(Started {
            provider_id: Some("1d0a95f4-2589-439b-9562-c50aa19f9caf".to_owned()),
            pay_url: Some("https://betalen.example/1".to_owned())
        })
    );
    let requests = server.received_requests().await.unwrap();
    let sent: Value = requests[1].body_json().unwrap();
    assert_eq!(
        sent,
        json!({ "timestamp": "2026-11-24T19:14:00.000+00:00", "merchantOrderId": "AG100042P1", "description": "Bestelling AG100042",
            "amount": { "currency": "EUR", "amount": 5485 }, "language": "NL", "merchantReturnURL": RETURN_URL,
            "paymentBrand": "IDEAL", "paymentBrandForce": "FORCE_ONCE" })
    );
    assert_eq!(requests[1].headers["authorization"], "Bearer access-1");
    assert_eq!(requests[1].headers["request-id"], attempt().id.to_string().as_str());
}

#[tokio::test]
async fn cards_are_one_brand() {
    let server = answering("POST", ANNOUNCE, announced()).await;
    let by_card = shop_core::payment::Attempt { method: Method::Card, ..attempt() };

    start(&omnikassa(&server.uri()), &by_card).await.unwrap();

    let sent: Value = server.received_requests().await.unwrap()[1].body_json().unwrap();
    assert_eq!(sent["paymentBrand"], "CARDS");
}

#[tokio::test]
async fn the_access_token_is_kept_until_a_twentieth_of_its_life_is_left() {
    let server = answering("POST", ANNOUNCE, announced()).await;
    let clock = TestClock::at(NOW);
    let provider = OmniKassa::new(config(&server.uri()), clock.clone()).unwrap();

    start(&provider, &attempt()).await.unwrap();
    clock.advance(Seconds::minutes(56));
    start(&provider, &attempt()).await.unwrap();
    assert_eq!(calls(&server, REFRESH).await, 1);

    clock.advance(Seconds::minutes(2));
    start(&provider, &attempt()).await.unwrap();
    assert_eq!(calls(&server, REFRESH).await, 2);
}

#[tokio::test]
async fn a_refused_token_is_renewed_and_the_call_repeated_once() {
    let server = MockServer::start().await;
    Mock::given(path(REFRESH)).respond_with(token("old")).up_to_n_times(1).mount(&server).await;
    Mock::given(path(REFRESH)).respond_with(token("new")).mount(&server).await;
    Mock::given(path(ANNOUNCE))
        .and(header("authorization", "Bearer old"))
        .respond_with(problem(401, 5001, "Token has expired"))
        .mount(&server)
        .await;
    Mock::given(path(ANNOUNCE))
        .and(header("authorization", "Bearer new"))
        .respond_with(announced())
        .mount(&server)
        .await;

    let started = start(&omnikassa(&server.uri()), &attempt()).await;

    assert!(started.is_ok(), "{started:?}");
    assert_eq!((calls(&server, REFRESH).await, calls(&server, ANNOUNCE).await), (2, 2));
}

#[tokio::test]
async fn the_notice_of_the_worked_example_is_genuine_and_its_webshop_may_be_a_number() {
    let provider = omnikassa("https://api.example");

    for poi_id in [json!("2004"), json!(2004)] {
        let notice = read(&provider, &notice(&poi_id, NOTICE_SIGNATURE)).await.unwrap();
        assert_eq!(token_of(&notice), "eyJhbGciOiJub25lIn0.sandbox.notify1");
        assert_eq!(
            notice.key,
            hex::encode(<sha2::Sha256 as sha2::Digest>::digest(b"eyJhbGciOiJub25lIn0.sandbox.notify1"))
        );
    }
}

#[tokio::test]
async fn a_notice_of_somebody_else_proves_nothing() {
    let provider = omnikassa("https://api.example");

    for wrong in ["", "00", &NOTICE_SIGNATURE.to_uppercase(), &NOTICE_SIGNATURE.replace('1', "2"), RETURN_SIGNATURE] {
        assert_eq!(read(&provider, &notice(&json!("2004"), wrong)).await.err(), Some(NoticeError::Forged), "{wrong}");
    }
    assert_eq!(read(&provider, &notice(&json!("2005"), NOTICE_SIGNATURE)).await.err(), Some(NoticeError::Forged));
    for malformed in [&b""[..], b"<html>", b"{}", b"[]", br#"{"authentication":1}"#] {
        assert_eq!(read(&provider, malformed).await.err(), Some(NoticeError::Malformed));
    }
}

#[test]
fn the_return_of_the_browser_names_its_order_only_when_signed() {
    let provider = omnikassa("https://api.example");

    assert_eq!(provider.read_return(&query("KW100042", "COMPLETED", RETURN_SIGNATURE)), Some("KW100042".to_owned()));
    assert_eq!(provider.read_return(&query("KW100042", "CANCELLED", RETURN_SIGNATURE)), None);
    assert_eq!(provider.read_return(&query("KW100043", "COMPLETED", RETURN_SIGNATURE)), None);
    let injected = "KW1,COMPLETED";
    assert_eq!(provider.read_return(&query(injected, "COMPLETED", &sign("KW1,COMPLETED,COMPLETED"))), None);
    let mut twice = query("KW100042", "COMPLETED", RETURN_SIGNATURE);
    twice.push(("order_id".to_owned(), "KW100043".to_owned()));
    assert_eq!(provider.read_return(&twice), None);
    assert_eq!(provider.read_return(&[]), None);
}

#[tokio::test]
async fn the_pull_of_the_worked_example_is_a_payment() {
    let euro = json!({ "currency": "EUR", "amount": 5485 });
    let body = json!({ "moreOrderResultsAvailable": false, "signature": PULL_SIGNATURE, "orderResults": [{
        "merchantOrderId": "KW100042", "omnikassaOrderId": "1d0a95f4-2589-439b-9562-c50aa19f9caf", "poiId": "2004",
        "orderStatus": "COMPLETED", "orderStatusDateTime": "2026-03-01T12:33:40.123+01:00", "errorCode": "",
        "paidAmount": euro, "totalAmount": euro, "transactions": [
            { "id": "0b8e2cd7-53b4-4e09-9b0b-0a3f1a2b3c4d", "paymentBrand": "IDEAL", "type": "PAYMENT", "status": "CANCELLED",
              "amount": euro, "confirmedAmount": null,
              "startTime": "2026-03-01T12:29:10.000+01:00", "lastUpdateTime": "2026-03-01T12:30:11.000+01:00" },
            { "id": "22b36073-57a3-4c3d-9585-87f2e55275a5", "paymentBrand": "IDEAL", "type": "PAYMENT", "status": "SUCCESS",
              "amount": euro, "confirmedAmount": euro,
              "startTime": "2026-03-01T12:31:02.000+01:00", "lastUpdateTime": "2026-03-01T12:33:39.900+01:00" }] }] });
    let server = MockServer::start().await;
    Mock::given(method("GET"))
        .and(path(RESULTS))
        .and(header("authorization", "Bearer notice-token"))
        .respond_with(ResponseTemplate::new(200).set_body_json(body))
        .mount(&server)
        .await;

    let pulled = omnikassa(&server.uri()).pull("notice-token").await;

    let answer = Answer {
        reference: "KW100042".to_owned(),
        provider_id: "1d0a95f4-2589-439b-9562-c50aa19f9caf".to_owned(),
        event: AttemptEvent::Paid,
        paid: Money::cents(5485),
        transaction: Some("22b36073-57a3-4c3d-9585-87f2e55275a5".to_owned()),
    };
    assert_eq!(pulled, Ok(Pulled { answers: vec![answer], more: false }));
    assert_eq!(calls(&server, REFRESH).await, 0);
}

#[tokio::test]
async fn details_tell_each_state_and_a_refused_card_is_told_from_a_change_of_mind() {
    let cases = [
        ("IN_PROGRESS", "OPEN", AttemptEvent::Opened, 0),
        ("COMPLETED", "ACCEPTED", AttemptEvent::Paid, 5400),
        ("CANCELLED", "CANCELLED", AttemptEvent::Cancelled, 0),
        ("CANCELLED", "FAILURE", AttemptEvent::Failed, 0),
        ("EXPIRED", "EXPIRED", AttemptEvent::Expired, 0),
    ];

    for (order, transaction, event, paid) in cases {
        let body = json!({ "order": { "id": "their-id", "merchantOrderId": "AG100042P1", "status": order, "totalAmount": { "currency": "EUR", "amount": 5485 },
            "transactions": [{ "id": "t-1", "status": transaction, "amount": { "currency": "EUR", "amount": 5485 }, "confirmedAmount": { "currency": "EUR", "amount": 5400 } }],
            "checkoutDetails": { "customerInformation": { "firstName": "not read" } } } });
        let server = answering("GET", "/v2/orders/their-id", ResponseTemplate::new(200).set_body_json(body)).await;
        let known = shop_core::payment::Attempt { provider_id: Some("their-id".to_owned()), ..attempt() };

        let answer = status(&omnikassa(&server.uri()), &known).await.unwrap().unwrap();

        assert_eq!((answer.event, answer.paid), (event, Money::cents(paid)), "{order} {transaction}");
        assert_eq!(answer.reference, "AG100042P1");
        assert_eq!(answer.transaction.as_deref(), (event == AttemptEvent::Paid).then_some("t-1"));
    }
}

#[tokio::test]
async fn a_refund_asks_what_is_left_and_names_itself() {
    let transaction = "22b36073-57a3-4c3d-9585-87f2e55275a5";
    let base = format!("/omnikassa-api/order/server/api/v2/refund/transactions/{transaction}");
    let wire = json!({ "refundId": "r-1", "status": "PENDING", "refundTransactionId": null });
    let server = answering("POST", &format!("{base}/refunds"), ResponseTemplate::new(201).set_body_json(wire)).await;
    let left = json!({ "transactionId": transaction, "refundableMoney": { "currency": "EUR", "amount": 5485 }, "expiryDatetime": "2027-03-01T12:00:00.000+01:00" });
    Mock::given(path(format!("{base}/refundable-details")))
        .respond_with(ResponseTemplate::new(200).set_body_json(left))
        .mount(&server)
        .await;

    let done = refund(&omnikassa(&server.uri()), transaction, 1995, "refund-key-1").await;

    assert_eq!(done, Ok(Refunded { id: "r-1".to_owned(), standing: RefundStanding::Pending }));
    let requests = server.received_requests().await.unwrap();
    let paths: Vec<&str> = requests.iter().map(|request| request.url.path()).collect();
    assert_eq!(paths, [REFRESH, &format!("{base}/refundable-details"), &format!("{base}/refunds")]);
    assert_eq!(requests[2].headers["request-id"], "refund-key-1");
    let sent: Value = requests[2].body_json().unwrap();
    assert_eq!(sent["money"], json!({ "currency": "EUR", "amount": 1995 }));
}
