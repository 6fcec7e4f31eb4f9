//! Every outside party: what it is to us, where it is, and exactly which fields it may receive (S9, legal.md 2.8). The lists are types too:
//! see [`super::disclosure`].

use super::Standing;
use super::purpose::{ConsentPurpose, Purpose};
use crate::payment::Method;

/// A field that may leave the shop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    /// First and family name.
    Name,
    /// Street, number, postal code, town, country.
    Address,
    /// E-mail address.
    Email,
    /// Phone.
    Phone,
    /// Articles with sizes and prices.
    Goods,
    /// What is to be paid or paid back.
    Amount,
    /// Number of the order or of the try to pay.
    Reference,
    /// Where the browser comes back to and where news is told; holds a key of that one try.
    WayBack,
    /// What is written to somebody, or by her.
    Message,
    /// The e-mail address so mixed that it cannot be read back.
    EmailHash,
    /// A random id of the browser.
    BrowserId,
    /// Pages that were seen.
    Pages,
    /// Kind of device and browser.
    Device,
    /// Address on the internet.
    Network,
}

impl Field {
    /// All.
    pub const ALL: [Self; 14] = [
        Self::Name,
        Self::Address,
        Self::Email,
        Self::Phone,
        Self::Goods,
        Self::Amount,
        Self::Reference,
        Self::WayBack,
        Self::Message,
        Self::EmailHash,
        Self::BrowserId,
        Self::Pages,
        Self::Device,
        Self::Network,
    ];

    /// The word in the database.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Address => "address",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Goods => "goods",
            Self::Amount => "amount",
            Self::Reference => "reference",
            Self::WayBack => "way_back",
            Self::Message => "message",
            Self::EmailHash => "email_hash",
            Self::BrowserId => "browser_id",
            Self::Pages => "pages",
            Self::Device => "device",
            Self::Network => "network",
        }
    }

    /// Reads that word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.name() == text)
    }

    /// What people read.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Name => "je naam",
            Self::Address => "je adres",
            Self::Email => "je e-mailadres",
            Self::Phone => "je telefoonnummer als je het invulde",
            Self::Goods => "de artikelen met maat en prijs",
            Self::Amount => "het bedrag",
            Self::Reference => "het nummer van de bestelling of betaling",
            Self::WayBack => "het adres om naar de winkel terug te keren",
            Self::Message => "de tekst van het bericht",
            Self::EmailHash => "je e-mailadres, onleesbaar gemaakt",
            Self::BrowserId => "een willekeurig kenmerk van je browser",
            Self::Pages => "welke pagina's je bekeek",
            Self::Device => "het soort apparaat en browser",
            Self::Network => "je IP-adres",
        }
    }
}

/// What a party is to us in the words of the AVG.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Works for us, on our instructions (art. 28).
    Processor,
    /// Decides by itself what it does with it (art. 4(7)).
    Controller,
    /// Decides together with us (art. 26).
    Joint,
}

impl Role {
    /// What people read.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Processor => "werkt in onze opdracht",
            Self::Controller => "is zelf verantwoordelijk",
            Self::Joint => "is samen met ons verantwoordelijk",
        }
    }
}

/// An outside party.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Party {
    /// The carrier.
    PostNl,
    /// iDEAL and cards.
    OmniKassa,
    /// PayPal.
    PayPal,
    /// Paying afterwards.
    Klarna,
    /// Seal and reviews.
    TrustedShops,
    /// Visitor statistics.
    GoogleAnalytics,
    /// Whose computer the shop runs on.
    Hosting,
    /// Who carries its mail.
    Mail,
}

impl Party {
    /// All, in the order of the statement.
    pub const ALL: [Self; 8] = [
        Self::PostNl,
        Self::OmniKassa,
        Self::PayPal,
        Self::Klarna,
        Self::TrustedShops,
        Self::GoogleAnalytics,
        Self::Hosting,
        Self::Mail,
    ];

    /// The word in the database.
    pub const fn name(self) -> &'static str {
        match self {
            Self::PostNl => "postnl",
            Self::OmniKassa => "omnikassa",
            Self::PayPal => "paypal",
            Self::Klarna => "klarna",
            Self::TrustedShops => "trusted_shops",
            Self::GoogleAnalytics => "google_analytics",
            Self::Hosting => "hosting",
            Self::Mail => "mail",
        }
    }

    /// Reads that word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|party| party.name() == text)
    }

    /// What people call it.
    pub const fn title(self) -> &'static str {
        match self {
            Self::PostNl => "PostNL",
            Self::OmniKassa => "Rabobank (OmniKassa)",
            Self::PayPal => "PayPal",
            Self::Klarna => "Klarna",
            Self::TrustedShops => "Trusted Shops",
            Self::GoogleAnalytics => "Google Analytics",
            Self::Hosting => "Het bedrijf waar onze computer staat",
            Self::Mail => "Het bedrijf dat onze mail bezorgt",
        }
    }

    /// Who it is by law.
    pub const fn legal_name(self) -> &'static str {
        match self {
            Self::PostNl => "PostNL Pakketten Benelux B.V.",
            Self::OmniKassa => "Coöperatieve Rabobank U.A.",
            Self::PayPal => "PayPal (Europe) S.à r.l. et Cie, S.C.A.",
            Self::Klarna => "Klarna Bank AB (publ)",
            Self::TrustedShops => "Trusted Shops SE",
            Self::GoogleAnalytics => "Google Ireland Ltd.",
            Self::Hosting | Self::Mail => "vraag ons welk bedrijf dat nu is",
        }
    }

    /// What it is to us.
    pub const fn role(self) -> Role {
        match self {
            Self::PostNl | Self::OmniKassa | Self::PayPal | Self::Klarna => Role::Controller,
            Self::TrustedShops => Role::Joint,
            Self::GoogleAnalytics | Self::Hosting | Self::Mail => Role::Processor,
        }
    }

    /// Where it is.
    pub const fn country(self) -> &'static str {
        match self {
            Self::PostNl | Self::OmniKassa => "Nederland",
            Self::PayPal => "Luxemburg",
            Self::Klarna => "Zweden",
            Self::TrustedShops => "Duitsland",
            Self::GoogleAnalytics => "Ierland",
            Self::Hosting | Self::Mail => "in de Europese Economische Ruimte",
        }
    }

    /// On what ground data may go outside the European Economic Area from there (AVG art. 44-46); `None` when we send them nowhere outside.
    pub const fn transfer(self) -> Option<&'static str> {
        match self {
            Self::GoogleAnalytics => {
                Some("ook in de Verenigde Staten, onder het EU-VS-privacykader (Besluit (EU) 2023/1795)")
            }
            Self::PayPal => Some(
                "PayPal kan ze als zelfstandig verantwoordelijke ook buiten de EER gebruiken, onder de bindende bedrijfsregels van PayPal",
            ),
            _ => None,
        }
    }

    /// For what.
    pub const fn purpose(self) -> Purpose {
        match self {
            Self::PostNl | Self::Hosting | Self::Mail => Purpose::Order,
            Self::OmniKassa | Self::PayPal | Self::Klarna => Purpose::Payment,
            Self::TrustedShops => Purpose::Reviews,
            Self::GoogleAnalytics => Purpose::Statistics,
        }
    }

    /// The yes that must come first.
    pub const fn consent(self) -> Option<ConsentPurpose> {
        match self {
            Self::TrustedShops => Some(ConsentPurpose::Reviews),
            Self::GoogleAnalytics => Some(ConsentPurpose::Statistics),
            _ => None,
        }
    }

    /// The party that serves a way to pay; `None` for a transfer and for an invoice of our own, which go from her bank to
    /// ours.
    pub const fn of_method(method: Method) -> Option<Self> {
        match method {
            Method::Ideal | Method::Card => Some(Self::OmniKassa),
            Method::PayPal => Some(Self::PayPal),
            Method::Klarna => Some(Self::Klarna),
            Method::Invoice | Method::BankTransfer => None,
        }
    }

    /// Whether the shop can give it something today. A payment provider also has to be set up.
    pub const fn standing(self) -> Standing {
        match self {
            Self::TrustedShops | Self::GoogleAnalytics => Standing::NotYet,
            _ => Standing::Now,
        }
    }

    /// Exactly what it may receive. Whatever is not in it does not leave the shop.
    pub const fn fields(self) -> &'static [Field] {
        match self {
            Self::PostNl => to::PostNl::FIELDS,
            Self::OmniKassa => to::OmniKassa::FIELDS,
            Self::PayPal => to::PayPal::FIELDS,
            Self::Klarna => to::Klarna::FIELDS,
            Self::TrustedShops => to::TrustedShops::FIELDS,
            Self::GoogleAnalytics => to::GoogleAnalytics::FIELDS,
            Self::Hosting => to::Hosting::FIELDS,
            Self::Mail => to::Mail::FIELDS,
        }
    }

    /// When it receives them, and what it does besides.
    pub const fn words(self) -> &'static str {
        match self {
            Self::PostNl => "Om te bezorgen. Verder niets: de mail over je pakket sturen wij zelf.",
            Self::OmniKassa => {
                "Als je met iDEAL | Wero of een kaart betaalt. Wat je daar invult zien wij niet; wij horen alleen of het gelukt is."
            }
            Self::PayPal => {
                "Als je met PayPal betaalt. Je naam, adres en e-mailadres sturen wij niet mee, en wat PayPal over jou weet bewaren wij niet."
            }
            Self::Klarna => {
                "Alleen als je kiest voor achteraf betalen met Klarna en op de bestelknop drukt. Klarna beoordeelt of je achteraf kunt betalen, vraagt je geboortedatum op de eigen pagina en stuurt de factuur. Wij horen alleen ja of nee."
            }
            Self::TrustedShops => "Na een bestelling, voor het keurmerk en een beoordeling.",
            Self::GoogleAnalytics => "Om te tellen welke pagina's bekeken worden.",
            Self::Hosting => {
                "Daar staat alles wat de winkel bewaart. Het bedrijf mag er niets anders mee doen dan het bewaren."
            }
            Self::Mail => "Elke mail van en aan de winkel gaat daar doorheen.",
        }
    }
}

/// The parties as types: [`super::Disclosure`] of one of them takes the fields of its list, and no other.
pub mod to {
    use super::{Field, Party};
    use crate::privacy::disclosure::{May, Recipient, fact};

    /// One list says it twice: as data, and as what compiles.
    macro_rules! may_receive {
        ($($(#[$doc:meta])* $party:ident: $($field:ident)+;)+) => {
            $(
                $(#[$doc])*
                #[derive(Debug)]
                pub enum $party {}

                impl $party {
                    /// What it may receive.
                    pub const FIELDS: &'static [Field] = &[$(Field::$field),+];
                }

                impl Recipient for $party {
                    const PARTY: Party = Party::$party;
                }

                $(impl May<fact::$field> for $party {})+
            )+
        };
    }

    may_receive! {
        /// Name and delivery address, as the seed of the statement promises.
        PostNl: Name Address;
        /// Nothing about the shopper.
        OmniKassa: Amount Reference WayBack;
        /// Nothing about the shopper.
        PayPal: Amount Reference WayBack;
        /// What its invoice needs.
        Klarna: Name Address Email Phone Goods Amount Reference WayBack;
        /// After consent, on the page after an order.
        TrustedShops: EmailHash Reference Amount Network Device;
        /// After consent.
        GoogleAnalytics: BrowserId Pages Device Network;
        /// It keeps the disk.
        Hosting: Name Address Email Phone Goods Amount Reference Message Network;
        /// What stands in our mails.
        Mail: Name Address Email Phone Goods Amount Reference WayBack Message;
    }
}
