//! The mailbox for people (`/mail`) and for tests (`/_sim/mail`).

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::json;

use super::{Mail, Mailbox};
use crate::clock::wire_time;
use crate::pages::{Width, escape, not_found, page};

/// `/mail`, `/mail/{n}` and `/_sim/mail`.
pub(crate) fn router(mailbox: Mailbox) -> Router {
    Router::new()
        .route("/mail", get(list))
        .route("/mail/{number}", get(show))
        .route("/_sim/mail", get(search).delete(clear))
        .with_state(mailbox)
}

#[derive(Deserialize)]
struct Wanted {
    to: Option<String>,
}

async fn search(State(mailbox): State<Mailbox>, Query(wanted): Query<Wanted>) -> Json<Vec<Mail>> {
    Json(mailbox.to(wanted.to.as_deref().unwrap_or_default()))
}

async fn clear(State(mailbox): State<Mailbox>) -> Response {
    mailbox.clear();
    Json(json!({ "ok": true })).into_response()
}

async fn list(State(mailbox): State<Mailbox>) -> Response {
    let mut rows = String::new();
    for mail in mailbox.all().iter().rev() {
        rows.push_str(&format!(
            "<tr><td><a href=\"/mail/{number}\">{subject}</a></td><td>{to}</td><td>{time}</td></tr>",
            number = mail.number,
            subject = escape(subject(mail)),
            to = escape(&mail.to.join(", ")),
            time = wire_time(mail.received_at),
        ));
    }
    let table = if rows.is_empty() {
        "<p>De winkel heeft nog niets verstuurd.</p>".to_owned()
    } else {
        format!(
            "<div class=\"scroll\"><table><thead><tr><th scope=\"col\">Onderwerp</th><th scope=\"col\">Aan</th>\
             <th scope=\"col\">Ontvangen</th></tr></thead><tbody>{rows}</tbody></table></div>"
        )
    };
    let body = format!("<p><a href=\"/\">Sandbox</a></p><h1>Verstuurde mail</h1>{table}");
    page(StatusCode::OK, "Verstuurde mail", Width::Table, &body)
}

async fn show(State(mailbox): State<Mailbox>, Path(number): Path<u64>) -> Response {
    let Some(mail) = mailbox.number(number) else {
        return not_found("Deze mail is er niet");
    };
    let mut body = format!(
        "<p><a href=\"/mail\">Alle mail</a></p><h1>{subject}</h1><dl><dt>Van</dt><dd>{from}</dd><dt>Aan</dt><dd>{to}</dd>\
         <dt>Ontvangen</dt><dd>{time}</dd></dl>",
        subject = escape(subject(&mail)),
        from = escape(&mail.from),
        to = escape(&mail.to.join(", ")),
        time = wire_time(mail.received_at),
    );
    if !mail.attachments.is_empty() {
        let files: String = mail
            .attachments
            .iter()
            .map(|file| {
                format!("<li>{} ({}, {} bytes)</li>", escape(&file.name), escape(&file.content_type), file.size)
            })
            .collect();
        body.push_str(&format!("<h2>Bijlagen</h2><ul>{files}</ul>"));
    }
    if !mail.html.is_empty() {
        // Links open beside the sandbox; scripts and forms stay off.
        let framed = format!("<base target=\"_blank\">{}", mail.html);
        body.push_str(&format!(
            "<h2>Opgemaakt</h2><iframe title=\"De opgemaakte mail\" sandbox=\"allow-popups allow-popups-to-escape-sandbox\" \
             srcdoc=\"{}\"></iframe>",
            escape(&framed)
        ));
    }
    if !mail.text.is_empty() {
        body.push_str(&format!("<h2>Tekst</h2><div class=\"card\"><pre>{}</pre></div>", with_links(&mail.text)));
    }
    page(StatusCode::OK, subject(&mail), Width::Table, &body)
}

fn subject(mail: &Mail) -> &str {
    if mail.subject.is_empty() { "(zonder onderwerp)" } else { &mail.subject }
}

/// Escaped text in which web addresses can be followed.
fn with_links(text: &str) -> String {
    text.split_inclusive(char::is_whitespace)
        .map(|piece| {
            let word = piece.trim_end();
            let space = &piece[word.len()..];
            let address = word.trim_start_matches(['<', '(']).trim_end_matches(['>', ')', '.', ',']);
            if !(address.starts_with("http://") || address.starts_with("https://")) {
                return escape(piece);
            }
            let link = escape(address);
            escape(word).replacen(&link, &format!("<a href=\"{link}\">{link}</a>"), 1) + space
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::with_links;

    #[test]
    fn an_address_in_text_becomes_a_link_and_markup_does_not() {
        assert_eq!(
            with_links("Zie https://shop.example/a?b=1&c=2.\n<b>"),
            "Zie <a href=\"https://shop.example/a?b=1&amp;c=2\">https://shop.example/a?b=1&amp;c=2</a>.\n&lt;b&gt;"
        );
    }
}
