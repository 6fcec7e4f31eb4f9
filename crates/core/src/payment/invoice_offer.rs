//! When an order can be paid afterwards with Klarna: what the privacy statement promises about it (product promise S4) and
//! what Klarna cannot take. Whether Klarna trusts the person is Klarna's to say, and is not known here.

use crate::address::{Address, Country};
use crate::money::Money;
use crate::order::Contact;
use serde::{Deserialize, Serialize};

/// The youngest who may buy on invoice. Said on the page; Klarna checks it, and the shop asks no birth date.
pub const YOUNGEST: u8 = 18;
/// Klarna takes texts of an address up to this length.
const LONGEST: usize = 99;

/// The amounts that the contract allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvoiceLimits {
    /// From this much.
    pub least: Money,
    /// Up to this much.
    pub most: Money,
}

impl Default for InvoiceLimits {
    fn default() -> Self {
        Self { least: Money::cents(100), most: Money::cents(150_000) }
    }
}

/// Why this order cannot be paid afterwards, with Klarna or on an invoice of our own. The sentence for the shopper is in the texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum NoInvoice {
    /// It goes to another country than the Netherlands.
    Abroad,
    /// The parcel and the invoice would go to different addresses.
    OtherAddress,
    /// It goes to a post office box.
    PostBox,
    /// The name is one letter or only digits: nobody can be assessed by that.
    Name,
    /// The e-mail address is longer than Klarna takes.
    Email,
    /// Less than this.
    TooLittle(Money),
    /// More than this.
    TooMuch(Money),
    /// An invoice of the shop's own is past its day.
    Unpaid,
}

/// Whether an order may be offered to Klarna. `billing` is where the invoice would go when that is not where the parcel goes.
/// The first reason counts, in the order in which a shopper can do something about it.
pub fn may_pay_afterwards(
    contact: &Contact,
    delivery: &Address,
    billing: Option<&Address>,
    total: Money,
    limits: &InvoiceLimits,
) -> Result<(), NoInvoice> {
    if delivery.country != Country::Nl {
        return Err(NoInvoice::Abroad);
    }
    if billing.is_some_and(|billing| !is_same(billing, delivery)) {
        return Err(NoInvoice::OtherAddress);
    }
    if is_post_box(&delivery.street) {
        return Err(NoInvoice::PostBox);
    }
    if total < limits.least {
        return Err(NoInvoice::TooLittle(limits.least));
    }
    if total > limits.most {
        return Err(NoInvoice::TooMuch(limits.most));
    }
    if !is_name(&delivery.name.given) || !is_name(&delivery.name.family) {
        return Err(NoInvoice::Name);
    }
    if contact.email.as_str().chars().count() > LONGEST {
        return Err(NoInvoice::Email);
    }
    Ok(())
}

/// The same person behind the same door, however it was typed.
fn is_same(one: &Address, other: &Address) -> bool {
    let texts = |address: &Address| {
        [&address.name.full(), &address.street, &address.house.text(), &address.postal_code.compact(), &address.city]
            .map(|text| plain(text))
    };
    one.country == other.country && texts(one) == texts(other)
}

/// Letters and digits in lower case, nothing else.
fn plain(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn is_post_box(street: &str) -> bool {
    let words: Vec<String> = street.split_whitespace().map(plain).filter(|word| !word.is_empty()).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    matches!(words.as_slice(), ["postbus" | "pobox" | "antwoordnummer", ..] | ["po", "box", ..] | ["p", "o", "box", ..])
}

fn is_name(text: &str) -> bool {
    text.chars().count() > 1 && !text.chars().all(|c| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::address::{HouseNumber, PersonName, PostalCode};
    use crate::email::EmailAddress;

    fn contact() -> Contact {
        Contact { email: EmailAddress::parse("marieke@voorbeeld.nl").expect("valid"), phone: None }
    }

    fn home() -> Address {
        Address {
            name: PersonName { given: "Marieke".into(), family: "de Vries".into() },
            street: "Wittem".into(),
            house: HouseNumber::parse("16").expect("valid"),
            postal_code: PostalCode::parse("7603NE", Country::Nl).expect("valid"),
            city: "Almelo".into(),
            country: Country::Nl,
        }
    }

    fn judged(delivery: &Address, billing: Option<&Address>, cents: i64) -> Result<(), NoInvoice> {
        may_pay_afterwards(&contact(), delivery, billing, Money::cents(cents), &InvoiceLimits::default())
    }

    #[test]
    fn a_dutch_home_may_pay_afterwards_also_when_the_same_address_was_typed_otherwise() {
        let typed = Address { street: "wittem ".into(), city: "ALMELO".into(), ..home() };

        assert_eq!(judged(&home(), None, 5485), Ok(()));
        assert_eq!(judged(&home(), Some(&typed), 5485), Ok(()));
    }

    #[test]
    fn each_refusal_has_its_reason() {
        let belgian = Address {
            country: Country::Be,
            postal_code: PostalCode::parse("9000", Country::Be).expect("valid"),
            ..home()
        };
        let neighbour = Address { house: HouseNumber::parse("18").expect("valid"), ..home() };
        let initial = Address { name: PersonName { given: "M".into(), family: "de Vries".into() }, ..home() };
        let digits = Address { name: PersonName { given: "Marieke".into(), family: "007".into() }, ..home() };

        assert_eq!(judged(&belgian, None, 5485), Err(NoInvoice::Abroad));
        assert_eq!(judged(&home(), Some(&neighbour), 5485), Err(NoInvoice::OtherAddress));
        assert_eq!(judged(&home(), Some(&belgian), 5485), Err(NoInvoice::OtherAddress));
        assert_eq!(judged(&initial, None, 5485), Err(NoInvoice::Name));
        assert_eq!(judged(&digits, None, 5485), Err(NoInvoice::Name));
        assert_eq!(judged(&home(), None, 99), Err(NoInvoice::TooLittle(Money::cents(100))));
        assert_eq!(judged(&home(), None, 150_001), Err(NoInvoice::TooMuch(Money::cents(150_000))));
        assert_eq!(judged(&home(), None, 150_000), Ok(()));
    }

    #[test]
    fn a_post_box_is_recognised_and_a_street_that_sounds_like_one_is_a_street() {
        for street in ["Postbus", "postbus", "PO Box", "P.O. Box", "P. O. Box", "POBox", "Antwoordnummer"] {
            let boxed = Address { street: street.into(), ..home() };
            assert_eq!(judged(&boxed, None, 5485), Err(NoInvoice::PostBox), "{street}");
        }
        for street in ["Postbushof", "Boxmeerstraat", "Polaan"] {
            let real = Address { street: street.into(), ..home() };
            assert_eq!(judged(&real, None, 5485), Ok(()), "{street}");
        }
    }
}
