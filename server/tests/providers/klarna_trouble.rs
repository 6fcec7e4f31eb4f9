//! Klarna when it does not go well: whatever is not a clear yes from their books is never money.

use crate::klarna_support::*;
use crate::support::{Meant, attempt, calls, page_of_a_proxy};
use secrecy::SecretString;
use serde_json::{Value, json};
use shop_core::money::Money;
use shop_core::payment::{Attempt, AttemptEvent, Method};
use shop_flows::ports::{NoticeError, PaymentError, PaymentProvider, RawNotice, Transfer};
use shop_server::payment::{Klarna, KlarnaError};
use std::time::Duration;
use wiremock::{MockServer, ResponseTemplate};

async fn status_error(server: &MockServer) -> PaymentError {
    klarna(&server.uri()).status(&begun(), &ordered()).await.unwrap_err()
}

#[tokio::test]
async fn nonsense_instead_of_a_session_leaves_it_open_what_became_of_it() {
    let slow = session().set_delay(Duration::from_secs(5));
    for answer in [
        page_of_a_proxy(200),
        page_of_a_proxy(502),
        page_of_a_proxy(403),
        json_answer(200, json!({ "session": 1 })),
        json_answer(500, json!({ "error_code": "INTERNAL_ERROR" })),
        slow,
    ] {
        let server = MockServer::start().await;
        answers(&server, "POST", SESSIONS, answer).await;

        let error = begin(&klarna(&server.uri()), &trying(), &ordered()).await.unwrap_err();

        assert!(matches!(error, PaymentError::OutcomeUnknown(_)), "{error}");
        assert_eq!(calls(&server, PAGES).await, 0);
    }
}

#[tokio::test]
async fn a_refusal_in_their_own_words_is_final_and_our_own_faults_are_for_later() {
    let cases: [(ResponseTemplate, Meant); 5] = [
        (refusal(400, "BAD_VALUE"), |error| matches!(error, PaymentError::Declined(_))),
        (refusal(403, "NOT_ALLOWED"), |error| matches!(error, PaymentError::Declined(_))),
        (refusal(401, "UNAUTHORIZED"), |error| matches!(error, PaymentError::Credentials(_))),
        (ResponseTemplate::new(401), |error| matches!(error, PaymentError::Credentials(_))),
        (ResponseTemplate::new(429), |error| matches!(error, PaymentError::Unavailable(_))),
    ];

    for (answer, expected) in cases {
        let server = MockServer::start().await;
        answers(&server, "POST", SESSIONS, answer).await;

        let error = begin(&klarna(&server.uri()), &trying(), &ordered()).await.unwrap_err();

        assert!(expected(&error), "{error}");
    }
}

#[tokio::test]
async fn a_klarna_that_is_not_there_is_unavailable() {
    // A port that was free a moment ago.
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let provider = klarna(&format!("http://127.0.0.1:{port}"));

    assert_eq!(begin(&provider, &trying(), &ordered()).await, Err(PaymentError::Unavailable("not reached".to_owned())));
}

#[tokio::test]
async fn an_account_without_an_invoice_or_a_page_of_no_address_is_no_way_to_pay() {
    let server = MockServer::start().await;
    let none = json!({ "session_id": "session-1", "payment_method_categories": [{ "identifier": "pay_now" }] });
    answers(&server, "POST", SESSIONS, json_answer(200, none)).await;
    let error = begin(&klarna(&server.uri()), &trying(), &ordered()).await.unwrap_err();
    assert!(matches!(error, PaymentError::Declined(_)), "{error}");

    for url in ["javascript:alert(1)", "/page-1", "ftp://pay.klarna.example"] {
        let server = MockServer::start().await;
        answers(&server, "POST", SESSIONS, session()).await;
        answers(&server, "POST", PAGES, json_answer(201, json!({ "session_id": "page-1", "redirect_url": url }))).await;

        let error = begin(&klarna(&server.uri()), &trying(), &ordered()).await.unwrap_err();

        assert!(matches!(error, PaymentError::OutcomeUnknown(_)), "{url}: {error}");
    }
}

#[tokio::test]
async fn what_they_cannot_take_is_declined_without_asking() {
    let server = MockServer::start().await;
    let mut wrong_sum = ordered();
    wrong_sum.totals.shipping = Money::ZERO;
    let impossible = [
        (Attempt { method: Method::Ideal, ..trying() }, ordered()),
        (Attempt { amount: Money::ZERO, ..trying() }, ordered()),
        (Attempt { amount: Money::cents(7979), ..trying() }, ordered()),
        (Attempt { amount: Money::cents(100_000_001), ..trying() }, ordered()),
        (trying(), wrong_sum),
    ];

    for (attempt, order) in impossible {
        let error = begin(&klarna(&server.uri()), &attempt, &order).await.unwrap_err();
        assert!(matches!(error, PaymentError::Declined(_)), "{error}");
    }
    assert_eq!(server.received_requests().await.unwrap().len(), 0);
}

#[tokio::test]
async fn an_order_of_another_amount_currency_or_reference_never_counts() {
    let cases: [(&str, Value); 5] = [
        ("order_amount", json!(7979)),
        ("purchase_currency", json!("SEK")),
        ("merchant_reference1", json!("AG100043")),
        ("merchant_reference2", json!("AG100042P2")),
        ("order_id", json!("order-2")),
    ];

    for (field, value) in cases {
        let mut order = booked("AUTHORIZED", "ACCEPTED");
        order[field] = value;
        let server = approving(order).await;

        let error = status_error(&server).await;

        assert!(matches!(error, PaymentError::OutcomeUnknown(_)), "{field}: {error}");
    }
}

#[tokio::test]
async fn a_state_that_is_not_in_the_manual_is_not_understood() {
    for (status, fraud) in [("AUTHORIZED", "PONDERING"), ("PONDERING", "ACCEPTED"), ("CLOSED", "ACCEPTED")] {
        let server = approving(booked(status, fraud)).await;
        assert!(matches!(status_error(&server).await, PaymentError::OutcomeUnknown(_)), "{status} {fraud}");
    }
    let server = MockServer::start().await;
    answers(&server, "GET", PAGE, page("PONDERING")).await;
    assert!(matches!(status_error(&server).await, PaymentError::OutcomeUnknown(_)));
}

#[tokio::test]
async fn an_order_that_klarna_says_differs_is_given_up_and_has_failed() {
    let server = MockServer::start().await;
    answers(&server, "GET", PAGE, page("COMPLETED")).await;
    answers(&server, "POST", PLACE, refusal(409, "CONFLICT")).await;
    answers(&server, "DELETE", TOKEN, ResponseTemplate::new(204)).await;

    let answer = klarna(&server.uri()).status(&begun(), &ordered()).await.unwrap().unwrap();

    assert_eq!((answer.event, answer.paid), (AttemptEvent::Failed, Money::ZERO));
    assert_eq!(calls(&server, TOKEN).await, 1);
}

#[tokio::test]
async fn a_token_that_is_too_old_has_expired_but_a_used_one_is_an_alarm() {
    for (session, expected) in [("incomplete", Some(AttemptEvent::Expired)), ("complete", None)] {
        let server = MockServer::start().await;
        answers(&server, "GET", PAGE, page("COMPLETED")).await;
        answers(&server, "POST", PLACE, refusal(404, "NOT_FOUND")).await;
        let state = json!({ "status": session, "client_token": "not read" });
        answers(&server, "GET", &format!("{SESSIONS}/session-1"), json_answer(200, state)).await;

        let answer = klarna(&server.uri()).status(&begun(), &ordered()).await;

        match expected {
            Some(event) => assert_eq!(answer.unwrap().unwrap().event, event),
            None => assert!(matches!(answer, Err(PaymentError::OutcomeUnknown(_))), "{answer:?}"),
        }
    }
}

#[tokio::test]
async fn silence_or_nonsense_while_placing_is_neither_yes_nor_no() {
    for answer in [
        placed().set_delay(Duration::from_secs(5)),
        page_of_a_proxy(200),
        page_of_a_proxy(404),
        page_of_a_proxy(409),
        json_answer(200, json!({ "order": "order-1" })),
        json_answer(200, json!({ "order_id": "../sessions" })),
        ResponseTemplate::new(503),
    ] {
        let server = MockServer::start().await;
        answers(&server, "GET", PAGE, page("COMPLETED")).await;
        answers(&server, "POST", PLACE, answer).await;

        let error = status_error(&server).await;

        assert!(matches!(error, PaymentError::OutcomeUnknown(_)), "{error}");
        assert_eq!(calls(&server, TOKEN).await, 0);
    }
}

#[tokio::test]
async fn a_page_that_they_do_not_know_or_that_is_anothers_is_no_answer() {
    let gone = MockServer::start().await;
    answers(&gone, "GET", PAGE, refusal(404, "NOT_FOUND")).await;
    let other = MockServer::start().await;
    answers(&other, "GET", PAGE, json_answer(200, json!({ "session_id": "page-2", "status": "COMPLETED" }))).await;
    let odd = |id: &str| Attempt { provider_id: Some(id.to_owned()), ..trying() };

    assert_eq!(klarna(&gone.uri()).status(&begun(), &ordered()).await, Ok(None));
    assert!(matches!(status_error(&other).await, PaymentError::OutcomeUnknown(_)));
    for attempt in [attempt(), odd("page-1"), odd("session-1./../x"), odd(".page-1")] {
        assert_eq!(klarna(&other.uri()).status(&attempt, &ordered()).await, Ok(None));
    }
}

#[tokio::test]
async fn a_refused_capture_or_refund_is_declined_and_an_unknown_one_stays_unknown() {
    let order = ordered();
    let transfer = |transaction, cents| Transfer { order: &order, transaction, amount: Money::cents(cents), key: "k" };
    let server = MockServer::start().await;
    answers(&server, "GET", ORDER, json_answer(200, booked("CAPTURED", "ACCEPTED"))).await;
    answers(&server, "POST", &format!("{ORDER}/captures"), refusal(403, "CAPTURE_NOT_ALLOWED")).await;
    answers(&server, "POST", &format!("{ORDER}/refunds"), refusal(403, "REFUND_NOT_ALLOWED")).await;
    let provider = klarna(&server.uri());

    for error in [
        provider.capture(&transfer("order-1", 7980)).await.unwrap_err(),
        provider.capture(&transfer("../order-1", 7980)).await.unwrap_err(),
        provider.capture(&transfer("order-1", 0)).await.unwrap_err(),
        provider.refund(&transfer("order-1", 1495)).await.unwrap_err(),
        provider.release("", "k").await.unwrap_err(),
    ] {
        assert!(matches!(error, PaymentError::Declined(_)), "{error}");
    }
    let silent = MockServer::start().await;
    answers(&silent, "POST", &format!("{ORDER}/captures"), ResponseTemplate::new(201)).await;
    let error = klarna(&silent.uri()).capture(&transfer("order-1", 7980)).await.unwrap_err();
    assert!(matches!(error, PaymentError::OutcomeUnknown(_)), "{error}");
}

#[tokio::test]
async fn nothing_that_klarna_sends_is_read() {
    let provider = klarna("https://api.klarna.example");
    let body = br#"{"authorization_token":"token-1","session_id":"session-1"}"#;

    let notice = provider.read_notice(RawNotice { headers: &[], body }).await;

    assert_eq!(notice.err(), Some(NoticeError::Malformed));
    assert_eq!(provider.read_return(&[("sid".to_owned(), "page-1".to_owned())]), None);
    assert_eq!(provider.methods(), [Method::Klarna]);
}

#[test]
fn settings_that_cannot_work_are_refused_at_the_start() {
    let made = |base: &str, username: &str, password: &str| {
        let mut config = config(base);
        config.username = SecretString::from(username);
        config.password = SecretString::from(password);
        Klarna::new(config).err()
    };

    assert!(matches!(made("http://api.klarna.example", "u", "p"), Some(KlarnaError::BaseUrl)));
    assert!(matches!(made("api.klarna.example", "u", "p"), Some(KlarnaError::BaseUrl)));
    for (username, password) in [("", "p"), ("u", " "), ("u:v", "p"), ("u", "p\nq")] {
        let refused = made("https://api.klarna.example", username, password);
        assert!(matches!(refused, Some(KlarnaError::Credentials)), "{username:?} {password:?}");
    }
    assert!(made("https://api.klarna.example/", "u", "p").is_none());
}
