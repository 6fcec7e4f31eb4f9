//! What a visitor has picked: sizes and numbers, nothing about who she is.

mod totals;

pub use totals::{PricedLine, Totals, VatLine, goods, price, spread};

use crate::catalog::Availability;
use crate::discount::DiscountCode;
use crate::id::{CartId, VariantId};
use crate::money::Money;
use serde::{Deserialize, Serialize};
use std::num::NonZeroU16;

/// How many pieces. Never zero: zero means remove.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Quantity(NonZeroU16);

impl Quantity {
    /// One piece.
    pub const ONE: Self = Self(NonZeroU16::MIN);
    /// More of one size is a question for the owner, not a cart.
    pub const MOST: u16 = 20;

    /// From a number; `None` for zero and above [`Self::MOST`].
    pub fn new(count: u32) -> Option<Self> {
        let count = u16::try_from(count).ok().filter(|count| *count <= Self::MOST)?;
        NonZeroU16::new(count).map(Self)
    }

    /// The number.
    pub fn get(self) -> u32 {
        u32::from(self.0.get())
    }
}

/// One size and how many of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Which size.
    pub variant: VariantId,
    /// How many.
    pub quantity: Quantity,
    /// What one piece cost when it was put in; a later price is pointed out, never slipped in.
    pub seen_price: Money,
}

/// A cart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cart {
    /// Its id; an order made from it carries the same, so a second click finds the first order.
    pub id: CartId,
    /// Lines in the order they were put in. Each size at most once.
    pub lines: Vec<Line>,
    /// The discount code she typed. Whether it takes something off is asked anew each time.
    pub code: Option<DiscountCode>,
}

/// Why a change of the cart was refused. The cart is as it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum CartError {
    /// Fewer are left than wanted.
    SoldOut {
        /// Which size.
        variant: VariantId,
        /// What is told about how many can still be had: no more than the pages say.
        left: Availability,
    },
    /// More than [`Quantity::MOST`] of one size.
    TooMany {
        /// The most of one size.
        most: u32,
    },
    /// More than [`Cart::MOST_LINES`] sizes.
    Full,
}

impl Cart {
    /// A cart with more sizes than this is refused.
    pub const MOST_LINES: usize = 60;

    /// An empty cart.
    pub const fn empty(id: CartId) -> Self {
        Self { id, lines: Vec::new(), code: None }
    }

    /// How many pieces it holds.
    pub fn pieces(&self) -> u32 {
        self.lines.iter().map(|line| line.quantity.get()).sum()
    }

    /// The number of that size, 0 when it is not there.
    pub fn quantity_of(&self, variant: VariantId) -> u32 {
        self.lines.iter().find(|line| line.variant == variant).map_or(0, |line| line.quantity.get())
    }

    /// Puts `more` pieces in, on top of what is there, as far as `available` allows.
    pub fn add(&mut self, variant: VariantId, more: Quantity, price: Money, available: u32) -> Result<(), CartError> {
        self.set(variant, self.quantity_of(variant) + more.get(), price, available)
    }

    /// Makes it `wanted` pieces of that size; zero takes it out.
    pub fn set(&mut self, variant: VariantId, wanted: u32, price: Money, available: u32) -> Result<(), CartError> {
        if wanted == 0 {
            self.lines.retain(|line| line.variant != variant);
            return Ok(());
        }
        let quantity = Quantity::new(wanted).ok_or(CartError::TooMany { most: u32::from(Quantity::MOST) })?;
        // Fewer than before is always allowed, or a sold-out line could not be lowered.
        if wanted > available && wanted > self.quantity_of(variant) {
            return Err(CartError::SoldOut { variant, left: Availability::of(available) });
        }
        let line = Line { variant, quantity, seen_price: price };
        match self.lines.iter().position(|line| line.variant == variant) {
            Some(at) => drop(self.lines.splice(at..=at, [line])),
            None if self.lines.len() >= Self::MOST_LINES => return Err(CartError::Full),
            None => self.lines.push(line),
        }
        Ok(())
    }

    /// Takes over the lines of another cart, at sign-in. Of a size in both, the larger number stays; its code when this has none.
    pub fn merge(&mut self, other: &Self) {
        self.code = self.code.take().or_else(|| other.code.clone());
        for theirs in &other.lines {
            if let Some(ours) = self.lines.iter_mut().find(|ours| ours.variant == theirs.variant) {
                ours.quantity = ours.quantity.max(theirs.quantity);
            } else if self.lines.len() < Self::MOST_LINES {
                self.lines.push(theirs.clone());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn variant(n: u128) -> VariantId {
        VariantId::new(Uuid::from_u128(n))
    }

    fn cart() -> Cart {
        Cart::empty(CartId::new(Uuid::from_u128(1)))
    }

    #[test]
    fn more_than_is_left_is_refused_and_nothing_changes() {
        let mut cart = cart();
        cart.add(variant(1), Quantity::ONE, Money::cents(100), 2).expect("one of two");
        let before = cart.clone();

        let refused = cart.add(variant(1), Quantity::new(2).expect("two"), Money::cents(100), 2);

        assert_eq!(refused, Err(CartError::SoldOut { variant: variant(1), left: Availability::Last(2) }));
        assert_eq!(cart, before);
    }

    #[test]
    fn a_refusal_tells_no_more_about_the_shelf_than_the_pages_do() {
        let refused = |available| cart().set(variant(1), 20, Money::cents(100), available);
        let told = |left| Err(CartError::SoldOut { variant: variant(1), left });

        assert_eq!(refused(0), told(Availability::SoldOut));
        assert_eq!(refused(1), told(Availability::Last(1)));
        assert_eq!(refused(3), told(Availability::Plenty));
        assert_eq!(refused(19), told(Availability::Plenty));
    }

    #[test]
    fn a_sold_out_line_can_still_be_lowered_and_removed() {
        let mut cart = cart();
        cart.set(variant(1), 3, Money::cents(100), 3).expect("three of three");

        assert_eq!(cart.set(variant(1), 2, Money::cents(100), 0), Ok(()));
        assert_eq!(cart.set(variant(1), 0, Money::cents(100), 0), Ok(()));
        assert_eq!(cart.lines, []);
    }

    #[test]
    fn merging_keeps_the_larger_number_of_each_size() {
        let (mut ours, mut theirs) = (cart(), cart());
        ours.set(variant(1), 2, Money::cents(100), 9).expect("fits");
        theirs.set(variant(1), 1, Money::cents(100), 9).expect("fits");
        theirs.set(variant(2), 4, Money::cents(100), 9).expect("fits");
        theirs.code = DiscountCode::parse("WELKOM5");

        ours.merge(&theirs);

        assert_eq!((ours.quantity_of(variant(1)), ours.quantity_of(variant(2)), ours.pieces()), (2, 4, 6));
        assert_eq!(ours.code, theirs.code);
    }

    #[test]
    fn a_cart_has_limits() {
        let mut cart = cart();
        for n in 0..60 {
            cart.set(variant(n), 1, Money::ZERO, 1).expect("fits");
        }

        assert_eq!(cart.set(variant(99), 1, Money::ZERO, 1), Err(CartError::Full));
        assert_eq!(cart.set(variant(1), 21, Money::ZERO, 99), Err(CartError::TooMany { most: 20 }));
    }
}
