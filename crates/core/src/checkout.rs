//! What checkout asks, exactly as typed and as understood. Nothing typed is ever lost: the typed form is kept beside the errors.

use crate::address::{Address, Country, HouseNumber, PersonName, Phone, PostalCode, one_line, postal_code_and_house};
use crate::email::{EmailAddress, EmailError, MailDomain};
use crate::order::Contact;
use crate::typed;
use serde::{Deserialize, Serialize};

/// The details form as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct TypedDetails {
    /// E-mail address.
    pub email: String,
    /// First name.
    pub given_name: String,
    /// Last name.
    pub family_name: String,
    /// Postal code; may hold the house number too: `7607ab 12 bis`.
    pub postal_code: String,
    /// House number and addition.
    pub house: String,
    /// Street.
    pub street: String,
    /// Town.
    pub city: String,
    /// `NL` or `BE`; the Netherlands when empty.
    pub country: String,
    /// Phone; may stay empty.
    pub phone: String,
}

/// A field of the details form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Field {
    /// E-mail address.
    Email,
    /// First name.
    GivenName,
    /// Last name.
    FamilyName,
    /// Country.
    Country,
    /// Postal code.
    PostalCode,
    /// House number.
    House,
    /// Street.
    Street,
    /// Town.
    City,
    /// Phone.
    Phone,
    /// Payment method.
    Method,
    /// Six-digit sign-in code.
    Code,
    /// Message of the contact form.
    Message,
    /// Whole name, where one line is enough.
    Name,
    /// Where an answer goes.
    ReplyTo,
    /// Order number, as somebody remembers it.
    Order,
    /// The box for the newsletter.
    Newsletter,
}

impl Field {
    /// The name in the form, and the id of the field on the page.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::GivenName => "given_name",
            Self::FamilyName => "family_name",
            Self::Country => "country",
            Self::PostalCode => "postal_code",
            Self::House => "house",
            Self::Street => "street",
            Self::City => "city",
            Self::Phone => "phone",
            Self::Method => "method",
            Self::Code => "code",
            Self::Message => "message",
            Self::Name => "name",
            Self::ReplyTo => "reply_to",
            Self::Order => "order",
            Self::Newsletter => "newsletter",
        }
    }
}

/// What is wrong with a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Mistake {
    /// Nothing was typed or chosen.
    Missing,
    /// An e-mail address without `@`.
    EmailWithoutAt,
    /// An e-mail address whose domain cannot be.
    EmailDomain,
    /// Another impossible e-mail address.
    EmailMalformed,
    /// Perhaps this domain was meant; a question that is asked once.
    EmailSlip(MailDomain),
    /// Not like `7603 NE`.
    PostalCodeNl,
    /// Not like `9000`.
    PostalCodeBe,
    /// No house number in it.
    HouseNumber,
    /// No phone number.
    Phone,
    /// Letters that are in nobody's name.
    NoName,
    /// Longer than we can print on a parcel.
    TooLong,
    /// Not one of the choices.
    NotOffered,
    /// The code is not right.
    WrongCode,
    /// The code is too old, or was tried too often.
    CodeExpired,
    /// So many codes went to this mailbox today, or questions came from it, that it is enough.
    TooManyCodes,
}

/// A field with what is wrong with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldError {
    /// Which field.
    pub field: Field,
    /// What is wrong.
    pub mistake: Mistake,
}

/// The details form, understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Details {
    /// Who orders.
    pub contact: Contact,
    /// Where it goes.
    pub address: Address,
}

/// Whether a text can be somebody's name. It stands in mails to an address that is not proven, so an advertisement or a web address must
/// not fit.
pub fn is_name(text: &str) -> bool {
    let allowed = |c: char| c.is_alphabetic() || " '’`.-,()".contains(c);
    // `J.P.` is a name, `voorbeeld.nl` is not.
    let names_a_site = || {
        text.split_whitespace().any(|word| {
            word.rsplit_once('.').is_some_and(|(before, last)| before.chars().count() > 1 && last.chars().count() > 1)
        })
    };
    text.chars().all(allowed) && !names_a_site()
}

impl TypedDetails {
    /// Moves a house number that was typed behind the postal code to its own field.
    #[must_use]
    pub fn tidied(mut self) -> Self {
        if self.house.trim().is_empty()
            && let Some((code, house)) = postal_code_and_house(&self.postal_code)
        {
            self.postal_code = code.as_str().to_owned();
            self.house = house.text();
        }
        self
    }

    /// As it is kept. Judge it before: what is cut off may be what was wrong.
    #[must_use]
    pub fn kept(self) -> Self {
        Self {
            email: typed::line(self.email),
            given_name: typed::line(self.given_name),
            family_name: typed::line(self.family_name),
            postal_code: typed::line(self.postal_code),
            house: typed::line(self.house),
            street: typed::line(self.street),
            city: typed::line(self.city),
            country: typed::line(self.country),
            phone: typed::line(self.phone),
        }
    }

    /// Understands the form, or says of every wrong field what is wrong, in the order of the page.
    pub fn understand(&self) -> Result<Details, Vec<FieldError>> {
        let form = self.clone().tidied();
        let mut errors = Vec::new();
        let mut wrong = |field, mistake| errors.push(FieldError { field, mistake });

        let email = match EmailAddress::parse(&form.email) {
            Ok(email) => Some(email),
            Err(error) => {
                wrong(Field::Email, mistake_in_email(error));
                None
            }
        };
        let mut line = |field, text: &str, longest| {
            let read = one_line(text, longest);
            if read.is_none() {
                wrong(field, if text.trim().is_empty() { Mistake::Missing } else { Mistake::TooLong });
            }
            read
        };
        let mut given = line(Field::GivenName, &form.given_name, 50);
        let mut family = line(Field::FamilyName, &form.family_name, 50);
        for (field, name) in [(Field::GivenName, &mut given), (Field::FamilyName, &mut family)] {
            if name.as_deref().is_some_and(|name| !is_name(name)) {
                *name = None;
                wrong(field, Mistake::NoName);
            }
        }
        let country = if form.country.trim().is_empty() { Some(Country::Nl) } else { Country::parse(&form.country) };
        if country.is_none() {
            wrong(Field::Country, Mistake::NotOffered);
        }
        let land = country.unwrap_or_default();
        let postal_code = PostalCode::parse(&form.postal_code, land).ok();
        if postal_code.is_none() {
            let format = if land == Country::Nl { Mistake::PostalCodeNl } else { Mistake::PostalCodeBe };
            wrong(Field::PostalCode, if form.postal_code.trim().is_empty() { Mistake::Missing } else { format });
        }
        let house = HouseNumber::parse(&form.house).ok();
        if house.is_none() {
            wrong(Field::House, if form.house.trim().is_empty() { Mistake::Missing } else { Mistake::HouseNumber });
        }
        let mut line = |field, text: &str, longest| {
            let read = one_line(text, longest);
            if read.is_none() {
                wrong(field, if text.trim().is_empty() { Mistake::Missing } else { Mistake::TooLong });
            }
            read
        };
        let street = line(Field::Street, &form.street, 80);
        let city = line(Field::City, &form.city, 40);
        let phone = if form.phone.trim().is_empty() { None } else { Phone::parse(&form.phone) };
        if phone.is_none() && !form.phone.trim().is_empty() {
            wrong(Field::Phone, Mistake::Phone);
        }

        match (email, given, family, country, postal_code, house, street, city) {
            (
                Some(email),
                Some(given),
                Some(family),
                Some(country),
                Some(postal_code),
                Some(house),
                Some(street),
                Some(city),
            ) if errors.is_empty() => {
                let name = PersonName { given, family };
                Ok(Details {
                    contact: Contact { email, phone },
                    address: Address { name, street, house, postal_code, city, country },
                })
            }
            _ => Err(errors),
        }
    }
}

/// The question about an e-mail address that looks like a slip of the pen. Ask it the first time that an address is sent: whoever sends
/// the same one again means it.
pub fn slip(field: Field, typed: &str) -> Option<FieldError> {
    let domain = EmailAddress::parse(typed).ok()?.meant_domain()?;
    Some(FieldError { field, mistake: Mistake::EmailSlip(domain) })
}

/// The mistake that the form shows for an unreadable e-mail address.
pub const fn mistake_in_email(error: EmailError) -> Mistake {
    match error {
        EmailError::Empty => Mistake::Missing,
        EmailError::NoAt => Mistake::EmailWithoutAt,
        EmailError::Domain => Mistake::EmailDomain,
        EmailError::Malformed => Mistake::EmailMalformed,
    }
}

impl From<&Details> for TypedDetails {
    /// The form filled with what is known, for a next order or an edit.
    fn from(details: &Details) -> Self {
        Self {
            email: details.contact.email.as_str().to_owned(),
            given_name: details.address.name.given.clone(),
            family_name: details.address.name.family.clone(),
            postal_code: details.address.postal_code.as_str().to_owned(),
            house: details.address.house.text(),
            street: details.address.street.clone(),
            city: details.address.city.clone(),
            country: details.address.country.code().to_owned(),
            phone: details.contact.phone.as_ref().map(|phone| phone.as_str().to_owned()).unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> TypedDetails {
        TypedDetails {
            email: "marieke@voorbeeld.nl".into(),
            given_name: " Marieke ".into(),
            family_name: "de  Vries".into(),
            postal_code: "7607ab 12 bis".into(),
            street: "Wittem".into(),
            city: "Almelo".into(),
            ..TypedDetails::default()
        }
    }

    #[test]
    fn a_form_typed_in_one_go_is_understood() {
        let details = form().understand().expect("complete");

        assert_eq!(details.address.street_line(), "Wittem 12 bis");
        assert_eq!(details.address.city_line(), "7607 AB  Almelo");
        assert_eq!(details.address.name.full(), "Marieke de Vries");
        assert_eq!(details.contact.phone, None);
    }

    #[test]
    fn an_empty_form_names_every_obligatory_field_in_order() {
        let errors = TypedDetails::default().understand().expect_err("empty");

        let fields: Vec<&str> = errors.iter().map(|error| error.field.name()).collect();
        assert_eq!(fields, ["email", "given_name", "family_name", "postal_code", "house", "street", "city"]);
        assert!(errors.iter().all(|error| error.mistake == Mistake::Missing));
    }

    #[test]
    fn each_wrong_field_says_what_is_wrong() {
        let typed = TypedDetails {
            email: "marieke".into(),
            postal_code: "7607".into(),
            house: "bis".into(),
            phone: "12".into(),
            ..form()
        };

        assert_eq!(
            typed.understand(),
            Err(vec![
                FieldError { field: Field::Email, mistake: Mistake::EmailWithoutAt },
                FieldError { field: Field::PostalCode, mistake: Mistake::PostalCodeNl },
                FieldError { field: Field::House, mistake: Mistake::HouseNumber },
                FieldError { field: Field::Phone, mistake: Mistake::Phone },
            ])
        );
    }

    #[test]
    fn an_understood_form_reads_back_the_same() {
        let details = form().understand().expect("complete");
        assert_eq!(TypedDetails::from(&details).understand(), Ok(details));
    }
}
