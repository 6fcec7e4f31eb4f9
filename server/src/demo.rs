//! `allgems demo`: the whole shop on this machine, with a sandbox in the place of the outside world. The first start imports
//! the demo articles and makes their pictures; later ones keep everything.

use crate::config::{Config, Environment, Invoices, PayPalPayments, Payments, moved_to};
use crate::import::{ImportOptions, Progress, import};
use crate::mail::{Encryption, SmtpConfig};
use crate::payment::{CertificateSource, KlarnaConfig, OmniKassaConfig, PayPalConfig};
use crate::randomness::OsRandom;
use crate::{boot, private, serve};
use anyhow::{Context, bail};
use secrecy::{ExposeSecret, SecretString};
use shop_core::discount::{Discount, DiscountCode, Kind};
use shop_core::money::Money;
use shop_core::payment::InvoiceLimits;
use shop_core::time::Seconds;
use shop_flows::Shop;
use shop_flows::ports::Random;
use shop_sandbox::klarna::{DEMO_PASSWORD, DEMO_USERNAME};
use shop_sandbox::{DEMO_REFRESH_TOKEN, DEMO_SIGNING_KEY, Sandbox, SandboxConfig, paypal};
use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Runs the demo until it is told to stop.
pub async fn run(mut config: Config, environment: &Environment, out: &mut (dyn Write + Send)) -> anyhow::Result<()> {
    private::folder(&config.data)
        .with_context(|| format!("the data folder {} cannot be made", config.data.display()))?;
    if config.secret.expose_secret().is_empty() {
        config.secret = secret(&config.data)?;
    }
    // Better to hear now than after minutes of import that somebody else has the address. It is let go of again, so that nobody
    // who connects meanwhile waits for an answer.
    drop(serve::listen(config.addr).await?);
    let sandbox =
        Sandbox::start(sandbox(&config)).await.context("the sandbox cannot start (SANDBOX_ADDR, SANDBOX_SMTP_ADDR)")?;
    sandbox.rabo().clock().set_offset_seconds(Seconds::days(i64::from(config.days_ahead)).0);
    let sandbox_url = format!("http://{}", sandbox.http_addr());
    connect(&mut config, &sandbox_url);

    let shop = boot::shop(&config).await?;
    if shop.store.read().await?.products().await?.is_empty() {
        first_import(&config, &shop, &folder(environment)?, out).await?;
        first_code(&shop).await?;
    }
    welcome(&config, &shop, &sandbox_url, out).await?;
    let listener = serve::listen(config.addr).await?;
    let served = serve::run(&config, shop, listener).await;
    sandbox.stop().await;
    served
}

fn sandbox(config: &Config) -> SandboxConfig {
    SandboxConfig {
        http_addr: config.sandbox.http,
        smtp_addr: config.sandbox.smtp,
        public_url: format!("http://{}", config.sandbox.http),
        notify_url: format!("http://{}/webhooks/omnikassa", config.addr),
        refresh_token: DEMO_REFRESH_TOKEN.to_owned(),
        signing_key_base64: DEMO_SIGNING_KEY.to_owned(),
        paypal: shop_sandbox::PayPalConfig {
            notify_url: format!("http://{}/webhooks/paypal", config.addr),
            ..shop_sandbox::PayPalConfig::default()
        },
        state_file: Some(config.data.join("sandbox.json")),
    }
}

/// The adapters of production, pointed at the sandbox.
fn connect(config: &mut Config, sandbox_url: &str) {
    config.payments = Some(Payments {
        provider: OmniKassaConfig::new(
            sandbox_url.to_owned(),
            SecretString::from(DEMO_REFRESH_TOKEN),
            SecretString::from(DEMO_SIGNING_KEY),
        ),
        pay_origins: vec![sandbox_url.to_owned()],
    });
    config.paypal = Some(PayPalPayments {
        provider: PayPalConfig::new(
            sandbox_url.to_owned(),
            SecretString::from(paypal::DEMO_CLIENT_ID),
            SecretString::from(paypal::DEMO_CLIENT_SECRET),
            SecretString::from(paypal::DEMO_WEBHOOK_ID),
            CertificateSource::Sandbox { origin: sandbox_url.to_owned(), root: paypal::ROOT_CERTIFICATE.to_owned() },
        ),
        pay_origins: vec![sandbox_url.to_owned()],
    });
    config.invoices = Some(Invoices {
        provider: KlarnaConfig::new(
            sandbox_url.to_owned(),
            SecretString::from(DEMO_USERNAME),
            SecretString::from(DEMO_PASSWORD),
        ),
        pay_origins: vec![sandbox_url.to_owned()],
        limits: InvoiceLimits::default(),
    });
    config.tools = moved_to(&config.tools, sandbox_url);
    config.smtp = Some(SmtpConfig {
        host: config.sandbox.smtp.ip().to_string(),
        port: config.sandbox.smtp.port(),
        encryption: Encryption::None,
        username: None,
        password: None,
        from_name: config.identity.name.clone(),
        from: config.identity.email.clone(),
        reply_to: config.identity.email.clone(),
    });
}

/// The secret of this demo: made once and kept, so that sessions survive a restart. Only this user may read it.
fn secret(data: &Path) -> anyhow::Result<SecretString> {
    let path = data.join("secret");
    let text = hex::encode(OsRandom.token());
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&path).with_context(|| format!("{} cannot be written", path.display()))?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    Ok(SecretString::from(text))
}

/// The folder with the demo articles: where `SHOP_DEMO` says, here, or where the program was built.
fn folder(environment: &Environment) -> anyhow::Result<PathBuf> {
    let built = Path::new(env!("CARGO_MANIFEST_DIR")).join("../demo");
    let places: Vec<PathBuf> = match environment.path("SHOP_DEMO") {
        Some(named) => vec![named],
        None => vec![PathBuf::from("demo"), built],
    };
    for place in &places {
        if place.join("products.csv").is_file() {
            return Ok(place.clone());
        }
    }
    bail!(
        "the demo articles are not there: no products.csv in {}; SHOP_DEMO names the folder",
        places.iter().map(|place| place.display().to_string()).collect::<Vec<_>>().join(" or ")
    )
}

async fn first_import(config: &Config, shop: &Shop, folder: &Path, out: &mut (dyn Write + Send)) -> anyhow::Result<()> {
    writeln!(
        out,
        "First start: importing the demo articles and making their pictures. This takes up to three minutes, once."
    )?;
    out.flush()?;
    let options = ImportOptions {
        file: folder.join("products.csv"),
        images: Some(folder.join("images")),
        pictures_dir: config.pictures(),
        dry_run: false,
        set_stock: true,
        actor: "demo".to_owned(),
        avif: config.avif,
    };
    let mut progress = |progress: Progress| {
        if let Progress::Pictures { done, total } = progress
            && (done == total || done % 20 == 0)
        {
            // A closed terminal must not stop the import.
            let _ = writeln!(out, "  pictures: {done} of {total}");
            let _ = out.flush();
        }
    };
    let report = import(&shop.store, &*shop.clock, &*shop.random, &options, &mut progress).await?;
    if report.is_refused() {
        bail!("the demo articles cannot be imported:\n{report}");
    }
    shop.reload_catalogue().await.map_err(|_| anyhow::anyhow!("the catalogue cannot be loaded"))?;
    Ok(())
}

/// A discount code to try: 5 euro off from 40 euro.
async fn first_code(shop: &Shop) -> anyhow::Result<()> {
    let now = shop.clock.now();
    let discount = Discount {
        code: DiscountCode::parse("WELKOM5").context("the code of the demo is none")?,
        kind: Kind::Amount(Money::cents(500)),
        least_goods: Some(Money::cents(4000)),
        from: now,
        until: None,
        most_uses: None,
        note: "Om de winkel uit te proberen".to_owned(),
    };
    let mut tx = shop.store.begin().await?;
    tx.insert_discount(&discount, now).await?;
    tx.commit().await?;
    Ok(())
}

async fn welcome(config: &Config, shop: &Shop, sandbox_url: &str, out: &mut (dyn Write + Send)) -> anyhow::Result<()> {
    let token = shop.demo_owner_link().await.map_err(|_| anyhow::anyhow!("the owner's link cannot be made"))?;
    let url = &config.public_url;
    writeln!(out, "\n  The shop        {url}/")?;
    if let Some(token) = token {
        writeln!(out, "  Its dashboard   {url}/beheer/demo/{token}   (signs the owner in, once)")?;
    }
    writeln!(out, "  Its mail        {sandbox_url}/mail")?;
    writeln!(out, "  Its payments    {sandbox_url}/")?;
    writeln!(out, "  Its data        {}", config.data.display())?;
    writeln!(out, "\nNobody's money or mail is involved. Ctrl-C stops it.\n")?;
    out.flush()?;
    Ok(())
}
