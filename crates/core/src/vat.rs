//! VAT. Prices include it; one rule takes it out again, rounded once per line.

use crate::money::Money;
use serde::{Deserialize, Serialize};

/// A rate in basis points: 2100 is 21 %.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct VatRate(u16);

impl VatRate {
    /// Dutch standard rate; clothing falls under it (Wet OB 1968 art. 9(1)).
    pub const STANDARD: Self = Self(2100);
    /// Dutch reduced rate (Wet OB 1968 art. 9(2)(a)).
    pub const REDUCED: Self = Self(900);
    /// Nothing is owed.
    pub const ZERO: Self = Self(0);

    /// From basis points; `None` above 100 %.
    pub const fn basis_points(points: u16) -> Option<Self> {
        if points <= 10_000 { Some(Self(points)) } else { None }
    }

    /// The rate in basis points.
    pub const fn in_basis_points(self) -> u16 {
        self.0
    }

    /// The VAT inside a gross amount, rounded half away from zero to the cent.
    pub fn within(self, gross: Money) -> Money {
        let base = 10_000 + i128::from(self.0);
        let twice = i128::from(gross.in_cents()) * i128::from(self.0) * 2;
        let rounded = (twice.abs() + base) / (base * 2) * twice.signum();
        Money::cents(i64::try_from(rounded).unwrap_or(i64::MAX))
    }

    /// `21%`.
    pub fn label(self) -> String {
        match (self.0 / 100, self.0 % 100) {
            (whole, 0) => format!("{whole}%"),
            (whole, part) => format!("{whole},{part:02}%"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn vat_in_a_dress_of_44_95_is_7_80() {
        assert_eq!(VatRate::STANDARD.within(Money::cents(4495)), Money::cents(780));
        assert_eq!(VatRate::REDUCED.within(Money::cents(1090)), Money::cents(90));
        assert_eq!(VatRate::ZERO.within(Money::cents(4495)), Money::ZERO);
    }

    proptest! {
        #[test]
        fn a_refund_holds_the_vat_of_the_sale(cents in 0i64..100_000_000) {
            let sold = VatRate::STANDARD.within(Money::cents(cents)).in_cents();
            let refunded = VatRate::STANDARD.within(Money::cents(-cents)).in_cents();
            prop_assert_eq!(sold, -refunded);
            prop_assert!(sold <= cents);
        }
    }
}
