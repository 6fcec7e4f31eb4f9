//! Webhooks: what happened, signed, tried again until the shop takes it.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use anyhow::Context;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::Uuid;

use super::certificate::{CERTIFICATE_PATH, sign, signed_message};
use super::{CENTS_OF_A_LOST_WEBHOOK, PayPal, view};
use crate::{FaultKind, chatter, told_to_stop};

/// How long a shop may think about a webhook.
const PATIENCE: Duration = Duration::from_secs(10);
/// Events that are kept for being sent again.
const KEPT: usize = 500;

/// Something that happened, exactly as it is sent: a repeat is the same bytes under the same id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Event {
    /// `WH-…`.
    pub id: String,
    /// `PAYMENT.CAPTURE.COMPLETED` and the like.
    pub event_type: String,
    /// The body.
    pub body: String,
}

/// Who brings webhooks.
pub(super) struct Messenger {
    client: reqwest::Client,
    url: Mutex<String>,
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
            .context("HTTP client for webhooks")?;
        Ok(Self { client, url: Mutex::new(url.to_owned()) })
    }

    pub fn set_url(&self, url: &str) {
        url.clone_into(&mut self.url.lock().unwrap_or_else(PoisonError::into_inner));
    }

    fn url(&self) -> String {
        self.url.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl PayPal {
    /// Everything that happened, oldest first.
    pub fn events(&self) -> Vec<Event> {
        self.inner.books.read(|ledger| ledger.events.clone())
    }

    /// Sends an event again, as "resend" in PayPal's dashboard. True when the shop answered 2xx.
    pub async fn resend(&self, event_id: &str) -> bool {
        match self.events().into_iter().find(|event| event.id == event_id) {
            Some(event) => self.send(&event).await,
            None => false,
        }
    }

    /// Writes down what happened to an order of this amount, and tells the shop: shortly after, unless a fault wants it
    /// before the payer is sent back, or not at all.
    pub(super) async fn tell_shop(&self, order_amount: i64, event_type: &str, resource_type: &str, resource: Value) {
        let event = self.written_down(event_type, resource_type, resource);
        let lost = order_amount % 100 == CENTS_OF_A_LOST_WEBHOOK || self.inner.faults.take(FaultKind::NotifyNever);
        if lost || self.inner.messenger.url().is_empty() {
            return;
        }
        let settings = self.settings();
        let mut attempts = settings.notify_attempts;
        let mut pause = Duration::from_millis(settings.notify_delay_ms);
        if self.inner.faults.take(FaultKind::NotifyBeforeReturn) {
            if self.deliver(&event).await {
                return;
            }
            attempts = attempts.saturating_sub(1);
            pause = Duration::from_millis(settings.notify_retry_ms);
        }
        let paypal = self.clone();
        let stopped = self.inner.stopped.clone();
        tokio::spawn(async move {
            tokio::select! {
                () = told_to_stop(stopped) => {}
                () = paypal.keep_trying(&event, attempts, pause) => {}
            }
        });
    }

    fn written_down(&self, event_type: &str, resource_type: &str, resource: Value) -> Event {
        let id = format!("WH-{}", Uuid::new_v4().simple().to_string().to_uppercase());
        let links = json!([{ "href": format!("{}/v1/notifications/webhooks-events/{id}", self.inner.public_url),
            "rel": "self", "method": "GET" }]);
        let mut body = json!({ "id": id, "event_version": "1.0", "create_time": view::time(self.inner.clock.now()),
            "resource_type": resource_type, "resource_version": "2.0", "event_type": event_type,
            "summary": event_type, "resource": resource, "links": links });
        if self.inner.faults.take(FaultKind::Chatty) {
            chatter::stuff(&mut body);
        }
        let event = Event { id, event_type: event_type.to_owned(), body: body.to_string() };
        self.inner.books.change(|ledger| {
            ledger.events.push(event.clone());
            let surplus = ledger.events.len().saturating_sub(KEPT);
            ledger.events.drain(..surplus);
        });
        event
    }

    async fn keep_trying(&self, event: &Event, attempts: u32, first_pause: Duration) {
        let mut pause = first_pause;
        let mut next = Duration::from_millis(self.settings().notify_retry_ms);
        for _ in 0..attempts {
            tokio::time::sleep(pause).await;
            if self.deliver(event).await {
                return;
            }
            pause = next;
            next = next.saturating_mul(2);
        }
    }

    async fn deliver(&self, event: &Event) -> bool {
        let delivered = self.send(event).await;
        if delivered && self.inner.faults.take(FaultKind::NotifyTwice) {
            self.send(event).await;
        }
        delivered
    }

    /// Whether the shop answered 2xx.
    async fn send(&self, event: &Event) -> bool {
        let transmission_id = Uuid::new_v4().to_string();
        let time = view::time(self.inner.clock.now());
        let forged = self.inner.faults.take(FaultKind::WrongSignature);
        let webhook_id = if forged { "WEBHOOK-OF-ANOTHER-SHOP" } else { self.inner.config.webhook_id.as_str() };
        let signature = sign(&signed_message(&transmission_id, &time, webhook_id, event.body.as_bytes()));
        let request = self
            .inner
            .messenger
            .client
            .post(self.inner.messenger.url())
            .header("content-type", "application/json")
            .header("paypal-transmission-id", transmission_id)
            .header("paypal-transmission-time", time)
            .header("paypal-transmission-sig", signature)
            .header("paypal-cert-url", format!("{}{CERTIFICATE_PATH}", self.inner.public_url))
            .header("paypal-auth-algo", "SHA256withRSA")
            .body(event.body.clone());
        match request.send().await {
            Ok(answer) => {
                tracing::info!(status = answer.status().as_u16(), event = event.event_type, "webhook sent");
                answer.status().is_success()
            }
            Err(error) => {
                // The address of the shop is no secret, but the error needs no more than its kind.
                tracing::info!(timeout = error.is_timeout(), connect = error.is_connect(), "webhook not delivered");
                false
            }
        }
    }
}
