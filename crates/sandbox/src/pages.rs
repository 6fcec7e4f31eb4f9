//! The frame of every page a person sees, and the index. No script and nothing from elsewhere.

use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY};
use axum::response::{Html, IntoResponse, Response};

const STYLE: &str = "
:root { color-scheme: light dark; --paper: #faf7f2; --card: #fff; --ink: #26221d; --soft: #6b6259; --line: #ded5c8; --deed: #2f5d50; --on-deed: #fff; --warn: #8a3b12; }
@media (prefers-color-scheme: dark) { :root { --paper: #1c1a17; --card: #262320; --ink: #f1ebe2; --soft: #b5aa9c; --line: #443e37; --deed: #8fc7b5; --on-deed: #10211c; --warn: #f0a97f; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1.0625rem/1.55 system-ui, sans-serif; overflow-wrap: anywhere; }
main { max-width: 40rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
main.wide { max-width: 64rem; }
.sandbox { margin: 0; padding: .6rem 1rem; background: var(--warn); color: var(--paper); text-align: center; font-weight: 600; }
h1 { font-size: 1.6rem; line-height: 1.2; margin: .5rem 0 1rem; }
a { color: var(--deed); }
.card { background: var(--card); border: 1px solid var(--line); border-radius: .75rem; padding: 1.25rem; }
.amount { font-size: 2.25rem; font-weight: 650; margin: 0; font-variant-numeric: tabular-nums; }
dl { display: grid; grid-template-columns: auto 1fr; gap: .25rem 1rem; margin: 1rem 0 0; }
dt { color: var(--soft); } dd { margin: 0; }
form { display: grid; gap: .75rem; margin-top: 1.5rem; }
button { font: inherit; min-height: 3rem; padding: .6rem 1rem; border-radius: .6rem; border: 1px solid var(--line); background: var(--card); color: var(--ink); cursor: pointer; }
button.main { background: var(--deed); border-color: var(--deed); color: var(--on-deed); font-weight: 650; }
button:focus-visible, a:focus-visible { outline: 3px solid var(--deed); outline-offset: 3px; }
.notice { border-left: .3rem solid var(--warn); padding: .5rem .9rem; margin: 1rem 0; background: var(--card); }
.soft { color: var(--soft); }
.scroll { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; } th, td { text-align: left; padding: .5rem .6rem; border-bottom: 1px solid var(--line); vertical-align: top; }
td.number, th.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
pre { white-space: pre-wrap; font: .95rem/1.5 ui-monospace, monospace; margin: 0; }
iframe { width: 100%; height: 70vh; border: 1px solid var(--line); border-radius: .5rem; background: #fff; }
";

/// How wide the column of a page is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Width {
    Text,
    Table,
}

/// A whole page. `title` is text, `body` is HTML whose texts are already escaped.
pub(crate) fn page(status: StatusCode, title: &str, width: Width, body: &str) -> Response {
    let class = if width == Width::Table { " class=\"wide\"" } else { "" };
    let title = escape(title);
    let html = format!(
        "<!doctype html><html lang=\"nl\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"robots\" content=\"noindex\"><title>{title} – sandbox</title><style>{STYLE}</style></head>\
         <body><p class=\"sandbox\">Sandbox: er wordt niets betaald</p><main{class}>{body}</main></body></html>"
    );
    // No form-action rule: browsers apply it to the redirect as well, and the shop lives at another address.
    let policy = "default-src 'none'; style-src 'unsafe-inline'; img-src * data:; frame-src 'self'; base-uri 'none'";
    let headers = [(CONTENT_SECURITY_POLICY, policy), (REFERRER_POLICY, "no-referrer"), (CACHE_CONTROL, "no-store")];
    (status, headers, Html(html)).into_response()
}

/// The page for something that is not there.
pub(crate) fn not_found(what: &str) -> Response {
    let body = format!("<h1>{}</h1><p><a href=\"/\">Naar het begin van de sandbox</a></p>", escape(what));
    page(StatusCode::NOT_FOUND, what, Width::Text, &body)
}

/// `GET /`: where to find what.
pub(crate) async fn index() -> Response {
    let body = "<h1>De buitenwereld van de winkel</h1>\
        <p>Hier betaal je met speelgoedgeld en komt de post aan die de winkel verstuurt.</p>\
        <ul><li><a href=\"/mail\">Verstuurde mail</a></li><li><a href=\"/orders\">Betalingen</a></li>\
        <li><a href=\"/paypal\">PayPal</a></li>\
        <li><a href=\"/klarna\">Klarna</a></li></ul>\
        <p class=\"soft\">Voor tests: <a href=\"/_sim/orders\">/_sim/orders</a>, <a href=\"/_sim/totals\">/_sim/totals</a>, \
        <a href=\"/_sim/paypal/orders\">/_sim/paypal/orders</a>, <a href=\"/_sim/paypal/totals\">/_sim/paypal/totals</a>, \
        <a href=\"/_sim/mail\">/_sim/mail</a>, <a href=\"/_sim/faults\">/_sim/faults</a>, \
        <a href=\"/_sim/settings\">/_sim/settings</a>, <a href=\"/_sim/klarna/pages\">/_sim/klarna/pages</a>, \
        <a href=\"/_sim/klarna/orders\">/_sim/klarna/orders</a>.</p>";
    page(StatusCode::OK, "Sandbox", Width::Text, body)
}

/// Text that is safe between tags and inside a quoted attribute.
pub(crate) fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

/// Cents as a Dutch price: `€ 1.234,50`, with a no-break space.
pub(crate) fn euros(cents: i64) -> String {
    let whole = (cents / 100).abs().to_string();
    let mut grouped = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            grouped.push('.');
        }
        grouped.push(digit);
    }
    let sign = if cents < 0 { "-" } else { "" };
    format!("€\u{a0}{sign}{grouped},{:02}", (cents % 100).abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cents_are_written_as_a_dutch_price() {
        assert_eq!(euros(5485), "€\u{a0}54,85");
        assert_eq!(euros(9_999_999), "€\u{a0}99.999,99");
        assert_eq!(euros(-5), "€\u{a0}-0,05");
    }

    #[test]
    fn text_cannot_become_markup() {
        assert_eq!(escape("<a href=\"x\">'&"), "&lt;a href=&quot;x&quot;&gt;&#39;&amp;");
    }
}
