//! One bag for all devices of an account (market rule C5), and what stays behind when she signs out.

use crate::support::*;
use shop_core::ShopError;
use shop_core::payment::Method;
use shop_flows::checkout::{NextStep, Place};

async fn quantities(at: &TestShop, browser: &Browser<'_>) -> Vec<u32> {
    let cart = at.shop.filled_cart(&browser.visitor().await, Default::default()).await.unwrap();
    cart.lines.iter().map(|line| line.line.quantity.get()).collect()
}

#[tokio::test]
async fn signing_in_joins_the_bags_of_phone_and_desk_and_both_see_later_changes() {
    let at = TestShop::open().await;
    let (dress, skirt) = (at.dress(1, 5).await, at.dress(2, 5).await);
    let (mut phone, mut desk) = (at.browser(), at.browser());
    phone.add(dress, 2).await.unwrap();
    phone.sign_in("marieke@voorbeeld.nl").await;
    desk.add(dress, 1).await.unwrap();
    desk.add(skirt, 1).await.unwrap();

    desk.sign_in("marieke@voorbeeld.nl").await;

    assert_eq!((quantities(&at, &phone).await, quantities(&at, &desk).await), (vec![2, 1], vec![2, 1]));
    assert_eq!(at.count("carts").await, 1);

    let mut visitor = phone.visitor().await;
    at.shop.change_quantity(&mut visitor, skirt, 3).await.unwrap();
    assert_eq!(quantities(&at, &desk).await, [2, 3]);
}

#[tokio::test]
async fn a_first_piece_on_one_device_is_in_the_bag_of_the_other() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 5).await;
    let (mut phone, mut desk) = (at.browser(), at.browser());
    phone.sign_in("marieke@voorbeeld.nl").await;
    desk.sign_in("marieke@voorbeeld.nl").await;

    phone.add(dress, 1).await.unwrap();

    assert_eq!(quantities(&at, &desk).await, [1]);
}

#[tokio::test]
async fn what_was_held_for_the_joined_bags_is_let_go_and_what_was_typed_goes_along() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 5).await;
    let (mut phone, mut desk) = (at.browser(), at.browser());
    phone.add(dress, 1).await.unwrap();
    phone.sign_in("marieke@voorbeeld.nl").await;
    desk.fill_in(dress, "marieke@voorbeeld.nl", Method::Ideal).await;
    at.shop.hold_cart(&desk.visitor().await).await.unwrap();
    assert_eq!(at.stock(dress).await, (5, 1));

    desk.sign_in("marieke@voorbeeld.nl").await;

    assert_eq!(at.stock(dress).await, (5, 0));
    let Place::Here(_, draft) = at.shop.checkout(&phone.visitor().await).await.unwrap() else { panic!("a bag") };
    assert_eq!((draft.typed.street.as_str(), draft.method), ("Grotestraat", Some(Method::Ideal)));
}

#[tokio::test]
async fn signing_out_leaves_the_pieces_but_nothing_that_was_typed() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 5).await;
    let mut marieke = at.browser();
    marieke.sign_in("marieke@voorbeeld.nl").await;
    marieke.fill_in(dress, "marieke@voorbeeld.nl", Method::Ideal).await;

    let mut visitor = marieke.visitor().await;
    at.shop.sign_out(&mut visitor).await.unwrap();
    marieke.keep(visitor);

    assert_eq!(quantities(&at, &marieke).await, [1]);
    let Place::Here(_, draft) = at.shop.checkout(&marieke.visitor().await).await.unwrap() else { panic!("a bag") };
    assert_eq!(draft.typed, shop_core::checkout::TypedDetails::default());
    assert_eq!((at.count("carts").await, at.count("checkout_drafts").await), (1, 0));
}

#[tokio::test]
async fn after_signing_out_the_bag_of_the_other_device_is_its_own() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 5).await;
    let (mut phone, mut desk) = (at.browser(), at.browser());
    phone.sign_in("marieke@voorbeeld.nl").await;
    desk.sign_in("marieke@voorbeeld.nl").await;
    phone.add(dress, 1).await.unwrap();

    let mut visitor = desk.visitor().await;
    at.shop.sign_out(&mut visitor).await.unwrap();
    at.shop.change_quantity(&mut visitor, dress, 4).await.unwrap();
    desk.keep(visitor);

    assert_eq!((quantities(&at, &phone).await, quantities(&at, &desk).await), (vec![1], vec![4]));
}

#[tokio::test]
async fn after_ordering_every_way_back_into_checkout_leads_to_the_order() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 5).await;
    let mut marieke = at.browser();
    marieke.fill_in(dress, "marieke@voorbeeld.nl", Method::Ideal).await;
    let mut other_tab = marieke.clone();
    let first = marieke.press(TOTAL).await.unwrap();
    assert!(matches!(first, NextStep::Pay(_)));
    let visitor = marieke.visitor().await;
    let number = visitor.session.as_ref().unwrap().orders[0].clone();

    assert_eq!(at.shop.checkout(&visitor).await, Ok(Place::Ordered(number)));
    assert_eq!(other_tab.press(TOTAL).await, Ok(first), "the same payment, not another one");
    assert_eq!((at.count("orders").await, at.count("attempts").await), (1, 1));
    assert_eq!(quantities(&at, &marieke).await, Vec::<u32>::new());

    marieke.add(dress, 1).await.unwrap();
    assert!(matches!(at.shop.checkout(&marieke.visitor().await).await, Ok(Place::Here(..))));
}

#[tokio::test]
async fn after_ordering_and_signing_out_checkout_shows_nothing_of_the_order() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 5).await;
    let mut marieke = at.browser();
    marieke.sign_in("marieke@voorbeeld.nl").await;
    let number = marieke.buy(dress, Method::Ideal).await;

    let mut visitor = marieke.visitor().await;
    at.shop.sign_out(&mut visitor).await.unwrap();

    assert_eq!(at.shop.checkout(&visitor).await, Ok(Place::EmptyCart));
    assert_eq!(at.shop.order(&visitor, &number).await, Err(ShopError::NotFound));
}
