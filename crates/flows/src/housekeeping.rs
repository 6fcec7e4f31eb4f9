//! What time does: holds end, unpaid orders lapse, old sessions and carts are forgotten.

use crate::Shop;
use crate::trouble::Trouble;
use shop_core::ShopError;
use shop_core::order::{CancelReason, OrderState};
use shop_core::time::Seconds;

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
        for cart in carts {
            let mut tx = self.store.begin().await.trouble()?;
            let still_ended = tx.holds(cart).await.trouble()?.first().is_some_and(|held| held.hold.is_over(now));
            if still_ended {
                let changes = tx.release_cart(cart).await.trouble()?;
                crate::catalogue::announce(&mut *tx, &changes).await?;
                tx.commit().await.trouble()?;
                self.stock_changed(&changes);
            }
        }
        for id in orders {
            let mut tx = self.store.begin().await.trouble()?;
            let order = tx.order(id).await.trouble()?;
            if let Some(order) = order
                && matches!(order.state, OrderState::AwaitingPayment { until } if until <= now)
            {
                self.cancel(tx, order, CancelReason::NotPaid, "worker").await?;
            }
        }
        let mut tx = self.store.begin().await.trouble()?;
        tx.forget_sessions(now).await.trouble()?;
        tx.forget_carts(now.plus(Seconds(-CART_LENGTH.0))).await.trouble()?;
        tx.commit().await.trouble()
    }
}
