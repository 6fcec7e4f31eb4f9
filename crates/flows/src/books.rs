//! The books: what moves money is posted in the transaction of what happened, and `allgems check` reads all of it again.

use crate::Shop;
use crate::ports::{OrderQuery, Tx};
use crate::trouble::Trouble;
use shop_core::ShopError;
use shop_core::ledger::{Difference, Entry, Purse, differences};
use shop_core::money::Money;
use shop_core::order::{Order, OrderNumber};

/// Orders that are read at once.
const AT_ONCE: u32 = 200;
/// Tasks that ask the owner what becomes of money which came late or twice.
pub(crate) const LATE_MONEY: [&str; 2] = ["paid_after_end", "paid_twice"];

/// What came of reading all the books.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BooksReport {
    /// Orders that were looked at.
    pub orders: u64,
    /// Entries that were read.
    pub entries: u64,
    /// What the accounts of all orders sum to; anything but zero is wrong.
    pub total: Money,
    /// What does not agree, order by order.
    pub differences: Vec<(OrderNumber, Difference)>,
}

impl BooksReport {
    /// Whether everything agrees.
    pub fn is_right(&self) -> bool {
        self.total == Money::ZERO && self.differences.is_empty()
    }
}

impl Shop {
    /// Everything about the money of an order.
    pub(crate) async fn purse(&self, tx: &mut dyn Tx, order: &Order) -> Result<Purse, ShopError> {
        Ok(Purse {
            attempts: tx.attempts(order.id).await.trouble()?,
            refunds: tx.refunds(order.id).await.trouble()?,
            entries: tx.entries(order.id).await.trouble()?,
        })
    }

    /// Writes an entry, once however often it happens. Nothing that moved is nothing to write.
    pub(crate) async fn post(&self, tx: &mut dyn Tx, entry: Option<Entry>) -> Result<(), ShopError> {
        if let Some(entry) = entry {
            tx.post(&entry).await.trouble()?;
        }
        Ok(())
    }

    /// Reads all orders and compares them with the books. Every page of orders is read by itself, so a shop that is open is not
    /// held up.
    pub async fn check_books(&self) -> Result<BooksReport, ShopError> {
        let mut report = BooksReport::default();
        for page in 1.. {
            let query = OrderQuery { page, per_page: AT_ONCE, ..OrderQuery::default() };
            let mut tx = self.store.read().await.trouble()?;
            let (rows, _) = tx.orders(&query).await.trouble()?;
            if rows.is_empty() {
                break;
            }
            let tasks = tx.tasks().await.trouble()?;
            for row in rows {
                let order = tx.order(row.id).await.trouble()?.ok_or(ShopError::NotFound)?;
                let purse = self.purse(&mut *tx, &order).await?;
                let awaits_person = tasks
                    .iter()
                    .any(|task| LATE_MONEY.contains(&task.kind.as_str()) && task.order.as_ref() == Some(&order.number));
                report.orders += 1;
                report.entries += u64::try_from(purse.entries.len()).unwrap_or(0);
                report.total = report.total.plus(purse.balance().total()).trouble()?;
                let found = differences(&order, &purse, awaits_person);
                report.differences.extend(found.into_iter().map(|difference| (order.number.clone(), difference)));
            }
        }
        Ok(report)
    }
}
