//! The command line.

use crate::config::{Config, ConfigError, Environment, Purpose};
use crate::import::{ImportOptions, Progress, import};
use crate::{boot, serve, telemetry};
use anyhow::{Context, anyhow};
use clap::{Parser, Subcommand};
use shop_core::email::EmailAddress;
use shop_flows::Shop;
use shop_flows::ports::PaymentError;
use shop_flows::providers::LetIn;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

/// The webshop All Gems. Settings: shop.toml and the environment; shop.example.toml explains them.
#[derive(Debug, Parser)]
#[command(name = "allgems", version, about)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the shop.
    Serve,
    /// Run a demo shop on this machine, with a sandbox for payments and mail.
    #[cfg(feature = "demo")]
    Demo,
    /// Import articles from a product CSV, as Shopify exports it. All or nothing.
    Import {
        /// The product file.
        file: PathBuf,
        /// Folder with the pictures that the file names.
        #[arg(long)]
        images: Option<PathBuf>,
        /// Only tell what would happen.
        #[arg(long)]
        dry_run: bool,
        /// Also set the stock of sizes that the shop has already.
        #[arg(long)]
        set_stock: bool,
    },
    /// Make a one-time link with which the owner sets her password.
    Owner {
        /// Her e-mail address, which is also her sign-in name.
        email: String,
        /// Her name in the audit trail.
        #[arg(long, default_value = "Eigenaar")]
        name: String,
    },
    /// Say whether the settings fit, the database answers, the payment providers let the shop in, and the books agree with every order.
    Check,
}

/// The exit code for settings that cannot be used.
const UNUSABLE: u8 = 2;

/// Does what was asked. Never panics on what people type; mistakes go to standard error.
pub async fn run(arguments: Arguments, environment: &Environment) -> ExitCode {
    let production = matches!(arguments.command, Command::Serve);
    telemetry::start(
        environment.text("SHOP_LOG").or(environment.text("RUST_LOG")),
        if production { telemetry::Format::Json } else { telemetry::Format::Text },
    );
    let mut out = std::io::stdout();
    match execute(arguments.command, environment, &mut out).await {
        Ok(code) => code,
        Err(error) => {
            let is_settings = error.is::<ConfigError>();
            // When nobody listens any more there is nobody to tell.
            let _ = writeln!(std::io::stderr(), "allgems: {error:#}");
            ExitCode::from(if is_settings { UNUSABLE } else { 1 })
        }
    }
}

async fn execute(
    command: Command,
    environment: &Environment,
    out: &mut (dyn Write + Send),
) -> anyhow::Result<ExitCode> {
    match command {
        Command::Serve => {
            let config = Config::read(Purpose::Serve, environment)?;
            let listener = serve::listen(config.addr).await?;
            let shop = boot::shop(&config).await?;
            tracing::info!(addr = %config.addr, "serving");
            serve::run(&config, shop, listener).await?;
        }
        #[cfg(feature = "demo")]
        Command::Demo => crate::demo::run(Config::read(Purpose::Demo, environment)?, environment, out).await?,
        Command::Import { file, images, dry_run, set_stock } => {
            let config = Config::read(Purpose::Tools, environment)?;
            let options = ImportOptions {
                file,
                images,
                pictures_dir: config.pictures(),
                dry_run,
                set_stock,
                actor: "import".to_owned(),
                avif: config.avif,
            };
            return import_articles(&config, &options, out).await;
        }
        Command::Owner { email, name } => {
            let config = Config::read(Purpose::Tools, environment)?;
            let email = EmailAddress::parse(&email).map_err(|_| anyhow!("{email:?} is not an e-mail address"))?;
            let shop = boot::shop(&config).await?;
            let token = shop
                .create_owner(&email, &name)
                .await
                .map_err(|_| anyhow!("the link cannot be made; the reason stands above"))?;
            writeln!(out, "{}/beheer/welkom/{token}\nThis link works once, for 24 hours.", config.public_url)?;
        }
        Command::Check => {
            let config = Config::read(Purpose::Serve, environment)?;
            let shop = boot::shop(&config).await?;
            shop.store.ping().await.context("the database does not answer")?;
            boot::mail(&config)?;
            let articles = shop.catalogue.current().products().len();
            writeln!(out, "The settings fit, the database answers, {articles} articles are on sale.")?;
            let let_in = check_credentials(&shop, out).await?;
            let books = check_books(&shop, out).await?;
            return Ok(if let_in { books } else { ExitCode::FAILURE });
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Asks every provider whether it lets us in, and says what it answered. False when one refuses our credentials; one that cannot be
/// reached now says nothing about them.
async fn check_credentials(shop: &Shop, out: &mut (dyn Write + Send)) -> anyhow::Result<bool> {
    let mut all_let_in = true;
    for LetIn { provider, outcome, .. } in shop.knock().await {
        match outcome {
            Ok(()) => writeln!(out, "{provider} lets the shop in.")?,
            Err(PaymentError::Credentials(why)) => {
                all_let_in = false;
                writeln!(out, "{provider} refuses the credentials of the shop: {why}.")?;
            }
            Err(error) => writeln!(out, "{provider} cannot be asked now: {error}.")?,
        }
    }
    Ok(all_let_in)
}

/// Says in plain words what does not agree; a failure when something does not.
async fn check_books(shop: &Shop, out: &mut (dyn Write + Send)) -> anyhow::Result<ExitCode> {
    let report = shop.check_books().await.map_err(|_| anyhow!("the books cannot be read; the reason stands above"))?;
    for (number, difference) in &report.differences {
        writeln!(out, "{number}: {difference}.")?;
    }
    let (orders, entries) = (report.orders, report.entries);
    if report.is_right() {
        writeln!(out, "The books agree: {entries} entries of {orders} orders, which sum to zero.")?;
        return Ok(ExitCode::SUCCESS);
    }
    let (count, total) = (report.differences.len(), report.total.decimal());
    writeln!(out, "The books do not agree: {count} differences in {orders} orders; all accounts sum to {total}.")?;
    Ok(ExitCode::FAILURE)
}

async fn import_articles(
    config: &Config,
    options: &ImportOptions,
    out: &mut (dyn Write + Send),
) -> anyhow::Result<ExitCode> {
    let shop = boot::shop(config).await?;
    let mut progress = |progress: Progress| {
        if let Progress::Pictures { done, total } = progress
            && (done == total || done % 10 == 0)
        {
            // A closed terminal must not stop the import.
            let _ = writeln!(std::io::stderr(), "pictures: {done} of {total}");
        }
    };
    let report = import(&shop.store, &*shop.clock, &*shop.random, options, &mut progress).await?;
    writeln!(out, "{report}")?;
    Ok(if report.is_refused() { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
