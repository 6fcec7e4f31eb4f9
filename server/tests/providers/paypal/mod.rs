//! PayPal: when all goes well, when things go wrong, what its notices prove, and once round with the sandbox.

mod notices;
mod round;
mod trouble;
mod usual;

use crate::support::*;
use http::HeaderMap;
use secrecy::SecretString;
use serde_json::{Value, json};
use shop_core::payment::{Attempt, AttemptState, Method};
use shop_flows::ports::{About, Answer, NoticeError, PaymentError, PaymentProvider, RawNotice, RefundStanding};
use shop_sandbox::paypal::{DEMO_CLIENT_ID, DEMO_CLIENT_SECRET, DEMO_WEBHOOK_ID, ROOT_CERTIFICATE};
use shop_server::payment::{CertificateSource, PayPal, PayPalConfig};
use std::time::Duration;
use wiremock::matchers::{body_string, header, method, path};
use wiremock::{Mock, MockServer, Respond, ResponseTemplate};

const TOKEN: &str = "/v1/oauth2/token";
const ORDERS: &str = "/v2/checkout/orders";
/// Their id of the order of these tests.
const ID: &str = "5O190127TN364715T";
const ORDER: &str = "/v2/checkout/orders/5O190127TN364715T";
const CAPTURE: &str = "/v2/checkout/orders/5O190127TN364715T/capture";
/// Where the browser comes back to, with the proof of the shop.
const PROVEN: &str = "https://shop.example/betaling/terug?poging=AG100042P1-0123456789abcdef";
/// The same for a shopper who turned back.
const STOPPED: &str = "https://shop.example/betaling/terug?poging=AG100042P1-0123456789abcdef&gestopt=ja";

fn settings(base_url: &str) -> PayPalConfig {
    PayPalConfig::new(
        base_url.to_owned(),
        SecretString::from(DEMO_CLIENT_ID),
        SecretString::from(DEMO_CLIENT_SECRET),
        SecretString::from(DEMO_WEBHOOK_ID),
        CertificateSource::Sandbox { origin: base_url.to_owned(), root: ROOT_CERTIFICATE.to_owned() },
    )
}

/// A provider that waits no longer than a test can.
fn paypal(base_url: &str) -> PayPal {
    let mut settings = settings(base_url);
    settings.timeout = Duration::from_millis(1500);
    PayPal::new(settings, TestClock::at(NOW)).unwrap()
}

fn new_attempt() -> Attempt {
    Attempt { method: Method::PayPal, ..attempt() }
}

/// The attempt once PayPal knows it.
fn open_attempt() -> Attempt {
    Attempt { provider_id: Some(ID.to_owned()), state: AttemptState::Open, ..new_attempt() }
}

fn access(text: &str) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_json(json!({ "scope": "s", "access_token": text, "token_type": "Bearer",
        "app_id": "APP-1", "expires_in": 32400, "nonce": "n" }))
}

/// A server that gives access tokens, and one answer to one call.
async fn answers(verb: &str, at: &str, answer: impl Respond + 'static) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(method("POST"))
        .and(path(TOKEN))
        .and(header(
            "authorization",
            "Basic c2FuZGJveC1jbGllbnQtaWQtbm90LXJlYWw6c2FuZGJveC1jbGllbnQtc2VjcmV0LW5vdC1yZWFs",
        ))
        .and(body_string("grant_type=client_credentials"))
        .respond_with(access("access-1"))
        .mount(&server)
        .await;
    also(&server, verb, at, answer).await;
    server
}

async fn also(server: &MockServer, verb: &str, at: &str, answer: impl Respond + 'static) {
    Mock::given(method(verb)).and(path(at)).respond_with(answer).mount(server).await;
}

/// An order of theirs with everything that PayPal tells about the payer, which nobody may keep.
fn order_of(status: &str, captures: &Value) -> Value {
    let payer = json!({ "name": { "given_name": "Marieke", "surname": "de Vries" }, "email_address": "marieke@voorbeeld.nl",
        "payer_id": "QYR5Z8XDVJNXQ", "address": { "country_code": "NL" } });
    json!({ "id": ID, "intent": "CAPTURE", "status": status, "payer": payer,
        "payment_source": { "paypal": payer, "card": { "last_digits": "4242" } },
        "purchase_units": [{ "reference_id": "default", "invoice_id": "AG100042P1", "custom_id": "AG100042P1",
            "amount": { "currency_code": "EUR", "value": "54.85" }, "payments": { "captures": captures } }],
        "links": [{ "href": format!("https://www.paypal.com/checkoutnow?token={ID}"), "rel": "payer-action", "method": "GET" }] })
}

fn capture_of(status: &str, currency: &str, value: &str) -> Value {
    json!([{ "id": "3C679366HH908993F", "status": status, "amount": { "currency_code": currency, "value": value },
        "final_capture": true }])
}

fn ok(body: &Value) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_json(body)
}

fn refusal(status: u16, name: &str, issue: &str) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_json(json!({ "name": name, "message": "m", "debug_id": "d",
        "details": [{ "issue": issue, "description": "marieke@voorbeeld.nl did something" }], "links": [] }))
}

fn unprocessable(issue: &str) -> ResponseTemplate {
    refusal(422, "UNPROCESSABLE_ENTITY", issue)
}

/// The key of a notice and the attempt it is about.
async fn read_notice(
    provider: &PayPal,
    headers: &HeaderMap,
    body: &[u8],
) -> Result<(String, Option<String>), NoticeError> {
    let headers: Vec<(String, String)> =
        headers.iter().map(|(name, value)| (name.as_str().to_owned(), value.to_str().unwrap().to_owned())).collect();
    let notice = provider.read_notice(RawNotice { headers: &headers, body }).await?;
    let reference = match notice.about {
        About::Attempt(reference) => Some(reference),
        About::Nothing => None,
        About::Results(_) => panic!("PayPal announces no results"),
    };
    Ok((notice.key, reference))
}
