//! Money that goes back, and the books. What moves money is posted in the transaction of what happened.

use super::StoreError;
use async_trait::async_trait;
use shop_core::id::{AttemptId, OrderId, RefundId};
use shop_core::ledger::Entry;
use shop_core::order::Refund;
use shop_core::time::Timestamp;

/// Payments back to shoppers.
#[async_trait]
pub trait Refunds {
    /// Writes a new refund. `Duplicate` when it exists.
    async fn insert_refund(&mut self, refund: &Refund) -> Result<(), StoreError>;
    /// Writes how far it has come if nobody changed it since it was read; raises its version. `Conflict` otherwise.
    async fn save_refund(&mut self, refund: &mut Refund) -> Result<(), StoreError>;
    /// One refund.
    async fn refund(&mut self, id: RefundId) -> Result<Option<Refund>, StoreError>;
    /// All refunds of an order, first one first.
    async fn refunds(&mut self, order: OrderId) -> Result<Vec<Refund>, StoreError>;
}

/// The books. Nothing in them is ever changed or erased; the database refuses it.
#[async_trait]
pub trait Ledger {
    /// Writes an entry; false, and nothing is written, when the same event of the same thing stands there.
    async fn post(&mut self, entry: &Entry) -> Result<bool, StoreError>;
    /// The entries of all orders that were written in `[from, until)`.
    async fn entries_between(&mut self, from: Timestamp, until: Timestamp) -> Result<Vec<Entry>, StoreError>;
    /// Promises that were neither taken nor let go of, by the try that brought them.
    async fn open_promises(&mut self) -> Result<Vec<AttemptId>, StoreError>;
    /// The entries of an order, in the order they were written.
    async fn entries(&mut self, order: OrderId) -> Result<Vec<Entry>, StoreError>;
}
