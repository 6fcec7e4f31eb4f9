//! Money in whole cents. No float ever touches it; notations of providers stay in their adapters.

use serde::{Deserialize, Serialize};
use std::fmt;

/// An amount in euro cents. The shop sells in euro only; other currencies are refused where answers of providers are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub struct Money(i64);

/// The amount does not fit, or would not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Overflow;

/// Why a text is not an amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MoneyError {
    /// Not digits with at most two decimals.
    Malformed,
    /// More than a hundred million euro.
    TooLarge,
}

impl Money {
    /// Nothing.
    pub const ZERO: Self = Self(0);
    const LIMIT: i64 = 10_000_000_000;

    /// From cents.
    pub const fn cents(cents: i64) -> Self {
        Self(cents)
    }

    /// The cents.
    pub const fn in_cents(self) -> i64 {
        self.0
    }

    /// The sum. Fails when it does not fit.
    pub fn plus(self, other: Self) -> Result<Self, Overflow> {
        self.0.checked_add(other.0).map(Self).ok_or(Overflow)
    }

    /// The difference, which may be negative. Fails when it does not fit.
    pub fn minus(self, other: Self) -> Result<Self, Overflow> {
        self.0.checked_sub(other.0).map(Self).ok_or(Overflow)
    }

    /// This amount `count` times. Fails when it does not fit.
    pub fn times(self, count: u32) -> Result<Self, Overflow> {
        self.0.checked_mul(i64::from(count)).map(Self).ok_or(Overflow)
    }

    /// The sum of all. Fails when it does not fit.
    pub fn sum(amounts: impl IntoIterator<Item = Self>) -> Result<Self, Overflow> {
        amounts.into_iter().try_fold(Self::ZERO, Self::plus)
    }

    /// `parts` amounts that add up to this one; the first ones are a cent larger when it does not divide evenly.
    /// Empty when `parts` is zero.
    pub fn split(self, parts: u32) -> Vec<Self> {
        if parts == 0 {
            return Vec::new();
        }
        let each = self.0.div_euclid(i64::from(parts));
        let rest = self.0.rem_euclid(i64::from(parts));
        (0..i64::from(parts)).map(|part| Self(each + i64::from(part < rest))).collect()
    }

    /// Reads `44.95`, `44,95`, `44` or `44.5`, as files of shop systems write prices.
    pub fn parse(text: &str) -> Result<Self, MoneyError> {
        let text = text.trim().trim_start_matches('€').trim();
        let (whole, decimals) = text.split_once(['.', ',']).unwrap_or((text, ""));
        let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || decimals.len() > 2 || !all_digits(whole) || !all_digits(decimals) {
            return Err(MoneyError::Malformed);
        }
        let euros: i64 = whole.parse().map_err(|_| MoneyError::TooLarge)?;
        let cents: i64 = format!("{decimals:0<2}").parse().map_err(|_| MoneyError::Malformed)?;
        euros
            .checked_mul(100)
            .and_then(|amount| amount.checked_add(cents))
            .filter(|amount| *amount <= Self::LIMIT)
            .map(Self)
            .ok_or(MoneyError::TooLarge)
    }

    /// `44.95`: the notation of structured data and of most providers.
    pub fn decimal(self) -> String {
        let sign = if self.0 < 0 { "-" } else { "" };
        format!("{sign}{}.{:02}", (self.0 / 100).abs(), (self.0 % 100).abs())
    }
}

/// `€ 44,95` with a no-break space; whole thousands are grouped with a dot.
impl fmt::Display for Money {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let euros = (self.0 / 100).unsigned_abs();
        let mut digits = euros.to_string();
        let mut at = digits.len();
        while at > 3 {
            at -= 3;
            digits.insert(at, '.');
        }
        let sign = if self.0 < 0 { "−" } else { "" };
        write!(out, "{sign}€\u{a0}{digits},{:02}", (self.0 % 100).abs())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn amounts_read_as_the_design_writes_them() {
        assert_eq!(Money::cents(4495).to_string(), "€\u{a0}44,95");
        assert_eq!(Money::cents(-5).to_string(), "−€\u{a0}0,05");
        assert_eq!(Money::cents(123_456_700).to_string(), "€\u{a0}1.234.567,00");
        assert_eq!(Money::cents(-105).decimal(), "-1.05");
    }

    #[test]
    fn prices_of_other_shops_are_understood() {
        let cases = [("44.95", 4495), ("44,95", 4495), (" 44 ", 4400), ("44.5", 4450), ("€ 0,01", 1)];

        for (text, cents) in cases {
            assert_eq!(Money::parse(text), Ok(Money::cents(cents)), "{text}");
        }
    }

    #[test]
    fn what_is_no_amount_is_refused() {
        for text in ["", "-1", "1.234", "1,2,3", "abc", "1e3", "€"] {
            assert_eq!(Money::parse(text), Err(MoneyError::Malformed), "{text}");
        }
        assert_eq!(Money::parse("99999999999999999999"), Err(MoneyError::TooLarge));
    }

    proptest! {
        #[test]
        fn splitting_loses_no_cent(cents in -1_000_000i64..1_000_000, parts in 1u32..60) {
            let shares = Money::cents(cents).split(parts);

            prop_assert_eq!(Money::sum(shares.iter().copied()), Ok(Money::cents(cents)));
            let (least, most) = (shares.iter().min(), shares.iter().max());
            prop_assert!(most.zip(least).is_some_and(|(most, least)| most.in_cents() - least.in_cents() <= 1));
        }

        #[test]
        fn the_decimal_notation_reads_back(cents in 0i64..10_000_000_000) {
            prop_assert_eq!(Money::parse(&Money::cents(cents).decimal()), Ok(Money::cents(cents)));
        }
    }
}
