//! A whole shop for one test: its own file, its own sandbox, a clock that stands still until it is moved.

use axum::Router;
use axum::body::Bytes;
use axum::http::StatusCode;
use axum::routing::post;
use secrecy::SecretString;
use shop_app::api::QrCode;
use shop_app::measure::Tools;
use shop_core::ShopError;
use shop_core::catalog::{Category, Description, Maker, Price, Product, Size, Sku, Status, Variant};
use shop_core::checkout::TypedDetails;
use shop_core::id::{JobId, ProductId, VariantId};
use shop_core::money::Money;
use shop_core::order::{Order, OrderNumber};
use shop_core::payment::{Attempt, InvoiceLimits, Method};
use shop_core::shipping::ShippingRules;
use shop_core::shop::Identity;
use shop_core::time::{Day, Seconds, Timestamp};
use shop_core::vat::VatRate;
use shop_flows::catalogue::LiveCatalogue;
use shop_flows::job::Job;
use shop_flows::ports::{Clock, NoticeError, PaymentProvider, Random, RawNotice, Task};
use shop_flows::{Bank, Ports, Settings, Shop};
use shop_sandbox::{DEMO_REFRESH_TOKEN, DEMO_SIGNING_KEY, Outcome, Sandbox, SandboxConfig, paypal};
use shop_server::guard::LocalGuard;
use shop_server::http::site::Site;
use shop_server::http::{Allowance, Press, Web, WebConfig, front_door};
use shop_server::jobs::Worker;
use shop_server::mail::{BankAccount, Letters, LettersConfig, Memory, Post};
use shop_server::payment::{
    BankTransfer, CertificateSource, Klarna, KlarnaConfig, OmniKassa, OmniKassaConfig, PayPal, PayPalConfig,
};
use shop_server::register::NoRegister;
use shop_server::secrets::KeyedSecrets;
use sqlx::sqlite::SqlitePool;
use sqlx::{AssertSqlSafe, Row};
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::Duration;
use tokio::sync::{Notify, watch};
use uuid::Uuid;

/// Tuesday 24 November 2026, 20.14 in Amsterdam.
pub const NOW: Timestamp = Timestamp::from_micros(1_795_547_640_000_000);
/// One dress.
pub const PRICE: Money = Money::cents(4495);
/// One dress with delivery.
pub const TOTAL: Money = Money::cents(4990);
const PUBLIC_URL: &str = "https://winkel.example";

/// A clock that tests move. Amsterdam is an hour ahead, as it is in November.
pub struct TestClock(AtomicI64);

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

/// Counts instead of guessing: different each time, the same in each run.
#[derive(Default)]
struct Sequence(AtomicU64);

impl Sequence {
    fn next(&self) -> u64 {
        self.0.fetch_add(1, Ordering::SeqCst) + 1
    }
}

impl Random for Sequence {
    fn id(&self) -> Uuid {
        Uuid::from_u64_pair(7, self.next())
    }
    fn token(&self) -> [u8; 32] {
        let mut token = [7; 32];
        token[..8].copy_from_slice(&self.next().to_be_bytes());
        token
    }
    fn number(&self, below: u32) -> u32 {
        u32::try_from(self.next().wrapping_mul(611_953) % u64::from(below)).unwrap()
    }
}

pub struct TestShop {
    pub shop: Shop,
    pub sandbox: Sandbox,
    pub mails: Memory,
    clock: Arc<TestClock>,
    letters: Arc<Letters>,
    /// A look into the file, past the shop.
    pub rows: SqlitePool,
    folder: tempfile::TempDir,
}

impl TestShop {
    pub async fn open() -> Self {
        let sandbox = quiet_sandbox().await;
        let provider = format!("http://{}", sandbox.http_addr());
        Self::with_provider(sandbox, &provider, PUBLIC_URL, false).await
    }

    /// A shop whose owner set up PayPal too.
    pub async fn with_paypal() -> Self {
        let sandbox = quiet_sandbox().await;
        let provider = format!("http://{}", sandbox.http_addr());
        Self::with_provider(sandbox, &provider, PUBLIC_URL, true).await
    }

    /// The same, somewhere else than the sandbox.
    pub async fn with_paypal_at(url: &str) -> Self {
        Self::with_provider(quiet_sandbox().await, url, PUBLIC_URL, true).await
    }

    /// The same, reached over HTTP at the address that its providers are given.
    pub async fn with_a_door() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let public_url = format!("http://{}", listener.local_addr().unwrap());
        let sandbox = quiet_sandbox().await;
        let provider = format!("http://{}", sandbox.http_addr());
        let at = Self::with_provider(sandbox, &provider, &public_url, true).await;
        let allowance = Allowance {
            forms_per_minute: 1000,
            sign_ins_per_ten_minutes: 1000,
            notices_per_minute: 1000,
            behind_proxy: false,
        };
        let (web, cache) = Web::new(WebConfig {
            shop: at.shop.clone(),
            qr: QrCode(Arc::new(|_| String::new())),
            press: Press(Arc::new(|_| None)),
            decor: BTreeMap::new(),
            pictures: at.folder.path().to_owned(),
            pay_origins: vec![provider],
            keep_pages: false,
            allowance,
            wake: Arc::new(Notify::new()),
            site: Site::load(),
            tools: Tools::default(),
        });
        at.sandbox.rabo().set_notify_url(&format!("{public_url}/webhooks/omnikassa"));
        at.sandbox.paypal().set_notify_url(&format!("{public_url}/webhooks/paypal"));
        let door = Router::new().fallback_service(front_door(web, cache));
        let door = door.into_make_service_with_connect_info::<SocketAddr>();
        // Ends with the runtime of the test.
        tokio::spawn(async move { axum::serve(listener, door).await });
        at
    }

    /// The bytes of the files that the database keeps, the log of what is not filed yet included.
    pub fn files(&self) -> Vec<u8> {
        let names = ["shop.db", "shop.db-wal"];
        names.into_iter().flat_map(|name| std::fs::read(self.folder.path().join(name)).unwrap()).collect()
    }

    /// A shop whose payment provider is somewhere else than the sandbox.
    pub async fn with_provider_at(url: &str) -> Self {
        Self::with_provider(quiet_sandbox().await, url, PUBLIC_URL, false).await
    }

    async fn with_provider(sandbox: Sandbox, provider: &str, public_url: &str, has_paypal: bool) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("shop.db").display());
        let store = shop_server::store::open(&url).await.unwrap();
        let rows = SqlitePool::connect(&url).await.unwrap();
        let clock = Arc::new(TestClock(AtomicI64::new(NOW.micros())));
        let random: Arc<dyn Random> = Arc::new(Sequence::default());
        let secret = SecretString::from("a secret of at least thirty-two letters");
        let mut omnikassa = OmniKassaConfig::new(
            provider.to_owned(),
            SecretString::from(DEMO_REFRESH_TOKEN),
            SecretString::from(DEMO_SIGNING_KEY),
        );
        // The slow provider of the sandbox takes five seconds.
        omnikassa.timeout = Duration::from_secs(3);
        let klarna = KlarnaConfig::new(
            provider.to_owned(),
            SecretString::from(shop_sandbox::klarna::DEMO_USERNAME),
            SecretString::from(shop_sandbox::klarna::DEMO_PASSWORD),
        );
        let paypal = PayPalConfig::new(
            provider.to_owned(),
            SecretString::from(paypal::DEMO_CLIENT_ID),
            SecretString::from(paypal::DEMO_CLIENT_SECRET),
            SecretString::from(paypal::DEMO_WEBHOOK_ID),
            CertificateSource::Sandbox { origin: provider.to_owned(), root: paypal::ROOT_CERTIFICATE.to_owned() },
        );
        let bank = BankAccount { holder: "All Gems".to_owned(), iban: "NL91ABNA0417164300".to_owned() };
        let settings = Settings {
            identity: Identity::default(),
            shipping: ShippingRules::default(),
            bank: Bank { holder: bank.holder.clone(), iban: bank.iban.clone() },
            transfer_days: 14,
            invoice: InvoiceLimits::default(),
            invoice_days: 14,
            own_invoice: shop_core::payment::OwnInvoice::default(),
            public_url: public_url.to_owned(),
            terms_version: "2026-11-01".to_owned(),
            privacy_version: "2026-11-01".to_owned(),
            letters_per_minute: 12,
            demo: false,
        };
        let letters = LettersConfig {
            identity: Identity::default(),
            public_url: public_url.to_owned(),
            shipping: ShippingRules::default(),
            bank,
        };
        let mut providers: Vec<Arc<dyn PaymentProvider>> = vec![
            Arc::new(OmniKassa::new(omnikassa, clock.clone()).unwrap()),
            Arc::new(Klarna::new(klarna).unwrap()),
            Arc::new(BankTransfer),
        ];
        if has_paypal {
            providers.push(Arc::new(PayPal::new(paypal, clock.clone()).unwrap()));
        }
        let shop = Shop::new(Ports {
            store,
            clock: clock.clone(),
            guard: Arc::new(LocalGuard::new(&secret, random.clone(), "All Gems").unwrap()),
            random,
            secrets: Arc::new(KeyedSecrets::new(&secret)),
            providers,
            register: Arc::new(NoRegister),
            settings,
            catalogue: LiveCatalogue::default(),
        });
        shop.reload_catalogue().await.unwrap();
        listen_for_notices(&shop, &sandbox).await;
        let letters = Arc::new(Letters::new(letters, clock.clone()).unwrap());
        Self { shop, sandbox, mails: Memory::default(), clock, letters, rows, folder }
    }

    /// A dress in the shop, in one size, with this many on the shelf.
    pub async fn dress(&self, number: u128, pieces: u32) -> VariantId {
        let product = dress(number, PRICE);
        let variant = product.variants[0].id;
        let mut tx = self.shop.store.begin().await.unwrap();
        tx.save_product(&product, 1, NOW).await.unwrap();
        tx.count_stock(variant, pieces, "Ineke", NOW).await.unwrap();
        tx.commit().await.unwrap();
        self.shop.reload_catalogue().await.unwrap();
        variant
    }

    /// The owner changes what that dress costs.
    pub async fn reprice(&self, number: u128, price: Money) {
        let mut tx = self.shop.store.begin().await.unwrap();
        tx.save_product(&dress(number, price), 1, self.shop.clock.now()).await.unwrap();
        tx.commit().await.unwrap();
        self.shop.reload_catalogue().await.unwrap();
    }

    /// A browser that was never here.
    pub fn browser(&self) -> Browser<'_> {
        Browser { at: self, cookie: None }
    }

    /// Moves the clocks of the shop and of the outside world.
    pub async fn advance(&self, by: Seconds) {
        self.clock.0.fetch_add(by.0 * 1_000_000, Ordering::SeqCst);
        let outside = self.sandbox.rabo().clock();
        outside.set_offset_seconds(outside.offset_seconds() + by.0);
        self.sandbox.rabo().expire_overdue().await;
    }

    /// Moves the clocks to half past three in the night of a day.
    pub async fn night_of(&self, day: Day) {
        let then = Timestamp::from_micros((day.number() * 86_400 + 2 * 3600 + 1800) * 1_000_000);
        self.advance(then.since(self.shop.clock.now())).await;
    }

    /// Writes to the file past the shop.
    pub async fn write(&self, statement: &'static str) -> Result<(), sqlx::Error> {
        sqlx::query(statement).execute(&self.rows).await.map(drop)
    }

    /// Lets the real worker do all that is due, tidying included.
    pub async fn run_jobs(&self) {
        self.run_jobs_through(Arc::new(self.mails.clone())).await;
    }

    /// The same with another mail server.
    pub async fn run_jobs_through(&self, post: Arc<dyn Post>) {
        self.enqueue_tidying().await;
        let (stop, stopped) = watch::channel(false);
        let worker = Worker {
            shop: self.shop.clone(),
            letters: self.letters.clone(),
            post,
            pictures: self.folder.path().to_owned(),
            avif: false,
            wake: Arc::new(Notify::new()),
        };
        let running = tokio::spawn(worker.run(stopped));
        let due = "select count(*) from jobs where dead_at is null and (locked_until is not null or run_at <= $1)";
        for _ in 0..5_000 {
            let now = self.shop.clock.now().micros();
            let (left,): (i64,) = sqlx::query_as(due).bind(now).fetch_one(&self.rows).await.unwrap();
            if left == 0 {
                stop.send(true).unwrap();
                running.await.unwrap();
                return;
            }
            tokio::time::sleep(Duration::from_millis(4)).await;
        }
        panic!("jobs were still due after twenty seconds: {:?}", self.jobs().await);
    }

    async fn enqueue_tidying(&self) {
        let mut tx = self.shop.store.begin().await.unwrap();
        let id = JobId::new(self.shop.random.id());
        tx.enqueue(id, &Job::Housekeeping, self.shop.clock.now(), Some("housekeeping")).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// What the shopper does at the provider; then its notice arrives and the worker does its work.
    pub async fn at_the_provider(&self, reference: &str, outcome: Outcome) {
        self.sandbox.rabo().outcome(reference, outcome).await.unwrap();
        assert!(self.notice_arrives().await, "the notice was refused");
        self.run_jobs().await;
    }

    /// The provider says that there is news. Whether the shop accepted it.
    pub async fn notice_arrives(&self) -> bool {
        self.sandbox.rabo().notify_now().await
    }

    pub async fn order(&self, number: &OrderNumber) -> Order {
        self.shop.store.read().await.unwrap().order_by_number(number).await.unwrap().unwrap()
    }

    pub async fn attempts(&self, number: &OrderNumber) -> Vec<Attempt> {
        let order = self.order(number).await;
        self.shop.store.read().await.unwrap().attempts(order.id).await.unwrap()
    }

    /// Names of the states of all attempts of an order, first one first.
    pub async fn attempt_states(&self, number: &OrderNumber) -> Vec<&'static str> {
        self.attempts(number).await.iter().map(|attempt| attempt.state.name()).collect()
    }

    /// On the shelf, and held.
    pub async fn stock(&self, variant: VariantId) -> (u32, u32) {
        let stock = self.shop.store.read().await.unwrap().stock(variant).await.unwrap().unwrap();
        (stock.on_hand, stock.held)
    }

    /// Kind and detail of what a person must look at.
    pub async fn tasks(&self) -> Vec<(String, String)> {
        let tasks: Vec<Task> = self.shop.store.read().await.unwrap().tasks().await.unwrap();
        tasks.into_iter().map(|task| (task.kind, task.detail)).collect()
    }

    /// Reason and pieces of each movement.
    pub async fn movements(&self) -> Vec<(String, i64)> {
        sqlx::query_as("select reason, quantity from stock_movements order by at, reason desc")
            .fetch_all(&self.rows)
            .await
            .unwrap()
    }

    /// Kinds of the jobs that wait, tidying aside.
    pub async fn jobs(&self) -> Vec<String> {
        let kinds: Vec<(String,)> =
            sqlx::query_as("select kind from jobs where dead_at is null and kind <> 'housekeeping' order by kind")
                .fetch_all(&self.rows)
                .await
                .unwrap();
        kinds.into_iter().map(|(kind,)| kind).collect()
    }

    pub async fn count(&self, table: &str) -> i64 {
        let (rows,): (i64,) =
            sqlx::query_as(AssertSqlSafe(format!("select count(*) from {table}"))).fetch_one(&self.rows).await.unwrap();
        rows
    }

    /// The database takes samples of its rows for its planner, as it does when a shop closes.
    pub async fn take_samples(&self) {
        sqlx::query("analyze").execute(&self.rows).await.unwrap();
        let (samples,): (i64,) =
            sqlx::query_as("select count(*) from sqlite_stat4").fetch_one(&self.rows).await.unwrap();
        assert!(samples > 0);
    }

    /// Names of what happened to an order, oldest first.
    pub async fn timeline(&self, number: &OrderNumber) -> Vec<String> {
        let order = self.order(number).await;
        let happenings = self.shop.store.read().await.unwrap().happenings(order.id).await.unwrap();
        happenings.into_iter().map(|happening| happening.event).collect()
    }

    /// Every row of every table as text, to show that nothing changed.
    pub async fn everything(&self) -> Vec<String> {
        let tables = "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and name <> '_sqlx_migrations' order by name";
        let tables: Vec<(String,)> = sqlx::query_as(tables).fetch_all(&self.rows).await.unwrap();
        let mut rows = Vec::new();
        for (table,) in tables {
            let columns: Vec<(String,)> = sqlx::query_as("select 'quote(' || name || ')' from pragma_table_info($1)")
                .bind(&table)
                .fetch_all(&self.rows)
                .await
                .unwrap();
            let columns: Vec<String> = columns.into_iter().map(|(column,)| column).collect();
            let query =
                format!("select '{table}: ' || {} as line from {table} order by line", columns.join(" || ', ' || "));
            let lines = sqlx::query(AssertSqlSafe(query)).fetch_all(&self.rows).await.unwrap();
            rows.extend(lines.iter().map(|line| line.get::<String, _>("line")));
        }
        rows
    }

    /// Subjects of the mails to an address.
    pub fn subjects(&self, to: &str) -> Vec<String> {
        self.mails.sent().into_iter().filter(|mail| mail.to.as_str() == to).map(|mail| mail.subject).collect()
    }
}

/// A browser with its cookie. Like the server, every click reads the visitor anew.
#[derive(Clone)]
pub struct Browser<'a> {
    at: &'a TestShop,
    cookie: Option<String>,
}

impl Browser<'_> {
    /// The shop that it visits.
    pub const fn at(&self) -> &TestShop {
        self.at
    }

    pub async fn visitor(&self) -> shop_flows::Visitor {
        self.at.shop.visitor(self.cookie.as_deref()).await.unwrap()
    }

    /// Keeps the cookie that an answer sets.
    pub fn keep(&mut self, visitor: shop_flows::Visitor) {
        if let Some(cookie) = visitor.new_cookie {
            self.cookie = Some(cookie);
        }
    }

    pub async fn add(&mut self, variant: VariantId, pieces: u32) -> Result<(), ShopError> {
        let mut visitor = self.visitor().await;
        let more = shop_core::cart::Quantity::new(pieces).unwrap();
        let done = self.at.shop.add_to_cart(&mut visitor, variant, more).await;
        self.keep(visitor);
        done
    }

    /// Everything up to the order button: one piece, held, with her details and the way to pay.
    pub async fn fill_in(&mut self, variant: VariantId, email: &str, method: Method) {
        self.add(variant, 1).await.unwrap();
        let visitor = self.visitor().await;
        self.at.shop.hold_cart(&visitor).await.unwrap();
        assert_eq!(self.at.shop.send_details(&visitor, details(email), false).await, Ok(true));
        assert_eq!(self.at.shop.send_method(&visitor, method.name()).await, Ok(true));
    }

    /// Presses the order button under that total.
    pub async fn press(&mut self, total: Money) -> Result<shop_flows::checkout::NextStep, ShopError> {
        let mut visitor = self.visitor().await;
        let next = self.at.shop.place_order(&mut visitor, total).await;
        self.keep(visitor);
        next
    }

    /// Orders one piece. The number of the order.
    pub async fn buy(&mut self, variant: VariantId, method: Method) -> OrderNumber {
        self.fill_in(variant, "marieke@voorbeeld.nl", method).await;
        self.press(TOTAL).await.unwrap();
        self.visitor().await.session.unwrap().orders[0].clone()
    }

    /// Signs in with the code that is mailed.
    pub async fn sign_in(&mut self, email: &str) {
        let code = self.code(email).await;
        let mut visitor = self.visitor().await;
        self.at.shop.enter_code(&mut visitor, email, &code).await.unwrap();
        self.keep(visitor);
    }

    /// Asks for a code and reads it in the mail.
    pub async fn code(&mut self, email: &str) -> String {
        let mut visitor = self.visitor().await;
        self.at.shop.send_code(&mut visitor, email).await.unwrap();
        self.keep(visitor);
        self.at.run_jobs().await;
        let mail = self.at.mails.sent().into_iter().rfind(|mail| mail.to.as_str() == email).unwrap();
        mail.text.split(|c: char| !c.is_ascii_digit()).find(|word| word.len() == 6).unwrap().to_owned()
    }
}

pub fn details(email: &str) -> TypedDetails {
    let text = str::to_owned;
    TypedDetails {
        email: text(email),
        given_name: text("Marieke"),
        family_name: text("de Vries"),
        postal_code: text("7607 AB"),
        house: text("12 bis"),
        street: text("Grotestraat"),
        city: text("Almelo"),
        country: text("NL"),
        phone: String::new(),
    }
}

fn dress(number: u128, price: Money) -> Product {
    let text = str::to_owned;
    Product {
        id: ProductId::new(Uuid::from_u128(number * 1000)),
        slug: format!("jurk-madelief-{number}"),
        title: text("Jurk Madelief"),
        brand: text("All Gems"),
        kind: text("Jurken"),
        category: Category::of_type("Jurken"),
        description: Description::default(),
        colour: None,
        group: None,
        fibre: text("100% katoen"),
        fabric: String::new(),
        care: String::new(),
        fit: String::new(),
        certificate: None,
        maker: Maker::default(),
        season: None,
        pairs_with: Vec::new(),
        vat: VatRate::STANDARD,
        is_new: false,
        is_organic: false,
        status: Status::Active,
        variants: vec![Variant {
            id: VariantId::new(Uuid::from_u128(number * 1000 + 1)),
            sku: Sku::parse(&format!("AG-{number}")).unwrap(),
            size: Size::parse("98/104").unwrap(),
            price: Price::plain(price),
            grams: 180,
            barcode: None,
            available: 0,
        }],
        pictures: Vec::new(),
        created_at: NOW,
    }
}

/// A provider that says nothing by itself: tests decide when a notice comes.
async fn quiet_sandbox() -> Sandbox {
    shop_server::tls::install();
    let sandbox = Sandbox::start(SandboxConfig::on_free_ports()).await.unwrap();
    let mut habits = sandbox.rabo().settings();
    habits.notify_attempts = 0;
    habits.notify_again_ms = 3_600_000;
    sandbox.rabo().set_settings(habits);
    let mut habits = sandbox.klarna().settings();
    habits.callback_attempts = 0;
    sandbox.klarna().set_settings(habits);
    let mut habits = sandbox.paypal().settings();
    habits.notify_attempts = 0;
    sandbox.paypal().set_settings(habits);
    sandbox.rabo().clock().set_now(jiff::Timestamp::from_microsecond(NOW.micros()).unwrap());
    sandbox
}

async fn listen_for_notices(shop: &Shop, sandbox: &Sandbox) {
    let shop = shop.clone();
    let receive = async move |body: Bytes| match shop.notice("omnikassa", RawNotice { headers: &[], body: &body }).await
    {
        Ok(()) => StatusCode::OK,
        Err(NoticeError::Forged) => StatusCode::FORBIDDEN,
        Err(NoticeError::Malformed) => StatusCode::BAD_REQUEST,
        Err(NoticeError::Unavailable) => StatusCode::SERVICE_UNAVAILABLE,
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    sandbox.rabo().set_notify_url(&format!("http://{}/", listener.local_addr().unwrap()));
    let router = Router::new().route("/", post(receive));
    // Ends with the runtime of the test.
    tokio::spawn(async move { axum::serve(listener, router).await });
}

/// The parameters of an address that a browser came back with.
pub fn query_of(url: &str) -> Vec<(String, String)> {
    reqwest::Url::parse(url).unwrap().query_pairs().into_owned().collect()
}
