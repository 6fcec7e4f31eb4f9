//! Orders on the owner's desk: the list, one file, and what she may do with it. The steps themselves belong to `fulfilment`;
//! here is who may ask for them, and the line in the audit trail.

use super::Member;
use crate::Shop;
use crate::books::LATE_MONEY;
use crate::invoice::bill_of;
use crate::ports::{OrderQuery, OrderSummary, StateCount, Task};
use crate::trouble::Trouble;
use shop_core::ShopError;
use shop_core::ledger::Purse;
use shop_core::money::Money;
use shop_core::order::{Happening, Order, OrderNumber, OrderState, Tracking};
use shop_core::payment::{Bill, awaited_transfer};

/// A page of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderList {
    /// Rows, newest first.
    pub rows: Vec<OrderSummary>,
    /// How many there are in all that were asked for.
    pub found: u32,
    /// How many are in each state, whatever was asked for.
    pub counts: Vec<StateCount>,
}

/// Everything about one order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderFile {
    /// The order.
    pub order: Order,
    /// Tries to pay it, refunds, and the books.
    pub purse: Purse,
    /// Tasks about money that came late or twice.
    pub late_money: Vec<Task>,
    /// Its timeline, oldest first.
    pub happenings: Vec<Happening>,
}

impl OrderFile {
    /// What the owner may say arrived by transfer: also when the shopper tried another way afterwards, and after the parcel left what
    /// is open on an invoice.
    pub fn awaited_transfer(&self) -> Option<Money> {
        let awaited = match self.order.state {
            OrderState::AwaitingPayment { .. } => awaited_transfer(&self.purse.attempts),
            state if state.is_paid() => self.purse.claim(),
            _ => None,
        };
        awaited.map(|attempt| attempt.amount)
    }

    /// What is open on an invoice of our own, and until when.
    pub fn bill(&self) -> Option<Bill> {
        bill_of(&self.order, &self.purse, &self.happenings)
    }

    /// Whether it can be handed to the carrier.
    pub const fn can_ship(&self) -> bool {
        matches!(self.order.state, OrderState::Paid { .. })
    }

    /// Whether something of the sale can be paid back. What is only promised has not come in yet.
    pub fn can_refund(&self) -> bool {
        self.order.state.is_paid() && self.purse.refundable(&self.order).amount() > Money::ZERO
    }

    /// Whether it can still be cancelled.
    pub const fn can_cancel(&self) -> bool {
        matches!(self.order.state, OrderState::AwaitingPayment { .. } | OrderState::Paid { .. })
    }
}

impl Shop {
    /// A page of the list.
    pub async fn order_list(&self, _: &Member, query: &OrderQuery) -> Result<OrderList, ShopError> {
        let mut tx = self.store.read().await.trouble()?;
        let (rows, found) = tx.orders(query).await.trouble()?;
        let counts = tx.order_counts().await.trouble()?;
        Ok(OrderList { rows, found, counts })
    }

    /// One order with its payments and its timeline. That she looked at it is written down.
    pub async fn order_file(&self, member: &Member, number: &OrderNumber) -> Result<OrderFile, ShopError> {
        let mut tx = self.store.read().await.trouble()?;
        let order = tx.order_by_number(number).await.trouble()?.ok_or(ShopError::NotFound)?;
        let purse = self.purse(&mut *tx, &order).await?;
        let is_late_money =
            |task: &Task| task.order.as_ref() == Some(&order.number) && LATE_MONEY.contains(&task.kind.as_str());
        let late_money = tx.tasks().await.trouble()?.into_iter().filter(is_late_money).collect();
        let happenings = tx.happenings(order.id).await.trouble()?;
        drop(tx);
        self.looked(member, number).await?;
        Ok(OrderFile { order, purse, late_money, happenings })
    }

    /// The transfer for an order stands on the account: it is paid. `TooLate` when it waits for no transfer any more.
    pub async fn book_transfer(&self, member: &Member, number: &OrderNumber) -> Result<(), ShopError> {
        if self.order_file(member, number).await?.awaited_transfer().is_none() {
            return Err(ShopError::TooLate);
        }
        self.transfer_received(member.name(), number).await?;
        self.note(member, "order.transfer", number.as_str(), "").await
    }

    /// The parcel was handed over with that tracking code; the shopper gets a mail.
    pub async fn ship_order(&self, member: &Member, number: &OrderNumber, tracking: Tracking) -> Result<(), ShopError> {
        let detail = tracking.code().to_owned();
        self.ship(member.name(), number, tracking).await?;
        self.note(member, "order.ship", number.as_str(), &detail).await
    }

    /// The order ends here and its pieces are for sale again. What was paid goes back by itself.
    pub async fn end_order(&self, member: &Member, number: &OrderNumber) -> Result<(), ShopError> {
        self.cancel_by_owner(member.name(), number).await?;
        self.note(member, "order.cancel", number.as_str(), "").await
    }

    /// Closes a task about a payment. `NotFound` when somebody closed it before.
    pub async fn finish_task(&self, member: &Member, id: i64) -> Result<(), ShopError> {
        let now = self.clock.now();
        let mut tx = self.store.begin().await.trouble()?;
        let task = tx.tasks().await.trouble()?.into_iter().find(|task| task.id == id).ok_or(ShopError::NotFound)?;
        if !tx.close_task(id, member.name(), now).await.trouble()? {
            return Err(ShopError::NotFound);
        }
        let subject = task.order.map(|number| number.as_str().to_owned()).unwrap_or_default();
        tx.audit(&member.did("task.close", &subject, &task.kind, now)).await.trouble()?;
        tx.commit().await.trouble()
    }
}
