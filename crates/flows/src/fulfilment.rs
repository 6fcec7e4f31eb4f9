//! After the order: the money came by transfer, the parcel leaves, or it all ends here.

use crate::checkout::happening;
use crate::job::Job;
use crate::ports::Tx;
use crate::trouble::Trouble;
use crate::{Shop, Visitor};
use shop_core::ShopError;
use shop_core::order::{CancelReason, Happening, Order, OrderEvent, OrderNumber, OrderState, Tracking};
use shop_core::payment::{Attempt, AttemptEvent, AttemptState, Method, News};
use shop_core::stock::MovementReason;

impl Shop {
    /// The order, if this visitor may see it: placed or opened in this browser, or of the account she is signed in to.
    /// `NotFound` for anybody else, so nobody learns which numbers exist.
    pub(crate) async fn own_order(
        &self,
        tx: &mut dyn Tx,
        visitor: &Visitor,
        number: &OrderNumber,
    ) -> Result<Order, ShopError> {
        let order = tx.order_by_number(number).await.trouble()?.ok_or(ShopError::NotFound)?;
        let is_hers = visitor.knows_order(number) || visitor.customer() == Some(order.customer);
        if is_hers { Ok(order) } else { Err(ShopError::NotFound) }
    }

    /// An order with its tries to pay and its timeline, for the person who placed it.
    pub async fn order(
        &self,
        visitor: &Visitor,
        number: &OrderNumber,
    ) -> Result<(Order, Vec<Attempt>, Vec<Happening>), ShopError> {
        let mut tx = self.store.read().await.trouble()?;
        let order = self.own_order(&mut *tx, visitor, number).await?;
        let attempts = tx.attempts(order.id).await.trouble()?;
        let happenings = tx.happenings(order.id).await.trouble()?;
        Ok((order, attempts, happenings))
    }

    /// The secret part of the link to an order in a mail. It opens this one order, nothing else.
    pub fn order_key(&self, order: &Order) -> String {
        let mut key = self.secrets.hash("order-link", order.id.uuid().as_bytes());
        key.truncate(40);
        key
    }

    /// The link to an order for a mail.
    pub fn order_link(&self, order: &Order) -> String {
        format!("{}/bestelling/{}?sleutel={}", self.settings.public_url, order.number, self.order_key(order))
    }

    /// Lets this browser see an order, when the key of the mailed link is right.
    pub async fn open_order_link(
        &self,
        visitor: &mut Visitor,
        number: &OrderNumber,
        key: &str,
    ) -> Result<(), ShopError> {
        let mut tx = self.store.read().await.trouble()?;
        let order = tx.order_by_number(number).await.trouble()?.ok_or(ShopError::NotFound)?;
        drop(tx);
        if !self.secrets.equal(&self.order_key(&order), key) {
            return Err(ShopError::NotFound);
        }
        self.change_session(visitor, |session| session.remember_order(number)).await
    }

    /// The owner saw the transfer on her account: the whole amount, for this order.
    pub async fn transfer_received(&self, actor: &str, number: &OrderNumber) -> Result<(), ShopError> {
        let now = self.clock.now();
        let mut tx = self.store.begin().await.trouble()?;
        let mut order = tx.order_by_number(number).await.trouble()?.ok_or(ShopError::NotFound)?;
        let attempts = tx.attempts(order.id).await.trouble()?;
        let mut attempt = attempts
            .into_iter()
            .rev()
            .find(|attempt| attempt.method == Method::BankTransfer)
            .ok_or(ShopError::TooLate)?;
        if !matches!(order.state, OrderState::AwaitingPayment { .. }) {
            return Err(ShopError::TooLate);
        }
        let News::Moved(state) = attempt.state.apply(AttemptEvent::Paid, now) else { return Err(ShopError::TooLate) };
        attempt.state = state;
        tx.save_attempt(&mut attempt).await.trouble()?;
        let changes = self.settle(&mut *tx, &mut order, &attempt, actor, now).await?;
        self.enqueue(&mut *tx, &Job::MailPaid { order: order.id }, now, None).await?;
        self.announce(&mut *tx, &changes).await?;
        tx.commit().await.trouble()?;
        self.stock_changed(&changes);
        Ok(())
    }

    /// The parcel left with this tracking code; the shopper gets a mail.
    pub async fn ship(&self, actor: &str, number: &OrderNumber, tracking: Tracking) -> Result<(), ShopError> {
        let now = self.clock.now();
        let mut tx = self.store.begin().await.trouble()?;
        let mut order = tx.order_by_number(number).await.trouble()?.ok_or(ShopError::NotFound)?;
        order.state = order.state.apply(OrderEvent::Shipped, now)?;
        tx.record(order.id, &happening(now, "shipped", tracking.code(), actor)).await.trouble()?;
        order.tracking = Some(tracking);
        tx.save_order(&mut order).await.trouble()?;
        self.enqueue(&mut *tx, &Job::MailShipped { order: order.id }, now, None).await?;
        if let Some(promise) = self.promise_of(&mut *tx, &order).await? {
            self.enqueue(&mut *tx, &Job::Take { attempt: promise.id }, now, None).await?;
        }
        tx.commit().await.trouble()
    }

    /// The owner cancels an order that was not shipped. Its stock is free again; money that was only promised is let go of, money that
    /// came in must go back by hand, and a task says so.
    pub async fn cancel_by_owner(&self, actor: &str, number: &OrderNumber) -> Result<(), ShopError> {
        let mut tx = self.store.begin().await.trouble()?;
        let order = tx.order_by_number(number).await.trouble()?.ok_or(ShopError::NotFound)?;
        self.cancel(tx, order, CancelReason::Owner, actor).await
    }

    /// The shopper cancels her own order before it is shipped.
    pub async fn cancel_order(&self, visitor: &Visitor, number: &OrderNumber) -> Result<(), ShopError> {
        let mut tx = self.store.begin().await.trouble()?;
        let order = self.own_order(&mut *tx, visitor, number).await?;
        self.cancel(tx, order, CancelReason::Shopper, "shopper").await
    }

    pub(crate) async fn cancel(
        &self,
        mut tx: Box<dyn Tx>,
        mut order: Order,
        reason: CancelReason,
        actor: &str,
    ) -> Result<(), ShopError> {
        let now = self.clock.now();
        let was_paid = order.state.is_paid();
        order.state = order.state.apply(OrderEvent::Cancelled(reason), now)?;
        tx.save_order(&mut order).await.trouble()?;
        let changes = if was_paid {
            if let Some(promise) = self.promise_of(&mut *tx, &order).await? {
                self.enqueue(&mut *tx, &Job::LetGo { attempt: promise.id }, now, None).await?;
            } else {
                let detail = format!("{} must be paid back", order.totals.total.decimal());
                tx.add_task("refund_due", Some(order.id), &detail, now).await.trouble()?;
            }
            tx.put_back(order.id, MovementReason::Returned, now).await.trouble()?
        } else {
            let changes = tx.release_order(order.id).await.trouble()?;
            tx.give_back_discount(order.id, now).await.trouble()?;
            changes
        };
        for mut attempt in tx.attempts(order.id).await.trouble()? {
            // At an outside provider the try may still be paid; only what we know ourselves is closed here.
            if attempt.method == Method::BankTransfer && attempt.state == AttemptState::Open {
                let event =
                    if reason == CancelReason::NotPaid { AttemptEvent::Expired } else { AttemptEvent::Cancelled };
                if let News::Moved(state) = attempt.state.apply(event, now) {
                    attempt.state = state;
                    tx.save_attempt(&mut attempt).await.trouble()?;
                }
            }
        }
        tx.record(order.id, &happening(now, "cancelled", reason.name(), actor)).await.trouble()?;
        self.enqueue(&mut *tx, &Job::MailCancelled { order: order.id }, now, None).await?;
        self.announce(&mut *tx, &changes).await?;
        tx.commit().await.trouble()?;
        self.stock_changed(&changes);
        Ok(())
    }
}
