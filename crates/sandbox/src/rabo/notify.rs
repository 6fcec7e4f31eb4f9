//! Telling the shop that results wait: the signed webhook, its retries, and a reminder while nobody pulls.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use anyhow::Context;
use tokio::sync::watch;
use tokio::time::Instant;

use super::results::POI_ID;
use super::token::Purpose;
use super::wire::{EVENT_NAME, Notification};
use super::{Rabo, signature};
use crate::clock::wire_time;
use crate::{FaultKind, chatter, told_to_stop};

/// How long a shop may think about a notification.
const PATIENCE: Duration = Duration::from_secs(10);

/// Who brings notifications, and when the last one left.
pub(super) struct Messenger {
    client: reqwest::Client,
    url: Mutex<String>,
    last: Mutex<Option<Instant>>,
}

impl Messenger {
    pub fn new(url: &str) -> anyhow::Result<Self> {
        // The HTTP client wants to know its TLS even for plain addresses. An error means that somebody chose already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder()
            .timeout(PATIENCE)
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .build()
            .context("HTTP client for notifications")?;
        Ok(Self { client, url: Mutex::new(url.to_owned()), last: Mutex::new(None) })
    }

    pub fn set_url(&self, url: &str) {
        url.clone_into(&mut self.url.lock().unwrap_or_else(PoisonError::into_inner));
    }

    /// Puts the next reminder off.
    pub fn touch(&self) {
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
    }

    fn quiet_for(&self, time: Duration) -> bool {
        self.last.lock().unwrap_or_else(PoisonError::into_inner).is_none_or(|last| last.elapsed() >= time)
    }

    /// Whether the shop answered 200.
    async fn send(&self, notification: &Notification, is_chatty: bool) -> bool {
        let url = self.url.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if url.is_empty() {
            return false;
        }
        self.touch();
        let mut body = serde_json::json!(notification);
        if is_chatty {
            chatter::stuff(&mut body);
        }
        let answer = self.client.post(url).json(&body).send().await;
        self.touch();
        match answer {
            Ok(answer) => {
                tracing::info!(status = answer.status().as_u16(), "notification sent");
                answer.status() == reqwest::StatusCode::OK
            }
            Err(error) => {
                // The address of the shop is no secret, but the error needs no more than its kind.
                tracing::info!(
                    timeout = error.is_timeout(),
                    connect = error.is_connect(),
                    "notification not delivered"
                );
                false
            }
        }
    }
}

impl Rabo {
    /// Sends one notification now, whether results wait or not. True when the shop answered 200.
    pub async fn notify_now(&self) -> bool {
        let notification = self.notification();
        let is_chatty = self.faults().take(FaultKind::Chatty);
        let delivered = self.inner.messenger.send(&notification, is_chatty).await;
        if delivered && self.faults().take(FaultKind::NotifyTwice) {
            self.inner.messenger.send(&notification, is_chatty).await;
        }
        delivered
    }

    /// Notifies the shop of a new result: shortly after the shopper was sent back, unless a fault wants it before.
    pub(super) async fn tell_shop(&self) {
        let settings = self.settings();
        let mut attempts = settings.notify_attempts;
        let mut pause = Duration::from_millis(settings.notify_delay_ms);
        if self.faults().take(FaultKind::NotifyBeforeReturn) {
            if self.notify_now().await {
                return;
            }
            attempts = attempts.saturating_sub(1);
            pause = Duration::from_millis(settings.notify_retry_ms);
        }
        let rabo = self.clone();
        let stopped = self.inner.stopped.clone();
        tokio::spawn(async move {
            tokio::select! {
                () = told_to_stop(stopped) => {}
                () = rabo.keep_trying(attempts, pause) => {}
            }
        });
    }

    async fn keep_trying(&self, attempts: u32, first_pause: Duration) {
        let mut pause = first_pause;
        let mut next = Duration::from_millis(self.settings().notify_retry_ms);
        for _ in 0..attempts {
            tokio::time::sleep(pause).await;
            if self.notify_now().await {
                return;
            }
            pause = next;
            next = next.saturating_mul(2);
        }
    }

    /// Expires orders in time and reminds a shop that does not pull. Runs until the sandbox stops.
    pub(crate) async fn keep_time(self, stopped: watch::Receiver<bool>) {
        let every_second = async {
            let mut ticks = tokio::time::interval(Duration::from_secs(1));
            loop {
                ticks.tick().await;
                self.expire_overdue().await;
                let again = Duration::from_millis(self.settings().notify_again_ms);
                let waits = self.inner.books.read(|ledger| ledger.queue.iter().any(|waiting| waiting.notify));
                if waits && self.inner.messenger.quiet_for(again) {
                    self.notify_now().await;
                }
            }
        };
        tokio::select! {
            () = told_to_stop(stopped) => {}
            () = every_second => {}
        }
    }

    fn notification(&self) -> Notification {
        let (authentication, ends) = self.new_token(Purpose::Pull);
        let mut notification = Notification {
            authentication,
            expiry: wire_time(ends),
            event_name: EVENT_NAME.to_owned(),
            poi_id: POI_ID.to_owned(),
            signature: String::new(),
        };
        let forged = self.faults().take(FaultKind::WrongSignature);
        let key = if forged { signature::ANOTHER_KEY } else { &self.inner.signing_key };
        notification.signature = signature::sign(key, &signature::notification_message(&notification));
        notification
    }
}
