//! The hosted payment page: what a shopper sees between the shop and the shop. Works without script.

use axum::Router;
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use serde::Deserialize;

use super::Rabo;
use super::order::{Order, Outcome};
use crate::pages::{Width, escape, euros, not_found, page};

/// `/pay/{omnikassaOrderId}`.
pub(crate) fn router(rabo: Rabo) -> Router {
    Router::new().route("/pay/{id}", get(show).post(choose)).with_state(rabo)
}

/// The button a shopper pressed.
#[derive(Deserialize)]
struct Press {
    outcome: Outcome,
}

async fn show(State(rabo): State<Rabo>, Path(id): Path<String>) -> Response {
    let Some(order) = rabo.order(&id) else {
        return not_found("Deze betaling is er niet");
    };
    let body = if order.status.is_final() { finished(&rabo, &order) } else { choices(&order) };
    page(StatusCode::OK, "Betalen", Width::Text, &body)
}

async fn choose(State(rabo): State<Rabo>, Path(id): Path<String>, Form(press): Form<Press>) -> Response {
    let Some(order) = rabo.order(&id) else {
        return not_found("Deze betaling is er niet");
    };
    let outcome = match press.outcome {
        Outcome::Pay => what_paying_does(order.amount),
        // Who is refused on the page may try again there.
        Outcome::Fail => Outcome::Decline,
        other => other,
    };
    let Some(settled) = rabo.outcome(&order.id.to_string(), outcome).await else {
        return not_found("Deze betaling is er niet");
    };
    if matches!(outcome, Outcome::Decline | Outcome::Abandon) && !settled.order.status.is_final() {
        return Redirect::to(&format!("/pay/{}", order.id)).into_response();
    }
    Redirect::to(&settled.return_url).into_response()
}

/// Amounts with certain cents have their own fate, so that a test needs no more than a price.
fn what_paying_does(amount: i64) -> Outcome {
    match amount % 100 {
        1 => Outcome::Decline,
        2 => Outcome::Open,
        3 => Outcome::Expire,
        _ => Outcome::Pay,
    }
}

fn fate(amount: i64) -> Option<&'static str> {
    match amount % 100 {
        1 => Some("Dit bedrag eindigt op 01: de bank weigert de betaling."),
        2 => Some("Dit bedrag eindigt op 02: de betaling blijft open staan."),
        3 => Some("Dit bedrag eindigt op 03: de betaling verloopt."),
        4 => Some("Dit bedrag eindigt op 04: het bericht aan de winkel raakt kwijt."),
        _ => None,
    }
}

fn choices(order: &Order) -> String {
    let declined = if order.was_declined() {
        "<p class=\"notice\" role=\"status\">De bank heeft de betaling geweigerd. Je kunt het nog eens proberen, of teruggaan naar de winkel.</p>"
    } else {
        ""
    };
    let fate = fate(order.amount).map(|text| format!("<p class=\"notice\">{text}</p>")).unwrap_or_default();
    format!(
        "<h1>Betalen</h1>{declined}{fate}{summary}\
         <form method=\"post\" action=\"/pay/{id}\">\
         <button class=\"main\" name=\"outcome\" value=\"pay\">Betalen</button>\
         <button name=\"outcome\" value=\"cancel\">Annuleren</button>\
         <button name=\"outcome\" value=\"fail\">Laten mislukken</button>\
         <button name=\"outcome\" value=\"open\">Open laten</button>\
         <button name=\"outcome\" value=\"expire\">Laten verlopen</button></form>\
         <p class=\"soft\">Dit is een oefenpagina. Kies hoe de betaling afloopt; de winkel krijgt hetzelfde bericht als bij een echte betaling.</p>",
        summary = summary(order),
        id = order.id,
    )
}

fn finished(rabo: &Rabo, order: &Order) -> String {
    format!(
        "<h1>Deze betaling is klaar: {status}</h1>{summary}<p><a href=\"{back}\">Terug naar de winkel</a></p>",
        status = order.status.in_dutch(),
        summary = summary(order),
        back = escape(&rabo.return_url(order)),
    )
}

fn summary(order: &Order) -> String {
    format!(
        "<div class=\"card\"><p class=\"amount\">{amount}</p><dl><dt>Bestelling</dt><dd>{number}</dd>\
         <dt>Omschrijving</dt><dd>{description}</dd><dt>Betaalwijze</dt><dd>{brand}</dd></dl></div>",
        amount = euros(order.amount),
        number = escape(&order.merchant_order_id),
        description = escape(order.description.as_deref().unwrap_or("–")),
        brand = in_dutch(order.payment_brand.as_deref()),
    )
}

fn in_dutch(brand: Option<&str>) -> &str {
    match brand {
        None => "vrije keuze",
        Some("IDEAL") => "iDEAL",
        Some("PAYPAL") => "PayPal",
        Some("CARDS") => "creditcard",
        Some("MASTERCARD") => "Mastercard",
        Some("VISA") => "Visa",
        Some("BANCONTACT") => "Bancontact",
        Some(other) => other,
    }
}
