//! Which order a booking on the bank account pays. Only what is named and exact may be booked without a person; for all else this
//! says what it looks like, and a person decides. The payer's name and text are compared here and kept nowhere.

mod name;
mod written;

#[cfg(test)]
mod tests;

use super::CreditorReference;
use crate::money::Money;
use crate::order::OrderNumber;
use std::cmp::Ordering;
use std::fmt;
use written::Written;

/// A transfer that we wait for, or waited for: every order that was to be paid by bank transfer.
#[derive(Clone, PartialEq, Eq)]
pub struct Expected {
    /// The order.
    pub order: OrderNumber,
    /// The reference that the shopper was given.
    pub reference: CreditorReference,
    /// What the order costs.
    pub owed: Money,
    /// What came in for it so far.
    pub received: Money,
    /// Whether it waits no more: it lapsed or was cancelled.
    pub ended: bool,
    /// Last name of who ordered.
    pub last_name: String,
}

/// What is known of one booking. Borrowed, because none of it may be kept.
#[derive(Clone, Copy)]
pub struct Facts<'a> {
    /// What came in; negative when it went out.
    pub amount: Money,
    /// Whether the bank says that it came back or was undone.
    pub returned: bool,
    /// The structured reference, its check digits verified.
    pub reference: Option<&'a CreditorReference>,
    /// What the payer wrote.
    pub text: &'a str,
    /// The payer's name as the bank gives it.
    pub payer: &'a str,
}

/// What a booking is, next to what we wait for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Match {
    /// The structured reference of an order, and exactly what is open for it.
    Exact {
        /// Which.
        order: OrderNumber,
    },
    /// Number or reference of an order in the free text, and exactly what is open for it.
    ByNumber {
        /// Which.
        order: OrderNumber,
    },
    /// An order is named, and this is less than what is open.
    Partial {
        /// Which.
        order: OrderNumber,
        /// What is still open after it.
        missing: Money,
    },
    /// An order is named, and this is more than what is open.
    Over {
        /// Which.
        order: OrderNumber,
        /// What is to go back.
        surplus: Money,
    },
    /// An order is named that was paid already.
    Double {
        /// Which.
        order: OrderNumber,
    },
    /// An order is named that waits no more. It is never booked: what it held may be sold.
    AfterEnd {
        /// Which.
        order: OrderNumber,
    },
    /// Nothing is named, but one open order fits, and only one.
    Likely {
        /// Which.
        order: OrderNumber,
        /// What points to it, beside the amount.
        because: Because,
    },
    /// Several orders are named, and this is what is open for them together.
    SeveralOrders {
        /// Which, in the order of the list of transfers.
        orders: Vec<OrderNumber>,
    },
    /// None of these.
    Unknown {
        /// Orders that are named all the same; often none.
        named: Vec<OrderNumber>,
    },
    /// Money that went out or came back: a refund that we sent, or a payment that a bank returned. It pays nothing.
    Return {
        /// The order it names, when it is one.
        order: Option<OrderNumber>,
    },
}

/// What makes a match likely, beside the amount. The strongest comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Because {
    /// One letter or digit of its reference is wrong, missing, too many, or changed places with the next.
    Mistyped,
    /// The digits of its number stand in the text, without the letters.
    BareNumber,
    /// Its last name is in the payer's name.
    Name,
}

impl Match {
    /// The order that may be booked as paid without a person.
    pub const fn books(&self) -> Option<&OrderNumber> {
        match self {
            Self::Exact { order } | Self::ByNumber { order } => Some(order),
            _ => None,
        }
    }
}

/// What the booking is. Nothing but these arguments decides it, so the same booking gives the same answer as long as no money comes in.
pub fn match_booking(expected: &[Expected], facts: &Facts<'_>) -> Match {
    let written = Written::of(facts.text);
    let named: Vec<&Expected> = expected.iter().filter(|one| is_named(one, facts, &written)).collect();
    let numbers = || named.iter().map(|one| one.order.clone()).collect();
    if facts.returned || facts.amount < Money::ZERO {
        let order = if let [one] = named.as_slice() { Some(one.order.clone()) } else { None };
        return Match::Return { order };
    }
    // The reference of somebody else beside a number of ours: one of them is a mistake, and we cannot know which.
    let foreign = facts.reference.is_some_and(|reference| expected.iter().all(|one| one.reference != *reference));
    if facts.amount == Money::ZERO || (foreign && !named.is_empty()) {
        return Match::Unknown { named: numbers() };
    }
    match named.as_slice() {
        [] => likely(expected, facts, &written),
        [one] => compare(one, facts),
        several
            if Money::sum(several.iter().filter_map(|one| one.open())) == Ok(facts.amount)
                && several.iter().all(|one| one.open().is_some()) =>
        {
            Match::SeveralOrders { orders: numbers() }
        }
        _ => Match::Unknown { named: numbers() },
    }
}

fn is_named(one: &Expected, facts: &Facts<'_>, written: &Written) -> bool {
    facts.reference == Some(&one.reference) || written.has_reference(&one.reference) || written.has_number(&one.order)
}

/// The amount beside what is open for the one order that is named.
fn compare(one: &Expected, facts: &Facts<'_>) -> Match {
    let order = one.order.clone();
    if one.ended {
        return Match::AfterEnd { order };
    }
    let Some(open) = one.open() else { return Match::Double { order } };
    let Ok(missing) = open.minus(facts.amount) else { return Match::Unknown { named: vec![order] } };
    match missing.cmp(&Money::ZERO) {
        Ordering::Equal if facts.reference == Some(&one.reference) => Match::Exact { order },
        Ordering::Equal => Match::ByNumber { order },
        Ordering::Greater => Match::Partial { order, missing },
        Ordering::Less => facts
            .amount
            .minus(open)
            .map_or(Match::Unknown { named: vec![one.order.clone()] }, |surplus| Match::Over { order, surplus }),
    }
}

/// The one open order with exactly this amount to which something points. Two that fit as well are none.
fn likely(expected: &[Expected], facts: &Facts<'_>, written: &Written) -> Match {
    let fitting: Vec<&Expected> = expected.iter().filter(|one| one.open() == Some(facts.amount)).collect();
    for because in [Because::Mistyped, Because::BareNumber, Because::Name] {
        let points_to = |one: &&&Expected| match because {
            Because::Mistyped => written.has_nearly(&one.reference),
            Because::BareNumber => written.has_bare_number(&one.order),
            Because::Name => name::is_in(&one.last_name, facts.payer),
        };
        let mut found = fitting.iter().filter(points_to);
        match (found.next(), found.next()) {
            (Some(one), None) => return Match::Likely { order: one.order.clone(), because },
            (Some(_), Some(_)) => break,
            (None, _) => {}
        }
    }
    Match::Unknown { named: Vec::new() }
}

impl Expected {
    /// What is still to come in; `None` when it ended, or nothing is.
    pub fn open(&self) -> Option<Money> {
        let open = self.owed.minus(self.received).ok()?;
        (!self.ended && open > Money::ZERO).then_some(open)
    }
}

impl fmt::Debug for Expected {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Expected")
            .field("order", &self.order)
            .field("owed", &self.owed)
            .field("received", &self.received)
            .field("ended", &self.ended)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Facts<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Facts")
            .field("amount", &self.amount)
            .field("returned", &self.returned)
            .field("reference", &self.reference)
            .finish_non_exhaustive()
    }
}
