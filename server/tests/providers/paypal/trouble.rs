//! PayPal when things go wrong: what each kind of trouble means for the shop.

use super::*;
use shop_core::money::Money;
use shop_core::payment::AttemptEvent;
use shop_core::time::Seconds;
use shop_server::payment::PayPalError;

async fn starting(answer: ResponseTemplate) -> (PaymentError, usize) {
    let server = answers("POST", ORDERS, answer).await;
    let error = start(&paypal(&server.uri()), &new_attempt()).await.unwrap_err();
    (error, calls(&server, ORDERS).await)
}

/// What capturing an approved order says when PayPal answers this.
async fn capturing(answer: ResponseTemplate) -> Result<Option<Answer>, PaymentError> {
    let server = answers("GET", ORDER, ok(&order_of("APPROVED", &json!([])))).await;
    also(&server, "POST", CAPTURE, answer).await;
    let said = status(&paypal(&server.uri()), &open_attempt()).await;
    assert_eq!(calls(&server, CAPTURE).await, 1);
    said
}

#[tokio::test]
async fn a_refusal_in_their_words_is_declined_and_says_nothing_of_the_payer() {
    for (answer, issue) in [
        (refusal(400, "INVALID_REQUEST", "INVALID_STRING_LENGTH"), "INVALID_STRING_LENGTH"),
        (refusal(403, "NOT_AUTHORIZED", "PERMISSION_DENIED"), "PERMISSION_DENIED"),
        (unprocessable("DUPLICATE_INVOICE_ID"), "DUPLICATE_INVOICE_ID"),
    ] {
        assert_eq!(starting(answer).await, (PaymentError::Declined(issue.to_owned()), 1));
    }
}

#[tokio::test]
async fn an_answer_that_is_not_theirs_leaves_the_outcome_unknown_and_is_never_repeated() {
    let no_page = json!({ "id": ID, "status": "PAYER_ACTION_REQUIRED", "links": [] });
    let mut script = order_of("PAYER_ACTION_REQUIRED", &json!([]));
    script["links"][0]["href"] = json!("javascript:alert(1)");
    let mut strange = order_of("PAYER_ACTION_REQUIRED", &json!([]));
    strange["id"] = json!("../../payments");
    let odd = [
        page_of_a_proxy(200),
        page_of_a_proxy(422),
        page_of_a_proxy(404),
        page_of_a_proxy(502),
        refusal(500, "INTERNAL_SERVER_ERROR", "INTERNAL_SERVICE_ERROR"),
        ResponseTemplate::new(302).insert_header("location", "https://elsewhere.example/"),
        ok(&json!({ "id": 7 })),
        ok(&no_page),
        ok(&script),
        ok(&strange),
        ok(&order_of("CREATED", &json!([]))).set_delay(Duration::from_secs(20)),
    ];

    for answer in odd {
        let (error, sent) = starting(answer).await;
        assert!(matches!(error, PaymentError::OutcomeUnknown(_)), "{error}");
        assert_eq!(sent, 1);
    }
}

#[tokio::test]
async fn being_turned_away_or_not_reached_is_unavailable() {
    let (busy, sent) = starting(ResponseTemplate::new(429).insert_header("retry-after", "1")).await;
    assert!(matches!(busy, PaymentError::Unavailable(_)), "{busy}");
    assert_eq!(sent, 1);

    let nobody = start(&paypal("http://127.0.0.1:9"), &new_attempt()).await.unwrap_err();
    assert!(matches!(nobody, PaymentError::Unavailable(_)), "{nobody}");
}

#[tokio::test]
async fn without_an_access_token_nothing_is_sent() {
    let refused = ResponseTemplate::new(401).set_body_json(json!({ "error": "invalid_client" }));
    let ours: Meant = |error| matches!(error, PaymentError::Credentials(_));
    let theirs: Meant = |error| matches!(error, PaymentError::Unavailable(_));
    let late = access("t").set_delay(Duration::from_secs(20));
    for (answer, expected) in [(refused, ours), (page_of_a_proxy(200), theirs), (late, theirs)] {
        let server = MockServer::start().await;
        also(&server, "POST", TOKEN, answer).await;

        let error = start(&paypal(&server.uri()), &new_attempt()).await.unwrap_err();

        assert!(expected(&error), "{error}");
        assert_eq!(calls(&server, ORDERS).await, 0);
    }
}

#[tokio::test]
async fn what_is_not_ours_to_pay_is_neither_believed_nor_captured() {
    let approved = order_of("APPROVED", &json!([]));
    let changed = |pointer: &str, value: Value| {
        let mut order = approved.clone();
        *order.pointer_mut(pointer).unwrap() = value;
        order
    };
    let mut two_units = approved.clone();
    two_units["purchase_units"] = json!([approved["purchase_units"][0], approved["purchase_units"][0]]);
    let odd = [
        changed("/purchase_units/0/amount/value", json!("54.84")),
        changed("/purchase_units/0/amount/currency_code", json!("USD")),
        changed("/purchase_units/0/amount/value", json!("54,85")),
        changed("/purchase_units/0/invoice_id", json!("AG100043P1")),
        changed("/id", json!("5O190127TN364715U")),
        two_units,
    ];

    for order in odd {
        let server = answers("GET", ORDER, ok(&order)).await;
        let error = status(&paypal(&server.uri()), &open_attempt()).await.unwrap_err();
        assert!(matches!(error, PaymentError::OutcomeUnknown(_)), "{error}");
        assert_eq!(calls(&server, CAPTURE).await, 0, "{order}");
    }
}

#[tokio::test]
async fn words_and_shapes_that_nobody_documented_leave_the_outcome_unknown() {
    let twice = json!([capture_of("COMPLETED", "EUR", "54.85")[0], capture_of("COMPLETED", "EUR", "54.85")[0]]);
    for order in [
        order_of("ON_HOLIDAY", &json!([])),
        order_of("COMPLETED", &json!([])),
        order_of("COMPLETED", &capture_of("ON_HOLIDAY", "EUR", "54.85")),
        order_of("COMPLETED", &capture_of("COMPLETED", "USD", "54.85")),
        order_of("COMPLETED", &twice),
    ] {
        let server = answers("GET", ORDER, ok(&order)).await;
        let error = status(&paypal(&server.uri()), &open_attempt()).await.unwrap_err();
        assert!(matches!(error, PaymentError::OutcomeUnknown(_)), "{error} for {order}");
    }
}

#[tokio::test]
async fn each_issue_at_the_capture_has_its_meaning() {
    for (issue, event) in [
        ("INSTRUMENT_DECLINED", AttemptEvent::Failed),
        ("TRANSACTION_REFUSED", AttemptEvent::Failed),
        ("ORDER_EXPIRED", AttemptEvent::Expired),
        ("ORDER_NOT_APPROVED", AttemptEvent::Opened),
        ("PAYER_ACTION_REQUIRED", AttemptEvent::Opened),
    ] {
        let answer = capturing(unprocessable(issue)).await.unwrap().unwrap();
        assert_eq!((answer.event, answer.paid, answer.transaction), (event, Money::ZERO, None), "{issue}");
    }
    for unknown in [
        unprocessable("DUPLICATE_INVOICE_ID"),
        unprocessable("AMOUNT_MISMATCH"),
        refusal(500, "INTERNAL_SERVER_ERROR", "INTERNAL_SERVICE_ERROR"),
        page_of_a_proxy(422),
        ok(&order_of("COMPLETED", &capture_of("COMPLETED", "EUR", "54.85"))).set_delay(Duration::from_secs(20)),
    ] {
        let error = capturing(unknown).await.unwrap_err();
        assert!(matches!(error, PaymentError::OutcomeUnknown(_)), "{error}");
    }
}

#[tokio::test]
async fn captured_before_is_read_and_believed_when_it_fits() {
    let server = answers("POST", CAPTURE, unprocessable("ORDER_ALREADY_CAPTURED")).await;
    let first = Mock::given(method("GET")).and(path(ORDER)).respond_with(ok(&order_of("APPROVED", &json!([]))));
    first.up_to_n_times(1).mount(&server).await;
    let taken = order_of("COMPLETED", &capture_of("COMPLETED", "EUR", "54.85"));
    also(&server, "GET", ORDER, ok(&taken)).await;

    let answer = status(&paypal(&server.uri()), &open_attempt()).await.unwrap().unwrap();

    assert_eq!((answer.event, answer.paid), (AttemptEvent::Paid, Money::cents(5485)));
    assert_eq!(calls(&server, CAPTURE).await, 1);
}

#[tokio::test]
async fn an_order_that_is_gone_has_expired_once_its_time_is_over() {
    let server = answers("GET", ORDER, refusal(404, "RESOURCE_NOT_FOUND", "INVALID_RESOURCE_ID")).await;
    let old = Attempt { created_at: NOW.plus(Seconds(-3 * 3600)), ..open_attempt() };

    assert_eq!(status(&paypal(&server.uri()), &open_attempt()).await, Ok(None));
    let answer = status(&paypal(&server.uri()), &old).await.unwrap().unwrap();

    assert_eq!((answer.event, answer.paid), (AttemptEvent::Expired, Money::ZERO));
}

#[tokio::test]
async fn an_attempt_without_an_id_of_theirs_is_not_asked_about() {
    let server = answers("GET", ORDER, ok(&order_of("APPROVED", &json!([])))).await;
    let strange = Attempt { provider_id: Some("../../v1/oauth2".to_owned()), ..open_attempt() };

    assert_eq!(status(&paypal(&server.uri()), &new_attempt()).await, Ok(None));
    assert_eq!(status(&paypal(&server.uri()), &strange).await, Ok(None));
    assert_eq!(server.received_requests().await.unwrap().len(), 0);
}

#[tokio::test]
async fn a_refund_that_did_not_happen_is_not_one() {
    let at = "/v2/payments/captures/3C679366HH908993F/refund";
    let refunding = |answer: ResponseTemplate| async move {
        let server = answers("POST", at, answer).await;
        refund(&paypal(&server.uri()), "3C679366HH908993F", 1995, "k").await
    };
    let answered = |status: &str| ResponseTemplate::new(201).set_body_json(json!({ "id": "R1", "status": status }));

    for (word, standing) in [
        ("COMPLETED", RefundStanding::Done),
        ("PENDING", RefundStanding::Pending),
        ("FAILED", RefundStanding::Failed),
        ("CANCELLED", RefundStanding::Failed),
    ] {
        assert_eq!(refunding(answered(word)).await.unwrap().standing, standing, "{word}");
    }
    let declined = refunding(unprocessable("REFUND_AMOUNT_EXCEEDED")).await.unwrap_err();
    assert_eq!(declined, PaymentError::Declined("REFUND_AMOUNT_EXCEEDED".to_owned()));
    for unknown in [answered("ON_HOLIDAY"), page_of_a_proxy(200), page_of_a_proxy(500)] {
        let error = refunding(unknown).await.unwrap_err();
        assert!(matches!(error, PaymentError::OutcomeUnknown(_)), "{error}");
    }
    let strange = refund(&paypal("http://127.0.0.1:9"), "../x", 1995, "k").await;
    assert!(matches!(strange, Err(PaymentError::Declined(_))), "{strange:?}");
}

#[tokio::test]
async fn a_refund_is_asked_about_by_its_own_id() {
    let known = ok(&json!({ "id": "R1", "status": "PENDING" }));
    let server = answers("GET", "/v2/payments/refunds/R1", known).await;
    also(&server, "GET", "/v2/payments/refunds/R2", ok(&json!({ "id": "R1", "status": "COMPLETED" }))).await;
    let provider = paypal(&server.uri());

    assert_eq!(provider.refund_standing("C1", "R1").await, Ok(RefundStanding::Pending));
    let another = provider.refund_standing("C1", "R2").await;
    assert!(matches!(another, Err(PaymentError::OutcomeUnknown(_))), "{another:?}");
    let strange = provider.refund_standing("C1", "../R1").await;
    assert!(matches!(strange, Err(PaymentError::Declined(_))), "{strange:?}");
}

#[test]
fn settings_that_cannot_work_are_refused_at_the_start() {
    let with = |change: &dyn Fn(&mut PayPalConfig)| {
        let mut settings = settings("http://127.0.0.1:3080");
        change(&mut settings);
        PayPal::new(settings, TestClock::at(NOW)).err()
    };

    assert!(with(&|_| {}).is_none());
    for address in ["http://api-m.paypal.com", "api-m.paypal.com", "ftp://127.0.0.1"] {
        let refused = with(&|settings| settings.base_url = address.to_owned());
        assert!(matches!(refused, Some(PayPalError::BaseUrl)), "{address}");
    }
    let empty = with(&|settings| settings.client_secret = SecretString::from(" "));
    assert!(matches!(empty, Some(PayPalError::Secret("client secret"))));
    let root = "no certificate".to_owned();
    let damaged = with(&|settings| {
        settings.certificates =
            CertificateSource::Sandbox { origin: "http://127.0.0.1:1".to_owned(), root: root.clone() };
    });
    assert!(matches!(damaged, Some(PayPalError::Root)));
}
