//! The mails of the newsletter: the question whether the address may be written to, and the letters. No picture and no link in them tells
//! who opened what: each is the same for everybody, except the one for leaving.

use super::messages::{Letters, LettersError};
use minijinja::{Value, context};
use shop_core::email::EmailAddress;
use shop_core::newsletter::CONSENT;
use shop_core::newsletter::letter::Letter;
use shop_flows::newsletter::letters::{Part, Shown};
use shop_flows::ports::{Message, Subscriber};

impl Letters {
    /// Asks the owner of an address whether she wants the newsletter. Holds nothing that sells anything (Tw 11.7), and no word of whoever
    /// typed the address: anybody could say something to her that way.
    pub fn newsletter_check(&self, to: &EmailAddress, token: &str, key: &str) -> Result<Message, LettersError> {
        let link = format!("{}/nieuwsbrief/bevestigen/{token}", self.config.public_url);
        let context = context! { shop => self.shop(), link, agreed => CONSENT.words };
        self.message("newsletter_check", to.clone(), format!("newsletter-check-{key}"), context)
    }

    /// A letter to one subscriber. Its id is made of letter and subscriber, so the same one is the same message however often it is handed
    /// over.
    pub fn newsletter(
        &self,
        letter: &Letter,
        parts: &[Part],
        to: &Subscriber,
        leave_key: &str,
    ) -> Result<Message, LettersError> {
        let leave = format!("{}/nieuwsbrief/afmelden/{leave_key}", self.config.public_url);
        let key = format!("letter-{}-{}", letter.id.uuid().simple(), to.id.uuid().simple());
        let context = self.letter(letter, parts, &to.first_name, &leave, false);
        Ok(Message { leave: Some(leave), ..self.message("letter", to.email.clone(), key, context)? })
    }

    /// The same to the owner, to try. There is nobody to take off the list.
    pub fn letter_trial(&self, letter: &Letter, parts: &[Part], key: &str) -> Result<Message, LettersError> {
        let leave = format!("{}/nieuwsbrief/afmelden", self.config.public_url);
        let context = self.letter(letter, parts, "", &leave, true);
        self.message("letter", self.owner.clone(), format!("letter-trial-{key}"), context)
    }

    fn letter(&self, letter: &Letter, parts: &[Part], first_name: &str, leave: &str, is_trial: bool) -> Value {
        let parts: Vec<Value> = parts.iter().map(|part| self.part(part)).collect();
        context! { shop => self.shop(), subject => &letter.subject, parts, first_name, leave, is_trial }
    }

    fn part(&self, part: &Part) -> Value {
        match part {
            Part::Heading(text) => context! { kind => "heading", text },
            Part::Text(lines) => context! { kind => "text", lines },
            Part::Picture(shown) => context! { kind => "picture", product => self.shown(shown) },
            Part::Products(all) => {
                let products: Vec<Value> = all.iter().map(|shown| self.shown(shown)).collect();
                context! { kind => "products", products }
            }
        }
    }

    fn shown(&self, shown: &Shown) -> Value {
        let url = &self.config.public_url;
        let (picture, alt) = match &shown.picture {
            Some((path, alt)) => (format!("{url}{path}"), alt.as_str()),
            None => (String::new(), ""),
        };
        let link = format!("{url}/product/{}", shown.slug);
        context! { title => &shown.title, price => &shown.price, link, picture, alt }
    }
}
