//! The privacy statement (AVG art. 13), written from the register of `shop_core::privacy`: what the shop does is told, and nothing else. The words
//! that belong to no purpose, party or period stand here.

mod archive;
pub mod cookies;
pub(crate) mod parts;

use super::article::{article, facts as table, list, section, text, text_with_link};
use crate::api::catalog::{ShopFacts, shop_facts};
use crate::api::words::Words;
use crate::api::{ApiError, answer, shop};
use crate::routes;
use crate::state::shop::plain;
use leptos::prelude::*;
use shop_core::ShopError;
use shop_core::payment::Method;
use shop_core::privacy::{ConsentPurpose, Party, Standing, version};
use shop_core::shop::Identity;

const TITLE: &str = "Privacyverklaring";

/// The statement that holds.
pub async fn words() -> Result<Words, ApiError> {
    let (facts, mut parties) = (shop_facts().await.unwrap_or_else(|_| plain()), parties()?);
    let asked = crate::measure::tools().purposes();
    parties.extend(Party::ALL.into_iter().filter(|party| asked.iter().any(|asked| asked.purpose() == party.purpose())));
    let summary =
        "Waarvoor we je gegevens gebruiken, wie ze krijgt, hoe lang we ze bewaren en wat je rechten zijn.".to_owned();
    Ok(Words::public(TITLE, summary, routes::PRIVACY, statement(&facts, &parties, &asked)))
}

/// The statement of a day. The one that holds is the same text; search engines know it under its usual address.
pub async fn version_words(day: &str) -> Result<Words, ApiError> {
    let Some(version) = version::of(day) else { return answer(Err(ShopError::NotFound)) };
    if version == version::current() {
        return words().await;
    }
    match archive::text(day) {
        Some(view) => Ok(Words::own([TITLE, " van ", &version.day.long()].concat(), view)),
        None => answer(Err(ShopError::NotFound)),
    }
}

/// Who can receive something in this shop: a payment provider that is not set up receives nothing, and is not named.
fn parties() -> Result<Vec<Party>, ApiError> {
    Ok(parties_of(&shop()?.methods()))
}

/// The same for a shop with these ways to pay.
pub fn parties_of(methods: &[Method]) -> Vec<Party> {
    let is_set_up = |party: Party| {
        let serves = |method| Party::of_method(method) == Some(party);
        !Method::ALL.into_iter().any(serves) || methods.iter().copied().any(serves)
    };
    Party::ALL.into_iter().filter(|party| party.standing() == Standing::Now && is_set_up(*party)).collect()
}

fn statement(facts: &ShopFacts, parties: &[Party], asked: &[ConsentPurpose]) -> AnyView {
    let shop = &facts.identity;
    let mut body = vec![who(shop)];
    body.push(parts::purposes());
    body.push(section(
        "Waar de gegevens vandaan komen",
        vec![
            text("Van jou. Alleen of een betaling gelukt is, horen we van de betaaldienst die je koos of van onze bank."),
            text("Je IP-adres gebruiken we om je de pagina te sturen en om te tellen hoeveel er van één verbinding komt. Dat staat alleen in het werkgeheugen; we schrijven het nergens op."),
        ],
    ));
    body.push(section(
        "Cookies",
        vec![
            text("Wie alleen rondkijkt, krijgt er geen. Letters, beelden en teksten komen allemaal van onszelf."),
            text_with_link("Welke er zijn, waarvoor en hoe lang, staat bij", routes::COOKIES, "cookies"),
        ],
    ));
    body.extend(by_consent(asked));
    body.push(parts::receivers(parties));
    body.push(parts::periods());
    body.extend(rights(shop));
    body.push(section(
        "Kinderen",
        vec![text("We vragen nooit naar naam of geboortedatum van een kind. Ben je jonger dan 16, gebruik de winkel dan samen met een ouder. Denk je dat we toch gegevens van een kind hebben, meld het; we wissen ze meteen.")],
    ));
    body.push(section(
        "Beveiliging",
        vec![text("De verbinding is versleuteld. Kenmerken van sessies en codes bewaren we alleen onherkenbaar gemaakt. Wie voor de winkel werkt, logt in met twee stappen en houdt je gegevens geheim.")],
    ));
    body.push(changes());
    let lead =
        ["Versie van ", &version::current().day.long(), ". Dit doet de winkel nu met je gegevens, meer niet."].concat();
    article(TITLE, &lead, body)
}

/// What happens only after a yes, in a shop that asks for one: the very words of the question.
fn by_consent(asked: &[ConsentPurpose]) -> Option<AnyView> {
    if asked.is_empty() {
        return None;
    }
    let words = asked.iter().map(|purpose| text(purpose.text().words));
    let undo = text_with_link(
        "Met jouw toestemming (art. 6 lid 1 onder a AVG). Intrekken kan altijd en gaat even makkelijk:",
        routes::COOKIE_SETTINGS,
        "cookie-instellingen",
    );
    Some(section("Alleen als je ja zegt", words.chain([undo]).collect()))
}

fn who(shop: &Identity) -> AnyView {
    let address = [shop.street.as_str(), ", ", &shop.postal_code, " ", &shop.city, ", ", &shop.country].concat();
    section(
        "Wie verantwoordelijk is",
        vec![table([
            ("Winkel", [shop.name.as_str(), ", ", &address].concat()),
            ("Handelsregister", ["KvK ", &shop.kvk].concat()),
            ("Vragen over privacy", shop.privacy_contact.clone()),
            ("E-mail", shop.email.clone()),
            ("Telefoon", shop.phone.clone()),
        ])],
    )
}

fn rights(shop: &Identity) -> [AnyView; 4] {
    [
        section(
            "Jouw rechten",
            vec![
                list([
                    "Inzien: je krijgt een overzicht van wat we van je bewaren, waarvoor, en wie het kreeg.",
                    "Verbeteren: klopt er iets niet, dan passen we het aan en laten we het weten aan wie het kreeg.",
                    "Wissen: we wissen wat we niet meer nodig hebben. Wat we voor de belasting moeten bewaren, kan pas later weg; we zeggen wat en tot wanneer.",
                    "Beperken: we bewaren je gegevens nog wel, maar doen er niets meer mee.",
                    "Meenemen: wat je ons gaf, krijg je in een bestand dat andere programma's kunnen lezen.",
                    "Toestemming intrekken: kan altijd, en werkt meteen. Wat daarvoor gebeurde, blijft geldig.",
                ]),
                text(
                    "Het kost niets. Je krijgt binnen een maand antwoord. Is het ingewikkeld, dan kan het twee maanden langer duren; dat hoor je dan binnen die eerste maand. We vragen nooit om een kopie van je paspoort.",
                ),
                text_with_link(
                    "Inzien, meenemen, verbeteren en wissen doe je zelf, meteen en ook zonder account: een code naar je e-mailadres is genoeg. Dat begint bij",
                    routes::MY_DATA,
                    "mijn gegevens",
                ),
                text(
                    "Wie zich laat wissen, krijgt eerst te zien wat weggaat en wat blijft. Wat nog loopt, zoals een bestelling die onderweg is of geld dat je terugkrijgt, maken we eerst af. Daarna blijft alleen wat de belastingwet vraagt, en een onherkenbaar kenmerk van je e-mailadres, zodat we je ook wissen uit een reservekopie die wordt teruggezet.",
                ),
                text_with_link(
                    [
                        "Voor al het andere, of als je liever iemand spreekt: mail ",
                        &shop.email,
                        ", stuur een brief naar ",
                        &shop.street,
                        ", ",
                        &shop.postal_code,
                        " ",
                        &shop.city,
                        " of gebruik het",
                    ]
                    .concat(),
                    routes::CONTACT,
                    "contactformulier",
                ),
            ],
        ),
        section(
            "Bezwaar maken",
            vec![text(
                "Waar hierboven staat dat iets op een belang rust, mag je bezwaar maken. Zeg wat er bij jou anders is; we stoppen, tenzij we een zwaarwegende reden hebben die we je vertellen. Tegen reclame werkt je bezwaar altijd en meteen.",
            )],
        ),
        section(
            "Geen besluit door een computer",
            vec![text(
                "Wij laten geen besluit over jou aan een computer alleen over en maken geen profiel van je. Kies je voor Klarna, dan beslist Klarna of dat kan. Ben je het daar niet mee eens: klantenservice@klarna.nl of 020 808 2852.",
            )],
        ),
        section(
            "Een klacht",
            vec![text(
                "Kom er eerst mee bij ons, dan lossen we het op. Je kunt ook altijd klagen bij de Autoriteit Persoonsgegevens: autoriteitpersoonsgegevens.nl, of Postbus 93374, 2509 AJ Den Haag.",
            )],
        ),
    ]
}

fn changes() -> AnyView {
    let versions = version::VERSIONS.iter().map(|version| {
        let href = routes::privacy_version(&version.day.iso());
        let items = version.changes.iter().map(|change| view! { <li>{*change}</li> }).collect_view();
        view! {
            <h3 class="fs-1">
                <a href=href>{["Versie van ", &version.day.long()].concat()}</a>
            </h3>
            <ul class="stack gap-2">{items}</ul>
        }
        .into_any()
    });
    let mut body = vec![text(
        "Verandert er iets, dan staat het eerst hier, met een nieuwe datum. Bij je bestelling bewaren we welke versie toen gold.",
    )];
    body.extend(versions);
    section("Veranderingen", body)
}

#[cfg(test)]
mod tests {
    use super::*;
    use shop_core::privacy::{Purpose, Retention};

    fn html(parties: &[Party]) -> String {
        statement(&plain(), parties, &[]).to_html()
    }

    #[test]
    fn it_tells_every_purpose_and_period_of_today_and_none_of_later() {
        let text = html(&Party::ALL).replace("&#x27;", "'");

        for purpose in Purpose::ALL.into_iter().filter(|purpose| *purpose != Purpose::Team) {
            assert_eq!(text.contains(purpose.words()), purpose.standing() == Standing::Now, "{}", purpose.name());
        }
        for retention in Retention::ALL.into_iter().filter(|retention| retention.standing() == Standing::NotYet) {
            assert!(!text.contains(retention.title()), "{}", retention.title());
        }
        assert_eq!(text.matches("<h1").count(), 1);
    }

    #[test]
    fn a_payment_provider_is_told_of_where_it_serves_a_way_to_pay() {
        let parties = parties_of(&[Method::Ideal, Method::BankTransfer]);

        assert_eq!(parties, [Party::PostNl, Party::OmniKassa, Party::Hosting, Party::Mail]);
    }

    #[test]
    fn a_party_that_receives_nothing_here_is_not_named_as_one_that_does() {
        let without = html(&[Party::PostNl, Party::Mail]);

        assert!(without.contains("PostNL Pakketten Benelux B.V.") && !without.contains("PayPal (Europe)"));
        assert!(html(&[Party::PayPal]).contains("Luxemburg"));
    }

    #[test]
    fn what_art_13_asks_is_there() {
        let text = html(&Party::ALL);

        for heading in [
            "Wie verantwoordelijk is",
            "Waarvoor we je gegevens gebruiken",
            "Wie iets van je krijgt",
            "Hoe lang",
            "Jouw rechten",
            "Bezwaar maken",
            "Geen besluit door een computer",
            "Een klacht",
            "Kinderen",
            "Veranderingen",
        ] {
            assert!(text.contains(heading), "{heading}");
        }
        for article in ["onder a AVG", "onder b AVG", "onder c AVG", "onder f AVG", "autoriteitpersoonsgegevens.nl"] {
            assert!(text.contains(article), "{article}");
        }
    }
}
