//! For what the shop uses data, and on which ground of AVG art. 6(1) (legal.md 2.1). A purpose without a ground cannot be written down.

use super::Standing;
use super::category::Category;
use super::retention::Retention;

/// A ground of AVG art. 6(1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// (a): she said yes.
    Consent,
    /// (b): needed for the contract, or for steps before it that she asked for.
    Contract,
    /// (c): the law asks it.
    LegalDuty,
    /// (f): an interest, which must be named.
    Interest,
}

impl Basis {
    /// The article, as lawyers cite it.
    pub const fn article(self) -> &'static str {
        match self {
            Self::Consent => "art. 6 lid 1 onder a AVG",
            Self::Contract => "art. 6 lid 1 onder b AVG",
            Self::LegalDuty => "art. 6 lid 1 onder c AVG",
            Self::Interest => "art. 6 lid 1 onder f AVG",
        }
    }

    /// What a parent reads.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Consent => "jouw toestemming",
            Self::Contract => "nodig voor wat je met ons afspreekt",
            Self::LegalDuty => "de wet vraagt het",
            Self::Interest => "een belang dat we hier noemen",
        }
    }
}

/// What happens only after a yes in the browser (Tw art. 11.7a). A purpose that needs no such yes is not in here, so nothing can ask for it
/// or wait for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ConsentPurpose {
    /// Google Analytics.
    Statistics,
    /// The Trustbadge of Trusted Shops.
    Reviews,
}

impl ConsentPurpose {
    /// All, in the order they are asked.
    pub const ALL: [Self; 2] = [Self::Statistics, Self::Reviews];

    /// The word in forms, in the cookie and in the database.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Statistics => "statistics",
            Self::Reviews => "reviews",
        }
    }

    /// Reads that word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|purpose| purpose.name() == text)
    }

    /// The purpose that it is the consent for.
    pub const fn purpose(self) -> Purpose {
        match self {
            Self::Statistics => Purpose::Statistics,
            Self::Reviews => Purpose::Reviews,
        }
    }
}

/// One purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Purpose {
    /// The bag and what is typed in checkout.
    Bag,
    /// Making, delivering and taking back an order.
    Order,
    /// Getting it paid, and paying back.
    Payment,
    /// Finding one's orders again.
    Account,
    /// Invoices, VAT and books.
    Books,
    /// Answering.
    Question,
    /// One mail when a size is back.
    SizeAlert,
    /// How a size turned out.
    Fit,
    /// The newsletter.
    Newsletter,
    /// Visitor statistics of Google.
    Statistics,
    /// The seal and reviews of Trusted Shops.
    Reviews,
    /// Keeping strangers out, and the shop running.
    Security,
    /// Being able to show that a right or a choice was respected.
    Proof,
    /// Who works in the shop, and what they did there.
    Team,
}

impl Purpose {
    /// All, in the order of the statement.
    pub const ALL: [Self; 14] = [
        Self::Bag,
        Self::Order,
        Self::Payment,
        Self::Account,
        Self::Books,
        Self::Question,
        Self::SizeAlert,
        Self::Fit,
        Self::Newsletter,
        Self::Statistics,
        Self::Reviews,
        Self::Security,
        Self::Proof,
        Self::Team,
    ];

    /// The word in the database and in files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Bag => "bag",
            Self::Order => "order",
            Self::Payment => "payment",
            Self::Account => "account",
            Self::Books => "books",
            Self::Question => "question",
            Self::SizeAlert => "size_alert",
            Self::Fit => "fit",
            Self::Newsletter => "newsletter",
            Self::Statistics => "statistics",
            Self::Reviews => "reviews",
            Self::Security => "security",
            Self::Proof => "proof",
            Self::Team => "team",
        }
    }

    /// Reads that word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|purpose| purpose.name() == text)
    }

    /// Its ground.
    pub const fn basis(self) -> Basis {
        match self {
            Self::Bag | Self::Order | Self::Payment | Self::Account => Basis::Contract,
            Self::Books | Self::Proof => Basis::LegalDuty,
            Self::Question | Self::Fit | Self::Security | Self::Team => Basis::Interest,
            Self::SizeAlert | Self::Newsletter | Self::Statistics | Self::Reviews => Basis::Consent,
        }
    }

    /// Whether the shop does it today.
    pub const fn standing(self) -> Standing {
        match self {
            Self::Statistics | Self::Reviews => Standing::NotYet,
            _ => Standing::Now,
        }
    }

    /// Its name in Dutch.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Bag => "Je tas en het afrekenen",
            Self::Order => "Een bestelling",
            Self::Payment => "Betalen en terugbetalen",
            Self::Account => "Je account",
            Self::Books => "De administratie",
            Self::Question => "Een vraag",
            Self::SizeAlert => "Een mail als een maat er weer is",
            Self::Fit => "Hoe een maat viel",
            Self::Newsletter => "De nieuwsbrief",
            Self::Statistics => "Bezoekstatistiek",
            Self::Reviews => "Keurmerk en beoordelingen",
            Self::Security => "Veiligheid",
            Self::Proof => "Verantwoording",
            Self::Team => "Wie in de winkel werkt",
        }
    }

    /// What is done for it, and where the ground is an interest, which one.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Bag => {
                "We onthouden welke artikelen in je tas liggen en wat je bij het afrekenen invult, zodat je niets twee keer typt."
            }
            Self::Order => {
                "We pakken je bestelling in, bezorgen haar, houden je op de hoogte en nemen terug wat niet past. Ook om te kunnen laten zien wat er is afgesproken."
            }
            Self::Payment => {
                "We geven je betaling door aan de betaaldienst die je kiest, horen of het gelukt is en betalen terug wat je terugkrijgt."
            }
            Self::Account => {
                "Een account ontstaat bij je eerste bestelling, zodat je die terugvindt. Een wachtwoord is er niet; je logt in met een code per mail."
            }
            Self::Books => {
                "We bewaren wat er is verkocht en betaald, omdat de belastingwet dat van elke winkel vraagt."
            }
            Self::Question => {
                "We lezen je bericht en schrijven je terug. Ons belang en het jouwe: dat je antwoord krijgt."
            }
            Self::SizeAlert => {
                "We mailen je één keer als de maat die je noemde er weer is. Alleen als je erom vraagt en het via de link in je mail bevestigt."
            }
            Self::Fit => {
                "We tellen hoe een maat viel en laten dat anderen zien, pas vanaf vijf antwoorden en nooit van wie. Het belang: dat de volgende ouder meteen de goede maat kiest."
            }
            Self::Newsletter => {
                "We sturen je onze brief, na een aanmelding die je per mail bevestigt, tot je je afmeldt."
            }
            Self::Statistics => "Google Analytics telt welke pagina's bekeken worden.",
            Self::Reviews => "Trusted Shops laat het keurmerk zien en vraagt na een bestelling om een beoordeling.",
            Self::Security => {
                "We herkennen je sessie, remmen wie wachtwoorden of codes probeert te raden, en houden de winkel draaiend. Het belang: dat niemand anders bij jouw gegevens of onze kassa kan."
            }
            Self::Proof => {
                "We houden bij wat je koos of vroeg en wat we deden, omdat de wet vraagt dat we dat kunnen laten zien."
            }
            Self::Team => {
                "We weten wie in de winkel mag werken en schrijven op wat daar veranderd is. Het belang: dat na te gaan is wie wat deed."
            }
        }
    }

    /// What happens when somebody does not give what is asked for it (AVG art. 13(2)(e)).
    pub const fn without(self) -> &'static str {
        match self {
            Self::Bag => "Zonder kun je niets in je tas leggen; rondkijken kan altijd.",
            Self::Order => {
                "Naam, adres en e-mailadres zijn nodig om te bezorgen. Je telefoonnummer vul je alleen in als je dat wilt."
            }
            Self::Payment => {
                "Zonder kunnen we geen betaling aannemen. Wat je bij de betaaldienst invult, zien wij niet."
            }
            Self::Account => "Zonder e-mailadres kunnen we je bestelling niet aan jou laten zien.",
            Self::Books => "Dit zijn gegevens van je bestelling; we vragen er niets voor.",
            Self::Question => "Zonder e-mailadres kunnen we niet antwoorden. Bellen kan ook.",
            Self::SizeAlert => "Je mist alleen die ene mail.",
            Self::Fit => "Niets. Antwoorden hoeft niet.",
            Self::Newsletter => "Je mist alleen de brief.",
            Self::Statistics | Self::Reviews => "Niets. De hele winkel werkt zonder.",
            Self::Security => "Dit gaat vanzelf; we vragen er niets voor.",
            Self::Proof => "Dit gaat vanzelf; we vragen er niets voor.",
            Self::Team => "Dit gaat alleen over wie in de winkel werkt.",
        }
    }
    /// Whose data it uses (AVG art. 30(1)(c)).
    pub const fn people(self) -> &'static str {
        match self {
            Self::Team => "wie in de winkel werkt",
            Self::Statistics => "bezoekers",
            Self::Newsletter => "wie zich aanmeldde",
            Self::Question => "wie iets vraagt",
            Self::Bag | Self::SizeAlert | Self::Security => "bezoekers en klanten",
            Self::Order | Self::Payment | Self::Account | Self::Books | Self::Fit | Self::Reviews | Self::Proof => {
                "klanten"
            }
        }
    }

    /// The kinds of data that it uses. A test of the server compares them with what stands beside each column.
    pub const fn categories(self) -> &'static [Category] {
        use Category::{Address, Choice, Email, Key, Message, Name, Payment, Phone, Purchase, Visit, Work};
        match self {
            Self::Bag => &[Key, Purchase, Name, Address, Email, Phone, Choice],
            Self::Order => &[Name, Address, Email, Phone, Purchase, Choice],
            Self::Payment => &[Payment],
            Self::Account => &[Name, Email, Phone, Address, Key],
            Self::Books => &[Purchase, Payment],
            Self::Question => &[Name, Email, Message],
            Self::SizeAlert => &[Email, Choice, Key],
            Self::Fit => &[Choice],
            Self::Proof => &[Name, Email, Message, Choice],
            Self::Newsletter => &[Name, Email, Choice, Key],
            Self::Statistics => &[Visit, Key],
            Self::Reviews => &[Email, Purchase],
            Self::Security => &[Key],
            Self::Team => &[Work, Key],
        }
    }

    /// How long they live. The same test compares these.
    pub const fn retentions(self) -> &'static [Retention] {
        match self {
            Self::Bag => &[Retention::Bag, Retention::Session],
            Self::Order => &[Retention::Agreement],
            Self::Payment | Self::Fit => &[Retention::Books],
            Self::Account => &[Retention::Account, Retention::Code],
            Self::Books => &[Retention::Books, Retention::OneStopShop],
            Self::Question => &[Retention::Message, Retention::Session, Retention::Job],
            Self::SizeAlert => &[Retention::UnconfirmedAlert, Retention::Alert],
            Self::Newsletter => &[Retention::UnconfirmedLetter, Retention::Letter, Retention::ConsentProof],
            Self::Statistics | Self::Reviews => &[Retention::CookieChoice],
            Self::Security => &[Retention::Session, Retention::Code, Retention::Log],
            Self::Proof => &[Retention::Disclosures, Retention::ConsentProof, Retention::Request],
            Self::Team => &[Retention::Staff, Retention::Audit, Retention::Session, Retention::Request],
        }
    }
}
