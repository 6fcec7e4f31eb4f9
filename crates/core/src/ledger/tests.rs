use super::*;
use crate::id::{AttemptId, RefundId};
use crate::order::OrderState;
use crate::order::given::order;
use crate::order::refund::{RefundState, RefundWish, Refundable};
use crate::payment::{AttemptState, attempt_reference};
use proptest::prelude::*;

fn at(micros: i64) -> Timestamp {
    Timestamp::from_micros(micros)
}

fn attempt(order: &Order, ordinal: u32, method: Method) -> Attempt {
    Attempt {
        id: AttemptId::new(Uuid::from_u128(100 + u128::from(ordinal))),
        order: order.id,
        ordinal,
        method,
        amount: order.totals.total,
        reference: attempt_reference(&order.number, ordinal),
        provider_id: None,
        pay_url: None,
        state: AttemptState::Open,
        created_at: at(1),
        version: 1,
    }
}

/// An order, its tries and refunds with the books that were kept beside them.
struct Life {
    order: Order,
    attempts: Vec<Attempt>,
    refunds: Vec<Refund>,
    entries: Vec<Entry>,
}

impl Life {
    fn new() -> Self {
        let order = order(&[(1495, 3, 2100), (899, 1, 900)], 500, 495);
        let entries = Entry::of_order(Posting::Placed, &order, order.totals.total, at(0)).into_iter().collect();
        Self { order, attempts: Vec::new(), refunds: Vec::new(), entries }
    }

    fn post(&mut self, entry: Option<Entry>) {
        self.entries.extend(entry);
    }

    fn received(&self) -> Money {
        Balance::of(&self.entries).received()
    }

    fn is_waiting(&self) -> bool {
        matches!(self.order.state, OrderState::AwaitingPayment { .. })
    }

    fn pay(&mut self, method: Method) {
        let mut paid = attempt(&self.order, 1 + u32::try_from(self.attempts.len()).expect("few"), method);
        paid.state = AttemptState::Paid { at: at(2) };
        let what = if method == Method::Klarna { Posting::Promised } else { Posting::Received };
        self.post(Entry::of_attempt(what, &paid, at(2)));
        if self.is_waiting() {
            self.order.state = OrderState::Paid { at: at(2) };
        } else if method == Method::Klarna {
            self.post(Entry::of_attempt(Posting::PromiseLetGo, &paid, at(3)));
        }
        self.attempts.push(paid);
    }

    fn refund(&mut self, wish: RefundWish) {
        let before: Vec<_> = self.refunds.iter().map(|refund| refund.credit.clone()).collect();
        let Some(source) = self.attempts.first().cloned() else { return };
        let surplus = self.received().in_cents() - self.order.totals.total.in_cents();
        let wishes_surplus = wish == RefundWish::Rest && surplus > 0 && before.iter().all(|c| c.of.takes_back_a_sale());
        let credit = if wishes_surplus {
            Ok(crate::order::refund::Credit::surplus(Money::cents(surplus)))
        } else {
            Refundable::of(&self.order, self.received(), &before).credit(wish)
        };
        let Ok(credit) = credit else { return };
        let refund = Refund {
            id: RefundId::new(Uuid::from_u128(200 + u128::try_from(self.refunds.len()).expect("few"))),
            order: self.order.id,
            attempt: source.id,
            credit,
            set_off: Money::ZERO,
            state: RefundState::Wanted,
            provider_id: None,
            created_at: at(4),
            version: 1,
        };
        if refund.credit.of.takes_back_a_sale() {
            self.post(Entry::of_refund(Posting::TakenBack, &refund, Holder::Bank, at(4)));
        }
        self.refunds.push(refund);
    }

    fn finish_refunds(&mut self) {
        let open: Vec<_> = self.refunds.iter_mut().filter(|refund| refund.state.is_owed()).collect();
        let mut paid = Vec::new();
        for refund in open {
            refund.state = RefundState::Done { at: at(5), by_hand: false };
            paid.extend(Entry::of_refund(Posting::PaidBack, refund, Holder::OmniKassa, at(5)));
        }
        self.entries.extend(paid);
    }

    fn cancel(&mut self) {
        match self.order.state {
            OrderState::AwaitingPayment { .. } => {
                self.post(Entry::of_order(Posting::EndedUnpaid, &self.order, self.order.totals.total, at(6)));
                self.order.state =
                    OrderState::Cancelled { at: at(6), reason: crate::order::CancelReason::NotPaid, paid_at: None };
            }
            OrderState::Paid { at: paid } => {
                let promise = self.attempts.iter().find(|attempt| attempt.method == Method::Klarna).cloned();
                match promise.filter(|_| self.received() == Money::ZERO) {
                    Some(promise) => {
                        self.post(Entry::of_order(Posting::TakenBack, &self.order, self.order.totals.total, at(6)));
                        self.post(Entry::of_attempt(Posting::PromiseLetGo, &promise, at(6)));
                    }
                    None => self.refund_rest(),
                }
                self.order.state =
                    OrderState::Cancelled { at: at(6), reason: crate::order::CancelReason::Owner, paid_at: Some(paid) };
            }
            _ => {}
        }
    }

    fn refund_rest(&mut self) {
        let before = self.refunds.len();
        self.refund(RefundWish::Rest);
        // The first wish may have taken the surplus; the sale still has to go back.
        if self.refunds.get(before).is_some_and(|refund| !refund.credit.of.takes_back_a_sale()) {
            self.refund(RefundWish::Rest);
        }
    }

    fn ship(&mut self) {
        if let OrderState::Paid { at: paid_at } = self.order.state {
            self.order.state = OrderState::Shipped { paid_at, at: at(7) };
            let promise = self.attempts.first().filter(|attempt| attempt.method == Method::Klarna).cloned();
            if let Some(promise) = promise {
                self.post(Entry::of_attempt(Posting::PromiseTaken, &promise, at(7)));
            }
        }
    }

    fn differences(&self, awaits_person: bool) -> Vec<Difference> {
        let (attempts, refunds, entries) = (self.attempts.clone(), self.refunds.clone(), self.entries.clone());
        differences(&self.order, &Purse { attempts, refunds, entries }, awaits_person)
    }
}

#[test]
fn an_entry_of_nothing_or_of_other_accounts_cannot_be_made() {
    let free = order(&[(4495, 1, 2100)], 0, 495);
    assert_eq!(Entry::of_order(Posting::Placed, &free, Money::ZERO, at(0)), None);
    let read = |to, from, cents| {
        Entry::read(free.id, Posting::Received, Uuid::from_u128(9), (to, from), Money::cents(cents), at(0))
    };

    assert!(read(Account::Held(Holder::PayPal), Account::Shopper, 1).is_some());
    assert_eq!(read(Account::Held(Holder::PayPal), Account::Shopper, 0), None);
    assert_eq!(read(Account::Shopper, Account::Sales, 1), None);
    assert_eq!(read(Account::Shopper, Account::Held(Holder::PayPal), 1), None);
}

#[test]
fn an_order_that_is_paid_and_shipped_owes_nothing() {
    let mut life = Life::new();
    life.pay(Method::Ideal);
    life.ship();

    let balance = Balance::of(&life.entries);
    assert_eq!(balance.on(Account::Shopper), Money::ZERO);
    assert_eq!(balance.on(Account::Held(Holder::OmniKassa)), life.order.totals.total);
    assert_eq!(life.differences(false), []);
}

#[test]
fn what_was_paid_twice_is_undecided_until_it_goes_back() {
    let mut life = Life::new();
    life.pay(Method::Ideal);
    life.pay(Method::PayPal);
    assert_eq!(life.differences(false), [Difference::Undecided(life.order.totals.total)]);
    assert_eq!(life.differences(true), []);

    life.refund(RefundWish::Rest);
    assert_eq!(life.refunds[0].credit.of, crate::order::refund::RefundOf::Surplus);
    assert_eq!(life.differences(false), []);
    life.finish_refunds();

    assert_eq!((life.differences(false), Balance::of(&life.entries).owed_back()), (vec![], Money::ZERO));
}

#[test]
fn an_open_invoice_is_owed_and_a_credit_is_set_off_before_money_goes_back() {
    let mut life = Life::new();
    let total = life.order.totals.total;
    let half = Money::cents(total.in_cents() / 2);
    let rest = total.minus(half).expect("fits");
    let part = |life: &Life, ordinal, amount, state| Attempt {
        amount,
        state,
        ..attempt(&life.order, ordinal, Method::Invoice)
    };
    let deposit = part(&life, 1, half, AttemptState::Paid { at: at(2) });
    life.post(Entry::of_attempt(Posting::Received, &deposit, at(2)));
    life.attempts = vec![deposit, part(&life, 2, rest, AttemptState::Open)];
    life.order.method = Method::Invoice;
    life.order.state = OrderState::Paid { at: at(2) };
    assert_eq!((life.differences(false), Balance::of(&life.entries).on(Account::Shopper)), (vec![], rest));

    // All of it comes back: the open part is not owed any more, and the half goes back.
    let credit = Refundable::of(&life.order, total, []).credit(RefundWish::Rest).expect("there is something");
    let mut refund = Refund {
        id: RefundId::new(Uuid::from_u128(200)),
        order: life.order.id,
        attempt: life.attempts[1].id,
        credit,
        set_off: rest,
        state: RefundState::ByHand,
        provider_id: None,
        created_at: at(4),
        version: 1,
    };
    life.post(Entry::of_refund(Posting::TakenBack, &refund, Holder::Bank, at(4)));
    life.refunds.push(refund.clone());
    assert_eq!(life.differences(false), [Difference::Owes { expected: rest, booked: Money::ZERO }], "still open");
    life.attempts[1].state = AttemptState::Cancelled { at: at(4) };
    assert_eq!((life.differences(false), Balance::of(&life.entries).owed_back()), (vec![], half));

    refund.state = RefundState::Done { at: at(5), by_hand: true };
    life.post(Entry::of_refund(Posting::PaidBack, &refund, Holder::Bank, at(5)));
    life.refunds = vec![refund];
    let balance = Balance::of(&life.entries);
    assert_eq!((life.differences(false), balance.on(Account::Shopper)), (vec![], Money::ZERO));
    assert_eq!(balance.paid_back(), half);
}

#[test]
fn books_that_miss_or_invent_something_are_found_out() {
    let mut life = Life::new();
    life.pay(Method::Ideal);
    let total = life.order.totals.total;

    let received = life.entries.pop().expect("the payment");
    let missing =
        Difference::Other { what: Posting::Received, of: "AG100001P1".to_owned(), known: total, booked: Money::ZERO };
    assert_eq!(life.differences(false), [missing, Difference::Owes { expected: Money::ZERO, booked: total }]);
    life.entries.push(received);

    life.attempts.clear();
    let of = received.about().to_string();
    let invented = Difference::Other { what: Posting::Received, of, known: Money::ZERO, booked: total };
    assert_eq!(life.differences(false), [invented]);
}

proptest! {
    #[test]
    fn any_legal_history_sums_to_zero_agrees_with_the_order_and_ends_with_nothing_owed(
        steps in proptest::collection::vec((0u8..8, 1i64..3_000), 0..14),
    ) {
        let mut life = Life::new();
        for (step, cents) in steps {
            match step {
                // With Klarna first, what comes later is another story: the promise is the sale.
                0 | 2 if life.attempts.iter().any(|attempt| attempt.method == Method::Klarna) => {}
                0 => life.pay(Method::Ideal),
                1 if life.attempts.is_empty() => life.pay(Method::Klarna),
                2 => life.pay(Method::BankTransfer),
                3 => life.ship(),
                4 => life.cancel(),
                5 => life.finish_refunds(),
                6 if life.order.state.is_paid() => {
                    life.refund(RefundWish::Amount { amount: Money::cents(cents), reason: "knoopje".to_owned() });
                }
                7 if life.order.state.is_paid() => life.refund(RefundWish::Goods {
                    pieces: vec![crate::order::refund::Pieces { line: 0, count: 1 }],
                    shipping: cents % 2 == 0,
                }),
                _ => {}
            }
            let balance = Balance::of(&life.entries);
            prop_assert_eq!(balance.total(), Money::ZERO);
            prop_assert_eq!(life.differences(true), vec![]);
        }

        // The end: what nobody paid lapses, what came too much goes back, what is wanted is paid.
        if life.is_waiting() {
            life.cancel();
        }
        life.finish_refunds();
        let owed = Balance::of(&life.entries).owed_back();
        if owed > Money::ZERO {
            let source = life.attempts[0].clone();
            let refund = Refund {
                id: RefundId::new(Uuid::from_u128(999)),
                order: life.order.id,
                attempt: source.id,
                credit: crate::order::refund::Credit::surplus(owed),
                set_off: Money::ZERO,
                state: RefundState::Wanted,
                provider_id: None,
                created_at: at(8),
                version: 1,
            };
            life.refunds.push(refund);
            life.finish_refunds();
        }
        let balance = Balance::of(&life.entries);
        prop_assert_eq!((balance.total(), balance.on(Account::Shopper)), (Money::ZERO, Money::ZERO));
        prop_assert_eq!(life.differences(false), vec![]);
    }
}
