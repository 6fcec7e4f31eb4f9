//! Cookies and storage: the inventory as a table (Tw art. 11.7a, legal.md CK11).

use super::super::article::{article, section, text, text_with_link};
use crate::routes;
use leptos::prelude::*;
use shop_core::privacy::{DeviceItem, Kept, device, version};

/// The page.
pub fn cookies() -> AnyView {
    let body = vec![
        section(
            "Wat er op je apparaat komt",
            vec![
                text(
                    "Wie alleen rondkijkt, krijgt niets. Pas als je iets doet dat we moeten onthouden, zetten we wat daarvoor nodig is.",
                ),
                inventory(),
            ],
        ),
        section("Andere opslag", vec![text(storage())]),
        section("Toestemming", vec![text(consent())]),
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

fn inventory() -> AnyView {
    let rows = device::today()
        .filter(|item| item.kept != Kept::Storage)
        .map(|item| {
            view! {
                <tr>
                    <th scope="row">{item.full_name()}</th>
                    <td>{item.words}</td>
                    <td>{item.how_long}</td>
                    <td>{need(&item)}</td>
                    <td>{[item.party, ", ", item.kept.words()].concat()}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="tabel-om" tabindex="0" role="region" aria-label="Cookies">
            <table class="tabel tabel--breed">
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

fn storage() -> &'static str {
    if device::today().any(|item| item.kept == Kept::Storage) {
        "Wat de winkel in de opslag van je browser zet, staat in de lijst hierboven."
    } else {
        "In de opslag van je browser zetten we niets. Er zijn geen meetpunten in onze mails en geen scripts van andere bedrijven."
    }
}

fn consent() -> &'static str {
    if device::today().any(|item| item.consent.is_some()) {
        "Waar toestemming bij staat, gebeurt niets voordat je ja zegt. Nee zeggen heeft geen nadeel, en een ja trek je altijd weer in."
    } else {
        "Voor wat nodig is om te doen wat je vraagt, hoeft geen toestemming. Iets anders is er nu niet, dus vragen we je ook niets."
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cookie_of_today_stands_in_the_table_with_its_name_and_length() {
        let html = cookies().to_html();

        for item in device::today() {
            assert!(html.contains(&item.full_name()) && html.contains(item.how_long), "{}", item.name);
        }
        assert_eq!(html.matches("<tr").count(), 1 + device::today().count());
    }
}
