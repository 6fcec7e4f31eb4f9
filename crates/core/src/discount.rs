//! Discount codes: what one takes off, and when it may be used. One code per order; it is taken off the goods, never off delivery.

use crate::money::Money;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A code as the shop keeps it: `WELKOM5`. Case and spaces do not matter to who types it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct DiscountCode(String);

impl DiscountCode {
    /// Letters, digits and dashes at most.
    pub const LONGEST: usize = 30;
    const SHORTEST: usize = 3;

    /// Reads `WELKOM5`, `welkom5`, ` Welkom 5 `; `None` for what can be no code: other signs than letters, digits and dashes,
    /// no letter or digit at all, fewer than 3 or more than [`Self::LONGEST`].
    pub fn parse(text: &str) -> Option<Self> {
        let code: String = text.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_uppercase();
        let fits = (Self::SHORTEST..=Self::LONGEST).contains(&code.len());
        let valid = fits
            && code.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && code.bytes().any(|byte| byte != b'-');
        valid.then_some(Self(code))
    }

    /// The code as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for DiscountCode {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// A part of the goods in basis points: 1000 is 10 %.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Percent(u16);

impl Percent {
    /// From basis points; `None` for nothing and above 100 %.
    pub const fn basis_points(points: u16) -> Option<Self> {
        if points > 0 && points <= 10_000 { Some(Self(points)) } else { None }
    }

    /// The part in basis points.
    pub const fn in_basis_points(self) -> u16 {
        self.0
    }

    /// `10%`, `12,50%`.
    pub fn label(self) -> String {
        match (self.0 / 100, self.0 % 100) {
            (whole, 0) => format!("{whole}%"),
            (whole, part) => format!("{whole},{part:02}%"),
        }
    }

    /// That part of an amount, rounded half up to the cent.
    fn of(self, amount: Money) -> Money {
        let twice = i128::from(amount.in_cents()) * i128::from(self.0) * 2;
        Money::cents(i64::try_from((twice + 10_000).div_euclid(20_000)).unwrap_or(i64::MAX))
    }
}

/// What a code takes off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    /// A part of the goods.
    Percent(Percent),
    /// An amount.
    Amount(Money),
}

/// What the owner decided about a code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Discount {
    /// What people type.
    pub code: DiscountCode,
    /// What it takes off.
    pub kind: Kind,
    /// From this value of the goods, before anything is taken off.
    pub least_goods: Option<Money>,
    /// From this moment.
    pub from: Timestamp,
    /// Before this moment; `None` until the owner ends it.
    pub until: Option<Timestamp>,
    /// In so many orders at most.
    pub most_uses: Option<u32>,
    /// What the owner wants to remember about it; never shown to shoppers.
    pub note: String,
}

/// Why a code takes nothing off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum DiscountRefusal {
    /// Nothing was typed.
    Missing,
    /// There is no such code.
    Unknown,
    /// Its time has not come.
    NotYet,
    /// Its time is over.
    Expired,
    /// The goods are worth too little.
    TooLow {
        /// From this value on.
        least: Money,
    },
    /// It was used as often as it may be.
    UsedUp,
}

impl Discount {
    /// What it takes off goods of that value now, after `uses` orders have used it. Always more than zero and less than the goods.
    pub fn off(&self, goods: Money, uses: u32, now: Timestamp) -> Result<Money, DiscountRefusal> {
        if now < self.from {
            return Err(DiscountRefusal::NotYet);
        }
        if self.until.is_some_and(|until| now >= until) {
            return Err(DiscountRefusal::Expired);
        }
        if self.most_uses.is_some_and(|most| uses >= most) {
            return Err(DiscountRefusal::UsedUp);
        }
        // A discount is no way to pay: something is left to pay, because no provider takes a payment of nothing.
        let most = Money::cents(goods.in_cents() - 1);
        let least = self.least_goods.unwrap_or(Money::ZERO).max(Money::cents(2));
        if goods < least {
            return Err(DiscountRefusal::TooLow { least });
        }
        let off = match self.kind {
            Kind::Percent(percent) => percent.of(goods),
            Kind::Amount(amount) => amount,
        };
        Ok(off.clamp(Money::cents(1), most))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NOW: Timestamp = Timestamp::from_micros(1_000_000);

    fn welcome() -> Discount {
        Discount {
            code: DiscountCode::parse("WELKOM5").expect("a code"),
            kind: Kind::Amount(Money::cents(500)),
            least_goods: Some(Money::cents(4000)),
            from: NOW,
            until: Some(Timestamp::from_micros(2_000_000)),
            most_uses: Some(3),
            note: String::new(),
        }
    }

    fn ten_percent() -> Discount {
        let kind = Kind::Percent(Percent::basis_points(1000).expect("valid"));
        Discount { kind, least_goods: None, until: None, most_uses: None, ..welcome() }
    }

    #[test]
    fn codes_are_read_as_people_type_them() {
        for typed in ["WELKOM5", "welkom5", "  Welkom 5 ", "wel kom\u{a0}5"] {
            assert_eq!(DiscountCode::parse(typed), Some(welcome().code), "{typed}");
        }
        assert_eq!(DiscountCode::parse("zomer-26").map(|code| code.to_string()).as_deref(), Some("ZOMER-26"));
        for wrong in ["", "ab", "---", "ÉÉN-5", "<b>welkom", "a_b_c", &"A".repeat(31)] {
            assert_eq!(DiscountCode::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn five_euro_off_from_forty() {
        assert_eq!(welcome().off(Money::cents(4000), 0, NOW), Ok(Money::cents(500)));
        assert_eq!(ten_percent().off(Money::cents(4495), 0, NOW), Ok(Money::cents(450)));
    }

    #[test]
    fn each_refusal_has_its_own_reason() {
        let (code, goods) = (welcome(), Money::cents(4495));
        let (before, after) = (Timestamp::from_micros(999_999), Timestamp::from_micros(2_000_000));

        assert_eq!(code.off(goods, 0, before), Err(DiscountRefusal::NotYet));
        assert_eq!(code.off(goods, 0, after), Err(DiscountRefusal::Expired));
        assert_eq!(code.off(goods, 3, NOW), Err(DiscountRefusal::UsedUp));
        assert_eq!(code.off(Money::cents(3999), 0, NOW), Err(DiscountRefusal::TooLow { least: Money::cents(4000) }));
        assert_eq!(code.off(goods, 2, Timestamp::from_micros(1_999_999)), Ok(Money::cents(500)));
    }

    #[test]
    fn something_is_always_left_to_pay() {
        let all = Discount { kind: Kind::Percent(Percent::basis_points(10_000).expect("valid")), ..ten_percent() };
        let much = Discount { kind: Kind::Amount(Money::cents(9999)), ..ten_percent() };

        for code in [all, much] {
            assert_eq!(code.off(Money::cents(500), 0, NOW), Ok(Money::cents(499)));
            assert_eq!(code.off(Money::cents(1), 0, NOW), Err(DiscountRefusal::TooLow { least: Money::cents(2) }));
            assert!(code.off(Money::ZERO, 0, NOW).is_err());
        }
    }

    proptest! {
        #[test]
        fn it_takes_off_more_than_nothing_and_less_than_all(
            goods in 2i64..1_000_000_000,
            points in 1u16..=10_000,
            amount in 1i64..100_000,
        ) {
            let percent = Kind::Percent(Percent::basis_points(points).expect("valid"));
            for kind in [percent, Kind::Amount(Money::cents(amount))] {
                let off = Discount { kind, ..ten_percent() }.off(Money::cents(goods), 0, NOW).expect("valid");
                prop_assert!(off > Money::ZERO && off < Money::cents(goods));
            }
        }
    }
}
