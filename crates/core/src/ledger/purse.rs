//! The money of one order: its tries to pay, its refunds and its entries together.

use super::{Account, Balance, Entry, Posting};
use crate::money::Money;
use crate::order::refund::{RefundOf, Refundable};
use crate::order::{Order, OrderState, Refund};
use crate::payment::{Attempt, AttemptState, Method};

/// Everything that is known about the money of an order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Purse {
    /// Tries to pay, first one first.
    pub attempts: Vec<Attempt>,
    /// Refunds, first one first.
    pub refunds: Vec<Refund>,
    /// The books.
    pub entries: Vec<Entry>,
}

impl Purse {
    /// What stands on each account.
    pub fn balance(&self) -> Balance {
        Balance::of(&self.entries)
    }

    /// The try that the sale was paid with: the first one that brought money or a promise which was not given back. `None` for an
    /// order that was not paid, whatever came in for it afterwards. On an invoice of our own it is the part that is open, or the last one.
    pub fn settled_by(&self, order: &Order) -> Option<&Attempt> {
        let was_paid = match order.state {
            OrderState::AwaitingPayment { .. } => false,
            OrderState::Cancelled { paid_at, .. } => paid_at.is_some(),
            OrderState::Paid { .. } | OrderState::Shipped { .. } | OrderState::Delivered { .. } => true,
        };
        if was_paid && order.method == Method::Invoice {
            return self.claim().or_else(|| self.attempts.iter().rfind(|attempt| attempt.method == Method::Invoice));
        }
        let paid = self.attempts.iter().filter_map(|attempt| match attempt.state {
            AttemptState::Paid { at } if was_paid && !self.is_given_back(attempt) => Some((at, attempt)),
            _ => None,
        });
        paid.min_by_key(|(at, attempt)| (*at, attempt.ordinal)).map(|(_, attempt)| attempt)
    }

    /// What the shopper still has to transfer on an invoice of our own.
    pub fn claim(&self) -> Option<&Attempt> {
        self.attempts.iter().rfind(|attempt| attempt.is_claim())
    }

    fn is_given_back(&self, attempt: &Attempt) -> bool {
        let refunded = |refund: &Refund| refund.attempt == attempt.id && refund.credit.of == RefundOf::Surplus;
        self.refunds.iter().any(refunded) || self.has(Posting::PromiseLetGo, attempt)
    }

    fn has(&self, what: Posting, attempt: &Attempt) -> bool {
        self.entries.iter().any(|entry| entry.what() == what && entry.about() == attempt.id.uuid())
    }

    /// Whether the sale stands on a promise that was not taken: then nothing has come in that could go back.
    pub fn is_promised(&self, order: &Order) -> bool {
        self.settled_by(order)
            .is_some_and(|attempt| attempt.method.is_taken_when_shipped() && !self.has(Posting::PromiseTaken, attempt))
    }

    /// What can still be refunded of the sale.
    pub fn refundable(&self, order: &Order) -> Refundable {
        let received = match self.settled_by(order) {
            // What is not paid yet can be taken back too: then she owes less.
            Some(attempt) if attempt.method == Method::Invoice => order.totals.total,
            Some(attempt) if !self.is_promised(order) => attempt.amount,
            _ => Money::ZERO,
        };
        Refundable::of(order, received, self.refunds.iter().map(|refund| &refund.credit))
    }

    /// What the shopper will have back and has not yet.
    pub fn on_the_way(&self) -> Money {
        let owed = self.refunds.iter().filter(|refund| refund.state.is_owed());
        Money::cents(owed.map(|refund| refund.to_pay().in_cents()).sum())
    }

    /// Money of the shopper that nobody decided about: paid twice, or after the end. What was promised beyond what was sold is being
    /// let go of, so it counts as decided.
    pub fn undecided(&self) -> Money {
        let balance = self.balance();
        let rest = balance.owed_back().in_cents() - self.on_the_way().in_cents();
        let promised = balance.on(Account::Promised).in_cents().min(rest).max(0);
        Money::cents(rest - promised)
    }

    /// What was paid with a try and is in no refund.
    pub fn left_of(&self, attempt: &Attempt) -> Money {
        let back = self.refunds.iter().filter(|refund| refund.attempt == attempt.id);
        let back: i64 = back.map(|refund| refund.to_pay().in_cents()).sum();
        Money::cents(attempt.amount.in_cents().saturating_sub(back).max(0))
    }
}
