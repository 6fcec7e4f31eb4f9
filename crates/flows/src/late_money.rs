//! Money that came twice, or after the end of an order. It never becomes a payment by itself: the owner pays it back, or delivers after
//! all when the pieces are still there.

use crate::Shop;
use crate::books::LATE_MONEY;
use crate::checkout::happening;
use crate::job::Job;
use crate::ports::{Task, Tx};
use crate::trouble::Trouble;
use shop_core::ShopError;
use shop_core::cart::CartError;
use shop_core::catalog::Availability;
use shop_core::id::RefundId;
use shop_core::ledger::{Entry, Posting};
use shop_core::order::refund::Credit;
use shop_core::order::{Order, OrderEvent, OrderNumber};
use shop_core::payment::{Attempt, Method};

impl Shop {
    /// Pays back the money that a task is about. Closing the task is the lock: whoever comes second finds it gone.
    pub(crate) async fn pay_late_money_back(&self, task: i64, actor: &str) -> Result<OrderNumber, ShopError> {
        let mut tx = self.store.begin().await.trouble()?;
        let (_, mut order, attempt) = self.late_money(&mut *tx, task, actor).await?;
        let purse = self.purse(&mut *tx, &order).await?;
        let credit = Credit::surplus(purse.left_of(&attempt).min(purse.undecided()));
        if credit.amount <= shop_core::money::Money::ZERO {
            return Err(ShopError::TooLate);
        }
        tx.save_order(&mut order).await.trouble()?;
        self.want_refund(&mut *tx, &attempt, RefundId::new(self.random.id()), credit, actor).await?;
        tx.commit().await.trouble()?;
        Ok(order.number)
    }

    /// Delivers an order that had ended when its money came. `Cart(SoldOut)` when a piece is gone; then nothing changed.
    pub(crate) async fn deliver_after_all(&self, task: i64, actor: &str) -> Result<OrderNumber, ShopError> {
        let now = self.clock.now();
        let mut tx = self.store.begin().await.trouble()?;
        let (task, mut order, attempt) = self.late_money(&mut *tx, task, actor).await?;
        let undecided = self.purse(&mut *tx, &order).await?.undecided();
        // Of an invoice only a part is asked before the goods leave.
        let enough = if attempt.method == Method::Invoice { attempt.amount } else { order.totals.total };
        if task.kind != "paid_after_end" || undecided < enough {
            return Err(ShopError::TooLate);
        }
        order.state = order.state.apply(OrderEvent::Revived, now)?;
        order.method = attempt.method;
        let lines: Vec<_> = order.lines.iter().map(|line| (line.variant, line.quantity)).collect();
        let changes = match tx.take_late(order.id, &lines, now).await.trouble()? {
            Ok(changes) => changes,
            Err(variant) => {
                let available = tx.stock(variant).await.trouble()?.map_or(0, |stock| stock.available());
                let left = Availability::of(available);
                return Err(ShopError::Cart(CartError::SoldOut { variant, left }));
            }
        };
        tx.save_order(&mut order).await.trouble()?;
        self.post(&mut *tx, Entry::of_order(Posting::Revived, &order, order.totals.total, now)).await?;
        tx.record(order.id, &happening(now, "revived", attempt.method.name(), actor)).await.trouble()?;
        if attempt.method == Method::Invoice {
            self.claim_rest(&mut *tx, &order, &attempt, now).await?;
        }
        self.enqueue(&mut *tx, &Job::MailConfirmation { order: order.id }, now, None).await?;
        self.announce(&mut *tx, &changes).await?;
        tx.commit().await.trouble()?;
        self.stock_changed(&changes);
        Ok(order.number)
    }

    /// The task, closed, with its order and the try that brought the money.
    async fn late_money(&self, tx: &mut dyn Tx, task: i64, actor: &str) -> Result<(Task, Order, Attempt), ShopError> {
        let open = tx.tasks().await.trouble()?;
        let is_it = |open: &Task| open.id == task && LATE_MONEY.contains(&open.kind.as_str());
        let task = open.into_iter().find(is_it).ok_or(ShopError::NotFound)?;
        if !tx.close_task(task.id, actor, self.clock.now()).await.trouble()? {
            return Err(ShopError::NotFound);
        }
        let number = task.order.clone().ok_or(ShopError::NotFound)?;
        let order = tx.order_by_number(&number).await.trouble()?.ok_or(ShopError::NotFound)?;
        // The detail of such a task begins with the reference of the try.
        let reference = task.detail.split(' ').next().unwrap_or_default();
        let attempt = tx.attempt_by_reference(reference).await.trouble()?.ok_or(ShopError::NotFound)?;
        if attempt.order != order.id {
            return Err(ShopError::NotFound);
        }
        Ok((task, order, attempt))
    }
}
