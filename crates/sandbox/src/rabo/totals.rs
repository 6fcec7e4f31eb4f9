//! The money of the webshop: what was received and given back. With it a test sees that nobody paid twice.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Rabo;
use super::order::OrderStatus;

/// Sums over all orders, in cents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Totals {
    /// Received in all.
    pub completed: i64,
    /// Given back in all, pending refunds included.
    pub refunded: i64,
    /// Per merchant order id.
    pub orders: Vec<OrderTotal>,
}

/// Sums over the orders with one merchant order id, in cents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OrderTotal {
    /// The shop's id.
    pub merchant_order_id: String,
    /// How often it was announced.
    pub announced: u32,
    /// How many of those were paid.
    pub paid_times: u32,
    /// Received.
    pub completed: i64,
    /// Given back.
    pub refunded: i64,
}

impl Rabo {
    /// What was received and given back, per merchant order id in alphabetical order.
    pub fn totals(&self) -> Totals {
        let orders = self.inner.books.read(|ledger| {
            let mut sums: BTreeMap<String, OrderTotal> = BTreeMap::new();
            for order in &ledger.orders {
                let id = &order.merchant_order_id;
                let sum = sums.entry(id.clone()).or_insert_with(|| OrderTotal {
                    merchant_order_id: id.clone(),
                    announced: 0,
                    paid_times: 0,
                    completed: 0,
                    refunded: 0,
                });
                sum.announced += 1;
                sum.completed += order.paid_amount;
                if order.status == OrderStatus::Completed {
                    sum.paid_times += 1;
                }
                if let Some(paid) = order.success() {
                    sum.refunded += ledger.refunded(paid.id);
                }
            }
            sums.into_values().collect::<Vec<_>>()
        });
        Totals {
            completed: orders.iter().map(|order| order.completed).sum(),
            refunded: orders.iter().map(|order| order.refunded).sum(),
            orders,
        }
    }
}
