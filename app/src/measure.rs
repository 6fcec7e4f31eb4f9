//! What of other companies may run in a page, and only after consent: statistics and the Trustbadge. Server only. What they hear of a
//! purchase is written into the page of whoever consented to it, and of nobody else.

use crate::api::cart::CartView;
use axum::http::HeaderMap;
use axum::http::request::Parts;
use leptos::prelude::*;
use serde_json::{Value, json};
use shop_core::consent::{Choice, Purpose};
use shop_core::money::Money;
use shop_core::order::Order;
use std::sync::Arc;

/// A script of another company.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tool {
    /// The number of the shop there.
    pub id: String,
    /// The address of the script.
    pub script: String,
    /// The origins that it may come from and speak to.
    pub origins: Vec<String>,
}

/// The tools that the owner set up. Without any there is nothing to choose.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tools {
    /// Google Analytics.
    pub statistics: Option<Tool>,
    /// Trustbadge.
    pub reviews: Option<Tool>,
}

impl Tools {
    /// The tool for a purpose.
    pub const fn of(&self, purpose: Purpose) -> Option<&Tool> {
        match purpose {
            Purpose::Statistics => self.statistics.as_ref(),
            Purpose::Reviews => self.reviews.as_ref(),
        }
    }

    /// The purposes that somebody may consent to here.
    pub fn purposes(&self) -> Vec<Purpose> {
        Purpose::ALL.into_iter().filter(|purpose| self.of(*purpose).is_some()).collect()
    }
}

/// What pages know about consent; given by the server as context.
#[derive(Clone)]
pub struct Consenting {
    /// What is set up.
    pub tools: Arc<Tools>,
    /// Reads the choice in a request.
    pub read: fn(&HeaderMap) -> Choice,
    /// SHA-256 of a text, as hex.
    pub sha256: fn(&str) -> String,
}

/// What a request says about consent.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Said {
    /// What she chose.
    pub choice: Choice,
    /// Whether her browser refuses for her (Global Privacy Control).
    pub signal: bool,
}

/// Whether the browser of a request sends Global Privacy Control.
pub fn has_signal(headers: &HeaderMap) -> bool {
    headers.get("sec-gpc").is_some_and(|value| value.as_bytes() == b"1")
}

/// The tools of the shop; none when nothing was given.
pub fn tools() -> Arc<Tools> {
    use_context::<Consenting>().map(|given| given.tools).unwrap_or_default()
}

/// What the present request says. In a page that is made for everybody nobody asks, so nothing is granted.
pub fn said() -> Said {
    let (Some(given), Some(parts)) = (use_context::<Consenting>(), use_context::<Parts>()) else {
        return Said::default();
    };
    Said { choice: (given.read)(&parts.headers), signal: has_signal(&parts.headers) }
}

fn granted(purpose: Purpose) -> bool {
    tools().of(purpose).is_some() && said().choice.grants(purpose)
}

/// The first step of the checkout, for statistics: articles and amounts.
pub fn begins_checkout(cart: &CartView) -> String {
    if !granted(Purpose::Statistics) {
        return String::new();
    }
    let items = cart.lines.iter().map(|line| item(&line.slug, &line.size, line.unit, line.quantity));
    event("begin_checkout", json!({ "value": number(cart.goods), "items": items.collect::<Vec<_>>() }))
}

/// The thank-you page: what was bought, for each tool that she consented to.
pub fn thanks(order: &Order, is_paid: bool) -> String {
    let purchase = if is_paid && granted(Purpose::Statistics) { purchase(order) } else { String::new() };
    [purchase, if granted(Purpose::Reviews) { protection(order) } else { String::new() }].concat()
}

fn purchase(order: &Order) -> String {
    let items = order.lines.iter().map(|line| item(&line.slug, &line.size, line.unit, line.quantity));
    let facts = json!({
        "transaction_id": order.number.to_string(),
        "value": number(order.totals.goods),
        "shipping": number(order.totals.shipping),
        "items": items.collect::<Vec<_>>(),
    });
    event("purchase", facts)
}

/// What the Trustbadge reads (providers.md 7.2). The address goes out only as a hash, and the customer number not at all.
fn protection(order: &Order) -> String {
    let Some(given) = use_context::<Consenting>() else { return String::new() };
    let hash = (given.sha256)(&order.contact.email.as_str().trim().to_lowercase());
    let row = |id: &'static str, text: String| view! { <span id=id>{text}</span> }.into_any();
    view! {
        <div id="trustedShopsCheckout" hidden>
            {row("tsCheckoutOrderNr", order.number.to_string())} {row("tsCheckoutBuyerEmail", hash)}
            {row("tsCheckoutOrderAmount", order.totals.total.decimal())} {row("tsCheckoutOrderCurrency", "EUR".to_owned())}
            {row("tsCheckoutOrderPaymentType", order.method.name().to_owned())}
        </div>
    }
    .into_any()
    .to_html()
}

fn item(slug: &str, size: &str, price: Money, quantity: u32) -> Value {
    json!({ "item_id": slug, "item_variant": size, "price": number(price), "quantity": quantity })
}

/// Euros as JSON writes a number; cents never become a float of ours.
fn number(amount: Money) -> Value {
    serde_json::from_str(&amount.decimal()).unwrap_or(Value::Null)
}

fn event(name: &'static str, mut facts: Value) -> String {
    if let Some(facts) = facts.as_object_mut() {
        facts.insert("currency".to_owned(), json!("EUR"));
    }
    view! { <div hidden data-meting=name data-feiten=facts.to_string()></div> }.into_any().to_html()
}
