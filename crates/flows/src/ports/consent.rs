//! Proof of choices about cookies, and how often something happened on a day.

use super::StoreError;
use async_trait::async_trait;
use shop_core::consent::Change;
use shop_core::time::{Day, Timestamp};

/// A choice as it is kept. It does not say whose it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsentEvent {
    /// What changed; its text is that of the purpose.
    pub change: Change,
    /// When.
    pub at: Timestamp,
    /// Version of the text that was shown.
    pub text_version: u32,
    /// SHA-256 of that text, as hex.
    pub text_hash: String,
    /// The language it was shown in.
    pub language: String,
    /// Where it was asked: `banner` or `page`.
    pub channel: String,
}

/// Events are added and read, never changed.
#[async_trait]
pub trait Consents {
    /// Adds an event.
    async fn add_consent(&mut self, event: &ConsentEvent) -> Result<(), StoreError>;
    /// The newest events, newest first.
    async fn consents(&mut self, most: u32) -> Result<Vec<ConsentEvent>, StoreError>;
}

/// Counts of days.
#[async_trait]
pub trait DayCounts {
    /// Adds to what was counted on a day.
    async fn add_count(&mut self, day: Day, what: &str, count: u64) -> Result<(), StoreError>;
    /// What was counted from a day on, by day and name.
    async fn day_counts(&mut self, from: Day) -> Result<Vec<(Day, String, u64)>, StoreError>;
}
