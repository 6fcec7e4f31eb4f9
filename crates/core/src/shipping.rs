//! Delivery: what it costs and when it arrives. Rules of the owner, read from the settings.

use crate::address::Country;
use crate::money::Money;
use crate::time::Day;
use serde::{Deserialize, Serialize};

/// What delivery costs to a country.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShippingRate {
    /// Where to.
    pub country: Country,
    /// What it costs.
    pub cost: Money,
    /// From this value of the goods it costs nothing.
    pub free_from: Option<Money>,
}

/// All rates and the rhythm of the shop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShippingRules {
    /// One per country that is delivered to.
    pub rates: Vec<ShippingRate>,
    /// An order before this hour (Amsterdam) leaves the same working day.
    pub cutoff_hour: u8,
    /// What sending back costs the shopper.
    pub return_cost: Money,
}

/// A delivery promise in words that a page can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arrival {
    /// The day the parcel comes.
    pub day: Day,
    /// Whether ordering today before the cutoff is what makes it that day.
    pub if_ordered_today: bool,
}

impl Default for ShippingRules {
    /// The demo shop: € 4,95, free from € 75; Belgium € 8,95, free from € 125.
    fn default() -> Self {
        Self {
            rates: vec![
                ShippingRate { country: Country::Nl, cost: Money::cents(495), free_from: Some(Money::cents(7500)) },
                ShippingRate { country: Country::Be, cost: Money::cents(895), free_from: Some(Money::cents(12_500)) },
            ],
            cutoff_hour: 16,
            return_cost: Money::cents(495),
        }
    }
}

impl ShippingRules {
    /// The rate to a country; `None` when we do not deliver there.
    pub fn rate(&self, country: Country) -> Option<ShippingRate> {
        self.rates.iter().copied().find(|rate| rate.country == country)
    }

    /// What delivery of goods worth `goods` costs.
    pub fn cost(&self, goods: Money, country: Country) -> Option<Money> {
        let rate = self.rate(country)?;
        let free = rate.free_from.is_some_and(|from| goods >= from);
        Some(if free { Money::ZERO } else { rate.cost })
    }

    /// When an order placed now arrives. Orders leave on working days; PostNL delivers the next day, Tuesday to Saturday
    /// at the earliest after a Monday hand-over, never on Sundays and holidays.
    pub fn arrival(&self, today: Day, hour: u8) -> Arrival {
        let before_cutoff = hour < self.cutoff_hour && leaves_on(today);
        let mut leaves = if before_cutoff { today } else { today.plus_days(1) };
        while !leaves_on(leaves) {
            leaves = leaves.plus_days(1);
        }
        let mut day = leaves.plus_days(1);
        while day.weekday() == 6 || is_holiday(day) {
            day = day.plus_days(1);
        }
        Arrival { day, if_ordered_today: before_cutoff }
    }
}

fn leaves_on(day: Day) -> bool {
    day.weekday() < 5 && !is_holiday(day)
}

/// Dutch public holidays (Algemene termijnenwet art. 3): the fixed ones and those that move with Easter.
pub fn is_holiday(day: Day) -> bool {
    let fixed = matches!((day.month, day.day), (1, 1) | (4, 27) | (12, 25 | 26))
        || (day.month == 5 && day.day == 5 && day.year % 5 == 0);
    let from_easter = day.number() - easter(day.year).number();
    fixed || matches!(from_easter, -2 | 0 | 1 | 39 | 49 | 50)
}

/// Easter Sunday (the anonymous Gregorian computus).
fn easter(year: i16) -> Day {
    let year = i64::from(year);
    let (golden, century) = (year % 19, year / 100);
    let correction = (century - century / 4 - (8 * century + 13) / 25 + 19 * golden + 15) % 30;
    let moon =
        correction - (correction / 28) * (1 - (correction / 28) * (29 / (correction + 1)) * ((21 - golden) / 11));
    let weekday = (year + year / 4 + moon + 2 - century + century / 4) % 7;
    let offset = moon - weekday;
    let month = 3 + (offset + 40) / 44;
    let day = offset + 28 - 31 * (month / 4);
    Day {
        year: i16::try_from(year).unwrap_or(i16::MAX),
        month: u8::try_from(month).unwrap_or(3),
        day: u8::try_from(day).unwrap_or(1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn day(year: i16, month: u8, day: u8) -> Day {
        Day { year, month, day }
    }

    #[test]
    fn delivery_is_free_from_75_euro() {
        let rules = ShippingRules::default();

        assert_eq!(rules.cost(Money::cents(7499), Country::Nl), Some(Money::cents(495)));
        assert_eq!(rules.cost(Money::cents(7500), Country::Nl), Some(Money::ZERO));
        assert_eq!(rules.cost(Money::cents(7500), Country::Be), Some(Money::cents(895)));
    }

    #[test]
    fn parcels_arrive_on_the_next_delivery_day() {
        let rules = ShippingRules::default();
        let cases = [
            ((day(2026, 11, 23), 15), day(2026, 11, 24), true),
            ((day(2026, 11, 23), 16), day(2026, 11, 25), false),
            ((day(2026, 11, 20), 12), day(2026, 11, 21), true),
            ((day(2026, 11, 20), 17), day(2026, 11, 24), false),
            ((day(2026, 11, 22), 10), day(2026, 11, 24), false),
            ((day(2026, 12, 24), 10), day(2026, 12, 28), true),
        ];

        for ((today, hour), arrives, if_ordered_today) in cases {
            assert_eq!(rules.arrival(today, hour), Arrival { day: arrives, if_ordered_today }, "{today:?} {hour}");
        }
    }

    #[test]
    fn easter_moves_the_holidays() {
        for easter_sunday in [day(2024, 3, 31), day(2025, 4, 20), day(2026, 4, 5), day(2027, 3, 28), day(2038, 4, 25)] {
            assert_eq!(easter(easter_sunday.year), easter_sunday);
        }
        assert!(is_holiday(day(2026, 5, 14)));
        assert!(is_holiday(day(2026, 5, 25)));
        assert!(!is_holiday(day(2026, 5, 5)));
    }
}
