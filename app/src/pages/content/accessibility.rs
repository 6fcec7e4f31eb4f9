//! How accessible the shop is, what is not right yet, and where to say so.

use super::article::{article, list, section, text, text_with_link};
use crate::api::catalog::ShopFacts;
use crate::routes;
use leptos::prelude::*;

/// The day of the last look.
const CHECKED: &str = "27 november 2026";

/// The page.
pub fn accessibility(facts: &ShopFacts) -> AnyView {
    let shop = &facts.identity;
    let body = vec![
        section(
            "Waar we op letten",
            vec![
                text(
                    "We bouwen de winkel naar de richtlijnen van WCAG 2.2, niveau AA, de norm achter de Europese toegankelijkheidswet.",
                ),
                list([
                    "Alles werkt met alleen een toetsenbord, en je ziet waar je bent.",
                    "Bestellen, betalen, inloggen en een bericht sturen kan zonder JavaScript.",
                    "Tekst is te vergroten tot 200% en past op een scherm van 320 pixels breed.",
                    "Kleur zegt nooit iets alleen: er staat altijd een woord of teken bij.",
                    "Er is een lichte en een donkere versie. Wie liever weinig beweging ziet, ziet weinig beweging.",
                    "Fouten in een formulier staan bij het veld, met wat je kunt doen. Wat je typte blijft staan.",
                    "De tijd dat we je artikelen vasthouden kun je verlengen.",
                ]),
            ],
        ),
        section(
            "Wat nog niet klaar is",
            vec![list([
                "Een onafhankelijke toets door mensen met een beperking is nog niet gedaan.",
                "De betaalpagina van de bank is niet van ons; daar hebben we geen invloed op.",
            ])],
        ),
        section(
            "Loop je ergens tegenaan?",
            vec![
                text(format!(
                    "Mail {} of bel {}. Ik los het op, en help je intussen met bestellen.",
                    shop.email, shop.phone
                )),
                text_with_link("Of gebruik het", routes::CONTACT, "contactformulier"),
            ],
        ),
    ];
    article("Toegankelijkheid", &format!("Laatst bekeken op {CHECKED}."), body)
}
