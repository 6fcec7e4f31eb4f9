//! The provider cannot do it, or nobody knows whether it did: the order stays, and nobody pays twice.

use crate::support::*;
use shop_core::payment::Method;
use shop_core::time::Seconds;
use shop_flows::checkout::NextStep;
use shop_sandbox::{Fault, FaultKind, Outcome};
use wiremock::matchers::{method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

const ANNOUNCE: &str = "/omnikassa-api/order/server/api/v2/order";

#[tokio::test]
async fn whatever_goes_wrong_at_the_announcement_the_second_try_is_the_only_one_that_is_paid() {
    // What goes wrong, how the first attempt stands, whether the provider has it all the same.
    let cases = [
        (FaultKind::ServerError, "created", false),
        (FaultKind::TooManyRequests, "failed", false),
        (FaultKind::ResetAfterWrite, "created", true),
        (FaultKind::Slow, "created", false),
    ];
    for (kind, state, exists) in cases {
        let at = TestShop::open().await;
        let dress = at.dress(1, 1).await;
        let mut marieke = at.browser();
        marieke.fill_in(dress, "marieke@voorbeeld.nl", Method::Ideal).await;
        at.sandbox.rabo().faults().add(Fault::on_path(kind, 1, "v2/order"));

        let next = marieke.press(TOTAL).await.unwrap();

        let number = marieke.visitor().await.session.unwrap().orders[0].clone();
        assert_eq!(next, NextStep::Order(number.clone()), "{kind:?}");
        assert_eq!(at.attempt_states(&number).await, [state], "{kind:?}");
        assert_eq!(at.order(&number).await.state.name(), "awaiting_payment");
        assert_eq!(at.stock(dress).await, (1, 1));

        let next = at.shop.pay_again(&marieke.visitor().await, &number, "ideal").await.unwrap();
        let second = at.sandbox.rabo().order("AG100001P2").unwrap();
        assert_eq!(next, NextStep::Pay(at.sandbox.rabo().pay_url(&second)), "{kind:?}");
        at.at_the_provider("AG100001P2", Outcome::Pay).await;
        assert_eq!(at.sandbox.rabo().order("AG100001P1").is_some(), exists, "{kind:?}");
        at.advance(Seconds::hours(3)).await;
        at.notice_arrives().await;
        at.run_jobs().await;

        // What the provider never heard of ends as well.
        let first = if state == "created" { "expired" } else { state };
        assert_eq!(at.attempt_states(&number).await, [first, "paid"], "{kind:?}");
        assert_eq!(at.order(&number).await.state.name(), "paid");
        assert_eq!(at.sandbox.rabo().totals().completed, 4990, "{kind:?}");
        assert_eq!(
            (at.movements().await, at.mails.sent().len(), at.tasks().await),
            (vec![("sold".to_owned(), 1)], 1, vec![]),
            "{kind:?}"
        );
    }
}

#[tokio::test]
async fn an_expired_token_is_no_trouble_to_the_shopper() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 1).await;
    at.sandbox.rabo().faults().add(Fault::on_path(FaultKind::TokenExpired, 1, "v2/order"));

    let number = at.browser().buy(dress, Method::Ideal).await;

    assert_eq!(at.attempt_states(&number).await, ["open"]);
    assert_eq!(at.sandbox.rabo().orders().len(), 1);
}

#[tokio::test]
async fn a_page_of_a_proxy_instead_of_an_answer_is_neither_yes_nor_no() {
    let provider = MockServer::start().await;
    let token = serde_json::json!({ "token": "t", "validUntil": "2026-11-24T21:14:00.000+01:00", "durationInMillis": 3_600_000 });
    Mock::given(method("GET")).respond_with(ResponseTemplate::new(200).set_body_json(token)).mount(&provider).await;
    let html = ResponseTemplate::new(200).set_body_raw("<html><h1>Even geduld</h1></html>", "text/html");
    Mock::given(path(ANNOUNCE)).respond_with(html).up_to_n_times(1).mount(&provider).await;
    let announced = serde_json::json!({ "redirectUrl": "https://betalen.example/2", "omnikassaOrderId": "their-id-2" });
    Mock::given(path(ANNOUNCE))
        .respond_with(ResponseTemplate::new(201).set_body_json(announced))
        .mount(&provider)
        .await;
    let at = TestShop::with_provider_at(&provider.uri()).await;
    let dress = at.dress(1, 1).await;
    let mut marieke = at.browser();

    let number = marieke.buy(dress, Method::Ideal).await;
    assert_eq!(at.attempt_states(&number).await, ["created"]);
    assert_eq!(at.timeline(&number).await, ["placed", "attempt", "attempt_unknown"]);

    let next = at.shop.pay_again(&marieke.visitor().await, &number, "ideal").await;
    assert_eq!(next, Ok(NextStep::Pay("https://betalen.example/2".to_owned())));
    assert_eq!(at.attempt_states(&number).await, ["created", "open"]);
}

#[tokio::test]
async fn a_provider_that_is_not_there_costs_one_click_and_a_transfer_still_works() {
    // Nobody listens there: the port was free a moment ago.
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let at = TestShop::with_provider_at(&format!("http://{free}")).await;
    let dress = at.dress(1, 1).await;
    let mut marieke = at.browser();

    let number = marieke.buy(dress, Method::Ideal).await;
    assert_eq!(at.attempt_states(&number).await, ["failed"]);
    assert_eq!(at.timeline(&number).await, ["placed", "attempt", "attempt_failed"]);

    let next = at.shop.pay_again(&marieke.visitor().await, &number, "bank_transfer").await;
    assert_eq!(next, Ok(NextStep::Order(number.clone())));
    at.shop.transfer_received("Ineke", &number).await.unwrap();
    assert_eq!(at.attempt_states(&number).await, ["failed", "paid"]);
    assert_eq!((at.order(&number).await.state.name(), at.order(&number).await.method), ("paid", Method::BankTransfer));
}

#[tokio::test]
async fn an_order_lapses_also_when_the_provider_cannot_be_asked() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 1).await;
    let number = at.browser().buy(dress, Method::Ideal).await;
    at.sandbox.rabo().faults().add(Fault::on_path(FaultKind::ServerError, 9, "v2/orders"));

    at.advance(Seconds::hours(2)).await;
    at.run_jobs().await;

    assert_eq!(at.order(&number).await.state.name(), "cancelled");
    assert_eq!(at.stock(dress).await, (1, 0));
}
