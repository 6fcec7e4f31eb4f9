//! A moment, as both databases keep it. The clock itself lives in the server.

use serde::{Deserialize, Serialize};

/// Microseconds since 1970 in UTC. PostgreSQL keeps no finer time, so neither do we.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Timestamp(i64);

/// A length of time in whole seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Seconds(pub i64);

impl Seconds {
    /// `n` minutes.
    pub const fn minutes(n: i64) -> Self {
        Self(n * 60)
    }

    /// `n` hours.
    pub const fn hours(n: i64) -> Self {
        Self(n * 3600)
    }

    /// `n` days of 24 hours.
    pub const fn days(n: i64) -> Self {
        Self(n * 86_400)
    }
}

impl Timestamp {
    /// From microseconds since 1970.
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    /// Microseconds since 1970.
    pub const fn micros(self) -> i64 {
        self.0
    }

    /// Whole seconds since 1970, rounded down.
    pub const fn seconds(self) -> i64 {
        self.0.div_euclid(1_000_000)
    }

    /// This moment and `length` later; stops at the end of time instead of wrapping.
    #[must_use]
    pub const fn plus(self, length: Seconds) -> Self {
        Self(self.0.saturating_add(length.0.saturating_mul(1_000_000)))
    }

    /// How long from `earlier` until this moment; negative when it is the other way round.
    pub const fn since(self, earlier: Self) -> Seconds {
        Seconds((self.0 - earlier.0).div_euclid(1_000_000))
    }
}

/// A day in the calendar of the shop (Amsterdam). Conversion from a moment is the server's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Day {
    /// Four digits.
    pub year: i16,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
}

const DAYS: [&str; 7] = ["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"];
const MONTHS: [&str; 12] = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
];

impl Day {
    /// Days since 1970-01-01 (proleptic Gregorian calendar, the usual era arithmetic).
    pub fn number(self) -> i64 {
        let shift = i64::from(self.month <= 2);
        let year = i64::from(self.year) - shift;
        let era = year.div_euclid(400);
        let year_of_era = year.rem_euclid(400);
        let month = (i64::from(self.month) + 9) % 12;
        let day_of_year = (153 * month + 2) / 5 + i64::from(self.day) - 1;
        era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
    }

    /// The day with that number.
    pub fn from_number(number: i64) -> Self {
        let shifted = number + 719_468;
        let era = shifted.div_euclid(146_097);
        let day_of_era = shifted.rem_euclid(146_097);
        let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_index = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month_index + 2) / 5 + 1;
        let month = if month_index < 10 { month_index + 3 } else { month_index - 9 };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        Self {
            year: i16::try_from(year).unwrap_or(i16::MAX),
            month: u8::try_from(month).unwrap_or(1),
            day: u8::try_from(day).unwrap_or(1),
        }
    }

    /// Reads `2026-11-24`, as date fields send it; `None` for anything else, and for a day that does not exist.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        let plain = |part: &str, digits| part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit());
        if parts.next().is_some() || !plain(year, 4) || !plain(month, 2) || !plain(day, 2) {
            return None;
        }
        let read = Self { year: year.parse().ok()?, month: month.parse().ok()?, day: day.parse().ok()? };
        (Self::from_number(read.number()) == read).then_some(read)
    }

    /// The day `days` later.
    #[must_use]
    pub fn plus_days(self, days: i64) -> Self {
        Self::from_number(self.number() + days)
    }

    /// The same day of the month `months` later, or the last one of a month that is too short: a month after 31 January is the end of
    /// February.
    #[must_use]
    pub fn plus_months(self, months: i64) -> Self {
        let count = i64::from(self.year) * 12 + i64::from(self.month) - 1 + months;
        let year = i16::try_from(count.div_euclid(12)).unwrap_or(i16::MAX);
        let month = u8::try_from(count.rem_euclid(12)).unwrap_or(0) + 1;
        let first = Self { year, month, day: 1 };
        let next = if month == 12 {
            Self { year: year.saturating_add(1), month: 1, day: 1 }
        } else {
            Self { month: month + 1, ..first }
        };
        let length = u8::try_from(next.number() - first.number()).unwrap_or(28);
        Self { day: self.day.min(length), ..first }
    }

    /// 0 for Monday to 6 for Sunday.
    pub fn weekday(self) -> u8 {
        u8::try_from((self.number() + 3).rem_euclid(7)).unwrap_or(0)
    }

    /// `dinsdag`.
    pub fn weekday_name(self) -> &'static str {
        DAYS.get(usize::from(self.weekday())).copied().unwrap_or("")
    }

    /// `24 november`.
    pub fn short(self) -> String {
        format!("{} {}", self.day, self.month_name())
    }

    /// `24 november 2026`.
    pub fn long(self) -> String {
        format!("{} {} {}", self.day, self.month_name(), self.year)
    }

    /// `2026-11-24`.
    pub fn iso(self) -> String {
        format!("{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }

    fn month_name(self) -> &'static str {
        MONTHS.get(usize::from(self.month).saturating_sub(1)).copied().unwrap_or("")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_24th_of_november_2026_is_a_tuesday() {
        let day = Day { year: 2026, month: 11, day: 24 };

        assert_eq!(day.weekday_name(), "dinsdag");
        assert_eq!(day.long(), "24 november 2026");
        assert_eq!(day.plus_days(7).iso(), "2026-12-01");
    }

    #[test]
    fn only_days_that_exist_are_read() {
        assert_eq!(Day::parse("2028-02-29"), Some(Day { year: 2028, month: 2, day: 29 }));
        for wrong in ["", "2026-02-29", "2026-13-01", "2026-1-1", "24-11-2026", "2026-11-24T00:00", "+026-11-24"] {
            assert_eq!(Day::parse(wrong), None, "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn a_day_and_its_number_are_the_same_thing(number in -100_000i64..100_000) {
            prop_assert_eq!(Day::from_number(number).number(), number);
        }
    }
}
