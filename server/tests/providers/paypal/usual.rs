//! PayPal when all goes well.

use super::*;
use shop_core::money::Money;
use shop_core::order::{CancelReason, OrderState};
use shop_core::payment::AttemptEvent;
use shop_core::time::Seconds;

fn made() -> ResponseTemplate {
    ResponseTemplate::new(201).set_body_json(order_of("PAYER_ACTION_REQUIRED", &json!([])))
}

#[tokio::test]
async fn an_order_is_made_with_nothing_about_the_shopper_or_what_she_bought() {
    let server = answers("POST", ORDERS, made()).await;

    let started = start(&paypal(&server.uri()), &new_attempt()).await.unwrap();

    assert_eq!(started.provider_id.as_deref(), Some(ID));
    assert_eq!(started.pay_url, Some(format!("https://www.paypal.com/checkoutnow?token={ID}")));
    let requests = server.received_requests().await.unwrap();
    let sent: Value = requests[1].body_json().unwrap();
    assert_eq!(
        sent,
        json!({ "intent": "CAPTURE",
            "purchase_units": [{ "reference_id": "default", "description": "Bestelling AG100042",
                "invoice_id": "AG100042P1", "custom_id": "AG100042P1",
                "amount": { "currency_code": "EUR", "value": "54.85" } }],
            "payment_source": { "paypal": { "experience_context": { "locale": "nl-NL", "shipping_preference": "NO_SHIPPING",
                "user_action": "PAY_NOW", "return_url": PROVEN, "cancel_url": STOPPED } } } })
    );
    assert_eq!(requests[1].headers["authorization"], "Bearer access-1");
    assert_eq!(requests[1].headers["paypal-request-id"], attempt().id.to_string().as_str());
}

#[tokio::test]
async fn an_approved_order_is_captured_with_the_key_of_its_attempt() {
    let server = answers("GET", ORDER, ok(&order_of("APPROVED", &json!([])))).await;
    let taken = order_of("COMPLETED", &capture_of("COMPLETED", "EUR", "54.85"));
    also(&server, "POST", CAPTURE, ResponseTemplate::new(201).set_body_json(taken)).await;

    let answer = status(&paypal(&server.uri()), &open_attempt()).await.unwrap().unwrap();

    assert_eq!((answer.event, answer.paid), (AttemptEvent::Paid, Money::cents(5485)));
    assert_eq!((answer.reference.as_str(), answer.provider_id.as_str()), ("AG100042P1", ID));
    assert_eq!(answer.transaction.as_deref(), Some("3C679366HH908993F"));
    let requests = server.received_requests().await.unwrap();
    assert_eq!(requests[2].headers["paypal-request-id"], format!("{}-capture", attempt().id).as_str());
    assert_eq!(requests[2].body, b"{}");
}

#[tokio::test]
async fn an_attempt_that_the_shop_gave_up_is_not_captured() {
    let server = answers("GET", ORDER, ok(&order_of("APPROVED", &json!([])))).await;
    for state in [
        AttemptState::Cancelled { at: NOW },
        AttemptState::Failed { at: NOW },
        AttemptState::Expired { at: NOW },
        AttemptState::Paid { at: NOW },
    ] {
        let given_up = Attempt { state, ..open_attempt() };

        let answer = status(&paypal(&server.uri()), &given_up).await.unwrap().unwrap();

        assert_eq!((answer.event, answer.paid), (AttemptEvent::Opened, Money::ZERO), "{state:?}");
    }
    assert_eq!(calls(&server, CAPTURE).await, 0);
}

#[tokio::test]
async fn an_order_that_waits_for_no_money_any_more_is_not_captured() {
    let server = answers("GET", ORDER, ok(&order_of("APPROVED", &json!([])))).await;
    let lapsed = OrderState::Cancelled { at: NOW, reason: CancelReason::NotPaid, paid_at: None };
    for state in [lapsed, OrderState::Paid { at: NOW }, OrderState::Shipped { paid_at: NOW, at: NOW }] {
        let ours = order(Method::PayPal, state);

        let answer = paypal(&server.uri()).status(&open_attempt(), &ours).await.unwrap().unwrap();

        assert_eq!((answer.event, answer.paid), (AttemptEvent::Opened, Money::ZERO), "{state:?}");
    }
    assert_eq!(calls(&server, CAPTURE).await, 0);
}

#[tokio::test]
async fn each_state_of_theirs_is_one_of_ours() {
    let none = json!([]);
    let cases = [
        ("CREATED", none.clone(), AttemptEvent::Opened, 0),
        ("SAVED", none.clone(), AttemptEvent::Opened, 0),
        ("PAYER_ACTION_REQUIRED", none.clone(), AttemptEvent::Opened, 0),
        ("VOIDED", none, AttemptEvent::Cancelled, 0),
        ("COMPLETED", capture_of("PENDING", "EUR", "54.85"), AttemptEvent::Opened, 0),
        ("COMPLETED", capture_of("DECLINED", "EUR", "54.85"), AttemptEvent::Failed, 0),
        ("COMPLETED", capture_of("FAILED", "EUR", "54.85"), AttemptEvent::Failed, 0),
        ("COMPLETED", capture_of("COMPLETED", "EUR", "54.80"), AttemptEvent::Paid, 5480),
        ("COMPLETED", capture_of("PARTIALLY_REFUNDED", "EUR", "54.85"), AttemptEvent::Paid, 5485),
        ("COMPLETED", capture_of("REFUNDED", "EUR", "54.85"), AttemptEvent::Paid, 5485),
    ];

    for (state, captures, event, paid) in cases {
        let server = answers("GET", ORDER, ok(&order_of(state, &captures))).await;

        let answer = status(&paypal(&server.uri()), &open_attempt()).await.unwrap().unwrap();

        assert_eq!((answer.event, answer.paid), (event, Money::cents(paid)), "{state} {captures}");
        assert_eq!(answer.transaction.is_some(), event == AttemptEvent::Paid);
    }
}

#[tokio::test]
async fn the_access_token_is_kept_until_five_minutes_before_its_end() {
    let server = answers("POST", ORDERS, made()).await;
    let clock = TestClock::at(NOW);
    let provider = PayPal::new(settings(&server.uri()), clock.clone()).unwrap();

    start(&provider, &new_attempt()).await.unwrap();
    clock.advance(Seconds(32_400 - 301));
    start(&provider, &new_attempt()).await.unwrap();
    assert_eq!(calls(&server, TOKEN).await, 1);

    clock.advance(Seconds(2));
    start(&provider, &new_attempt()).await.unwrap();
    assert_eq!(calls(&server, TOKEN).await, 2);
}

#[tokio::test]
async fn a_refused_token_is_renewed_and_the_call_repeated_once() {
    let server = MockServer::start().await;
    Mock::given(path(TOKEN)).respond_with(access("old")).up_to_n_times(1).mount(&server).await;
    Mock::given(path(TOKEN)).respond_with(access("new")).mount(&server).await;
    let old = Mock::given(path(ORDERS)).and(header("authorization", "Bearer old"));
    old.respond_with(refusal(401, "AUTHENTICATION_FAILURE", "INVALID_TOKEN")).mount(&server).await;
    Mock::given(path(ORDERS)).and(header("authorization", "Bearer new")).respond_with(made()).mount(&server).await;

    let started = start(&paypal(&server.uri()), &new_attempt()).await;

    assert!(started.is_ok(), "{started:?}");
    assert_eq!((calls(&server, TOKEN).await, calls(&server, ORDERS).await), (2, 2));
}

#[tokio::test]
async fn a_refund_names_its_amount_and_its_key() {
    let at = "/v2/payments/captures/3C679366HH908993F/refund";
    let done = json!({ "id": "1JU08902781691411", "status": "COMPLETED" });
    let server = answers("POST", at, ResponseTemplate::new(201).set_body_json(done)).await;

    let refunded = refund(&paypal(&server.uri()), "3C679366HH908993F", 1995, "refund-key-1").await.unwrap();

    assert_eq!((refunded.id.as_str(), refunded.standing), ("1JU08902781691411", RefundStanding::Done));
    let requests = server.received_requests().await.unwrap();
    assert_eq!(requests[1].headers["paypal-request-id"], "refund-key-1");
    let sent: Value = requests[1].body_json().unwrap();
    assert_eq!(sent, json!({ "amount": { "currency_code": "EUR", "value": "19.95" } }));
}
