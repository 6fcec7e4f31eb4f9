//! Discount codes, from the field to the order and back.

use crate::support::*;
use shop_core::ShopError;
use shop_core::discount::{Discount, DiscountCode, DiscountRefusal, Kind, Percent};
use shop_core::id::VariantId;
use shop_core::money::Money;
use shop_core::order::{CancelReason, OrderNumber, OrderState};
use shop_core::payment::Method;
use shop_core::time::{Seconds, Timestamp};
use shop_flows::cart::FilledCart;
use shop_flows::checkout::NextStep;
use shop_sandbox::Outcome;

/// One dress with delivery, less five euro.
const REDUCED: Money = Money::cents(4490);

fn code(text: &str) -> DiscountCode {
    DiscountCode::parse(text).unwrap()
}

fn first() -> OrderNumber {
    OrderNumber::of(OrderNumber::FIRST)
}

/// Five euro off from forty.
fn welcome() -> Discount {
    Discount {
        code: code("WELKOM5"),
        kind: Kind::Amount(Money::cents(500)),
        least_goods: Some(Money::cents(4000)),
        from: NOW,
        until: None,
        most_uses: None,
        note: String::new(),
    }
}

impl TestShop {
    async fn discount(&self, discount: &Discount) {
        let mut tx = self.shop.store.begin().await.unwrap();
        tx.insert_discount(discount, NOW).await.unwrap();
        tx.commit().await.unwrap();
    }

    async fn end(&self, text: &str) {
        let mut tx = self.shop.store.begin().await.unwrap();
        assert!(tx.end_discount(&code(text), self.shop.clock.now()).await.unwrap());
        tx.commit().await.unwrap();
    }

    async fn uses(&self, text: &str) -> u32 {
        self.shop.store.read().await.unwrap().discount(&code(text)).await.unwrap().unwrap().uses
    }
}

impl Browser<'_> {
    async fn type_code(&self, typed: &str) -> Result<(), ShopError> {
        self.at().shop.apply_discount(&self.visitor().await, typed).await
    }

    async fn cart(&self) -> FilledCart {
        self.at().shop.filled_cart(&self.visitor().await, Default::default()).await.unwrap()
    }

    async fn change(&mut self, variant: VariantId, wanted: u32) {
        let mut visitor = self.visitor().await;
        self.at().shop.change_quantity(&mut visitor, variant, wanted).await.unwrap();
        self.keep(visitor);
    }

    /// Everything up to the order button, with the code.
    async fn fill_in_with_code(&mut self, variant: VariantId, method: Method) {
        self.fill_in(variant, "marieke@voorbeeld.nl", method).await;
        self.type_code("WELKOM5").await.unwrap();
    }
}

#[tokio::test]
async fn a_code_reaches_every_total_from_the_bag_to_the_mail() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 3).await;
    at.discount(&welcome()).await;
    let mut marieke = at.browser();
    marieke.fill_in(dress, "marieke@voorbeeld.nl", Method::Ideal).await;

    marieke.type_code(" welkom 5 ").await.unwrap();

    let cart = marieke.cart().await;
    assert_eq!((cart.totals.goods, cart.totals.discount, cart.totals.total), (PRICE, Money::cents(500), REDUCED));
    assert_eq!(
        cart.code.map(|code| (code.code.to_string(), code.off)),
        Some(("WELKOM5".to_owned(), Ok(Money::cents(500))))
    );

    marieke.press(REDUCED).await.unwrap();

    let order = at.order(&first()).await;
    assert_eq!(
        (order.totals.total, order.totals.discount, order.code),
        (REDUCED, Money::cents(500), Some(code("WELKOM5")))
    );
    assert_eq!(order.lines.iter().map(|line| line.discount).collect::<Vec<_>>(), [Money::cents(500)]);
    assert_eq!(at.attempts(&first()).await[0].amount, REDUCED);
    assert_eq!(at.sandbox.rabo().order("AG100001P1").unwrap().amount, 4490);
    assert_eq!((at.uses("WELKOM5").await, at.count("discount_uses").await), (1, 1));

    at.at_the_provider("AG100001P1", Outcome::Pay).await;

    assert_eq!(at.order(&first()).await.state, OrderState::Paid { at: NOW });
    let mail = at.mails.sent()[0].text.clone();
    for line in ["Artikelen: €\u{a0}44,95", "Korting (WELKOM5): −€\u{a0}5,00", "Totaal: €\u{a0}44,90"] {
        assert!(mail.contains(line), "{line} in {mail}");
    }
    assert_eq!(at.tasks().await, []);
}

#[tokio::test]
async fn a_transfer_asks_for_the_reduced_amount() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 3).await;
    at.discount(&welcome()).await;
    let mut marieke = at.browser();
    marieke.fill_in_with_code(dress, Method::BankTransfer).await;

    marieke.press(REDUCED).await.unwrap();
    at.run_jobs().await;

    assert_eq!(at.attempts(&first()).await[0].amount, REDUCED);
    let mail = at.mails.sent()[0].text.clone();
    assert!(mail.contains("€\u{a0}44,90") && !mail.contains("49,90"), "{mail}");
}

#[tokio::test]
async fn a_wrong_code_names_the_reason_and_the_bag_is_as_it_was() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 3).await;
    let named = |text: &str| Discount { code: code(text), ..welcome() };
    at.discount(&named("GOED")).await;
    at.discount(&Discount { from: NOW.plus(Seconds(1)), ..named("STRAKS") }).await;
    at.discount(&Discount { from: Timestamp::from_micros(0), until: Some(NOW), ..named("VOORBIJ") }).await;
    at.discount(&Discount { least_goods: Some(Money::cents(4496)), ..named("VEEL") }).await;
    at.discount(&Discount { most_uses: Some(1), ..named("EENMAAL") }).await;
    let mut bea = at.browser();
    bea.fill_in(dress, "bea@voorbeeld.nl", Method::BankTransfer).await;
    bea.type_code("EENMAAL").await.unwrap();
    bea.press(REDUCED).await.unwrap();
    let mut marieke = at.browser();
    assert_eq!(marieke.type_code("GOED").await, Err(ShopError::EmptyCart));
    marieke.add(dress, 1).await.unwrap();
    marieke.type_code("GOED").await.unwrap();
    let before = at.everything().await;

    let reasons = [
        ("  ", DiscountRefusal::Missing),
        ("WELKOM5", DiscountRefusal::Unknown),
        ("<script>", DiscountRefusal::Unknown),
        ("STRAKS", DiscountRefusal::NotYet),
        ("VOORBIJ", DiscountRefusal::Expired),
        ("VEEL", DiscountRefusal::TooLow { least: Money::cents(4496) }),
        ("EENMAAL", DiscountRefusal::UsedUp),
    ];
    for (typed, reason) in reasons {
        assert_eq!(marieke.type_code(typed).await, Err(ShopError::Discount(reason)), "{typed}");
    }

    assert_eq!(at.everything().await, before);
    assert_eq!(marieke.cart().await.totals.total, REDUCED, "the code before stays");
}

#[tokio::test]
async fn a_code_is_taken_off_again() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 3).await;
    at.discount(&welcome()).await;
    let mut marieke = at.browser();
    marieke.fill_in_with_code(dress, Method::Ideal).await;

    for _ in 0..2 {
        at.shop.remove_discount(&marieke.visitor().await).await.unwrap();
    }

    let cart = marieke.cart().await;
    assert_eq!((cart.totals.total, cart.code), (TOTAL, None));
}

#[tokio::test]
async fn a_code_that_no_longer_fits_waits_until_it_does() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 5).await;
    at.discount(&Discount { least_goods: Some(Money::cents(8000)), ..welcome() }).await;
    let mut marieke = at.browser();
    marieke.add(dress, 2).await.unwrap();
    marieke.type_code("WELKOM5").await.unwrap();

    marieke.change(dress, 1).await;
    let cart = marieke.cart().await;
    let too_low = DiscountRefusal::TooLow { least: Money::cents(8000) };
    assert_eq!((cart.totals.total, cart.code.map(|code| code.off)), (TOTAL, Some(Err(too_low))));

    marieke.change(dress, 2).await;
    assert_eq!(marieke.cart().await.totals.discount, Money::cents(500));
}

#[tokio::test]
async fn free_delivery_is_decided_after_the_discount() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 5).await;
    let off = |cents| Discount { kind: Kind::Amount(Money::cents(cents)), ..welcome() };
    at.discount(&Discount { code: code("NET"), ..off(1490) }).await;
    at.discount(&Discount { code: code("TEVEEL"), ..off(1491) }).await;
    let mut marieke = at.browser();
    marieke.add(dress, 2).await.unwrap();

    marieke.type_code("NET").await.unwrap();
    let totals = marieke.cart().await.totals;
    assert_eq!((totals.shipping, totals.total), (Money::ZERO, Money::cents(7500)));

    marieke.type_code("TEVEEL").await.unwrap();
    let totals = marieke.cart().await.totals;
    assert_eq!((totals.shipping, totals.total), (Money::cents(495), Money::cents(7994)));
}

#[tokio::test]
async fn ten_percent_is_kept_to_the_cent_on_the_lines() {
    let at = TestShop::open().await;
    let (one, two) = (at.dress(1, 5).await, at.dress(2, 5).await);
    at.reprice(2, Money::cents(1333)).await;
    let tenth = Kind::Percent(Percent::basis_points(1000).unwrap());
    at.discount(&Discount { kind: tenth, ..welcome() }).await;
    let mut marieke = at.browser();
    marieke.add(two, 1).await.unwrap();
    marieke.fill_in_with_code(one, Method::BankTransfer).await;

    marieke.press(Money::cents(5740)).await.unwrap();

    // 10 % of 58,28 is 5,83: 1,333 and 4,497 of it, and the second line lost more.
    let order = at.order(&first()).await;
    assert_eq!(order.lines.iter().map(|line| line.discount.in_cents()).collect::<Vec<_>>(), [133, 450]);
    assert_eq!((order.totals.discount, order.totals.total), (Money::cents(583), Money::cents(5740)));
}

#[tokio::test]
async fn under_a_code_that_ended_meanwhile_nothing_is_ordered_until_she_saw_the_total_without_it() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 3).await;
    at.discount(&welcome()).await;
    let mut marieke = at.browser();
    marieke.fill_in_with_code(dress, Method::Ideal).await;
    at.end("WELKOM5").await;
    let before = at.everything().await;

    assert_eq!(marieke.press(REDUCED).await, Err(ShopError::Discount(DiscountRefusal::Expired)));

    assert_eq!(at.everything().await, before);
    assert_eq!(at.sandbox.rabo().orders(), []);
    let cart = marieke.cart().await;
    assert_eq!((cart.totals.total, cart.code.map(|code| code.off)), (TOTAL, Some(Err(DiscountRefusal::Expired))));

    marieke.press(TOTAL).await.unwrap();
    let order = at.order(&first()).await;
    assert_eq!((order.totals.total, order.code, order.lines[0].discount), (TOTAL, None, Money::ZERO));
    assert_eq!((at.uses("WELKOM5").await, at.count("discount_uses").await), (0, 0));
}

#[tokio::test]
async fn a_code_that_begins_to_count_meanwhile_is_shown_first_too() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 3).await;
    at.discount(&Discount { most_uses: Some(1), ..welcome() }).await;
    let (mut bea, mut marieke) = (at.browser(), at.browser());
    marieke.fill_in_with_code(dress, Method::Ideal).await;
    bea.fill_in_with_code(dress, Method::BankTransfer).await;
    bea.press(REDUCED).await.unwrap();
    assert_eq!(marieke.cart().await.totals.total, TOTAL);
    at.shop.cancel_by_owner("Ineke", &first()).await.unwrap();

    assert_eq!(marieke.press(TOTAL).await, Err(ShopError::PriceChanged));

    assert!(matches!(marieke.press(REDUCED).await, Ok(NextStep::Pay(_))));
}

#[tokio::test]
async fn the_last_use_goes_to_one_of_two_orders_at_the_same_moment() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 5).await;
    at.discount(&Discount { most_uses: Some(1), ..welcome() }).await;
    let (mut marieke, mut bea) = (at.browser(), at.browser());
    marieke.fill_in_with_code(dress, Method::BankTransfer).await;
    bea.fill_in_with_code(dress, Method::BankTransfer).await;
    let (mut one, mut two) = (marieke.visitor().await, bea.visitor().await);

    let (first, second) = tokio::join!(at.shop.place_order(&mut one, REDUCED), at.shop.place_order(&mut two, REDUCED));

    let used_up = Err(ShopError::Discount(DiscountRefusal::UsedUp));
    assert_eq!([&first, &second].into_iter().filter(|answer| **answer == used_up).count(), 1, "{first:?} {second:?}");
    assert_eq!([&first, &second].into_iter().filter(|answer| answer.is_ok()).count(), 1, "{first:?} {second:?}");
    assert_eq!((at.count("orders").await, at.count("carts").await, at.uses("WELKOM5").await), (1, 1, 1));
}

#[tokio::test]
async fn an_order_that_is_never_paid_gives_the_use_back_and_a_paid_one_keeps_it() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 5).await;
    at.discount(&welcome()).await;
    let (mut marieke, mut bea) = (at.browser(), at.browser());
    marieke.fill_in_with_code(dress, Method::BankTransfer).await;
    marieke.press(REDUCED).await.unwrap();
    bea.fill_in_with_code(dress, Method::BankTransfer).await;
    bea.press(REDUCED).await.unwrap();
    let second = OrderNumber::of(OrderNumber::FIRST + 1);
    at.shop.transfer_received("Ineke", &second).await.unwrap();
    assert_eq!(at.uses("WELKOM5").await, 2);

    at.advance(Seconds::days(15)).await;
    at.run_jobs().await;
    at.run_jobs().await;

    let lapsed = at.order(&first()).await.state;
    assert!(matches!(lapsed, OrderState::Cancelled { reason: CancelReason::NotPaid, .. }), "{lapsed:?}");
    assert_eq!((at.uses("WELKOM5").await, at.count("discount_uses").await), (1, 3));

    at.shop.cancel_by_owner("Ineke", &second).await.unwrap();
    assert_eq!((at.uses("WELKOM5").await, at.count("discount_uses").await), (1, 3));
    assert_eq!(at.tasks().await, [("refund_by_hand".to_owned(), "44.90".to_owned())]);
}
