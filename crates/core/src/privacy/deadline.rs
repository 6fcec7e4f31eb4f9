//! Until when a request about somebody's data is answered (AVG art. 12(3)): one month after it came in, or three when that was said, with the
//! reason, inside the first. The month ends on the same day of the calendar, and moves to the next working day when it ends in a weekend or
//! on a holiday (Algemene termijnenwet art. 1 and 3; Regulation 1182/71 art. 3(4) says the same).

use crate::time::Day;

/// When an answer is due, and what may still be done about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deadline {
    received: Day,
    is_extended: bool,
}

/// How near it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Light {
    /// More than two weeks.
    Green,
    /// Two weeks or less.
    Yellow,
    /// A week or less.
    Orange,
    /// Two days or less, or past.
    Red,
}

impl Deadline {
    /// For a request that came in on that day.
    pub const fn new(received: Day, is_extended: bool) -> Self {
        Self { received, is_extended }
    }

    /// The last day to answer.
    pub fn last_day(self) -> Day {
        working_day_from(self.received.plus_months(if self.is_extended { 3 } else { 1 }))
    }

    /// The last day to say that it takes longer; the same as the last day to answer without that.
    pub fn last_day_to_extend(self) -> Day {
        Self { is_extended: false, ..self }.last_day()
    }

    /// Whether it may be extended today: once, and only while the first month runs.
    pub fn may_extend(self, today: Day) -> bool {
        !self.is_extended && today.number() <= self.last_day_to_extend().number()
    }

    /// Days until the last one; negative when it has passed.
    pub fn days_left(self, today: Day) -> i64 {
        self.last_day().number() - today.number()
    }

    /// How near it is.
    pub fn light(self, today: Day) -> Light {
        match self.days_left(today) {
            ..=2 => Light::Red,
            3..=7 => Light::Orange,
            8..=14 => Light::Yellow,
            _ => Light::Green,
        }
    }
}

/// The day itself, or the next one that is no Saturday, Sunday or holiday.
pub fn working_day_from(day: Day) -> Day {
    let mut day = day;
    while day.weekday() >= 5 || is_holiday(day) {
        day = day.plus_days(1);
    }
    day
}

/// A holiday of the Algemene termijnenwet, art. 3(1): New Year's Day, Good Friday (made equal by art. 3(2)), Easter Monday, Ascension Day, Whit
/// Monday, both days of Christmas, the King's birthday and 5 May. 5 May counts each year: the law names it without the lustrum that
/// collective agreements know. What Royal Decrees add for one year (3(3)) is not here: then the shop answers a day early.
pub fn is_holiday(day: Day) -> bool {
    let easter = easter(day.year).number();
    let fixed = [(1, 1), (5, 5), (12, 25), (12, 26)];
    let after_easter = [-2, 1, 39, 50];
    fixed.contains(&(day.month, day.day))
        || after_easter.contains(&(day.number() - easter))
        || day == kings_day(day.year)
}

/// 27 April, or the day before when that is a Sunday.
fn kings_day(year: i16) -> Day {
    let day = Day { year, month: 4, day: 27 };
    if day.weekday() == 6 { day.plus_days(-1) } else { day }
}

/// Easter Sunday in the Gregorian calendar (the anonymous computus).
fn easter(year: i16) -> Day {
    let year_number = i64::from(year);
    let (golden, century, rest) = (year_number % 19, year_number / 100, year_number % 100);
    let skipped = century / 4;
    let correction = (century + 8) / 25;
    let moon = (19 * golden + century - skipped - (century - correction + 1) / 3 + 15) % 30;
    let weekday = (32 + 2 * (century % 4) + 2 * (rest / 4) - moon - rest % 4) % 7;
    let late = (golden + 11 * moon + 22 * weekday) / 451;
    let month_and_day = moon + weekday - 7 * late + 114;
    Day {
        year,
        month: u8::try_from(month_and_day / 31).unwrap_or(4),
        day: u8::try_from(month_and_day % 31).unwrap_or(0) + 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> Day {
        Day::parse(text).expect("a day")
    }

    fn due(received: &str) -> String {
        Deadline::new(day(received), false).last_day().iso()
    }

    #[test]
    fn a_month_ends_on_the_same_day_or_with_the_month() {
        assert_eq!(due("2024-01-31"), "2024-02-29");
        assert_eq!(due("2025-01-31"), "2025-02-28");
        assert_eq!(due("2027-03-05"), "2027-04-05");
    }

    #[test]
    fn it_moves_past_a_weekend_and_past_holidays() {
        assert_eq!(due("2026-01-31"), "2026-03-02", "28 February 2026 is a Saturday");
        assert_eq!(due("2026-11-25"), "2026-12-28", "Christmas is a Friday and a Saturday");
        assert_eq!(due("2026-03-03"), "2026-04-07", "Good Friday to Easter Monday");
        assert_eq!(due("2026-03-27"), "2026-04-28", "the King's birthday");
        assert_eq!(due("2026-04-05"), "2026-05-06", "5 May, in a year without a lustrum");
    }

    #[test]
    fn easter_is_where_the_almanac_has_it() {
        for expected in ["2024-03-31", "2025-04-20", "2026-04-05", "2027-03-28", "2028-04-16", "2038-04-25"] {
            let expected = day(expected);
            assert_eq!(easter(expected.year), expected);
        }
    }

    #[test]
    fn the_kings_birthday_is_never_celebrated_on_a_sunday() {
        assert_eq!(kings_day(2025), day("2025-04-26"));
        assert_eq!(kings_day(2026), day("2026-04-27"));
    }

    #[test]
    fn it_may_be_extended_once_and_only_in_the_first_month() {
        let first = Deadline::new(day("2026-03-05"), false);

        assert!(first.may_extend(day("2026-04-07")), "5 April is Easter Sunday, 6 April Easter Monday");
        assert!(!first.may_extend(day("2026-04-08")));
        let extended = Deadline::new(day("2026-03-05"), true);
        assert!(!extended.may_extend(day("2026-03-06")));
        assert_eq!(extended.last_day(), day("2026-06-05"));
    }

    #[test]
    fn the_light_changes_at_fourteen_seven_and_two_days() {
        let deadline = Deadline::new(day("2027-03-05"), false);
        let at = |left: i64| deadline.light(deadline.last_day().plus_days(-left));

        assert_eq!([at(15), at(14), at(8), at(7)], [Light::Green, Light::Yellow, Light::Yellow, Light::Orange]);
        assert_eq!([at(3), at(2), at(0), at(-5)], [Light::Orange, Light::Red, Light::Red, Light::Red]);
    }

    proptest! {
        #[test]
        fn an_answer_is_due_on_a_working_day_not_before_the_month(received in 15_000i64..30_000) {
            let received = Day::from_number(received);
            let last = Deadline::new(received, false).last_day();

            prop_assert!(last.weekday() < 5 && !is_holiday(last));
            let later = last.number() - received.plus_months(1).number();
            prop_assert!((0..=5).contains(&later), "{later}");
        }
    }
}
