//! What the shop does: use cases over ports. Async, but no database, no web framework, no HTTP client.
//!
//! [`Shop`] holds the ports; its methods are the sentences of the shop. Every change asks for the [`Visitor`] or the
//! [`manage::Member`] who wants it, and permission is decided here, not in a page.

pub mod accounts;
pub mod alerts;
pub mod bank;
pub mod books;
pub mod browse;
pub mod cart;
pub mod catalogue;
pub mod checkout;
mod compare;
pub mod consent;
pub mod counts;
pub mod discount;
mod dutch;
pub mod fit;
pub mod fulfilment;
pub mod housekeeping;
pub mod inbox;
pub mod invoice;
pub mod job;
pub mod keeping;
mod late_money;
pub mod manage;
pub mod my_data;
pub mod newsletter;
pub mod payments;
pub mod ports;
mod promises;
pub mod providers;
mod refunds;
pub mod search;
mod trouble;
pub mod visitor;
mod way_back;
pub mod withdrawal;

pub use visitor::Visitor;

use catalogue::LiveCatalogue;
use counts::Counts;
use ports::{AddressRegister, Clock, Guard, PaymentProvider, Random, Secrets, Store};
use shop_core::payment::{InvoiceLimits, Method, OwnInvoice};
use shop_core::shipping::ShippingRules;
use shop_core::shop::Identity;
use std::ops::Deref;
use std::sync::Arc;

/// The account that bank transfers go to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bank {
    /// Exactly the name that the bank knows: payers' banks compare it.
    pub holder: String,
    /// IBAN.
    pub iban: String,
}

/// What the owner decided. Checked at start-up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Who the shop is.
    pub identity: Identity,
    /// Delivery.
    pub shipping: ShippingRules,
    /// Where transfers go.
    pub bank: Bank,
    /// Days to pay a transfer in.
    pub transfer_days: i64,
    /// Which amounts may be paid afterwards with Klarna.
    pub invoice: InvoiceLimits,
    /// Days to pay Klarna's invoice in, after it came.
    pub invoice_days: u32,
    /// Paying the shop itself afterwards.
    pub own_invoice: OwnInvoice,
    /// `https://www.allgems.nl`, without a slash at the end.
    pub public_url: String,
    /// Version of the terms, as a date.
    pub terms_version: String,
    /// Version of the privacy statement, as a date.
    pub privacy_version: String,
    /// Letters of the newsletter that leave in a minute.
    pub letters_per_minute: u32,
    /// Whether this is the demo shop.
    pub demo: bool,
}

/// The ports, built once by the server.
pub struct Ports {
    /// Database.
    pub store: Arc<dyn Store>,
    /// Clock.
    pub clock: Arc<dyn Clock>,
    /// Randomness.
    pub random: Arc<dyn Random>,
    /// Hashes.
    pub secrets: Arc<dyn Secrets>,
    /// Passwords and second factors of the dashboard.
    pub guard: Arc<dyn Guard>,
    /// Payment providers.
    pub providers: Vec<Arc<dyn PaymentProvider>>,
    /// Address register.
    pub register: Arc<dyn AddressRegister>,
    /// The owner's decisions.
    pub settings: Settings,
    /// Products, sizes and search in memory.
    pub catalogue: LiveCatalogue,
}

/// The shop. Cloning is cheap.
#[derive(Clone)]
pub struct Shop {
    ports: Arc<Ports>,
    /// What was counted since it was written last.
    pub counts: Arc<Counts>,
}

impl Shop {
    /// A shop over these ports. Call [`Shop::reload_catalogue`] before serving.
    pub fn new(ports: Ports) -> Self {
        Self { ports: Arc::new(ports), counts: Arc::default() }
    }

    /// The provider of a method; `None` when the owner has not set one up.
    pub fn provider(&self, method: Method) -> Option<&Arc<dyn PaymentProvider>> {
        self.providers.iter().find(|provider| provider.methods().contains(&method))
    }

    /// The methods that can be offered, in order.
    pub fn methods(&self) -> Vec<Method> {
        Method::ALL.into_iter().filter(|method| self.offers(*method)).collect()
    }

    /// Whether a method can be offered. The shop's own invoice always can: without it a basket could have no way that asks at most
    /// half in advance (BW 7:26(2)).
    pub fn offers(&self, method: Method) -> bool {
        method == Method::Invoice || self.provider(method).is_some()
    }
}

impl Deref for Shop {
    type Target = Ports;

    fn deref(&self) -> &Ports {
        &self.ports
    }
}
