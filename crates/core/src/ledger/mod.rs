//! The books: where the money of each order is. Append-only and double entry. An entry is one amount that moves from one account to
//! another, so it sums to zero because it cannot be written otherwise; and each event happens once per thing that it is about.

mod balance;
mod check;
mod day;
mod purse;

pub use balance::Balance;
pub use check::{Difference, differences};
pub use day::{Movement, Side, Unequal, unequal};
pub use purse::Purse;

use crate::id::OrderId;
use crate::money::Money;
use crate::order::{Order, Refund};
use crate::payment::{Attempt, Method};
use crate::time::Timestamp;
use uuid::Uuid;

/// Who holds money that was received.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Holder {
    /// Rabo OmniKassa: iDEAL and cards.
    OmniKassa,
    /// PayPal.
    PayPal,
    /// Klarna, once it owes us what it promised.
    Klarna,
    /// The owner's own bank account.
    Bank,
}

impl Holder {
    /// Who holds what is paid in that way.
    pub const fn of(method: Method) -> Self {
        match method {
            Method::Ideal | Method::Card => Self::OmniKassa,
            Method::PayPal => Self::PayPal,
            Method::Klarna => Self::Klarna,
            Method::Invoice | Method::BankTransfer => Self::Bank,
        }
    }
}

/// An account of the books.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Account {
    /// What the shopper owes for the order; below zero what the shop owes her.
    Shopper,
    /// What was sold, as an amount below zero.
    Sales,
    /// What Klarna promised and was not asked to pay yet.
    Promised,
    /// Money that is here.
    Held(Holder),
}

impl Account {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Shopper,
        Self::Sales,
        Self::Promised,
        Self::Held(Holder::OmniKassa),
        Self::Held(Holder::PayPal),
        Self::Held(Holder::Klarna),
        Self::Held(Holder::Bank),
    ];

    /// The word in the database.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Shopper => "shopper",
            Self::Sales => "sales",
            Self::Promised => "promised",
            Self::Held(Holder::OmniKassa) => "omnikassa",
            Self::Held(Holder::PayPal) => "paypal",
            Self::Held(Holder::Klarna) => "klarna",
            Self::Held(Holder::Bank) => "bank",
        }
    }

    /// Reads that word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|account| account.name() == text)
    }
}

/// What moved the money.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Posting {
    /// An order was placed.
    Placed,
    /// It ended without having been paid.
    EndedUnpaid,
    /// It is delivered after all.
    Revived,
    /// A try to pay brought money.
    Received,
    /// A try to pay brought a promise.
    Promised,
    /// The promise became money.
    PromiseTaken,
    /// The promise is over.
    PromiseLetGo,
    /// The sale became smaller: goods came back, or will never go.
    TakenBack,
    /// The shopper has her money back.
    PaidBack,
}

impl Posting {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Placed,
        Self::EndedUnpaid,
        Self::Revived,
        Self::Received,
        Self::Promised,
        Self::PromiseTaken,
        Self::PromiseLetGo,
        Self::TakenBack,
        Self::PaidBack,
    ];

    /// The word in the database.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Placed => "placed",
            Self::EndedUnpaid => "ended_unpaid",
            Self::Revived => "revived",
            Self::Received => "received",
            Self::Promised => "promised",
            Self::PromiseTaken => "promise_taken",
            Self::PromiseLetGo => "promise_let_go",
            Self::TakenBack => "taken_back",
            Self::PaidBack => "paid_back",
        }
    }

    /// Reads that word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|posting| posting.name() == text)
    }

    /// Whether it changes what was sold, rather than where the money is.
    const fn is_of_the_sale(self) -> bool {
        matches!(self, Self::Placed | Self::Revived | Self::EndedUnpaid | Self::TakenBack)
    }

    /// To which account and from which one, when `holder` has the money.
    const fn accounts(self, holder: Holder) -> (Account, Account) {
        match self {
            Self::Placed | Self::Revived => (Account::Shopper, Account::Sales),
            Self::EndedUnpaid | Self::TakenBack => (Account::Sales, Account::Shopper),
            Self::Received => (Account::Held(holder), Account::Shopper),
            Self::Promised => (Account::Promised, Account::Shopper),
            Self::PromiseTaken => (Account::Held(holder), Account::Promised),
            Self::PromiseLetGo => (Account::Shopper, Account::Promised),
            Self::PaidBack => (Account::Shopper, Account::Held(holder)),
        }
    }
}

/// One movement. It cannot be made with an amount of nothing, nor with accounts that do not belong to what happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    order: OrderId,
    what: Posting,
    about: Uuid,
    to: Account,
    from: Account,
    amount: Money,
    at: Timestamp,
}

impl Entry {
    /// About an order as a whole; `None` when it costs nothing.
    pub fn of_order(what: Posting, order: &Order, amount: Money, at: Timestamp) -> Option<Self> {
        Self::made(order.id, what, order.id.uuid(), Holder::of(order.method), amount, at)
    }

    /// About a try to pay.
    pub fn of_attempt(what: Posting, attempt: &Attempt, at: Timestamp) -> Option<Self> {
        let holder = Holder::of(attempt.method);
        Self::made(attempt.order, what, attempt.id.uuid(), holder, attempt.amount, at)
    }

    /// About a refund that `holder` pays; `None` when nothing of it is paid.
    pub fn of_refund(what: Posting, refund: &Refund, holder: Holder, at: Timestamp) -> Option<Self> {
        let amount = if what.is_of_the_sale() { refund.credit.amount } else { refund.to_pay() };
        Self::made(refund.order, what, refund.id.uuid(), holder, amount, at)
    }

    /// One that was stored; `None` when it could never have been written.
    pub fn read(
        order: OrderId,
        what: Posting,
        about: Uuid,
        (to, from): (Account, Account),
        amount: Money,
        at: Timestamp,
    ) -> Option<Self> {
        let holder = match (to, from) {
            (Account::Held(holder), _) | (_, Account::Held(holder)) => holder,
            // Whoever it is, none of the accounts is theirs.
            _ => Holder::Bank,
        };
        Self::made(order, what, about, holder, amount, at).filter(|entry| (entry.to, entry.from) == (to, from))
    }

    fn made(order: OrderId, what: Posting, about: Uuid, holder: Holder, amount: Money, at: Timestamp) -> Option<Self> {
        let (to, from) = what.accounts(holder);
        (amount > Money::ZERO).then_some(Self { order, what, about, to, from, amount, at })
    }

    /// Of which order.
    pub const fn order(&self) -> OrderId {
        self.order
    }

    /// What happened.
    pub const fn what(&self) -> Posting {
        self.what
    }

    /// The order, the try or the refund that it is about. Together with what happened it is unique.
    pub const fn about(&self) -> Uuid {
        self.about
    }

    /// The account that becomes larger.
    pub const fn to(&self) -> Account {
        self.to
    }

    /// The account that becomes smaller.
    pub const fn from(&self) -> Account {
        self.from
    }

    /// How much; always more than nothing.
    pub const fn amount(&self) -> Money {
        self.amount
    }

    /// When.
    pub const fn at(&self) -> Timestamp {
        self.at
    }
}

#[cfg(test)]
mod tests;
