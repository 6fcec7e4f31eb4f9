//! Paying back at the owner's desk: who may ask for it, and the line in the audit trail. The steps themselves belong to `refunds` and
//! `late_money`.

use super::Member;
use crate::Shop;
use crate::trouble::Trouble;
use shop_core::ShopError;
use shop_core::id::RefundId;
use shop_core::order::OrderNumber;
use shop_core::order::refund::{RefundError, RefundWish};

/// What the owner filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefundRequest {
    /// Made with the form, so that the same form sent twice is one refund.
    pub id: RefundId,
    /// The version of the order that she saw: when somebody else did something meanwhile, she looks first.
    pub seen: i64,
    /// What goes back.
    pub wish: RefundWish,
}

/// Why nothing was paid back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RefundTrouble {
    /// What was filled in cannot be.
    Refused(RefundError),
    /// Something else.
    Shop(ShopError),
}

impl From<ShopError> for RefundTrouble {
    fn from(error: ShopError) -> Self {
        Self::Shop(error)
    }
}

impl From<RefundError> for RefundTrouble {
    fn from(error: RefundError) -> Self {
        Self::Refused(error)
    }
}

impl Shop {
    /// A new key for a form.
    pub fn new_refund_id(&self) -> RefundId {
        RefundId::new(self.random.id())
    }

    /// Pays back a part or all of an order that was paid. The same form again is done already.
    pub async fn refund_order(
        &self,
        member: &Member,
        number: &OrderNumber,
        request: RefundRequest,
    ) -> Result<(), RefundTrouble> {
        let now = self.clock.now();
        let mut tx = self.store.begin().await.trouble()?;
        let mut order = tx.order_by_number(number).await.trouble()?.ok_or(ShopError::NotFound)?;
        if tx.refund(request.id).await.trouble()?.is_some_and(|refund| refund.order == order.id) {
            return Ok(());
        }
        if order.version != request.seen {
            return Err(ShopError::Conflict.into());
        }
        if !order.state.is_paid() {
            return Err(ShopError::TooLate.into());
        }
        let purse = self.purse(&mut *tx, &order).await?;
        let credit = purse.refundable(&order).credit(request.wish)?;
        let attempt = purse.settled_by(&order).ok_or(ShopError::TooLate)?;
        let detail = format!("{} {}", credit.of.name(), credit.amount.decimal());
        // The order itself stays as it is. Its new version is what makes two owners pay back once.
        tx.save_order(&mut order).await.trouble()?;
        self.want_refund(&mut *tx, attempt, request.id, credit, member.name()).await?;
        tx.audit(&member.did("order.refund", number.as_str(), &detail, now)).await.trouble()?;
        tx.commit().await.trouble()?;
        Ok(())
    }

    /// A refund that no provider could send was paid from the shop's own account.
    pub async fn book_refund_by_hand(
        &self,
        member: &Member,
        number: &OrderNumber,
        id: RefundId,
    ) -> Result<(), ShopError> {
        let mut tx = self.store.read().await.trouble()?;
        let order = tx.order_by_number(number).await.trouble()?.ok_or(ShopError::NotFound)?;
        let refund = tx.refund(id).await.trouble()?.filter(|refund| refund.order == order.id);
        let amount = refund.ok_or(ShopError::NotFound)?.to_pay();
        drop(tx);
        self.refund_was_paid_by_hand(id, member.name()).await?;
        self.note(member, "order.refund_by_hand", number.as_str(), &amount.decimal()).await
    }

    /// Money that came twice or late goes back. The order that it was for.
    pub async fn give_late_money_back(&self, member: &Member, task: i64) -> Result<OrderNumber, ShopError> {
        let number = self.pay_late_money_back(task, member.name()).await?;
        self.note(member, "task.pay_back", number.as_str(), "").await?;
        Ok(number)
    }

    /// An order whose money came late is delivered after all. The order.
    pub async fn revive_order(&self, member: &Member, task: i64) -> Result<OrderNumber, ShopError> {
        let number = self.deliver_after_all(task, member.name()).await?;
        self.note(member, "task.deliver", number.as_str(), "").await?;
        Ok(number)
    }
}
