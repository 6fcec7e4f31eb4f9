//! What the tests of this file share: a clock that stands still, an attempt, an order, a provider at some address.

use secrecy::SecretString;
use serde_json::{Value, json};
use shop_core::address::{Address, Country, HouseNumber, PersonName, PostalCode};
use shop_core::cart::{PricedLine, price};
use shop_core::email::EmailAddress;
use shop_core::id::{AttemptId, CartId, CustomerId, OrderId, VariantId};
use shop_core::money::Money;
use shop_core::order::{Agreed, Contact, Order, OrderLine, OrderNumber, OrderState};
use shop_core::payment::{Attempt, AttemptState, Method};
use shop_core::time::{Day, Seconds, Timestamp};
use shop_core::vat::VatRate;
use shop_flows::ports::{
    About, Answer, Clock, Notice, NoticeError, PaymentError, PaymentProvider, RawNotice, Refunded, Started, Transfer,
    Wish,
};
use shop_server::payment::{OmniKassa, OmniKassaConfig};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;
use uuid::Uuid;
use wiremock::matchers::{header, method, path};
use wiremock::{Mock, MockServer, Respond, ResponseTemplate};

/// The key of the worked examples: 33 bytes.
pub const KEY: &str = "c2FuZGJveC1zaWduaW5nLWtleS0wMDAxLW5vdC1yZWFs";
pub const REFRESH: &str = "/omnikassa-api/gatekeeper/refresh";
pub const ANNOUNCE: &str = "/omnikassa-api/order/server/api/v2/order";
pub const RESULTS: &str = "/omnikassa-api/order/server/api/v2/events/results/merchant.order.status.changed";
pub const RETURN_URL: &str = "https://shop.example/betaling/terug";
/// Tuesday 24 November 2026, 20.14 in Amsterdam.
pub const NOW: Timestamp = Timestamp::from_micros(1_795_547_640_000_000);

/// Whether an error is the one that was meant.
pub type Meant = fn(&PaymentError) -> bool;

/// A clock that tests move. Amsterdam is an hour ahead, as it is in November.
pub struct TestClock(AtomicI64);

impl TestClock {
    pub fn at(now: Timestamp) -> Arc<Self> {
        Arc::new(Self(AtomicI64::new(now.micros())))
    }

    pub fn set(&self, now: Timestamp) {
        self.0.store(now.micros(), Ordering::SeqCst);
    }

    pub fn advance(&self, by: Seconds) {
        self.0.fetch_add(by.0 * 1_000_000, Ordering::SeqCst);
    }
}

fn in_amsterdam(at: Timestamp) -> i64 {
    at.seconds() + 3600
}

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_micros(self.0.load(Ordering::SeqCst))
    }
    fn day(&self, at: Timestamp) -> Day {
        Day::from_number(in_amsterdam(at).div_euclid(86_400))
    }
    fn hour(&self, at: Timestamp) -> u8 {
        u8::try_from(in_amsterdam(at).rem_euclid(86_400) / 3600).unwrap()
    }
    fn minute(&self, at: Timestamp) -> u8 {
        u8::try_from(in_amsterdam(at).rem_euclid(3600) / 60).unwrap()
    }
}

pub fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

pub fn attempt() -> Attempt {
    Attempt {
        id: AttemptId::new(id(7)),
        order: OrderId::new(id(1)),
        ordinal: 1,
        method: Method::Ideal,
        amount: Money::cents(5485),
        reference: "AG100042P1".to_owned(),
        provider_id: None,
        pay_url: None,
        state: AttemptState::Created,
        created_at: NOW,
        version: 1,
    }
}

/// The order that [`attempt`] pays.
pub fn owed() -> Order {
    order(Method::Ideal, OrderState::AwaitingPayment { until: NOW })
}

pub async fn start(provider: &dyn PaymentProvider, attempt: &Attempt) -> Result<Started, PaymentError> {
    let order = owed();
    let wish = Wish {
        attempt,
        order: &order,
        return_url: RETURN_URL.to_owned(),
        proven_return_url: format!("{RETURN_URL}?poging={}-0123456789abcdef", attempt.reference),
        stopped_return_url: format!("{RETURN_URL}?poging={}-0123456789abcdef&gestopt=ja", attempt.reference),
        notice_url: format!("https://shop.example/webhooks/{}/{}-fedcba9876543210", provider.name(), attempt.reference),
    };
    provider.start(&wish).await
}

pub async fn status(provider: &dyn PaymentProvider, attempt: &Attempt) -> Result<Option<Answer>, PaymentError> {
    provider.status(attempt, &owed()).await
}

pub async fn read(provider: &dyn PaymentProvider, body: &[u8]) -> Result<Notice, NoticeError> {
    provider.read_notice(RawNotice { headers: &[], body }).await
}

/// The token that a notice carries.
pub fn token_of(notice: &Notice) -> &str {
    let About::Results(token) = &notice.about else { panic!("no results wait") };
    token
}

pub async fn refund(
    provider: &dyn PaymentProvider,
    transaction: &str,
    cents: i64,
    key: &str,
) -> Result<Refunded, PaymentError> {
    let order = owed();
    provider.refund(&Transfer { order: &order, transaction, amount: Money::cents(cents), key }).await
}

pub fn number() -> OrderNumber {
    OrderNumber::of(100_042)
}

pub fn config(base_url: &str) -> OmniKassaConfig {
    OmniKassaConfig::new(base_url.to_owned(), SecretString::from("refresh-token"), SecretString::from(KEY))
}

pub fn omnikassa(base_url: &str) -> OmniKassa {
    OmniKassa::new(config(base_url), TestClock::at(NOW)).unwrap()
}

/// A provider that waits no longer than a test can.
pub fn impatient(base_url: &str) -> OmniKassa {
    let mut config = config(base_url);
    config.timeout = Duration::from_millis(1500);
    OmniKassa::new(config, TestClock::at(NOW)).unwrap()
}

pub fn token(text: &str) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_json(
        json!({ "token": text, "validUntil": "2026-11-24T21:14:00.000+01:00", "durationInMillis": 3_600_000 }),
    )
}

/// A server that gives access tokens, and one answer to one call.
pub async fn answering(verb: &str, at: &str, answer: impl Respond + 'static) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(method("GET"))
        .and(path(REFRESH))
        .and(header("authorization", "Bearer refresh-token"))
        .respond_with(token("access-1"))
        .mount(&server)
        .await;
    Mock::given(method(verb)).and(path(at)).respond_with(answer).mount(&server).await;
    server
}

pub fn problem(status: u16, code: i64, text: &str) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_json(json!({ "errorCode": code, "consumerMessage": text }))
}

pub fn page_of_a_proxy(status: u16) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_raw("<html><h1>Even geduld</h1></html>", "text/html")
}

/// How many calls a server got for a path.
pub async fn calls(server: &MockServer, at: &str) -> usize {
    server.received_requests().await.unwrap().iter().filter(|request| request.url.path() == at).count()
}

/// Signs like the provider, with code of its own.
pub fn sign(message: &str) -> String {
    use base64::Engine;
    use hmac::{Hmac, Mac};
    let key = base64::engine::general_purpose::STANDARD.decode(KEY).unwrap();
    let mut mac = Hmac::<sha2::Sha512>::new_from_slice(&key).unwrap();
    mac.update(message.as_bytes());
    hex::encode(mac.finalize().into_bytes())
}

/// A pull answer with one order that has no transactions, signed.
pub fn results(status: &str, currency: &str, paid: i64) -> Value {
    let signature = sign(&format!(
        "false,AG100042P1,their-id,2004,{status},2026-11-24T20:20:00.000+01:00,,{currency},{paid},EUR,5485"
    ));
    json!({ "moreOrderResultsAvailable": false, "signature": signature, "orderResults": [{
        "merchantOrderId": "AG100042P1", "omnikassaOrderId": "their-id", "poiId": "2004", "orderStatus": status,
        "orderStatusDateTime": "2026-11-24T20:20:00.000+01:00", "errorCode": "",
        "paidAmount": { "currency": currency, "amount": paid }, "totalAmount": { "currency": "EUR", "amount": 5485 },
        "transactions": [],
    }] })
}

fn line(title: &str, colour: &str, size: &str, cents: i64, quantity: u32, fibre: &str) -> OrderLine {
    OrderLine {
        variant: VariantId::new(id(9)),
        sku: format!("{}-{}", title.to_uppercase().replace(' ', "-"), size.replace('/', "")),
        title: title.to_owned(),
        slug: "artikel".to_owned(),
        colour: colour.to_owned(),
        size: size.to_owned(),
        picture: None,
        unit: Money::cents(cents),
        quantity,
        discount: Money::ZERO,
        rate: VatRate::STANDARD,
        fibre: fibre.to_owned(),
    }
}

/// An order of Marieke for € 79,80 with delivery.
pub fn order(method: Method, state: OrderState) -> Order {
    let lines = vec![
        line("Jurk Madelief", "citroengeel", "98/104", 4495, 1, "95% katoen, 5% elastaan"),
        line("Sokken <ster>", "", "23/26", 1495, 2, "80% katoen, 20% polyamide"),
    ];
    let priced: Vec<PricedLine> = lines
        .iter()
        .map(|line| PricedLine { variant: line.variant, unit: line.unit, quantity: line.quantity, rate: line.rate })
        .collect();
    Order {
        id: OrderId::new(id(1)),
        number: number(),
        cart: CartId::new(id(2)),
        customer: CustomerId::new(id(3)),
        contact: Contact { email: EmailAddress::parse("marieke@voorbeeld.nl").unwrap(), phone: None },
        address: Address {
            name: PersonName { given: "Marieke".to_owned(), family: "de Vries & Co".to_owned() },
            street: "Grotestraat".to_owned(),
            house: HouseNumber::parse("12 bis").unwrap(),
            postal_code: PostalCode::parse("7607AB", Country::Nl).unwrap(),
            city: "Almelo".to_owned(),
            country: Country::Nl,
        },
        totals: price(&priced, Money::ZERO, Money::cents(495)).unwrap(),
        code: None,
        lines,
        method,
        state,
        agreed: Agreed {
            button: "Bestelling met betalingsverplichting".to_owned(),
            terms: "2026-11-01".to_owned(),
            privacy: "2026-11-01".to_owned(),
            arrival: Day { year: 2026, month: 11, day: 26 },
        },
        placed_at: NOW,
        tracking: None,
        version: 1,
    }
}
