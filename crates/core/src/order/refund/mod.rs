//! Money that goes back to a shopper: for what (a credit) and how far it has come (a state). How much it is worth is in
//! `worth`; who sends it is no matter of this crate.

mod state;
mod worth;

pub use state::{RefundEvent, RefundNews, RefundState, diagram};
pub use worth::{RefundWish, Refundable};

use crate::cart::VatLine;
use crate::id::{AttemptId, OrderId, RefundId};
use crate::money::Money;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// Pieces of one line of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pieces {
    /// Place of the line, from 0.
    pub line: u32,
    /// How many pieces.
    pub count: u32,
}

/// What a refund is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum RefundOf {
    /// Pieces that came back or were not delivered, and perhaps the delivery.
    Goods {
        /// Which pieces.
        pieces: Vec<Pieces>,
        /// Whether the delivery is paid back too; once per order.
        shipping: bool,
    },
    /// All that was left of an order that ended.
    Rest,
    /// An amount that the owner gives back, because of a small fault for instance.
    Goodwill {
        /// Why; the shopper reads it.
        reason: String,
    },
    /// Money that came on top of what was owed: paid twice, or after the end. It was never a sale.
    Surplus,
}

impl RefundOf {
    /// Whether the sale becomes smaller by it.
    pub const fn takes_back_a_sale(&self) -> bool {
        !matches!(self, Self::Surplus)
    }

    /// The word in timelines.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Goods { .. } => "goods",
            Self::Rest => "rest",
            Self::Goodwill { .. } => "goodwill",
            Self::Surplus => "surplus",
        }
    }
}

/// What goes back, to the cent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Credit {
    /// What for.
    pub of: RefundOf,
    /// How much, VAT included.
    pub amount: Money,
    /// The VAT in it per rate, highest rate first; none in money that was never a sale.
    pub vat: Vec<VatLine>,
}

impl Credit {
    /// Money that was never a sale.
    pub const fn surplus(amount: Money) -> Self {
        Self { of: RefundOf::Surplus, amount, vat: Vec::new() }
    }
}

/// One payment back to a shopper, by the means that she paid with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refund {
    /// Its id; also the key that makes a repeated call to the provider the same refund.
    pub id: RefundId,
    /// The order that it belongs to.
    pub order: OrderId,
    /// The try to pay that it gives back.
    pub attempt: AttemptId,
    /// What for, and how much.
    pub credit: Credit,
    /// The part of it that makes an unpaid invoice smaller instead of going back.
    pub set_off: Money,
    /// How far it has come.
    pub state: RefundState,
    /// The provider's own id, once it took it.
    pub provider_id: Option<String>,
    /// When it was decided.
    pub created_at: Timestamp,
    /// Raised by every save.
    pub version: i64,
}

impl Refund {
    /// What really goes back.
    pub fn to_pay(&self) -> Money {
        Money::cents(self.credit.amount.in_cents().saturating_sub(self.set_off.in_cents()).max(0))
    }
}

/// Why an order cannot be refunded like that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefundError {
    /// Neither pieces nor delivery nor an amount was chosen.
    Nothing,
    /// The order has no such line.
    NoSuchLine,
    /// So many pieces of the line were not refunded yet.
    MorePieces {
        /// Place of the line, from 0.
        line: u32,
        /// What is left of it.
        left: u32,
    },
    /// The delivery was free, or paid back before.
    NoShipping,
    /// More than what was received and not given back.
    TooMuch {
        /// What is left.
        left: Money,
    },
    /// An amount without a reason.
    NoReason,
}
