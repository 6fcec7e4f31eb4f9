//! The list of payments for a person.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use crate::clock::wire_time;
use crate::pages::{Width, escape, euros, page};
use crate::rabo::Rabo;

/// `GET /orders`: the newest order first.
pub(crate) async fn list(State(rabo): State<Rabo>) -> Response {
    let mut rows = String::new();
    for order in rabo.orders().iter().rev() {
        rows.push_str(&format!(
            "<tr><td><a href=\"/pay/{id}\">{number}</a></td><td>{time}</td><td>{status}</td><td class=\"number\">{amount}</td></tr>",
            id = order.id,
            number = escape(&order.merchant_order_id),
            time = wire_time(order.created_at),
            status = order.status.in_dutch(),
            amount = euros(order.amount),
        ));
    }
    let table = if rows.is_empty() {
        "<p>Er is nog niets te betalen.</p>".to_owned()
    } else {
        format!(
            "<div class=\"scroll\"><table><thead><tr><th scope=\"col\">Bestelling</th><th scope=\"col\">Aangemeld</th>\
             <th scope=\"col\">Stand</th><th scope=\"col\" class=\"number\">Bedrag</th></tr></thead><tbody>{rows}</tbody></table></div>"
        )
    };
    let body = format!("<p><a href=\"/\">Sandbox</a></p><h1>Betalingen</h1>{table}");
    page(StatusCode::OK, "Betalingen", Width::Table, &body)
}
