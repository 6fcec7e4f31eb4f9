//! Rabo OmniKassa (Rabo Smart Pay, online payment API v2) as it looks from a webshop: tokens, orders, the hosted page,
//! notifications, results and refunds. One webshop; the wire format follows the provider's developer manual 1.20 and
//! its public SDKs. Cards on file and fast checkout are not here.

mod announce;
pub(crate) mod api;
mod catalogue;
mod ledger;
mod notify;
mod order;
pub(crate) mod pages;
mod problem;
mod refunds;
mod results;
mod settings;
pub mod signature;
mod token;
mod totals;
mod validation;
pub mod wire;

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Context;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;
use tokio::sync::watch;
use uuid::Uuid;

use crate::books::Books;
use crate::{Clock, FaultKind, Faults, SandboxConfig};
use ledger::{Ledger, Waiting};
use notify::Messenger;
pub use order::{Order, OrderStatus, Outcome, Transaction, TransactionStatus};
pub use settings::Settings;
use token::Tokens;
pub use totals::{OrderTotal, Totals};

/// Amounts that end in these cents lose their notification, whatever happens to the order.
const CENTS_OF_A_LOST_NOTIFICATION: i64 = 4;

/// The payment provider. Clones are handles to the same one.
#[derive(Clone)]
pub struct Rabo {
    inner: Arc<Inner>,
}

struct Inner {
    books: Books<Ledger>,
    tokens: Tokens,
    messenger: Messenger,
    faults: Faults,
    clock: Clock,
    settings: Mutex<Settings>,
    signing_key: Vec<u8>,
    public_url: String,
    stopped: watch::Receiver<bool>,
}

/// What pressing a button did to an order.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Settled {
    /// The order as it is now.
    pub order: Order,
    /// False when the order was final already: nothing happened.
    pub changed: bool,
    /// Where the shopper goes now, signed.
    pub return_url: String,
}

impl Rabo {
    pub(crate) fn open(
        config: &SandboxConfig,
        bound: SocketAddr,
        stopped: watch::Receiver<bool>,
    ) -> anyhow::Result<Rabo> {
        let signing_key = STANDARD.decode(&config.signing_key_base64).context("the signing key is not base64")?;
        let public_url = match config.public_url.trim_end_matches('/') {
            "" => format!("http://{bound}"),
            given => given.to_owned(),
        };
        let inner = Inner {
            books: Books::open(config.state_file.clone())?,
            tokens: Tokens::new(&config.refresh_token, &signing_key),
            messenger: Messenger::new(&config.notify_url)?,
            faults: Faults::default(),
            clock: Clock::default(),
            settings: Mutex::new(Settings::default()),
            signing_key,
            public_url,
            stopped,
        };
        Ok(Rabo { inner: Arc::new(inner) })
    }

    /// The faults that are switched on.
    pub fn faults(&self) -> &Faults {
        &self.inner.faults
    }

    /// The provider's clock.
    pub fn clock(&self) -> &Clock {
        &self.inner.clock
    }

    /// All orders, oldest first. A merchant order id may occur more than once, as at the real provider.
    pub fn orders(&self) -> Vec<Order> {
        self.inner.books.read(|ledger| ledger.orders.clone())
    }

    /// The order with this OmniKassa id, or else the newest one with this merchant order id.
    pub fn order(&self, reference: &str) -> Option<Order> {
        self.inner.books.read(|ledger| ledger.order(reference).cloned())
    }

    /// How many results wait to be pulled.
    pub fn waiting_results(&self) -> usize {
        self.inner.books.read(|ledger| ledger.queue.len())
    }

    /// The present settings.
    pub fn settings(&self) -> Settings {
        self.inner.settings.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Replaces the settings.
    pub fn set_settings(&self, settings: Settings) {
        *self.inner.settings.lock().unwrap_or_else(PoisonError::into_inner) = settings;
    }

    /// Names the webhook of the shop, for a shop that starts after the sandbox.
    pub fn set_notify_url(&self, url: &str) {
        self.inner.messenger.set_url(url);
    }

    /// Where the shopper pays this order.
    pub fn pay_url(&self, order: &Order) -> String {
        format!("{}/pay/{}", self.inner.public_url, order.id)
    }

    /// Does to an order what a shopper or the time would do. `reference` is the OmniKassa id or the merchant order id.
    /// An order that is final stays as it is. `None` when there is no such order.
    pub async fn outcome(&self, reference: &str, outcome: Outcome) -> Option<Settled> {
        self.outcome_paying(reference, outcome, None).await
    }

    /// Like [`outcome`](Self::outcome), where the result tells another paid amount than was asked, in cents.
    pub async fn outcome_paying(&self, reference: &str, outcome: Outcome, paid: Option<i64>) -> Option<Settled> {
        let now = self.inner.clock.now();
        self.inner.messenger.touch();
        let (order, changed, notify) = self.inner.books.change(|ledger| {
            let order = ledger.order_mut(reference)?;
            let was_final = order.status.is_final();
            let changed = order.apply(outcome, now, Uuid::new_v4(), paid);
            let order = order.clone();
            let mut notify = false;
            if order.status.is_final() && !was_final {
                let lost = order.amount % 100 == CENTS_OF_A_LOST_NOTIFICATION;
                notify = !lost && !self.inner.faults.take(FaultKind::NotifyNever);
                ledger.queue.push(Waiting { order_id: order.id, notify });
            }
            Some((order, changed, notify))
        })?;
        if notify {
            self.tell_shop().await;
        }
        Some(Settled { return_url: self.return_url(&order), order, changed })
    }

    /// Puts the result of a final order in the queue once more and sends a notification. False when there is no such
    /// order or it is not final.
    pub async fn repeat(&self, reference: &str) -> bool {
        self.inner.messenger.touch();
        let queued = self.inner.books.change(|ledger| {
            let Some(order) = ledger.order(reference) else {
                return false;
            };
            if !order.status.is_final() {
                return false;
            }
            let order_id = order.id;
            ledger.queue.push(Waiting { order_id, notify: true });
            true
        });
        if queued {
            self.tell_shop().await;
        }
        queued
    }

    /// Lets orders expire whose time has passed. Happens by itself every second.
    pub async fn expire_overdue(&self) {
        let now = self.inner.clock.now();
        let overdue: Vec<Uuid> = self.inner.books.read(|ledger| {
            ledger
                .orders
                .iter()
                .filter(|order| !order.status.is_final() && order.expires_at <= now)
                .map(|o| o.id)
                .collect()
        });
        for id in overdue {
            self.outcome(&id.to_string(), Outcome::Expire).await;
        }
    }

    /// The signed address that takes the shopper back to the shop.
    pub fn return_url(&self, order: &Order) -> String {
        let status = order.status.wire();
        let message = signature::return_message(&order.merchant_order_id, status);
        let signature = if self.inner.faults.take(FaultKind::WrongReturnSignature) {
            signature::sign(signature::ANOTHER_KEY, &message)
        } else {
            signature::sign(&self.inner.signing_key, &message)
        };
        let mut url = match reqwest::Url::parse(&order.merchant_return_url) {
            Ok(url) => url,
            // Announcing refuses such an address; only an edited state file can hold one.
            Err(_) => return self.inner.public_url.clone(),
        };
        url.query_pairs_mut()
            .append_pair("order_id", &order.merchant_order_id)
            .append_pair("status", status)
            .append_pair("signature", &signature);
        url.into()
    }
}
