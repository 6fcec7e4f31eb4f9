//! After the order: the money came by transfer, the parcel leaves, or it all ends here.

use crate::checkout::happening;
use crate::job::Job;
use crate::ports::Tx;
use crate::trouble::Trouble;
use crate::{Shop, Visitor};
use shop_core::ShopError;
use shop_core::id::RefundId;
use shop_core::ledger::{Entry, Posting, Purse};
use shop_core::order::refund::RefundWish;
use shop_core::order::{CancelReason, Happening, Order, OrderEvent, OrderNumber, OrderState, Tracking};
use shop_core::payment::{Attempt, AttemptEvent, AttemptState, News};
use shop_core::privacy::disclosure::fact;
use shop_core::privacy::party::to;
use shop_core::privacy::{Disclosure, Purpose};
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
        if order.is_forgotten() {
            return Err(ShopError::NotFound);
        }
        let is_hers = visitor.knows_order(number) || visitor.customer() == Some(order.customer);
        if is_hers { Ok(order) } else { Err(ShopError::NotFound) }
    }

    /// An order with its money and its timeline, for the person who placed it.
    pub async fn order(
        &self,
        visitor: &Visitor,
        number: &OrderNumber,
    ) -> Result<(Order, Purse, Vec<Happening>), ShopError> {
        let mut tx = self.store.read().await.trouble()?;
        let order = self.own_order(&mut *tx, visitor, number).await?;
        let purse = self.purse(&mut *tx, &order).await?;
        let happenings = tx.happenings(order.id).await.trouble()?;
        Ok((order, purse, happenings))
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
        // The link in an old mail opens nothing any more once she was erased.
        if order.is_forgotten() || !self.secrets.equal(&self.order_key(&order), key) {
            return Err(ShopError::NotFound);
        }
        self.change_session(visitor, |session| session.remember_order(number)).await
    }

    /// The owner saw the transfer on her account: all that is awaited for this order now.
    pub async fn transfer_received(&self, actor: &str, number: &OrderNumber) -> Result<(), ShopError> {
        let mut tx = self.store.begin().await.trouble()?;
        let order = tx.order_by_number(number).await.trouble()?.ok_or(ShopError::NotFound)?;
        let attempts = tx.attempts(order.id).await.trouble()?;
        let is_awaited = match order.state {
            OrderState::AwaitingPayment { .. } => true,
            // An invoice of our own is paid when the goods have left.
            state => state.is_paid() && attempts.iter().any(Attempt::is_claim),
        };
        if !is_awaited {
            return Err(ShopError::TooLate);
        }
        let received = self.receive_transfer(&mut *tx, number, None, actor, self.clock.now()).await?;
        let changes = received.ok_or(ShopError::TooLate)?;
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
        // The carrier reads them on the label.
        let mut out = Disclosure::<to::PostNl>::new(Purpose::Order);
        let (_, _) = (out.give::<fact::Name, _>(&order.address.name), out.give::<fact::Address, _>(&order.address));
        tx.disclose(order.id, &out.done(), now).await.trouble()?;
        order.tracking = Some(tracking);
        tx.save_order(&mut order).await.trouble()?;
        self.enqueue(&mut *tx, &Job::MailShipped { order: order.id }, now, None).await?;
        self.start_chasing(&mut *tx, &order, now).await?;
        if let Some(promise) = self.promise_of(&mut *tx, &order).await? {
            self.enqueue(&mut *tx, &Job::Take { attempt: promise.id }, now, None).await?;
        }
        tx.commit().await.trouble()
    }

    /// The owner cancels an order that was not shipped. Its stock is free again; money that was only promised is let go of, money that
    /// came in goes back.
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
        let purse = self.purse(&mut *tx, &order).await?;
        order.state = order.state.apply(OrderEvent::Cancelled(reason), now)?;
        tx.save_order(&mut order).await.trouble()?;
        let changes = if was_paid {
            self.give_back(&mut *tx, &order, &purse, actor).await?;
            tx.put_back(order.id, MovementReason::Returned, now).await.trouble()?
        } else {
            self.post(&mut *tx, Entry::of_order(Posting::EndedUnpaid, &order, order.totals.total, now)).await?;
            let changes = tx.release_order(order.id).await.trouble()?;
            tx.give_back_discount(order.id, now).await.trouble()?;
            changes
        };
        for mut attempt in tx.attempts(order.id).await.trouble()? {
            // At an outside provider the try may still be paid; only what we know ourselves is closed here.
            if attempt.method.is_by_transfer() && attempt.state == AttemptState::Open {
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
    /// What was paid for an order that is over goes back, all that is left of it; a promise is let go of.
    async fn give_back(&self, tx: &mut dyn Tx, order: &Order, purse: &Purse, actor: &str) -> Result<(), ShopError> {
        let now = self.clock.now();
        let Some(attempt) = purse.settled_by(order) else {
            // Paid without a try that brought money: what nobody can explain is for a person.
            let detail = format!("{} must be paid back", order.totals.total.decimal());
            return tx.add_task("refund_due", Some(order.id), &detail, now).await.trouble();
        };
        if purse.is_promised(order) {
            self.post(tx, Entry::of_order(Posting::TakenBack, order, order.totals.total, now)).await?;
            return self.enqueue(tx, &Job::LetGo { attempt: attempt.id }, now, None).await;
        }
        match purse.refundable(order).credit(RefundWish::Rest) {
            Ok(credit) => self.want_refund(tx, attempt, RefundId::new(self.random.id()), credit, actor).await,
            // All of it went back before.
            Err(_) => Ok(()),
        }
    }
}
