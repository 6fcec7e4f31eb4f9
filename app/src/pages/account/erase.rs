//! Erasure: first what goes, what stays and why, and what must be finished before; then a mailed code, and a tick that she is sure. Looking at
//! the page changes nothing.

use super::{frame, labels};
use crate::api::my_data::{AskErasure, EraseMe, ErasureForm};
use crate::api::words::Words;
use crate::api::{ApiError, views};
use crate::components::error_summary::{ErrorSummary, form_title};
use crate::components::field::{Mistakes, TextField};
use crate::components::send_button::SendButton;
use crate::routes;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use shop_core::checkout::Field;
use shop_flows::my_data::{Preview, Stays, Waits};

const TITLE: &str = "Mijn gegevens wissen";

/// The page.
pub async fn words() -> Result<Words, ApiError> {
    let (preview, form) = views::erasure_page().await?;
    Ok(page(preview, form))
}

fn page(preview: Preview, form: ErasureForm) -> Words {
    let Preview { email, held, stays, waits } = preview;
    let of_orders = |table: &str| {
        matches!(table, "orders" | "order_lines" | "order_events" | "discount_uses" | "attempts" | "refunds")
    };
    let goes = held
        .iter()
        .filter(|held| !of_orders(held.table))
        .map(|held| view! { <li>{labels::table(held).0}</li> })
        .collect_view();
    let next = if waits.is_empty() { confirm(email.as_str().to_owned(), form.clone()) } else { wait(waits) };
    let from_orders = (!stays.is_empty())
        .then(|| view! { <li>"Van je bestellingen: e-mailadres, telefoon, bezorgadres, pakketcode en naam"</li> });
    let body = view! {
        <div class="stack stack--s">
            <h1 class="fs-4" tabindex="-1">{TITLE}</h1>
            <p class="groot grijs">"Eerst zie je wat er gebeurt. Er verandert pas iets als je het hieronder bevestigt."</p>
        </div>
        <section class="paneel">
            <h2 class="fs-2">"Dit gaat meteen weg"</h2>
            <ul class="stack gap-2">
                {goes}
                {from_orders}
                <li>"Wat in formulieren was blijven staan, en mails die nog niet weg waren"</li>
            </ul>
        </section>
        {stay(&stays)}
        {next}
        <p><a class="link" href=routes::ACCOUNT_DATA>"Terug naar mijn gegevens"</a></p>
    }
    .into_any();
    frame(form_title(TITLE, &form.errors), routes::ACCOUNT_DATA, body)
}

/// What the books keep; also told after the erasure.
pub fn stay(stays: &[Stays]) -> AnyView {
    if stays.is_empty() {
        return view! {
            <section class="paneel">
                <h2 class="fs-2">"Er blijft niets"</h2>
                <p>"Je hebt niets besteld, dus er is niets dat we moeten bewaren. Alleen een onherkenbaar kenmerk blijft, zodat we je ook wissen uit een reservekopie die wordt teruggezet."</p>
            </section>
        }
        .into_any();
    }
    let orders = stays
        .iter()
        .map(|order| {
            let named = if order.named { ", met naam en adres van de factuur" } else { "" };
            view! { <li>{["Bestelling ", order.number.as_str(), ": tot en met ", &order.until.long(), named].concat()}</li> }
        })
        .collect_view();
    view! {
        <section class="paneel">
            <h2 class="fs-2">"Dit moeten we bewaren"</h2>
            <p>"De belastingwet (art. 52 lid 4 AWR) vraagt zeven jaar lang het nummer, de datums, de artikelen, de bedragen, de btw en de betaalwijze. Het land blijft erbij, omdat de btw daarvan afhangt. Waar geen factuur van ons bij is, is niet meer te zien van wie de bestelling was."</p>
            <ul class="stack gap-2">{orders}</ul>
            <p>"Ook blijft een onherkenbaar kenmerk, zodat we je ook wissen uit een reservekopie die wordt teruggezet."</p>
        </section>
    }
    .into_any()
}

fn wait(waits: Vec<Waits>) -> AnyView {
    let reasons = waits.into_iter().map(|wait| view! { <li>{reason(&wait)}</li> }).collect_view();
    view! {
        <section class="paneel" role="status">
            <h2 class="fs-2">"Nu kan het nog niet"</h2>
            <p>"Dit loopt nog. Zonder je gegevens kunnen we het niet afmaken (art. 17 lid 3 onder b en e AVG). Daarna kun je hier terugkomen."</p>
            <ul class="stack gap-2">{reasons}</ul>
            <p>
                "Kan dat niet wachten? "
                <a class="link" href=routes::CONTACT rel="external">"Schrijf ons"</a>
            </p>
        </section>
    }
    .into_any()
}

fn reason(wait: &Waits) -> String {
    match wait {
        Waits::Order { number, from: Some(day), .. } => {
            format!("Bestelling {number} is onderweg, of je kunt haar nog terugsturen. Vanaf {} kan het.", day.long())
        }
        Waits::Order { number, state: "awaiting_payment", .. } => {
            format!("Bestelling {number} wacht op betaling. Betaal of annuleer haar, of wacht tot ze vervalt.")
        }
        Waits::Order { number, .. } => {
            format!("Bestelling {number} wordt ingepakt. Een maand nadat ze is verstuurd, kan het.")
        }
        Waits::Refund { number } => {
            format!("Van bestelling {number} krijg je nog geld terug. Als dat binnen is, kan het.")
        }
        Waits::Invoice { number } => format!("De factuur van bestelling {number} is nog niet betaald."),
        Waits::Withdrawal { number: Some(number) } => {
            format!("Je herroeping van bestelling {number} is nog niet afgehandeld.")
        }
        Waits::Withdrawal { number: None } => "Een herroeping van je is nog niet afgehandeld.".to_owned(),
    }
}

fn confirm(email: String, form: ErasureForm) -> AnyView {
    let ErasureForm { sent, errors, unsure } = form;
    let mistakes = Mistakes::new(&errors);
    let ask = |label: &'static str, class: &'static str| {
        view! {
            <form method="post" action=AskErasure::PATH data-eenmaal>
                <SendButton label busy="We sturen je een code…" class />
            </form>
        }
    };
    if !sent {
        return view! {
            <section class="paneel">
                <h2 class="fs-2">"Bevestigen"</h2>
                <ErrorSummary errors=errors />
                <p>"We mailen een code naar " <strong class="breek">{email}</strong> ". Daarmee weten we dat jij het bent."</p>
                {ask("Mail mij een code", "btn")}
            </section>
        }
        .into_any();
    }
    let unsure = unsure.then(|| view! { <p class="fout" id="zeker-fout">"Kruis aan dat je het zeker weet."</p> });
    let described = unsure.is_some().then_some("zeker-fout");
    view! {
        <section class="paneel">
            <h2 class="fs-2">"Bevestigen"</h2>
            <p>"Er staan zes cijfers in je mailbox, bij " <strong class="breek">{email}</strong> "."</p>
            <ErrorSummary errors />
            <form method="post" action=EraseMe::PATH class="stack" novalidate data-eenmaal>
                <TextField
                    field=Field::Code
                    label="Code van zes cijfers"
                    value=String::new()
                    mistakes
                    autocomplete="one-time-code"
                    inputmode="numeric"
                    help="Niets gekregen? Kijk ook bij ongewenste mail."
                />
                <div class="stack gap-1">
                    <label class="keus" for="sure">
                        <input type="checkbox" id="sure" name="sure" value="ja" aria-invalid=described.map(|_| "true") aria-describedby=described />
                        <span>"Ik weet het zeker. Dit kan niet ongedaan gemaakt worden."</span>
                    </label>
                    {unsure}
                </div>
                <div><SendButton label="Wis mijn gegevens" /></div>
            </form>
            {ask("Stuur een nieuwe code", "link")}
        </section>
    }
    .into_any()
}
