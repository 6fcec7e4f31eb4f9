//! The legal guarantee (BW 7:17 ff.), and the place of the European notice about it.
//!
//! The notice itself is artwork of the European Commission (Regulation (EU) 2025/1960) that may only be shown unchanged. Until the shop owner
//! has put the file in place, its content stands here in words; nothing here imitates it.

use super::article::{article, list, section, text, text_with_link};
use crate::api::catalog::ShopFacts;
use crate::routes;
use leptos::prelude::*;

/// The page of the European Union that the notice leads to.
const YOUR_EUROPE: &str = "https://europa.eu/youreurope/citizens/consumers/shopping/guarantees-returns/index_nl.htm";

/// The page.
pub fn guarantee(facts: &ShopFacts) -> AnyView {
    let shop = &facts.identity;
    let body = vec![
        section(
            "De Europese kennisgeving in woorden",
            vec![
                text(
                    "Op alles wat je als consument in de Europese Unie koopt, zit de wettelijke garantie. De verkoper is aansprakelijk voor gebreken die er al waren toen je het kreeg, en die zich binnen ten minste twee jaar laten zien. Nationaal recht mag je meer geven; in Nederland is dat zo.",
                ),
                list([
                    "Je hebt eerst recht op kosteloos herstel of een nieuw exemplaar.",
                    "Lukt dat niet binnen redelijke tijd of zonder veel overlast, dan heb je recht op een lagere prijs of je geld terug.",
                    "Die rechten heb je naast elke garantie die een fabrikant of winkel er zelf bij geeft.",
                ]),
                text_with_link(
                    "De volledige uitleg van de Europese Unie staat op",
                    YOUR_EUROPE,
                    "Your Europe, garanties en retourneren",
                ),
            ],
        ),
        section(
            "Zo is het in Nederland",
            vec![
                text(
                    "Nederland kent geen vaste einddatum. Een artikel moet zo lang goed blijven als je er redelijkerwijs van mag verwachten. Voor een winterjas is dat langer dan voor een paar sokken; gewone slijtage hoort erbij.",
                ),
                text(
                    "Laat een gebrek zich binnen een jaar zien, dan nemen we aan dat het er al was. Daarna kijken we samen hoe het komt.",
                ),
            ],
        ),
        section(
            "Is er iets mis?",
            vec![
                text(
                    "Meld het zo snel als je kunt, liefst binnen twee maanden nadat je het zag. Een foto helpt, maar hoeft niet. Terugsturen van een artikel met een gebrek kost je niets.",
                ),
                text(
                    "Je kiest zelf tussen herstel en een nieuw exemplaar, tenzij een van beide niet kan of veel te duur is.",
                ),
                text_with_link(
                    format!("Bel {}, mail {} of gebruik het", shop.phone, shop.email),
                    routes::CONTACT,
                    "contactformulier",
                ),
            ],
        ),
    ];
    article("Wettelijke garantie", "Een artikel moet deugen, ook na de bedenktijd.", body)
}
