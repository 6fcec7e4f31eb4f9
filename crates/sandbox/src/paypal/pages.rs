//! The page where a payer approves: what a shopper sees between the shop and the shop. Works without script.

use axum::Router;
use axum::extract::{Form, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use serde::Deserialize;

use super::PayPal;
use super::order::{Order, Outcome};
use crate::clock::wire_time;
use crate::pages::{Width, escape, euros, not_found, page};

/// `/checkoutnow?token=…`, PayPal's own address for it, and the list for a person.
pub(crate) fn router(paypal: PayPal) -> Router {
    Router::new().route("/checkoutnow", get(show).post(choose)).route("/paypal", get(list)).with_state(paypal)
}

#[derive(Deserialize)]
struct Named {
    token: String,
}

/// The button a payer pressed.
#[derive(Deserialize)]
struct Press {
    outcome: Outcome,
}

fn missing() -> Response {
    not_found("Deze PayPal-betaling is er niet")
}

async fn show(State(paypal): State<PayPal>, Query(named): Query<Named>) -> Response {
    paypal.expire_overdue();
    let Some(order) = paypal.order(&named.token) else { return missing() };
    let body = if order.status.awaits_payer() && !order.expired { choices(&order) } else { finished(&paypal, &order) };
    page(StatusCode::OK, "PayPal", Width::Text, &body)
}

async fn choose(State(paypal): State<PayPal>, Query(named): Query<Named>, Form(press): Form<Press>) -> Response {
    paypal.expire_overdue();
    let Some(order) = paypal.order(&named.token) else { return missing() };
    let outcome = match press.outcome {
        Outcome::Pay => what_paying_does(order.amount),
        other => other,
    };
    let Some(settled) = paypal.outcome(&order.id, outcome).await else { return missing() };
    if !settled.changed && !matches!(outcome, Outcome::Cancel | Outcome::Open) {
        return Redirect::to(&paypal.pay_url(&settled.order)).into_response();
    }
    if settled.return_url.is_empty() {
        let body = "<h1>Je hebt dit venster gesloten</h1><p>De winkel ziet je niet terugkomen. Heb je goedgekeurd, dan \
            hoort zij dat van PayPal zelf.</p><p><a href=\"/paypal\">Alle PayPal-betalingen</a></p>";
        return page(StatusCode::OK, "Venster gesloten", Width::Text, body);
    }
    Redirect::to(&settled.return_url).into_response()
}

/// Amounts with certain cents have their own fate, so that a test needs no more than a price.
fn what_paying_does(amount: i64) -> Outcome {
    match amount % 100 {
        1 => Outcome::Decline,
        2 => Outcome::Pending,
        3 => Outcome::Expire,
        _ => Outcome::Pay,
    }
}

fn fate(amount: i64) -> Option<&'static str> {
    match amount % 100 {
        1 => Some("Dit bedrag eindigt op 01: de kaart achter het account wordt geweigerd."),
        2 => Some("Dit bedrag eindigt op 02: het geld blijft dagen onderweg."),
        3 => Some("Dit bedrag eindigt op 03: de betaling verloopt."),
        4 => Some("Dit bedrag eindigt op 04: de berichten aan de winkel raken kwijt."),
        _ => None,
    }
}

fn choices(order: &Order) -> String {
    let declined = if order.funds.is_some() {
        "<p class=\"notice\" role=\"status\">De kaart is geweigerd. Je kunt op een andere manier betalen, of teruggaan naar de winkel.</p>"
    } else {
        ""
    };
    let fate = fate(order.amount).map(|text| format!("<p class=\"notice\">{text}</p>")).unwrap_or_default();
    format!(
        "<h1>PayPal</h1>{declined}{fate}{summary}\
         <form method=\"post\" action=\"/checkoutnow?token={id}\">\
         <button class=\"main\" name=\"outcome\" value=\"pay\">Nu betalen</button>\
         <button name=\"outcome\" value=\"cancel\">Annuleren en terug naar de winkel</button>\
         <button name=\"outcome\" value=\"decline\">Betalen met een kaart die geweigerd wordt</button>\
         <button name=\"outcome\" value=\"pending\">Betalen van de bankrekening (duurt dagen)</button>\
         <button name=\"outcome\" value=\"open\">Venster sluiten zonder te betalen</button>\
         <button name=\"outcome\" value=\"approve\">Goedkeuren en venster sluiten</button>\
         <button name=\"outcome\" value=\"expire\">Laten verlopen</button></form>\
         <p class=\"soft\">Dit is een oefenpagina. Kies hoe de betaling afloopt; de winkel krijgt dezelfde berichten als bij een echte betaling.</p>",
        summary = summary(order),
        id = order.id,
    )
}

fn finished(paypal: &PayPal, order: &Order) -> String {
    let outcome = if order.expired { Outcome::Cancel } else { Outcome::Pay };
    format!(
        "<h1>Hier valt niets meer te kiezen: {status}</h1>{summary}<p><a href=\"{back}\">Terug naar de winkel</a></p>",
        status = order.in_dutch(),
        summary = summary(order),
        back = escape(&paypal.return_url(order, outcome)),
    )
}

fn summary(order: &Order) -> String {
    format!(
        "<div class=\"card\"><p class=\"amount\">{amount}</p><dl><dt>Nummer</dt><dd>{number}</dd>\
         <dt>Omschrijving</dt><dd>{description}</dd></dl></div>",
        amount = euros(order.amount),
        number = escape(order.invoice_id.as_deref().unwrap_or("–")),
        description = escape(order.description.as_deref().unwrap_or("–")),
    )
}

/// `GET /paypal`: the newest order first.
async fn list(State(paypal): State<PayPal>) -> Response {
    let mut rows = String::new();
    for order in paypal.orders().iter().rev() {
        rows.push_str(&format!(
            "<tr><td><a href=\"/checkoutnow?token={id}\">{number}</a></td><td>{time}</td><td>{status}</td><td class=\"number\">{amount}</td></tr>",
            id = order.id,
            number = escape(order.invoice_id.as_deref().unwrap_or(&order.id)),
            time = wire_time(order.created_at),
            status = order.in_dutch(),
            amount = euros(order.amount),
        ));
    }
    let table = if rows.is_empty() {
        "<p>Er is nog niets met PayPal te betalen.</p>".to_owned()
    } else {
        format!(
            "<div class=\"scroll\"><table><thead><tr><th scope=\"col\">Nummer</th><th scope=\"col\">Gemaakt</th>\
             <th scope=\"col\">Stand</th><th scope=\"col\" class=\"number\">Bedrag</th></tr></thead><tbody>{rows}</tbody></table></div>"
        )
    };
    let body = format!("<p><a href=\"/\">Sandbox</a></p><h1>PayPal</h1>{table}");
    page(StatusCode::OK, "PayPal", Width::Table, &body)
}
