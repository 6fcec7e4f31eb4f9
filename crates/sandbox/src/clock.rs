//! The clock of the outside world: the real time plus an offset that tests choose.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Timestamp};

/// A clock that can be moved. Clones share the offset.
#[derive(Debug, Clone, Default)]
pub struct Clock {
    offset_seconds: Arc<AtomicI64>,
}

impl Clock {
    /// The present moment of the sandbox.
    pub fn now(&self) -> Timestamp {
        let offset = SignedDuration::from_secs(self.offset_seconds());
        let real = Timestamp::now();
        real.checked_add(offset).unwrap_or(real)
    }

    /// Seconds added to the real time.
    pub fn offset_seconds(&self) -> i64 {
        self.offset_seconds.load(Ordering::SeqCst)
    }

    /// Moves the clock to the real time plus this many seconds. Past and future are both fine.
    pub fn set_offset_seconds(&self, seconds: i64) {
        self.offset_seconds.store(seconds, Ordering::SeqCst);
    }

    /// Moves the clock so that it shows `moment` now; it keeps running from there.
    pub fn set_now(&self, moment: Timestamp) {
        self.set_offset_seconds(moment.as_second() - Timestamp::now().as_second());
    }
}

/// The way the provider writes a moment: Amsterdam time, milliseconds, offset with a colon.
pub(crate) fn wire_time(moment: Timestamp) -> String {
    // Without a time zone database on the machine, winter time is still a valid offset.
    let amsterdam = TimeZone::get("Europe/Amsterdam").unwrap_or_else(|_| TimeZone::fixed(Offset::constant(1)));
    moment.to_zoned(amsterdam).strftime("%Y-%m-%dT%H:%M:%S%.3f%:z").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_written_with_milliseconds_and_the_offset_of_amsterdam() {
        let winter: Timestamp = "2026-03-01T11:28:55Z".parse().unwrap();

        assert_eq!(wire_time(winter), "2026-03-01T12:28:55.000+01:00");
    }

    #[test]
    fn a_moved_clock_keeps_its_distance_to_the_real_time() {
        let clock = Clock::default();

        clock.set_offset_seconds(3600);

        let ahead = clock.now().duration_since(Timestamp::now()).as_secs();
        assert!((3599..=3600).contains(&ahead), "{ahead}");
    }
}
