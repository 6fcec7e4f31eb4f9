//! What the provider remembers: orders, refunds and the results that wait to be pulled.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::order::Order;
use super::refunds::Refund;

/// A result that the shop has not pulled.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Waiting {
    pub order_id: Uuid,
    /// False when its notification is lost for good.
    pub notify: bool,
}

/// All that must survive a restart.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Ledger {
    pub orders: Vec<Order>,
    pub refunds: Vec<Refund>,
    pub queue: Vec<Waiting>,
}

impl Ledger {
    /// By the provider's id, or else the newest with this merchant order id.
    pub fn order(&self, reference: &str) -> Option<&Order> {
        self.position(reference).and_then(|index| self.orders.get(index))
    }

    pub fn order_mut(&mut self, reference: &str) -> Option<&mut Order> {
        self.position(reference).and_then(|index| self.orders.get_mut(index))
    }

    fn position(&self, reference: &str) -> Option<usize> {
        match Uuid::parse_str(reference) {
            Ok(id) => self.orders.iter().rposition(|order| order.id == id),
            Err(_) => self.orders.iter().rposition(|order| order.merchant_order_id == reference),
        }
    }

    /// The order that was paid by this transaction.
    pub fn paid_by(&self, transaction_id: Uuid) -> Option<&Order> {
        self.orders.iter().find(|order| order.success().is_some_and(|success| success.id == transaction_id))
    }

    /// Cents of this transaction that were given back or are on their way.
    pub fn refunded(&self, transaction_id: Uuid) -> i64 {
        self.refunds.iter().filter(|refund| refund.transaction_id == transaction_id).map(|refund| refund.amount).sum()
    }
}
