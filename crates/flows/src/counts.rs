//! How often each kind of page was opened and something was bought, for everybody together: a number per day and kind, without anything
//! about who it was. Counted in memory, so that no page waits for it, and written now and then.

use crate::Shop;
use crate::trouble::Trouble;
use shop_core::ShopError;
use shop_core::time::Day;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Counted {
    /// The front page.
    Home,
    /// A list of articles.
    List,
    /// An article.
    Product,
    /// A search.
    Search,
    /// Any other page.
    Other,
    /// A piece was put into a bag.
    Bag,
    /// The first step of the checkout was opened.
    Checkout,
    /// An order was placed.
    Order,
}

impl Counted {
    /// Each of them, in the order of a visit.
    pub const ALL: [Self; 8] =
        [Self::Home, Self::List, Self::Product, Self::Search, Self::Other, Self::Bag, Self::Checkout, Self::Order];

    /// The name in the database.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Home => "view_home",
            Self::List => "view_list",
            Self::Product => "view_product",
            Self::Search => "view_search",
            Self::Other => "view_other",
            Self::Bag => "bag",
            Self::Checkout => "checkout",
            Self::Order => "order",
        }
    }

    /// Whether it is a page that was opened.
    pub const fn is_view(self) -> bool {
        matches!(self, Self::Home | Self::List | Self::Product | Self::Search | Self::Other | Self::Checkout)
    }

    fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|counted| counted.name() == name)
    }
}

/// What was counted since it was written last.
#[derive(Debug, Default)]
pub struct Counts([AtomicU64; Counted::ALL.len()]);

impl Counts {
    /// One more.
    pub fn add(&self, counted: Counted) {
        self.more(counted, 1);
    }

    fn more(&self, counted: Counted, count: u64) {
        if let Some(cell) = Counted::ALL.iter().position(|one| *one == counted).and_then(|at| self.0.get(at)) {
            cell.fetch_add(count, Ordering::Relaxed);
        }
    }

    /// All that is not zero; it is zero afterwards.
    fn take(&self) -> Vec<(Counted, u64)> {
        let taken =
            Counted::ALL.into_iter().zip(&self.0).map(|(counted, cell)| (counted, cell.swap(0, Ordering::Relaxed)));
        taken.filter(|(_, count)| *count > 0).collect()
    }
}

/// The counts of a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayOfCounts {
    /// Which day.
    pub day: Day,
    /// How often each was counted; what is not there is zero.
    pub counts: BTreeMap<Counted, u64>,
}

impl DayOfCounts {
    /// How often.
    pub fn of(&self, counted: Counted) -> u64 {
        self.counts.get(&counted).copied().unwrap_or(0)
    }

    /// Pages that were opened.
    pub fn views(&self) -> u64 {
        self.counts.iter().filter(|(counted, _)| counted.is_view()).map(|(_, count)| count).sum()
    }
}

impl Shop {
    /// Writes what was counted in this process to the day of now. What could not be written is kept for the next time.
    pub async fn write_counts(&self) -> Result<(), ShopError> {
        let taken = self.counts.take();
        if taken.is_empty() {
            return Ok(());
        }
        let written = self.add_counts(&taken).await;
        if written.is_err() {
            for (counted, count) in taken {
                self.counts.more(counted, count);
            }
        }
        written
    }

    async fn add_counts(&self, taken: &[(Counted, u64)]) -> Result<(), ShopError> {
        let day = self.clock.day(self.clock.now());
        let mut tx = self.store.begin().await.trouble()?;
        for (counted, count) in taken {
            tx.add_count(day, counted.name(), *count).await.trouble()?;
        }
        tx.commit().await.trouble()
    }

    /// The counts of the last so many days that were written, today first; days without any are left out.
    pub(crate) async fn last_days(&self, days: i64) -> Result<Vec<DayOfCounts>, ShopError> {
        let from = self.clock.day(self.clock.now()).plus_days(1 - days);
        let mut tx = self.store.read().await.trouble()?;
        let rows = tx.day_counts(from).await.trouble()?;
        let mut by_day: BTreeMap<i64, DayOfCounts> = BTreeMap::new();
        for (day, what, count) in rows {
            // A name of a later release is not ours to judge.
            if let Some(counted) = Counted::parse(&what) {
                let row = by_day.entry(day.number()).or_insert_with(|| DayOfCounts { day, counts: BTreeMap::new() });
                row.counts.insert(counted, count);
            }
        }
        Ok(by_day.into_values().rev().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_taken_is_counted_from_zero_again() {
        let counts = Counts::default();
        counts.add(Counted::Product);
        counts.add(Counted::Product);
        counts.add(Counted::Order);

        assert_eq!(counts.take(), [(Counted::Product, 2), (Counted::Order, 1)]);
        assert_eq!(counts.take(), []);
    }
}
