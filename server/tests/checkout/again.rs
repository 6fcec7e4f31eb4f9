//! Paying again after a try that brought nothing.

use crate::support::*;
use shop_core::ShopError;
use shop_core::order::OrderState;
use shop_core::payment::Method;
use shop_core::time::Seconds;
use shop_flows::checkout::NextStep;
use shop_sandbox::Outcome;

#[tokio::test]
async fn after_each_way_to_fail_the_same_order_is_paid_by_another_method() {
    for (outcome, state) in [(Outcome::Fail, "failed"), (Outcome::Cancel, "cancelled"), (Outcome::Expire, "expired")] {
        let at = TestShop::open().await;
        let dress = at.dress(1, 1).await;
        let mut marieke = at.browser();
        let number = marieke.buy(dress, Method::Ideal).await;
        at.at_the_provider("AG100001P1", outcome).await;
        assert_eq!(at.attempt_states(&number).await, [state]);
        assert_eq!(at.stock(dress).await, (1, 1), "the piece stays hers");

        at.advance(Seconds::minutes(5)).await;
        let next = at.shop.pay_again(&marieke.visitor().await, &number, "card").await.unwrap();

        let announced = at.sandbox.rabo().order("AG100001P2").unwrap();
        assert_eq!(next, NextStep::Pay(at.sandbox.rabo().pay_url(&announced)));
        assert_eq!((announced.amount, announced.payment_brand.as_deref()), (4990, Some("CARDS")));
        let renewed = NOW.plus(Seconds::minutes(5)).plus(Seconds::hours(2));
        assert_eq!(at.order(&number).await.state, OrderState::AwaitingPayment { until: renewed });

        at.at_the_provider("AG100001P2", Outcome::Pay).await;

        assert_eq!(at.attempt_states(&number).await, [state, "paid"]);
        let order = at.order(&number).await;
        assert_eq!((order.state.name(), order.method), ("paid", Method::Card));
        assert_eq!(at.movements().await, [("sold".to_owned(), 1)]);
        assert_eq!((at.count("orders").await, at.tasks().await), (1, vec![]));
    }
}

#[tokio::test]
async fn a_refusal_on_the_providers_page_that_she_repairs_there_is_one_attempt() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 1).await;
    let number = at.browser().buy(dress, Method::Ideal).await;

    at.sandbox.rabo().outcome("AG100001P1", Outcome::Decline).await.unwrap();
    at.at_the_provider("AG100001P1", Outcome::Pay).await;

    assert_eq!(at.attempt_states(&number).await, ["paid"]);
    assert_eq!(at.order(&number).await.state.name(), "paid");
}

#[tokio::test]
async fn an_open_attempt_of_the_same_method_is_continued() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 1).await;
    let mut marieke = at.browser();
    let number = marieke.buy(dress, Method::Ideal).await;
    let before = at.everything().await;

    let next = at.shop.pay_again(&marieke.visitor().await, &number, "ideal").await.unwrap();

    assert_eq!(next, NextStep::Pay(at.sandbox.rabo().pay_url(&at.sandbox.rabo().order("AG100001P1").unwrap())));
    assert_eq!(at.everything().await, before);
}

#[tokio::test]
async fn two_tabs_that_pay_again_at_the_same_moment_make_one_attempt() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 1).await;
    let mut marieke = at.browser();
    let number = marieke.buy(dress, Method::Ideal).await;
    at.at_the_provider("AG100001P1", Outcome::Cancel).await;
    let visitor = marieke.visitor().await;

    let (one, two) =
        tokio::join!(at.shop.pay_again(&visitor, &number, "ideal"), at.shop.pay_again(&visitor, &number, "ideal"));

    assert!(one.is_ok() && two.is_ok(), "{one:?} {two:?}");
    assert_eq!(at.attempt_states(&number).await, ["cancelled", "open"]);
    assert_eq!(at.sandbox.rabo().orders().len(), 2);
}

#[tokio::test]
async fn choosing_the_transfer_again_changes_neither_its_date_nor_sends_another_mail() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 1).await;
    let mut marieke = at.browser();
    let number = marieke.buy(dress, Method::BankTransfer).await;
    at.run_jobs().await;
    at.advance(Seconds::days(3)).await;
    let visitor = marieke.visitor().await;
    let before = at.everything().await;

    assert_eq!(at.shop.pay_again(&visitor, &number, "bank_transfer").await, Ok(NextStep::Order(number.clone())));

    assert_eq!(at.everything().await, before);
}

#[tokio::test]
async fn trying_ideal_does_not_shorten_the_time_that_was_promised_for_a_transfer() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 1).await;
    let mut marieke = at.browser();
    let number = marieke.buy(dress, Method::BankTransfer).await;

    at.shop.pay_again(&marieke.visitor().await, &number, "ideal").await.unwrap();
    at.at_the_provider("AG100001P2", Outcome::Cancel).await;
    at.advance(Seconds::days(1)).await;
    at.run_jobs().await;

    assert_eq!(at.order(&number).await.state, OrderState::AwaitingPayment { until: NOW.plus(Seconds::days(14)) });
    at.shop.transfer_received("Ineke", &number).await.unwrap();
    assert_eq!(at.attempt_states(&number).await, ["paid", "cancelled"]);
    assert_eq!(at.order(&number).await.method, Method::BankTransfer);
}

#[tokio::test]
async fn from_ideal_to_a_transfer_gives_its_term_its_mail_and_its_reminder() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 1).await;
    let mut marieke = at.browser();
    let number = marieke.buy(dress, Method::Ideal).await;
    at.at_the_provider("AG100001P1", Outcome::Cancel).await;

    let next = at.shop.pay_again(&marieke.visitor().await, &number, "bank_transfer").await;

    assert_eq!(next, Ok(NextStep::Order(number.clone())));
    assert_eq!(at.order(&number).await.state, OrderState::AwaitingPayment { until: NOW.plus(Seconds::days(14)) });
    assert_eq!(at.jobs().await, ["ask", "mail_confirmation", "mail_reminder"]);
}

#[tokio::test]
async fn a_transfer_is_not_waited_for_any_more_when_the_order_is_paid_in_another_way() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 1).await;
    let mut marieke = at.browser();
    let number = marieke.buy(dress, Method::Ideal).await;
    at.shop.pay_again(&marieke.visitor().await, &number, "bank_transfer").await.unwrap();
    assert_eq!(at.attempt_states(&number).await, ["open", "open"]);

    at.at_the_provider("AG100001P1", Outcome::Pay).await;

    assert_eq!(at.attempt_states(&number).await, ["paid", "cancelled"]);
    assert_eq!((at.order(&number).await.method, at.tasks().await), (Method::Ideal, vec![]));
}

#[tokio::test]
async fn a_paid_order_is_not_paid_again() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 1).await;
    let mut marieke = at.browser();
    let number = marieke.buy(dress, Method::Ideal).await;
    at.at_the_provider("AG100001P1", Outcome::Pay).await;
    let before = at.everything().await;
    let visitor = marieke.visitor().await;

    assert_eq!(at.shop.pay_again(&visitor, &number, "card").await, Ok(NextStep::Order(number.clone())));
    assert_eq!(at.shop.pay_again(&visitor, &number, "paypal").await, Err(ShopError::PaymentUnavailable));
    assert_eq!(at.everything().await, before);
}

#[tokio::test]
async fn who_closed_the_providers_page_gets_one_mail_with_the_way_back() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 1).await;
    let number = at.browser().buy(dress, Method::Ideal).await;

    at.advance(Seconds::minutes(21)).await;
    at.run_jobs().await;
    at.advance(Seconds::minutes(45)).await;
    at.run_jobs().await;

    assert_eq!(at.subjects("marieke@voorbeeld.nl"), [format!("Je bestelling {number} staat nog voor je klaar")]);
    assert_eq!(at.timeline(&number).await.iter().filter(|event| *event == "way_back").count(), 1);
}

#[tokio::test]
async fn who_paid_after_all_or_tries_again_is_not_shown_a_way_back() {
    let at = TestShop::open().await;
    let (paid, again) = (at.dress(1, 1).await, at.dress(2, 1).await);
    at.browser().buy(paid, Method::Ideal).await;
    at.at_the_provider("AG100001P1", Outcome::Pay).await;
    let mut marieke = at.browser();
    let number = marieke.buy(again, Method::Ideal).await;
    at.at_the_provider("AG100002P1", Outcome::Cancel).await;
    at.advance(Seconds::minutes(19)).await;
    at.shop.pay_again(&marieke.visitor().await, &number, "card").await.unwrap();

    at.advance(Seconds::minutes(2)).await;
    at.run_jobs().await;

    assert!(at.timeline(&number).await.iter().all(|event| event != "way_back"));
}
