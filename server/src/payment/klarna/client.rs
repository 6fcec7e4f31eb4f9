//! The wire to Klarna: calls, and what each failure means for the one who called.

use super::wire::{self, Problem};
use crate::payment::http::{self, named, printable};
use reqwest::{Method, StatusCode};
use secrecy::{ExposeSecret, SecretString};
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use shop_flows::ports::PaymentError;
use std::time::Duration;

const PROVIDER: &str = "klarna";

/// One call of Klarna's API.
pub(super) struct Call {
    method: Method,
    /// Relative to the host.
    path: String,
    /// The path without ids and tokens, for the log.
    label: &'static str,
    body: Option<Vec<u8>>,
    /// Makes a repeated call the same one.
    idempotency_key: Option<String>,
}

impl Call {
    /// A question.
    pub(super) fn get(label: &'static str, path: String) -> Self {
        Self { method: Method::GET, path, label, body: None, idempotency_key: None }
    }

    /// An order to do something.
    pub(super) fn post(label: &'static str, path: String, body: &impl serde::Serialize) -> Self {
        Self { method: Method::POST, path, label, body: Some(http::written(body)), idempotency_key: None }
    }

    /// An order to do something that needs no words.
    pub(super) fn bare(method: Method, label: &'static str, path: String) -> Self {
        Self { method, path, label, body: None, idempotency_key: None }
    }

    /// The same call as every other with this key. Klarna wants a random UUID there; one made out of our own key is the same
    /// each time and looks like one.
    pub(super) fn once(mut self, key: &str) -> Self {
        let digest = Sha256::digest(key.as_bytes());
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&digest[..16]);
        self.idempotency_key = Some(uuid::Builder::from_random_bytes(bytes).into_uuid().to_string());
        self
    }
}

/// Why a call brought no answer.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    /// 404 in Klarna's words: it has no such thing.
    NotFound,
    /// 400, 403 or 409 in Klarna's words: it was not done and never will be. Their code, and the fields that they name.
    Refused(String),
    /// Anything else, in the words of the port.
    Payment(PaymentError),
}

impl From<Trouble> for PaymentError {
    fn from(trouble: Trouble) -> Self {
        match trouble {
            Trouble::NotFound => Self::Declined("no such thing (404)".to_owned()),
            Trouble::Refused(why) => Self::Declined(why),
            Trouble::Payment(error) => error,
        }
    }
}

/// An answer.
pub(super) struct Reply {
    reply: http::Reply,
    label: &'static str,
}

impl Reply {
    /// The body as the answer that was expected.
    pub(super) fn read<T: DeserializeOwned>(&self) -> Result<T, PaymentError> {
        self.reply.read()
    }

    /// The id of what was made: in a header of its own, or at the end of its address.
    pub(super) fn made(&self, header: &str) -> Result<String, PaymentError> {
        let text = |name: &str| self.reply.headers.get(name).and_then(|value| value.to_str().ok());
        text(header)
            .or_else(|| text("location").and_then(|address| address.rsplit('/').next()))
            .filter(|id| super::is_id(id))
            .map(str::to_owned)
            .ok_or_else(|| {
                tracing::error!(call = self.label, "Klarna did it, but did not say under which id");
                PaymentError::OutcomeUnknown(format!("{} done, without an id", self.label))
            })
    }
}

/// Calls Klarna.
pub(super) struct Client {
    http: reqwest::Client,
    host: String,
    username: String,
    password: SecretString,
}

impl Client {
    /// `host` has no slash at its end.
    pub(super) fn new(
        host: String,
        username: String,
        password: SecretString,
        connect_timeout: Duration,
        timeout: Duration,
    ) -> Result<Self, reqwest::Error> {
        let http = http::client(connect_timeout, timeout)?;
        Ok(Self { http, host, username, password })
    }

    /// The address of something of theirs, as they want to read it.
    pub(super) fn url(&self, path: &str) -> String {
        format!("{}/{path}", self.host)
    }

    /// Calls once.
    pub(super) async fn call(&self, call: &Call) -> Result<Reply, Trouble> {
        let mut request = self
            .http
            .request(call.method.clone(), self.url(&call.path))
            .basic_auth(&self.username, Some(self.password.expose_secret()));
        if let Some(body) = &call.body {
            request = request.header(reqwest::header::CONTENT_TYPE, "application/json").body(body.clone());
        }
        if let Some(key) = &call.idempotency_key {
            request = request.header("Klarna-Idempotency-Key", key);
        }
        let reply = http::send(PROVIDER, call.label, request).await.map_err(Trouble::Payment)?;
        if reply.status.is_success() {
            return Ok(Reply { reply, label: call.label });
        }
        Err(trouble(call.label, reply.status, &reply.body))
    }
}

/// A refusal counts only in Klarna's own words; a page of some proxy in between proves nothing.
fn trouble(call: &str, status: StatusCode, body: &[u8]) -> Trouble {
    let problem: Option<Problem> = serde_json::from_slice(body).ok();
    let code = problem.as_ref().map(|problem| printable(&problem.error_code, 60));
    let correlation =
        problem.as_ref().and_then(|problem| problem.correlation_id.as_deref()).map(|id| printable(id, 60));
    let sentences = problem.map(|problem| problem.error_messages.join(" ")).unwrap_or_default();
    let fields = named(&sentences, wire::FIELDS);
    tracing::warn!(call, %status, code, correlation, fields, "Klarna refused");
    match (status.as_u16(), code) {
        (404, Some(_)) => Trouble::NotFound,
        (400 | 403 | 409, Some(code)) => Trouble::Refused(format!("{}/{code} {fields}", status.as_u16())),
        // Our own credentials: a matter for the operator. Nothing was done.
        (401, _) => Trouble::Payment(PaymentError::Credentials("username or password refused (401)".to_owned())),
        // Turned away before anything was done (RFC 6585).
        (429, _) => Trouble::Payment(PaymentError::Unavailable("too many requests (429)".to_owned())),
        _ => Trouble::Payment(PaymentError::OutcomeUnknown(format!("answer {}", status.as_u16()))),
    }
}
