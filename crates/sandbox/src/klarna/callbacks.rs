//! Telling the shop: unsigned callbacks to the addresses that the shop named, a few repeats, and the ways it can go wrong.

use std::time::Duration;

use anyhow::Context;
use serde_json::{Value, json};
use uuid::Uuid;

use super::Klarna;
use super::session::Page;
use crate::{FaultKind, chatter, told_to_stop};

/// How long a shop may think about a callback.
const PATIENCE: Duration = Duration::from_secs(3);

/// Something to tell.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Callback {
    pub url: String,
    /// None for `push`, whose address says it all.
    pub body: Option<Value>,
}

/// How a callback goes, decided once for all that one deed causes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Manner {
    /// Shortly after the shopper was sent back.
    Usual,
    /// Like usual, and once more.
    Twice,
    /// Answered before the shopper is sent back.
    BeforeReturn,
    /// Not at all.
    Never,
}

pub(super) fn client() -> anyhow::Result<reqwest::Client> {
    // The HTTP client wants to know its TLS even for plain addresses. An error means that somebody chose already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder()
        .timeout(PATIENCE)
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .build()
        .context("HTTP client for the callbacks of Klarna")
}

/// `status_update` of a hosted page; `status` is a word of its own when the time ran out.
pub(super) fn status_update(page: &Page, status: &str, token: Option<Uuid>) -> Option<Callback> {
    let mut session = page.answer(token);
    session["status"] = json!(status);
    let url = page.address("status_update", token)?;
    Some(Callback { url, body: Some(json!({ "event_id": Uuid::new_v4(), "session": session })) })
}

/// `authorization` of a payment session.
pub(super) fn authorization(url: &str, session: Uuid, token: Uuid) -> Callback {
    Callback {
        url: url.replace("{session.id}", &session.to_string()),
        body: Some(json!({ "authorization_token": token, "session_id": session })),
    }
}

/// `notification` about the review of an order.
pub(super) fn notification(url: &str, order: Uuid, event: &str) -> Callback {
    Callback {
        url: url.replace("{order.id}", &order.to_string()),
        body: Some(json!({ "order_id": order, "event_type": event })),
    }
}

/// `push` after an order was placed. Method and repeats are not known of the real Klarna.
pub(super) fn push(url: &str, order: Uuid) -> Callback {
    Callback { url: url.replace("{order.id}", &order.to_string()), body: None }
}

impl Klarna {
    /// Uses up a fault about notifications, when one is switched on.
    pub(super) fn manner(&self, lost: bool) -> Manner {
        if lost || self.faults().take(FaultKind::NotifyNever) {
            Manner::Never
        } else if self.faults().take(FaultKind::NotifyBeforeReturn) {
            Manner::BeforeReturn
        } else if self.faults().take(FaultKind::NotifyTwice) {
            Manner::Twice
        } else {
            Manner::Usual
        }
    }

    /// Sends callbacks, each on its own, until the shop answers 2xx or nobody tries any more.
    pub(super) async fn tell(&self, callbacks: Vec<Callback>, manner: Manner) {
        let settings = self.settings();
        let retry = Duration::from_millis(settings.callback_retry_ms);
        for callback in callbacks {
            let mut attempts = settings.callback_attempts;
            let mut pause = Duration::from_millis(settings.callback_delay_ms);
            match manner {
                Manner::Never => continue,
                Manner::BeforeReturn => {
                    if self.send(&callback).await {
                        continue;
                    }
                    attempts = attempts.saturating_sub(1);
                    pause = retry;
                }
                Manner::Usual | Manner::Twice => {}
            }
            let (klarna, stopped) = (self.clone(), self.inner.stopped.clone());
            tokio::spawn(async move {
                tokio::select! {
                    () = told_to_stop(stopped) => {}
                    () = klarna.keep_trying(&callback, attempts, pause, retry, manner == Manner::Twice) => {}
                }
            });
        }
    }

    async fn keep_trying(&self, callback: &Callback, attempts: u32, first: Duration, retry: Duration, twice: bool) {
        let (mut pause, mut next) = (first, retry);
        for _ in 0..attempts {
            tokio::time::sleep(pause).await;
            if self.send(callback).await {
                if twice {
                    self.send(callback).await;
                }
                return;
            }
            pause = next;
            next = next.saturating_mul(2);
        }
    }

    /// Whether the shop answered 2xx. The address holds the shop's secret, so it is not logged.
    async fn send(&self, callback: &Callback) -> bool {
        let request = self.inner.http.post(&callback.url);
        let request = match &callback.body {
            Some(body) if self.faults().take(FaultKind::Chatty) => {
                let mut body = body.clone();
                chatter::stuff(&mut body);
                request.json(&body)
            }
            Some(body) => request.json(body),
            None => request,
        };
        match request.send().await {
            Ok(answer) => {
                tracing::info!(status = answer.status().as_u16(), "callback of Klarna sent");
                answer.status().is_success()
            }
            Err(error) => {
                let (timeout, connect) = (error.is_timeout(), error.is_connect());
                tracing::info!(timeout, connect, "callback of Klarna not delivered");
                false
            }
        }
    }
}
