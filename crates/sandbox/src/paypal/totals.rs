//! The money of the webshop: what was received and given back. With it a test sees that nobody paid twice.

use std::collections::BTreeMap;

use serde::Serialize;

use super::PayPal;
use super::order::Order;

/// Sums over all orders, in cents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Totals {
    /// Received in all; what is pending does not count.
    pub completed: i64,
    /// Given back in all.
    pub refunded: i64,
    /// Per invoice id.
    pub orders: Vec<OrderTotal>,
}

/// Sums over the orders with one invoice id, in cents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OrderTotal {
    /// The shop's number.
    pub invoice_id: String,
    /// How often it was made.
    pub created: u32,
    /// How many of those were paid.
    pub paid_times: u32,
    /// Received.
    pub completed: i64,
    /// Given back.
    pub refunded: i64,
}

impl PayPal {
    /// What was received and given back, per invoice id in alphabetical order.
    pub fn totals(&self) -> Totals {
        let orders = self.inner.books.read(|ledger| {
            let mut sums: BTreeMap<String, OrderTotal> = BTreeMap::new();
            for order in &ledger.orders {
                let id = named(order);
                let sum = sums.entry(id.to_owned()).or_insert_with(|| OrderTotal {
                    invoice_id: id.to_owned(),
                    created: 0,
                    paid_times: 0,
                    completed: 0,
                    refunded: 0,
                });
                sum.created += 1;
                sum.completed += order.received();
                sum.paid_times += u32::from(order.received() > 0);
                sum.refunded += order.capture.as_ref().map_or(0, |capture| ledger.refunded(&capture.id));
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

fn named(order: &Order) -> &str {
    order.invoice_id.as_deref().unwrap_or(&order.id)
}
