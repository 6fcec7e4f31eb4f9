//! What PayPal remembers: orders, refunds, webhook events as they were sent, and which request ids it has seen.

use serde::{Deserialize, Serialize};

use super::idempotency::Seen;
use super::notify::Event;
use super::order::{Capture, Order, Refund};

/// All that must survive a restart.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Ledger {
    pub orders: Vec<Order>,
    pub refunds: Vec<Refund>,
    pub events: Vec<Event>,
    pub seen: Vec<Seen>,
}

impl Ledger {
    /// By PayPal's id, or else the newest with this invoice id.
    pub fn order(&self, reference: &str) -> Option<&Order> {
        self.position(reference).and_then(|index| self.orders.get(index))
    }

    pub fn order_mut(&mut self, reference: &str) -> Option<&mut Order> {
        self.position(reference).and_then(|index| self.orders.get_mut(index))
    }

    fn position(&self, reference: &str) -> Option<usize> {
        let by_id = self.orders.iter().position(|order| order.id == reference);
        by_id.or_else(|| self.orders.iter().rposition(|order| order.invoice_id.as_deref() == Some(reference)))
    }

    /// A capture with the order it belongs to.
    pub fn capture(&self, id: &str) -> Option<(&Order, &Capture)> {
        let order = self.orders.iter().find(|order| order.capture.as_ref().is_some_and(|capture| capture.id == id))?;
        order.capture.as_ref().map(|capture| (order, capture))
    }

    pub fn refund(&self, id: &str) -> Option<&Refund> {
        self.refunds.iter().find(|refund| refund.id == id)
    }

    /// Cents of this capture that went back.
    pub fn refunded(&self, capture_id: &str) -> i64 {
        self.refunds.iter().filter(|refund| refund.capture_id == capture_id).map(|refund| refund.amount).sum()
    }

    /// Whether another order with this invoice id was captured.
    pub fn is_paid_elsewhere(&self, order_id: &str, invoice_id: Option<&str>) -> bool {
        invoice_id.is_some()
            && self.orders.iter().any(|order| {
                order.id != order_id && order.invoice_id.as_deref() == invoice_id && order.capture.is_some()
            })
    }
}
