//! What the tables and columns of the database are called when a person looks at her own data. What has no name here yet is called by its
//! purpose and its kind, in the words of the register, so nothing is ever missing or shown as code.

use crate::text;
use shop_core::catalog::Fit;
use shop_core::money::Money;
use shop_core::payment::Method;
use shop_core::privacy::{Disclosed, Party, Purpose};
use shop_core::time::{Day, Timestamp};
use shop_flows::ports::{Clock, HeldColumn, HeldTable};

const FROM_HER: &str = "Van jou.";
const BY_ITSELF: &str = "Ontstaat vanzelf als je dit doet.";

/// What a table is called, and where what it holds came from.
pub fn table(held: &HeldTable) -> (&'static str, &'static str) {
    match held.table {
        "customers" => ("Je account", "Van jou, bij het bestellen of inloggen."),
        "addresses" => ("Je adressen", FROM_HER),
        "sessions" => ("Browsers waarin je bent ingelogd", BY_ITSELF),
        "carts" => ("Je tas", BY_ITSELF),
        "cart_lines" => ("Wat er in je tas ligt", FROM_HER),
        "checkout_drafts" => ("Wat je bij het afrekenen invulde", FROM_HER),
        "stock_alerts" => ("Mails als een maat er weer is", FROM_HER),
        "orders" => ("Bestellingen", "Van jou; hoe het staat schrijven wij erbij."),
        "order_lines" => ("Artikelen van bestellingen", FROM_HER),
        "order_events" => ("Wat er met je bestellingen gebeurde", "Van jou, van de betaaldienst en van onszelf."),
        "discount_uses" => ("Gebruikte kortingscodes", FROM_HER),
        "attempts" => ("Betalingen", "Van jou; of het lukte horen we van de betaaldienst of de bank."),
        "refunds" => ("Terugbetalingen", "Van onszelf; of het lukte horen we van de betaaldienst."),
        "fit_votes" => ("Hoe een maat viel", FROM_HER),
        "disclosures" => ("Wie wat van je kreeg", "Schrijven we zelf op, voordat er iets weggaat."),
        "tasks" => ("Herroepingen", FROM_HER),
        _ => (
            held.columns.first().map_or("Andere gegevens", |column| column.purpose.title()),
            "Van jou, of door wat je hier deed.",
        ),
    }
}

/// What a column is called.
pub fn column(column: &HeldColumn) -> String {
    let name = match column.name {
        "email" => "E-mailadres",
        "given_name" => "Voornaam",
        "family_name" => "Achternaam",
        "phone" => "Telefoon",
        "created_at" => "Gemaakt op",
        "verified_at" => "E-mailadres bewezen op",
        "saved_at" => "Bewaard op",
        "seen_at" => "Laatst gebruikt op",
        "expires_at" => "Loopt af op",
        "touched_at" => "Laatst gewijzigd op",
        "discount_code" | "code" => "Kortingscode",
        "variant_id" => "Artikel",
        "quantity" => "Aantal",
        "seen_price_cents" => "Prijs die je zag",
        "asked_at" => "Gevraagd op",
        "confirmed_at" => "Bevestigd op",
        "told_at" => "Mail klaargezet op",
        "number" => "Bestelnummer",
        "state" => "Hoe het staat",
        "until_at" => "Wacht op betaling tot",
        "name" => "Naam op het pakket",
        "method" => "Betaalwijze",
        "total_cents" => "Totaal",
        "placed_at" => "Besteld op",
        "body" => "Inhoud",
        "sku" => "Artikelnummer",
        "unit_cents" => "Prijs per stuk",
        "discount_cents" => "Korting",
        "at" => "Wanneer",
        "event" => "Wat er gebeurde",
        "detail" => "Bijzonderheid",
        "actor" => "Door wie",
        "amount_cents" => "Bedrag",
        "reference" => "Kenmerk",
        "provider_id" | "provider_transaction" => "Nummer bij de betaaldienst",
        "fit" => "Hoe het viel",
        "party" => "Wie",
        "fields" => "Wat",
        "purpose" => "Waarvoor",
        _ => "",
    };
    if name.is_empty() {
        let kinds: Vec<&str> = column.categories.iter().map(|category| category.title()).collect();
        text::capitalised(&kinds.join("; "))
    } else {
        name.to_owned()
    }
}

/// Whether a column holds a moment.
pub fn is_moment(name: &str) -> bool {
    name == "at" || name.ends_with("_at")
}

/// Whether a column holds JSON.
pub fn is_json(name: &str) -> bool {
    name == "body"
}

/// A value as people read it. JSON is taken apart elsewhere.
pub fn value(clock: &dyn Clock, table: &str, name: &str, value: &str) -> String {
    let number = || value.parse::<i64>().ok();
    let said = match name {
        _ if is_moment(name) => number().map(|micros| moment(clock, Timestamp::from_micros(micros))),
        _ if name.ends_with("_cents") => number().map(|cents| Money::cents(cents).to_string()),
        "method" => Method::parse(value).map(|method| method.label().to_owned()),
        "state" if table == "orders" => Some(text::order_state(value).to_owned()),
        "fit" => Fit::parse(value).map(|fit| text::fit(fit).to_owned()),
        "party" => Party::parse(value).map(|party| party.title().to_owned()),
        "purpose" => Purpose::parse(value).map(|purpose| purpose.title().to_owned()),
        "fields" => Disclosed::read_fields(value)
            .map(|fields| fields.iter().map(|field| field.title()).collect::<Vec<_>>().join("; ")),
        _ => None,
    };
    said.unwrap_or_else(|| value.to_owned())
}

fn moment(clock: &dyn Clock, at: Timestamp) -> String {
    format!("{}, {}.{:02} uur", clock.day(at).long(), clock.hour(at), clock.minute(at))
}

/// A moment as machines read it: `2026-11-24T19:14:00Z`.
pub fn iso(at: Timestamp) -> String {
    let (seconds, day) = (at.seconds().rem_euclid(86_400), at.seconds().div_euclid(86_400));
    let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    format!("{}T{hour:02}:{minute:02}:{second:02}Z", Day::from_number(day).iso())
}

/// The leaves of a JSON text, each with its path: `address.city`.
pub fn leaves(text: &str) -> Vec<(String, String)> {
    let mut out = Vec::new();
    match serde_json::from_str::<serde_json::Value>(text) {
        Ok(value) => collect(&value, String::new(), &mut out),
        Err(_) => out.push((String::new(), text.to_owned())),
    }
    out
}

fn collect(value: &serde_json::Value, path: String, out: &mut Vec<(String, String)>) {
    use serde_json::Value;
    let below = |key: &str| if path.is_empty() { key.to_owned() } else { [&path, ".", key].concat() };
    match value {
        Value::Object(fields) => fields.iter().for_each(|(key, value)| collect(value, below(key), out)),
        Value::Array(items) => {
            items.iter().zip(1..).for_each(|(value, place): (_, u32)| collect(value, below(&place.to_string()), out));
        }
        Value::Null => {}
        Value::String(text) => out.push((path, text.clone())),
        other => out.push((path, other.to_string())),
    }
}

/// What a leaf is called on the page; `None` for what only machines want, which stands in the file.
pub fn leaf(path: &str) -> Option<&'static str> {
    Some(match path.rsplit('.').next().unwrap_or_default() {
        "email" => "E-mailadres",
        "phone" => "Telefoon",
        "given" | "given_name" => "Voornaam",
        "family" | "family_name" => "Achternaam",
        "street" => "Straat",
        "house" => "Huisnummer",
        "number" if path.contains("house") => "Huisnummer",
        "addition" => "Toevoeging",
        "postal_code" => "Postcode",
        "city" => "Plaats",
        "country" => "Land",
        "title" => "Artikel",
        "colour" => "Kleur",
        "size" => "Maat",
        "quantity" => "Aantal",
        "unit" => "Prijs per stuk",
        "discount" => "Korting",
        "goods" => "Artikelen samen",
        "shipping" => "Verzending",
        "total" => "Totaal",
        "button" => "Knop waarop je drukte",
        "terms" => "Versie van de voorwaarden",
        "privacy" => "Versie van de privacyverklaring",
        "code" => "Kortingscode",
        "tracking" => "Code van het pakket",
        _ => return None,
    })
}

/// The value of a leaf: amounts are cents.
pub fn leaf_value(path: &str, value: &str) -> String {
    let is_amount = matches!(path.rsplit('.').next(), Some("unit" | "discount" | "goods" | "shipping" | "total"));
    match value.parse::<i64>() {
        Ok(cents) if is_amount => Money::cents(cents).to_string(),
        _ => value.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_taken_apart_to_its_leaves() {
        let leaves = leaves(r#"{"address":{"city":"Almelo"},"lines":[{"unit":4495}],"tracking":null}"#);

        let text = |path: &str, value: &str| (path.to_owned(), value.to_owned());
        assert_eq!(leaves, [text("address.city", "Almelo"), text("lines.1.unit", "4495")]);
        assert_eq!(leaf_value("lines.1.unit", "4495"), Money::cents(4495).to_string());
        assert_eq!(leaf("lines.1.variant"), None);
    }

    #[test]
    fn a_moment_is_written_as_machines_read_it() {
        assert_eq!(iso(Timestamp::from_micros(1_795_547_640_000_000)), "2026-11-24T19:14:00Z");
    }
}
