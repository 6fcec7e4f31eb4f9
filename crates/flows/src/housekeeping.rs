//! What time does: holds end, unpaid orders lapse, old sessions, carts, wishes and addresses that nobody confirmed are forgotten.

use crate::Shop;
use crate::accounts::CODES_COUNT_FOR;
use crate::trouble::Trouble;
use shop_core::ShopError;
use shop_core::id::{CartId, OrderId};
use shop_core::order::{CancelReason, OrderState};
use shop_core::time::{Seconds, Timestamp};

/// Carts that nobody touched for this long are forgotten, as long as a session lasts.
const CART_LENGTH: Seconds = Seconds::days(60);
const AT_ONCE: u32 = 100;

impl Shop {
    /// One round. Safe to run at any time, twice, and on several machines.
    pub async fn housekeeping(&self) -> Result<(), ShopError> {
        let now = self.clock.now();
        let mut tx = self.store.read().await.trouble()?;
        let carts = tx.ended_holds(now, AT_ONCE).await.trouble()?;
        let orders = tx.lapsed_orders(now, AT_ONCE).await.trouble()?;
        drop(tx);
        // One that fails must not keep the others from their turn; the round fails afterwards, so somebody hears of it.
        let mut outcome = Ok(());
        for cart in carts {
            outcome = outcome.and(self.end_hold(cart, now).await);
        }
        for order in orders {
            outcome = outcome.and(self.lapse(order, now).await);
        }
        let mut tx = self.store.begin().await.trouble()?;
        tx.forget_sessions(now).await.trouble()?;
        tx.forget_carts(now.plus(Seconds(-CART_LENGTH.0))).await.trouble()?;
        self.forget_alerts(&mut *tx, now).await?;
        self.forget_sign_ups(&mut *tx, now).await?;
        self.plan_comparisons(&mut *tx, now).await?;
        self.plan_night(&mut *tx, now).await?;
        tx.forget_codes(now.plus(Seconds(-CODES_COUNT_FOR.0))).await.trouble()?;
        tx.commit().await.trouble()?;
        outcome
    }

    async fn end_hold(&self, cart: CartId, now: Timestamp) -> Result<(), ShopError> {
        let mut tx = self.store.begin().await.trouble()?;
        if !tx.holds(cart).await.trouble()?.first().is_some_and(|held| held.hold.is_over(now)) {
            return Ok(());
        }
        let changes = tx.release_cart(cart).await.trouble()?;
        self.announce(&mut *tx, &changes).await?;
        tx.commit().await.trouble()?;
        self.stock_changed(&changes);
        Ok(())
    }

    /// Ends an order that was not paid in time. The provider is asked first, because its notice may have been lost: a paid order
    /// must not lapse. When it does not answer the order lapses all the same; money that turns up later becomes a task.
    async fn lapse(&self, id: OrderId, now: Timestamp) -> Result<(), ShopError> {
        let mut tx = self.store.read().await.trouble()?;
        let attempts = tx.attempts(id).await.trouble()?;
        drop(tx);
        for attempt in attempts.iter().filter(|attempt| attempt.state.is_open() && attempt.provider_id.is_some()) {
            if self.ask(attempt.id).await.is_err() {
                tracing::warn!(reference = %attempt.reference, "an order lapses without an answer of the provider");
            }
        }
        let mut tx = self.store.begin().await.trouble()?;
        match tx.order(id).await.trouble()? {
            Some(order) if matches!(order.state, OrderState::AwaitingPayment { until } if until <= now) => {
                self.cancel(tx, order, CancelReason::NotPaid, "worker").await
            }
            _ => Ok(()),
        }
    }
}
