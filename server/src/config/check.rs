//! What the file and the environment mean, and whether a shop can be run with it.

use super::environment::Environment;
use super::file::{BankFile, KlarnaFile, OmniKassaFile, OwnInvoiceFile, RateFile, ShippingFile, ShopFile, SmtpFile};
use super::paypal::paypal;
use super::tools::tools;
use super::{Config, Invoices, Limits, Payments, Purpose, SandboxAddrs};
use crate::mail::{BankAccount, SmtpConfig};
use crate::payment::{KlarnaConfig, OmniKassaConfig};
use secrecy::{ExposeSecret, SecretString};
use shop_core::address::Country;
use shop_core::email::EmailAddress;
use shop_core::money::Money;
use shop_core::payment::{InvoiceLimits, OwnInvoice, iban_is_valid};
use shop_core::privacy::version;
use shop_core::shipping::{ShippingRate, ShippingRules};
use shop_core::shop::Identity;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

/// Shorter secrets can be guessed by trying.
const SHORTEST_SECRET: usize = 32;
/// Where OmniKassa lets people pay.
const PAY_ORIGINS: [&str; 2] = ["https://pay.rabobank.nl", "https://betalen.rabobank.nl"];
/// Where Klarna shows its pages, live and on its test side.
const KLARNA_ORIGINS: [&str; 2] = ["https://pay.klarna.com", "https://pay.playground.klarna.com"];
/// More than this is a typing mistake rather than a decision.
const HIGHEST_LIMIT: Money = Money::cents(250_000);
/// The version of the texts that came with this program.
const TEXTS: &str = "2026-11-22";
/// The made-up account of the demo; its check digits are right, so banking apps can read the QR code.
const DEMO_IBAN: &str = "NL02ABNA0123456789";

const fn local(port: u16) -> SocketAddr {
    SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), port)
}

/// The settings; `None` only beside mistakes.
pub(super) fn config(
    purpose: Purpose,
    environment: &Environment,
    file: ShopFile,
    mistakes: &mut Vec<String>,
) -> Option<Config> {
    let demo = purpose == Purpose::Demo;
    let addr = environment.addr("SHOP_ADDR", local(3000), mistakes);
    let sandbox = SandboxAddrs {
        http: environment.addr("SANDBOX_ADDR", local(3080), mistakes),
        smtp: environment.addr("SANDBOX_SMTP_ADDR", local(3025), mistakes),
    };
    let data = environment.path("SHOP_DATA").unwrap_or_else(|| PathBuf::from("data"));
    let database = environment.secret("DATABASE_URL", mistakes);
    let public_url =
        public_url(purpose, environment.text("SHOP_PUBLIC_URL").or(file.public_url.as_deref()), addr, mistakes);
    let secret = secret(purpose, environment, &data, mistakes);
    let identity = identity(file.shop, mistakes);
    let forms = if demo { 1_000_000 } else { 60 };
    let sign_ins = if demo { 1_000_000 } else { 10 };
    // A provider sends what a busy hour brought in one burst, from one address.
    let notices = if demo { 1_000_000 } else { 1200 };

    Some(Config {
        addr,
        database: database.unwrap_or_else(|| SecretString::from(format!("sqlite:{}", data.join("shop.db").display()))),
        public_url,
        shipping: shipping(file.shipping, mistakes),
        transfer_days: transfer_days(file.bank.as_ref(), mistakes),
        bank: bank(purpose, file.bank, mistakes),
        own_invoice: own_invoice(file.payment.invoice, mistakes),
        terms_version: file.terms_version.unwrap_or_else(|| TEXTS.to_owned()),
        privacy_version: file.privacy_version.unwrap_or_else(|| version::current().day.iso()),
        payments: if demo { None } else { payments(purpose, environment, file.omnikassa, mistakes) },
        paypal: if demo { None } else { paypal(purpose, environment, file.paypal, mistakes) },
        invoices: if demo { None } else { invoices(purpose, environment, file.klarna, mistakes) },
        smtp: if demo { None } else { smtp(purpose, environment, file.smtp, &identity, sandbox.smtp.port(), mistakes) },
        tools: tools(purpose, file.analytics, file.trusted_shops, mistakes),
        letters_per_minute: letters_per_minute(file.newsletter.per_minute, mistakes),
        avif: file.pictures.avif,
        keep_pages: file.pages.keep,
        limits: Limits {
            forms_per_minute: file.limits.forms_per_minute.unwrap_or(forms).max(1),
            sign_ins_per_ten_minutes: file.limits.sign_ins_per_ten_minutes.unwrap_or(sign_ins).max(1),
            notices_per_minute: file.limits.notices_per_minute.unwrap_or(notices).max(1),
            behind_proxy: file.limits.behind_proxy,
        },
        secret: secret?,
        identity,
        data,
        sandbox,
        demo,
        days_ahead: if demo { days_ahead(environment, mistakes) } else { 0 },
    })
}

/// To see what the demo looks like when terms have passed. The sandbox goes along.
fn days_ahead(environment: &Environment, mistakes: &mut Vec<String>) -> u32 {
    let Some(text) = environment.text("DEMO_DAYS_AHEAD") else { return 0 };
    text.parse().ok().filter(|days| *days <= 365).unwrap_or_else(|| {
        mistakes.push("DEMO_DAYS_AHEAD must be a number of days, at most 365".to_owned());
        0
    })
}

/// The address that people type, without a slash at the end. A real shop is encrypted.
fn public_url(purpose: Purpose, given: Option<&str>, addr: SocketAddr, mistakes: &mut Vec<String>) -> String {
    let Some(given) = given else {
        if purpose == Purpose::Serve {
            mistakes.push(
                "public_url (or SHOP_PUBLIC_URL) is missing: the address of the shop, such as https://www.allgems.nl"
                    .to_owned(),
            );
        }
        return format!("http://{addr}");
    };
    let url = given.trim_end_matches('/');
    let parsed = reqwest::Url::parse(url)
        .ok()
        .filter(|parsed| parsed.has_host() && matches!(parsed.path(), "" | "/") && parsed.query().is_none());
    match parsed {
        Some(parsed) if purpose == Purpose::Serve && parsed.scheme() != "https" => {
            mistakes.push(
                "public_url must begin with https://: names, addresses and sign-in codes travel over it".to_owned(),
            );
        }
        Some(parsed) if matches!(parsed.scheme(), "http" | "https") => {}
        _ => mistakes.push("public_url must be an address without a path, such as https://www.allgems.nl".to_owned()),
    }
    url.to_owned()
}

/// The secret of the shop: given, or the one that the demo made in the data folder.
fn secret(
    purpose: Purpose,
    environment: &Environment,
    data: &Path,
    mistakes: &mut Vec<String>,
) -> Option<SecretString> {
    let before = mistakes.len();
    if let Some(secret) = environment.secret("SHOP_SECRET", mistakes) {
        if secret.expose_secret().len() < SHORTEST_SECRET {
            mistakes.push(format!(
                "SHOP_SECRET must have at least {SHORTEST_SECRET} characters; `openssl rand -hex 32` makes one"
            ));
        }
        return Some(secret);
    }
    if mistakes.len() > before {
        return None;
    }
    if purpose != Purpose::Serve
        && let Ok(text) = std::fs::read_to_string(data.join("secret"))
        && text.trim().len() >= SHORTEST_SECRET
    {
        return Some(SecretString::from(text.trim()));
    }
    if purpose == Purpose::Demo {
        // The demo makes one before anything is hashed with it.
        return Some(SecretString::from(String::new()));
    }
    mistakes.push("SHOP_SECRET (or SHOP_SECRET_FILE) is missing; `openssl rand -hex 32` makes one".to_owned());
    None
}

fn identity(overrides: toml::Table, mistakes: &mut Vec<String>) -> Identity {
    let read = || -> Result<Identity, String> {
        let mut table = toml::Table::try_from(Identity::default()).map_err(|error| error.to_string())?;
        table.extend(overrides);
        table.try_into().map_err(|error: toml::de::Error| error.message().to_owned())
    };
    let identity = read().unwrap_or_else(|error| {
        mistakes.push(format!("[shop]: {error}"));
        Identity::default()
    });
    if EmailAddress::parse(&identity.email).is_err() {
        mistakes.push("shop.email is not an e-mail address".to_owned());
    }
    identity
}

fn shipping(file: Option<ShippingFile>, mistakes: &mut Vec<String>) -> ShippingRules {
    let mut rules = ShippingRules::default();
    let Some(file) = file else { return rules };
    if let Some(hour) = file.cutoff_hour {
        if hour > 24 {
            mistakes.push("shipping.cutoff_hour must be an hour, 0 to 24".to_owned());
        }
        rules.cutoff_hour = hour;
    }
    if let Some(cost) = &file.return_cost {
        rules.return_cost = money("shipping.return_cost", cost, mistakes);
    }
    if !file.rate.is_empty() {
        rules.rates = file.rate.iter().filter_map(|given| rate(given, mistakes)).collect();
    }
    rules
}

fn rate(given: &RateFile, mistakes: &mut Vec<String>) -> Option<ShippingRate> {
    let Some(country) = Country::parse(&given.country) else {
        mistakes.push(format!(
            "shipping.rate.country: {:?} is not a country that the shop knows; NL and BE are",
            given.country
        ));
        return None;
    };
    Some(ShippingRate {
        country,
        cost: money("shipping.rate.cost", &given.cost, mistakes),
        free_from: given.free_from.as_ref().map(|from| money("shipping.rate.free_from", from, mistakes)),
    })
}

fn money(key: &str, text: &str, mistakes: &mut Vec<String>) -> Money {
    match Money::parse(text) {
        Ok(amount) if amount >= Money::ZERO => amount,
        _ => {
            mistakes.push(format!("{key}: {text:?} is not an amount, such as \"4,95\""));
            Money::ZERO
        }
    }
}

fn transfer_days(file: Option<&BankFile>, mistakes: &mut Vec<String>) -> i64 {
    let days = file.and_then(|bank| bank.transfer_days).unwrap_or(7);
    if !(1..=30).contains(&days) {
        mistakes.push("bank.transfer_days must be 1 to 30".to_owned());
    }
    days
}

/// More than ten in a second no small mail server takes, and a batch must end before its lease does.
fn letters_per_minute(given: Option<u32>, mistakes: &mut Vec<String>) -> u32 {
    let letters = given.unwrap_or(60);
    if !(1..=600).contains(&letters) {
        mistakes.push("newsletter.per_minute must be 1 to 600".to_owned());
    }
    letters
}

fn bank(purpose: Purpose, file: Option<BankFile>, mistakes: &mut Vec<String>) -> BankAccount {
    let Some(BankFile { holder, iban, .. }) = file else {
        if purpose == Purpose::Serve {
            mistakes.push("[bank] is missing: holder and iban of the account that transfers go to".to_owned());
        }
        return BankAccount { holder: "All Gems".to_owned(), iban: DEMO_IBAN.to_owned() };
    };
    if !iban_is_valid(&iban) {
        mistakes.push("bank.iban is not an IBAN: its check digits do not fit".to_owned());
    }
    if purpose == Purpose::Serve && iban.replace(' ', "") == DEMO_IBAN {
        mistakes.push("bank.iban is the made-up account of the demo".to_owned());
    }
    if holder.trim().is_empty() || holder.chars().count() > 70 {
        mistakes.push("bank.holder must be the name of the account, at most 70 characters".to_owned());
    }
    BankAccount { holder, iban }
}

fn payments(
    purpose: Purpose,
    environment: &Environment,
    file: Option<OmniKassaFile>,
    mistakes: &mut Vec<String>,
) -> Option<Payments> {
    let Some(file) = file else {
        if purpose == Purpose::Serve {
            mistakes.push("[omnikassa] is missing: base_url, and OMNIKASSA_REFRESH_TOKEN and OMNIKASSA_SIGNING_KEY in the environment".to_owned());
        }
        return None;
    };
    let token = environment.secret("OMNIKASSA_REFRESH_TOKEN", mistakes);
    let key = environment.secret("OMNIKASSA_SIGNING_KEY", mistakes);
    if purpose == Purpose::Serve {
        for (name, value) in [("OMNIKASSA_REFRESH_TOKEN", &token), ("OMNIKASSA_SIGNING_KEY", &key)] {
            match value {
                None => mistakes
                    .push(format!("{name} (or {name}_FILE) is missing; it stands in the dashboard of the provider")),
                Some(value) if is_of_the_sandbox(value) => {
                    mistakes.push(format!("{name} is that of the sandbox: anybody could pay with it for nothing"))
                }
                Some(_) => {}
            }
        }
        let host = reqwest::Url::parse(&file.base_url).ok().and_then(|url| url.host_str().map(str::to_owned));
        if host.is_none_or(|host| is_this_machine(&host)) || !file.base_url.starts_with("https://") {
            mistakes.push("omnikassa.base_url must be the address of the provider, https://api.pay.rabobank.nl; the sandbox is only for the demo".to_owned());
        }
    }
    let pay_origins = file.pay_origins.unwrap_or_else(|| PAY_ORIGINS.map(str::to_owned).to_vec());
    origins("omnikassa.pay_origins", &pay_origins, mistakes);
    Some(Payments { provider: OmniKassaConfig::new(file.base_url, token?, key?), pay_origins })
}

/// Paying afterwards is the owner's choice: without `[klarna]` it is not offered.
fn invoices(
    purpose: Purpose,
    environment: &Environment,
    file: Option<KlarnaFile>,
    mistakes: &mut Vec<String>,
) -> Option<Invoices> {
    let file = file?;
    let username = environment.secret("KLARNA_USERNAME", mistakes);
    let password = environment.secret("KLARNA_PASSWORD", mistakes);
    if purpose == Purpose::Serve {
        for (name, value) in [("KLARNA_USERNAME", &username), ("KLARNA_PASSWORD", &password)] {
            match value {
                None => {
                    mistakes.push(format!("{name} (or {name}_FILE) is missing; Klarna's merchant portal makes one"))
                }
                Some(value) if is_of_the_sandbox(value) => {
                    mistakes.push(format!("{name} is that of the sandbox: anybody could pay with it for nothing"))
                }
                Some(_) => {}
            }
        }
        let host = reqwest::Url::parse(&file.base_url).ok().and_then(|url| url.host_str().map(str::to_owned));
        if host.is_none_or(|host| is_this_machine(&host)) || !file.base_url.starts_with("https://") {
            mistakes.push("klarna.base_url must be the address of the provider, https://api.klarna.com; the sandbox is only for the demo".to_owned());
        }
    }
    let usual = InvoiceLimits::default();
    let limits = InvoiceLimits {
        least: file.least.map_or(usual.least, |least| money("klarna.least", &least, mistakes)),
        most: file.most.map_or(usual.most, |most| money("klarna.most", &most, mistakes)),
    };
    if limits.least > limits.most {
        mistakes.push("klarna.least is more than klarna.most: nobody could pay with it".to_owned());
    }
    let invoice_days = file.invoice_days.unwrap_or(14);
    if !(1..=60).contains(&invoice_days) {
        mistakes.push("klarna.invoice_days must be 1 to 60".to_owned());
    }
    let pay_origins = file.pay_origins.unwrap_or_else(|| KLARNA_ORIGINS.map(str::to_owned).to_vec());
    origins("klarna.pay_origins", &pay_origins, mistakes);
    let provider = KlarnaConfig { invoice_days, ..KlarnaConfig::new(file.base_url, username?, password?) };
    Some(Invoices { provider, pay_origins, limits })
}

/// Up to which amount nothing is paid in advance on an invoice of our own. It cannot be switched off: above the limit, and with a
/// limit of nothing always, half is paid in advance, which is the most that may be asked (BW 7:26(2)).
fn own_invoice(file: OwnInvoiceFile, mistakes: &mut Vec<String>) -> OwnInvoice {
    let Some(limit) = file.limit else { return OwnInvoice::default() };
    let limit = money("payment.invoice.limit", &limit, mistakes);
    if limit > HIGHEST_LIMIT {
        mistakes.push(format!(
            "payment.invoice.limit is more than {}: so much would leave the shop before anything was paid",
            HIGHEST_LIMIT.decimal()
        ));
    }
    OwnInvoice { limit }
}

/// Browsers compare origins letter by letter.
pub(super) fn origins(key: &str, origins: &[String], mistakes: &mut Vec<String>) {
    for origin in origins {
        let is_origin = reqwest::Url::parse(origin)
            .is_ok_and(|url| url.origin().ascii_serialization() == *origin && url.scheme() == "https");
        if !is_origin {
            mistakes.push(format!("{key}: {origin:?} is not an origin, such as \"https://pay.rabobank.nl\""));
        }
    }
}

fn smtp(
    purpose: Purpose,
    environment: &Environment,
    file: Option<SmtpFile>,
    identity: &Identity,
    sandbox_port: u16,
    mistakes: &mut Vec<String>,
) -> Option<SmtpConfig> {
    let Some(file) = file else {
        if purpose == Purpose::Serve {
            mistakes.push("[smtp] is missing: host, port and encryption of the mail server".to_owned());
        }
        return None;
    };
    let password = environment.secret("SMTP_PASSWORD", mistakes);
    if purpose == Purpose::Serve {
        if is_this_machine(&file.host) && file.port == sandbox_port {
            mistakes.push("smtp.host and smtp.port are those of the sandbox: nobody would get a mail".to_owned());
        }
        if file.username.is_some() && password.is_none() {
            mistakes.push("SMTP_PASSWORD (or SMTP_PASSWORD_FILE) is missing, and smtp.username is given".to_owned());
        }
    }
    let from = file.from.unwrap_or_else(|| identity.email.clone());
    let reply_to = file.reply_to.unwrap_or_else(|| identity.email.clone());
    for (key, address) in [("smtp.from", &from), ("smtp.reply_to", &reply_to)] {
        if EmailAddress::parse(address).is_err() {
            mistakes.push(format!("{key} is not an e-mail address"));
        }
    }
    Some(SmtpConfig {
        host: file.host,
        port: file.port,
        encryption: file.encryption,
        password: if file.username.is_some() { password } else { None },
        username: file.username,
        from_name: file.from_name.unwrap_or_else(|| identity.name.clone()),
        from,
        reply_to,
    })
}

pub(super) fn is_this_machine(host: &str) -> bool {
    let host = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost"
        || host.ends_with(".localhost")
        || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback() || ip.is_unspecified())
}

#[cfg(feature = "demo")]
pub(super) fn is_of_the_sandbox(secret: &SecretString) -> bool {
    [
        shop_sandbox::DEMO_REFRESH_TOKEN,
        shop_sandbox::DEMO_SIGNING_KEY,
        shop_sandbox::paypal::DEMO_CLIENT_SECRET,
        shop_sandbox::paypal::DEMO_WEBHOOK_ID,
        shop_sandbox::klarna::DEMO_USERNAME,
        shop_sandbox::klarna::DEMO_PASSWORD,
    ]
    .contains(&secret.expose_secret())
}

#[cfg(not(feature = "demo"))]
pub(super) fn is_of_the_sandbox(_: &SecretString) -> bool {
    false
}
