//! An order for Klarna, and a Klarna that answers as told.

use crate::support::*;
use secrecy::SecretString;
use serde_json::{Value, json};
use shop_core::order::{Order, OrderState};
use shop_core::payment::{Attempt, Method};
use shop_flows::ports::{PaymentError, PaymentProvider, Started, Wish};
use shop_server::payment::{Klarna, KlarnaConfig};
use std::time::Duration;
use wiremock::matchers::{method, path};
use wiremock::{Mock, MockServer, Respond, ResponseTemplate};

pub const SESSIONS: &str = "/payments/v1/sessions";
pub const PAGES: &str = "/hpp/v1/sessions";
pub const PAGE: &str = "/hpp/v1/sessions/page-1";
pub const PLACE: &str = "/payments/v1/authorizations/token-1/order";
pub const TOKEN: &str = "/payments/v1/authorizations/token-1";
pub const ORDER: &str = "/ordermanagement/v1/orders/order-1";
pub const BACK: &str = "https://shop.example/betaling/klarna/terug?poging=AG100042P1-0123456789abcdef";
/// The same for a shopper who turned back.
pub const STOPPED: &str = "https://shop.example/betaling/klarna/terug?poging=AG100042P1-0123456789abcdef&gestopt=ja";
pub const NOTICE: &str = "https://shop.example/webhooks/klarna/AG100042P1-fedcba9876543210";

pub fn config(base_url: &str) -> KlarnaConfig {
    let mut config =
        KlarnaConfig::new(base_url.to_owned(), SecretString::from("PK12345"), SecretString::from("klarna-password"));
    config.timeout = Duration::from_millis(1500);
    config
}

pub fn klarna(base_url: &str) -> Klarna {
    Klarna::new(config(base_url)).unwrap()
}

/// The order of Marieke, to be paid afterwards: € 79,80.
pub fn ordered() -> Order {
    order(Method::Klarna, OrderState::AwaitingPayment { until: NOW })
}

pub fn trying() -> Attempt {
    Attempt { method: Method::Klarna, amount: ordered().totals.total, ..attempt() }
}

/// The same try, once it has a page.
pub fn begun() -> Attempt {
    Attempt { provider_id: Some("session-1.page-1".to_owned()), ..trying() }
}

pub async fn begin(provider: &Klarna, attempt: &Attempt, order: &Order) -> Result<Started, PaymentError> {
    let wish = Wish {
        attempt,
        order,
        return_url: "https://shop.example/betaling/klarna/terug".to_owned(),
        proven_return_url: BACK.to_owned(),
        stopped_return_url: STOPPED.to_owned(),
        notice_url: NOTICE.to_owned(),
    };
    provider.start(&wish).await
}

pub fn json_answer(status: u16, body: Value) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_json(body)
}

pub fn refusal(status: u16, code: &str) -> ResponseTemplate {
    json_answer(status, json!({ "error_code": code, "error_messages": ["Bad value"], "correlation_id": "c-1" }))
}

pub fn session() -> ResponseTemplate {
    let categories = json!([{ "identifier": "pay_now", "name": "Betaal nu", "asset_urls": {} },
        { "identifier": "pay_later", "name": "Betaal later", "asset_urls": {} }]);
    json_answer(
        200,
        json!({ "session_id": "session-1", "client_token": "not read", "payment_method_categories": categories }),
    )
}

pub fn page_made() -> ResponseTemplate {
    json_answer(201, json!({ "session_id": "page-1", "redirect_url": "https://pay.klarna.example/page-1" }))
}

pub fn page(status: &str) -> ResponseTemplate {
    let token = if status == "COMPLETED" { json!("token-1") } else { Value::Null };
    json_answer(200, json!({ "session_id": "page-1", "status": status, "authorization_token": token }))
}

pub fn placed() -> ResponseTemplate {
    json_answer(
        200,
        json!({ "order_id": "order-1", "redirect_url": "https://shop.example", "fraud_status": "ACCEPTED",
            "authorized_payment_method": { "type": "invoice", "number_of_days": 14 } }),
    )
}

/// The order as their books hold it, with more about the person than we read.
pub fn booked(status: &str, fraud: &str) -> Value {
    json!({ "order_id": "order-1", "status": status, "fraud_status": fraud, "purchase_currency": "EUR",
        "order_amount": 7980, "captured_amount": 0, "refunded_amount": 0, "remaining_authorized_amount": 7980,
        "merchant_reference1": "AG100042", "merchant_reference2": "AG100042P1",
        "billing_address": { "given_name": "Marieke", "date_of_birth": "1970-07-10" },
        "initial_payment_method": { "type": "INVOICE" } })
}

pub async fn answers(server: &MockServer, verb: &str, at: &str, answer: impl Respond + 'static) {
    Mock::given(method(verb)).and(path(at)).respond_with(answer).mount(server).await;
}

/// A Klarna that has approved, and in whose books the order then stands so.
pub async fn approving(order: Value) -> MockServer {
    let server = MockServer::start().await;
    answers(&server, "GET", PAGE, page("COMPLETED")).await;
    answers(&server, "POST", PLACE, placed()).await;
    answers(&server, "GET", ORDER, json_answer(200, order)).await;
    answers(&server, "POST", &format!("{ORDER}/acknowledge"), ResponseTemplate::new(204)).await;
    server
}

/// The body of the first call to this path.
pub async fn sent(server: &MockServer, at: &str) -> Value {
    let requests = server.received_requests().await.unwrap();
    let request = requests.iter().find(|request| request.url.path() == at).unwrap();
    request.body_json().unwrap()
}
