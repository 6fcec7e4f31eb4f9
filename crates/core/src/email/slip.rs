//! Slips of the pen in the part after the `@`. A mail to `gmial.com` reaches nobody, and she waits for it. Only a question can come of
//! this: whoever has such an address keeps it.

use serde::{Deserialize, Serialize};

/// A domain in which very many people have their mail. Nothing else is proposed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum MailDomain {
    /// `gmail.com`
    Gmail,
    /// `hotmail.com`
    Hotmail,
    /// `hotmail.nl`
    HotmailNl,
    /// `hotmail.be`
    HotmailBe,
    /// `outlook.com`
    Outlook,
    /// `icloud.com`
    Icloud,
    /// `yahoo.com`
    Yahoo,
    /// `ziggo.nl`
    Ziggo,
    /// `kpnmail.nl`
    Kpnmail,
    /// `planet.nl`
    Planet,
    /// `hetnet.nl`
    Hetnet,
    /// `telenet.be`
    Telenet,
}

/// Domains that look like a slip and are none.
const GENUINE: [&str; 4] = ["mail.com", "email.com", "ymail.com", "hotmail.de"];

impl MailDomain {
    const ALL: [Self; 12] = [
        Self::Gmail,
        Self::Hotmail,
        Self::HotmailNl,
        Self::HotmailBe,
        Self::Outlook,
        Self::Icloud,
        Self::Yahoo,
        Self::Ziggo,
        Self::Kpnmail,
        Self::Planet,
        Self::Hetnet,
        Self::Telenet,
    ];

    /// As it is written.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Gmail => "gmail.com",
            Self::Hotmail => "hotmail.com",
            Self::HotmailNl => "hotmail.nl",
            Self::HotmailBe => "hotmail.be",
            Self::Outlook => "outlook.com",
            Self::Icloud => "icloud.com",
            Self::Yahoo => "yahoo.com",
            Self::Ziggo => "ziggo.nl",
            Self::Kpnmail => "kpnmail.nl",
            Self::Planet => "planet.nl",
            Self::Hetnet => "hetnet.nl",
            Self::Telenet => "telenet.be",
        }
    }
}

/// The domain that was probably meant: name and ending are each right or one slip away. `None` when it is right, or like no other.
pub(super) fn meant(domain: &str) -> Option<MailDomain> {
    let domain = domain.to_ascii_lowercase();
    let is = |known: &MailDomain| known.name() == domain;
    if MailDomain::ALL.iter().any(is) || GENUINE.contains(&domain.as_str()) {
        return None;
    }
    let (name, ending) = domain.rsplit_once('.')?;
    // Google has mail under one ending only.
    if name == "gmail" && matches!(ending, "nl" | "be") {
        return Some(MailDomain::Gmail);
    }
    MailDomain::ALL.into_iter().find(|known| {
        known.name().rsplit_once('.').is_some_and(|(right, end)| is_near(name, right) && is_near(ending, end))
    })
}

/// The same, or one letter too many, too few or wrong, or two that changed places.
fn is_near(typed: &str, right: &str) -> bool {
    let (typed, right) = (typed.as_bytes(), right.as_bytes());
    let before = typed.iter().zip(right).take_while(|(one, other)| one == other).count();
    let rests = (typed.get(before..).unwrap_or_default(), right.get(before..).unwrap_or_default());
    let behind = rests.0.iter().rev().zip(rests.1.iter().rev()).take_while(|(one, other)| one == other).count();
    let cut = |rest: &[u8]| rest.get(..rest.len() - behind).unwrap_or_default().to_vec();
    match (cut(rests.0).as_slice(), cut(rests.1).as_slice()) {
        ([], [] | [_]) | ([_], [] | [_]) => true,
        ([a, b], [c, d]) => a == d && b == c,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_slip_in_a_well_known_domain_is_seen() {
        let cases = [
            ("gmial.com", MailDomain::Gmail),
            ("gmai.com", MailDomain::Gmail),
            ("gmaill.com", MailDomain::Gmail),
            ("Gmail.con", MailDomain::Gmail),
            ("gmail.cm", MailDomain::Gmail),
            ("gmail.nl", MailDomain::Gmail),
            ("gmial.con", MailDomain::Gmail),
            ("hotmial.com", MailDomain::Hotmail),
            ("hotmai.nl", MailDomain::HotmailNl),
            ("hotmail.ln", MailDomain::HotmailNl),
            ("outlok.com", MailDomain::Outlook),
            ("outlook.comm", MailDomain::Outlook),
            ("iclod.com", MailDomain::Icloud),
            ("yaho.com", MailDomain::Yahoo),
            ("zigo.nl", MailDomain::Ziggo),
            ("kpnmial.nl", MailDomain::Kpnmail),
            ("telenet.eb", MailDomain::Telenet),
        ];

        for (typed, right) in cases {
            assert_eq!(meant(typed), Some(right), "{typed}");
        }
    }

    #[test]
    fn what_is_right_or_like_no_other_is_left_alone() {
        for known in MailDomain::ALL {
            assert_eq!(meant(known.name()), None, "{known:?}");
        }
        for domain in [
            "voorbeeld.nl",
            "mail.com",
            "ymail.com",
            "hotmail.de",
            "hotmail.fr",
            "hotmail.co.uk",
            "live.nl",
            "home.nl",
            "xs4all.nl",
            "allgems.nl",
            "outlook.be",
            "yahoo.de",
            "yahoo.co.uk",
            "example.com",
            "me.com",
        ] {
            assert_eq!(meant(domain), None, "{domain}");
        }
    }
}
