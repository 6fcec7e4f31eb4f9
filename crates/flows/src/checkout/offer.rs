//! Which ways to pay an order may be offered. Checked where it is shown, where it is chosen, and again where it counts.

use crate::Shop;
use shop_core::address::Address;
use shop_core::money::Money;
use shop_core::order::Contact;
use shop_core::payment::{Method, NoInvoice, may_pay_afterwards};

impl Shop {
    /// Whether an order may be paid in this way, or why not. The shop sends no parcel elsewhere than to the address of the
    /// order, so delivery and billing address are one.
    pub fn may_pay(&self, method: Method, contact: &Contact, address: &Address, total: Money) -> Result<(), NoInvoice> {
        match method {
            Method::Klarna => may_pay_afterwards(contact, address, None, total, &self.settings.invoice),
            _ => Ok(()),
        }
    }
}
