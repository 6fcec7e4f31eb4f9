//! All that the shop holds of her: what, where it came from, for what, until when, and who received it (AVG art. 15). What she is called can
//! be put right here (art. 16); the files take it along (art. 20).

use super::{file, frame, labels};
use crate::api::my_data::{ContactDetails, SaveContact};
use crate::api::words::Words;
use crate::api::{ApiError, shop, views};
use crate::components::error_summary::{ErrorSummary, form_title};
use crate::components::field::{Mistakes, TextField};
use crate::components::icon::Icon;
use crate::components::send_button::SendButton;
use crate::pages::content::privacy::parts::period;
use crate::routes;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use shop_core::checkout::Field;
use shop_core::privacy::Party;
use shop_flows::my_data::MyData;
use shop_flows::ports::{Clock, HeldRow, HeldTable, LeftOut};
use std::collections::BTreeSet;

const TITLE: &str = "Mijn gegevens";

/// The page.
pub async fn words() -> Result<Words, ApiError> {
    let (data, form) = views::my_data().await?;
    Ok(page(&*shop()?.clock, data, form))
}

fn page(clock: &dyn Clock, data: MyData, form: ContactDetails) -> Words {
    let title = form_title(TITLE, &form.errors);
    let groups = data.held.iter().map(|held| group(clock, held)).collect_view();
    let body = view! {
        <div class="stack stack--s">
            <h1 class="fs-4" tabindex="-1">{TITLE}</h1>
            <p class="groot grijs">"Dit is alles wat we nu van je bewaren, ook van bestellingen die je plaatste zonder in te loggen."</p>
        </div>
        <section class="paneel paneel--haver">
            <h2 class="fs-2">"Meenemen"</h2>
            <p>"Hetzelfde als op deze pagina, en de kenmerken die alleen een computer iets zeggen."</p>
            <ul class="stack gap-2">
                <li><a class="link" href=routes::ACCOUNT_DATA_CSV rel="external" download>"Lijst voor een rekenprogramma (CSV)"</a></li>
                <li><a class="link" href=routes::ACCOUNT_DATA_JSON rel="external" download>"Bestand voor andere programma's (JSON)"</a></li>
            </ul>
        </section>
        {contact(form)}
        {groups}
        {receivers()}
        {left_out(&data.left_out)}
        <section class="paneel">
            <h2 class="fs-2">"Wissen en andere rechten"</h2>
            <p>"Je kunt alles laten wissen wat we niet hoeven te bewaren. Je ziet eerst wat er weggaat en wat blijft."</p>
            <p><a class="link" href=routes::ACCOUNT_ERASE>"Bekijk wat er gewist wordt"</a></p>
            <p>
                "Bezwaar maken of iets laten beperken, en klagen bij de Autoriteit Persoonsgegevens: hoe dat gaat, staat in de "
                <a href=routes::PRIVACY rel="external">"privacyverklaring"</a> ". Geen computer neemt hier een besluit over je."
            </p>
        </section>
    }
    .into_any();
    frame(title, routes::ACCOUNT_DATA, body)
}

fn contact(form: ContactDetails) -> AnyView {
    let ContactDetails { given_name, family_name, phone, errors, saved } = form;
    let mistakes = Mistakes::new(&errors);
    let done = saved.then(|| view! { <p role="status">"Bewaard."</p> });
    view! {
        <section class="paneel">
            <h2 class="fs-2">"Verbeteren"</h2>
            {done}
            <ErrorSummary errors />
            <form method="post" action=SaveContact::PATH class="stack" novalidate data-eenmaal>
                <TextField field=Field::GivenName label="Voornaam" value=given_name mistakes autocomplete="given-name" />
                <TextField field=Field::FamilyName label="Achternaam" value=family_name mistakes autocomplete="family-name" />
                <TextField
                    field=Field::Phone
                    label="Telefoon (mag leeg blijven)"
                    value=phone
                    mistakes
                    kind="tel"
                    autocomplete="tel"
                    help="Alleen voor vragen over de bezorging."
                />
                <div><SendButton label="Bewaar" /></div>
            </form>
            <p>
                "Adressen verbeter je bij " <a class="link" href=routes::ACCOUNT_ADDRESSES>"Adressen"</a>
                ". Wat bij een bestelling hoort, verandert niet meer: dat is wat we toen afspraken. Klopt daar iets niet, of is je e-mailadres veranderd, "
                <a class="link" href=routes::CONTACT rel="external">"schrijf ons dan"</a> "."
            </p>
        </section>
    }
    .into_any()
}

fn group(clock: &dyn Clock, held: &HeldTable) -> AnyView {
    let (title, source) = labels::table(held);
    let what_for: Vec<String> = file::purposes(held)
        .into_iter()
        .map(|purpose| [purpose.title(), ": ", purpose.basis().words(), " (", purpose.basis().article(), ")"].concat())
        .collect();
    let kept: Vec<String> = file::retentions(held).into_iter().map(period).collect();
    let count = held.rows.len();
    let show = if count == 1 { "Bekijk wat er staat".to_owned() } else { format!("Bekijk alle {count}") };
    let rows = held.rows.iter().map(|row| card(clock, held, row)).collect_view();
    view! {
        <section class="paneel">
            <h2 class="fs-2">{title}</h2>
            {facts(vec![
                ("Waarvoor".to_owned(), what_for.join("; ")),
                ("Waar het vandaan komt".to_owned(), source.to_owned()),
                ("Hoe lang".to_owned(), kept.join("; ")),
            ])}
            <details class="vouw">
                <summary>
                    {show}
                    <span class="weg">{format!(" bij {title}")}</span>
                    <Icon name="chevron-down" small=true />
                </summary>
                <div class="stack">{rows}</div>
            </details>
        </section>
    }
    .into_any()
}

fn card(clock: &dyn Clock, held: &HeldTable, row: &HeldRow) -> AnyView {
    let mut lines: Vec<(String, String)> = Vec::new();
    if held.table != "orders" {
        lines.extend(row.order.iter().map(|order| ("Bestelling".to_owned(), order.clone())));
    }
    for (column, value) in held.columns.iter().zip(&row.values) {
        let Some(value) = value.as_deref().filter(|value| !value.is_empty()) else { continue };
        if labels::is_json(column.name) {
            let told = labels::leaves(value).into_iter().filter_map(|(path, value)| {
                let name = labels::leaf(&path)?;
                (!value.is_empty()).then(|| (name.to_owned(), labels::leaf_value(&path, &value)))
            });
            lines.extend(told);
        } else {
            lines.push((labels::column(column), labels::value(clock, held.table, column.name, value)));
        }
    }
    facts(lines)
}

fn facts(rows: Vec<(String, String)>) -> AnyView {
    let rows = rows
        .into_iter()
        .map(|(term, fact)| view! { <div><dt>{term}</dt><dd class="breek">{fact}</dd></div> })
        .collect_view();
    view! { <dl class="feiten">{rows}</dl> }.into_any()
}

/// Who keeps the disk and carries the mail receives something of everybody; the others stand in the list of what she was told about.
fn receivers() -> AnyView {
    let always =
        [Party::Hosting, Party::Mail].map(|party| view! { <li>{[party.title(), ": ", party.words()].concat()}</li> });
    view! {
        <section class="paneel">
            <h2 class="fs-2">"Wie er nog meer bij kan"</h2>
            <p>"Wat we bij een bestelling doorgaven, staat hierboven bij “Wie wat van je kreeg”. Daarnaast werken voor ons:"</p>
            <ul class="stack gap-2">{always.into_iter().collect_view()}</ul>
        </section>
    }
    .into_any()
}

fn left_out(left_out: &[LeftOut]) -> AnyView {
    let why: BTreeSet<&str> = left_out.iter().map(|left| left.why).collect();
    let why = why.into_iter().map(|why| view! { <li>{why}</li> }).collect_view();
    view! {
        <section class="paneel">
            <h2 class="fs-2">"Wat er niet bij staat, en waarom"</h2>
            <details class="vouw">
                <summary>
                    "Bekijk de redenen"
                    <Icon name="chevron-down" small=true />
                </summary>
                <div>
                    <ul class="stack gap-2">{why}</ul>
                </div>
            </details>
        </section>
    }
    .into_any()
}
