//! The newsletter: what is asked of who wants it, the sentence that she agrees to, and the key with which she leaves. Nobody is on the
//! list before she confirmed (double opt-in); the letters themselves are in [`letter`].

pub mod letter;

use crate::address::one_line;
use crate::checkout::{Field, FieldError, Mistake, mistake_in_email};
use crate::email::EmailAddress;
use crate::id::SubscriberId;
use crate::typed;
use serde::{Deserialize, Serialize};

/// Characters of a first name at most.
const LONGEST_NAME: usize = 40;

/// Words that somebody agreed to. They never change: other words are another version, so that each proof leads to what was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ConsentText {
    /// Name of the text.
    pub id: &'static str,
    /// Which version of it.
    pub version: u32,
    /// The words beside the box.
    pub words: &'static str,
}

/// Every version that was ever shown, the newest last. Only ever added to.
pub const TEXTS: [ConsentText; 1] =
    [ConsentText { id: "newsletter", version: 1, words: "Ja, stuur mij de nieuwsbrief. Ik ben 16 jaar of ouder." }];

/// The words of a version; `None` for one that never was.
pub fn words_of(id: &str, version: u32) -> Option<&'static str> {
    TEXTS.into_iter().find(|text| (text.id, text.version) == (id, version)).map(|text| text.words)
}

/// The words that are shown now, the same at every form.
pub const CONSENT: ConsentText = {
    let [.., newest] = TEXTS;
    newest
};

/// Where somebody said something about the newsletter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Channel {
    /// The page of the newsletter, or the foot of another page.
    Site,
    /// The checkout, with an order.
    Checkout,
    /// The account.
    Account,
    /// The link in a letter.
    Letter,
    /// The button that a mail program shows (RFC 8058).
    OneClick,
    /// The owner, for somebody who asked her.
    Owner,
}

impl Channel {
    /// All of them.
    pub const ALL: [Self; 6] = [Self::Site, Self::Checkout, Self::Account, Self::Letter, Self::OneClick, Self::Owner];

    /// The name in the database.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Site => "site",
            Self::Checkout => "checkout",
            Self::Account => "account",
            Self::Letter => "letter",
            Self::OneClick => "one_click",
            Self::Owner => "owner",
        }
    }

    /// The channel of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.name() == name)
    }
}

/// What somebody did with her consent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConsentAction {
    /// The box was ticked and the form sent, by whoever it was.
    Given,
    /// The owner of the address said yes.
    Confirmed,
    /// She left.
    Withdrawn,
}

impl ConsentAction {
    /// The name in the database.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Given => "given",
            Self::Confirmed => "confirmed",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The action of that name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Given, Self::Confirmed, Self::Withdrawn].into_iter().find(|action| action.name() == name)
    }
}

/// The form as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct TypedSignUp {
    /// E-mail address.
    pub email: String,
    /// First name; may stay empty.
    pub first_name: String,
    /// Whether the box was ticked. It is never ticked in advance.
    pub agrees: bool,
}

/// The form, understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignUp {
    /// E-mail address.
    pub email: EmailAddress,
    /// First name; empty when she did not say.
    pub first_name: String,
}

impl TypedSignUp {
    /// Reads the form; otherwise every mistake, in the order of the fields.
    pub fn understand(&self) -> Result<SignUp, Vec<FieldError>> {
        let mut errors = Vec::new();
        let mut wrong = |field, mistake| errors.push(FieldError { field, mistake });
        let email = EmailAddress::parse(&self.email).map_err(|error| wrong(Field::Email, mistake_in_email(error))).ok();
        let empty = self.first_name.trim().is_empty();
        let first_name = if empty { Some(String::new()) } else { one_line(&self.first_name, LONGEST_NAME) };
        if first_name.is_none() {
            wrong(Field::GivenName, Mistake::TooLong);
        }
        if !self.agrees {
            wrong(Field::Newsletter, Mistake::Missing);
        }
        match (email, first_name) {
            (Some(email), Some(first_name)) if errors.is_empty() => Ok(SignUp { email, first_name }),
            _ => Err(errors),
        }
    }

    /// As much of it as is kept to be shown again.
    pub fn kept(self) -> Self {
        Self { email: typed::line(self.email), first_name: typed::line(self.first_name), ..self }
    }
}

/// What the link in a letter holds: who leaves, and a seal that only the shop can make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeaveKey {
    /// Who.
    pub subscriber: SubscriberId,
    /// The first 32 digits of a keyed hash of the id.
    pub seal: String,
}

impl LeaveKey {
    /// Digits of the seal.
    const SEAL: usize = 32;

    /// The key of a subscriber, from the keyed hash of her id.
    pub fn sealed(subscriber: SubscriberId, hash: &str) -> Self {
        Self { subscriber, seal: hash.chars().take(Self::SEAL).collect() }
    }

    /// Reads the text of a link; `None` for anything that we did not write.
    pub fn parse(text: &str) -> Option<Self> {
        let (id, seal) = text.split_at_checked(32)?;
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte));
        if seal.len() != Self::SEAL || !digits(id) || !digits(seal) {
            return None;
        }
        Some(Self { subscriber: SubscriberId::parse(id)?, seal: seal.to_owned() })
    }

    /// As it stands in the link.
    pub fn text(&self) -> String {
        format!("{}{}", self.subscriber.uuid().simple(), self.seal)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn form(email: &str, first_name: &str, agrees: bool) -> TypedSignUp {
        TypedSignUp { email: email.to_owned(), first_name: first_name.to_owned(), agrees }
    }

    #[test]
    fn an_address_and_a_tick_are_enough() {
        let asked = form(" eva@voorbeeld.nl ", " ", true).understand().expect("complete");

        assert_eq!((asked.email.as_str(), asked.first_name.as_str()), ("eva@voorbeeld.nl", ""));
        assert_eq!(
            form("eva@voorbeeld.nl", " Eva  Maria", true).understand().expect("complete").first_name,
            "Eva Maria"
        );
    }

    #[test]
    fn nothing_counts_as_a_tick_but_a_tick() {
        let error = |field, mistake| FieldError { field, mistake };

        assert_eq!(
            form("eva@voorbeeld.nl", "", false).understand(),
            Err(vec![error(Field::Newsletter, Mistake::Missing)])
        );
        assert_eq!(
            form("eva", &"x".repeat(41), false).understand(),
            Err(vec![
                error(Field::Email, Mistake::EmailWithoutAt),
                error(Field::GivenName, Mistake::TooLong),
                error(Field::Newsletter, Mistake::Missing),
            ])
        );
    }

    #[test]
    fn a_key_reads_back_and_a_mangled_one_does_not() {
        let key = LeaveKey::sealed(SubscriberId::new(Uuid::from_u128(7)), &"0123456789abcdef".repeat(4));
        let text = key.text();

        assert_eq!(text, format!("{:032x}{}", 7, "0123456789abcdef".repeat(2)));
        assert_eq!(LeaveKey::parse(&text), Some(key));
        for mangled in ["", "7", &text[1..], &format!("{text}0"), &text.to_uppercase(), &text.replace('7', "é")] {
            assert_eq!(LeaveKey::parse(mangled), None, "{mangled}");
        }
    }

    #[test]
    fn a_channel_and_an_action_have_names_that_read_back() {
        for channel in Channel::ALL {
            assert_eq!(Channel::parse(channel.name()), Some(channel));
        }
        for action in [ConsentAction::Given, ConsentAction::Confirmed, ConsentAction::Withdrawn] {
            assert_eq!(ConsentAction::parse(action.name()), Some(action));
        }
        assert_eq!((Channel::parse(""), ConsentAction::parse("")), (None, None));
    }

    /// Words that change without a new version would rewrite what people agreed to.
    #[test]
    fn the_words_of_a_version_stay_as_they_were() {
        let known = [("newsletter", 1, "Ja, stuur mij de nieuwsbrief. Ik ben 16 jaar of ouder.")];

        assert_eq!(TEXTS.map(|text| (text.id, text.version, text.words)), known);
        assert_eq!(CONSENT.version, 1);
    }
}
