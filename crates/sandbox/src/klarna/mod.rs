//! Klarna as it looks from a webshop that sells on invoice in the Netherlands: Payments v1 (sessions, placing an order),
//! the Hosted Payment Page v1 in the mode where the shop places the order, and Order Management v1. One webshop. The
//! widget for a shop's own page, stored tokens and the newer Network API are not here.

pub(crate) mod api;
mod callbacks;
pub(crate) mod control;
mod fields;
mod hosted;
mod ledger;
mod lines;
mod manage;
mod order;
pub(crate) mod pages;
mod payments;
mod problem;
mod purchase;
mod session;
mod settings;
mod shopper;

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::http::HeaderMap;
use jiff::Timestamp;
use serde::Serialize;
use tokio::sync::watch;
use uuid::{Uuid, Version};

use crate::{Clock, Faults, SandboxConfig, told_to_stop};
use ledger::{Books, Ledger, Reply};
pub use order::{Capture, Decision, FraudStatus, Order, OrderStatus, Refund};
use problem::Problem;
pub use session::{Page, PageStatus};
pub use settings::Settings;
pub use shopper::{Moved, Outcome};

/// The username (UID) of the made-up demo webshop.
pub const DEMO_USERNAME: &str = "PK00000_sandbox_demo";

/// The password of the made-up demo webshop.
pub const DEMO_PASSWORD: &str = "klarna_test_api_not-a-real-password";

/// Amounts that end in these cents lose their callbacks, whatever happens to the order.
const CENTS_OF_LOST_CALLBACKS: i64 = 4;

/// Klarna. Clones are handles to the same one.
#[derive(Clone)]
pub struct Klarna {
    inner: Arc<Inner>,
}

struct Inner {
    books: Books,
    http: reqwest::Client,
    faults: Faults,
    clock: Clock,
    settings: Mutex<Settings>,
    public_url: String,
    stopped: watch::Receiver<bool>,
}

/// The money of one order of the shop, in cents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OrderSums {
    /// The shop's number.
    pub merchant_reference: String,
    /// Orders placed under that number.
    pub placed: usize,
    /// Cents that Klarna promised.
    pub authorized: i64,
    /// Cents on invoices.
    pub captured: i64,
    /// Invoices, one per capture.
    pub invoices: usize,
    /// Cents given back.
    pub refunded: i64,
}

impl Klarna {
    /// Shares faults and clock with the rest of the outside world.
    pub(crate) fn open(
        config: &SandboxConfig,
        bound: SocketAddr,
        faults: Faults,
        clock: Clock,
        stopped: watch::Receiver<bool>,
    ) -> anyhow::Result<Klarna> {
        let public_url = match config.public_url.trim_end_matches('/') {
            "" => format!("http://{bound}"),
            given => given.to_owned(),
        };
        // `sandbox.json` has `sandbox.klarna.json` beside it.
        let file = config.state_file.as_ref().map(|file| file.with_extension("klarna.json"));
        let inner = Inner {
            books: Books::open(file)?,
            http: callbacks::client()?,
            faults,
            clock,
            settings: Mutex::new(Settings::default()),
            public_url,
            stopped,
        };
        Ok(Klarna { inner: Arc::new(inner) })
    }

    /// The faults that are switched on; the same as those of the other providers.
    pub fn faults(&self) -> &Faults {
        &self.inner.faults
    }

    /// Klarna's clock; the same as that of the other providers.
    pub fn clock(&self) -> &Clock {
        &self.inner.clock
    }

    /// The present settings.
    pub fn settings(&self) -> Settings {
        self.inner.settings.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Replaces the settings.
    pub fn set_settings(&self, settings: Settings) {
        *self.inner.settings.lock().unwrap_or_else(PoisonError::into_inner) = settings;
    }

    /// All hosted pages, oldest first.
    pub fn hosted_pages(&self) -> Vec<Page> {
        self.inner.books.read(|ledger| ledger.pages.clone())
    }

    /// The page with this id, or of this payment session, or else the newest for this number of the shop.
    pub fn hosted_page(&self, reference: &str) -> Option<Page> {
        self.inner.books.read(|ledger| ledger.page(reference).cloned())
    }

    /// All placed orders, oldest first.
    pub fn orders(&self) -> Vec<Order> {
        let now = self.inner.clock.now();
        self.inner.books.change(|ledger| {
            ledger.orders.iter_mut().for_each(|order| order.pass_time(now));
            ledger.orders.clone()
        })
    }

    /// The order with this id of Klarna, or else the newest with this number of the shop.
    pub fn order(&self, reference: &str) -> Option<Order> {
        let orders = self.orders();
        let position = self.inner.books.read(|ledger| ledger.order_position(reference));
        position.and_then(|index| orders.get(index).cloned())
    }

    /// What was promised, invoiced and given back, per number of the shop.
    pub fn sums(&self) -> Vec<OrderSums> {
        let mut sums = std::collections::BTreeMap::<String, OrderSums>::new();
        for order in self.orders() {
            let merchant_reference = order.merchant_reference().to_owned();
            let sum = sums.entry(merchant_reference.clone()).or_insert(OrderSums {
                merchant_reference,
                placed: 0,
                authorized: 0,
                captured: 0,
                invoices: 0,
                refunded: 0,
            });
            sum.placed += 1;
            sum.authorized += order.order_amount;
            sum.captured += order.captured_amount;
            sum.invoices += order.captures.len();
            sum.refunded += order.refunded_amount;
        }
        sums.into_values().collect()
    }

    /// Where the shopper goes to pay.
    pub fn pay_url(&self, page: &Page) -> String {
        format!("{}/klarna/pay/{}", self.inner.public_url, page.session_id)
    }

    /// Closes pages whose time has passed. Runs until the sandbox stops.
    pub(crate) async fn keep_time(self, stopped: watch::Receiver<bool>) {
        let every_second = async {
            let mut ticks = tokio::time::interval(Duration::from_secs(1));
            loop {
                ticks.tick().await;
                self.expire_overdue().await;
            }
        };
        tokio::select! {
            () = told_to_stop(stopped) => {}
            () = every_second => {}
        }
    }

    /// Answers a call that changes something. The same idempotency key again gives the first answer again, whatever the
    /// call says; a refused call is not remembered.
    fn once(
        &self,
        headers: &HeaderMap,
        act: impl FnOnce(&mut Ledger, Timestamp) -> Result<Reply, Problem>,
    ) -> Result<Reply, Problem> {
        let key = idempotency_key(headers)?;
        let now = self.inner.clock.now();
        self.inner.books.change(|ledger| {
            ledger.orders.iter_mut().for_each(|order| order.pass_time(now));
            if let Some(known) = key.and_then(|key| ledger.replies.get(&key)) {
                return Ok(known.clone());
            }
            let reply = act(ledger, now)?;
            if let Some(key) = key {
                ledger.replies.insert(key, reply.clone());
            }
            Ok(reply)
        })
    }
}

/// A UUID of version 4 and nothing else.
fn idempotency_key(headers: &HeaderMap) -> Result<Option<Uuid>, Problem> {
    let Some(given) = headers.get("Klarna-Idempotency-Key") else { return Ok(None) };
    let key = given.to_str().ok().and_then(|text| Uuid::parse_str(text).ok());
    key.filter(|key| key.get_version() == Some(Version::Random))
        .map(Some)
        .ok_or_else(|| Problem::BadValue("Bad value: Klarna-Idempotency-Key (must be a UUID v4)".to_owned()))
}

/// The way Klarna writes a moment: `2026-03-01T11:28:55.000Z`.
fn time(moment: Timestamp) -> String {
    moment.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}
