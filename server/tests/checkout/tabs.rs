//! Two tabs of one browser: what one does is not undone by the other, which looked a moment earlier.

use crate::support::*;
use shop_core::ShopError;
use shop_core::cart::Quantity;
use shop_core::payment::Method;
use shop_core::time::Seconds;

#[tokio::test]
async fn an_order_placed_in_one_tab_stays_hers_when_the_other_tab_fills_a_new_bag() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 5).await;
    let mut marieke = at.browser();
    marieke.fill_in(dress, "marieke@voorbeeld.nl", Method::Ideal).await;
    let mut other_tab = marieke.visitor().await;
    marieke.press(TOTAL).await.unwrap();

    at.shop.add_to_cart(&mut other_tab, dress, Quantity::ONE).await.unwrap();

    let visitor = marieke.visitor().await;
    let session = visitor.session.clone().unwrap();
    assert_eq!(session.orders.len(), 1);
    assert!(at.shop.order(&visitor, &session.orders[0]).await.is_ok());
    assert_eq!(at.shop.filled_cart(&visitor, Default::default()).await.unwrap().lines.len(), 1);
}

#[tokio::test]
async fn two_first_pieces_from_two_tabs_are_both_in_the_bag() {
    let at = TestShop::open().await;
    let (one, two) = (at.dress(1, 5).await, at.dress(2, 5).await);
    let mut marieke = at.browser();
    marieke.buy(one, Method::Ideal).await;
    let (mut left, mut right) = (marieke.visitor().await, marieke.visitor().await);

    at.shop.add_to_cart(&mut left, one, Quantity::ONE).await.unwrap();
    at.shop.add_to_cart(&mut right, two, Quantity::ONE).await.unwrap();

    let cart = at.shop.filled_cart(&marieke.visitor().await, Default::default()).await.unwrap();
    assert_eq!(cart.lines.len(), 2);
}

#[tokio::test]
async fn a_request_that_began_before_signing_out_does_not_bring_the_session_back() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 5).await;
    let mut marieke = at.browser();
    marieke.sign_in("marieke@voorbeeld.nl").await;
    let stolen = marieke.clone();
    let mut slow = marieke.visitor().await;
    let mut visitor = marieke.visitor().await;
    at.shop.sign_out(&mut visitor).await.unwrap();
    let before = at.everything().await;

    assert_eq!(at.shop.add_to_cart(&mut slow, dress, Quantity::ONE).await, Err(ShopError::Conflict));
    assert_eq!(at.shop.set_flash(&mut slow, Some("…".to_owned())).await, Err(ShopError::Conflict));

    assert_eq!(at.everything().await, before);
    assert!(stolen.visitor().await.session.is_none());
}

#[tokio::test]
async fn a_session_lives_sixty_days_after_its_last_use() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 5).await;
    let mut marieke = at.browser();
    marieke.add(dress, 1).await.unwrap();

    at.advance(Seconds::days(59)).await;
    let visitor = marieke.visitor().await;
    assert!(visitor.session.is_some());
    assert!(visitor.new_cookie.is_some(), "the cookie gets a new date too");
    marieke.keep(visitor);
    at.advance(Seconds::days(59)).await;
    at.run_jobs().await;
    assert!(marieke.visitor().await.session.is_some());

    at.advance(Seconds::days(61)).await;
    assert!(marieke.visitor().await.session.is_none());
    at.run_jobs().await;
    assert_eq!((at.count("sessions").await, at.count("carts").await), (0, 0));
}

#[tokio::test]
async fn a_bag_that_another_tab_changed_is_held_as_it_is_now() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 5).await;
    let mut marieke = at.browser();
    marieke.add(dress, 1).await.unwrap();
    let visitor = marieke.visitor().await;
    marieke.add(dress, 2).await.unwrap();

    at.shop.hold_cart(&visitor).await.unwrap();

    assert_eq!(at.stock(dress).await, (5, 3));
}
