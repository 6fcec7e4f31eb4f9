//! An e-mail address: parsed once, kept as typed, compared without regard to case.

mod nobody;
mod slip;

pub use slip::MailDomain;

use serde::{Deserialize, Serialize};
use std::fmt;

/// A plausible address. Whether it exists only a mail to it can tell.
#[derive(Clone, Serialize, Deserialize)]
pub struct EmailAddress(String);

/// Why a text is not an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum EmailError {
    /// Nothing was typed.
    Empty,
    /// There is no `@`, or more than one.
    NoAt,
    /// The part after the `@` is no domain name.
    Domain,
    /// A character that mail does not allow, or longer than 254.
    Malformed,
}

impl EmailAddress {
    /// Reads an address as people type it: outer spaces are dropped.
    pub fn parse(text: &str) -> Result<Self, EmailError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(EmailError::Empty);
        }
        let (local, domain) = text.split_once('@').ok_or(EmailError::NoAt)?;
        if domain.contains('@') {
            return Err(EmailError::NoAt);
        }
        let local_ok = |c: char| c.is_alphanumeric() || "!#$%&'*+/=?^_`{|}~.-".contains(c);
        if local.is_empty()
            || text.len() > 254
            || local.len() > 64
            || !local.chars().all(local_ok)
            || local.contains("..")
            || local.starts_with('.')
            || local.ends_with('.')
        {
            return Err(EmailError::Malformed);
        }
        let label_ok = |label: &str| {
            !label.is_empty()
                && label.len() <= 63
                && !label.starts_with('-')
                && !label.ends_with('-')
                // Other letters travel as `xn--…`; as they look they can pass for another domain.
                && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
        };
        let ends_well = domain
            .rsplit('.')
            .next()
            .is_some_and(|last| last.chars().count() >= 2 && !last.bytes().all(|b| b.is_ascii_digit()));
        if !domain.contains('.') || !domain.split('.').all(label_ok) || !ends_well {
            return Err(EmailError::Domain);
        }
        Ok(Self(text.to_owned()))
    }

    /// As typed.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The domain that was probably meant, when the one of this address looks like a slip of the pen: `gmial.com`. Nothing to refuse an
    /// address for.
    pub fn meant_domain(&self) -> Option<MailDomain> {
        self.0.rsplit_once('@').and_then(|(_, domain)| slip::meant(domain))
    }

    /// The form that is compared and unique in the database.
    pub fn folded(&self) -> String {
        self.0.to_ascii_lowercase()
    }

    /// The box that mails to this address end up in, as far as its spelling tells: for counting only, never for sending. What follows a `+`
    /// is a note to oneself, and Google does not look at dots.
    pub fn mailbox(&self) -> String {
        let folded = self.folded();
        let Some((local, domain)) = folded.rsplit_once('@') else { return folded };
        let name = local.split_once('+').map_or(local, |(name, _)| name);
        match domain {
            "gmail.com" | "googlemail.com" => format!("{}@gmail.com", name.replace('.', "")),
            _ => format!("{name}@{domain}"),
        }
    }
}

impl PartialEq for EmailAddress {
    fn eq(&self, other: &Self) -> bool {
        self.0.eq_ignore_ascii_case(&other.0)
    }
}
impl Eq for EmailAddress {}

impl fmt::Display for EmailAddress {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// Personal data does not reach a log by accident.
impl fmt::Debug for EmailAddress {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("EmailAddress(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_leniently_and_compared_without_case() {
        let typed = EmailAddress::parse("  Marieke.de-Vries+kind@Voorbeeld.NL ").expect("valid");

        assert_eq!(typed.as_str(), "Marieke.de-Vries+kind@Voorbeeld.NL");
        assert_eq!(Ok(typed), EmailAddress::parse("marieke.de-vries+kind@voorbeeld.nl"));
    }

    #[test]
    fn variants_of_an_address_are_one_mailbox() {
        let mailbox = |text: &str| EmailAddress::parse(text).expect("valid").mailbox();

        for variant in ["Eva.Bakker@gmail.com", "evabakker+winkel@Gmail.com", "e.v.a.bakker+1+2@googlemail.com"] {
            assert_eq!(mailbox(variant), "evabakker@gmail.com", "{variant}");
        }
        assert_eq!(mailbox("eva+1@voorbeeld.nl"), "eva@voorbeeld.nl");
        assert_eq!(mailbox("eva.bakker@voorbeeld.nl"), "eva.bakker@voorbeeld.nl", "elsewhere a dot makes another box");
        assert_ne!(mailbox("+1@voorbeeld.nl"), mailbox("eva@voorbeeld.nl"));
    }

    #[test]
    fn each_mistake_has_its_own_reason() {
        let cases = [
            ("", EmailError::Empty),
            ("marieke", EmailError::NoAt),
            ("a@b@c.nl", EmailError::NoAt),
            ("a@voorbeeld", EmailError::Domain),
            ("a@.nl", EmailError::Domain),
            ("a@voorbeeld.1", EmailError::Domain),
            ("a b@voorbeeld.nl", EmailError::Malformed),
            ("a\r\nBcc:x@voorbeeld.nl", EmailError::Malformed),
            ("@voorbeeld.nl", EmailError::Malformed),
        ];

        for (text, error) in cases {
            assert_eq!(EmailAddress::parse(text), Err(error), "{text:?}");
        }
    }
}
