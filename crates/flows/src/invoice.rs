//! The shop's own invoice: goods that leave before they are paid, the parts of it that come in, and what happens when one does not.
//! What is asked in advance is decided in `shop_core::payment`; how transfers are recognised, in `bank`.

use crate::Shop;
use crate::checkout::happening;
use crate::job::{Chase, Job};
use crate::ports::{Left, Tx};
use crate::trouble::Trouble;
use crate::withdrawal::WITHDRAWN;
use shop_core::ShopError;
use shop_core::id::OrderId;
use shop_core::ledger::{Entry, Posting, Purse};
use shop_core::money::Money;
use shop_core::order::{Happening, Order, OrderEvent, OrderState};
use shop_core::payment::{
    Attempt, AttemptEvent, Bill, DEMAND_AFTER, HAND_OVER_AFTER, Method, News, PAY_WITHIN, REMIND_AFTER,
};
use shop_core::time::{Seconds, Timestamp};

/// The task that tells the owner that an invoice stays unpaid.
pub const OVERDUE: &str = "invoice_overdue";
/// Nobody is chased while the owner still has a withdrawal of that order before her.
const WAIT_FOR_WITHDRAWAL: Seconds = Seconds::days(7);

/// What is open on an invoice of our own, if anything is.
pub fn bill_of(order: &Order, purse: &Purse, happenings: &[Happening]) -> Option<Bill> {
    // A half that waits while she tries another way stays payable, but it is not what the order waits for.
    let claim = purse.claim().filter(|_| order.method == Method::Invoice)?;
    bill(order, claim.amount, happenings)
}

/// The bill about an open amount of an order.
pub(crate) fn bill(order: &Order, claim: Money, happenings: &[Happening]) -> Option<Bill> {
    let shipped = happenings.iter().rfind(|happening| happening.event == "shipped");
    Bill::of(order, claim, shipped.map(|happening| happening.at))
}

impl Shop {
    /// What is open on an invoice of our own, for a mail.
    pub async fn bill(&self, order: &Order) -> Result<Option<Bill>, ShopError> {
        let mut tx = self.store.read().await.trouble()?;
        let purse = self.purse(&mut *tx, order).await?;
        let happenings = tx.happenings(order.id).await.trouble()?;
        Ok(bill_of(order, &purse, &happenings))
    }

    /// The goods may leave: what is asked in advance is here, and the rest comes afterwards. The stock is sold, not merely held.
    pub(crate) async fn leave_on_invoice(
        &self,
        tx: &mut dyn Tx,
        order: &mut Order,
        actor: &str,
        now: Timestamp,
    ) -> Result<Vec<Left>, ShopError> {
        order.state = order.state.apply(OrderEvent::Invoiced, now)?;
        order.method = Method::Invoice;
        tx.save_order(order).await.trouble()?;
        let changes = tx.take(order.id, now).await.trouble()?;
        tx.record(order.id, &happening(now, "invoiced", Method::Invoice.name(), actor)).await.trouble()?;
        Ok(changes)
    }

    /// A part of an invoice came in. `was_awaited` is false for one that was given up before.
    pub(crate) async fn settle_invoice(
        &self,
        tx: &mut dyn Tx,
        order: &mut Order,
        attempt: &Attempt,
        was_awaited: bool,
        actor: &str,
        now: Timestamp,
    ) -> Result<Vec<Left>, ShopError> {
        self.post(tx, Entry::of_attempt(Posting::Received, attempt, now)).await?;
        let amount = attempt.amount.decimal();
        if matches!(order.state, OrderState::AwaitingPayment { .. }) {
            tx.record(order.id, &happening(now, "deposit", &amount, actor)).await.trouble()?;
            let changes = self.leave_on_invoice(tx, order, actor, now).await?;
            self.claim_rest(tx, order, attempt, now).await?;
            self.enqueue(tx, &Job::MailInvoicePaid { attempt: attempt.id }, now, None).await?;
            return Ok(changes);
        }
        if was_awaited && order.state.is_paid() && order.method == Method::Invoice {
            self.invoice_is_paid(tx, order, ("invoice_paid", &amount), actor, now).await?;
            self.enqueue(tx, &Job::MailInvoicePaid { attempt: attempt.id }, now, None).await?;
            return Ok(Vec::new());
        }
        let kind = if order.state.is_paid() { "paid_twice" } else { "paid_after_end" };
        let detail = format!("{} received {amount}", attempt.reference);
        self.alarm(tx, order, kind, &detail, actor, now).await?;
        Ok(Vec::new())
    }

    /// After the first half: the claim on what is left.
    pub(crate) async fn claim_rest(
        &self,
        tx: &mut dyn Tx,
        order: &Order,
        deposit: &Attempt,
        now: Timestamp,
    ) -> Result<(), ShopError> {
        let rest = order.totals.total.minus(deposit.amount).trouble()?;
        self.claim(tx, order, rest, now).await
    }

    async fn claim(&self, tx: &mut dyn Tx, order: &Order, amount: Money, now: Timestamp) -> Result<(), ShopError> {
        if amount <= Money::ZERO {
            return Ok(());
        }
        let attempts = tx.attempts(order.id).await.trouble()?;
        let ordinal = attempts.last().map_or(1, |attempt| attempt.ordinal + 1);
        tx.insert_attempt(&self.new_attempt(order, ordinal, Method::Invoice, amount, now)).await.trouble()
    }

    async fn invoice_is_paid(
        &self,
        tx: &mut dyn Tx,
        order: &mut Order,
        (event, detail): (&str, &str),
        actor: &str,
        now: Timestamp,
    ) -> Result<(), ShopError> {
        // Its new version tells whoever looks at it now to look again.
        tx.save_order(order).await.trouble()?;
        tx.record(order.id, &happening(now, event, detail, actor)).await.trouble()?;
        for task in tx.tasks().await.trouble()? {
            if task.kind == OVERDUE && task.order.as_ref() == Some(&order.number) {
                tx.close_task(task.id, actor, now).await.trouble()?;
            }
        }
        Ok(())
    }

    /// Money came in another way: what was open on an invoice is asked no more. Whether that money is all that was open, so that
    /// nothing came twice; then the order counts as paid that way.
    pub(crate) async fn pays_the_invoice(
        &self,
        tx: &mut dyn Tx,
        order: &mut Order,
        attempt: &Attempt,
        actor: &str,
        now: Timestamp,
    ) -> Result<bool, ShopError> {
        let open = self.close_claims(tx, order.id, now).await?;
        let is_all = order.state.is_paid() && order.method == Method::Invoice && open == attempt.amount;
        if is_all {
            order.method = attempt.method;
            self.invoice_is_paid(tx, order, ("paid", attempt.method.name()), actor, now).await?;
        }
        Ok(is_all)
    }

    /// Gives up what is open on an invoice; how much that was.
    pub(crate) async fn close_claims(
        &self,
        tx: &mut dyn Tx,
        order: OrderId,
        now: Timestamp,
    ) -> Result<Money, ShopError> {
        let mut open = Money::ZERO;
        for mut attempt in tx.attempts(order).await.trouble()?.into_iter().filter(Attempt::is_claim) {
            if let News::Moved(state) = attempt.state.apply(AttemptEvent::Cancelled, now) {
                open = open.plus(attempt.amount).trouble()?;
                attempt.state = state;
                tx.save_attempt(&mut attempt).await.trouble()?;
            }
        }
        Ok(open)
    }

    /// A credit makes the open part of an invoice smaller first; how much of it. What is left is claimed anew.
    pub(crate) async fn set_off(
        &self,
        tx: &mut dyn Tx,
        order: OrderId,
        credit: Money,
        now: Timestamp,
    ) -> Result<Money, ShopError> {
        if !tx.attempts(order).await.trouble()?.iter().any(Attempt::is_claim) {
            return Ok(Money::ZERO);
        }
        let open = self.close_claims(tx, order, now).await?;
        let off = credit.min(open);
        let order = tx.order(order).await.trouble()?.ok_or(ShopError::NotFound)?;
        self.claim(tx, &order, open.minus(off).trouble()?, now).await?;
        Ok(off)
    }

    /// The parcel left: the days to pay in begin.
    pub(crate) async fn start_chasing(&self, tx: &mut dyn Tx, order: &Order, now: Timestamp) -> Result<(), ShopError> {
        if order.method != Method::Invoice || !tx.attempts(order.id).await.trouble()?.iter().any(Attempt::is_claim) {
            return Ok(());
        }
        let first = now.plus(PAY_WITHIN).plus(REMIND_AFTER);
        self.chase_at(tx, order.id, Chase::Remind, first).await
    }

    async fn chase_at(&self, tx: &mut dyn Tx, order: OrderId, step: Chase, at: Timestamp) -> Result<(), ShopError> {
        let key = format!("{}-{order}", step.event());
        self.enqueue(tx, &Job::Chase { order, step }, at, Some(&key)).await
    }

    /// An invoice may still be unpaid: a friendly reminder, then the letter of BW 6:96(6), then a task for the owner. Each once; none
    /// when it was paid, and none as long as a withdrawal of the order waits for the owner.
    pub async fn chase(&self, id: OrderId, step: Chase) -> Result<(), ShopError> {
        let now = self.clock.now();
        let mut tx = self.store.begin().await.trouble()?;
        let order = tx.order(id).await.trouble()?.ok_or(ShopError::NotFound)?;
        let purse = self.purse(&mut *tx, &order).await?;
        let has_left = matches!(order.state, OrderState::Shipped { .. } | OrderState::Delivered { .. });
        let Some(claim) = purse.claim().filter(|_| has_left) else { return Ok(()) };
        let withdraws =
            |task: &crate::ports::Task| task.kind == WITHDRAWN && task.order.as_ref() == Some(&order.number);
        if tx.tasks().await.trouble()?.iter().any(withdraws) {
            self.chase_at(&mut *tx, id, step, now.plus(WAIT_FOR_WITHDRAWAL)).await?;
            return tx.commit().await.trouble();
        }
        let detail = claim.amount.decimal();
        let happenings = tx.happenings(id).await.trouble()?;
        if happenings.iter().any(|happening| happening.event == step.event()) {
            return Ok(());
        }
        match step {
            Chase::Remind => {
                self.enqueue(&mut *tx, &Job::MailInvoiceReminder { order: id }, now, None).await?;
                self.chase_at(&mut *tx, id, Chase::Demand, now.plus(DEMAND_AFTER)).await?;
            }
            Chase::Demand => {
                self.enqueue(&mut *tx, &Job::MailInvoiceDemand { order: id }, now, None).await?;
                self.chase_at(&mut *tx, id, Chase::HandOver, now.plus(HAND_OVER_AFTER)).await?;
            }
            Chase::HandOver => tx.add_task(OVERDUE, Some(id), &format!("{detail} is unpaid"), now).await.trouble()?,
        }
        tx.record(id, &happening(now, step.event(), &detail, "worker")).await.trouble()?;
        tx.commit().await.trouble()
    }
}
