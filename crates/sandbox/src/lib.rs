//! The outside world on your desk: payment providers that speak the wire formats of Rabo OmniKassa, PayPal and Klarna, stand-ins
//! for the scripts of Google Analytics and Trusted Shops, and a mail server that keeps what it is given. It knows nothing of the shop; the shop reaches it over HTTP and SMTP through the very
//! adapters that production uses.
//!
//! Nobody's money or mail is involved. Never configure it in production: its keys are public and its pages have a
//! button "pay" for everybody.

mod books;
mod chatter;
mod clock;
mod control;
mod faults;
pub mod klarna;
pub mod mailbox;
mod orders_page;
mod pages;
pub mod paypal;
pub mod rabo;
mod smtp;
mod visits;
mod web;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::Context;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

pub use chatter::TOLD;
pub use clock::Clock;
pub use faults::{Fault, FaultKind, Faults};
pub use klarna::Klarna;
pub use mailbox::{Attachment, Mail, Mailbox};
pub use paypal::{PayPal, PayPalConfig};
pub use rabo::{
    Order, OrderStatus, OrderTotal, Outcome, Rabo, Settings, Settled, Totals, Transaction, TransactionStatus,
};

/// The refresh token of the made-up demo webshop.
pub const DEMO_REFRESH_TOKEN: &str = "eyJhbGciOiJub25lIn0.eyJtYWRlLXVwIjoiZGVtbyBzaG9wIn0.not-a-real-refresh-token";

/// The signing key (base64) of the made-up demo webshop.
pub const DEMO_SIGNING_KEY: &str = "c2FuZGJveC1zaWduaW5nLWtleS0wMDAxLW5vdC1yZWFs";

/// How long running requests may take to finish when the sandbox stops.
const PATIENCE_AT_STOP: Duration = Duration::from_secs(2);

/// Where the sandbox listens and which webshop it knows.
#[derive(Clone)]
pub struct SandboxConfig {
    /// Address of the payment provider, its pages and the control API. Port 0 takes a free port.
    pub http_addr: SocketAddr,
    /// Address of the mail server. Port 0 takes a free port.
    pub smtp_addr: SocketAddr,
    /// How a browser reaches `http_addr`, e.g. `http://127.0.0.1:3080`. Empty: `http://` and the bound address.
    pub public_url: String,
    /// The webhook of the shop, e.g. `http://127.0.0.1:3000/webhooks/omnikassa`. Empty: nothing is sent until
    /// [`Rabo::set_notify_url`] names one.
    pub notify_url: String,
    /// The refresh token the shop has "from the dashboard".
    pub refresh_token: String,
    /// The signing key the shop has "from the dashboard", base64.
    pub signing_key_base64: String,
    /// What PayPal knows of the shop.
    pub paypal: PayPalConfig,
    /// When given, orders, refunds and waiting results are kept in this file, and those of other providers beside it, and
    /// survive a restart. Mail does not.
    pub state_file: Option<PathBuf>,
}

impl SandboxConfig {
    /// A sandbox on free ports of this machine for the demo webshop, with nothing kept on disk.
    pub fn on_free_ports() -> Self {
        let anywhere = SocketAddr::from(([127, 0, 0, 1], 0));
        Self {
            http_addr: anywhere,
            smtp_addr: anywhere,
            public_url: String::new(),
            notify_url: String::new(),
            refresh_token: DEMO_REFRESH_TOKEN.to_owned(),
            signing_key_base64: DEMO_SIGNING_KEY.to_owned(),
            paypal: PayPalConfig::default(),
            state_file: None,
        }
    }
}

/// A running sandbox. Stops listening when [`stop`](Self::stop) is called or when it is dropped.
pub struct Sandbox {
    http_addr: SocketAddr,
    smtp_addr: SocketAddr,
    mailbox: Mailbox,
    rabo: Rabo,
    paypal: PayPal,
    klarna: Klarna,
    shutdown: watch::Sender<bool>,
    servers: Vec<JoinHandle<()>>,
}

impl Sandbox {
    /// Binds both addresses and starts serving.
    ///
    /// # Errors
    /// When an address cannot be bound, the signing key is not base64, or the state file cannot be read.
    pub async fn start(config: SandboxConfig) -> anyhow::Result<Sandbox> {
        let http = TcpListener::bind(config.http_addr).await.with_context(|| format!("bind {}", config.http_addr))?;
        let smtp = TcpListener::bind(config.smtp_addr).await.with_context(|| format!("bind {}", config.smtp_addr))?;
        let http_addr = http.local_addr().context("address of the HTTP listener")?;
        let smtp_addr = smtp.local_addr().context("address of the SMTP listener")?;

        let (shutdown, stopped) = watch::channel(false);
        let mailbox = Mailbox::new();
        let rabo = Rabo::open(&config, http_addr, stopped.clone())?;
        let paypal = PayPal::open(&config, http_addr, rabo.faults().clone(), rabo.clock().clone(), stopped.clone())?;

        let klarna = Klarna::open(&config, http_addr, rabo.faults().clone(), rabo.clock().clone(), stopped.clone())?;

        let servers = vec![
            tokio::spawn(web::serve(
                http,
                web::router(rabo.clone(), paypal.clone(), klarna.clone(), mailbox.clone()),
                stopped.clone(),
            )),
            tokio::spawn(smtp::serve(smtp, mailbox.clone(), rabo.faults().clone(), stopped.clone())),
            tokio::spawn(rabo.clone().keep_time(stopped.clone())),
            tokio::spawn(klarna.clone().keep_time(stopped)),
        ];
        tracing::info!(%http_addr, %smtp_addr, "sandbox is listening");
        Ok(Sandbox { http_addr, smtp_addr, mailbox, rabo, paypal, klarna, shutdown, servers })
    }

    /// The bound HTTP address, with the real port.
    pub fn http_addr(&self) -> SocketAddr {
        self.http_addr
    }

    /// The bound SMTP address, with the real port.
    pub fn smtp_addr(&self) -> SocketAddr {
        self.smtp_addr
    }

    /// What the shop has mailed.
    pub fn mailbox(&self) -> &Mailbox {
        &self.mailbox
    }

    /// The payment provider, for tests in the same process.
    pub fn rabo(&self) -> &Rabo {
        &self.rabo
    }

    /// PayPal, for tests in the same process. Its faults and its clock are those of [`rabo`](Self::rabo).
    pub fn paypal(&self) -> &PayPal {
        &self.paypal
    }

    /// Klarna, for tests in the same process.
    pub fn klarna(&self) -> &Klarna {
        &self.klarna
    }

    /// Stops listening, closes idle connections and lets running requests finish for at most two seconds.
    pub async fn stop(self) {
        // Fails only when every listener is already gone, which is what we want.
        let _ = self.shutdown.send(true);
        for server in self.servers {
            let abort = server.abort_handle();
            if tokio::time::timeout(PATIENCE_AT_STOP, server).await.is_err() {
                abort.abort();
            }
        }
    }
}

/// Waits until the sandbox is told to stop or is dropped.
pub(crate) async fn told_to_stop(mut stopped: watch::Receiver<bool>) {
    // An error means that the sender is gone: the sandbox was dropped.
    let _ = stopped.wait_for(|stop| *stop).await;
}
