//! Wrong tries at the door of the dashboard, per network, account or known browser ([`super::Knock`] says which). After some, every
//! next try must wait longer than the one before. Kept in memory: a restart forgets them, which costs a guesser more than it gains.

use shop_core::time::{Seconds, Timestamp};
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The first wait; it doubles with every further try.
const FIRST_WAIT: i64 = 30;
/// Nobody waits longer, so a stranger cannot keep the owner out for a day.
const LONGEST_WAIT: i64 = 15 * 60;
/// A count without a new try is forgotten after this long.
const MEMORY: Seconds = Seconds::hours(24);
/// Names are invented by whoever knocks; more are not remembered.
const MOST: usize = 4096;

/// What a try counts for, and how many of those nobody waits for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    /// Its name among all that is counted.
    pub name: String,
    /// Tries without a wait.
    pub free: u32,
}

/// Somebody must wait first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MustWait;

#[derive(Debug, Clone, Copy)]
struct Count {
    tries: u32,
    last: Timestamp,
}

/// The counts.
#[derive(Debug, Default)]
pub struct Tries(Mutex<HashMap<String, Count>>);

impl Tries {
    /// Counts a try for all of these before it is judged, so that tries at the same moment all count. `Err` when it comes too soon
    /// for one of them; it is not judged then, and counted for none.
    pub fn begin(&self, tallies: &[Tally], now: Timestamp) -> Result<(), MustWait> {
        let mut counts = self.lock();
        counts.retain(|_, count| now.since(count.last) < MEMORY);
        let too_soon = |tally: &Tally| {
            let over =
                |count: &Count| count.tries.checked_sub(tally.free).map(|over| now.since(count.last) < wait(over));
            counts.get(&tally.name).and_then(over).unwrap_or(false)
        };
        if tallies.iter().any(too_soon) {
            return Err(MustWait);
        }
        for tally in tallies {
            if counts.len() >= MOST && !counts.contains_key(&tally.name) {
                // Who tried most is remembered longest, or a guesser could bring in newcomers until his own count is forgotten.
                let least = counts.iter().min_by_key(|(_, count)| (count.tries, count.last));
                let least = least.map(|(name, _)| name.clone());
                least.map(|name| counts.remove(&name));
            }
            let count = counts.entry(tally.name.clone()).or_insert(Count { tries: 0, last: now });
            *count = Count { tries: count.tries.saturating_add(1), last: now };
        }
        Ok(())
    }

    /// It was right: the counts start anew.
    pub fn forget(&self, tallies: &[Tally]) {
        let mut counts = self.lock();
        for tally in tallies {
            counts.remove(&tally.name);
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, Count>> {
        // A count is whole at every moment, so a panic elsewhere leaves nothing half done.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The wait after so many tries more than were free.
fn wait(over: u32) -> Seconds {
    let doubled = FIRST_WAIT.checked_shl(over.min(16)).unwrap_or(LONGEST_WAIT);
    Seconds(doubled.min(LONGEST_WAIT))
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn at(seconds: i64) -> Timestamp {
        Timestamp::from_micros(seconds * 1_000_000)
    }

    fn of(name: &str, free: u32) -> Tally {
        Tally { name: name.to_owned(), free }
    }

    #[test]
    fn the_sixth_try_waits_and_the_wait_doubles() {
        let (tries, anna) = (Tries::default(), [of("anna", 5)]);
        for second in 0..5 {
            assert_eq!(tries.begin(&anna, at(second)), Ok(()));
        }

        assert_eq!(tries.begin(&anna, at(33)), Err(MustWait));
        assert_eq!(tries.begin(&anna, at(34)), Ok(()));
        assert_eq!(tries.begin(&anna, at(93)), Err(MustWait));
        assert_eq!(tries.begin(&anna, at(94)), Ok(()));
    }

    #[test]
    fn one_account_does_not_slow_down_another() {
        let tries = Tries::default();
        for _ in 0..9 {
            let _ = tries.begin(&[of("anna", 5)], at(0));
        }

        assert_eq!(tries.begin(&[of("anna", 5)], at(1)), Err(MustWait));
        assert_eq!(tries.begin(&[of("bea", 5)], at(1)), Ok(()));
    }

    #[test]
    fn a_try_that_comes_too_soon_for_one_tally_counts_for_none() {
        let tries = Tries::default();
        assert_eq!(tries.begin(&[of("network", 1), of("anna", 3)], at(0)), Ok(()));

        for _ in 0..9 {
            assert_eq!(tries.begin(&[of("network", 1), of("anna", 3)], at(1)), Err(MustWait));
        }

        assert_eq!(tries.begin(&[of("elsewhere", 1), of("anna", 3)], at(1)), Ok(()));
        assert_eq!(tries.begin(&[of("third", 1), of("anna", 3)], at(1)), Ok(()));
        assert_eq!(tries.begin(&[of("fourth", 1), of("anna", 3)], at(1)), Err(MustWait));
    }

    #[test]
    fn a_right_try_starts_anew() {
        let (tries, anna) = (Tries::default(), [of("anna", 5)]);
        for _ in 0..5 {
            assert_eq!(tries.begin(&anna, at(0)), Ok(()));
        }
        tries.forget(&anna);

        assert_eq!(tries.begin(&anna, at(0)), Ok(()));
    }

    #[test]
    fn nobody_waits_longer_than_a_quarter_of_an_hour() {
        assert_eq!(wait(0), Seconds(30));
        assert_eq!(wait(4), Seconds(480));
        assert_eq!(wait(5), Seconds::minutes(15));
        assert_eq!(wait(u32::MAX), Seconds::minutes(15));
    }

    #[test]
    fn invented_names_do_not_fill_the_memory_and_push_nobody_out_who_waits() {
        let tries = Tries::default();
        for _ in 0..2 {
            assert_eq!(tries.begin(&[of("anna", 2)], at(0)), Ok(()));
        }
        for n in 0..5000 {
            assert_eq!(tries.begin(&[of(&format!("name {n}"), 2)], at(1)), Ok(()));
        }

        assert_eq!(tries.lock().len(), MOST);
        assert_eq!(tries.begin(&[of("anna", 2)], at(2)), Err(MustWait));
    }
}
