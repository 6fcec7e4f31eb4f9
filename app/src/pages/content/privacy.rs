//! What the shop keeps of people today, in plain words (AVG 13). Says only what the software does now.

use super::article::{article, facts as table, list, section, text, text_with_link};
use crate::api::catalog::ShopFacts;
use crate::routes;
use leptos::prelude::*;

/// The day of this version.
const VERSION: &str = "27 november 2026";

/// The statement.
pub fn privacy(facts: &ShopFacts) -> AnyView {
    let shop = &facts.identity;
    let address = format!("{}, {} {}", shop.street, shop.postal_code, shop.city);
    let body = vec![
        section(
            "Wie verantwoordelijk is",
            vec![table([
                ("Winkel", format!("{}, {address}", shop.name)),
                ("Vragen over privacy", shop.privacy_contact.clone()),
                ("E-mail", shop.email.clone()),
                ("Telefoon", shop.phone.clone()),
            ])],
        ),
        section(
            "Wat we bewaren, en waarom",
            vec![table([
                ("Rondkijken", "Niets over jou. Geen statistiek, geen advertenties, geen beelden of letters van andere bedrijven.".to_owned()),
                ("Je tas", "Welke artikelen erin liggen. Nodig om je te laten bestellen. Zodra je afrekent ook wat je in de stappen invult, zodat je niets twee keer typt.".to_owned()),
                ("Een bestelling", "Naam, adres, e-mailadres, wat je bestelde, de gekozen betaalwijze, het bedrag en of er betaald is. Telefoon alleen als je die zelf invult. Nodig om de overeenkomst uit te voeren, en voor de belasting. Zonder deze gegevens kunnen we niet bezorgen.".to_owned()),
                ("Je account", "Ontstaat bij je eerste bestelling: naam, e-mailadres, adres en je bestellingen. Een wachtwoord is er niet; je logt in met een code per mail. Nodig om je bestelling terug te vinden.".to_owned()),
                ("Een mail als een maat er weer is", "Alleen als je erom vraagt en het via de link in je mail bevestigt: je e-mailadres en om welke maat het gaat. Met jouw toestemming; met de link in die mail trek je haar weer in.".to_owned()),
                ("Hoe een maat viel", "Alleen je antwoord en de regel van je bestelling. Anderen zien het aantal stemmen, pas vanaf vijf, en nooit van wie.".to_owned()),
                ("Een vraag", "Je naam, e-mailadres en bericht, als mail aan de winkel. Ons belang en het jouwe: dat je antwoord krijgt.".to_owned()),
            ])],
        ),
        section(
            "Cookies",
            vec![
                text("Pas als je iets doet dat we moeten onthouden, zoals iets in je tas leggen, inloggen of een formulier versturen, zetten we een sessiecookie. Daar staat alleen een willekeurig kenmerk in. Een tweede cookie zegt alleen dat die sessie er is. Beide zijn nodig om de winkel te laten werken; daarom vragen we er geen toestemming voor. Open je de link in een mail over een maat, dan staat die link een uur in een cookie voor die ene pagina, zodat hij niet in je adresbalk en geschiedenis blijft. Wie de winkel beheert, krijgt na het inloggen nog een cookie, een jaar lang en alleen voor die inlogpagina: daaraan herkennen we die computer als iemand anders het wachtwoord probeert te raden. Ook die twee zijn daarvoor nodig. Andere cookies zijn er niet."),
            ],
        ),
        section(
            "Wie iets van je krijgt",
            vec![
                list([
                    "PostNL: je naam en bezorgadres, om te bezorgen. Verder niets.",
                    "De betaaldienst van de bank (Rabo OmniKassa), als je met iDEAL | Wero of een kaart betaalt: het bedrag en een nummer van de betaling. Wat je daar invult zien wij niet; wij krijgen alleen te horen of het gelukt is.",
                    "PayPal, als je met PayPal betaalt: het bedrag en een nummer van de betaling. Je naam, adres en e-mailadres sturen wij niet mee, en wat PayPal over jou weet bewaren wij niet.",
                    "Klarna, alleen als je kiest voor achteraf betalen: je naam, adres en e-mailadres, je telefoonnummer als je het invulde, en wat er op de factuur komt. Klarna is daar zelf verantwoordelijk voor, beoordeelt of je achteraf kunt betalen en vraagt je geboortedatum op de eigen pagina. Wij horen alleen ja of nee.",
                    "De bedrijven die onze computer en onze mail draaiend houden, in onze opdracht.",
                ]),
                text("We verkopen je gegevens niet en geven ze aan niemand anders, tenzij de wet ons daartoe verplicht. Wij laten geen besluiten over jou aan een computer alleen over."),
            ],
        ),
        section(
            "Hoe lang",
            vec![list([
                "Bestellingen en wat bij de administratie hoort: zeven jaar na het boekjaar, omdat de belastingwet dat vraagt.",
                "Je account en adressen: tot je vraagt ze te wissen.",
                "Je tas en je sessie: zolang de sessie loopt.",
                "Je adres voor een mail over een maat: tot die ene mail weg is. Bevestig je het niet, dan 48 uur; komt de maat niet terug, dan hooguit een half jaar.",
                "Je bericht: niet langer dan nodig is om je te helpen.",
            ])],
        ),
        section(
            "Jouw rechten",
            vec![
                text("Je mag inzien wat we van je bewaren, het laten verbeteren, wissen, beperken of meekrijgen in een bestand. Je mag bezwaar maken, en toestemming die je gaf altijd weer intrekken. Stuur een mail of brief; je krijgt binnen een maand antwoord. Wat we voor de belasting moeten bewaren, kunnen we niet eerder wissen."),
                text_with_link(format!("Mail {} of gebruik het", shop.email), routes::CONTACT, "contactformulier"),
                text("Ben je het niet met ons eens, dan kun je klagen bij de Autoriteit Persoonsgegevens, autoriteitpersoonsgegevens.nl."),
            ],
        ),
        section(
            "Kinderen",
            vec![text("We vragen nooit naar naam of geboortedatum van een kind. Ben je jonger dan 16, gebruik de winkel dan samen met een ouder. Denk je dat we toch gegevens van een kind hebben, meld het; we wissen ze meteen.")],
        ),
        section(
            "Beveiliging",
            vec![text("De verbinding is versleuteld. Kenmerken van sessies en codes bewaren we alleen onherkenbaar gemaakt. Wie voor de winkel werkt, houdt je gegevens geheim.")],
        ),
        section(
            "Deze winkel groeit",
            vec![text("Een nieuwsbrief, statistiek en een keurmerk zijn er nu niet. Komt er iets bij dat met jouw gegevens te maken heeft, dan staat het eerst hier, met een nieuwe datum.")],
        ),
    ];
    article(
        "Privacyverklaring",
        &format!("Versie van {VERSION}. Dit doet de winkel nu met je gegevens, meer niet."),
        body,
    )
}
