//! On which day a period of months or years is over (legal.md 2.10). Days are those of the shop's calendar, in Amsterdam; what is kept belongs
//! to the day on which its period began, and may still be kept on the last day.

use super::retention::{Period, Retention};
use crate::time::Day;

/// So many days before an account is emptied its owner hears of it (R11).
pub const WARNING_DAYS: i64 = 30;

/// The day after which nobody may keep what began on `start`; `None` for a period without a calendar.
fn last_day(period: Period, from_book_year: bool, start: Day) -> Option<Day> {
    let start = if from_book_year { Day { month: 12, day: 31, ..start } } else { start };
    match period {
        Period::Months(months) => Some(start.plus_months(months)),
        Period::Years(years) => Some(start.plus_months(years * 12)),
        _ => None,
    }
}

impl Retention {
    /// Whether the period begins when the year of the books does end, which is the calendar year.
    pub const fn is_from_book_year(self) -> bool {
        matches!(self, Self::Books | Self::OneStopShop | Self::Agreement | Self::Disclosures)
    }

    /// The last day on which something may be kept whose period began on `start`. `None` where hours or days are counted, or where it
    /// follows something else.
    pub fn last_day(self, start: Day) -> Option<Day> {
        last_day(self.period(), self.is_from_book_year(), start)
    }

    /// What began before this day has had its time by `today`; what began on it or later has not.
    pub fn over_before(self, today: Day) -> Option<Day> {
        let back = match self.period() {
            Period::Months(months) => months,
            Period::Years(years) => years * 12,
            _ => return None,
        };
        if self.is_from_book_year() {
            return Some(Day { month: 1, day: 1, ..today.plus_months(-back) });
        }
        // Months are of different lengths: the day so many months ago may be over, or be the first that is not.
        let day = today.plus_months(-back);
        Some(if self.last_day(day)?.number() < today.number() { day.plus_days(1) } else { day })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> Day {
        Day::parse(text).expect("a day")
    }

    #[test]
    fn books_are_kept_for_seven_years_after_the_year_they_are_of() {
        for of_the_year in ["2026-01-01", "2026-12-31"] {
            assert_eq!(Retention::Books.last_day(day(of_the_year)), Some(day("2033-12-31")));
        }
        assert_eq!(Retention::Books.over_before(day("2033-12-31")), Some(day("2026-01-01")));
        assert_eq!(Retention::Books.over_before(day("2034-01-01")), Some(day("2027-01-01")));
    }

    #[test]
    fn two_years_after_a_leap_day_end_with_february() {
        assert_eq!(Retention::Account.last_day(day("2028-02-29")), Some(day("2030-02-28")));
        assert_eq!(Retention::Account.over_before(day("2030-03-01")), Some(day("2028-03-01")));
    }

    #[test]
    fn hours_and_days_have_no_day_of_the_calendar() {
        for retention in [Retention::Session, Retention::Code, Retention::Job, Retention::Letter] {
            assert_eq!((retention.last_day(day("2026-11-27")), retention.over_before(day("2026-11-27"))), (None, None));
        }
    }

    proptest! {
        #[test]
        fn what_is_over_is_exactly_what_passed_its_last_day(start in 10_000i64..40_000, later in 0i64..6_000) {
            let (start, today) = (Day::from_number(start), Day::from_number(start + later));
            for retention in Retention::ALL {
                let over = retention.over_before(today).map(|before| start.number() < before.number());
                let passed = retention.last_day(start).map(|last| last.number() < today.number());
                prop_assert_eq!(over, passed, "{} {} {}", retention.name(), start.iso(), today.iso());
            }
        }

        #[test]
        fn months_there_and_back_end_in_the_same_month(start in 10_000i64..40_000, months in -200i64..200) {
            let start = Day::from_number(start);
            let there = start.plus_months(months);

            prop_assert_eq!(Day::from_number(there.number()), there, "a day that exists");
            let back = there.plus_months(-months);
            prop_assert_eq!((back.year, back.month), (start.year, start.month));
            prop_assert!(back.day <= start.day);
        }
    }
}
