//! What somebody may ask about her data (AVG art. 15-22), and the words to answer with. There is no field for a copy of an identity paper: who
//! asks from her account or from the mail address that we know has proved enough (art. 12(6)).

use super::deadline::Deadline;
use crate::id::RequestId;
use crate::time::{Day, Timestamp};

macro_rules! words {
    ($(#[$doc:meta])* $name:ident: $($(#[$each:meta])* $variant:ident = $word:literal, $title:literal;)+) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $name {
            $($(#[$each])* $variant,)+
        }

        impl $name {
            /// All, in the order of the form.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The word in the database and in forms.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)+
                }
            }

            /// Reads that word.
            pub fn parse(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.name() == text)
            }

            /// What the owner reads.
            pub const fn title(self) -> &'static str {
                match self {
                    $(Self::$variant => $title,)+
                }
            }
        }
    };
}

words! {
    /// What is asked.
    RequestKind:
    /// A copy of her data (art. 15).
    Access = "access", "Inzage";
    /// Something is wrong (art. 16).
    Correction = "correction", "Correctie";
    /// To be forgotten (art. 17).
    Erasure = "erasure", "Wissen";
    /// To be left alone for now (art. 18).
    Restriction = "restriction", "Beperken";
    /// To take along (art. 20).
    Portability = "portability", "Overdragen";
    /// That we stop something (art. 21).
    Objection = "objection", "Bezwaar";
    /// Data of a child; at once.
    Child = "child", "Gegevens van een kind";
}

words! {
    /// How it came in.
    Channel:
    /// By mail.
    Mail = "mail", "E-mail";
    /// On paper.
    Letter = "letter", "Brief";
    /// By telephone or WhatsApp.
    Phone = "phone", "Telefoon of WhatsApp";
    /// With the contact form.
    Form = "form", "Contactformulier";
    /// Somehow else.
    Other = "other", "Anders";
}

words! {
    /// What came of it.
    Outcome:
    /// Done as asked.
    Granted = "granted", "Gedaan";
    /// Done in part; the answer says what not, and why.
    Partly = "partly", "Voor een deel gedaan";
    /// Not done; the answer says why.
    Refused = "refused", "Geweigerd";
}

/// What a refusal must say (art. 12(4)).
pub const RECOURSE: &str = "Ben je het er niet mee eens? Je kunt een klacht indienen bij de Autoriteit Persoonsgegevens (autoriteitpersoonsgegevens.nl). Je kunt ook de rechter vragen om te beslissen; dat doe je met een verzoekschrift bij de rechtbank, binnen zes weken na dit antwoord.";

impl RequestKind {
    /// A beginning for the answer.
    pub const fn answer(self) -> &'static str {
        match self {
            Self::Access => {
                "Je vroeg welke gegevens we van je hebben. Hierbij krijg je een kopie, met waarvoor we ze gebruiken, wie ze kreeg en hoe lang we ze bewaren."
            }
            Self::Correction => {
                "Je schreef dat iets niet klopt. We hebben het verbeterd. Een factuur die al gemaakt was, verandert niet."
            }
            Self::Erasure => {
                "Je vroeg om je gegevens te wissen. We hebben je account, adressen en berichten gewist. Wat de belastingwet vraagt van je bestellingen, bewaren we tot zeven jaar na het boekjaar; daarna gaat ook dat vanzelf."
            }
            Self::Restriction => {
                "Je vroeg om je gegevens niet te gebruiken. We bewaren ze en doen er verder niets mee. Voor dat verandert, hoor je het van ons."
            }
            Self::Portability => {
                "Je vroeg om je gegevens mee te nemen. Hierbij krijg je wat je ons gaf, in een bestand dat andere programma’s kunnen lezen."
            }
            Self::Objection => "Je maakte bezwaar. We zijn ermee gestopt.",
            Self::Child => "Je schreef dat we gegevens van een kind hebben. We hebben ze meteen gewist.",
        }
    }
}

impl Outcome {
    /// The answer with what the law wants in it: who does not get what she asked reads where she can complain.
    pub fn complete(self, answer: &str) -> String {
        if self == Self::Granted || answer.contains(RECOURSE) {
            answer.to_owned()
        } else {
            [answer, "\n\n", RECOURSE].concat()
        }
    }
}

/// How it ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closed {
    /// When.
    pub at: Timestamp,
    /// With what.
    pub outcome: Outcome,
    /// What was answered.
    pub answer: String,
}

/// A request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Its id.
    pub id: RequestId,
    /// What is asked.
    pub kind: RequestKind,
    /// How it came in.
    pub channel: Channel,
    /// Who asks.
    pub name: String,
    /// Where the answer goes.
    pub contact: String,
    /// What exactly, in few words; may be empty.
    pub about: String,
    /// The day on which it came in.
    pub received: Day,
    /// Why it takes longer, once she was told.
    pub extension: Option<String>,
    /// How it ended.
    pub closed: Option<Closed>,
    /// Raised by every change.
    pub version: i64,
}

impl Request {
    /// Until when it is answered.
    pub const fn deadline(&self) -> Deadline {
        Deadline::new(self.received, self.extension.is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_read_back() {
        for kind in RequestKind::ALL {
            assert_eq!(RequestKind::parse(kind.name()), Some(*kind));
        }
        for channel in Channel::ALL {
            assert_eq!(Channel::parse(channel.name()), Some(*channel));
        }
        for outcome in Outcome::ALL {
            assert_eq!(Outcome::parse(outcome.name()), Some(*outcome));
        }
        assert_eq!(RequestKind::parse("passport"), None);
    }

    #[test]
    fn a_refusal_names_the_authority_and_the_court_once() {
        let refused = Outcome::Refused.complete("We weten niet wie je bent.");

        assert!(refused.contains("Autoriteit Persoonsgegevens") && refused.contains("rechter"), "{refused}");
        assert_eq!(Outcome::Refused.complete(&refused), refused);
        assert_eq!(Outcome::Granted.complete("Gedaan."), "Gedaan.");
    }
}
