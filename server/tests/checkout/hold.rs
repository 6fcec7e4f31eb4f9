//! What checkout holds, and for how long.

use crate::support::*;
use shop_core::ShopError;
use shop_core::cart::CartError;
use shop_core::catalog::Availability;
use shop_core::payment::Method;
use shop_core::stock::Hold;
use shop_core::time::Seconds;
use shop_flows::checkout::NextStep;

#[tokio::test]
async fn a_hold_ends_after_twenty_minutes_and_tidying_frees_it() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 1).await;
    let mut marieke = at.browser();
    marieke.add(dress, 1).await.unwrap();
    assert_eq!(
        at.shop.hold_cart(&marieke.visitor().await).await,
        Ok(Hold { until: NOW.plus(Seconds::minutes(20)), extended: 0 })
    );

    at.advance(Seconds(20 * 60 - 1)).await;
    at.run_jobs().await;
    assert_eq!(at.stock(dress).await, (1, 1));
    assert_eq!(at.shop.product("jurk-madelief-1").unwrap().variants[0].available, 0);

    at.advance(Seconds(31)).await;
    at.run_jobs().await;
    assert_eq!(at.stock(dress).await, (1, 0));
    assert_eq!(at.shop.product("jurk-madelief-1").unwrap().variants[0].available, 1);
    assert_eq!(at.count("cart_lines").await, 1, "what she picked stays");
}

#[tokio::test]
async fn a_hold_can_be_extended_ten_times_each_for_twenty_minutes() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 1).await;
    let mut marieke = at.browser();
    marieke.add(dress, 1).await.unwrap();
    at.shop.hold_cart(&marieke.visitor().await).await.unwrap();

    for time in 1..=10 {
        at.advance(Seconds::minutes(19)).await;
        let until = at.shop.clock.now().plus(Seconds::minutes(20));
        assert_eq!(at.shop.extend_hold(&marieke.visitor().await).await, Ok(Hold { until, extended: time }));
    }
    at.run_jobs().await;
    let before = at.everything().await;

    assert_eq!(at.shop.extend_hold(&marieke.visitor().await).await, Err(ShopError::TooLate));
    assert_eq!(at.everything().await, before);
    assert_eq!(at.stock(dress).await, (1, 1));
}

#[tokio::test]
async fn who_comes_back_after_the_hold_still_gets_what_is_there() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 1).await;
    let mut marieke = at.browser();
    marieke.fill_in(dress, "marieke@voorbeeld.nl", Method::Ideal).await;
    at.advance(Seconds::minutes(30)).await;
    at.run_jobs().await;
    assert_eq!(at.stock(dress).await, (1, 0));

    let next = marieke.press(TOTAL).await;

    assert!(matches!(next, Ok(NextStep::Pay(_))), "{next:?}");
    assert_eq!(at.stock(dress).await, (1, 1));
}

#[tokio::test]
async fn who_comes_back_after_the_hold_to_an_empty_shelf_orders_nothing_and_keeps_what_she_typed() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 1).await;
    let (mut marieke, mut bea) = (at.browser(), at.browser());
    marieke.fill_in(dress, "marieke@voorbeeld.nl", Method::Ideal).await;
    at.advance(Seconds::minutes(30)).await;
    at.run_jobs().await;
    bea.buy(dress, Method::Ideal).await;
    let before = at.everything().await;

    let refused = marieke.press(TOTAL).await;

    assert_eq!(refused, Err(ShopError::Cart(CartError::SoldOut { variant: dress, left: Availability::SoldOut })));
    assert_eq!(at.everything().await, before);
    assert_eq!(at.count("checkout_drafts").await, 1);
}

#[tokio::test]
async fn changing_the_cart_lets_go_of_what_was_held() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 3).await;
    let mut marieke = at.browser();
    marieke.add(dress, 2).await.unwrap();
    at.shop.hold_cart(&marieke.visitor().await).await.unwrap();
    assert_eq!(at.stock(dress).await, (3, 2));

    marieke.add(dress, 1).await.unwrap();
    assert_eq!(at.stock(dress).await, (3, 0));

    at.shop.hold_cart(&marieke.visitor().await).await.unwrap();
    let before = at.everything().await;
    assert_eq!(
        marieke.add(dress, 1).await,
        Err(ShopError::Cart(CartError::SoldOut { variant: dress, left: Availability::Plenty }))
    );
    assert_eq!(at.everything().await, before, "a change that is refused lets go of nothing");

    let mut visitor = marieke.visitor().await;
    at.shop.change_quantity(&mut visitor, dress, 0).await.unwrap();
    assert_eq!(at.stock(dress).await, (3, 0));
    assert_eq!(at.shop.hold_cart(&visitor).await, Err(ShopError::EmptyCart));
}
