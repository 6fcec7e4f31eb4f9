//! Stock: what lies on the shelf, what is promised, and what may still be promised.

use crate::time::{Seconds, Timestamp};
use serde::{Deserialize, Serialize};

/// Pieces of one size.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stock {
    /// On the shelf.
    pub on_hand: u32,
    /// Promised to carts in checkout and to orders that are not yet paid.
    pub held: u32,
}

impl Stock {
    /// What may still be promised.
    pub const fn available(self) -> u32 {
        self.on_hand.saturating_sub(self.held)
    }
}

/// Stock held for a shopper in checkout, with an end that she sees and may move (WCAG 2.2.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hold {
    /// When it ends.
    pub until: Timestamp,
    /// How often it was extended.
    pub extended: u8,
}

impl Hold {
    /// How long checkout holds stock.
    pub const LENGTH: Seconds = Seconds::minutes(20);
    /// The shopper is warned this long before the end; WCAG asks for 20 seconds at least.
    pub const WARNING: Seconds = Seconds::minutes(2);
    /// At least ten extensions, as WCAG 2.2.1 asks.
    pub const MOST_EXTENSIONS: u8 = 10;

    /// A hold that starts now.
    pub const fn starting(now: Timestamp) -> Self {
        Self { until: now.plus(Self::LENGTH), extended: 0 }
    }

    /// Whether it has ended.
    pub fn is_over(self, now: Timestamp) -> bool {
        now >= self.until
    }

    /// The same hold for another full length; `None` when it was extended often enough.
    pub fn extend(self, now: Timestamp) -> Option<Self> {
        (self.extended < Self::MOST_EXTENSIONS)
            .then(|| Self { until: now.plus(Self::LENGTH), extended: self.extended + 1 })
    }
}

/// Why a count of the shelf changed. Written once, never edited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum MovementReason {
    /// A paid order took it.
    Sold,
    /// A cancelled, paid order brought it back.
    Returned,
}

impl MovementReason {
    /// The word in the database.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sold => "sold",
            Self::Returned => "returned",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_held_cannot_be_promised_again() {
        assert_eq!(Stock { on_hand: 3, held: 2 }.available(), 1);
        assert_eq!(Stock { on_hand: 1, held: 2 }.available(), 0);
    }

    #[test]
    fn a_hold_can_be_extended_ten_times() {
        let now = Timestamp::from_micros(0);
        let mut hold = Hold::starting(now);
        for _ in 0..10 {
            hold = hold.extend(now.plus(Seconds(60))).expect("still allowed");
        }

        assert_eq!(hold.until, now.plus(Seconds(60 + 20 * 60)));
        assert_eq!(hold.extend(now), None);
        assert!(!hold.is_over(now.plus(Seconds(60 + 20 * 60 - 1))));
        assert!(hold.is_over(now.plus(Seconds(60 + 20 * 60))));
    }
}
