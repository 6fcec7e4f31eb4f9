//! The record of processing that the owner must be able to show (AVG art. 30(1)): a page, and a file for a spreadsheet. Both come from the register that
//! the shop works with, so they cannot say something else.

use super::layout::{Frame, Place, desk};
use super::paths;
use super::privacy::tabs;
use crate::pages::content::privacy::parties_of;
use crate::pages::content::privacy::parts::{fields, kinds, period};
use leptos::prelude::*;
use shop_core::payment::Method;
use shop_core::privacy::retention::EndedBy;
use shop_core::privacy::{Party, Purpose, Retention, Standing, version};
use shop_core::shop::Identity;

/// Art. 30(1)(g): what keeps the data safe, in general.
const SAFE: &str = "Versleutelde verbinding, inloggen met twee stappen, sessies en codes alleen als kenmerk dat niet terug te lezen is, grenzen aan pogingen, een logboek van wijzigingen, logregels zonder persoonsgegevens";
const HEAD: [&str; 8] =
    ["Doel", "Grondslag", "Wat we doen", "Van wie", "Gegevens", "Ontvangers", "Buiten de EER", "Bewaren"];

/// The page.
pub fn page(frame: Frame, shop: &Identity, methods: &[Method]) -> String {
    let purposes = rows(methods)
        .into_iter()
        .map(|row| {
            let cells = HEAD
                .into_iter()
                .zip(row)
                .skip(1)
                .map(|(name, cell)| view! { <div><dt>{name}</dt><dd>{cell}</dd></div> });
            cells.collect_view()
        })
        .zip(told())
        .map(|(cells, purpose)| {
            view! {
                <section class="paneel stack stack--s">
                    <h2>{purpose.title()}</h2>
                    <dl class="feiten">{cells}</dl>
                </section>
            }
        })
        .collect_view();
    let by_hand = Retention::ALL
        .into_iter()
        .filter(|retention| retention.standing() == Standing::Now && retention.ended_by() == EndedBy::Owner)
        .map(|retention| {
            view! {
                <li>
                    <strong>{retention.title()}</strong>
                    {[": ", &period(retention)].concat()}
                </li>
            }
        })
        .collect::<Vec<_>>();
    let by_hand = (!by_hand.is_empty()).then(|| {
        view! {
            <section class="paneel stack stack--s">
                <h2>"Zelf te wissen"</h2>
                <p>"Hiervoor heeft de winkel nog geen taak. Wis het met de hand als de termijn om is."</p>
                <ul class="stack gap-2">{by_hand}</ul>
            </section>
        }
    });
    let receivers = parties_of(methods)
        .into_iter()
        .map(|party| {
            let what = [
                party.legal_name(),
                ", ",
                party.country(),
                "; ",
                party.role().words(),
                ". Krijgt: ",
                &fields(party.fields()),
                ".",
            ]
            .concat();
            view! { <div><dt>{party.title()}</dt><dd>{what}</dd></div> }
        })
        .collect_view();
    let body = view! {
        <h1>"Register van verwerkingen"</h1>
        {tabs(paths::REGISTER)}
        <p class="grijs">
            {["Artikel 30 AVG. Versie van ", &version::current().day.long(), ". Gemaakt uit wat de winkel doet."].concat()}
        </p>
        <p>
            <a class="btn btn--rustig" href=paths::REGISTER_FILE>
                "Bewaar als bestand"
            </a>
        </p>
        <section class="paneel stack stack--s">
            <h2>"Verantwoordelijke"</h2>
            <p>{controller(shop)}</p>
            <p>{[SAFE, "."].concat()}</p>
        </section>
        {purposes}
        <section class="paneel stack stack--s">
            <h2>"Ontvangers"</h2>
            <dl class="feiten">{receivers}</dl>
        </section>
        {by_hand}
    };
    desk(frame, Place::Privacy, "Register van verwerkingen", body.into_any())
}

/// The file: one line per purpose, for a spreadsheet.
pub fn file(shop: &Identity, methods: &[Method]) -> String {
    // The mark tells spreadsheets that this is UTF-8.
    let mut out = "\u{feff}".to_owned();
    line(&mut out, &["Verantwoordelijke".to_owned(), controller(shop)]);
    line(&mut out, &["Versie".to_owned(), version::current().day.iso()]);
    line(&mut out, &["Beveiliging".to_owned(), SAFE.to_owned()]);
    line(&mut out, &HEAD.map(str::to_owned));
    for row in rows(methods) {
        line(&mut out, &row);
    }
    out
}

fn line(out: &mut String, cells: &[String]) {
    let cells: Vec<String> = cells.iter().map(|cell| ["\"", &cell.replace('"', "\"\""), "\""].concat()).collect();
    out.push_str(&cells.join(";"));
    out.push_str("\r\n");
}

fn controller(shop: &Identity) -> String {
    [
        &shop.name,
        ", ",
        &shop.street,
        ", ",
        &shop.postal_code,
        " ",
        &shop.city,
        ", KvK ",
        &shop.kvk,
        ", ",
        &shop.email,
        ", ",
        &shop.phone,
        ". Contact over privacy: ",
        &shop.privacy_contact,
    ]
    .map(|part: &str| part)
    .concat()
}

fn told() -> impl Iterator<Item = Purpose> {
    Purpose::ALL.into_iter().filter(|purpose| purpose.standing() == Standing::Now)
}

fn rows(methods: &[Method]) -> Vec<[String; 8]> {
    let parties = parties_of(methods);
    told()
        .map(|purpose| {
            // Whoever keeps the disk and carries the mail is there for every purpose.
            let receives = |party: &&Party| party.purpose() == purpose || matches!(party, Party::Hosting | Party::Mail);
            let receivers: Vec<&Party> = parties.iter().filter(receives).collect();
            let outside: Vec<&str> = receivers.iter().filter_map(|party| party.transfer()).collect();
            let kept = purpose.retentions().iter().filter(|retention| retention.standing() == Standing::Now);
            let kept: Vec<String> =
                kept.map(|retention| [retention.title(), ": ", &period(*retention)].concat()).collect();
            [
                purpose.title().to_owned(),
                [purpose.basis().article(), ", ", purpose.basis().words()].concat(),
                purpose.words().to_owned(),
                purpose.people().to_owned(),
                kinds(purpose.categories()),
                receivers
                    .iter()
                    .map(|party| [party.title(), " (", party.country(), ")"].concat())
                    .collect::<Vec<_>>()
                    .join("; "),
                if outside.is_empty() { "nee".to_owned() } else { outside.join("; ") },
                kept.join("; "),
            ]
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_has_a_line_for_every_purpose_of_today_and_quotes_what_stands_in_it() {
        let file = file(&Identity::default(), &[Method::Ideal]);

        let lines: Vec<&str> = file.trim_start_matches('\u{feff}').lines().collect();
        assert_eq!(lines.len(), 4 + told().count());
        assert!(lines.iter().skip(3).all(|line| line.matches("\";\"").count() == 7), "{file}");
        assert!(lines[0].contains("KvK 72829737"));
        assert!(file.contains("Rabobank (OmniKassa) (Nederland)") && !file.contains("Klarna"));
    }

    #[test]
    fn quotes_inside_a_cell_are_doubled() {
        let mut out = String::new();

        line(&mut out, &["zo \"heet\" het; echt".to_owned(), String::new()]);

        assert_eq!(out, "\"zo \"\"heet\"\" het; echt\";\"\"\r\n");
    }
}
