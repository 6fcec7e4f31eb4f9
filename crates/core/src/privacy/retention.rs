//! How long each kind of data lives, when that begins, and why (legal.md 2.10). What ends it is said too: a period that no job keeps yet
//! is work for the owner, and the record tells her so.

use super::Standing;
use crate::time::Seconds;

/// A length of time, as it is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    /// At once.
    AtOnce,
    /// Minutes.
    Minutes(i64),
    /// Hours.
    Hours(i64),
    /// Days.
    Days(i64),
    /// Months of the calendar.
    Months(i64),
    /// Years of the calendar.
    Years(i64),
    /// As long as what it belongs to.
    AsLongAs,
}

impl Period {
    /// What people read.
    pub fn words(self) -> String {
        let count = |n: i64, one: &str, many: &str| {
            if n == 1 { ["1 ", one].concat() } else { [&n.to_string(), " ", many].concat() }
        };
        match self {
            Self::AtOnce => "meteen".to_owned(),
            Self::Minutes(n) => count(n, "minuut", "minuten"),
            Self::Hours(n) => count(n, "uur", "uur"),
            Self::Days(n) => count(n, "dag", "dagen"),
            Self::Months(n) => count(n, "maand", "maanden"),
            Self::Years(n) => count(n, "jaar", "jaar"),
            Self::AsLongAs => "zolang het andere er is".to_owned(),
        }
    }

    /// The length where it is the same on every day of the year; months and years are counted on a calendar.
    pub const fn length(self) -> Option<Seconds> {
        match self {
            Self::AtOnce => Some(Seconds(0)),
            Self::Minutes(n) => Some(Seconds::minutes(n)),
            Self::Hours(n) => Some(Seconds::hours(n)),
            Self::Days(n) => Some(Seconds::days(n)),
            Self::Months(_) | Self::Years(_) | Self::AsLongAs => None,
        }
    }
}

/// What ends it today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EndedBy {
    /// The housekeeping of the shop, by itself.
    Housekeeping,
    /// What the person or the owner does: a button, a link, a request.
    Person,
    /// The system that the shop runs on, set up as `docs/deploy.md` says: the shop itself keeps no file of it.
    Host,
    /// Nothing yet: the owner must do it by hand when it is due.
    Owner,
}

impl EndedBy {
    /// What the owner reads.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Housekeeping => "de winkel, vanzelf",
            Self::Person => "wie het aangaat, met een knop of een verzoek",
            Self::Host => "het systeem waar de winkel op draait, als journald hoogstens 90 dagen bewaart",
            Self::Owner => "jij, met de hand: er is nog geen taak die dit doet",
        }
    }
}

/// A period of the schedule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Retention {
    /// Orders and books (R1).
    Books,
    /// Sales to other countries of the EU under the one-stop shop (R2).
    OneStopShop,
    /// Withdrawals and what was agreed (R3).
    Agreement,
    /// Questions (R4).
    Message,
    /// Bags and what was typed in checkout (R5).
    Bag,
    /// The session of a browser.
    Session,
    /// A code to sign in.
    Code,
    /// A wish for a mail about a size that was not confirmed.
    UnconfirmedAlert,
    /// A confirmed one.
    Alert,
    /// A sign-up for the newsletter that was not confirmed (R6).
    UnconfirmedLetter,
    /// A member of the newsletter (R7).
    Letter,
    /// Proof of consent (R8).
    ConsentProof,
    /// A choice about cookies in a browser (R9).
    CookieChoice,
    /// Lines of the server's log (R10).
    Log,
    /// An account that nobody uses (R11).
    Account,
    /// Requests for a right, and the log of breaches (R12).
    Request,
    /// What the staff did (R14).
    Audit,
    /// Who works in the shop.
    Staff,
    /// What the shop still has to do.
    Job,
    /// Whom the shop gave what.
    Disclosures,
}

impl Retention {
    /// All, in the order of the schedule.
    pub const ALL: [Self; 20] = [
        Self::Books,
        Self::OneStopShop,
        Self::Agreement,
        Self::Disclosures,
        Self::Message,
        Self::Bag,
        Self::Session,
        Self::Code,
        Self::UnconfirmedAlert,
        Self::Alert,
        Self::UnconfirmedLetter,
        Self::Letter,
        Self::ConsentProof,
        Self::CookieChoice,
        Self::Log,
        Self::Account,
        Self::Request,
        Self::Audit,
        Self::Staff,
        Self::Job,
    ];

    /// The word in the database.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Books => "books",
            Self::OneStopShop => "one_stop_shop",
            Self::Agreement => "agreement",
            Self::Disclosures => "disclosures",
            Self::Message => "message",
            Self::Bag => "bag",
            Self::Session => "session",
            Self::Code => "code",
            Self::UnconfirmedAlert => "unconfirmed_alert",
            Self::Alert => "alert",
            Self::UnconfirmedLetter => "unconfirmed_letter",
            Self::Letter => "letter",
            Self::ConsentProof => "consent_proof",
            Self::CookieChoice => "cookie_choice",
            Self::Log => "log",
            Self::Account => "account",
            Self::Request => "request",
            Self::Audit => "audit",
            Self::Staff => "staff",
            Self::Job => "job",
        }
    }

    /// Reads that word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|retention| retention.name() == text)
    }

    /// How long.
    pub const fn period(self) -> Period {
        match self {
            Self::Books | Self::Agreement | Self::Disclosures => Period::Years(7),
            Self::OneStopShop => Period::Years(10),
            Self::Message | Self::Account => Period::Months(24),
            Self::Bag | Self::Session => Period::Days(60),
            Self::Code => Period::Days(1),
            Self::UnconfirmedAlert => Period::Hours(48),
            Self::Alert => Period::Days(180),
            Self::UnconfirmedLetter => Period::Days(7),
            Self::Letter => Period::AtOnce,
            Self::ConsentProof | Self::Request => Period::Years(5),
            Self::CookieChoice => Period::Months(6),
            Self::Log => Period::Days(90),
            Self::Audit => Period::Months(12),
            Self::Staff | Self::Job => Period::AsLongAs,
        }
    }

    /// The length where the calendar does not matter. A period that is said in months or years has none, and neither has one that follows
    /// something else.
    pub const fn length(self) -> Option<Seconds> {
        self.period().length()
    }

    /// What it is about.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Books => "Bestellingen, facturen, betalingen en terugbetalingen",
            Self::OneStopShop => "Verkopen aan andere landen van de EU, als we daar btw over afdragen",
            Self::Agreement => "Wat er is afgesproken, en een herroeping met onze bevestiging",
            Self::Disclosures => "De lijst van wie wat van je kreeg",
            Self::Message => "Vragen en antwoorden",
            Self::Bag => "Je tas en wat je bij het afrekenen invulde",
            Self::Session => "Je sessie",
            Self::Code => "Een code om in te loggen",
            Self::UnconfirmedAlert => "Een wens voor een mail over een maat, niet bevestigd",
            Self::Alert => "Een wens voor een mail over een maat, bevestigd",
            Self::UnconfirmedLetter => "Een aanmelding voor de nieuwsbrief, niet bevestigd",
            Self::Letter => "Je naam en e-mailadres voor de nieuwsbrief",
            Self::ConsentProof => "Bewijs van toestemming",
            Self::CookieChoice => "Je keuze over cookies",
            Self::Log => "Logregels van de server",
            Self::Account => "Je account en adressen",
            Self::Request => "Verzoeken over je gegevens, en het logboek van datalekken",
            Self::Audit => "Wat in de winkel veranderd is, en door wie",
            Self::Staff => "Wie in de winkel werkt",
            Self::Job => "Wat de winkel nog te doen heeft, zoals een mail versturen",
        }
    }

    /// Where it starts.
    pub const fn starts(self) -> &'static str {
        match self {
            Self::Books | Self::Agreement | Self::Disclosures => "na het einde van het boekjaar",
            Self::OneStopShop => "na 31 december van het jaar van de verkoop",
            Self::Message => "nadat je vraag is afgehandeld",
            Self::Bag => "nadat je er voor het laatst iets aan veranderde",
            Self::Session => "na je laatste bezoek",
            Self::Code => "nadat je hem vroeg; inloggen kan er tien minuten mee",
            Self::UnconfirmedAlert | Self::UnconfirmedLetter => "nadat je erom vroeg",
            Self::Alert => "nadat je erom vroeg, of tot die ene mail weg is, of tot je hem afzegt",
            Self::Letter => "nadat je je afmeldt",
            Self::ConsentProof => "nadat je toestemming ophoudt",
            Self::CookieChoice => "na je keuze",
            Self::Log => "nadat ze geschreven zijn",
            Self::Account => "na je laatste bestelling of keer inloggen, of eerder als je het vraagt",
            Self::Request => "nadat ze zijn afgehandeld",
            Self::Audit => "nadat het is opgeschreven",
            Self::Staff => "tot iemand er niet meer werkt",
            Self::Job => "tot het gedaan is",
        }
    }

    /// Why that long: the law, or a choice of the shop.
    pub const fn reason(self) -> &'static str {
        match self {
            Self::Books => "Belastingwet: art. 52 lid 4 AWR en art. 34a Wet OB.",
            Self::OneStopShop => "Btw in andere landen: art. 63 quater van Verordening 282/2011.",
            Self::Agreement => {
                "Om te kunnen laten zien wat is afgesproken, zolang daar vragen over kunnen komen (art. 17 lid 3 onder e AVG)."
            }
            Self::Disclosures => "Hoort bij de bestelling: zo kun je zien wie wat kreeg (art. 15 AVG).",
            Self::Message => "Keuze van de winkel: vragen over een artikel komen vaak een seizoen later terug.",
            Self::Bag => "Keuze van de winkel: even lang als je sessie.",
            Self::Session => "Keuze van de winkel: zo vind je je tas na een paar weken terug.",
            Self::Code => {
                "Een dag lang tellen we hoeveel codes een adres vroeg, zodat niemand je mailbox vult of codes raadt."
            }
            Self::UnconfirmedAlert | Self::UnconfirmedLetter => "Wie niet bevestigt, wilde het misschien niet zelf.",
            Self::Alert => "Keuze van de winkel: daarna is je kind uit de maat gegroeid.",
            Self::Letter => "Intrekken werkt meteen (art. 7 lid 3 AVG).",
            Self::ConsentProof => "We moeten kunnen aantonen dat je ja zei (art. 7 lid 1 AVG).",
            Self::CookieChoice => "Keuze van de winkel: wie nee zei, vragen we een half jaar niets.",
            Self::Log => "Keuze van de winkel: lang genoeg om een storing of inbraak terug te zoeken.",
            Self::Account => "Keuze van de winkel: wie twee jaar niets bestelt, heeft het account niet meer nodig.",
            Self::Request => {
                "We moeten kunnen aantonen dat we op tijd antwoordden (art. 5 lid 2 en art. 33 lid 5 AVG)."
            }
            Self::Audit => "Keuze van de winkel: lang genoeg om een fout terug te zoeken (art. 32 AVG).",
            Self::Staff => "Zonder is er geen toegang tot de winkel.",
            Self::Job => "Wat gedaan is, wordt meteen vergeten.",
        }
    }

    /// What ends it today.
    pub const fn ended_by(self) -> EndedBy {
        match self {
            Self::Bag | Self::Session | Self::Code | Self::UnconfirmedAlert | Self::Alert | Self::Job => {
                EndedBy::Housekeeping
            }
            Self::UnconfirmedLetter => EndedBy::Housekeeping,
            Self::Books
            | Self::Agreement
            | Self::Disclosures
            | Self::Message
            | Self::ConsentProof
            | Self::Account
            | Self::Request
            | Self::Audit => EndedBy::Housekeeping,
            Self::Letter | Self::CookieChoice | Self::Staff => EndedBy::Person,
            Self::Log => EndedBy::Host,
            Self::OneStopShop => EndedBy::Owner,
        }
    }

    /// Whether the shop keeps such data today.
    pub const fn standing(self) -> Standing {
        match self {
            Self::OneStopShop => Standing::NotYet,
            _ => Standing::Now,
        }
    }
}
