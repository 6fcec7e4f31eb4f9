//! Who waits for a size, and how what was bought turned out to fit.

use super::StoreError;
use async_trait::async_trait;
use shop_core::catalog::{Fit, FitTally};
use shop_core::email::EmailAddress;
use shop_core::id::{AlertId, OrderId, ProductId, VariantId};
use shop_core::time::Timestamp;

/// A wish to get one mail when a size can be had again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StockAlert {
    /// Its id; a new one with each time of asking.
    pub id: AlertId,
    /// For which size.
    pub variant: VariantId,
    /// To whom.
    pub email: EmailAddress,
    /// Keyed hash of the token in the mailed link.
    pub token_hash: String,
    /// When it was asked for.
    pub asked_at: Timestamp,
    /// When the link was used; until then nothing but the link is mailed.
    pub confirmed_at: Option<Timestamp>,
    /// When the mail that it is back was put in the queue.
    pub told_at: Option<Timestamp>,
}

/// Which wishes are erased: those of each kind that are older than this.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AlertsToForget {
    /// Asked for and never confirmed.
    pub unconfirmed_before: Timestamp,
    /// Confirmed, and the size never came back.
    pub confirmed_before: Timestamp,
    /// Told; they only wait until their mail has gone.
    pub told_before: Timestamp,
}

/// Wishes to hear of a size.
#[async_trait]
pub trait Alerts {
    /// Writes a wish. It takes the place of another one of the same address and size.
    async fn save_alert(&mut self, alert: &StockAlert) -> Result<(), StoreError>;
    /// One wish.
    async fn alert(&mut self, id: AlertId) -> Result<Option<StockAlert>, StoreError>;
    /// The wish whose link has a token with this hash.
    async fn alert_by_token(&mut self, hash: &str) -> Result<Option<StockAlert>, StoreError>;
    /// The wish of an address for a size.
    async fn alert_of(&mut self, variant: VariantId, email: &EmailAddress) -> Result<Option<StockAlert>, StoreError>;
    /// How many wishes of the mailbox of an address were not confirmed.
    async fn unconfirmed_alerts(&mut self, email: &EmailAddress) -> Result<u32, StoreError>;
    /// Whether somebody waits for a size: confirmed, and not told.
    async fn is_awaited(&mut self, variant: VariantId) -> Result<bool, StoreError>;
    /// Marks all who wait for a size as told, and says which they are. Nobody is named twice.
    async fn tell_alerts(&mut self, variant: VariantId, now: Timestamp) -> Result<Vec<AlertId>, StoreError>;
    /// Erases a wish.
    async fn delete_alert(&mut self, id: AlertId) -> Result<(), StoreError>;
    /// Erases old wishes; how many.
    async fn forget_alerts(&mut self, which: &AlertsToForget) -> Result<u32, StoreError>;
}

/// Votes on fit.
#[async_trait]
pub trait FitVotes {
    /// Writes the vote on a line of an order, counted from 0; it replaces the one before.
    async fn save_fit(&mut self, order: OrderId, line: u32, fit: Fit) -> Result<(), StoreError>;
    /// The votes on the lines of an order.
    async fn fits(&mut self, order: OrderId) -> Result<Vec<(u32, Fit)>, StoreError>;
    /// The votes on every product that has some.
    async fn fit_tallies(&mut self) -> Result<Vec<(ProductId, FitTally)>, StoreError>;
}
