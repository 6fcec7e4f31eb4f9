//! A value on its way to an outside party. What an adapter puts into a call is a [`Given`], which only a [`Disclosure`] to that party makes, and only
//! of the fields on its list: another field does not compile. What was given is counted along, without the values, so that it can be
//! written down and shown to the person it concerns.
//!
//! ```
//! use shop_core::money::Money;
//! use shop_core::privacy::disclosure::{Disclosure, fact};
//! use shop_core::privacy::party::{Field, to};
//! use shop_core::privacy::Purpose;
//!
//! let mut out = Disclosure::<to::PayPal>::new(Purpose::Payment);
//! let amount = out.give::<fact::Amount, _>(Money::cents(4495));
//! assert_eq!(amount.get(), &Money::cents(4495));
//! assert_eq!(out.done().fields, [Field::Amount]);
//! ```
//!
//! PayPal may not know an e-mail address:
//!
//! ```compile_fail
//! use shop_core::email::EmailAddress;
//! use shop_core::privacy::disclosure::{Disclosure, fact};
//! use shop_core::privacy::party::to;
//! use shop_core::privacy::Purpose;
//!
//! let email = EmailAddress::parse("eva@example.nl").unwrap();
//! Disclosure::<to::PayPal>::new(Purpose::Payment).give::<fact::Email, _>(&email);
//! ```

use super::party::{Field, Party};
use super::purpose::Purpose;
use serde::{Serialize, Serializer};
use std::fmt;
use std::marker::PhantomData;

/// A party as a type.
pub trait Recipient {
    /// Which one.
    const PARTY: Party;
}

/// This party may receive that fact.
pub trait May<F>: Recipient {}

/// A field as a type.
pub trait Fact {
    /// Which one.
    const FIELD: Field;
}

/// A value that is such a fact. Our own types stand for one fact each; the ones without a type of their own (a reference, an address to
/// come back to) are text.
pub trait Of<F> {}

/// The fields as types.
pub mod fact {
    use super::{Fact, Field, Of};
    use crate::address::{Address as Home, PersonName, Phone as Number};
    use crate::cart::Totals;
    use crate::email::EmailAddress;
    use crate::money::Money;
    use crate::order::{OrderLine, OrderNumber};

    macro_rules! facts {
        ($($(#[$doc:meta])* $fact:ident: $($value:ty),*;)+) => {
            $(
                $(#[$doc])*
                #[derive(Debug)]
                pub enum $fact {}

                impl Fact for $fact {
                    const FIELD: Field = Field::$fact;
                }

                $(impl Of<$fact> for $value {})*
            )+
        };
    }

    facts! {
        /// First and family name.
        Name: &PersonName;
        /// Where it is delivered.
        Address: &Home;
        /// E-mail address.
        Email: &EmailAddress;
        /// Phone.
        Phone: Option<&Number>;
        /// Articles with their prices, and what they come to.
        Goods: (&[OrderLine], &Totals);
        /// Money.
        Amount: Money;
        /// Number of the order or the try.
        Reference: &OrderNumber, &str;
        /// Where to come back to.
        WayBack: &str;
        /// What is written.
        Message: &str;
        /// The address, unreadable.
        EmailHash: &str;
        /// An id of the browser.
        BrowserId: &str;
        /// Pages that were seen.
        Pages: &str;
        /// Kind of device.
        Device: &str;
        /// Address on the internet.
        Network: &str;
    }
}

/// A value that may go to `P`. Nobody else makes one.
pub struct Given<P, T> {
    value: T,
    to: PhantomData<fn() -> P>,
}

impl<P, T> Given<P, T> {
    /// The value.
    pub const fn get(&self) -> &T {
        &self.value
    }

    /// The same in the party's notation. A plain function, so that nothing else comes in with it.
    pub fn map<U>(self, notation: fn(T) -> U) -> Given<P, U> {
        Given { value: notation(self.value), to: PhantomData }
    }

    /// A part of it, or another notation of it, while it stays.
    pub fn part<U>(&self, part: fn(&T) -> U) -> Given<P, U> {
        Given { value: part(&self.value), to: PhantomData }
    }
}

impl<P, T> Given<P, Option<T>> {
    /// Whether there is none: calls leave the field out then.
    pub const fn is_none(&self) -> bool {
        self.value.is_none()
    }
}

impl<P, T, E> Given<P, Result<T, E>> {
    /// The value, when its notation could be made.
    pub fn ready(self) -> Result<Given<P, T>, E> {
        Ok(Given { value: self.value?, to: PhantomData })
    }
}

impl<P, T: Clone> Clone for Given<P, T> {
    fn clone(&self) -> Self {
        Self { value: self.value.clone(), to: PhantomData }
    }
}

/// Never the value.
impl<P, T> fmt::Debug for Given<P, T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("…")
    }
}

/// As the value alone.
impl<P, T: Serialize> Serialize for Given<P, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value.serialize(serializer)
    }
}

/// What is given to `P` in one call.
#[derive(Debug)]
pub struct Disclosure<P> {
    fields: Vec<Field>,
    purpose: Purpose,
    to: PhantomData<fn() -> P>,
}

impl<P: Recipient> Disclosure<P> {
    /// Nothing yet.
    pub const fn new(purpose: Purpose) -> Self {
        Self { fields: Vec::new(), purpose, to: PhantomData }
    }

    /// Gives a fact. An absent one is not counted: see [`Self::give_if_there`].
    pub fn give<F: Fact, T: Of<F>>(&mut self, value: T) -> Given<P, T>
    where
        P: May<F>,
    {
        self.count(F::FIELD);
        Given { value, to: PhantomData }
    }

    /// Gives a fact that may be missing, such as a phone number that nobody typed.
    pub fn give_if_there<F: Fact, T>(&mut self, value: Option<T>) -> Given<P, Option<T>>
    where
        P: May<F>,
        Option<T>: Of<F>,
    {
        if value.is_some() {
            self.count(F::FIELD);
        }
        Given { value, to: PhantomData }
    }

    /// What was given, without the values.
    pub fn done(self) -> Disclosed {
        Disclosed { party: P::PARTY, fields: self.fields, purpose: self.purpose }
    }

    fn count(&mut self, field: Field) {
        if let Err(place) = self.fields.binary_search(&field) {
            self.fields.insert(place, field);
        }
    }
}

/// Who was given which fields, and why. Never a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disclosed {
    /// Who.
    pub party: Party,
    /// Which fields, each once, in the order of [`Field`].
    pub fields: Vec<Field>,
    /// Why.
    pub purpose: Purpose,
}

impl Disclosed {
    /// The fields in one line, as the database keeps them: `amount reference`.
    pub fn field_names(&self) -> String {
        self.fields.iter().map(|field| field.name()).collect::<Vec<_>>().join(" ")
    }

    /// Reads that line. `None` when a word of it is no field, which no row of ours has.
    pub fn read_fields(line: &str) -> Option<Vec<Field>> {
        line.split_ascii_whitespace().map(Field::parse).collect()
    }
}
