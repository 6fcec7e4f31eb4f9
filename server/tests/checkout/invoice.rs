//! The shop's own invoice: what leaves before it is paid, the parts that come in, what comes back, and what happens when nobody pays.

use crate::refunds::pieces;
use crate::support::*;
use shop_core::ShopError;
use shop_core::id::VariantId;
use shop_core::ledger::{Account, Balance, Holder};
use shop_core::money::Money;
use shop_core::order::refund::RefundState;
use shop_core::order::{CancelReason, OrderNumber, OrderState, Tracking};
use shop_core::payment::{AttemptState, Buyer, Method, NoInvoice};
use shop_core::time::{Day, Seconds};
use shop_flows::bank::BankBooking;
use shop_flows::checkout::NextStep;
use shop_sandbox::Outcome;
use uuid::Uuid;

const EMAIL: &str = "marieke@voorbeeld.nl";
/// The one size of dress 1.
const DRESS: VariantId = VariantId::new(Uuid::from_u128(1001));

/// Somebody who proved her address, with an invoice for one dress.
async fn on_invoice(at: &TestShop) -> (OrderNumber, Browser<'_>) {
    let dress = at.dress(1, 9).await;
    let mut marieke = at.browser();
    marieke.sign_in(EMAIL).await;
    (marieke.buy(dress, Method::Invoice).await, marieke)
}

/// Four dresses: 179,80, above the limit.
async fn above_the_limit(at: &TestShop) -> (OrderNumber, Browser<'_>) {
    let dress = at.dress(1, 9).await;
    let mut marieke = at.browser();
    marieke.sign_in(EMAIL).await;
    marieke.add(dress, 3).await.unwrap();
    marieke.fill_in(dress, EMAIL, Method::Invoice).await;
    marieke.press(Money::cents(17_980)).await.unwrap();
    (OrderNumber::of(OrderNumber::FIRST), marieke)
}

async fn ships(at: &TestShop, number: &OrderNumber) {
    at.shop.ship("Ineke", number, Tracking::parse("3SABCD1234567").unwrap()).await.unwrap();
    at.run_jobs().await;
}

async fn balance(at: &TestShop, number: &OrderNumber) -> Balance {
    let order = at.order(number).await;
    Balance::of(&at.shop.store.read().await.unwrap().entries(order.id).await.unwrap())
}

/// What she owes, and what came in on the bank account.
async fn owed_and_received(at: &TestShop, number: &OrderNumber) -> (i64, i64) {
    let balance = balance(at, number).await;
    let on = |account| balance.on(account).in_cents();
    (on(Account::Shopper), on(Account::Held(Holder::Bank)))
}

async fn books_agree(at: &TestShop) {
    let report = at.shop.check_books().await.unwrap();
    assert!(report.is_right(), "{:?}", report.differences);
}

fn booking(id: &str, cents: i64, text: &str) -> BankBooking {
    BankBooking {
        id: id.to_owned(),
        day: Day { year: 2026, month: 11, day: 30 },
        amount: Money::cents(cents),
        returned: false,
        reference: None,
        text: text.to_owned(),
        payer: "M DE VRIES".to_owned(),
    }
}

#[tokio::test]
async fn up_to_the_limit_the_goods_are_sold_at_once_and_the_bill_comes_with_the_parcel() {
    let at = TestShop::open().await;
    let (number, _) = on_invoice(&at).await;
    at.run_jobs().await;

    assert_eq!(at.order(&number).await.state, OrderState::Paid { at: NOW });
    assert_eq!((at.stock(DRESS).await, at.movements().await), ((8, 0), vec![("sold".to_owned(), 1)]));
    assert_eq!(at.attempt_states(&number).await, ["open"]);
    assert_eq!(owed_and_received(&at, &number).await, (4990, 0));
    let confirmation = at.mails.sent().last().unwrap().clone();
    assert!(confirmation.text.contains("Je betaalt €\u{a0}49,90 achteraf"), "{}", confirmation.text);
    assert!(!confirmation.text.contains("Je betaling is binnen") && !confirmation.text.contains("(betaald)"));
    books_agree(&at).await;

    ships(&at, &number).await;

    let shipped = at.mails.sent().last().unwrap().clone();
    for element in ["€\u{a0}49,90", "NL91 ABNA 0417 1643 00", "RF", "dinsdag 8 december 2026"] {
        assert!(shipped.text.contains(element), "{element} in {}", shipped.text);
        assert!(shipped.html.contains(element), "{element} in {}", shipped.html);
    }
    assert_eq!(at.jobs().await, ["chase"]);
    books_agree(&at).await;
}

#[tokio::test]
async fn the_bank_statement_pays_the_bill_once_and_the_books_explain_it() {
    let at = TestShop::open().await;
    let (number, _) = on_invoice(&at).await;
    ships(&at, &number).await;
    let ineke = at.owner().await;

    let read = at.shop.read_bookings(&ineke, &[booking("a", 4990, "AG100001")]).await.unwrap();
    at.run_jobs().await;

    assert!(read.lines[0].booked);
    assert_eq!(at.attempt_states(&number).await, ["paid"]);
    assert_eq!(owed_and_received(&at, &number).await, (0, 4990));
    assert_eq!(at.order(&number).await.state.name(), "shipped");
    assert_eq!(at.subjects(EMAIL).last().unwrap(), "Je betaling voor bestelling AG100001 is binnen");
    books_agree(&at).await;

    let again = at.shop.read_bookings(&ineke, &[booking("b", 4990, "AG100001")]).await.unwrap();
    assert!(!again.lines[0].booked);
    assert_eq!(at.tasks().await.iter().map(|(kind, _)| kind.as_str()).collect::<Vec<_>>(), ["bank_double"]);
    assert_eq!(at.shop.transfer_received("Ineke", &number).await, Err(ShopError::TooLate));
    at.advance(Seconds::days(60)).await;
    at.run_jobs().await;
    assert!(!at.timeline(&number).await.contains(&"invoice_reminded".to_owned()), "who paid is not reminded");
}

#[tokio::test]
async fn above_the_limit_half_is_paid_first_and_the_rest_after_the_parcel() {
    let at = TestShop::open().await;
    let (number, _) = above_the_limit(&at).await;
    at.run_jobs().await;

    assert_eq!(at.order(&number).await.state, OrderState::AwaitingPayment { until: NOW.plus(Seconds::days(14)) });
    assert_eq!((at.stock(DRESS).await, at.movements().await), ((9, 4), vec![]));
    let amounts = |attempts: Vec<shop_core::payment::Attempt>| -> Vec<i64> {
        attempts.iter().map(|attempt| attempt.amount.in_cents()).collect()
    };
    assert_eq!(amounts(at.attempts(&number).await), [8990]);
    let mail = at.mails.sent().last().unwrap().text.clone();
    assert!(mail.contains("Je betaalt eerst €\u{a0}89,90") && mail.contains("De rest, €\u{a0}89,90"), "{mail}");
    assert!(mail.contains("Bedrag: €\u{a0}89,90"), "{mail}");
    books_agree(&at).await;

    let ineke = at.owner().await;
    let parts = [booking("a", 4000, "AG100001"), booking("b", 4990, "AG100001")];
    let read = at.shop.read_bookings(&ineke, &parts).await.unwrap();
    at.run_jobs().await;

    assert_eq!(read.lines.iter().map(|line| line.booked).collect::<Vec<_>>(), [false, true]);
    assert_eq!(at.order(&number).await.state.name(), "paid");
    assert_eq!((at.stock(DRESS).await, amounts(at.attempts(&number).await)), ((5, 0), vec![8990, 8990]));
    assert_eq!(owed_and_received(&at, &number).await, (8990, 8990));
    let mail = at.mails.sent().last().unwrap().text.clone();
    assert!(mail.contains("je betaling van €\u{a0}89,90") && mail.contains("De rest, €\u{a0}89,90"), "{mail}");
    books_agree(&at).await;

    ships(&at, &number).await;
    at.shop.read_bookings(&ineke, &[booking("c", 8990, "AG100001")]).await.unwrap();

    assert_eq!(at.attempt_states(&number).await, ["paid", "paid"]);
    assert_eq!(owed_and_received(&at, &number).await, (0, 17_980));
    assert_eq!(at.timeline(&number).await.last().unwrap(), "invoice_paid");
    books_agree(&at).await;
}

#[tokio::test]
async fn a_first_half_that_never_comes_lapses_and_its_pieces_are_free_again() {
    let at = TestShop::open().await;
    let (number, _) = above_the_limit(&at).await;

    at.advance(Seconds::days(11)).await;
    at.run_jobs().await;
    let reminder = at.mails.sent().last().unwrap().clone();
    assert!(reminder.text.contains("Bedrag: €\u{a0}89,90"), "{}", reminder.text);
    at.advance(Seconds::days(4)).await;
    at.run_jobs().await;

    assert!(matches!(at.order(&number).await.state, OrderState::Cancelled { reason: CancelReason::NotPaid, .. }));
    assert_eq!((at.stock(DRESS).await, at.attempt_states(&number).await), ((9, 0), vec!["expired"]));
    books_agree(&at).await;

    // It comes after all, and the pieces are there.
    let ineke = at.owner().await;
    at.shop.read_bookings(&ineke, &[booking("a", 8990, "AG100001")]).await.unwrap();
    let task = at.shop.store.read().await.unwrap().tasks().await.unwrap()[0].clone();
    assert_eq!(task.kind, "paid_after_end");
    books_agree(&at).await;
    at.shop.revive_order(&ineke, task.id).await.unwrap();
    assert_eq!((at.order(&number).await.state.name(), owed_and_received(&at, &number).await), ("paid", (8990, 8990)));
    books_agree(&at).await;
}

#[tokio::test]
async fn what_is_not_paid_is_reminded_kindly_then_by_the_letter_of_the_law_then_handed_over_each_once() {
    let at = TestShop::open().await;
    let (number, _) = on_invoice(&at).await;
    ships(&at, &number).await;
    let before = at.mails.sent().len();

    at.advance(Seconds::days(16)).await;
    at.run_jobs().await;
    assert_eq!(at.mails.sent().len(), before, "two days late is no reason to write");
    at.advance(Seconds::days(1)).await;
    at.run_jobs().await;
    let kind = at.mails.sent().last().unwrap().clone();
    assert_eq!(
        (at.mails.sent().len(), kind.subject.as_str()),
        (before + 1, "Je rekening van bestelling AG100001 staat nog open")
    );

    at.advance(Seconds::days(7)).await;
    at.run_jobs().await;
    let letter = at.mails.sent().last().unwrap().clone();
    assert_eq!(letter.subject, "Aanmaning: je rekening van bestelling AG100001");
    for element in [
        "binnen 14 dagen, gerekend vanaf de dag nadat je deze mail ontving",
        "reken ik geen incassokosten: die zijn €\u{a0}0,00",
        "€\u{a0}49,90",
        "dinsdag 8 december 2026",
        "zaterdag 2 januari 2027",
    ] {
        assert!(letter.text.contains(element) && letter.html.contains(element), "{element} in {}", letter.text);
    }
    assert_eq!(at.tasks().await, []);

    at.advance(Seconds::days(17)).await;
    at.run_jobs().await;
    assert_eq!(at.tasks().await, [("invoice_overdue".to_owned(), "49.90 is unpaid".to_owned())]);
    at.advance(Seconds::days(60)).await;
    at.run_jobs().await;
    assert_eq!((at.mails.sent().len(), at.tasks().await.len()), (before + 2, 1));

    at.shop.transfer_received("Ineke", &number).await.unwrap();
    assert_eq!((at.tasks().await, owed_and_received(&at, &number).await), (vec![], (0, 4990)));
    books_agree(&at).await;
}

#[tokio::test]
async fn nobody_is_reminded_while_a_withdrawal_waits_and_what_comes_back_is_not_owed() {
    let at = TestShop::open().await;
    let (number, _) = above_the_limit(&at).await;
    at.shop.transfer_received("Ineke", &number).await.unwrap();
    ships(&at, &number).await;
    let typed = shop_flows::withdrawal::TypedWithdrawal {
        order: "AG100001".to_owned(),
        name: "Marieke de Vries".to_owned(),
        email: EMAIL.to_owned(),
        articles: "Twee jurken".to_owned(),
    };
    at.shop.withdraw(&typed).await.unwrap();
    at.advance(Seconds::days(18)).await;
    at.run_jobs().await;
    assert!(!at.timeline(&number).await.contains(&"invoice_reminded".to_owned()));

    // One dress comes off the bill.
    at.refund(&number, pieces(1)).await.unwrap();
    at.run_jobs().await;
    assert_eq!(owed_and_received(&at, &number).await, (8990 - 4495, 8990));
    assert_eq!(at.attempt_states(&number).await, ["paid", "cancelled", "open"]);
    let lowered = at.mails.sent().last().unwrap().clone();
    assert_eq!(lowered.subject, "Je rekening van bestelling AG100001 is verlaagd");
    assert!(
        lowered.text.contains("€\u{a0}44,95 af") && lowered.text.contains("nog €\u{a0}44,95 open"),
        "{}",
        lowered.text
    );
    books_agree(&at).await;

    // Two more: the rest of the bill, and one goes back.
    at.refund(&number, pieces(2)).await.unwrap();
    let refunds = at.refunds(&number).await;
    let told: Vec<_> = refunds
        .iter()
        .map(|refund| (refund.set_off.in_cents(), refund.to_pay().in_cents(), refund.state.name()))
        .collect();
    assert_eq!(told, [(4495, 0, "done"), (4495, 4495, "by_hand")]);
    assert_eq!(owed_and_received(&at, &number).await, (-4495, 8990));
    assert_eq!(at.attempt_states(&number).await, ["paid", "cancelled", "cancelled"]);
    books_agree(&at).await;

    let ineke = at.owner().await;
    at.shop.book_refund_by_hand(&ineke, &number, refunds[1].id).await.unwrap();
    assert_eq!(owed_and_received(&at, &number).await, (0, 4495));
    assert!(matches!(at.refunds(&number).await[1].state, RefundState::Done { by_hand: true, .. }));
    books_agree(&at).await;
}

#[tokio::test]
async fn an_unpaid_order_that_is_cancelled_owes_nothing_and_its_pieces_are_free_again() {
    let at = TestShop::open().await;
    let (number, marieke) = on_invoice(&at).await;

    at.shop.cancel_order(&marieke.visitor().await, &number).await.unwrap();
    at.run_jobs().await;

    assert_eq!((at.stock(DRESS).await, at.attempt_states(&number).await), ((9, 0), vec!["cancelled"]));
    assert_eq!((owed_and_received(&at, &number).await, at.tasks().await), ((0, 0), vec![]));
    let mail = at.mails.sent().last().unwrap().clone();
    assert!(mail.text.contains("Je hoeft deze bestelling niet te betalen."), "{}", mail.text);
    books_agree(&at).await;
}

#[tokio::test]
async fn a_half_that_was_paid_goes_back_by_hand_when_the_order_is_cancelled() {
    let at = TestShop::open().await;
    let (number, _) = above_the_limit(&at).await;
    at.shop.transfer_received("Ineke", &number).await.unwrap();

    at.shop.cancel_by_owner("Ineke", &number).await.unwrap();

    assert_eq!(owed_and_received(&at, &number).await, (-8990, 8990));
    assert_eq!(at.tasks().await, [("refund_by_hand".to_owned(), "89.90".to_owned())]);
    assert_eq!((at.stock(DRESS).await, at.attempt_states(&number).await), ((9, 0), vec!["paid", "cancelled"]));
    books_agree(&at).await;
}

#[tokio::test]
async fn an_address_that_nobody_proved_pays_half_first_also_when_its_account_owes() {
    let at = TestShop::open().await;
    let (first, _) = on_invoice(&at).await;
    let stranger = at.browser().buy(DRESS, Method::Invoice).await;

    assert_eq!(at.order(&first).await.customer, at.order(&stranger).await.customer);
    assert_eq!(at.order(&stranger).await.state.name(), "awaiting_payment");
    assert_eq!(at.attempts(&stranger).await[0].amount, Money::cents(2495));
    books_agree(&at).await;
}

#[tokio::test]
async fn one_invoice_at_a_time_without_anything_in_advance_and_none_before_a_late_one_is_paid() {
    let at = TestShop::open().await;
    let (first, mut marieke) = on_invoice(&at).await;
    assert_eq!(at.shop.buyer(&marieke.visitor().await, None).await, Ok(Buyer::Owing));
    marieke.fill_in(DRESS, EMAIL, Method::Invoice).await;
    marieke.press(TOTAL).await.unwrap();
    let second = OrderNumber::of(OrderNumber::FIRST + 1);
    assert_eq!(at.attempts(&second).await[0].amount, Money::cents(2495), "half, as long as the first one is open");

    ships(&at, &first).await;
    at.advance(Seconds(14 * 86_400 + 1)).await;
    let before = (at.count("orders").await, at.count("attempts").await);
    marieke.add(DRESS, 1).await.unwrap();
    let visitor = marieke.visitor().await;
    at.shop.hold_cart(&visitor).await.unwrap();
    at.shop.send_details(&visitor, details(EMAIL), false).await.unwrap();
    assert_eq!(at.shop.send_method(&visitor, "invoice").await, Ok(false));
    let again = at.shop.pay_again(&visitor, &second, "invoice").await;
    assert_eq!(again, Err(ShopError::NoInvoice(NoInvoice::Unpaid)));
    assert_eq!((at.count("orders").await, at.count("attempts").await), before);
    assert_eq!(at.shop.send_method(&visitor, "bank_transfer").await, Ok(true), "the other ways stay");

    at.shop.transfer_received("Ineke", &first).await.unwrap();
    assert_eq!(at.shop.buyer(&visitor, Some(at.order(&second).await.id)).await, Ok(Buyer::Proven));
}

#[tokio::test]
async fn who_could_not_pay_elsewhere_goes_on_with_an_invoice_without_typing_again() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 2).await;
    let mut marieke = at.browser();
    marieke.sign_in(EMAIL).await;
    let number = marieke.buy(dress, Method::Ideal).await;
    at.at_the_provider("AG100001P1", Outcome::Cancel).await;

    let next = at.shop.pay_again(&marieke.visitor().await, &number, "invoice").await;
    at.run_jobs().await;

    assert_eq!(next, Ok(NextStep::Order(number.clone())));
    assert_eq!((at.order(&number).await.state.name(), at.order(&number).await.method), ("paid", Method::Invoice));
    assert_eq!((at.stock(dress).await, at.attempt_states(&number).await), ((1, 0), vec!["cancelled", "open"]));
    books_agree(&at).await;
}

#[tokio::test]
async fn who_comes_back_to_the_invoice_owes_it_once() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 2).await;
    let mut marieke = at.browser();
    let number = marieke.buy(dress, Method::Invoice).await;
    let visitor = marieke.visitor().await;
    at.shop.pay_again(&visitor, &number, "bank_transfer").await.unwrap();
    at.shop.pay_again(&visitor, &number, "invoice").await.unwrap();
    assert_eq!(at.attempt_states(&number).await, ["cancelled", "open", "open"]);

    at.shop.transfer_received("Ineke", &number).await.unwrap();

    assert_eq!(
        (at.order(&number).await.method, owed_and_received(&at, &number).await),
        (Method::Invoice, (2495, 2495))
    );
    books_agree(&at).await;
}

#[tokio::test]
async fn a_late_yes_of_the_bank_pays_the_invoice_and_nothing_came_twice() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 2).await;
    let mut marieke = at.browser();
    marieke.sign_in(EMAIL).await;
    let number = marieke.buy(dress, Method::Ideal).await;
    at.shop.pay_again(&marieke.visitor().await, &number, "invoice").await.unwrap();

    at.at_the_provider("AG100001P1", Outcome::Pay).await;

    assert_eq!((at.attempt_states(&number).await, at.tasks().await), (vec!["paid", "cancelled"], vec![]));
    assert_eq!(at.order(&number).await.method, Method::Ideal);
    assert_eq!(balance(&at, &number).await.on(Account::Shopper), Money::ZERO);
    assert_eq!(at.movements().await, [("sold".to_owned(), 1)]);
    books_agree(&at).await;
}

#[tokio::test]
async fn a_half_and_then_all_of_it_is_money_that_came_twice() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 2).await;
    let mut marieke = at.browser();
    let number = marieke.buy(dress, Method::Ideal).await;
    at.shop.pay_again(&marieke.visitor().await, &number, "invoice").await.unwrap();
    at.shop.transfer_received("Ineke", &number).await.unwrap();
    books_agree(&at).await;

    at.at_the_provider("AG100001P1", Outcome::Pay).await;

    assert_eq!(at.tasks().await.iter().map(|(kind, _)| kind.as_str()).collect::<Vec<_>>(), ["paid_twice"]);
    assert_eq!(balance(&at, &number).await.owed_back(), Money::cents(2495));
    assert!(at.attempts(&number).await.iter().all(|attempt| attempt.state != AttemptState::Open));
    books_agree(&at).await;
}
