//! The hosted payment page and the list of what Klarna knows. Works without script.

use axum::Router;
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use serde::Deserialize;

use super::fields::Object;
use super::session::Page;
use super::shopper::{is_good_code, is_new_user, what_approving_does};
use super::{Klarna, Outcome, purchase};
use crate::clock::wire_time;
use crate::pages::{Width, escape, euros, not_found, page};

/// `/klarna` and `/klarna/pay/{session}`.
pub(crate) fn router(klarna: Klarna) -> Router {
    Router::new().route("/klarna", get(list)).route("/klarna/pay/{session}", get(show).post(choose)).with_state(klarna)
}

/// The button a shopper pressed.
#[derive(Deserialize)]
struct Press {
    outcome: Outcome,
    #[serde(default)]
    code: String,
}

async fn show(State(klarna): State<Klarna>, Path(id): Path<String>) -> Response {
    klarna.expire_overdue().await;
    let Some(hosted) = klarna.hosted_page(&id) else { return not_found("Deze betaling is er niet") };
    if hosted.status.is_final() {
        return finished(&hosted);
    }
    klarna.looked_at(hosted.session_id).await;
    choices(&hosted, &klarna.purchase_of(&hosted), "")
}

async fn choose(State(klarna): State<Klarna>, Path(id): Path<String>, Form(press): Form<Press>) -> Response {
    klarna.expire_overdue().await;
    let Some(hosted) = klarna.hosted_page(&id) else { return not_found("Deze betaling is er niet") };
    let bought = klarna.purchase_of(&hosted);
    if press.outcome == Outcome::Approve && is_new_user(&bought) && !is_good_code(&press.code) {
        return choices(&hosted, &bought, "Deze code klopt niet. Vul zes cijfers in; 999999 is altijd fout.");
    }
    let outcome = if press.outcome == Outcome::Approve { what_approving_does(&bought) } else { press.outcome };
    match klarna.outcome(&id, outcome).await {
        Some(moved) => match moved.return_url {
            Some(url) => Redirect::to(&url).into_response(),
            None if outcome == Outcome::Open => left_open(&moved.page),
            None => finished(&moved.page),
        },
        None => not_found("Deze betaling is er niet"),
    }
}

impl Klarna {
    fn purchase_of(&self, hosted: &Page) -> Object {
        let id = hosted.payment_session_id;
        self.inner.books.read(|ledger| ledger.session(id).map(|session| session.purchase.clone())).unwrap_or_default()
    }
}

fn choices(hosted: &Page, bought: &Object, mistake: &str) -> Response {
    let mistake = match mistake {
        "" => String::new(),
        text => format!("<p class=\"notice\" role=\"alert\">{}</p>", escape(text)),
    };
    let fate = match what_approving_does(bought) {
        Outcome::Decline => "<p class=\"notice\">Voor dit bedrag of deze persoon zegt Klarna nee.</p>",
        Outcome::ApprovePending => {
            "<p class=\"notice\">Dit bedrag eindigt op 02: Klarna wil de bestelling eerst nakijken.</p>"
        }
        Outcome::Expire => "<p class=\"notice\">Dit bedrag eindigt op 03: de tijd gaat voorbij.</p>",
        _ if hosted.order_amount % 100 == super::CENTS_OF_LOST_CALLBACKS => {
            "<p class=\"notice\">Dit bedrag eindigt op 04: de berichten aan de winkel raken kwijt.</p>"
        }
        _ => "",
    };
    let code = if is_new_user(bought) {
        "<label>Code uit het sms-bericht (zes cijfers) <input name=\"code\" inputmode=\"numeric\" maxlength=\"6\" \
         autocomplete=\"one-time-code\"></label>"
    } else {
        ""
    };
    let body = format!(
        "<h1>Achteraf betalen met Klarna</h1>{mistake}{fate}{summary}\
         <form method=\"post\" action=\"/klarna/pay/{id}\">{code}\
         <button class=\"main\" name=\"outcome\" value=\"approve\">Akkoord</button>\
         <button name=\"outcome\" value=\"decline\">Laten afwijzen</button>\
         <button name=\"outcome\" value=\"back\">Terug naar de winkel</button>\
         <button name=\"outcome\" value=\"cancel\">Annuleren</button>\
         <button name=\"outcome\" value=\"open\">Venster sluiten</button>\
         <button name=\"outcome\" value=\"approve_pending\">Akkoord, maar eerst nakijken op fraude</button>\
         <button name=\"outcome\" value=\"approve_rejected\">Akkoord, maar de bestelling weigeren</button></form>\
         <p class=\"soft\">Dit is een oefenpagina. Kies hoe het afloopt; de winkel krijgt hetzelfde bericht als van Klarna.</p>",
        summary = summary(hosted, bought),
        id = hosted.session_id,
    );
    page(StatusCode::OK, "Klarna", Width::Text, &body)
}

fn finished(hosted: &Page) -> Response {
    let back = hosted.way_out(None).map(|url| format!("<p><a href=\"{}\">Terug naar de winkel</a></p>", escape(&url)));
    let body = format!("<h1>Deze betaling is klaar: {}</h1>{}", hosted.status.in_dutch(), back.unwrap_or_default());
    page(StatusCode::OK, "Klarna", Width::Text, &body)
}

fn left_open(hosted: &Page) -> Response {
    let body = format!(
        "<h1>Het venster is gesloten</h1><p>De winkel hoort niets. <a href=\"/klarna/pay/{}\">Toch verdergaan</a></p>",
        hosted.session_id
    );
    page(StatusCode::OK, "Klarna", Width::Text, &body)
}

fn summary(hosted: &Page, bought: &Object) -> String {
    let buyer = |key: &str| escape(purchase::of_buyer(bought, key).unwrap_or("–"));
    format!(
        "<div class=\"card\"><p class=\"amount\">{amount}</p><dl><dt>Bestelling</dt><dd>{number}</dd>\
         <dt>Naam</dt><dd>{first} {last}</dd><dt>Adres</dt><dd>{street}, {postcode} {city}</dd>\
         <dt>E-mail</dt><dd>{email}</dd></dl></div>",
        amount = euros(hosted.order_amount),
        number = escape(&hosted.merchant_reference),
        first = buyer("given_name"),
        last = buyer("family_name"),
        street = buyer("street_address"),
        postcode = buyer("postal_code"),
        city = buyer("city"),
        email = buyer("email"),
    )
}

/// `GET /klarna`: the newest first.
async fn list(State(klarna): State<Klarna>) -> Response {
    klarna.expire_overdue().await;
    let mut rows = String::new();
    for order in klarna.orders().iter().rev() {
        rows.push_str(&format!(
            "<tr><td>{number}</td><td>{time}</td><td>{status}, fraudecontrole {fraud}</td>\
             <td class=\"number\">{amount}</td><td class=\"number\">{captured}</td><td class=\"number\">{refunded}</td></tr>",
            number = escape(order.merchant_reference()),
            time = wire_time(order.created_at),
            status = order.status.in_dutch(),
            fraud = order.fraud_status.wire(),
            amount = euros(order.order_amount),
            captured = euros(order.captured_amount),
            refunded = euros(order.refunded_amount),
        ));
    }
    let orders = table(
        &["Bestelling", "Geplaatst", "Stand", "Bedrag", "Gefactureerd", "Terugbetaald"],
        &rows,
        "Er is nog niets geplaatst.",
    );
    let mut rows = String::new();
    for hosted in klarna.hosted_pages().iter().rev() {
        rows.push_str(&format!(
            "<tr><td><a href=\"/klarna/pay/{id}\">{number}</a></td><td>{time}</td><td>{status}</td><td class=\"number\">{amount}</td></tr>",
            id = hosted.session_id,
            number = escape(&hosted.merchant_reference),
            time = wire_time(hosted.updated_at),
            status = hosted.status.in_dutch(),
            amount = euros(hosted.order_amount),
        ));
    }
    let pages = table(&["Bestelling", "Veranderd", "Stand", "Bedrag"], &rows, "Er is nog geen betaalpagina.");
    let body = format!(
        "<p><a href=\"/\">Sandbox</a></p><h1>Klarna</h1><h2>Bestellingen</h2>{orders}<h2>Betaalpagina's</h2>{pages}"
    );
    page(StatusCode::OK, "Klarna", Width::Table, &body)
}

fn table(heads: &[&str], rows: &str, nothing: &str) -> String {
    if rows.is_empty() {
        return format!("<p>{nothing}</p>");
    }
    let heads: String = heads.iter().map(|head| format!("<th scope=\"col\">{head}</th>")).collect();
    format!("<div class=\"scroll\"><table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>")
}
