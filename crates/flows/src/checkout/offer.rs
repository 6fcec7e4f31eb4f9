//! Which ways to pay an order may be offered. Checked where it is shown, where it is chosen, and again where it counts.

use crate::invoice::bill;
use crate::ports::Tx;
use crate::trouble::Trouble;
use crate::{Shop, Visitor};
use shop_core::ShopError;
use shop_core::address::Address;
use shop_core::id::OrderId;
use shop_core::money::Money;
use shop_core::order::Contact;
use shop_core::payment::{Buyer, Method, NoInvoice, may_pay_afterwards};

impl Shop {
    /// Whether an order may be paid in this way, or why not. The shop sends no parcel elsewhere than to the address of the
    /// order, so delivery and billing address are one.
    pub fn may_pay(
        &self,
        method: Method,
        contact: &Contact,
        address: &Address,
        total: Money,
        buyer: Buyer,
    ) -> Result<(), NoInvoice> {
        match method {
            Method::Klarna => may_pay_afterwards(contact, address, None, total, &self.settings.invoice),
            Method::Invoice => self.settings.own_invoice.is_open_to(buyer),
            Method::Ideal | Method::Card | Method::PayPal | Method::BankTransfer => Ok(()),
        }
    }

    /// What is known of a visitor who wants to pay afterwards; `except` is the order that she pays now. Nothing of an account is
    /// looked at, or shows, before she signed in to it.
    pub async fn buyer(&self, visitor: &Visitor, except: Option<OrderId>) -> Result<Buyer, ShopError> {
        let mut tx = self.store.read().await.trouble()?;
        self.buyer_in(&mut *tx, visitor, except).await
    }

    pub(crate) async fn buyer_in(
        &self,
        tx: &mut dyn Tx,
        visitor: &Visitor,
        except: Option<OrderId>,
    ) -> Result<Buyer, ShopError> {
        let Some(customer) = visitor.customer() else { return Ok(Buyer::Unproven) };
        let mut buyer = Buyer::Proven;
        for claim in tx.claims(Some(customer)).await.trouble()? {
            if Some(claim.order) == except {
                continue;
            }
            buyer = Buyer::Owing;
            let order = tx.order(claim.order).await.trouble()?.ok_or(ShopError::NotFound)?;
            let happenings = tx.happenings(order.id).await.trouble()?;
            if bill(&order, claim.amount, &happenings).is_some_and(|bill| bill.is_late(self.clock.now())) {
                return Ok(Buyer::Overdue);
            }
        }
        Ok(buyer)
    }
}
