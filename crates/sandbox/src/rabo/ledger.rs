//! The provider's books: orders, refunds and the results that wait to be pulled. In memory, and in a file when asked.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use anyhow::Context;
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

/// The ledger behind its lock and, when asked, its file.
pub(super) struct Books {
    ledger: Mutex<Ledger>,
    file: Option<PathBuf>,
}

impl Books {
    /// Reads the file when there is one; begins empty otherwise.
    pub fn open(file: Option<PathBuf>) -> anyhow::Result<Self> {
        let ledger = match &file {
            Some(path) if path.exists() => {
                let json = std::fs::read(path).with_context(|| format!("read {}", path.display()))?;
                serde_json::from_slice(&json).with_context(|| format!("understand {}", path.display()))?
            }
            _ => Ledger::default(),
        };
        Ok(Self { ledger: Mutex::new(ledger), file })
    }

    pub fn read<T>(&self, look: impl FnOnce(&Ledger) -> T) -> T {
        look(&self.ledger.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Changes the ledger and writes it before anybody else may look, so that what was answered is also kept.
    pub fn change<T>(&self, act: impl FnOnce(&mut Ledger) -> T) -> T {
        let mut ledger = self.ledger.lock().unwrap_or_else(PoisonError::into_inner);
        let result = act(&mut ledger);
        if let Some(path) = &self.file
            && let Err(error) = write(path, &ledger)
        {
            tracing::error!(%error, "sandbox could not keep its state");
        }
        result
    }
}

/// Writes beside the file and renames, so that a kill leaves either the old or the new state.
fn write(path: &Path, ledger: &Ledger) -> std::io::Result<()> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".new");
    std::fs::write(&beside, serde_json::to_vec(ledger)?)?;
    std::fs::rename(&beside, path)
}
