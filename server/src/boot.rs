//! The only file that knows every adapter: settings become a shop, a mail box and a web server.

use crate::clock::SystemClock;
use crate::config::Config;
use crate::erasures;
use crate::guard::LocalGuard;
use crate::http::site::Site;
use crate::http::{Allowance, Press, WebConfig};
use crate::import::read_decor;
use crate::mail::{Letters, LettersConfig, Post, Smtp};
use crate::payment::bank_transfer::epc_svg;
use crate::payment::{BankTransfer, Klarna, OmniKassa, PayPal, Providers, Watched};
use crate::private;
use crate::randomness::OsRandom;
use crate::register::{NoRegister, SampleRegister};
use crate::secrets::KeyedSecrets;
use crate::store;
use anyhow::{Context, anyhow};
use secrecy::ExposeSecret;
use shop_app::api::QrCode;
use shop_core::time::Seconds;
use shop_flows::catalogue::LiveCatalogue;
use shop_flows::ports::{AddressRegister, Clock, PaymentProvider, Random, Secrets, Store};
use shop_flows::{Bank, Ports, Settings, Shop};
use std::sync::Arc;
use tokio::sync::Notify;

/// The shop over its database, with its catalogue loaded. Makes the data folder when it is not there, and keeps others out of it.
pub async fn shop(config: &Config) -> anyhow::Result<Shop> {
    private::folder(&config.data)
        .with_context(|| format!("the data folder {} cannot be made", config.data.display()))?;
    private::close_file(&config.data.join("secret"));
    let store = store::open(config.database.expose_secret()).await.context("the database cannot be opened")?;
    let clock: Arc<dyn Clock> = Arc::new(clock(config));
    let secrets: Arc<dyn Secrets> = Arc::new(KeyedSecrets::new(&config.secret));
    let register: Arc<dyn AddressRegister> = if config.demo { Arc::new(SampleRegister) } else { Arc::new(NoRegister) };
    let random: Arc<dyn Random> = Arc::new(OsRandom);
    let guard = LocalGuard::new(&config.secret, random.clone(), &config.identity.name)?;
    let shop = Shop::new(Ports {
        providers: providers(config, &store, &clock)?,
        store,
        clock,
        random,
        secrets,
        guard: Arc::new(guard),
        register,
        settings: settings(config),
        catalogue: LiveCatalogue::default(),
    });
    shop.reload_catalogue().await.map_err(|_| anyhow!("the catalogue cannot be loaded; the reason stands above"))?;
    // Before anybody is served: the database may be a backup that was put back.
    erasures::keep(&shop, &config.data).await?;
    shop.replay_erasures()
        .await
        .map_err(|_| anyhow!("who was erased cannot be erased again; the reason stands above"))?;
    Ok(shop)
}

fn clock(config: &Config) -> SystemClock {
    SystemClock::new().ahead(Seconds::days(i64::from(config.days_ahead)))
}

fn providers(
    config: &Config,
    store: &Arc<dyn Store>,
    clock: &Arc<dyn Clock>,
) -> anyhow::Result<Vec<Arc<dyn PaymentProvider>>> {
    let watched = |provider: Arc<dyn PaymentProvider>| -> Arc<dyn PaymentProvider> {
        Arc::new(Watched::new(provider, store.clone(), clock.clone()))
    };
    let mut all: Vec<Arc<dyn PaymentProvider>> = vec![Arc::new(BankTransfer)];
    if let Some(payments) = &config.payments {
        all.insert(0, watched(Arc::new(OmniKassa::new(payments.provider.clone(), clock.clone())?)));
    }
    if let Some(paypal) = &config.paypal {
        all.insert(0, watched(Arc::new(PayPal::new(paypal.provider.clone(), clock.clone())?)));
    }
    if let Some(invoices) = &config.invoices {
        all.push(watched(Arc::new(Klarna::new(invoices.provider.clone())?)));
    }
    // Two that serve the same method would be a mistake of this file, found at the first start.
    Providers::new(all.clone())?;
    Ok(all)
}

fn settings(config: &Config) -> Settings {
    Settings {
        identity: config.identity.clone(),
        shipping: config.shipping.clone(),
        bank: Bank { holder: config.bank.holder.clone(), iban: config.bank.iban.clone() },
        transfer_days: config.transfer_days,
        invoice: config.invoices.as_ref().map(|invoices| invoices.limits).unwrap_or_default(),
        invoice_days: config.invoices.as_ref().map_or(14, |invoices| invoices.provider.invoice_days),
        own_invoice: config.own_invoice,
        public_url: config.public_url.clone(),
        terms_version: config.terms_version.clone(),
        privacy_version: config.privacy_version.clone(),
        letters_per_minute: config.letters_per_minute,
        demo: config.demo,
    }
}

/// Who writes the mails, and who sends them. Must be called inside a Tokio runtime.
pub fn mail(config: &Config) -> anyhow::Result<(Arc<Letters>, Arc<dyn Post>)> {
    let letters = LettersConfig {
        identity: config.identity.clone(),
        public_url: config.public_url.clone(),
        shipping: config.shipping.clone(),
        bank: config.bank.clone(),
    };
    let letters = Letters::new(letters, Arc::new(clock(config)))?;
    let smtp = config.smtp.clone().context("no mail server is set up")?;
    Ok((Arc::new(letters), Arc::new(Smtp::new(smtp)?)))
}

fn press(letters: Arc<Letters>) -> Press {
    Press(Arc::new(move |order| match letters.paper(order) {
        Ok(bytes) => Some(bytes),
        Err(error) => {
            tracing::error!(%error, "the paper of an order could not be made");
            None
        }
    }))
}

/// What the web server is built from.
pub fn web(config: &Config, shop: &Shop, wake: &Arc<Notify>, letters: &Arc<Letters>) -> WebConfig {
    let site = Site::load();
    if !site.is_built() {
        tracing::warn!(
            "the site was not built before the program: pages work, but plain and without style (tools/build-server builds both)"
        );
    }
    WebConfig {
        shop: shop.clone(),
        qr: QrCode(Arc::new(epc_svg)),
        press: press(letters.clone()),
        decor: read_decor(&config.pictures()),
        pictures: config.pictures(),
        pay_origins: pay_origins(config),
        keep_pages: config.keep_pages,
        allowance: Allowance {
            forms_per_minute: config.limits.forms_per_minute,
            sign_ins_per_ten_minutes: config.limits.sign_ins_per_ten_minutes,
            notices_per_minute: config.limits.notices_per_minute,
            behind_proxy: config.limits.behind_proxy,
        },
        wake: wake.clone(),
        site,
        tools: config.tools.clone(),
    }
}

/// Every site that the order button may lead to, each once.
fn pay_origins(config: &Config) -> Vec<String> {
    let omnikassa = config.payments.iter().flat_map(|payments| &payments.pay_origins);
    let paypal = config.paypal.iter().flat_map(|payments| &payments.pay_origins);
    let klarna = config.invoices.iter().flat_map(|invoices| &invoices.pay_origins);
    let mut origins: Vec<String> = omnikassa.chain(paypal).chain(klarna).cloned().collect();
    origins.sort();
    origins.dedup();
    origins
}
