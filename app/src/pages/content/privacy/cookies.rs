//! Cookies and storage: the inventory as a table (Tw art. 11.7a, legal.md CK11), with what other companies set once somebody said yes,
//! in a shop that asks.

use super::super::article::{article, section, text, text_with_link};
use crate::routes;
use leptos::prelude::*;
use shop_core::privacy::{ConsentPurpose, DeviceItem, Kept, Standing, device, version};

/// The page of a shop that asks for a yes to these.
pub fn cookies(asked: &[ConsentPurpose]) -> AnyView {
    let body = vec![
        section(
            "Wat er op je apparaat komt",
            vec![
                text(
                    "Wie alleen rondkijkt, krijgt niets. Pas als je iets doet dat we moeten onthouden, zetten we wat daarvoor nodig is.",
                ),
                inventory(asked),
            ],
        ),
        section("Andere opslag", vec![text(storage(asked))]),
        section("Toestemming", consent(asked)),
        section(
            "Zelf wissen",
            vec![
                text(
                    "In je browser kun je cookies altijd bekijken en wissen. Daarna is je tas leeg en log je opnieuw in; verder verandert er niets.",
                ),
                text_with_link("Wat we met je gegevens doen, staat in de", routes::PRIVACY, "privacyverklaring"),
            ],
        ),
    ];
    let lead = ["Versie van ", &version::current().day.long(), ". Dit is de hele lijst."].concat();
    article("Cookies", &lead, body)
}

/// What can be on a device: what is needed, and what comes with a yes.
fn items(asked: &[ConsentPurpose]) -> impl Iterator<Item = DeviceItem> + '_ {
    device::INVENTORY
        .into_iter()
        .filter(|item| item.consent.map_or(item.standing == Standing::Now, |purpose| asked.contains(&purpose)))
}

fn inventory(asked: &[ConsentPurpose]) -> AnyView {
    let rows = items(asked)
        .filter(|item| item.kept != Kept::Storage)
        .map(|item| {
            view! {
                <tr>
                    <th scope="row">{item.full_name()}</th>
                    <td class="breed">{item.words}</td>
                    <td class="breed" data-kop="Hoe lang">{item.how_long}</td>
                    <td class="breed" data-kop="Toestemming">{need(&item)}</td>
                    <td class="breed" data-kop="Van wie">{[item.party, ", ", item.kept.words()].concat()}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="tabel-om" tabindex="0" role="region" aria-label="Cookies">
            <table class="tabel tabel--stapel">
                <thead>
                    <tr>
                        <th scope="col">"Naam"</th>
                        <th scope="col">"Waarvoor"</th>
                        <th scope="col">"Hoe lang"</th>
                        <th scope="col">"Toestemming"</th>
                        <th scope="col">"Van wie"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn need(item: &DeviceItem) -> String {
    match item.consent {
        None => "niet nodig".to_owned(),
        Some(consent) => ["alleen met jouw ja op: ", consent.purpose().title()].concat(),
    }
}

fn storage(asked: &[ConsentPurpose]) -> &'static str {
    if items(asked).any(|item| item.kept == Kept::Storage) {
        "Wat de winkel in de opslag van je browser zet, staat in de lijst hierboven."
    } else if asked.is_empty() {
        "In de opslag van je browser zetten we niets. Er zijn geen meetpunten in onze mails en geen scripts van andere bedrijven."
    } else {
        "In de opslag van je browser zetten we niets, en er zijn geen meetpunten in onze mails. Scripts van andere bedrijven laden we alleen als je ja zegt."
    }
}

fn consent(asked: &[ConsentPurpose]) -> Vec<AnyView> {
    if asked.is_empty() {
        return vec![text(
            "Voor wat nodig is om te doen wat je vraagt, hoeft geen toestemming. Iets anders is er nu niet, dus vragen we je ook niets.",
        )];
    }
    vec![
        text(
            "Waar toestemming bij staat, gebeurt niets voordat je ja zegt. Nee zeggen heeft geen nadeel, en een ja trek je altijd weer in.",
        ),
        text_with_link("Kiezen en wijzigen doe je bij", routes::COOKIE_SETTINGS, "cookie-instellingen"),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cookie_of_today_stands_in_the_table_with_its_name_and_length() {
        let html = cookies(&[]).to_html();

        for item in device::today() {
            assert!(html.contains(&item.full_name()) && html.contains(item.how_long), "{}", item.name);
        }
        assert_eq!(html.matches("<tr").count(), 1 + device::today().count());
        assert!(html.contains("geen scripts van andere bedrijven") && !html.contains("_ga"), "{html}");
    }

    #[test]
    fn a_shop_that_asks_lists_what_comes_with_a_yes_and_does_not_say_that_nothing_does() {
        let html = cookies(&[ConsentPurpose::Statistics]).to_html();

        let of_google =
            device::INVENTORY.iter().filter(|item| item.consent == Some(ConsentPurpose::Statistics)).count();
        assert_eq!(html.matches("<tr").count(), 1 + device::today().count() + of_google);
        assert!(html.contains("_ga") && html.contains("alleen met jouw ja op"), "{html}");
        assert!(
            !html.contains("geen scripts van andere bedrijven") && !html.contains("vragen we je ook niets"),
            "{html}"
        );
        assert!(html.contains(routes::COOKIE_SETTINGS), "{html}");
    }
}
