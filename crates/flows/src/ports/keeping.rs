//! Erasing what has had its time, in batches: few hundred rows in a transaction, so that nobody waits for it long.

use super::StoreError;
use async_trait::async_trait;
use shop_core::id::CustomerId;
use shop_core::privacy::Retention;
use shop_core::time::{Day, Timestamp};

/// How many rows went, per period that they were kept for. Never what they were.
pub type Gone = Vec<(Retention, u32)>;

/// What the nightly job of the periods needs.
#[async_trait]
pub trait Keeping {
    /// The last day of which the job was done; `None` before the first.
    async fn last_night(&mut self) -> Result<Option<Day>, StoreError>;
    /// The job of that day is done.
    async fn end_night(&mut self, day: Day) -> Result<(), StoreError>;
    /// Erases at most so many things of a period that began before that moment, with all that hangs on them. Nothing when there are none, or
    /// when no row is kept for that period. What belongs to somebody whose data are restricted (AVG art. 18) stays.
    async fn forget(&mut self, what: Retention, before: Timestamp, most: u32) -> Result<Gone, StoreError>;
    /// Writes down when each account was used last, from orders and sessions.
    async fn note_use_of_accounts(&mut self) -> Result<(), StoreError>;
    /// The customer used her account.
    async fn account_was_used(&mut self, customer: CustomerId, at: Timestamp) -> Result<(), StoreError>;
    /// Takes at most so many accounts that were not used since then and were not warned yet, and marks them as warned.
    async fn accounts_to_warn(
        &mut self,
        unused_since: Timestamp,
        now: Timestamp,
        most: u32,
    ) -> Result<Vec<CustomerId>, StoreError>;
    /// Erases at most so many accounts that were not used since then and were warned before then. One that orders still name is emptied: its
    /// row goes with the last of them.
    async fn forget_accounts(
        &mut self,
        unused_since: Timestamp,
        warned_before: Timestamp,
        now: Timestamp,
        most: u32,
    ) -> Result<Gone, StoreError>;
    /// Adds to the log of counts.
    async fn log_forgotten(&mut self, day: Day, gone: &Gone) -> Result<(), StoreError>;
    /// The log from a day on, newest day first.
    async fn forgotten(&mut self, from: Day) -> Result<Vec<(Day, Retention, u32)>, StoreError>;
    /// When the period of the oldest thing that is kept for it began; `None` when there is none.
    async fn oldest(&mut self, what: Retention) -> Result<Option<Timestamp>, StoreError>;
}
