//! Everything a shopper or the owner can be told when something did not work. Whatever else goes wrong becomes
//! [`ShopError::Unavailable`] with a reference that the log knows.

use crate::cart::CartError;
use crate::checkout::FieldError;
use crate::discount::DiscountRefusal;
use crate::order::IllegalTransition;
use crate::payment::NoInvoice;
use serde::{Deserialize, Serialize};

/// What went wrong, as far as the person before the screen needs to know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ShopError {
    /// There is no such thing, or it is not yours.
    NotFound,
    /// What was sent cannot be read.
    Malformed,
    /// First sign in.
    SignInNeeded,
    /// You may not do that.
    Forbidden,
    /// Fields to look at again.
    Fields(Vec<FieldError>),
    /// The cart could not be changed.
    Cart(CartError),
    /// The discount code takes nothing off.
    Discount(DiscountRefusal),
    /// The cart is empty.
    EmptyCart,
    /// A price or delivery cost changed since it was shown; look at the new total first.
    PriceChanged,
    /// The hold on the stock ended and something was sold meanwhile.
    HoldLost,
    /// We do not deliver there.
    NoDelivery,
    /// The way to pay cannot be used now; the order stands, another way can be chosen.
    PaymentUnavailable,
    /// This order cannot be paid afterwards, for this reason; other ways can be chosen.
    NoInvoice(NoInvoice),
    /// Somebody changed it at the same time; look again.
    Conflict,
    /// Too many tries; wait some minutes.
    TooManyTries,
    /// So many orders wait for their money already that this account gets no more.
    TooManyUnpaid,
    /// It is no longer possible, for instance cancelling what was shipped.
    TooLate,
    /// Our fault. The reference is in the log.
    Unavailable {
        /// Six letters and digits.
        reference: String,
    },
}

impl From<CartError> for ShopError {
    fn from(error: CartError) -> Self {
        Self::Cart(error)
    }
}

impl From<DiscountRefusal> for ShopError {
    fn from(refusal: DiscountRefusal) -> Self {
        Self::Discount(refusal)
    }
}

impl From<IllegalTransition> for ShopError {
    fn from(_: IllegalTransition) -> Self {
        Self::TooLate
    }
}
