//! What the shop puts on a shopper's device (Tw art. 11.7a): the whole inventory. The names are used by the code that sets them, and a test of the
//! server compares what it sends with this list.

use super::Standing;
use super::purpose::{ConsentPurpose, Purpose};
use crate::time::Seconds;

/// Where in a browser it is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// A cookie of the shop that no script can read.
    SealedCookie,
    /// A cookie of the shop that our own script may read.
    Cookie,
    /// `localStorage` or `sessionStorage` of the shop. Nothing is kept there today.
    Storage,
    /// A cookie that somebody else's script sets on our address.
    ForeignCookie,
}

impl Kept {
    /// What people read.
    pub const fn words(self) -> &'static str {
        match self {
            Self::SealedCookie => "cookie, niet leesbaar voor scripts",
            Self::Cookie => "cookie",
            Self::Storage => "opslag van de browser",
            Self::ForeignCookie => "cookie van een ander bedrijf",
        }
    }
}

/// One thing on a device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeviceItem {
    /// Its name over plain HTTP, which is the one without a prefix.
    pub name: &'static str,
    /// What the name begins with over TLS: `__Host-`, `__Secure-` or nothing.
    pub prefix: &'static str,
    /// Where it is kept.
    pub kept: Kept,
    /// For what.
    pub purpose: Purpose,
    /// How long. `None` means until the browser is closed.
    pub length: Option<Seconds>,
    /// The same, as people say it.
    pub how_long: &'static str,
    /// The yes that must come first; `None` when it is strictly needed for what the visitor asked (Tw art. 11.7a(3)).
    pub consent: Option<ConsentPurpose>,
    /// Who sets it.
    pub party: &'static str,
    /// When it comes and what it is for.
    pub words: &'static str,
    /// Whether it exists today.
    pub standing: Standing,
}

impl DeviceItem {
    /// The name as a browser over TLS shows it.
    pub fn full_name(&self) -> String {
        [self.prefix, self.name].concat()
    }
}

const SHOP: &str = "deze winkel";

/// The session.
pub const SESSION: DeviceItem = DeviceItem {
    name: "agsid",
    prefix: "__Host-",
    kept: Kept::SealedCookie,
    purpose: Purpose::Bag,
    length: Some(Seconds::days(60)),
    how_long: "60 dagen na je laatste bezoek",
    consent: None,
    party: SHOP,
    words: "Onthoudt je tas, je inlog en wat je in een formulier typte. Komt pas als je iets doet dat we moeten onthouden. Er staat alleen een willekeurig kenmerk in.",
    standing: Standing::Now,
};

/// Says that there is a session.
pub const MARKER: DeviceItem = DeviceItem {
    name: "ag",
    prefix: "",
    kept: Kept::Cookie,
    purpose: Purpose::Bag,
    length: Some(Seconds::days(60)),
    how_long: "60 dagen na je laatste bezoek",
    consent: None,
    party: SHOP,
    words: "Zegt alleen dat er een sessie is, zodat de pagina weet of het zin heeft naar je tas te vragen. De inhoud is altijd 1.",
    standing: Standing::Now,
};

/// The key of a mail about a size, for the one page that needs it.
pub const ALERT: DeviceItem = DeviceItem {
    name: "agmail",
    prefix: "__Secure-",
    kept: Kept::SealedCookie,
    purpose: Purpose::SizeAlert,
    length: Some(Seconds::hours(1)),
    how_long: "1 uur",
    consent: None,
    party: SHOP,
    words: "Komt alleen als je de link in een mail over een maat opent, en gaat alleen naar die ene pagina, zodat de link niet in je adresbalk en geschiedenis blijft.",
    standing: Standing::Now,
};

/// The key of a mail of the newsletter, for the one page that needs it.
pub const LETTER: DeviceItem = DeviceItem {
    name: "agbrief",
    purpose: Purpose::Newsletter,
    words: "Komt alleen als je in een mail van de nieuwsbrief de link opent om te bevestigen of je af te melden, en gaat alleen naar die ene pagina, zodat de link niet in je adresbalk en geschiedenis blijft.",
    ..ALERT
};

/// A computer on which the owner signed in before.
pub const DOOR: DeviceItem = DeviceItem {
    name: "agdeur",
    prefix: "__Secure-",
    kept: Kept::SealedCookie,
    purpose: Purpose::Security,
    length: Some(Seconds::days(365)),
    how_long: "1 jaar",
    consent: None,
    party: SHOP,
    words: "Alleen bij wie de winkel beheert, en alleen voor die inlogpagina: daaraan herkennen we die computer als iemand anders het wachtwoord probeert te raden.",
    standing: Standing::Now,
};

/// What a visitor chose about other companies' scripts.
pub const CHOICE: DeviceItem = DeviceItem {
    name: "agkeuze",
    prefix: "",
    kept: Kept::Cookie,
    purpose: Purpose::Proof,
    length: Some(Seconds::days(180)),
    how_long: "180 dagen",
    consent: None,
    party: SHOP,
    words: "Wat je bij de cookie-instellingen koos. Alleen als je ja zei, staat er een willekeurig nummer bij als bewijs.",
    standing: Standing::Now,
};

/// Google's number of a browser. Only in a shop that uses it, after a yes.
pub const ANALYTICS: DeviceItem = DeviceItem {
    name: "_ga",
    prefix: "",
    kept: Kept::ForeignCookie,
    purpose: Purpose::Statistics,
    length: Some(Seconds::days(730)),
    how_long: "2 jaar",
    consent: Some(ConsentPurpose::Statistics),
    party: "Google Analytics",
    words: "Een willekeurig nummer waarmee bezoeken geteld worden.",
    standing: Standing::NotYet,
};

/// Google's note of the visit of now.
pub const ANALYTICS_VISIT: DeviceItem = DeviceItem { name: "_ga_…", words: "Het bezoek van nu.", ..ANALYTICS };

/// All of it.
pub const INVENTORY: [DeviceItem; 8] = [SESSION, MARKER, ALERT, LETTER, DOOR, CHOICE, ANALYTICS, ANALYTICS_VISIT];

/// What exists today.
pub fn today() -> impl Iterator<Item = DeviceItem> {
    INVENTORY.into_iter().filter(|item| item.standing == Standing::Now)
}
