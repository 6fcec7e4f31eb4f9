//! A shop in memory with its dashboard, and browsers that visit it.

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use http::header::{CONTENT_TYPE, COOKIE, LOCATION, SET_COOKIE};
use http::{HeaderMap, Request, StatusCode};
use http_body_util::BodyExt;
use secrecy::SecretString;
use shop_core::email::EmailAddress;
use shop_core::id::VariantId;
use shop_core::money::Money;
use shop_core::order::{Order, OrderNumber};
use shop_core::payment::{Attempt, InvoiceLimits};
use shop_core::shipping::ShippingRules;
use shop_core::shop::Identity;
use shop_core::time::{Day, Timestamp};
use shop_flows::catalogue::LiveCatalogue;
use shop_flows::ports::{Clock, FiledDiscount, Store};
use shop_flows::{Bank, Ports, Settings, Shop};
use shop_server::clock::SystemClock;
use shop_server::guard::LocalGuard;
use shop_server::http::cookie::CookiePolicy;
use shop_server::http::manage::{Assets, router};
use shop_server::payment::{Klarna, KlarnaConfig};
use shop_server::randomness::OsRandom;
use shop_server::register::NoRegister;
use shop_server::secrets::KeyedSecrets;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use totp_rs::{Builder, Secret};
use tower::ServiceExt;

const HOME: &str = "http://127.0.0.1:3000";

/// A clock that stands still until it is told otherwise.
struct Still {
    now: AtomicI64,
    calendar: SystemClock,
}

impl Clock for Still {
    fn now(&self) -> Timestamp {
        Timestamp::from_micros(self.now.load(Ordering::SeqCst))
    }

    fn day(&self, at: Timestamp) -> Day {
        self.calendar.day(at)
    }

    fn hour(&self, at: Timestamp) -> u8 {
        self.calendar.hour(at)
    }

    fn minute(&self, at: Timestamp) -> u8 {
        self.calendar.minute(at)
    }
}

pub struct Office {
    pub shop: Shop,
    pub store: Arc<dyn Store>,
    clock: Arc<Still>,
    router: Router,
}

/// A provider that nobody calls.
fn klarna() -> Klarna {
    let word = || SecretString::from("a-word-that-nobody-may-see");
    Klarna::new(KlarnaConfig::new("http://127.0.0.1:9".to_owned(), word(), word())).expect("a provider")
}

pub struct Browser {
    router: Router,
    cookie: Option<String>,
    /// Whether the connection is known to come from this machine.
    pub is_here: bool,
}

pub struct Answer {
    pub status: StatusCode,
    pub location: String,
    pub headers: HeaderMap,
    pub body: String,
}

impl Office {
    pub async fn open() -> Self {
        let store = shop_server::store::open("sqlite::memory:").await.expect("a database in memory");
        let clock =
            Arc::new(Still { now: AtomicI64::new(super::given::at(3600).micros()), calendar: SystemClock::new() });
        let secret = SecretString::from("a secret for tests only");
        let shop = Shop::new(Ports {
            store: store.clone(),
            clock: clock.clone(),
            random: Arc::new(OsRandom),
            secrets: Arc::new(KeyedSecrets::new(&secret)),
            guard: Arc::new(LocalGuard::new(&secret, Arc::new(OsRandom), "All Gems").expect("a guard")),
            providers: vec![Arc::new(klarna())],
            register: Arc::new(NoRegister),
            settings: Settings {
                identity: Identity::default(),
                shipping: ShippingRules::default(),
                bank: Bank { holder: "All Gems".to_owned(), iban: "NL20INGB0001234567".to_owned() },
                transfer_days: 7,
                invoice: InvoiceLimits::default(),
                invoice_days: 14,
                own_invoice: shop_core::payment::OwnInvoice::default(),
                public_url: HOME.to_owned(),
                terms_version: "2026-11-22".to_owned(),
                privacy_version: "2026-11-22".to_owned(),
                letters_per_minute: 12,
                demo: true,
            },
            catalogue: LiveCatalogue::default(),
        });
        let router = router(shop.clone(), CookiePolicy::of(HOME), Assets { beheer_css: "/pkg/beheer.css".to_owned() });
        Self { shop, store, clock, router }
    }

    pub fn browser(&self) -> Browser {
        Browser { router: self.router.clone(), cookie: None, is_here: false }
    }

    pub fn later(&self, seconds: i64) {
        self.clock.now.fetch_add(seconds * 1_000_000, Ordering::SeqCst);
    }

    pub async fn owner_link(&self) -> String {
        let email = EmailAddress::parse("anna@voorbeeld.nl").expect("an address");
        self.shop.create_owner(&email, "Anna").await.expect("a link")
    }

    /// A browser that is signed in, through the link of the demo.
    pub async fn member(&self) -> Browser {
        let token = self.shop.demo_owner_link().await.expect("asked").expect("this is the demo");
        let mut browser = self.browser();
        browser.is_here = true;
        assert_eq!(browser.get(&format!("/beheer/demo/{token}")).await.location, "/beheer");
        browser
    }

    /// What the authenticator app shows now for the key on the page.
    pub fn code(&self, key: &str) -> String {
        let secret = Secret::try_from_base32(key.replace(' ', "")).expect("a key");
        let now = u64::try_from(self.clock.now().seconds()).expect("after 1970");
        Builder::new().with_secret(secret).build().expect("a second factor").generate(now).to_string()
    }

    pub async fn order(&self, number: &str) -> Order {
        let mut tx = self.store.read().await.expect("a door");
        let number = OrderNumber::parse(number).expect("a number");
        tx.order_by_number(&number).await.expect("read").expect("an order")
    }

    pub async fn save_attempt(&self, attempt: &Attempt) {
        let mut tx = self.store.begin().await.expect("a door");
        tx.insert_attempt(attempt).await.expect("written");
        tx.commit().await.expect("committed");
    }

    pub async fn price(&self, variant: VariantId) -> Money {
        let mut tx = self.store.read().await.expect("a door");
        let products = tx.products().await.expect("read");
        products.iter().find_map(|product| product.variant(variant)).expect("a size").price.now
    }

    pub async fn discounts(&self) -> Vec<FiledDiscount> {
        self.store.read().await.expect("a door").discounts().await.expect("read")
    }

    pub async fn on_hand(&self, variant: VariantId) -> u32 {
        let mut tx = self.store.read().await.expect("a door");
        tx.stock(variant).await.expect("read").expect("a size").on_hand
    }
}

impl Browser {
    pub async fn get(&mut self, address: &str) -> Answer {
        self.send(Request::get(address).body(Body::empty()).expect("a request")).await
    }

    pub async fn post(&mut self, address: &str, form: &str) -> Answer {
        let request = Request::post(address).header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(form.to_owned())).expect("a request")).await
    }

    /// Sends a file in a field of that name, as a form in a browser does.
    pub async fn upload(&mut self, address: &str, field: &str, file: &str) -> Answer {
        let form = format!(
            "--mark\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"bestand\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n{file}\r\n--mark--\r\n"
        );
        let request = Request::post(address).header(CONTENT_TYPE, "multipart/form-data; boundary=mark");
        self.send(request.body(Body::from(form)).expect("a request")).await
    }

    async fn send(&mut self, mut request: Request<Body>) -> Answer {
        if let Some(cookie) = &self.cookie {
            request.headers_mut().insert(COOKIE, cookie.parse().expect("a cookie"));
        }
        if self.is_here {
            request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 5000))));
        }
        let response = self.router.clone().oneshot(request).await.expect("a router always answers");
        let (parts, body) = response.into_parts();
        for line in parts
            .headers
            .get_all(SET_COOKIE)
            .iter()
            .filter_map(|line| line.to_str().ok())
            .filter(|line| line.starts_with("agsid="))
        {
            self.cookie = line.split(';').next().map(str::to_owned);
        }
        let location = parts.headers.get(LOCATION).and_then(|value| value.to_str().ok()).unwrap_or("").to_owned();
        let body = String::from_utf8(body.collect().await.expect("a body").to_bytes().to_vec()).expect("text");
        Answer { status: parts.status, location, headers: parts.headers, body }
    }
}

/// What stands between two marks.
pub fn between(text: &str, before: &str, after: &str) -> String {
    let rest = text.split(before).nth(1).unwrap_or_else(|| panic!("{before} in {text}"));
    // The page writer leaves marks between pieces of text.
    rest.split(after).next().unwrap_or("").replace("<!>", "")
}
