//! Who was given what. Written before anything leaves, in the transaction of what it belongs to, so nothing leaves unwritten. Never a value.

use super::StoreError;
use async_trait::async_trait;
use shop_core::id::OrderId;
use shop_core::privacy::Disclosed;
use shop_core::time::Timestamp;

/// A line of the list that a person may see (AVG art. 15(1)(c)).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// Who, which fields, why.
    pub what: Disclosed,
    /// When.
    pub at: Timestamp,
}

/// The list, per order. Append-only.
#[async_trait]
pub trait Disclosures {
    /// Adds to it.
    async fn disclose(&mut self, order: OrderId, what: &Disclosed, at: Timestamp) -> Result<(), StoreError>;
    /// What was given away about an order, first one first.
    async fn disclosures(&mut self, order: OrderId) -> Result<Vec<Told>, StoreError>;
}
