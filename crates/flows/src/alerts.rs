//! One mail when a size can be had again: asked for, confirmed by a link in a mail, told once, and then the address is erased.

use crate::Shop;
use crate::job::Job;
use crate::ports::{AlertsToForget, Left, Random, StockAlert, StoreError, Tx};
use crate::trouble::Trouble;
use shop_core::ShopError;
use shop_core::checkout::{Field, FieldError, mistake_in_email};
use shop_core::email::EmailAddress;
use shop_core::id::{AlertId, JobId, VariantId};
use shop_core::time::{Seconds, Timestamp};

/// The link in the first mail works this long; then the address is erased.
pub const TIME_TO_CONFIRM: Seconds = Seconds::hours(48);
/// An address waits no longer than this for a size that does not come back.
pub const LONGEST_WAIT: Seconds = Seconds::days(180);
/// After being told the row only waits for its mail to go; a mail that cannot be sent does not keep the address.
const TIME_TO_TELL: Seconds = Seconds::hours(48);
/// Asking again sooner sends no second mail: the first one is still good.
const AGAIN_AFTER: Seconds = Seconds::hours(12);
/// So many sizes may wait for one address to say yes. More is no shopper, but somebody who fills another one's box.
const MOST_UNCONFIRMED: u32 = 5;
/// Pieces that come free are often taken again at once, by the cart they came from.
const SETTLED_AFTER: Seconds = Seconds::minutes(1);
const PURPOSE: &str = "stock-alert";

/// A wish, as the page behind the mailed link shows it. It does not name the address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wish {
    /// For which size.
    pub variant: VariantId,
    /// Whether it was confirmed.
    pub is_confirmed: bool,
}

impl Shop {
    /// Asks for one mail when a size is back. What the visitor hears is the same whether a mail goes out or not, so nobody learns who
    /// waits for what. `NotFound` for a size that is not in the shop.
    pub async fn ask_for_alert(&self, variant: VariantId, typed: &str) -> Result<(), ShopError> {
        if self.catalogue.current().product_of(variant).is_none() {
            return Err(ShopError::NotFound);
        }
        let email = EmailAddress::parse(typed).map_err(|error| {
            ShopError::Fields(vec![FieldError { field: Field::Email, mistake: mistake_in_email(error) }])
        })?;
        let now = self.clock.now();
        let mut tx = self.store.begin().await.trouble()?;
        let before = tx.alert_of(variant, &email).await.trouble()?;
        let is_open = |alert: &StockAlert| match alert.confirmed_at {
            Some(_) => alert.told_at.is_none(),
            None => now.since(alert.asked_at) < AGAIN_AFTER,
        };
        if before.as_ref().is_some_and(is_open) {
            return Ok(());
        }
        if before.is_none() && tx.unconfirmed_alerts(&email).await.trouble()? >= MOST_UNCONFIRMED {
            return Ok(());
        }
        let token: String = self.random.token().iter().map(|byte| format!("{byte:02x}")).collect();
        let alert = StockAlert {
            id: AlertId::new(self.random.id()),
            variant,
            email,
            token_hash: self.secrets.hash(PURPOSE, token.as_bytes()),
            asked_at: now,
            confirmed_at: None,
            told_at: None,
        };
        tx.save_alert(&alert).await.trouble()?;
        self.enqueue(&mut *tx, &Job::MailAlertCheck { alert: alert.id, token }, now, None).await?;
        tx.commit().await.trouble()
    }

    /// The wish behind a mailed link; `None` when the link is too old, was never ours, or the mail has gone. Changes nothing: mail
    /// programs open links by themselves.
    pub async fn alert_wish(&self, token: &str) -> Result<Option<Wish>, ShopError> {
        let mut tx = self.store.read().await.trouble()?;
        let found = self.alert_of_token(&mut *tx, token).await?;
        Ok(found.map(|alert| Wish { variant: alert.variant, is_confirmed: alert.confirmed_at.is_some() }))
    }

    /// The person behind the address says yes. `NotFound` when the link is too old. Safe to press twice.
    pub async fn confirm_alert(&self, token: &str) -> Result<(), ShopError> {
        let now = self.clock.now();
        let mut tx = self.store.begin().await.trouble()?;
        let mut alert = self.alert_of_token(&mut *tx, token).await?.ok_or(ShopError::NotFound)?;
        if alert.confirmed_at.is_some() {
            return Ok(());
        }
        alert.confirmed_at = Some(now);
        tx.save_alert(&alert).await.trouble()?;
        if tx.stock(alert.variant).await.trouble()?.is_some_and(|stock| stock.available() > 0) {
            // It came back while the mail was on its way.
            tell_later(&mut *tx, &*self.random, alert.variant, now).await.trouble()?;
        }
        tx.commit().await.trouble()
    }

    /// The person behind the address changed her mind: it is erased at once. An old link has nothing left to erase.
    pub async fn stop_alert(&self, token: &str) -> Result<(), ShopError> {
        let mut tx = self.store.begin().await.trouble()?;
        if let Some(alert) = self.alert_of_token(&mut *tx, token).await? {
            tx.delete_alert(alert.id).await.trouble()?;
            tx.commit().await.trouble()?;
        }
        Ok(())
    }

    async fn alert_of_token(&self, tx: &mut dyn Tx, token: &str) -> Result<Option<StockAlert>, ShopError> {
        let found = tx.alert_by_token(&self.secrets.hash(PURPOSE, token.as_bytes())).await.trouble()?;
        let now = self.clock.now();
        Ok(found.filter(|alert| alert.confirmed_at.is_some() || now.since(alert.asked_at) < TIME_TO_CONFIRM))
    }

    /// A job: writes a mail for each who waits for a size, if it can still be had. Somebody who is told is not told again.
    pub async fn tell_who_waits(&self, variant: VariantId) -> Result<(), ShopError> {
        if self.catalogue.current().product_of(variant).is_none() {
            return Ok(());
        }
        let now = self.clock.now();
        let mut tx = self.store.begin().await.trouble()?;
        if tx.stock(variant).await.trouble()?.is_none_or(|stock| stock.available() == 0) {
            return Ok(());
        }
        for alert in tx.tell_alerts(variant, now).await.trouble()? {
            self.enqueue(&mut *tx, &Job::MailBackInStock { alert }, now, None).await?;
        }
        tx.commit().await.trouble()
    }

    /// The mail has gone, or can never go: the address is erased.
    pub async fn alert_is_done(&self, alert: AlertId) -> Result<(), ShopError> {
        let mut tx = self.store.begin().await.trouble()?;
        tx.delete_alert(alert).await.trouble()?;
        tx.commit().await.trouble()
    }

    pub(crate) async fn forget_alerts(&self, tx: &mut dyn Tx, now: Timestamp) -> Result<(), ShopError> {
        let ago = |length: Seconds| now.plus(Seconds(-length.0));
        let which = AlertsToForget {
            unconfirmed_before: ago(TIME_TO_CONFIRM),
            confirmed_before: ago(LONGEST_WAIT),
            told_before: ago(TIME_TO_TELL),
        };
        tx.forget_alerts(&which).await.trouble().map(drop)
    }
}

/// Notes, in the transaction of a change of stock, that a size can be had again when somebody waits for it.
pub async fn note_return(
    tx: &mut dyn Tx,
    random: &dyn Random,
    change: &Left,
    now: Timestamp,
) -> Result<(), StoreError> {
    if change.before == 0 && change.now > 0 && tx.is_awaited(change.variant).await? {
        tell_later(tx, random, change.variant, now).await?;
    }
    Ok(())
}

async fn tell_later(
    tx: &mut dyn Tx,
    random: &dyn Random,
    variant: VariantId,
    now: Timestamp,
) -> Result<(), StoreError> {
    let key = format!("back:{variant}");
    let job = Job::BackInStock { variant };
    tx.enqueue(JobId::new(random.id()), &job, now.plus(SETTLED_AFTER), Some(&key)).await
}
