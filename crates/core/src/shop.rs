//! Who the shop is: shown in the footer, on the contact page, in mails and on paper, from this one place.

use serde::{Deserialize, Serialize};

/// Identity and contact (BW 3:15d, 6:230m(1)(b)-(c)).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Identity {
    /// `All Gems`.
    pub name: String,
    /// `organic kidswear`.
    pub tagline: String,
    /// `Wittem 16`.
    pub street: String,
    /// `7603 NE`.
    pub postal_code: String,
    /// `Almelo`.
    pub city: String,
    /// `Nederland`.
    pub country: String,
    /// Phone as people read it.
    pub phone: String,
    /// WhatsApp number as people read it.
    pub whatsapp: String,
    /// E-mail address.
    pub email: String,
    /// `www.allgems.nl`.
    pub site: String,
    /// `Maandag, dinsdag, donderdag en vrijdag van 09.00 tot 15.00 uur`.
    pub hours: String,
    /// Number in the trade register.
    pub kvk: String,
    /// VAT id.
    pub vat_id: String,
    /// Name on Instagram, without `@`.
    pub instagram: String,
    /// Name on Facebook.
    pub facebook: String,
    /// Who answers questions about privacy.
    pub privacy_contact: String,
}

impl Default for Identity {
    fn default() -> Self {
        let text = str::to_owned;
        Self {
            name: text("All Gems"),
            tagline: text("organic kidswear"),
            street: text("Wittem 16"),
            postal_code: text("7603 NE"),
            city: text("Almelo"),
            country: text("Nederland"),
            phone: text("+31 (0)546 232032"),
            whatsapp: text("+31 6 24446262"),
            email: text("info@allgems.nl"),
            site: text("www.allgems.nl"),
            hours: text("Maandag, dinsdag, donderdag en vrijdag van 09.00 tot 15.00 uur"),
            kvk: text("72829737"),
            vat_id: text("NL001575604B67"),
            instagram: text("all_gems_organic_kidswear"),
            facebook: text("allgemsgirlsfasion"),
            privacy_contact: text("Sewan Bakvis"),
        }
    }
}
