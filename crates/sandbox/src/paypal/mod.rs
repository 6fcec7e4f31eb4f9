//! PayPal (Orders v2, Payments v2, Webhooks v1, Transaction Search v1) as it looks from a webshop that redirects: tokens,
//! orders, the page where a payer approves, captures, refunds, signed webhooks and the list of a day. One webshop, euro
//! only. The wire format follows PayPal's public OpenAPI descriptions; where they are silent, the doc comment says "a guess".

pub(crate) mod api;
mod certificate;
pub(crate) mod control;
mod idempotency;
mod ledger;
mod money;
mod notify;
mod order;
mod orders;
pub(crate) mod pages;
mod payments;
mod problem;
mod reporting;
mod settings;
mod token;
mod totals;
mod validation;
mod view;

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use serde::Serialize;
use tokio::sync::watch;

use crate::books::Books;
use crate::{Clock, Faults, SandboxConfig};
pub use certificate::{ROOT_CERTIFICATE, crc32, signed_message};
use ledger::Ledger;
use notify::Messenger;
pub use order::{Capture, CaptureStatus, Funds, Order, OrderStatus, Outcome, Refund};
pub use settings::Settings;
use token::Tokens;
pub use totals::{OrderTotal, Totals};

/// The client id of the made-up demo webshop.
pub const DEMO_CLIENT_ID: &str = "sandbox-client-id-not-real";
/// The client secret of the made-up demo webshop.
pub const DEMO_CLIENT_SECRET: &str = "sandbox-client-secret-not-real";
/// The webhook id of the made-up demo webshop.
pub const DEMO_WEBHOOK_ID: &str = "1JE4291016473214C";

/// Amounts that end in these cents lose their webhooks, whatever happens to the order.
const CENTS_OF_A_LOST_WEBHOOK: i64 = 4;

/// Which webshop PayPal knows, and where it is told what happened.
#[derive(Clone)]
pub struct PayPalConfig {
    /// Half of the name under which the shop asks for tokens.
    pub client_id: String,
    /// The other half.
    pub client_secret: String,
    /// The id that registering the webhook gave; part of what is signed.
    pub webhook_id: String,
    /// The webhook of the shop. Empty: nothing is sent until [`PayPal::set_notify_url`] names one.
    pub notify_url: String,
}

impl Default for PayPalConfig {
    fn default() -> Self {
        Self {
            client_id: DEMO_CLIENT_ID.to_owned(),
            client_secret: DEMO_CLIENT_SECRET.to_owned(),
            webhook_id: DEMO_WEBHOOK_ID.to_owned(),
            notify_url: String::new(),
        }
    }
}

/// The payment provider. Clones are handles to the same one.
#[derive(Clone)]
pub struct PayPal {
    inner: Arc<Inner>,
}

struct Inner {
    books: Books<Ledger>,
    tokens: Tokens,
    messenger: Messenger,
    faults: Faults,
    clock: Clock,
    settings: Mutex<Settings>,
    config: PayPalConfig,
    public_url: String,
    stopped: watch::Receiver<bool>,
}

/// What pressing a button did to an order.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Settled {
    /// The order as it is now.
    pub order: Order,
    /// False when nothing happened.
    pub changed: bool,
    /// Where the payer goes now; empty when she closes the window.
    pub return_url: String,
}

impl PayPal {
    /// `faults` and `clock` are shared with the rest of the outside world.
    pub(crate) fn open(
        config: &SandboxConfig,
        bound: SocketAddr,
        faults: Faults,
        clock: Clock,
        stopped: watch::Receiver<bool>,
    ) -> anyhow::Result<PayPal> {
        let public_url = match config.public_url.trim_end_matches('/') {
            "" => format!("http://{bound}"),
            given => given.to_owned(),
        };
        let inner = Inner {
            books: Books::open(config.state_file.as_ref().map(|file| file.with_extension("paypal.json")))?,
            tokens: Tokens::default(),
            messenger: Messenger::new(&config.paypal.notify_url)?,
            faults,
            clock,
            settings: Mutex::new(Settings::default()),
            config: config.paypal.clone(),
            public_url,
            stopped,
        };
        Ok(PayPal { inner: Arc::new(inner) })
    }

    /// All orders, oldest first.
    pub fn orders(&self) -> Vec<Order> {
        self.inner.books.read(|ledger| ledger.orders.clone())
    }

    /// The order with this PayPal id, or else the newest one with this invoice id.
    pub fn order(&self, reference: &str) -> Option<Order> {
        self.inner.books.read(|ledger| ledger.order(reference).cloned())
    }

    /// All refunds, oldest first.
    pub fn refunds(&self) -> Vec<Refund> {
        self.inner.books.read(|ledger| ledger.refunds.clone())
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

    /// Where the payer approves this order.
    pub fn pay_url(&self, order: &Order) -> String {
        format!("{}/checkoutnow?token={}", self.inner.public_url, order.id)
    }

    /// Does to an order what a payer, her bank or the time would do. `reference` is PayPal's id or the invoice id.
    /// `None` when there is no such order.
    pub async fn outcome(&self, reference: &str, outcome: Outcome) -> Option<Settled> {
        let now = self.inner.clock.now();
        let (order, changed) = self.inner.books.change(|ledger| {
            let order = ledger.order_mut(reference)?;
            let changed = order.apply(outcome, now);
            Some((order.clone(), changed))
        })?;
        if changed {
            self.tell_of_outcome(&order, outcome).await;
        }
        Some(Settled { return_url: self.return_url(&order, outcome), order, changed })
    }

    async fn tell_of_outcome(&self, order: &Order, outcome: Outcome) {
        match (outcome, &order.capture) {
            (Outcome::Clear, Some(capture)) => {
                self.tell_shop(
                    order.amount,
                    "PAYMENT.CAPTURE.COMPLETED",
                    "capture",
                    view::capture(self, order, capture),
                )
                .await;
            }
            (Outcome::Deny, Some(capture)) => {
                self.tell_shop(order.amount, "PAYMENT.CAPTURE.DENIED", "capture", view::capture(self, order, capture))
                    .await;
            }
            (Outcome::Pay | Outcome::Pending | Outcome::Decline | Outcome::Approve, _) => {
                self.tell_shop(order.amount, "CHECKOUT.ORDER.APPROVED", "checkout-order", view::order(self, order))
                    .await;
            }
            _ => {}
        }
    }

    /// The address that takes the payer back to the shop after this step.
    pub fn return_url(&self, order: &Order, outcome: Outcome) -> String {
        let base = match outcome {
            Outcome::Approve | Outcome::Open => return String::new(),
            Outcome::Cancel | Outcome::Expire => &order.cancel_url,
            _ => &order.return_url,
        };
        // Creating refuses such an address; only an edited state file can hold one.
        let Ok(mut url) = reqwest::Url::parse(base) else { return self.inner.public_url.clone() };
        url.query_pairs_mut().append_pair("token", &order.id);
        if !matches!(outcome, Outcome::Cancel | Outcome::Expire) {
            url.query_pairs_mut().append_pair("PayerID", view::PAYER_ID);
        }
        url.into()
    }
}
