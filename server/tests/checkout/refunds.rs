//! Money that goes back: in part and whole, once whatever happens on the way, and the books agree after every step.

use crate::support::*;
use shop_core::ShopError;
use shop_core::cart::CartError;
use shop_core::catalog::Availability;
use shop_core::discount::{Discount, DiscountCode, Kind};
use shop_core::email::EmailAddress;
use shop_core::id::{RefundId, StaffId, VariantId};
use shop_core::ledger::{Account, Balance, Holder};
use shop_core::money::Money;
use shop_core::order::refund::{Pieces, RefundError, RefundState, RefundWish};
use shop_core::order::{OrderNumber, OrderState, Refund, Tracking};
use shop_core::payment::Method;
use shop_core::time::Seconds;
use shop_flows::manage::{Member, RefundRequest, RefundTrouble};
use shop_flows::ports::{Session, Staff, Transfer};
use shop_sandbox::klarna::{OrderStatus, Outcome as KlarnaOutcome};
use shop_sandbox::{Fault, FaultKind, Outcome};
use uuid::Uuid;

const REST: RefundWish = RefundWish::Rest;

pub fn pieces(count: u32) -> RefundWish {
    RefundWish::Goods { pieces: vec![Pieces { line: 0, count }], shipping: false }
}

fn goodwill(cents: i64) -> RefundWish {
    RefundWish::Amount { amount: Money::cents(cents), reason: "Een los knoopje".to_owned() }
}

impl TestShop {
    /// Somebody who signed in to the dashboard.
    pub async fn owner(&self) -> Member {
        let id = StaffId::new(Uuid::from_u128(77));
        let staff = Staff {
            id,
            email: EmailAddress::parse("ineke@voorbeeld.nl").unwrap(),
            name: "Ineke".to_owned(),
            password_hash: None,
            totp_sealed: None,
            totp_last_step: 0,
            created_at: NOW,
        };
        let mut tx = self.shop.store.begin().await.unwrap();
        tx.save_staff(&staff).await.unwrap();
        tx.commit().await.unwrap();
        let now = self.shop.clock.now();
        let mut visitor = self.browser().visitor().await;
        visitor.session = Some(Session {
            hash: "ineke".to_owned(),
            cart: None,
            customer: None,
            staff: Some(id),
            orders: Vec::new(),
            flash: None,
            created_at: now,
            seen_at: now,
            expires_at: now.plus(Seconds::days(1)),
        });
        self.shop.member(&visitor).await.unwrap()
    }

    /// What the owner does on the page that she sees now.
    pub async fn refund(&self, number: &OrderNumber, wish: RefundWish) -> Result<(), RefundTrouble> {
        let (id, seen) = (self.shop.new_refund_id(), self.order(number).await.version);
        self.shop.refund_order(&self.owner().await, number, RefundRequest { id, seen, wish }).await
    }

    pub async fn refunds(&self, number: &OrderNumber) -> Vec<Refund> {
        let order = self.order(number).await;
        self.shop.store.read().await.unwrap().refunds(order.id).await.unwrap()
    }

    pub async fn refund_states(&self, number: &OrderNumber) -> Vec<&'static str> {
        self.refunds(number).await.iter().map(|refund| refund.state.name()).collect()
    }

    async fn balance(&self, number: &OrderNumber) -> Balance {
        let order = self.order(number).await;
        Balance::of(&self.shop.store.read().await.unwrap().entries(order.id).await.unwrap())
    }

    /// The books agree with every order.
    pub async fn books_agree(&self) {
        let report = self.shop.check_books().await.unwrap();
        assert!(report.is_right(), "{:?}", report.differences);
    }

    /// One dress, paid with iDEAL.
    async fn paid(&self) -> OrderNumber {
        let dress = self.dress(1, 2).await;
        let number = self.browser().buy(dress, Method::Ideal).await;
        self.at_the_provider("AG100001P1", Outcome::Pay).await;
        number
    }

    /// Three dresses with five euro off, paid with iDEAL: 129,85 for the dresses.
    async fn three_paid(&self) -> OrderNumber {
        let dress = self.dress(1, 3).await;
        let code = DiscountCode::parse("WELKOM5").unwrap();
        let discount = Discount {
            code,
            kind: Kind::Amount(Money::cents(500)),
            least_goods: None,
            from: NOW,
            until: None,
            most_uses: None,
            note: String::new(),
        };
        let mut tx = self.shop.store.begin().await.unwrap();
        tx.insert_discount(&discount, NOW).await.unwrap();
        tx.commit().await.unwrap();
        let mut marieke = self.browser();
        marieke.add(dress, 2).await.unwrap();
        marieke.fill_in(dress, "marieke@voorbeeld.nl", Method::Ideal).await;
        self.shop.apply_discount(&marieke.visitor().await, "WELKOM5").await.unwrap();
        let cart = self.shop.filled_cart(&marieke.visitor().await, Default::default()).await.unwrap();
        assert_eq!(cart.totals.goods_to_pay(), Money::cents(12_985));
        marieke.press(cart.totals.total).await.unwrap();
        self.at_the_provider("AG100001P1", Outcome::Pay).await;
        OrderNumber::of(OrderNumber::FIRST)
    }

    /// An order that lapsed and was paid afterwards. The open task about it.
    async fn paid_too_late(&self, dress: VariantId) -> (OrderNumber, i64) {
        let mut habits = self.sandbox.rabo().settings();
        habits.payable_minutes = 600;
        self.sandbox.rabo().set_settings(habits);
        let number = self.browser().buy(dress, Method::Ideal).await;
        self.advance(Seconds::hours(3)).await;
        self.run_jobs().await;
        self.at_the_provider("AG100001P1", Outcome::Pay).await;
        (number, self.first_task().await)
    }

    async fn first_task(&self) -> i64 {
        self.shop.store.read().await.unwrap().tasks().await.unwrap()[0].id
    }

    fn given_back(&self) -> i64 {
        self.sandbox.rabo().totals().refunded
    }
}

#[tokio::test]
async fn pieces_of_a_discounted_line_go_back_to_the_cent() {
    let at = TestShop::open().await;
    let number = at.three_paid().await;

    at.refund(&number, pieces(1)).await.unwrap();
    at.run_jobs().await;
    assert_eq!(at.given_back(), 4329);
    assert_eq!(at.refund_states(&number).await, ["sent"]);
    at.books_agree().await;

    at.refund(&number, pieces(2)).await.unwrap();
    let none = at.refund(&number, pieces(1)).await;
    at.run_jobs().await;

    assert_eq!(none, Err(RefundTrouble::Refused(RefundError::MorePieces { line: 0, left: 0 })));
    assert_eq!(at.given_back(), 12_985);
    let vat: i64 = at.refunds(&number).await.iter().flat_map(|r| &r.credit.vat).map(|line| line.vat.in_cents()).sum();
    assert_eq!(vat, 2254, "21% in 129,85");
    at.books_agree().await;
}

#[tokio::test]
async fn the_whole_order_goes_back_and_is_there_once_the_provider_says_so() {
    let at = TestShop::open().await;
    let number = at.paid().await;
    let all = RefundWish::Goods { pieces: vec![Pieces { line: 0, count: 1 }], shipping: true };

    at.refund(&number, all).await.unwrap();
    assert_eq!(at.jobs().await, ["ask", "refund"]);
    at.run_jobs().await;

    assert_eq!((at.given_back(), at.refund_states(&number).await), (4990, vec!["sent"]));
    assert_eq!(at.balance(&number).await.owed_back(), TOTAL, "on its way is not there");
    let mail = at.mails.sent().pop().unwrap();
    assert_eq!(mail.subject, "Je krijgt € 49,90 terug (AG100001)");
    assert!(
        mail.text.contains("iDEAL | Wero") && mail.text.contains("1 x Jurk Madelief, maat 98/104"),
        "{}",
        mail.text
    );

    at.advance(Seconds::minutes(10)).await;
    at.run_jobs().await;

    assert_eq!(at.refund_states(&number).await, ["done"]);
    let balance = at.balance(&number).await;
    assert_eq!(
        (balance.owed_back(), balance.paid_back(), balance.on(Account::Sales)),
        (Money::ZERO, TOTAL, Money::ZERO)
    );
    assert_eq!(at.mails.sent().len(), 2, "the confirmation and one about the refund");
    assert_eq!(at.refund(&number, REST).await, Err(RefundTrouble::Refused(RefundError::Nothing)));
    at.books_agree().await;
}

#[tokio::test]
async fn goodwill_needs_a_reason_and_never_exceeds_what_came_in() {
    let at = TestShop::open().await;
    let number = at.paid().await;
    let before = at.everything().await;
    let bare = RefundWish::Amount { amount: Money::cents(500), reason: String::new() };

    let refused = [at.refund(&number, bare).await, at.refund(&number, goodwill(4991)).await];
    assert_eq!(
        refused,
        [
            Err(RefundTrouble::Refused(RefundError::NoReason)),
            Err(RefundTrouble::Refused(RefundError::TooMuch { left: TOTAL }))
        ]
    );
    let staff_aside = |rows: Vec<String>| rows.into_iter().filter(|row| !row.starts_with("staff")).collect::<Vec<_>>();
    assert_eq!(staff_aside(at.everything().await), staff_aside(before), "nothing changed");

    at.refund(&number, goodwill(500)).await.unwrap();
    at.run_jobs().await;

    assert_eq!(at.given_back(), 500);
    assert!(at.mails.sent().pop().unwrap().text.contains("De reden: Een los knoopje"));
    at.books_agree().await;
}

#[tokio::test]
async fn an_answer_that_never_came_is_asked_for_with_the_same_key_and_paid_back_once() {
    for kind in [FaultKind::ResetAfterWrite, FaultKind::ServerError, FaultKind::Slow] {
        let at = TestShop::open().await;
        let number = at.paid().await;
        at.sandbox.rabo().faults().add(Fault::on_path(kind, 1, "/refunds"));

        at.refund(&number, REST).await.unwrap();
        at.run_jobs().await;
        assert_eq!(at.refund_states(&number).await, ["wanted"], "{kind:?}");
        at.books_agree().await;

        at.advance(Seconds::minutes(1)).await;
        at.run_jobs().await;

        // What the provider had done the first time is there by now.
        assert_ne!(at.refund_states(&number).await, ["wanted"], "{kind:?}");
        assert_eq!(at.given_back(), 4990, "{kind:?}");
        at.advance(Seconds::minutes(10)).await;
        at.run_jobs().await;
        assert_eq!((at.refund_states(&number).await, at.given_back()), (vec!["done"], 4990), "{kind:?}");
        assert_eq!(at.tasks().await, [], "{kind:?}");
        at.books_agree().await;
    }
}

#[tokio::test]
async fn when_nobody_can_say_whether_it_went_a_person_looks_before_it_is_paid_again() {
    let at = TestShop::open().await;
    let number = at.paid().await;
    at.sandbox.rabo().faults().add(Fault::on_path(FaultKind::ServerError, 1000, "/refunds"));

    at.refund(&number, REST).await.unwrap();
    for _ in 0..14 {
        at.run_jobs().await;
        at.advance(Seconds::hours(2)).await;
    }

    assert_eq!(at.refund_states(&number).await, ["failed"]);
    assert_eq!(at.tasks().await, [("refund_unknown".to_owned(), "49.90".to_owned())]);
    at.books_agree().await;
}

/// Gives the money back behind the shop's back, so that the provider declines the next refund.
async fn emptied(at: &TestShop, number: &OrderNumber) {
    let (order, attempt) = (at.order(number).await, at.attempts(number).await.remove(0));
    let transaction = at.shop.store.read().await.unwrap().transaction(attempt.id).await.unwrap().unwrap();
    let transfer = Transfer { order: &order, transaction: &transaction, amount: attempt.amount, key: "elsewhere" };
    at.shop.provider(Method::Ideal).unwrap().refund(&transfer).await.unwrap();
}

#[tokio::test]
async fn a_declined_refund_is_a_task_until_the_owner_paid_it_by_hand() {
    let at = TestShop::open().await;
    let number = at.paid().await;
    emptied(&at, &number).await;

    at.refund(&number, REST).await.unwrap();
    at.run_jobs().await;

    assert_eq!(at.refund_states(&number).await, ["failed"]);
    assert_eq!(at.tasks().await, [("refund_failed".to_owned(), "49.90".to_owned())]);
    assert_eq!(at.mails.sent().len(), 1, "no mail about money that does not come");
    assert_eq!(at.balance(&number).await.owed_back(), TOTAL);
    at.books_agree().await;

    let (owner, id) = (at.owner().await, at.refunds(&number).await[0].id);
    at.shop.book_refund_by_hand(&owner, &number, id).await.unwrap();
    assert_eq!(at.shop.book_refund_by_hand(&owner, &number, id).await, Err(ShopError::TooLate));
    at.run_jobs().await;

    assert_eq!(at.refunds(&number).await[0].state, RefundState::Done { at: NOW, by_hand: true });
    assert_eq!(at.tasks().await, []);
    assert_eq!(at.balance(&number).await.on(Account::Held(Holder::Bank)), Money::cents(-4990));
    assert!(at.mails.sent().pop().unwrap().text.contains("overgemaakt naar je bankrekening"));
    at.books_agree().await;
}

#[tokio::test]
async fn a_refund_that_the_provider_may_still_send_cannot_be_paid_by_hand() {
    let at = TestShop::open().await;
    let number = at.paid().await;
    at.refund(&number, REST).await.unwrap();
    let (owner, id) = (at.owner().await, at.refunds(&number).await[0].id);

    let waiting = at.shop.book_refund_by_hand(&owner, &number, id).await;
    at.run_jobs().await;
    let sent = at.shop.book_refund_by_hand(&owner, &number, id).await;

    assert_eq!((waiting, sent), (Err(ShopError::TooLate), Err(ShopError::TooLate)));
    assert_eq!(
        at.shop.book_refund_by_hand(&owner, &number, RefundId::new(Uuid::from_u128(5))).await,
        Err(ShopError::NotFound)
    );
    at.books_agree().await;
}

#[tokio::test]
async fn cancelling_a_paid_order_pays_back_what_is_left_by_itself() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 1).await;
    let mut marieke = at.browser();
    let number = marieke.buy(dress, Method::Ideal).await;
    at.at_the_provider("AG100001P1", Outcome::Pay).await;
    at.refund(&number, goodwill(1000)).await.unwrap();
    at.run_jobs().await;

    at.shop.cancel_order(&marieke.visitor().await, &number).await.unwrap();
    at.run_jobs().await;

    let amounts: Vec<_> = at.refunds(&number).await.iter().map(|refund| refund.credit.amount.in_cents()).collect();
    assert_eq!((amounts, at.given_back()), (vec![1000, 3990], 4990));
    assert_eq!((at.tasks().await, at.stock(dress).await), (vec![], (1, 0)));
    assert_eq!(at.refund(&number, goodwill(1)).await, Err(RefundTrouble::Shop(ShopError::TooLate)));
    at.books_agree().await;
    at.advance(Seconds::minutes(10)).await;
    at.run_jobs().await;
    assert_eq!(at.balance(&number).await.owed_back(), Money::ZERO);
    at.books_agree().await;
}

#[tokio::test]
async fn a_transfer_goes_back_by_hand_and_the_task_waits_until_then() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 1).await;
    let mut marieke = at.browser();
    let number = marieke.buy(dress, Method::BankTransfer).await;
    at.books_agree().await;
    at.shop.transfer_received("Ineke", &number).await.unwrap();
    at.books_agree().await;

    at.shop.cancel_order(&marieke.visitor().await, &number).await.unwrap();
    at.run_jobs().await;
    assert_eq!(at.refund_states(&number).await, ["by_hand"]);
    assert_eq!(at.tasks().await, [("refund_by_hand".to_owned(), "49.90".to_owned())]);
    at.books_agree().await;

    let (owner, id) = (at.owner().await, at.refunds(&number).await[0].id);
    at.shop.book_refund_by_hand(&owner, &number, id).await.unwrap();

    assert_eq!((at.refund_states(&number).await, at.tasks().await), (vec!["done"], vec![]));
    assert_eq!(at.balance(&number).await.on(Account::Held(Holder::Bank)), Money::ZERO);
    at.books_agree().await;
}

#[tokio::test]
async fn money_that_came_after_the_end_goes_back_once_when_two_owners_press_at_once() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 1).await;
    let (number, task) = at.paid_too_late(dress).await;
    at.books_agree().await;
    let owner = at.owner().await;

    let (one, other) =
        tokio::join!(at.shop.give_late_money_back(&owner, task), at.shop.give_late_money_back(&owner, task));
    at.run_jobs().await;

    let mut outcomes = [one, other];
    outcomes.sort_by_key(Result::is_err);
    assert_eq!(outcomes, [Ok(number.clone()), Err(ShopError::NotFound)]);
    assert_eq!((at.given_back(), at.refunds(&number).await.len(), at.tasks().await), (4990, 1, vec![]));
    assert_eq!(at.order(&number).await.state.name(), "cancelled");
    assert_eq!(at.refunds(&number).await[0].credit.vat, [], "it was never a sale");
    at.books_agree().await;
}

#[tokio::test]
async fn an_order_whose_money_came_late_is_delivered_after_all_while_its_piece_is_there() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 1).await;
    let (number, task) = at.paid_too_late(dress).await;
    let now = at.shop.clock.now();

    at.shop.revive_order(&at.owner().await, task).await.unwrap();
    at.run_jobs().await;

    assert_eq!(at.order(&number).await.state, OrderState::Paid { at: now });
    assert_eq!((at.stock(dress).await, at.movements().await), ((0, 0), vec![("sold".to_owned(), 1)]));
    assert_eq!(at.tasks().await, []);
    let subjects: Vec<String> = at.mails.sent().into_iter().map(|mail| mail.subject).collect();
    assert_eq!(subjects, ["Bestelling AG100001 is vervallen", "Je bestelling AG100001 bij All Gems"]);
    at.books_agree().await;

    at.shop.cancel_by_owner("Ineke", &number).await.unwrap();
    at.run_jobs().await;
    assert_eq!(at.given_back(), 4990);
    at.books_agree().await;
}

#[tokio::test]
async fn an_order_whose_piece_was_sold_meanwhile_is_not_revived_and_nothing_changes() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 1).await;
    let (number, task) = at.paid_too_late(dress).await;
    let mut other = at.browser();
    other.add(dress, 1).await.unwrap();
    at.shop.hold_cart(&other.visitor().await).await.unwrap();
    let owner = at.owner().await;
    let before = at.everything().await;

    let refused = at.shop.revive_order(&owner, task).await;

    assert_eq!(refused, Err(ShopError::Cart(CartError::SoldOut { variant: dress, left: Availability::SoldOut })));
    assert_eq!(at.everything().await, before);
    assert_eq!(at.order(&number).await.state.name(), "cancelled");
    at.shop.give_late_money_back(&owner, task).await.unwrap();
    at.run_jobs().await;
    assert_eq!(at.given_back(), 4990);
    at.books_agree().await;
}

#[tokio::test]
async fn what_was_paid_twice_goes_back_to_where_it_came_from_and_the_sale_stands() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 2).await;
    let mut marieke = at.browser();
    let number = marieke.buy(dress, Method::Ideal).await;
    at.shop.pay_again(&marieke.visitor().await, &number, "card").await.unwrap();
    at.at_the_provider("AG100001P1", Outcome::Pay).await;
    at.at_the_provider("AG100001P2", Outcome::Pay).await;
    at.books_agree().await;
    let (owner, task) = (at.owner().await, at.first_task().await);
    assert_eq!(at.shop.revive_order(&owner, task).await, Err(ShopError::TooLate), "it is paid already");

    at.shop.give_late_money_back(&owner, task).await.unwrap();
    at.run_jobs().await;

    let totals = at.sandbox.rabo().totals();
    let back: Vec<_> = totals.orders.iter().map(|order| (order.merchant_order_id.as_str(), order.refunded)).collect();
    assert_eq!(back, [("AG100001P1", 0), ("AG100001P2", 4990)]);
    assert_eq!((at.order(&number).await.state, at.tasks().await), (OrderState::Paid { at: NOW }, vec![]));
    at.books_agree().await;

    at.shop.cancel_by_owner("Ineke", &number).await.unwrap();
    at.run_jobs().await;
    assert_eq!(at.given_back(), 9980);
    at.books_agree().await;
}

#[tokio::test]
async fn two_owners_at_once_and_a_form_sent_twice_pay_back_once() {
    let at = TestShop::open().await;
    let number = at.paid().await;
    let (owner, seen) = (at.owner().await, at.order(&number).await.version);
    let form = || RefundRequest { id: at.shop.new_refund_id(), seen, wish: goodwill(500) };
    let (first, second) = (form(), form());

    let (one, other) = tokio::join!(
        at.shop.refund_order(&owner, &number, first.clone()),
        at.shop.refund_order(&owner, &number, second.clone())
    );
    let again = at.shop.refund_order(&owner, &number, if one.is_ok() { first } else { second }).await;
    at.run_jobs().await;

    let mut outcomes = [one, other];
    outcomes.sort_by_key(Result::is_err);
    assert_eq!(outcomes, [Ok(()), Err(RefundTrouble::Shop(ShopError::Conflict))]);
    assert_eq!((again, at.given_back(), at.refunds(&number).await.len()), (Ok(()), 500, 1));
    at.books_agree().await;
}

#[tokio::test]
async fn klarna_lowers_the_invoice_once_the_parcel_has_left_and_not_before() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 1).await;
    let number = at.browser().buy(dress, Method::Klarna).await;
    at.sandbox.klarna().outcome(number.as_str(), KlarnaOutcome::Approve).await.unwrap();
    at.shop.ask(at.attempts(&number).await[0].id).await.unwrap();
    assert_eq!(at.balance(&number).await.on(Account::Promised), TOTAL);
    assert_eq!(
        at.refund(&number, pieces(1)).await,
        Err(RefundTrouble::Refused(RefundError::TooMuch { left: Money::ZERO }))
    );
    at.books_agree().await;

    at.shop.ship("Ineke", &number, Tracking::parse("3SABCD1234567").unwrap()).await.unwrap();
    at.run_jobs().await;
    at.books_agree().await;
    at.sandbox.klarna().faults().add(Fault::on_path(FaultKind::ResetAfterWrite, 1, "/refunds"));
    at.refund(&number, pieces(1)).await.unwrap();
    at.run_jobs().await;
    assert_eq!(at.refund_states(&number).await, ["wanted"]);
    at.advance(Seconds::minutes(1)).await;
    at.run_jobs().await;

    let order = at.sandbox.klarna().orders().remove(0);
    assert_eq!((order.status, order.captured_amount, order.refunded_amount), (OrderStatus::Captured, 4990, 4495));
    assert_eq!(at.refund_states(&number).await, ["done"]);
    let balance = at.balance(&number).await;
    assert_eq!(
        (balance.on(Account::Held(Holder::Klarna)), balance.on(Account::Promised), balance.owed_back()),
        (Money::cents(495), Money::ZERO, Money::ZERO)
    );
    assert!(at.mails.sent().pop().unwrap().text.contains("Klarna verlaagt je factuur"));
    at.books_agree().await;
}

#[tokio::test]
async fn a_promise_of_klarna_that_is_let_go_of_leaves_nothing_in_the_books() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 1).await;
    let mut marieke = at.browser();
    let number = marieke.buy(dress, Method::Klarna).await;
    at.sandbox.klarna().outcome(number.as_str(), KlarnaOutcome::Approve).await.unwrap();
    at.shop.ask(at.attempts(&number).await[0].id).await.unwrap();

    at.shop.cancel_order(&marieke.visitor().await, &number).await.unwrap();
    at.books_agree().await;
    at.run_jobs().await;

    assert_eq!(at.refunds(&number).await, []);
    let balance = at.balance(&number).await;
    assert!(Account::ALL.iter().all(|account| balance.on(*account) == Money::ZERO), "{balance:?}");
    at.books_agree().await;
}

#[tokio::test]
async fn an_order_that_nobody_pays_leaves_nothing_in_the_books() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 1).await;
    let number = at.browser().buy(dress, Method::Ideal).await;
    assert_eq!(at.balance(&number).await.on(Account::Shopper), TOTAL);
    at.books_agree().await;

    at.advance(Seconds::hours(2)).await;
    at.run_jobs().await;

    let balance = at.balance(&number).await;
    assert!(Account::ALL.iter().all(|account| balance.on(*account) == Money::ZERO), "{balance:?}");
    at.books_agree().await;
}

#[tokio::test]
async fn a_task_about_late_money_that_was_closed_without_paying_back_is_found_by_the_check() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 1).await;
    let (number, task) = at.paid_too_late(dress).await;

    at.shop.finish_task(&at.owner().await, task).await.unwrap();

    let report = at.shop.check_books().await.unwrap();
    let told: Vec<String> =
        report.differences.iter().map(|(number, difference)| format!("{number}: {difference}")).collect();
    assert_eq!(told, [format!("{number}: 49.90 of the shopper is here, and no refund and no open task is about it")]);
    assert!(!report.is_right());
}
