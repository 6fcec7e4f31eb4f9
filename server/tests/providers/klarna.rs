//! Klarna when all goes well: what it is told, and what its answers mean.

use crate::klarna_support::*;
use crate::support::{calls, id};
use serde_json::json;
use shop_core::id::AttemptId;
use shop_core::money::Money;
use shop_core::order::OrderState;
use shop_core::payment::{Attempt, AttemptEvent};
use shop_core::time::{Seconds, Timestamp};
use shop_flows::ports::{Answer, PaymentProvider, RefundStanding, Refunded, Started, Transfer};
use wiremock::matchers::{header, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

const LATER: Timestamp = Timestamp::from_micros(1_800_000_000_000_000);

async fn status_on(server: &MockServer, attempt: &Attempt) -> Option<Answer> {
    klarna(&server.uri()).status(attempt, &ordered()).await.unwrap()
}

#[tokio::test]
async fn she_is_led_to_klarnas_page_and_klarna_is_told_what_the_invoice_needs() {
    let server = MockServer::start().await;
    answers(&server, "POST", SESSIONS, session()).await;
    answers(&server, "POST", PAGES, page_made()).await;

    let started = begin(&klarna(&server.uri()), &trying(), &ordered()).await;

    assert_eq!(
        started,
        Ok(Started {
            provider_id: Some("session-1.page-1".to_owned()),
            pay_url: Some("https://pay.klarna.example/page-1".to_owned())
        })
    );
    let marieke = json!({ "given_name": "Marieke", "family_name": "de Vries & Co", "email": "marieke@voorbeeld.nl",
        "street_address": "Grotestraat 12 bis", "postal_code": "7607 AB", "city": "Almelo", "country": "NL" });
    let line = |kind: &str, name: &str, quantity: u32, unit: i64, tax: i64| {
        json!({ "type": kind, "name": name, "quantity": quantity, "unit_price": unit, "tax_rate": 2100,
            "total_amount": unit * i64::from(quantity), "total_discount_amount": 0, "total_tax_amount": tax })
    };
    let mut lines = vec![
        line("physical", "Jurk Madelief, maat 98/104", 1, 4495, 780),
        line("physical", "Sokken <ster>, maat 23/26", 2, 1495, 519),
        line("shipping_fee", "Verzending", 1, 495, 86),
    ];
    lines[0]["reference"] = json!("JURK-MADELIEF-98104");
    lines[1]["reference"] = json!("SOKKEN-<STER>-2326");
    assert_eq!(
        sent(&server, SESSIONS).await,
        json!({ "purchase_country": "NL", "purchase_currency": "EUR", "locale": "nl-NL", "intent": "buy",
            "order_amount": 7980, "order_tax_amount": 1385, "merchant_reference1": "AG100042",
            "merchant_reference2": "AG100042P1", "order_lines": lines, "billing_address": marieke,
            "shipping_address": marieke, "merchant_urls": { "authorization": NOTICE, "notification": NOTICE } })
    );
    assert_eq!(
        sent(&server, PAGES).await,
        json!({ "payment_session_url": format!("{}{SESSIONS}/session-1", server.uri()),
            "merchant_urls": { "success": BACK, "cancel": STOPPED, "back": STOPPED, "failure": BACK, "error": BACK,
                "status_update": NOTICE },
            "options": { "place_order_mode": "NONE", "payment_method_category": "pay_later" } })
    );
    let requests = server.received_requests().await.unwrap();
    assert_eq!(requests[0].headers["authorization"], "Basic UEsxMjM0NTprbGFybmEtcGFzc3dvcmQ=");
}

#[tokio::test]
async fn an_account_with_one_category_for_everything_uses_that() {
    let server = MockServer::start().await;
    let only = json!({ "session_id": "session-1", "payment_method_categories": [{ "identifier": "klarna" }] });
    answers(&server, "POST", SESSIONS, json_answer(200, only)).await;
    answers(&server, "POST", PAGES, page_made()).await;

    begin(&klarna(&server.uri()), &trying(), &ordered()).await.unwrap();

    assert_eq!(sent(&server, PAGES).await["options"]["payment_method_category"], "klarna");
}

#[tokio::test]
async fn what_was_approved_is_placed_with_the_same_words_and_counts_when_their_books_say_so() {
    let server = approving(booked("AUTHORIZED", "ACCEPTED")).await;
    answers(&server, "POST", SESSIONS, session()).await;
    answers(&server, "POST", PAGES, page_made()).await;
    begin(&klarna(&server.uri()), &trying(), &ordered()).await.unwrap();

    let answer = status_on(&server, &begun()).await.unwrap();

    assert_eq!(
        answer,
        Answer {
            reference: "AG100042P1".to_owned(),
            provider_id: "session-1.page-1".to_owned(),
            event: AttemptEvent::Paid,
            paid: Money::cents(7980),
            transaction: Some("order-1".to_owned()),
        }
    );
    let (mut asked, placed) = (sent(&server, SESSIONS).await, sent(&server, PLACE).await);
    asked.as_object_mut().unwrap().remove("merchant_urls");
    assert_eq!(asked, placed);
    assert_eq!(calls(&server, &format!("{ORDER}/acknowledge")).await, 1);
}

#[tokio::test]
async fn asking_again_places_the_same_order_and_another_try_another_one() {
    let server = approving(booked("AUTHORIZED", "ACCEPTED")).await;
    let other = Attempt { id: AttemptId::new(id(8)), ..begun() };

    for attempt in [begun(), begun(), other] {
        status_on(&server, &attempt).await.unwrap();
    }

    let requests = server.received_requests().await.unwrap();
    let keys: Vec<&str> = requests
        .iter()
        .filter(|request| request.url.path() == PLACE)
        .map(|request| request.headers["klarna-idempotency-key"].to_str().unwrap())
        .collect();
    assert_eq!(keys[0], keys[1]);
    assert_ne!(keys[0], keys[2]);
    for key in keys {
        assert_eq!(uuid::Uuid::parse_str(key).unwrap().get_version_num(), 4);
    }
}

#[tokio::test]
async fn each_state_of_the_page_is_told_apart() {
    let cases = [
        ("WAITING", AttemptEvent::Opened),
        ("IN_PROGRESS", AttemptEvent::Opened),
        ("MANUAL_ID_CHECK", AttemptEvent::Opened),
        ("CANCELLED", AttemptEvent::Cancelled),
        ("FAILED", AttemptEvent::Failed),
        ("ERROR", AttemptEvent::Failed),
        ("DISABLED", AttemptEvent::Expired),
    ];

    for (status, event) in cases {
        let server = MockServer::start().await;
        answers(&server, "GET", PAGE, page(status)).await;

        let answer = status_on(&server, &begun()).await.unwrap();

        assert_eq!((answer.event, answer.paid, answer.transaction), (event, Money::ZERO, None), "{status}");
    }
}

#[tokio::test]
async fn each_state_of_the_order_is_told_apart() {
    let cases = [
        ("AUTHORIZED", "PENDING", AttemptEvent::Opened),
        ("CANCELLED", "REJECTED", AttemptEvent::Failed),
        ("CANCELLED", "ACCEPTED", AttemptEvent::Cancelled),
        ("EXPIRED", "ACCEPTED", AttemptEvent::Expired),
        ("PART_CAPTURED", "ACCEPTED", AttemptEvent::Paid),
        ("CAPTURED", "ACCEPTED", AttemptEvent::Paid),
    ];

    for (status, fraud, event) in cases {
        let server = approving(booked(status, fraud)).await;

        let answer = status_on(&server, &begun()).await.unwrap();

        let promised = event == AttemptEvent::Paid;
        assert_eq!(answer.event, event, "{status} {fraud}");
        assert_eq!(answer.paid, if promised { Money::cents(7980) } else { Money::ZERO });
        assert_eq!(answer.transaction.is_some(), promised);
    }
}

#[tokio::test]
async fn who_went_back_finds_the_page_closed_unless_it_was_approved_just_before() {
    for (afterwards, event) in [("DISABLED", AttemptEvent::Cancelled), ("COMPLETED", AttemptEvent::Paid)] {
        let server = MockServer::start().await;
        Mock::given(method("GET")).and(path(PAGE)).respond_with(page("BACK")).up_to_n_times(1).mount(&server).await;
        answers(&server, "GET", PAGE, page(afterwards)).await;
        answers(&server, "DELETE", PAGE, ResponseTemplate::new(204)).await;
        answers(&server, "POST", PLACE, placed()).await;
        answers(&server, "GET", ORDER, json_answer(200, booked("AUTHORIZED", "ACCEPTED"))).await;

        let answer = status_on(&server, &begun()).await.unwrap();

        assert_eq!(answer.event, event);
        assert_eq!(calls(&server, PLACE).await, usize::from(afterwards == "COMPLETED"));
    }
}

#[tokio::test]
async fn an_order_that_no_longer_waits_is_not_placed() {
    let server = approving(booked("AUTHORIZED", "ACCEPTED")).await;
    answers(&server, "DELETE", TOKEN, ResponseTemplate::new(204)).await;
    let mut lapsed = ordered();
    lapsed.state = OrderState::Paid { at: LATER.plus(Seconds(1)) };

    let answer = klarna(&server.uri()).status(&begun(), &lapsed).await.unwrap().unwrap();

    assert_eq!(answer.event, AttemptEvent::Cancelled);
    assert_eq!((calls(&server, TOKEN).await, calls(&server, PLACE).await), (1, 0));
}

#[tokio::test]
async fn a_capture_names_itself_and_gives_the_id_of_the_invoice() {
    let server = MockServer::start().await;
    let at = format!("{ORDER}/captures");
    Mock::given(method("POST"))
        .and(path(at.as_str()))
        .and(header("content-type", "application/json"))
        .respond_with(ResponseTemplate::new(201).insert_header("Capture-Id", "capture-1"))
        .mount(&server)
        .await;
    let order = ordered();
    let transfer = Transfer { order: &order, transaction: "order-1", amount: Money::cents(7980), key: "ship-1" };

    let captured = klarna(&server.uri()).capture(&transfer).await;
    klarna(&server.uri()).capture(&transfer).await.unwrap();

    assert_eq!(captured, Ok("capture-1".to_owned()));
    assert_eq!(sent(&server, &at).await, json!({ "captured_amount": 7980, "reference": "AG100042" }));
    let requests = server.received_requests().await.unwrap();
    assert_eq!(requests[0].headers["klarna-idempotency-key"], requests[1].headers["klarna-idempotency-key"]);
}

#[tokio::test]
async fn a_promise_is_cancelled_before_the_first_capture_and_let_go_after_it() {
    let cases: [(&str, i64, Option<&str>); 4] = [
        ("AUTHORIZED", 0, Some("cancel")),
        ("PART_CAPTURED", 4990, Some("release-remaining-authorization")),
        ("CAPTURED", 7980, None),
        ("EXPIRED", 0, None),
    ];

    for (status, captured, deed) in cases {
        let server = MockServer::start().await;
        let mut order = booked(status, "ACCEPTED");
        order["captured_amount"] = json!(captured);
        answers(&server, "GET", ORDER, json_answer(200, order)).await;
        for deed in ["cancel", "release-remaining-authorization"] {
            answers(&server, "POST", &format!("{ORDER}/{deed}"), ResponseTemplate::new(204)).await;
        }

        klarna(&server.uri()).release("order-1", "end-1").await.unwrap();

        let requests = server.received_requests().await.unwrap();
        let done: Vec<&str> = requests.iter().skip(1).map(|request| request.url.path()).collect();
        assert_eq!(done, deed.map(|deed| format!("{ORDER}/{deed}")).iter().collect::<Vec<_>>(), "{status}");
    }
}

#[tokio::test]
async fn a_refund_lowers_the_invoice_at_once() {
    let server = MockServer::start().await;
    let mut order = booked("CAPTURED", "ACCEPTED");
    order["captured_amount"] = json!(7980);
    answers(&server, "GET", ORDER, json_answer(200, order)).await;
    let location = format!("https://api.klarna.example{ORDER}/refunds/refund-1");
    let made = ResponseTemplate::new(201).insert_header("Location", location.as_str());
    answers(&server, "POST", &format!("{ORDER}/refunds"), made).await;
    answers(&server, "GET", &format!("{ORDER}/refunds/refund-1"), json_answer(200, json!({ "refund_id": "refund-1" })))
        .await;
    let order = ordered();
    let transfer = Transfer { order: &order, transaction: "order-1", amount: Money::cents(1495), key: "refund-7" };

    let refunded = klarna(&server.uri()).refund(&transfer).await;

    assert_eq!(refunded, Ok(Refunded { id: "refund-1".to_owned(), standing: RefundStanding::Done }));
    assert_eq!(
        sent(&server, &format!("{ORDER}/refunds")).await,
        json!({ "refunded_amount": 1495, "description": "Terugbetaling", "reference": "AG100042" })
    );
    let standing = klarna(&server.uri()).refund_standing("order-1", "refund-1").await;
    assert_eq!(standing, Ok(RefundStanding::Done));
}

#[test]
fn what_the_adapter_prints_holds_no_secret() {
    let printed = format!("{:?}", config("https://api.klarna.example"));

    assert!(!printed.contains("klarna-password") && !printed.contains("PK12345"), "{printed}");
}
