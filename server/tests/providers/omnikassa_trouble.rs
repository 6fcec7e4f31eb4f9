//! OmniKassa when things go wrong: what each kind of trouble means for the shop.

use crate::support::*;
use secrecy::SecretString;
use serde_json::json;
use shop_core::money::Money;
use shop_core::payment::{Attempt, AttemptEvent, Method};
use shop_flows::ports::{PaymentError, PaymentProvider};
use shop_server::payment::{OmniKassa, OmniKassaError};
use std::time::Duration;
use wiremock::matchers::path;
use wiremock::{Mock, MockServer, ResponseTemplate};

async fn refused(answer: ResponseTemplate) -> (PaymentError, usize) {
    let server = answering("POST", ANNOUNCE, answer).await;
    let error = start(&impatient(&server.uri()), &attempt()).await.unwrap_err();
    (error, calls(&server, ANNOUNCE).await)
}

async fn pull(body: serde_json::Value) -> Result<shop_flows::ports::Pulled, PaymentError> {
    let server = answering("GET", RESULTS, ResponseTemplate::new(200).set_body_json(body)).await;
    omnikassa(&server.uri()).pull("notice-token").await
}

#[tokio::test]
async fn a_refusal_in_their_words_is_declined() {
    for answer in [problem(422, 5017, "amount must be above zero"), problem(403, 5001, "timestamp refused")] {
        let (error, sent) = refused(answer).await;
        assert!(matches!(error, PaymentError::Declined(_)), "{error}");
        assert_eq!(sent, 1);
    }
}

#[tokio::test]
async fn an_answer_that_is_not_theirs_leaves_the_outcome_unknown_and_is_never_repeated() {
    let odd = [
        page_of_a_proxy(200),
        page_of_a_proxy(422),
        page_of_a_proxy(404),
        page_of_a_proxy(502),
        problem(500, 5000, "Internal error"),
        ResponseTemplate::new(302).insert_header("location", "https://elsewhere.example/"),
        ResponseTemplate::new(200).set_body_json(json!({ "redirectUrl": "https://betalen.example/1" })),
        ResponseTemplate::new(200)
            .set_body_json(json!({ "redirectUrl": "javascript:alert(1)", "omnikassaOrderId": "x" })),
        ResponseTemplate::new(200)
            .set_body_json(json!({ "redirectUrl": "https://betalen.example/1", "omnikassaOrderId": "../refund" })),
        ResponseTemplate::new(201).set_body_json(json!({})).set_delay(Duration::from_secs(20)),
    ];

    for answer in odd {
        let (error, sent) = refused(answer).await;
        assert!(matches!(error, PaymentError::OutcomeUnknown(_)), "{error}");
        assert_eq!(sent, 1);
    }
}

#[tokio::test]
async fn being_turned_away_for_now_is_unavailable() {
    let (error, sent) = refused(ResponseTemplate::new(429).insert_header("retry-after", "1")).await;

    assert!(matches!(error, PaymentError::Unavailable(_)), "{error}");
    assert_eq!(sent, 1);
}

#[tokio::test]
async fn a_token_that_stays_refused_is_tried_twice_and_no_more() {
    let (error, sent) = refused(problem(401, 5001, "Token has expired")).await;

    assert_eq!(error, PaymentError::Credentials("access token refused (401)".to_owned()));
    assert_eq!(sent, 2);
}

#[tokio::test]
async fn without_an_access_token_nothing_is_sent() {
    let ours: Meant = |error| matches!(error, PaymentError::Credentials(_));
    let theirs: Meant = |error| matches!(error, PaymentError::Unavailable(_));
    for (answer, expected) in [
        (problem(401, 5001, "Refresh token is invalid"), ours),
        (page_of_a_proxy(200), theirs),
        (problem(500, 5000, "Internal error"), theirs),
    ] {
        let server = MockServer::start().await;
        Mock::given(path(REFRESH)).respond_with(answer).mount(&server).await;

        let error = start(&omnikassa(&server.uri()), &attempt()).await.unwrap_err();

        assert!(expected(&error), "{error}");
        assert_eq!(calls(&server, ANNOUNCE).await, 0);
    }
}

#[tokio::test]
async fn a_provider_that_is_not_there_is_unavailable() {
    // A port that was free a moment ago.
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();

    let error = start(&impatient(&format!("http://127.0.0.1:{port}")), &attempt()).await.unwrap_err();

    assert_eq!(error, PaymentError::Unavailable("not reached".to_owned()));
}

#[tokio::test]
async fn what_they_cannot_take_is_declined_without_asking() {
    let server = MockServer::start().await;
    let impossible = [
        Attempt { method: Method::BankTransfer, ..attempt() },
        Attempt { amount: Money::ZERO, ..attempt() },
        Attempt { amount: Money::cents(10_000_000), ..attempt() },
        Attempt { reference: "AG-100042".to_owned(), ..attempt() },
        Attempt { reference: "A".repeat(25), ..attempt() },
    ];

    for attempt in impossible {
        let error = start(&omnikassa(&server.uri()), &attempt).await.unwrap_err();
        assert!(matches!(error, PaymentError::Declined(_)), "{error}");
    }
    assert_eq!(server.received_requests().await.unwrap().len(), 0);
}

#[tokio::test]
async fn results_are_believed_only_with_their_signature() {
    let mut forged = results("COMPLETED", "EUR", 5485);
    forged["orderResults"][0]["paidAmount"]["amount"] = json!(1);

    let error = pull(forged).await.unwrap_err();

    assert!(matches!(error, PaymentError::OutcomeUnknown(_)), "{error}");
}

#[tokio::test]
async fn another_amount_is_passed_on_for_the_shop_to_judge() {
    let pulled = pull(results("COMPLETED", "EUR", 5400)).await.unwrap();

    assert_eq!((pulled.answers[0].event, pulled.answers[0].paid), (AttemptEvent::Paid, Money::cents(5400)));
}

#[tokio::test]
async fn another_currency_an_unknown_state_or_money_without_payment_is_not_understood() {
    for odd in [results("COMPLETED", "USD", 5485), results("PONDERING", "EUR", 0), results("CANCELLED", "EUR", 5485)] {
        let error = pull(odd).await.unwrap_err();
        assert!(matches!(error, PaymentError::OutcomeUnknown(_)), "{error}");
    }
}

#[tokio::test]
async fn an_odd_order_does_not_cost_the_others_of_its_page() {
    let mut page = results("PONDERING", "EUR", 0);
    let good = results("EXPIRED", "EUR", 0);
    page["orderResults"].as_array_mut().unwrap().push(good["orderResults"][0].clone());
    let order =
        |status: &str| format!("AG100042P1,their-id,2004,{status},2026-11-24T20:20:00.000+01:00,,EUR,0,EUR,5485");
    page["moreOrderResultsAvailable"] = json!(true);
    page["signature"] = json!(sign(&format!("true,{},{}", order("PONDERING"), order("EXPIRED"))));

    let pulled = pull(page).await.unwrap();

    assert!(pulled.more);
    assert_eq!(pulled.answers.iter().map(|answer| answer.event).collect::<Vec<_>>(), [AttemptEvent::Expired]);
}

#[tokio::test]
async fn a_pull_with_an_old_notice_is_declined_and_does_not_use_our_own_token() {
    let server = answering("GET", RESULTS, problem(401, 5001, "Token has expired")).await;

    let error = omnikassa(&server.uri()).pull("notice-token").await.unwrap_err();

    assert!(matches!(error, PaymentError::Declined(_)), "{error}");
    assert_eq!((calls(&server, RESULTS).await, calls(&server, REFRESH).await), (1, 0));
}

#[tokio::test]
async fn an_order_they_do_not_know_is_no_answer() {
    let server = answering("GET", "/v2/orders/their-id", problem(404, 5017, "unknown order")).await;
    let known = Attempt { provider_id: Some("their-id".to_owned()), ..attempt() };

    assert_eq!(status(&omnikassa(&server.uri()), &known).await, Ok(None));
    assert_eq!(status(&omnikassa(&server.uri()), &attempt()).await, Ok(None));
}

#[tokio::test]
async fn details_about_another_order_or_without_a_payment_are_not_understood() {
    let other = json!({ "order": { "id": "another-id", "merchantOrderId": "AG100042P1", "status": "EXPIRED", "transactions": null } });
    let unpaid = json!({ "order": { "id": "their-id", "merchantOrderId": "AG100042P1", "status": "COMPLETED", "transactions": [] } });

    for body in [other, unpaid] {
        let server = answering("GET", "/v2/orders/their-id", ResponseTemplate::new(200).set_body_json(body)).await;
        let known = Attempt { provider_id: Some("their-id".to_owned()), ..attempt() };
        let error = status(&omnikassa(&server.uri()), &known).await.unwrap_err();
        assert!(matches!(error, PaymentError::OutcomeUnknown(_)), "{error}");
    }
}

#[test]
fn settings_that_cannot_work_are_refused_at_the_start() {
    let made = |base: &str, token: &str, key: &str| {
        let mut config = config(base);
        config.refresh_token = SecretString::from(token);
        config.signing_key = SecretString::from(key);
        OmniKassa::new(config, TestClock::at(NOW)).err()
    };

    assert!(matches!(made("http://api.example", "t", KEY), Some(OmniKassaError::BaseUrl)));
    assert!(matches!(made("api.example", "t", KEY), Some(OmniKassaError::BaseUrl)));
    assert!(matches!(made("https://api.example", "t", "geen base64"), Some(OmniKassaError::SigningKey)));
    assert!(matches!(made("https://api.example", " ", KEY), Some(OmniKassaError::RefreshToken)));
    assert!(made("https://api.example/", "t", KEY).is_none());
    assert!(!format!("{:?}", config("https://api.example")).contains(KEY));
}
