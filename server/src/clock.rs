//! The clock of the machine, with the calendar of Amsterdam.

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use shop_core::time::{Day, Seconds, Timestamp};
use shop_flows::ports::Clock;
use std::time::{SystemTime, UNIX_EPOCH};

/// Dutch time since 1996, for machines that have no time zone files.
const AMSTERDAM: &str = "CET-1CEST,M3.5.0,M10.5.0/3";

/// The only place that asks the machine what time it is.
#[derive(Debug, Clone)]
pub struct SystemClock {
    zone: TimeZone,
    /// How much later it is here than on the machine; nothing but in a demo.
    ahead: Seconds,
}

impl SystemClock {
    /// The clock, with the time zone of the machine's files or, without them, the rule itself.
    pub fn new() -> Self {
        let zone = TimeZone::get("Europe/Amsterdam").or_else(|_| TimeZone::posix(AMSTERDAM)).unwrap_or(TimeZone::UTC);
        Self { zone, ahead: Seconds(0) }
    }

    /// The clock of a demo that shows what the shop looks like later.
    #[must_use]
    pub fn ahead(self, ahead: Seconds) -> Self {
        Self { ahead, ..self }
    }

    fn local(&self, at: Timestamp) -> DateTime {
        jiff::Timestamp::from_microsecond(at.micros())
            .unwrap_or(jiff::Timestamp::UNIX_EPOCH)
            .to_zoned(self.zone.clone())
            .datetime()
    }
}

impl Default for SystemClock {
    fn default() -> Self {
        Self::new()
    }
}

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the clock that everybody else is handed")]
    fn now(&self) -> Timestamp {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Timestamp::from_micros(i64::try_from(since.as_micros()).unwrap_or(i64::MAX)).plus(self.ahead)
    }

    fn day(&self, at: Timestamp) -> Day {
        let local = self.local(at);
        // jiff counts months and days from 1, so they are never negative.
        Day { year: local.year(), month: local.month().unsigned_abs(), day: local.day().unsigned_abs() }
    }

    fn hour(&self, at: Timestamp) -> u8 {
        self.local(at).hour().unsigned_abs()
    }

    fn minute(&self, at: Timestamp) -> u8 {
        self.local(at).minute().unsigned_abs()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        Timestamp::from_micros(text.parse::<jiff::Timestamp>().unwrap().as_microsecond())
    }

    #[test]
    fn a_moment_has_the_day_and_hour_of_amsterdam() {
        for clock in [SystemClock::new(), SystemClock { zone: TimeZone::posix(AMSTERDAM).unwrap(), ahead: Seconds(0) }]
        {
            let winter = at("2026-11-21T23:30:00Z");
            assert_eq!(clock.day(winter), Day { year: 2026, month: 11, day: 22 });
            assert_eq!((clock.hour(winter), clock.minute(winter)), (0, 30));

            assert_eq!(clock.hour(at("2026-03-29T00:59:00Z")), 1);
            assert_eq!(clock.hour(at("2026-03-29T01:00:00Z")), 3);
            assert_eq!(clock.hour(at("2026-10-25T01:00:00Z")), 2);
        }
    }

    #[test]
    fn a_demo_can_be_days_ahead() {
        let ahead = SystemClock::new().ahead(Seconds::days(20)).now().since(SystemClock::new().now());

        assert!((Seconds::days(20).0 - 5..=Seconds::days(20).0).contains(&ahead.0), "{} seconds", ahead.0);
    }

    #[test]
    fn the_clock_does_not_stand_in_the_past() {
        assert!(SystemClock::new().now() > at("2026-01-01T00:00:00Z"));
    }
}
