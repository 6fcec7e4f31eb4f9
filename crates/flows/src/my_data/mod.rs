//! The rights of a person over her data, by herself: seeing all of it and taking it along (AVG art. 15, 20), putting right what she is called
//! (art. 16), and having it erased (art. 17). Whoever proved her address by a code may do it, also when she ordered without an account:
//! what she ordered belongs to the address.

mod erase;
mod replay;

pub use erase::{Preview, Receipt, Stays, Waits};

use crate::ports::{Customer, HeldTable, LeftOut, Person};
use crate::trouble::Trouble;
use crate::{Shop, Visitor};
use shop_core::ShopError;
use shop_core::address::{Phone, one_line};
use shop_core::checkout::{Field, FieldError, Mistake, is_name};
use shop_core::email::EmailAddress;
use shop_core::id::CustomerId;
use shop_core::time::Timestamp;

/// All that is held of her, at a moment.
#[derive(Debug, Clone)]
pub struct MyData {
    /// Who asks.
    pub customer: Customer,
    /// When it was read.
    pub at: Timestamp,
    /// What there is, table by table.
    pub held: Vec<HeldTable>,
    /// What is not shown, and why.
    pub left_out: Vec<LeftOut>,
}

impl Shop {
    /// All that is held of a visitor who is signed in, as of one moment.
    pub async fn my_data(&self, visitor: &Visitor) -> Result<MyData, ShopError> {
        let id = visitor.customer().ok_or(ShopError::SignInNeeded)?;
        let mut tx = self.store.read().await.trouble()?;
        let customer = tx.customer(id).await.trouble()?.ok_or(ShopError::SignInNeeded)?;
        let who = self.person(Some(id), customer.email.clone());
        let held = tx.held(&who).await.trouble()?;
        Ok(MyData { customer, at: self.clock.now(), held, left_out: tx.left_out() })
    }

    /// Whose data are meant.
    fn person(&self, customer: Option<CustomerId>, email: EmailAddress) -> Person {
        let address_hash = self.address_hash(&email);
        Person { customer, email, address_hash }
    }

    /// Puts right what she is called and where she is phoned. The phone may be empty. What was ordered keeps what was agreed.
    pub async fn save_contact(
        &self,
        visitor: &Visitor,
        given: &str,
        family: &str,
        phone: &str,
    ) -> Result<(), ShopError> {
        let id = visitor.customer().ok_or(ShopError::SignInNeeded)?;
        let mut errors = Vec::new();
        let mut name = |field, text: &str| {
            let read = one_line(text, 50);
            let mistake = match &read {
                None if text.trim().is_empty() => Some(Mistake::Missing),
                None => Some(Mistake::TooLong),
                Some(name) => (!is_name(name)).then_some(Mistake::NoName),
            };
            errors.extend(mistake.map(|mistake| FieldError { field, mistake }));
            read.unwrap_or_default()
        };
        let (given, family) = (name(Field::GivenName, given), name(Field::FamilyName, family));
        let read = Phone::parse(phone);
        if read.is_none() && !phone.trim().is_empty() {
            errors.push(FieldError { field: Field::Phone, mistake: Mistake::Phone });
        }
        if !errors.is_empty() {
            return Err(ShopError::Fields(errors));
        }
        let mut tx = self.store.begin().await.trouble()?;
        let customer = tx.customer(id).await.trouble()?.ok_or(ShopError::SignInNeeded)?;
        let customer = Customer { given_name: given, family_name: family, phone: read, ..customer };
        tx.save_customer(&customer).await.trouble()?;
        tx.commit().await.trouble()
    }
}
