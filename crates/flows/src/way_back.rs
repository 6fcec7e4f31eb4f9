//! The way back from a provider's page that was closed: one mail per order with a link to where it can still be paid.

use crate::Shop;
use crate::checkout::happening;
use crate::job::Job;
use crate::trouble::Trouble;
use shop_core::ShopError;
use shop_core::order::OrderState;
use shop_core::payment::{Attempt, Method};
use shop_core::time::Seconds;

/// In the timeline: the mail was written.
const SENT: &str = "way_back";
/// With less left than this the mail would come too late to be of use.
const STILL_USEFUL: Seconds = Seconds::minutes(20);

impl Shop {
    /// Called after a provider was asked about `attempt`. Says nothing when the order is paid or over, when she tried again since, when
    /// the provider has yet to decide, and when she was told before.
    pub(crate) async fn show_way_back(&self, attempt: &Attempt) -> Result<(), ShopError> {
        let now = self.clock.now();
        let mut tx = self.store.begin().await.trouble()?;
        let order = tx.order(attempt.order).await.trouble()?.ok_or(ShopError::NotFound)?;
        let OrderState::AwaitingPayment { until } = order.state else { return Ok(()) };
        let attempts = tx.attempts(order.id).await.trouble()?;
        let Some(last) = attempts.last().filter(|last| last.id == attempt.id) else { return Ok(()) };
        // Klarna may still be looking at an order that she did finish.
        let undecided = last.method == Method::Klarna && last.state.is_open();
        let told = tx.happenings(order.id).await.trouble()?.iter().any(|happening| happening.event == SENT);
        if undecided || told || now.plus(STILL_USEFUL) > until {
            return Ok(());
        }
        tx.record(order.id, &happening(now, SENT, "", "worker")).await.trouble()?;
        self.enqueue(&mut *tx, &Job::MailWayBack { order: order.id }, now, None).await?;
        tx.commit().await.trouble()
    }
}
