//! Paying afterwards with Klarna: for whom it is offered, and what a yes or a no does to the order.

use crate::support::*;
use shop_core::ShopError;
use shop_core::checkout::TypedDetails;
use shop_core::id::AttemptId;
use shop_core::order::{OrderNumber, Tracking};
use shop_core::payment::{AttemptState, Method, NoInvoice};
use shop_core::time::Seconds;
use shop_flows::checkout::NextStep;
use shop_sandbox::klarna::{OrderStatus, Outcome};

async fn attempt_of(at: &TestShop, number: &OrderNumber) -> AttemptId {
    let order = at.order(number).await;
    at.shop.store.read().await.unwrap().attempts(order.id).await.unwrap().last().unwrap().id
}

#[tokio::test]
async fn a_yes_of_klarna_settles_the_order_once_however_often_it_is_asked_about() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 1).await;
    let number = at.browser().buy(dress, Method::Klarna).await;
    let attempt = attempt_of(&at, &number).await;
    at.shop.ask(attempt).await.unwrap();
    assert_eq!(at.attempt_states(&number).await, ["open"]);

    at.sandbox.klarna().outcome(number.as_str(), Outcome::Approve).await.unwrap();
    at.shop.ask(attempt).await.unwrap();
    at.shop.ask(attempt).await.unwrap();

    assert_eq!(at.attempt_states(&number).await, ["paid"]);
    assert_eq!((at.order(&number).await.state.name(), at.order(&number).await.method), ("paid", Method::Klarna));
    let orders = at.sandbox.klarna().orders();
    assert_eq!((orders.len(), orders[0].status, orders[0].order_amount), (1, OrderStatus::Authorized, 4990));
    assert_eq!(orders[0].captured_amount, 0, "the invoice is made when the parcel leaves");
    assert_eq!((at.movements().await, at.tasks().await), (vec![("sold".to_owned(), 1)], vec![]));
}

#[tokio::test]
async fn a_no_of_klarna_leaves_the_order_to_be_paid_in_another_way_without_typing_again() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 1).await;
    let mut marieke = at.browser();
    let number = marieke.buy(dress, Method::Klarna).await;

    at.sandbox.klarna().outcome(number.as_str(), Outcome::Decline).await.unwrap();
    at.shop.ask(attempt_of(&at, &number).await).await.unwrap();

    assert_eq!(at.attempt_states(&number).await, ["failed"]);
    assert_eq!(at.stock(dress).await, (1, 1), "the piece stays hers");
    let next = at.shop.pay_again(&marieke.visitor().await, &number, "ideal").await.unwrap();
    let announced = at.sandbox.rabo().order("AG100001P2").unwrap();
    assert_eq!(next, NextStep::Pay(at.sandbox.rabo().pay_url(&announced)));
    assert_eq!(at.sandbox.klarna().orders(), []);
}

#[tokio::test]
async fn who_may_not_pay_afterwards_is_refused_where_it_is_chosen_and_where_it_counts() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 1).await;
    let mut marieke = at.browser();
    marieke.fill_in(dress, "marieke@voorbeeld.nl", Method::Klarna).await;
    let visitor = marieke.visitor().await;
    let boxed = TypedDetails { street: "Postbus".to_owned(), ..details("marieke@voorbeeld.nl") };
    assert_eq!(at.shop.send_details(&visitor, boxed, false).await, Ok(true));

    let pressed = marieke.press(TOTAL).await;
    let chosen = at.shop.send_method(&visitor, "klarna").await;

    assert_eq!(pressed, Err(ShopError::NoInvoice(NoInvoice::PostBox)));
    assert_eq!(chosen, Ok(false));
    assert_eq!((at.count("orders").await, at.count("attempts").await), (0, 0));
    assert_eq!(at.sandbox.klarna().hosted_pages(), [], "Klarna heard nothing");
}

#[tokio::test]
async fn a_notice_counts_only_at_the_address_that_klarna_was_given() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 1).await;
    let number = at.browser().buy(dress, Method::Klarna).await;
    at.sandbox.klarna().outcome(number.as_str(), Outcome::Approve).await.unwrap();

    let guessed = at.shop.notice_about("klarna", "AG100001P1-0000000000000000000000000000000000000000").await;

    assert_eq!(guessed, Err(shop_flows::ports::NoticeError::Forged));
    assert_eq!(at.attempt_states(&number).await, ["open"]);
}

#[tokio::test]
async fn klarna_pays_when_the_parcel_leaves_and_once() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 1).await;
    let number = at.browser().buy(dress, Method::Klarna).await;
    let attempt = attempt_of(&at, &number).await;
    at.sandbox.klarna().outcome(number.as_str(), Outcome::Approve).await.unwrap();
    at.shop.ask(attempt).await.unwrap();

    at.shop.ship("Ineke", &number, Tracking::parse("3SABCD1234567").unwrap()).await.unwrap();
    at.run_jobs().await;
    at.shop.take_promised(attempt).await.unwrap();

    let order = at.sandbox.klarna().orders().remove(0);
    assert_eq!((order.status, order.captured_amount), (OrderStatus::Captured, 4990));
    let taken = at.timeline(&number).await.into_iter().filter(|event| event.contains("taken")).count();
    assert_eq!((taken, at.tasks().await), (1, vec![]));
}

#[tokio::test]
async fn a_cancelled_order_is_let_go_of_at_klarna_and_nothing_has_to_be_paid_back() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 1).await;
    let mut marieke = at.browser();
    let number = marieke.buy(dress, Method::Klarna).await;
    at.sandbox.klarna().outcome(number.as_str(), Outcome::Approve).await.unwrap();
    at.shop.ask(attempt_of(&at, &number).await).await.unwrap();

    at.shop.cancel_order(&marieke.visitor().await, &number).await.unwrap();
    at.run_jobs().await;

    assert_eq!(at.sandbox.klarna().orders()[0].status, OrderStatus::Cancelled);
    assert_eq!((at.stock(dress).await, at.tasks().await), ((1, 0), vec![]));
}

#[tokio::test]
async fn a_late_yes_for_a_cancelled_order_places_nothing_at_klarna() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 1).await;
    let mut marieke = at.browser();
    let number = marieke.buy(dress, Method::Klarna).await;
    let attempt = attempt_of(&at, &number).await;
    at.shop.cancel_order(&marieke.visitor().await, &number).await.unwrap();

    at.sandbox.klarna().outcome(number.as_str(), Outcome::Approve).await.unwrap();
    at.shop.ask(attempt).await.unwrap();
    at.run_jobs().await;

    assert_eq!(at.order(&number).await.state.name(), "cancelled");
    assert_eq!((at.sandbox.klarna().orders(), at.tasks().await), (vec![], vec![]));
}

#[tokio::test]
async fn a_yes_after_a_no_is_heard_and_pays_the_order_that_still_waits() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 1).await;
    let number = at.browser().buy(dress, Method::Klarna).await;
    let mut attempt = at.attempts(&number).await.remove(0);
    attempt.state = AttemptState::Failed { at: NOW };
    let mut tx = at.shop.store.begin().await.unwrap();
    tx.save_attempt(&mut attempt).await.unwrap();
    tx.commit().await.unwrap();

    let moved = at.sandbox.klarna().outcome(number.as_str(), Outcome::Approve).await.unwrap();
    at.shop.returned("klarna", &query_of(&moved.return_url.unwrap())).await;
    at.advance(Seconds::minutes(2)).await;
    at.run_jobs().await;

    assert_eq!((at.attempt_states(&number).await, at.order(&number).await.state.name()), (vec!["paid"], "paid"));
    assert_eq!(at.tasks().await, vec![]);
}
