//! The power fails: the shop is killed at random moments during two hundred checkouts and started again on the same files. In
//! the end everybody who paid has exactly one paid order, and the shelf lost exactly what was sold.
//!
//! Runs when `KILL_TEST_BINARY` names the program, built with its demo: `cargo build --release -p shop-server`, then
//! `KILL_TEST_BINARY=target/release/allgems cargo test -p shop-server --test kill`.

#![expect(clippy::unwrap_used, reason = "a test that panics has failed, which is what it is for")]

use reqwest::header::{ACCEPT, COOKIE, LOCATION, SET_COOKIE};
use serde_json::Value;
use shop_core::catalog::{Category, Description, Maker, Price, Product, Size, Sku, Status, Variant};
use shop_core::id::{ProductId, VariantId};
use shop_core::money::Money;
use shop_core::time::Timestamp;
use shop_core::vat::VatRate;
use shop_flows::ports::OrderQuery;
use sqlx::sqlite::SqlitePool;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tokio::process::{Child, Command};
use uuid::Uuid;

const CHECKOUTS: u32 = 200;
const AT_ONCE: u32 = 4;
/// More than are sold, so that nobody is refused.
const SHELF: u32 = 1000;
/// One dress with delivery, in cents.
const TOTAL: i64 = 4990;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[expect(clippy::disallowed_methods, reason = "a test has no settings")]
async fn whoever_paid_has_one_paid_order_however_often_the_shop_is_killed() {
    let Ok(program) = std::env::var("KILL_TEST_BINARY") else {
        // Not `eprintln`: the test runner would hide it.
        let _ = writeln!(
            std::io::stderr(),
            "note: the kill test did not run; set KILL_TEST_BINARY=target/release/allgems to run it"
        );
        return;
    };
    let shop = Arc::new(Shop::prepare(&program).await);
    let dress = VariantId::new(Uuid::from_u128(1001));

    let mut running = shop.start().await;
    let shoppers: Vec<_> = (0..AT_ONCE)
        .map(|shopper| {
            let shop = shop.clone();
            tokio::spawn(async move {
                for checkout in 0..CHECKOUTS / AT_ONCE {
                    Shopper::new(&shop).buys(dress, shopper * 1000 + checkout).await;
                }
            })
        })
        .collect();
    let mut kills = 0;
    while !shoppers.iter().all(|shopper| shopper.is_finished()) {
        tokio::time::sleep(shop.chance.milliseconds(40, 700)).await;
        // SIGKILL: nothing is finished, flushed or handed back.
        running.kill().await.unwrap();
        kills += 1;
        running = shop.start().await;
    }
    for shopper in shoppers {
        shopper.await.unwrap();
    }

    // What was lost on the way is found by asking, which would take twenty minutes; here it is time at once.
    running.kill().await.unwrap();
    shop.make_jobs_due().await;
    running = shop.start().await;
    let paid = shop.settled_totals().await;
    running.kill().await.unwrap();

    let _ = writeln!(
        std::io::stderr(),
        "note: {CHECKOUTS} checkouts, {kills} kills, {} attempts announced",
        paid.announced
    );
    assert!(kills >= 10, "the shop was killed only {kills} times");
    shop.compare(&paid, dress).await;
}

/// What the provider received.
struct Paid {
    /// How often each reference was paid.
    times: BTreeMap<String, i64>,
    announced: usize,
}

/// A small source of chance; which moments are hit is different each time.
struct Chance(AtomicU64);

impl Chance {
    fn below(&self, end: u64) -> u64 {
        let mut x = self.0.load(Ordering::Relaxed);
        x ^= x << 13;
        x ^= x >> 7;
        x ^= x << 17;
        self.0.store(x, Ordering::Relaxed);
        x % end
    }

    fn milliseconds(&self, from: u64, to: u64) -> Duration {
        Duration::from_millis(from + self.below(to - from))
    }
}

/// The program, its files and its addresses.
struct Shop {
    program: PathBuf,
    folder: tempfile::TempDir,
    url: String,
    sandbox: String,
    addresses: [String; 3],
    http: reqwest::Client,
    chance: Chance,
}

impl Shop {
    async fn prepare(program: &str) -> Self {
        shop_server::tls::install();
        let folder = tempfile::tempdir().unwrap();
        let ports = [(); 3].map(|()| std::net::TcpListener::bind("127.0.0.1:0").unwrap());
        let addresses = ports.map(|port| port.local_addr().unwrap().to_string());
        let mut seed = [0; 8];
        getrandom::fill(&mut seed).unwrap();
        let shop = Self {
            // Tests run in the folder of their crate; the name is meant from the root of the project.
            program: Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(program).canonicalize().unwrap(),
            url: format!("http://{}", addresses[0]),
            sandbox: format!("http://{}", addresses[1]),
            addresses,
            http: reqwest::Client::builder()
                .redirect(reqwest::redirect::Policy::none())
                .no_proxy()
                .timeout(Duration::from_secs(10))
                .build()
                .unwrap(),
            chance: Chance(AtomicU64::new(u64::from_le_bytes(seed) | 1)),
            folder,
        };
        shop.fill_shelf().await;
        shop
    }

    fn database(&self) -> String {
        format!("sqlite:{}", self.folder.path().join("shop.db").display())
    }

    /// One article, so that the demo has nothing to import.
    async fn fill_shelf(&self) {
        let store = shop_server::store::open(&self.database()).await.unwrap();
        let mut tx = store.begin().await.unwrap();
        let product = dress();
        tx.save_product(&product, 1, Timestamp::from_micros(0)).await.unwrap();
        tx.count_stock(product.variants[0].id, SHELF, "test", Timestamp::from_micros(0)).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// Starts the program and waits until it answers.
    async fn start(&self) -> Child {
        let [shop, sandbox, mail] = &self.addresses;
        let child = Command::new(&self.program)
            .arg("demo")
            .current_dir(self.folder.path())
            .env("SHOP_ADDR", shop)
            .env("SANDBOX_ADDR", sandbox)
            .env("SANDBOX_SMTP_ADDR", mail)
            .env("SHOP_DATA", self.folder.path())
            .env("SHOP_SECRET", "the secret of a shop that is killed again and again")
            .env("SHOP_LOG", "error")
            .env_remove("DATABASE_URL")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let patience = Instant::now() + Duration::from_secs(30);
        while !self
            .http
            .get(format!("{}/readyz", self.url))
            .send()
            .await
            .is_ok_and(|answer| answer.status().is_success())
        {
            assert!(Instant::now() < patience, "the shop does not start");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        child
    }

    async fn make_jobs_due(&self) {
        let rows = SqlitePool::connect(&self.database()).await.unwrap();
        sqlx::query(
            "update jobs set run_at = 0, locked_until = null where dead_at is null and kind in ('ask', 'pull')",
        )
        .execute(&rows)
        .await
        .unwrap();
        rows.close().await;
    }

    /// Waits until nothing is left to fetch or to ask, and reads the books of the provider.
    async fn settled_totals(&self) -> Paid {
        let rows = SqlitePool::connect(&self.database()).await.unwrap();
        let patience = Instant::now() + Duration::from_secs(120);
        // Attempts that are still open are asked about again later; those are planned, not due.
        let due = "select count(*) from jobs where kind in ('ask', 'pull') and dead_at is null and (run_at = 0 or locked_until is not null)";
        loop {
            let (left,): (i64,) = sqlx::query_as(due).fetch_one(&rows).await.unwrap();
            if left == 0 {
                break;
            }
            assert!(Instant::now() < patience, "{left} jobs are still due");
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
        rows.close().await;
        let totals: Value =
            self.http.get(format!("{}/_sim/totals", self.sandbox)).send().await.unwrap().json().await.unwrap();
        let orders = totals["orders"].as_array().unwrap();
        let paid = |order: &Value| Some((order["merchantOrderId"].as_str()?.to_owned(), order["paidTimes"].as_i64()?));
        let times = orders.iter().map(|order| paid(order).unwrap()).filter(|(_, times)| *times > 0).collect();
        Paid { times, announced: orders.len() }
    }

    /// The books of the provider beside ours.
    async fn compare(&self, paid: &Paid, dress: VariantId) {
        let store = shop_server::store::open(&self.database()).await.unwrap();
        let mut tx = store.read().await.unwrap();
        let everything = OrderQuery { page: 1, per_page: 10_000, ..OrderQuery::default() };
        let (orders, found) = tx.orders(&everything).await.unwrap();
        let mut ours = BTreeMap::new();
        for summary in &orders {
            let attempts = tx.attempts(summary.id).await.unwrap();
            let settled: Vec<_> = attempts.iter().filter(|attempt| attempt.state.name() == "paid").collect();
            assert_eq!((summary.state.as_str(), settled.len()), ("paid", 1), "{}: {attempts:?}", summary.number);
            ours.insert(settled[0].reference.clone(), 1);
        }

        assert_eq!(found, CHECKOUTS, "each checkout became one order");
        assert_eq!(ours, paid.times, "what was paid there is paid here, each once");
        assert_eq!(tx.tasks().await.unwrap(), []);
        let stock = tx.stock(dress).await.unwrap().unwrap();
        assert_eq!(stock.on_hand, SHELF - CHECKOUTS);
        drop(tx);

        let rows = SqlitePool::connect(&self.database()).await.unwrap();
        let count = async |query: &'static str| sqlx::query_as::<_, (i64,)>(query).fetch_one(&rows).await.unwrap().0;
        assert_eq!(
            count("select cast(coalesce(sum(quantity), 0) as bigint) from stock_movements where reason = 'sold'").await,
            i64::from(CHECKOUTS)
        );
        assert_eq!(
            count("select count(*) from (select order_id from stock_movements group by order_id having count(*) > 1)")
                .await,
            0
        );
        assert_eq!(
            count("select cast(coalesce(sum(quantity), 0) as bigint) from reservations").await,
            i64::from(stock.held)
        );
        assert_eq!(count("select count(*) from reservations where order_id is not null").await, 0);
        assert_eq!(count("select count(*) from jobs where dead_at is not null").await, 0);
    }
}

/// Somebody who does not give up: what got no answer is clicked again.
struct Shopper<'a> {
    shop: &'a Shop,
    cookie: Option<String>,
}

impl<'a> Shopper<'a> {
    const fn new(shop: &'a Shop) -> Self {
        Self { shop, cookie: None }
    }

    async fn buys(mut self, dress: VariantId, number: u32) {
        let email = format!("koper{number}@voorbeeld.nl");
        let details = [
            ("email", email.as_str()),
            ("given_name", "Marieke"),
            ("family_name", "de Vries"),
            ("postal_code", "7603 NE"),
            ("house", "16"),
            ("street", "Wittem"),
            ("city", "Almelo"),
            ("country", "NL"),
        ];
        // Sets the number, so that clicking again does not add one more.
        self.send("/api/cart/change", &[("variant", dress.to_string().as_str()), ("quantity", "1")]).await;
        self.send("/api/checkout/start", &[]).await;
        self.send("/api/checkout/details", &details).await;
        self.send("/api/checkout/method", &[("method", "ideal")]).await;
        let mut next = self.send("/api/checkout/order", &[("seen_total", TOTAL.to_string().as_str())]).await;
        for method in ["card", "ideal"].into_iter().cycle() {
            if next.starts_with(&self.shop.sandbox) {
                break;
            }
            let order = next
                .strip_prefix("/bestelling/")
                .unwrap_or_else(|| panic!("sent to {next} instead of a page to pay on"))
                .to_owned();
            next = self.send("/api/order/pay", &[("number", order.as_str()), ("method", method)]).await;
        }
        let back = self.post(&next, &[("outcome", "pay")]).await;
        // One in three closes the window at the bank.
        if self.shop.chance.below(3) > 0 {
            self.get(&back).await;
        }
    }

    async fn send(&mut self, path: &str, form: &[(&str, &str)]) -> String {
        tokio::time::sleep(self.shop.chance.milliseconds(0, 90)).await;
        let url = format!("{}{path}", self.shop.url);
        self.post(&url, form).await
    }

    /// Where the answer leads.
    async fn post(&mut self, url: &str, form: &[(&str, &str)]) -> String {
        loop {
            let request = self.shop.http.post(url).form(form);
            if let Some(location) = self.answer(request).await {
                return location;
            }
        }
    }

    async fn get(&mut self, url: &str) {
        while self.answer(self.shop.http.get(url)).await.is_none() {}
    }

    /// Where the answer leads; `None` when there was none and she has to click again.
    async fn answer(&mut self, mut request: reqwest::RequestBuilder) -> Option<String> {
        request = request.header(ACCEPT, "text/html").header("sec-fetch-site", "same-origin");
        if let Some(cookie) = &self.cookie {
            request = request.header(COOKIE, format!("agsid={cookie}"));
        }
        let Ok(answer) = request.send().await else {
            tokio::time::sleep(Duration::from_millis(50)).await;
            return None;
        };
        for line in answer.headers().get_all(SET_COOKIE) {
            let value = line.to_str().unwrap().strip_prefix("agsid=").and_then(|rest| rest.split(';').next());
            self.cookie = value.map(str::to_owned).or(self.cookie.take());
        }
        let location = answer.headers().get(LOCATION).map(|location| location.to_str().unwrap().to_owned());
        if location.is_none() {
            assert!(answer.status().is_server_error(), "{} led nowhere ({})", answer.url().path(), answer.status());
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        location
    }
}

fn dress() -> Product {
    let text = str::to_owned;
    Product {
        id: ProductId::new(Uuid::from_u128(1000)),
        slug: text("jurk-madelief"),
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
            id: VariantId::new(Uuid::from_u128(1001)),
            sku: Sku::parse("AG-1").unwrap(),
            size: Size::parse("98/104").unwrap(),
            price: Price::plain(Money::cents(4495)),
            grams: 180,
            barcode: None,
            available: 0,
        }],
        pictures: Vec::new(),
        created_at: Timestamp::from_micros(0),
    }
}
