//! What the owner decided, read once at start: `shop.toml`, the environment, and secrets that only the environment or files
//! know. Every mistake is a sentence that names the key; all of them are reported together.

mod check;
mod environment;
mod file;
mod paypal;
mod tools;

pub use environment::Environment;
#[cfg(feature = "demo")]
pub(crate) use tools::moved_to;

use crate::mail::{BankAccount, SmtpConfig};
use crate::payment::{KlarnaConfig, OmniKassaConfig, PayPalConfig};
use file::ShopFile;
use secrecy::SecretString;
use shop_app::measure::Tools;
use shop_core::payment::{InvoiceLimits, OwnInvoice};
use shop_core::shipping::ShippingRules;
use shop_core::shop::Identity;
use std::fmt;
use std::net::SocketAddr;
use std::path::PathBuf;

/// What the settings are read for; decides what must be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// A real shop: everything, encrypted, nothing of the sandbox.
    Serve,
    /// The demo: nothing has to be set.
    Demo,
    /// Commands beside a running shop (`import`, `owner`, `check`): the database and the secret.
    Tools,
}

/// Where the sandbox of the demo listens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SandboxAddrs {
    /// Payment pages and control.
    pub http: SocketAddr,
    /// Mail.
    pub smtp: SocketAddr,
}

/// How often one address may send something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Forms in a minute.
    pub forms_per_minute: u32,
    /// Sign-in codes asked for or entered in ten minutes.
    pub sign_ins_per_ten_minutes: u32,
    /// Notices of providers in a minute.
    pub notices_per_minute: u32,
    /// Whether a proxy in front of the shop names the client in `X-Forwarded-For`.
    pub behind_proxy: bool,
}

/// Rabo OmniKassa, with the pages that it may send shoppers to.
#[derive(Clone)]
pub struct Payments {
    /// The provider.
    pub provider: OmniKassaConfig,
    /// Origins of its payment pages, `https://pay.rabobank.nl`.
    pub pay_origins: Vec<String>,
}

/// PayPal, with the pages that it may send shoppers to.
#[derive(Clone)]
pub struct PayPalPayments {
    /// The provider.
    pub provider: PayPalConfig,
    /// Origins of its pages, `https://www.paypal.com`.
    pub pay_origins: Vec<String>,
}

/// Klarna, with the pages that it may send shoppers to.
#[derive(Clone)]
pub struct Invoices {
    /// The provider.
    pub provider: KlarnaConfig,
    /// Origins of its pages, `https://pay.klarna.com`.
    pub pay_origins: Vec<String>,
    /// The amounts that the contract allows.
    pub limits: InvoiceLimits,
}

/// The settings. Secrets do not print.
#[derive(Clone)]
pub struct Config {
    /// Where the shop listens.
    pub addr: SocketAddr,
    /// Folder of the database and the pictures.
    pub data: PathBuf,
    /// Address of the database; may hold a password.
    pub database: SecretString,
    /// `https://www.allgems.nl`, without a slash at the end.
    pub public_url: String,
    /// Keys every hash.
    pub secret: SecretString,
    /// Who the shop is.
    pub identity: Identity,
    /// Delivery.
    pub shipping: ShippingRules,
    /// Where transfers go.
    pub bank: BankAccount,
    /// Days to pay a transfer in.
    pub transfer_days: i64,
    /// Paying the shop itself afterwards.
    pub own_invoice: OwnInvoice,
    /// Version of the terms, as a date.
    pub terms_version: String,
    /// Version of the privacy statement, as a date.
    pub privacy_version: String,
    /// iDEAL and cards.
    pub payments: Option<Payments>,
    /// PayPal.
    pub paypal: Option<PayPalPayments>,
    /// Paying afterwards; not offered without it.
    pub invoices: Option<Invoices>,
    /// What of other companies may run in pages after consent.
    pub tools: Tools,
    /// Mail.
    pub smtp: Option<SmtpConfig>,
    /// Letters of the newsletter that leave in a minute.
    pub letters_per_minute: u32,
    /// Whether AVIF files are made in the background.
    pub avif: bool,
    /// Whether finished pages are kept and sent again. Off only to measure what rendering costs.
    pub keep_pages: bool,
    /// How often one address may send something.
    pub limits: Limits,
    /// The sandbox beside the demo.
    pub sandbox: SandboxAddrs,
    /// Whether this is the demo.
    pub demo: bool,
    /// How many days later it is in the demo than on this machine.
    pub days_ahead: u32,
}

/// Settings that cannot be used: one sentence per mistake.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct ConfigError(pub Vec<String>);

impl fmt::Display for ConfigError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("the settings cannot be used:")?;
        self.0.iter().try_for_each(|mistake| write!(out, "\n  - {mistake}"))
    }
}

impl Config {
    /// Reads the settings for a purpose. Fails with every mistake at once.
    pub fn read(purpose: Purpose, environment: &Environment) -> Result<Self, ConfigError> {
        let mut mistakes = Vec::new();
        let file = ShopFile::read(purpose, environment, &mut mistakes);
        let config = check::config(purpose, environment, file, &mut mistakes);
        match config {
            Some(config) if mistakes.is_empty() => Ok(config),
            _ => Err(ConfigError(mistakes)),
        }
    }

    /// Where pictures are kept as pages show them.
    pub fn pictures(&self) -> PathBuf {
        self.data.join("pictures")
    }
}

#[cfg(test)]
mod tests;
