//! Buying.

use crate::support::*;
use shop_core::ShopError;
use shop_core::cart::CartError;
use shop_core::catalog::Availability;
use shop_core::money::Money;
use shop_core::order::{CancelReason, OrderNumber, OrderState};
use shop_core::payment::{AttemptState, Method};
use shop_core::time::Seconds;
use shop_flows::checkout::NextStep;
use shop_sandbox::Outcome;

#[tokio::test]
async fn an_ideal_purchase_is_paid_by_the_pull_and_leaves_the_shelf_once() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 3).await;
    let mut marieke = at.browser();
    marieke.fill_in(dress, "marieke@voorbeeld.nl", Method::Ideal).await;

    let next = marieke.press(TOTAL).await.unwrap();

    let number = OrderNumber::of(OrderNumber::FIRST);
    let announced = at.sandbox.rabo().order("AG100001P1").unwrap();
    assert_eq!(next, NextStep::Pay(at.sandbox.rabo().pay_url(&announced)));
    assert_eq!((announced.amount, announced.description.as_deref()), (4990, Some("Bestelling AG100001")));
    assert_eq!(at.stock(dress).await, (3, 1));
    assert_eq!(at.order(&number).await.state, OrderState::AwaitingPayment { until: NOW.plus(Seconds::hours(2)) });
    assert_eq!(at.mails.sent(), []);

    at.at_the_provider("AG100001P1", Outcome::Pay).await;

    let order = at.order(&number).await;
    assert_eq!((order.state, order.totals.total, order.method), (OrderState::Paid { at: NOW }, TOTAL, Method::Ideal));
    let attempts = at.attempts(&number).await;
    assert_eq!(attempts.len(), 1);
    assert_eq!(
        (attempts[0].state, attempts[0].provider_id.clone()),
        (AttemptState::Paid { at: NOW }, Some(announced.id.to_string()))
    );
    assert_eq!(at.stock(dress).await, (2, 0));
    assert_eq!(at.movements().await, [("sold".to_owned(), 1)]);
    assert_eq!(at.subjects("marieke@voorbeeld.nl").len(), 1);
    assert!(at.mails.sent()[0].text.contains("AG100001"));
    assert_eq!(at.timeline(&number).await, ["placed", "attempt", "paid"]);
    assert_eq!(at.tasks().await, []);
    assert_eq!((at.count("carts").await, at.count("checkout_drafts").await, at.count("reservations").await), (0, 0, 0));
}

#[tokio::test]
async fn a_transfer_is_confirmed_at_once_reminded_in_time_and_paid_when_the_owner_books_it() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 1).await;
    let number = at.browser().buy(dress, Method::BankTransfer).await;
    at.run_jobs().await;

    assert_eq!(at.order(&number).await.state, OrderState::AwaitingPayment { until: NOW.plus(Seconds::days(14)) });
    assert_eq!(at.mails.sent().len(), 1);
    assert_eq!(at.jobs().await, ["mail_reminder"]);
    assert_eq!(at.sandbox.rabo().orders(), []);

    at.advance(Seconds::days(11)).await;
    at.run_jobs().await;
    assert_eq!(at.mails.sent().len(), 2);

    at.shop.transfer_received("Ineke", &number).await.unwrap();
    at.run_jobs().await;

    let paid_at = NOW.plus(Seconds::days(11));
    assert_eq!(at.order(&number).await.state, OrderState::Paid { at: paid_at });
    assert_eq!(at.attempt_states(&number).await, ["paid"]);
    assert_eq!(at.stock(dress).await, (0, 0));
    assert_eq!(at.movements().await, [("sold".to_owned(), 1)]);
    assert_eq!(
        at.mails.sent().len(),
        3,
        "the confirmation was sent when it was ordered; now she hears that her money is here"
    );

    let before = at.everything().await;
    assert_eq!(at.shop.transfer_received("Ineke", &number).await, Err(ShopError::TooLate));
    assert_eq!(at.everything().await, before);
}

#[tokio::test]
async fn a_transfer_that_never_comes_lapses_and_its_piece_is_free_again() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 1).await;
    let number = at.browser().buy(dress, Method::BankTransfer).await;

    at.advance(Seconds(14 * 86_400 - 1)).await;
    at.run_jobs().await;
    assert_eq!(at.stock(dress).await, (1, 1));

    at.advance(Seconds(31)).await;
    at.run_jobs().await;

    let lapsed = NOW.plus(Seconds(14 * 86_400 + 30));
    assert_eq!(
        at.order(&number).await.state,
        OrderState::Cancelled { at: lapsed, reason: CancelReason::NotPaid, paid_at: None }
    );
    assert_eq!(at.attempt_states(&number).await, ["expired"]);
    assert_eq!(at.stock(dress).await, (1, 0));
    assert_eq!((at.movements().await, at.tasks().await), (vec![], vec![]));
    assert_eq!(at.shop.transfer_received("Ineke", &number).await, Err(ShopError::TooLate));
}

#[tokio::test]
async fn the_second_click_finds_the_first_order_and_the_same_page_to_pay() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 3).await;
    let mut marieke = at.browser();
    marieke.fill_in(dress, "marieke@voorbeeld.nl", Method::Ideal).await;
    let mut late = marieke.visitor().await;

    let first = marieke.press(TOTAL).await.unwrap();
    let second = at.shop.place_order(&mut late, TOTAL).await.unwrap();

    assert_eq!(first, second);
    assert!(matches!(first, NextStep::Pay(_)));
    assert_eq!((at.count("orders").await, at.count("attempts").await, at.sandbox.rabo().orders().len()), (1, 1, 1));
    assert_eq!(at.stock(dress).await, (3, 1));
}

#[tokio::test]
async fn two_clicks_at_the_same_moment_make_one_order_and_one_attempt() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 3).await;
    let mut marieke = at.browser();
    marieke.fill_in(dress, "marieke@voorbeeld.nl", Method::Ideal).await;
    let (mut one, mut two) = (marieke.visitor().await, marieke.visitor().await);

    let (first, second) = tokio::join!(at.shop.place_order(&mut one, TOTAL), at.shop.place_order(&mut two, TOTAL));

    // The faster one gets the page to pay on; the other one that page, or the order, where it is one click away.
    let page = NextStep::Pay(at.sandbox.rabo().pay_url(&at.sandbox.rabo().order("AG100001P1").unwrap()));
    let order = NextStep::Order(OrderNumber::of(OrderNumber::FIRST));
    let answers = [first.unwrap(), second.unwrap()];
    assert!(answers.contains(&page), "{answers:?}");
    assert!(answers.iter().all(|answer| [&page, &order].contains(&answer)), "{answers:?}");
    assert_eq!((at.count("orders").await, at.count("attempts").await, at.sandbox.rabo().orders().len()), (1, 1, 1));
    assert_eq!(at.stock(dress).await, (3, 1));
    assert_eq!(at.shop.pay_again(&one, &OrderNumber::of(OrderNumber::FIRST), "ideal").await, Ok(page));
}

#[tokio::test]
async fn the_last_piece_goes_to_the_one_who_held_it_first() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 1).await;
    let (mut marieke, mut bea) = (at.browser(), at.browser());
    marieke.add(dress, 1).await.unwrap();
    bea.add(dress, 1).await.unwrap();
    at.shop.hold_cart(&marieke.visitor().await).await.unwrap();
    let before = at.everything().await;

    let refused = at.shop.hold_cart(&bea.visitor().await).await;

    assert_eq!(refused, Err(ShopError::Cart(CartError::SoldOut { variant: dress, left: Availability::SoldOut })));
    assert_eq!(at.everything().await, before);
    assert_eq!(at.stock(dress).await, (1, 1));
}

#[tokio::test]
async fn of_two_orders_for_the_last_piece_at_the_same_moment_one_is_placed() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 1).await;
    let (mut marieke, mut bea) = (at.browser(), at.browser());
    for (browser, email) in [(&mut marieke, "marieke@voorbeeld.nl"), (&mut bea, "bea@voorbeeld.nl")] {
        browser.fill_in(dress, email, Method::BankTransfer).await;
        // Both come back after their hold has ended.
        at.advance(Seconds::minutes(21)).await;
        at.run_jobs().await;
    }
    let (mut one, mut two) = (marieke.visitor().await, bea.visitor().await);

    let (first, second) = tokio::join!(at.shop.place_order(&mut one, TOTAL), at.shop.place_order(&mut two, TOTAL));

    let sold_out = Err(ShopError::Cart(CartError::SoldOut { variant: dress, left: Availability::SoldOut }));
    assert_eq!([&first, &second].into_iter().filter(|answer| **answer == sold_out).count(), 1, "{first:?} {second:?}");
    assert_eq!([&first, &second].into_iter().filter(|answer| answer.is_ok()).count(), 1);
    assert_eq!((at.count("orders").await, at.count("customers").await, at.count("carts").await), (1, 1, 1));
    assert_eq!(at.stock(dress).await, (1, 1));
}

#[tokio::test]
async fn under_a_stale_price_nothing_is_ordered() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 3).await;
    let mut marieke = at.browser();
    marieke.fill_in(dress, "marieke@voorbeeld.nl", Method::Ideal).await;
    at.reprice(1, Money::cents(4795)).await;
    let before = at.everything().await;

    let refused = marieke.press(TOTAL).await;

    assert_eq!(refused, Err(ShopError::PriceChanged));
    assert_eq!(at.everything().await, before);
    assert_eq!(at.sandbox.rabo().orders(), []);

    marieke.press(Money::cents(5290)).await.unwrap();
    assert_eq!(at.order(&OrderNumber::of(OrderNumber::FIRST)).await.totals.total, Money::cents(5290));
}

#[tokio::test]
async fn an_account_has_three_unpaid_orders_at_most_and_then_hears_why() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 9).await;
    for _ in 0..3 {
        at.browser().buy(dress, Method::BankTransfer).await;
    }

    let mut again = at.browser();
    again.fill_in(dress, "marieke@voorbeeld.nl", Method::BankTransfer).await;
    let refused = again.press(TOTAL).await;

    assert_eq!((refused, at.count("orders").await), (Err(ShopError::TooManyUnpaid), 3));
    let mut spelt = at.browser();
    spelt.fill_in(dress, "marieke+2@voorbeeld.nl", Method::BankTransfer).await;
    assert_eq!(spelt.press(TOTAL).await, Err(ShopError::TooManyUnpaid), "another spelling is no other person");
    let mut sanne = at.browser();
    sanne.fill_in(dress, "sanne@voorbeeld.nl", Method::BankTransfer).await;
    assert!(sanne.press(TOTAL).await.is_ok(), "somebody else orders on");
}
