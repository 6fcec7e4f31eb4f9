//! What is kept how long, what goes next, and what went: for the page of the owner.

use super::Member;
use crate::Shop;
use crate::trouble::Trouble;
use shop_core::ShopError;
use shop_core::privacy::{Retention, Standing};
use shop_core::time::Day;

/// Nights on the page.
const NIGHTS: i64 = 31;

/// A period with what is kept for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kept {
    /// Which period.
    pub retention: Retention,
    /// When the period of the oldest thing began.
    pub oldest: Option<Day>,
    /// The first night on which it may go. Something may happen to it until then, which keeps it longer.
    pub goes: Option<Day>,
}

/// The page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeepingPage {
    /// All periods that exist today.
    pub kept: Vec<Kept>,
    /// The last night that the job was done.
    pub last_night: Option<Day>,
    /// Rows that went, newest night first.
    pub forgotten: Vec<(Day, Retention, u32)>,
}

impl Shop {
    /// What is kept, until when, and what went on the last nights.
    pub async fn keeping(&self, _: &Member) -> Result<KeepingPage, ShopError> {
        let today = self.clock.day(self.clock.now());
        let mut tx = self.store.read().await.trouble()?;
        let mut kept = Vec::new();
        for retention in Retention::ALL.into_iter().filter(|retention| retention.standing() == Standing::Now) {
            let oldest = tx.oldest(retention).await.trouble()?.map(|at| self.clock.day(at));
            let goes = oldest.and_then(|day| retention.last_day(day)).map(|last| last.plus_days(1));
            kept.push(Kept { retention, oldest, goes });
        }
        let last_night = tx.last_night().await.trouble()?;
        let forgotten = tx.forgotten(today.plus_days(-NIGHTS)).await.trouble()?;
        Ok(KeepingPage { kept, last_night, forgotten })
    }
}
