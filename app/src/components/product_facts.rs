//! What the law and careful parents want to know: composition, origin, maker, washing, sizes, delivery and return.

use super::icon::small_icon;
use super::size_table::size_table;
use crate::api::catalog::ProductFacts;
use crate::routes;
use crate::text;
use leptos::prelude::*;

/// The folding sections under the button.
pub fn product_facts(page: &ProductFacts) -> AnyView {
    view! { <div>{material(page)} {washing(page)} {sizes(page)} {delivery(page)}</div> }.into_any()
}

fn section(id: &'static str, title: &'static str, open: bool, inside: AnyView) -> AnyView {
    view! {
        <details class="vouw" id=id open=open>
            <summary>{title} {small_icon("chevron-down")}</summary>
            <div>{inside}</div>
        </details>
    }
    .into_any()
}

fn fact(name: &'static str, value: &str) -> Option<AnyView> {
    if value.is_empty() {
        return None;
    }
    Some(
        view! {
            <div>
                <dt>{name}</dt>
                <dd>{value.to_owned()}</dd>
            </div>
        }
        .into_any(),
    )
}

/// Composition (EU 1007/2011), certificate only when complete, maker with addresses (EU 2023/988 art. 19).
fn material(page: &ProductFacts) -> AnyView {
    let (name, address, contact) = &page.maker;
    let maker = (!name.is_empty()).then(|| {
        let where_to = if address.is_empty() { name.clone() } else { [name.as_str(), ", ", address].concat() };
        let reach = if contact.contains('@') {
            view! { <a href=["mailto:", contact].concat()>{contact.clone()}</a> }.into_any()
        } else {
            contact.clone().into_any()
        };
        view! {
            <div>
                <dt>"Fabrikant"</dt>
                <dd>{where_to} <br /> {reach}</dd>
            </div>
        }
    });
    let certificate = page.certificate.clone().unwrap_or_default();
    let facts = view! {
        <dl class="feiten feiten--kaal">
            {fact("Samenstelling", &page.fibre)} {fact("Stof", &page.fabric)} {fact("Certificaat", &certificate)}
            {fact("Kleur", &text::capitalised(&page.colour))} {fact("Gemaakt in", &page.origin)} {maker}
        </dl>
    };
    section("stof", "Stof en herkomst", true, facts.into_any())
}

fn washing(page: &ProductFacts) -> Option<AnyView> {
    if page.care.is_empty() {
        return None;
    }
    let rules: Vec<AnyView> = page
        .care
        .iter()
        .map(|rule| {
            view! {
                <li>
                    {small_icon(care_icon(rule))} <span>{rule.clone()}</span>
                </li>
            }
            .into_any()
        })
        .collect();
    Some(section("wassen", "Wassen", true, view! { <ul class="wasgoed">{rules}</ul> }.into_any()))
}

/// The drawing beside a washing rule, by its words; the words carry the meaning.
fn care_icon(rule: &str) -> &'static str {
    let rule = rule.to_ascii_lowercase();
    let says = |word: &str| rule.contains(word);
    if says("niet") || says("geen") {
        "ban"
    } else if says("strijk") {
        "flame"
    } else if says("droog") || says("drogen") || says("droger") || says("hang") {
        "wind"
    } else if says("°") || says("was") {
        "washing-machine"
    } else {
        "info"
    }
}

fn sizes(page: &ProductFacts) -> Option<AnyView> {
    if page.fit.is_empty() && page.size_table.is_empty() {
        return None;
    }
    let fit = (!page.fit.is_empty()).then(|| view! { <p>{page.fit.clone()}</p> });
    let table = (!page.size_table.is_empty()).then(|| size_table(&page.size_table));
    let inside = view! {
        {fit}
        {table}
        <p>
            <a class="link" href=routes::SIZES>
                "De hele maattabel"
            </a>
        </p>
    };
    Some(section("maattabel", "Pasvorm en maattabel", false, inside.into_any()))
}

fn delivery(page: &ProductFacts) -> AnyView {
    let cost =
        [&text::delivery_cost(page.shipping, page.free_from), ". PostNL bezorgt in Nederland en België."].concat();
    let back = if page.return_cost.in_cents() == 0 {
        "Terugsturen is gratis.".to_owned()
    } else {
        ["Terugsturen kost je ", &page.return_cost.to_string(), "."].concat()
    };
    let inside = view! {
        <p>{cost}</p>
        <p>"Je hebt 14 dagen om je te bedenken, vanaf de dag dat je het pakket hebt. " {back}</p>
        <p>
            <a class="link" href=routes::SHIPPING>
                "Alles over bezorgen en terugsturen"
            </a>
        </p>
    };
    section("bezorgen", "Bezorgen en terugsturen", false, inside.into_any())
}
