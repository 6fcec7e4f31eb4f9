//! The general terms (BW 6:231 ff.). A change of their meaning gets a new date.

use super::article::{article, facts as table, list, section, text, text_with_link};
use crate::api::catalog::ShopFacts;
use crate::{routes, text as words};
use leptos::prelude::*;

/// The day from which these terms hold.
const VERSION: &str = "27 november 2026";

/// The terms.
pub fn terms(facts: &ShopFacts) -> AnyView {
    let shop = &facts.identity;
    let shipping = words::delivery_cost(facts.shipping, facts.free_from);
    let body = vec![
        section(
            "1. Wie we zijn",
            vec![table([
                ("Handelsnaam", format!("{} {}", shop.name, shop.tagline)),
                ("Adres", format!("{}, {} {}, {}", shop.street, shop.postal_code, shop.city, shop.country)),
                ("Telefoon", shop.phone.clone()),
                ("E-mail", shop.email.clone()),
                ("Bereikbaar", shop.hours.clone()),
                ("KvK-nummer", shop.kvk.clone()),
                ("Btw-nummer", shop.vat_id.clone()),
            ])],
        ),
        section(
            "2. Wanneer deze voorwaarden gelden",
            vec![
                text(
                    "Deze voorwaarden gelden voor elke bestelling in deze webwinkel. Je kunt ze hier lezen, opslaan en printen voordat je bestelt. Wat de wet je als consument geeft, gaat altijd voor.",
                ),
                text("Ben je jonger dan 16, bestel dan samen met een ouder of voogd."),
            ],
        ),
        section(
            "3. Aanbod en prijzen",
            vec![
                text(
                    "Bij elk artikel staan de samenstelling, de maker, de maten en de prijs. Prijzen zijn in euro en inclusief btw. De verzendkosten zie je in je tas, nog voordat je iets van jezelf invult.",
                ),
                text(
                    "Een doorgestreepte prijs is de laagste prijs van de 30 dagen voor de verlaging. Staat er een duidelijke vergissing op een pagina, een jurk van € 0,45 bijvoorbeeld, dan zijn we daar niet aan gebonden.",
                ),
                text(
                    "Een kortingscode vul je in bij je tas. Daar zie je meteen wat er afgaat, of waarom de code niet kan: elke code heeft een eigen termijn, soms een minimumbedrag, en telt één keer per bestelling. Ze geldt voor de artikelen, niet voor de verzendkosten. Stuur je een deel terug, dan betalen we terug wat je er na de korting voor betaalde.",
                ),
            ],
        ),
        section(
            "4. Bestellen",
            vec![
                text(
                    "Je bestelt in drie stappen: je adres, hoe je betaalt, en een controle waarin je alles nog kunt wijzigen. De overeenkomst ontstaat als je op de knop ‘Bestelling met betalingsverplichting’ drukt. Je krijgt meteen een bevestiging per mail, met alles wat je moet weten.",
                ),
                text(
                    "De overeenkomst is in het Nederlands. We bewaren je bestelling; je vindt haar terug via de link in je mail of in je account.",
                ),
                text(
                    "Is een artikel toch op, dan hoor je dat zo snel mogelijk en krijg je je geld terug. Je krijgt nooit ongevraagd iets anders.",
                ),
            ],
        ),
        section(
            "5. Betalen",
            vec![
                text(format!(
                    "Je kunt nu betalen met {}. Geen van deze manieren kost iets extra. Je betaalt op de pagina van de bank of de betaaldienst; wij zien geen rekening- of kaartgegevens.",
                    facts.ways_to_pay
                )),
                text(
                    "Bij een overschrijving staan het bedrag, de rekening, het kenmerk en de uiterste datum op je bestelpagina en in je mail. Is er dan niets binnen, dan vervalt de bestelling. Dat kost je niets.",
                ),
                text(
                    "Staat achteraf betalen met Klarna bij de betaalwijzen, dan is dat krediet van Klarna. Het kan alleen in Nederland, vanaf 18 jaar, en als het pakje naar je factuuradres gaat. Klarna beoordeelt je aanvraag; pas na akkoord versturen we. Klarna mailt de factuur als je pakje vertrekt, en daarop staat tot wanneer je betaalt. Zegt Klarna nee, dan kun je op een andere manier betalen, en vragen stellen aan Klarna: klantenservice@klarna.nl of 020 808 2852.",
                ),
                text(format!(
                    "Je bent nooit verplicht meer dan de helft vooruit te betalen: kies dan ‘Achteraf op factuur’. Dat kan bij elke bestelling, in Nederland en België. Ben je ingelogd, dan betaal je tot en met {} niets vooraf; bij een hoger bedrag, zonder in te loggen, of zolang een eerdere rekening openstaat, maak je eerst de helft over. De rest betaal je binnen 14 dagen nadat je pakje weg is. Dit is uitstel van ons zelf: het kost niets, er komt geen rente bij en we dragen de rekening aan niemand over. Alleen als een rekening van je over tijd is, betaal je die eerst.",
                    words::round(facts.invoice_limit)
                )),
                text(
                    "Is een rekening op tijd niet betaald, dan krijg je eerst een herinnering en daarna een aanmaning met 14 dagen om alsnog te betalen. Ook daarvoor rekenen we geen kosten. Stuur je iets terug, dan hoef je dat deel niet te betalen.",
                ),
            ],
        ),
        section(
            "6. Bezorgen",
            vec![
                text(format!(
                    "{shipping}, voor bezorging in Nederland. Naar België gelden andere kosten, die je ziet voordat je bestelt. PostNL bezorgt."
                )),
                text(
                    "Wanneer je pakje er is, staat bij de laatste stap en in je bevestiging. Het duurt nooit langer dan 30 dagen, tenzij we iets anders afspreken. Lukt het niet op tijd, dan mag je de bestelling kosteloos ontbinden.",
                ),
                text("Het risico is voor ons tot jij, of iemand die jij aanwijst, het pakje heeft aangenomen."),
            ],
        ),
        section(
            "7. Bedenktijd",
            vec![
                text(
                    "Je mag je bestelling zonder reden herroepen, vanaf het moment dat je bestelt tot 14 dagen na de dag waarop je het laatste artikel kreeg. Valt de laatste dag in een weekend of op een feestdag, dan geldt de eerstvolgende werkdag.",
                ),
                text_with_link(
                    "Herroepen doe je op de pagina die onderaan elke pagina van deze winkel staat, per mail, telefonisch of met een brief. Elke duidelijke verklaring is goed; het modelformulier mag, het hoeft niet.",
                    routes::WITHDRAW,
                    "Hier de overeenkomst herroepen",
                ),
                text(format!(
                    "Je stuurt de artikelen terug binnen 14 dagen nadat je hebt herroepen. De kosten daarvan betaal je zelf: {} voor een pakje binnen Nederland.",
                    facts.return_cost
                )),
                text(
                    "We betalen alles terug wat je voor die artikelen betaalde, bij een hele bestelling ook de standaard verzendkosten, binnen 14 dagen na je herroeping en op dezelfde manier als je betaalde. We mogen wachten tot we de artikelen hebben of tot je laat zien dat ze verstuurd zijn.",
                ),
                text(
                    "Passen mag, zoals in een winkel. Alleen als een artikel door meer dan passen minder waard is geworden, mogen we dat verrekenen.",
                ),
                text(
                    "De bedenktijd geldt niet voor artikelen die speciaal voor jou gemaakt zijn. Dat staat er dan bij, voordat je bestelt.",
                ),
            ],
        ),
        section(
            "8. Wettelijke garantie",
            vec![text_with_link(
                "Een artikel moet doen wat je ervan mag verwachten. Is dat niet zo, dan herstellen of vervangen we het kosteloos. Lukt dat niet, dan krijg je een deel of al je geld terug. Dat recht eindigt niet op een vaste datum: het hangt af van hoe lang zo’n artikel hoort mee te gaan.",
                routes::GUARANTEE,
                "Alles over de wettelijke garantie",
            )],
        ),
        section(
            "9. Klachten",
            vec![
                text(format!(
                    "Niet tevreden? Mail {} of bel {}. Je krijgt binnen 14 dagen een inhoudelijk antwoord.",
                    shop.email, shop.phone
                )),
                text(
                    "We zijn niet aangesloten bij een geschillencommissie. Komen we er samen niet uit, dan kun je naar de rechter. Advies vind je bij ConsuWijzer van de ACM.",
                ),
            ],
        ),
        section(
            "10. Aansprakelijkheid",
            vec![text("We zijn aansprakelijk zoals de wet dat regelt. Deze voorwaarden beperken dat niet.")],
        ),
        section(
            "11. Je gegevens",
            vec![text_with_link(
                "Wat we bewaren, waarom en hoe lang, lees je in de",
                routes::PRIVACY,
                "privacyverklaring",
            )],
        ),
        section(
            "12. Recht en wijzigingen",
            vec![
                text(
                    "Op de overeenkomst geldt Nederlands recht. Woon je in een ander land, dan houd je de bescherming die het recht van dat land je dwingend geeft.",
                ),
                list([
                    "Voor je bestelling geldt de versie van de dag waarop je bestelde.",
                    "Nieuwe versies staan op deze pagina, met de datum erbij.",
                ]),
            ],
        ),
    ];
    article("Algemene voorwaarden", &format!("Versie van {VERSION}. Kort en in gewone taal."), body)
}
