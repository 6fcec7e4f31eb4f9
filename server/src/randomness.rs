//! Randomness of the operating system: the only source in the shop.

use shop_flows::ports::Random;
use uuid::Uuid;

/// Asks the operating system each time.
#[derive(Debug, Clone, Copy, Default)]
pub struct OsRandom;

/// Fills `bytes`.
fn fill(bytes: &mut [u8]) {
    // Without randomness nothing may go on: a session id that can be guessed is worse than a shop that stands still.
    getrandom::fill(bytes).expect("the operating system gives randomness");
}

impl Random for OsRandom {
    #[expect(clippy::disallowed_methods, reason = "this is the source of ids that everybody else is handed")]
    fn id(&self) -> Uuid {
        Uuid::now_v7()
    }

    fn token(&self) -> [u8; 32] {
        let mut bytes = [0; 32];
        fill(&mut bytes);
        bytes
    }

    fn number(&self, below: u32) -> u32 {
        if below == 0 {
            return 0;
        }
        // The largest multiple of `below` that fits; what lies above would favour small numbers.
        let fair = u32::MAX - u32::MAX % below;
        loop {
            let mut bytes = [0; 4];
            fill(&mut bytes);
            let number = u32::from_le_bytes(bytes);
            if number < fair {
                return number % below;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stay_below_and_reach_every_value() {
        let mut seen = [false; 6];
        for _ in 0..1000 {
            seen[usize::try_from(OsRandom.number(6)).unwrap()] = true;
        }

        assert_eq!(seen, [true; 6]);
        assert_eq!(OsRandom.number(1), 0);
        assert_eq!(OsRandom.number(0), 0);
    }

    #[test]
    fn ids_sort_by_time_and_tokens_differ() {
        let ids: Vec<Uuid> = (0..100).map(|_| OsRandom.id()).collect();

        assert!(ids.is_sorted());
        assert_ne!(OsRandom.token(), OsRandom.token());
    }
}
