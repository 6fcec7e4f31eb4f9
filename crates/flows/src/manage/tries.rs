//! Wrong tries at the door of the dashboard, per account. After five, every next try must wait longer than the one before.
//! Kept in memory: a restart forgets them, which costs a guesser more than it gains.

use shop_core::time::{Seconds, Timestamp};
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Tries that nobody waits for.
const FREE: u32 = 5;
/// The first wait; it doubles with every further try.
const FIRST_WAIT: i64 = 30;
/// Nobody waits longer, so a stranger cannot keep the owner out for a day.
const LONGEST_WAIT: i64 = 15 * 60;
/// A count without a new try is forgotten after this long.
const MEMORY: Seconds = Seconds::hours(24);
/// Names are invented by whoever knocks; more are not remembered.
const MOST: usize = 4096;

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
    /// Counts a try before it is judged, so that tries at the same moment all count. `Err` when it comes too soon; it is
    /// not judged then, and not counted either.
    pub fn begin(&self, name: &str, now: Timestamp) -> Result<(), MustWait> {
        let mut counts = self.lock();
        counts.retain(|_, count| now.since(count.last) < MEMORY);
        if counts.len() >= MOST && !counts.contains_key(name) {
            let oldest = counts.iter().min_by_key(|(_, count)| count.last).map(|(name, _)| name.clone());
            oldest.map(|name| counts.remove(&name));
        }
        let count = counts.entry(name.to_owned()).or_insert(Count { tries: 0, last: now });
        if count.tries >= FREE && now.since(count.last) < wait(count.tries) {
            return Err(MustWait);
        }
        *count = Count { tries: count.tries.saturating_add(1), last: now };
        Ok(())
    }

    /// It was right: the count starts anew.
    pub fn forget(&self, name: &str) {
        self.lock().remove(name);
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, Count>> {
        // A count is whole at every moment, so a panic elsewhere leaves nothing half done.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn wait(tries: u32) -> Seconds {
    let doubled = FIRST_WAIT.checked_shl(tries.saturating_sub(FREE).min(16)).unwrap_or(LONGEST_WAIT);
    Seconds(doubled.min(LONGEST_WAIT))
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn at(seconds: i64) -> Timestamp {
        Timestamp::from_micros(seconds * 1_000_000)
    }

    #[test]
    fn the_sixth_try_waits_and_the_wait_doubles() {
        let tries = Tries::default();
        for second in 0..5 {
            assert_eq!(tries.begin("anna", at(second)), Ok(()));
        }

        assert_eq!(tries.begin("anna", at(33)), Err(MustWait));
        assert_eq!(tries.begin("anna", at(34)), Ok(()));
        assert_eq!(tries.begin("anna", at(93)), Err(MustWait));
        assert_eq!(tries.begin("anna", at(94)), Ok(()));
    }

    #[test]
    fn one_account_does_not_slow_down_another() {
        let tries = Tries::default();
        for _ in 0..9 {
            let _ = tries.begin("anna", at(0));
        }

        assert_eq!(tries.begin("anna", at(1)), Err(MustWait));
        assert_eq!(tries.begin("bea", at(1)), Ok(()));
    }

    #[test]
    fn a_right_try_starts_anew() {
        let tries = Tries::default();
        for _ in 0..5 {
            assert_eq!(tries.begin("anna", at(0)), Ok(()));
        }
        tries.forget("anna");

        assert_eq!(tries.begin("anna", at(0)), Ok(()));
    }

    #[test]
    fn nobody_waits_longer_than_a_quarter_of_an_hour() {
        assert_eq!(wait(5), Seconds(30));
        assert_eq!(wait(9), Seconds(480));
        assert_eq!(wait(10), Seconds::minutes(15));
        assert_eq!(wait(u32::MAX), Seconds::minutes(15));
    }

    #[test]
    fn invented_names_do_not_fill_the_memory() {
        let tries = Tries::default();
        for n in 0..5000 {
            assert_eq!(tries.begin(&format!("name {n}"), at(n)), Ok(()));
        }

        assert_eq!(tries.lock().len(), MOST);
    }
}
