//! Whether the books agree with an order, its tries to pay and its refunds. Every answer is a sentence for the operator.

use super::{Account, Posting, Purse};
use crate::money::Money;
use crate::order::refund::RefundState;
use crate::order::{Order, OrderState};
use crate::payment::AttemptState;
use std::fmt;
use uuid::Uuid;

/// Something that does not agree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Difference {
    /// The accounts of the order do not sum to zero.
    NotZero(Money),
    /// The books hold another amount for something than the shop knows.
    Other {
        /// What it is about.
        what: Posting,
        /// A reference or an id.
        of: String,
        /// What the shop knows; nothing when it must not be there.
        known: Money,
        /// What the books hold; nothing when it is missing.
        booked: Money,
    },
    /// What was sold and not taken back is another amount than the state of the order says.
    Sold {
        /// What the state says.
        expected: Money,
        /// What the books hold.
        booked: Money,
    },
    /// The shopper owes something else than the state of the order says.
    Owes {
        /// What the state says.
        expected: Money,
        /// What the books hold.
        booked: Money,
    },
    /// Money of the shopper is here, and nobody decided what becomes of it.
    Undecided(Money),
}

impl fmt::Display for Difference {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotZero(sum) => write!(out, "its accounts sum to {} instead of zero", sum.decimal()),
            Self::Other { what, of, known, booked } => write!(
                out,
                "{} of {of}: the books hold {}, the shop knows {}",
                what.name(),
                booked.decimal(),
                known.decimal()
            ),
            Self::Sold { expected, booked } => {
                write!(out, "sold for {} by its state, but {} by the books", expected.decimal(), booked.decimal())
            }
            Self::Owes { expected, booked } => write!(
                out,
                "the shopper owes {} by its state, but {} by the books",
                expected.decimal(),
                booked.decimal()
            ),
            Self::Undecided(amount) => {
                write!(out, "{} of the shopper is here, and no refund and no open task is about it", amount.decimal())
            }
        }
    }
}

/// What does not agree. `awaits_person`: a task asks the owner what becomes of money that came late or twice, so that money is
/// accounted for.
pub fn differences(order: &Order, purse: &Purse, awaits_person: bool) -> Vec<Difference> {
    let Purse { attempts, refunds, entries } = purse;
    let balance = purse.balance();
    let mut found = Vec::new();
    if balance.total() != Money::ZERO {
        found.push(Difference::NotZero(balance.total()));
    }
    let mut explained: Vec<(Posting, Uuid)> = Vec::new();
    let mut compare = |what: Posting, about: Uuid, of: String, known: Money| {
        let booked = entries.iter().filter(|entry| entry.what() == what && entry.about() == about);
        let booked = Money::cents(booked.map(|entry| entry.amount().in_cents()).sum());
        explained.push((what, about));
        if booked != known {
            found.push(Difference::Other { what, of, known, booked });
        }
    };
    compare(Posting::Placed, order.id.uuid(), order.number.to_string(), order.totals.total);
    for attempt in attempts {
        let promise = attempt.method.is_taken_when_shipped();
        let is_paid = matches!(attempt.state, AttemptState::Paid { .. });
        let known = |counts: bool| if counts && is_paid { attempt.amount } else { Money::ZERO };
        compare(Posting::Received, attempt.id.uuid(), attempt.reference.clone(), known(!promise));
        compare(Posting::Promised, attempt.id.uuid(), attempt.reference.clone(), known(promise));
    }
    for refund in refunds {
        let known = |counts: bool, amount: Money| if counts { amount } else { Money::ZERO };
        let is_done = matches!(refund.state, RefundState::Done { .. });
        let takes_back = refund.credit.of.takes_back_a_sale();
        let of = || format!("refund {}", refund.id);
        compare(Posting::PaidBack, refund.id.uuid(), of(), known(is_done, refund.to_pay()));
        compare(Posting::TakenBack, refund.id.uuid(), of(), known(takes_back, refund.credit.amount));
    }
    for entry in entries {
        let by_itself = matches!(
            entry.what(),
            Posting::Placed | Posting::Received | Posting::Promised | Posting::PaidBack | Posting::TakenBack
        );
        // A promise that is let go of takes the whole sale back without a refund.
        let of_the_order = entry.about() == order.id.uuid() && entry.what() == Posting::TakenBack;
        if by_itself && !of_the_order && !explained.contains(&(entry.what(), entry.about())) {
            let (what, of) = (entry.what(), entry.about().to_string());
            found.push(Difference::Other { what, of, known: Money::ZERO, booked: entry.amount() });
        }
    }
    found.extend(standing(order, purse, awaits_person));
    found
}

/// What the state of the order says about what was sold and what is owed.
fn standing(order: &Order, purse: &Purse, awaits_person: bool) -> Vec<Difference> {
    let balance = purse.balance();
    let mut found = Vec::new();
    let taken_back = purse.refunds.iter().filter(|refund| refund.credit.of.takes_back_a_sale());
    let taken_back: i64 = taken_back.map(|refund| refund.credit.amount.in_cents()).sum();
    let sold = match order.state {
        OrderState::Cancelled { .. } => Money::ZERO,
        _ => Money::cents(order.totals.total.in_cents() - taken_back),
    };
    let booked = Money::cents(-balance.on(Account::Sales).in_cents());
    if booked != sold {
        found.push(Difference::Sold { expected: sold, booked });
    }
    let waits = matches!(order.state, OrderState::AwaitingPayment { .. });
    let owes = balance.on(Account::Shopper).max(Money::ZERO);
    let claims = purse.attempts.iter().filter(|attempt| order.state.is_paid() && attempt.is_claim());
    let claimed = Money::cents(claims.map(|attempt| attempt.amount.in_cents()).sum());
    let expected = if waits { sold } else { claimed };
    if owes != expected {
        found.push(Difference::Owes { expected, booked: owes });
    }
    let undecided = purse.undecided();
    if undecided < Money::ZERO || undecided > Money::ZERO && !awaits_person {
        found.push(Difference::Undecided(undecided));
    }
    found
}
