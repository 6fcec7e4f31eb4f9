//! Erasure (AVG art. 17): what goes, what stays because the law says so, and what must be finished first. A code that is mailed for this
//! and nothing else confirms it, and a page that is only looked at changes nothing.

use crate::accounts::CodeFor;
use crate::job::Job;
use crate::ports::{Erased, HeldTable, Left, Person, Tx};
use crate::trouble::Trouble;
use crate::{Shop, Visitor};
use serde::{Deserialize, Serialize};
use shop_core::ShopError;
use shop_core::email::EmailAddress;
use shop_core::id::CustomerId;
use shop_core::newsletter::Channel;
use shop_core::order::refund::RefundState;
use shop_core::order::{Order, OrderNumber, OrderState};
use shop_core::payment::Method;
use shop_core::time::{Day, Seconds, Timestamp};

/// A parcel that left so long ago has arrived, and the time to withdraw and to send it back is over, also when nobody wrote that down.
const UNDER_WAY_FOR: Seconds = Seconds::days(30);
/// Years that books are kept after the year they are about (art. 52(4) AWR).
const BOOKS: i16 = 7;

/// An order of which the books keep something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stays {
    /// Its number.
    pub number: OrderNumber,
    /// The last day.
    pub until: Day,
    /// Whether an invoice of the shop names her; then name and address stay on it.
    pub named: bool,
}

/// What must be finished first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Waits {
    /// An order is not paid, packed or delivered yet.
    Order {
        /// Which.
        number: OrderNumber,
        /// Name of its state.
        state: &'static str,
        /// From when on it keeps nobody waiting, where that is known.
        from: Option<Day>,
    },
    /// Money is on its way back to her.
    Refund {
        /// Of which order.
        number: OrderNumber,
    },
    /// An invoice of the shop is not paid.
    Invoice {
        /// Of which order.
        number: OrderNumber,
    },
    /// The owner has not looked at a withdrawal.
    Withdrawal {
        /// Of which order, when it named one.
        number: Option<OrderNumber>,
    },
}

/// What an erasure would do.
#[derive(Debug, Clone)]
pub struct Preview {
    /// Whose data; she sees it on the page.
    pub email: EmailAddress,
    /// What there is of her now.
    pub held: Vec<HeldTable>,
    /// What the books keep.
    pub stays: Vec<Stays>,
    /// What must be finished first; nothing is erased while there is any.
    pub waits: Vec<Waits>,
}

/// What an erasure did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// When.
    pub at: Timestamp,
    /// What the books keep.
    pub stays: Vec<Stays>,
}

impl Shop {
    /// What an erasure would do now. Changes nothing.
    pub async fn erasure_preview(&self, visitor: &Visitor) -> Result<Preview, ShopError> {
        let id = visitor.customer().ok_or(ShopError::SignInNeeded)?;
        let mut tx = self.store.read().await.trouble()?;
        let customer = tx.customer(id).await.trouble()?.ok_or(ShopError::SignInNeeded)?;
        let who = self.person(Some(id), customer.email);
        let orders = tx.orders_of(id).await.trouble()?;
        Ok(Preview {
            held: tx.held(&who).await.trouble()?,
            stays: self.stays(&orders),
            waits: self.waits(&mut *tx, &who, &orders).await?,
            email: who.email,
        })
    }

    /// Mails a code that confirms an erasure, and is good for nothing else.
    pub async fn send_erasure_code(&self, visitor: &mut Visitor) -> Result<(), ShopError> {
        let email = self.account_address(visitor).await?;
        self.send_code_for(visitor, email.as_str(), CodeFor::Erasure).await.map(drop)
    }

    /// Erases a visitor with the code that was mailed for it. `TooLate` while something must be finished first; then nothing changed. Her
    /// session ends with it.
    pub async fn erase_me(&self, visitor: &mut Visitor, code: &str) -> Result<Receipt, ShopError> {
        let id = visitor.customer().ok_or(ShopError::SignInNeeded)?;
        let email = self.account_address(visitor).await?;
        let now = self.clock.now();
        self.use_up_code(visitor, &email, code, CodeFor::Erasure).await?;
        let mut tx = self.store.begin().await.trouble()?;
        // Read again under the lock: she may have signed out or been erased in another tab.
        let session = self.stored_session(&mut *tx, visitor).await?;
        if session.and_then(|session| session.customer) != Some(id) {
            return Err(ShopError::SignInNeeded);
        }
        let who = self.person(Some(id), email.clone());
        let orders = tx.orders_of(id).await.trouble()?;
        if !self.waits(&mut *tx, &who, &orders).await?.is_empty() {
            return Err(ShopError::TooLate);
        }
        let receipt = Receipt { at: now, stays: self.stays(&orders) };
        let changes = self.erase(&mut *tx, &who, orders).await?;
        tx.save_erased(&Erased { email_hash: self.erased_hash(&email.folded()), at: now }).await.trouble()?;
        let letter = Job::MailErased { to: email, stays: receipt.stays.clone() };
        self.enqueue(&mut *tx, &letter, now, None).await?;
        tx.commit().await.trouble()?;
        self.stock_changed(&changes);
        visitor.session = None;
        visitor.new_cookie = None;
        self.scrub_soon().await;
        Ok(receipt)
    }

    /// Takes a person away in a transaction. What her bags held is free again.
    pub(super) async fn erase(
        &self,
        tx: &mut dyn Tx,
        who: &Person,
        orders: Vec<Order>,
    ) -> Result<Vec<Left>, ShopError> {
        let mut changes = Vec::new();
        if let Some(customer) = who.customer {
            for cart in tx.carts_of(customer).await.trouble()? {
                changes.extend(tx.release_cart(cart).await.trouble()?);
                tx.delete_cart(cart).await.trouble()?;
            }
        }
        self.announce(tx, &changes).await?;
        // Off the newsletter, and remembered as a no: an address that comes back from a file or a copy stays off it.
        if let Some(subscriber) = tx.subscriber_of(&who.email).await.trouble()? {
            self.leave_in(tx, &subscriber, Channel::Account).await?;
        }
        let forgotten: Vec<Order> = orders.into_iter().map(Order::forgotten).collect();
        tx.erase(who, &forgotten).await.trouble()?;
        Ok(changes)
    }

    /// Empties what a changed file leaves beside it. When somebody reads just then, the mail that follows does it.
    async fn scrub_soon(&self) {
        if let Err(error) = self.store.scrub().await {
            tracing::info!(%error, "what was erased is taken off the disk a little later");
        }
    }

    /// The name of an address among those that were erased: whoever reads the list cannot make an address of it.
    pub(super) fn erased_hash(&self, folded: &str) -> String {
        self.secrets.hash("erased-address", folded.as_bytes())
    }

    async fn account_address(&self, visitor: &Visitor) -> Result<EmailAddress, ShopError> {
        let id: CustomerId = visitor.customer().ok_or(ShopError::SignInNeeded)?;
        let mut tx = self.store.read().await.trouble()?;
        Ok(tx.customer(id).await.trouble()?.ok_or(ShopError::SignInNeeded)?.email)
    }

    fn stays(&self, orders: &[Order]) -> Vec<Stays> {
        let stays = |order: &Order| Stays {
            number: order.number.clone(),
            until: Day { year: self.clock.day(order.placed_at).year + BOOKS, month: 12, day: 31 },
            named: order.has_invoice(),
        };
        orders.iter().map(stays).collect()
    }

    async fn waits(&self, tx: &mut dyn Tx, who: &Person, orders: &[Order]) -> Result<Vec<Waits>, ShopError> {
        let now = self.clock.now();
        let mut waits = Vec::new();
        for order in orders {
            if is_open(order, now) {
                let from = match order.state {
                    OrderState::Shipped { at, .. } => Some(self.clock.day(at.plus(UNDER_WAY_FOR))),
                    _ => None,
                };
                waits.push(Waits::Order { number: order.number.clone(), state: order.state.name(), from });
            }
            let refunds = tx.refunds(order.id).await.trouble()?;
            if refunds.iter().any(|refund| !matches!(refund.state, RefundState::Done { .. })) {
                waits.push(Waits::Refund { number: order.number.clone() });
            }
            let attempts = tx.attempts(order.id).await.trouble()?;
            if attempts.iter().any(|attempt| attempt.method == Method::Invoice && attempt.state.is_open()) {
                waits.push(Waits::Invoice { number: order.number.clone() });
            }
        }
        for number in tx.open_withdrawals(who).await.trouble()? {
            waits.push(Waits::Withdrawal { number });
        }
        Ok(waits)
    }
}

fn is_open(order: &Order, now: Timestamp) -> bool {
    match order.state {
        OrderState::AwaitingPayment { .. } | OrderState::Paid { .. } => true,
        OrderState::Shipped { at, .. } => now.since(at) < UNDER_WAY_FOR,
        OrderState::Delivered { .. } | OrderState::Cancelled { .. } => false,
    }
}
