//! After the order: cancelling and shipping.

use crate::support::*;
use shop_core::ShopError;
use shop_core::order::{CancelReason, OrderState, Tracking};
use shop_core::payment::Method;
use shop_sandbox::Outcome;

#[tokio::test]
async fn cancelling_before_it_is_paid_frees_the_piece_and_owes_nothing() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 1).await;
    let mut marieke = at.browser();
    let number = marieke.buy(dress, Method::BankTransfer).await;

    at.shop.cancel_order(&marieke.visitor().await, &number).await.unwrap();

    assert_eq!(
        at.order(&number).await.state,
        OrderState::Cancelled { at: NOW, reason: CancelReason::Shopper, paid_at: None }
    );
    assert_eq!(at.attempt_states(&number).await, ["cancelled"]);
    assert_eq!(at.stock(dress).await, (1, 0));
    assert_eq!((at.movements().await, at.tasks().await), (vec![], vec![]));
    assert_eq!(at.shop.product("jurk-madelief-1").unwrap().variants[0].available, 1);
}

#[tokio::test]
async fn cancelling_after_it_is_paid_brings_the_piece_back_and_asks_a_person_for_the_refund() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 1).await;
    let mut marieke = at.browser();
    let number = marieke.buy(dress, Method::Ideal).await;
    at.at_the_provider("AG100001P1", Outcome::Pay).await;
    assert_eq!(at.stock(dress).await, (0, 0));

    at.shop.cancel_order(&marieke.visitor().await, &number).await.unwrap();

    assert_eq!(
        at.order(&number).await.state,
        OrderState::Cancelled { at: NOW, reason: CancelReason::Shopper, paid_at: Some(NOW) }
    );
    assert_eq!(at.stock(dress).await, (1, 0));
    assert_eq!(at.movements().await, [("sold".to_owned(), 1), ("returned".to_owned(), 1)]);
    assert_eq!(at.tasks().await, [("refund_due".to_owned(), "49.90 must be paid back".to_owned())]);
    assert_eq!(at.attempt_states(&number).await, ["paid"]);

    let before = at.everything().await;
    assert_eq!(at.shop.cancel_order(&marieke.visitor().await, &number).await, Err(ShopError::TooLate));
    assert_eq!(at.everything().await, before);
}

#[tokio::test]
async fn what_was_shipped_cannot_be_cancelled() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 1).await;
    let mut marieke = at.browser();
    let number = marieke.buy(dress, Method::Ideal).await;
    let tracking = Tracking::parse("3SABCD1234567").unwrap();
    assert_eq!(
        at.shop.ship("Ineke", &number, tracking.clone()).await,
        Err(ShopError::TooLate),
        "not before it is paid"
    );
    at.at_the_provider("AG100001P1", Outcome::Pay).await;

    at.shop.ship("Ineke", &number, tracking.clone()).await.unwrap();
    at.run_jobs().await;

    let order = at.order(&number).await;
    assert_eq!(
        (order.state, order.tracking.clone()),
        (OrderState::Shipped { paid_at: NOW, at: NOW }, Some(tracking.clone()))
    );
    assert_eq!(at.mails.sent().len(), 2);
    assert!(at.mails.sent()[1].text.contains("3SABCD1234567"));

    let before = at.everything().await;
    assert_eq!(at.shop.cancel_order(&marieke.visitor().await, &number).await, Err(ShopError::TooLate));
    assert_eq!(at.shop.cancel_by_owner("Ineke", &number).await, Err(ShopError::TooLate));
    assert_eq!(at.shop.ship("Ineke", &number, tracking).await, Err(ShopError::TooLate));
    assert_eq!(at.everything().await, before);
}

#[tokio::test]
async fn money_for_an_order_that_was_cancelled_meanwhile_becomes_a_task() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 1).await;
    let mut marieke = at.browser();
    let number = marieke.buy(dress, Method::Ideal).await;
    at.shop.cancel_order(&marieke.visitor().await, &number).await.unwrap();

    at.at_the_provider("AG100001P1", Outcome::Pay).await;

    assert_eq!(at.order(&number).await.state.name(), "cancelled");
    assert_eq!(at.attempt_states(&number).await, ["paid"]);
    assert_eq!(at.tasks().await, [("paid_after_end".to_owned(), "AG100001P1 received 49.90".to_owned())]);
    assert_eq!(at.stock(dress).await, (1, 0));
    let mails: Vec<String> = at.mails.sent().into_iter().map(|mail| mail.subject).collect();
    assert_eq!((at.movements().await, mails), (vec![], vec!["Bestelling AG100001 is geannuleerd".to_owned()]));
}
