//! The parts of the statement that the register writes: purposes, receivers, periods.

use super::super::article::{facts as table, section, text};
use leptos::prelude::*;
use shop_core::privacy::{Category, Field, Party, Purpose, Retention, Standing};

/// Why which data are used. What is done with data of who works in the shop is told to them, not here.
pub(super) fn purposes() -> AnyView {
    let told = |purpose: &Purpose| purpose.standing() == Standing::Now && *purpose != Purpose::Team;
    let body = Purpose::ALL.into_iter().filter(told).map(|purpose| {
        let basis = purpose.basis();
        let rows = table([
            ("Welke gegevens", kinds(purpose.categories())),
            ("Waarom het mag", [basis.words(), " (", basis.article(), ")"].concat()),
            ("Als je het niet geeft", purpose.without().to_owned()),
        ]);
        part(purpose.title(), vec![text(purpose.words()), rows])
    });
    section("Waarvoor we je gegevens gebruiken", body.collect())
}

/// Who receives what.
pub(super) fn receivers(parties: &[Party]) -> AnyView {
    let mut body: Vec<AnyView> = parties
        .iter()
        .map(|party| {
            let mut rows = vec![
                ("Krijgt", fields(party.fields())),
                ("Wie dat is", [party.legal_name(), "; ", party.role().words()].concat()),
                ("Waar", party.country().to_owned()),
            ];
            rows.extend(party.transfer().map(|transfer| ("Buiten de EER", transfer.to_owned())));
            part(party.title(), vec![text(party.words()), table(rows)])
        })
        .collect();
    body.push(text(
        "We verkopen je gegevens niet en geven ze aan niemand anders, tenzij de wet ons daartoe verplicht.",
    ));
    section("Wie iets van je krijgt", body)
}

/// How long.
pub(super) fn periods() -> AnyView {
    let told = |retention: &Retention| {
        retention.standing() == Standing::Now && !matches!(retention, Retention::Staff | Retention::Audit)
    };
    let rows = Retention::ALL
        .into_iter()
        .filter(told)
        .map(|retention| (retention.title(), [&period(retention), ". ", retention.reason()].concat()));
    section("Hoe lang", vec![table(rows)])
}

/// `7 jaar na het einde van het boekjaar`.
pub(crate) fn period(retention: Retention) -> String {
    match retention {
        Retention::Job | Retention::Staff => retention.starts().to_owned(),
        _ => [&retention.period().words(), " ", retention.starts()].concat(),
    }
}

/// The kinds in one sentence.
pub(crate) fn kinds(categories: &[Category]) -> String {
    joined(categories.iter().map(|category| category.title()))
}

/// The fields in one sentence.
pub(crate) fn fields(fields: &[Field]) -> String {
    joined(fields.iter().map(|field| field.title()))
}

fn joined(words: impl Iterator<Item = &'static str>) -> String {
    words.collect::<Vec<_>>().join("; ")
}

fn part(heading: &'static str, body: Vec<AnyView>) -> AnyView {
    view! {
        <section class="stack stack--s">
            <h3 class="fs-1">{heading}</h3>
            {body}
        </section>
    }
    .into_any()
}
