//! Paying: what is owed (a payment) and each try to pay it (an attempt).

mod invoice_lines;
mod invoice_offer;
mod matching;
mod own_invoice;
mod reference;
mod state;

pub use invoice_lines::{Billed, DoesNotAddUp, InvoiceLine, Sold, invoice_lines};
pub use invoice_offer::{InvoiceLimits, NoInvoice, YOUNGEST, may_pay_afterwards};
pub use matching::{Because, Expected, Facts, Match, match_booking};
pub use own_invoice::{
    Bill, Buyer, DEMAND_AFTER, HAND_OVER_AFTER, OwnInvoice, PAY_WITHIN, REMIND_AFTER, When, asked_in_advance,
};
pub use reference::{CreditorReference, epc_text, iban_is_valid};
pub use state::{AttemptEvent, AttemptState, News, diagram};

use crate::id::{AttemptId, OrderId};
use crate::money::Money;
use crate::order::Order;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// How a shopper pays. All that is ever stored about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Method {
    /// iDEAL | Wero through OmniKassa.
    Ideal,
    /// Credit card through OmniKassa.
    Card,
    /// PayPal, at PayPal itself.
    PayPal,
    /// Afterwards, on an invoice of Klarna's: credit, so never chosen in advance and never styled up (legal.md BN3).
    Klarna,
    /// Afterwards, by transfer on an invoice of the shop's own: nobody else is in between and it costs nothing.
    Invoice,
    /// Bank transfer in advance.
    BankTransfer,
}

impl Method {
    /// All, in the order they are offered (design.md section 9).
    pub const ALL: [Self; 6] = [Self::Ideal, Self::Card, Self::PayPal, Self::Klarna, Self::Invoice, Self::BankTransfer];

    /// The word in forms and in the database.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ideal => "ideal",
            Self::Card => "card",
            Self::PayPal => "paypal",
            Self::Klarna => "klarna",
            Self::Invoice => "invoice",
            Self::BankTransfer => "bank_transfer",
        }
    }

    /// Reads that word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.name() == text)
    }

    /// Whether the provider only promises the money and it is taken when the parcel leaves.
    pub const fn is_taken_when_shipped(self) -> bool {
        matches!(self, Self::Klarna)
    }

    /// Whether the shopper transfers the money to the account of the shop: no provider is asked, and none can send it back.
    pub const fn is_by_transfer(self) -> bool {
        matches!(self, Self::Invoice | Self::BankTransfer)
    }

    /// What people read.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Ideal => "iDEAL | Wero",
            Self::Card => "Creditcard",
            Self::PayPal => "PayPal",
            Self::Klarna => "Klarna (achteraf betalen)",
            Self::Invoice => "Achteraf op factuur",
            Self::BankTransfer => "Overschrijving vooraf",
        }
    }
}

/// One try to pay an order at one provider.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempt {
    /// Its id; also the idempotency key of the call that starts it.
    pub id: AttemptId,
    /// The order it pays.
    pub order: OrderId,
    /// Which try: 1, 2, 3 …
    pub ordinal: u32,
    /// How.
    pub method: Method,
    /// What must be paid: the whole order, or on an invoice of our own a part of it.
    pub amount: Money,
    /// The order id that the provider sees: number and try, letters and digits, at most 24.
    pub reference: String,
    /// The provider's own id, once it is known.
    pub provider_id: Option<String>,
    /// Where the shopper pays, once it is known.
    pub pay_url: Option<String>,
    /// Where it is in its life.
    pub state: AttemptState,
    /// When it began.
    pub created_at: Timestamp,
    /// Raised by every save.
    pub version: i64,
}

impl Attempt {
    /// Whether it is a part of an invoice of our own that waits for its transfer.
    pub const fn is_claim(&self) -> bool {
        matches!((self.method, self.state), (Method::Invoice, AttemptState::Open))
    }

    /// Whether all of the order is left to an invoice of our own: then its goods leave before anything is paid.
    pub fn is_whole_invoice(&self, order: &Order) -> bool {
        self.method == Method::Invoice && self.amount == order.totals.total
    }
}

/// The try that a transfer for an order pays: the last one that waits for it, otherwise the last one of its kind.
pub fn awaited_transfer(attempts: &[Attempt]) -> Option<&Attempt> {
    let by_transfer = || attempts.iter().rev().filter(|attempt| attempt.method.is_by_transfer());
    by_transfer().find(|attempt| attempt.state.is_open()).or_else(|| by_transfer().next())
}

/// `AG100042P2`: what a provider calls the second try of that order.
pub fn attempt_reference(order: &crate::order::OrderNumber, ordinal: u32) -> String {
    format!("{order}P{ordinal}")
}
