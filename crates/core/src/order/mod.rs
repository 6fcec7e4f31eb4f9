//! A placed order: what was agreed, copied at that moment and never looked up again.

mod forgotten;
#[cfg(test)]
pub(crate) mod given;
pub mod refund;
mod state;

pub use refund::Refund;
pub use state::{CancelReason, IllegalTransition, OrderEvent, OrderState, diagram};

use crate::address::{Address, Phone};
use crate::cart::Totals;
use crate::discount::DiscountCode;
use crate::email::EmailAddress;
use crate::id::{CartId, CustomerId, OrderId, VariantId};
use crate::money::Money;
use crate::payment::Method;
use crate::time::{Day, Timestamp};
use crate::vat::VatRate;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The number people read aloud: `AG100042`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct OrderNumber(String);

impl OrderNumber {
    /// The first order of a shop.
    pub const FIRST: i64 = 100_001;

    /// From the counter of the database.
    pub fn of(counter: i64) -> Self {
        Self(format!("AG{counter}"))
    }

    /// Reads `AG100042`, `ag 100042`, `100042`; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let text: String = text.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_uppercase();
        let digits = text.strip_prefix("AG").unwrap_or(&text);
        let valid = (6..=12).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        valid.then(|| Self(format!("AG{digits}")))
    }

    /// The number as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for OrderNumber {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// A line of an order: a copy, so that later changes of the catalogue do not reach it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderLine {
    /// Which size.
    pub variant: VariantId,
    /// Article number.
    pub sku: String,
    /// Title of the article.
    pub title: String,
    /// Slug of its page.
    pub slug: String,
    /// Colour, empty when it has none.
    pub colour: String,
    /// Size.
    pub size: String,
    /// Content hash of its first picture.
    pub picture: Option<String>,
    /// Price of one piece, VAT included.
    pub unit: Money,
    /// How many.
    pub quantity: u32,
    /// The part of the order's discount that fell on this line, so that what was paid for it is known to the cent.
    #[serde(default)]
    pub discount: Money,
    /// VAT rate.
    pub rate: VatRate,
    /// Fibre composition as it stood on the page.
    pub fibre: String,
}

/// Who ordered, as typed in checkout.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// For confirmation and questions.
    pub email: EmailAddress,
    /// Only for questions about the delivery.
    pub phone: Option<Phone>,
}

/// What the shopper saw and agreed to, kept as proof.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreed {
    /// Text on the order button.
    pub button: String,
    /// Version of the terms.
    pub terms: String,
    /// Version of the privacy statement.
    pub privacy: String,
    /// Delivery day that was promised.
    pub arrival: Day,
}

/// An order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// Its id.
    pub id: OrderId,
    /// Its number.
    pub number: OrderNumber,
    /// The cart that it was made from; unique, so a cart becomes one order.
    pub cart: CartId,
    /// The account.
    pub customer: CustomerId,
    /// Who ordered.
    pub contact: Contact,
    /// Where it goes.
    pub address: Address,
    /// What was ordered.
    pub lines: Vec<OrderLine>,
    /// What it costs.
    pub totals: Totals,
    /// The discount code that was used.
    pub code: Option<DiscountCode>,
    /// The method of the current attempt.
    pub method: Method,
    /// Where it is in its life.
    pub state: OrderState,
    /// What the shopper agreed to.
    pub agreed: Agreed,
    /// When it was placed.
    pub placed_at: Timestamp,
    /// Tracking code of the parcel, once it is on its way.
    pub tracking: Option<Tracking>,
    /// Raised by every save; a save of an older one is refused.
    pub version: i64,
}

/// Where a parcel can be followed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tracking(String);

impl Tracking {
    /// A carrier's code: 5 to 40 letters and digits (PostNL: `3S` and up to 13 more). Spaces are dropped.
    pub fn parse(text: &str) -> Option<Self> {
        let code: String = text.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_uppercase();
        let valid = (5..=40).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_alphanumeric());
        valid.then_some(Self(code))
    }

    /// The code.
    pub fn code(&self) -> &str {
        &self.0
    }

    /// PostNL's page about the parcel.
    pub fn url(&self, address: &Address) -> String {
        format!(
            "https://postnl.nl/tracktrace/?B={}&P={}&D={}&T=C",
            self.0,
            address.postal_code.compact(),
            address.country.code()
        )
    }
}

/// Something that happened to an order, for its timeline. Written once, never edited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Happening {
    /// When.
    pub at: Timestamp,
    /// The name of the event: `placed`, `paid`, `shipped` …
    pub event: String,
    /// More about it for the owner; never personal data of a payer.
    pub detail: String,
    /// Who did it: `shopper`, `provider`, `worker` or the name of a member of staff.
    pub actor: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_numbers_are_read_as_people_say_them() {
        for said in ["AG100042", "ag 100042", " 100042 "] {
            assert_eq!(OrderNumber::parse(said), Some(OrderNumber::of(100_042)), "{said}");
        }
        for wrong in ["", "AG", "AG12", "AG100042; drop", "BX100042"] {
            assert_eq!(OrderNumber::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn tracking_codes_lose_their_spaces() {
        assert_eq!(
            Tracking::parse("3s abcd 1234567890").map(|t| t.code().to_owned()).as_deref(),
            Some("3SABCD1234567890")
        );
        assert_eq!(Tracking::parse("3S<script>"), None);
    }
}
