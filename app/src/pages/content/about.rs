//! Who is behind the shop.

use super::article::{article, section, text, text_with_link};
use crate::api::catalog::ShopFacts;
use crate::routes;
use leptos::prelude::*;

/// The page.
pub fn about(facts: &ShopFacts) -> AnyView {
    let shop = &facts.identity;
    let instagram = format!("https://www.instagram.com/{}/", shop.instagram);
    let facebook = format!("https://www.facebook.com/{}", shop.facebook);
    let mut body = vec![
        section(
            "Weinig, en met zorg gekozen",
            vec![
                text(format!(
                    "Een edelsteen is een steen waar iemand de tijd voor nam. Zo kies ik ook kleding: stuk voor stuk, hier in {}. Ik voel de stof, kijk naar de naden en vraag de maker waar het vandaan komt.",
                    shop.city
                )),
                text("Daarom is de collectie klein. Wat er hangt, zou ik zelf voor een kind kopen."),
            ],
        ),
        section(
            "Wat ‘organic’ hier betekent",
            vec![text(format!(
                "Het zegt iets over de vezel: {} van de {} artikelen bestaan voor minstens 70% uit biologisch katoen. Bij elk artikel staat het percentage, en het certificaat als dat er is. De winkel telt dat zelf, uit dezelfde gegevens die je op de productpagina’s ziet.",
                facts.organic, facts.articles
            ))],
        ),
        section(
            "Waar je me vindt",
            vec![
                text(format!("{}, {} {}. {}.", shop.street, shop.postal_code, shop.city, shop.hours)),
                text_with_link("Nieuwe dingen laat ik zien op", instagram, format!("Instagram, @{}", shop.instagram)),
                text_with_link("En op", facebook, format!("Facebook, {}", shop.facebook)),
                text_with_link("Een vraag?", routes::CONTACT, "Stel hem gerust"),
            ],
        ),
    ];
    if facts.demo {
        body.push(section(
            "Dit is een demowinkel",
            vec![text("Merken, makers, certificaten en artikelen zijn verzonnen. Je kunt alles uitproberen; er wordt niets betaald en niets verstuurd.")],
        ));
    }
    article("Over All Gems", "Kinderkleding, door één persoon gekozen en ingepakt.", body)
}
