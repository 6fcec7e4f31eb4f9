//! The wire to Klarna: calls, and what each failure means for the one who called.

use super::wire::Problem;
use reqwest::header::HeaderMap;
use reqwest::{Method, StatusCode};
use secrecy::{ExposeSecret, SecretString};
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use shop_flows::ports::PaymentError;
use std::time::Duration;

/// Largest answer that is read. An order with its lines is far smaller.
const LARGEST_ANSWER: usize = 1024 * 1024;
const USER_AGENT: &str = concat!("allgems/", env!("CARGO_PKG_VERSION"));

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
        let body = serde_json::to_vec(body).expect("wire structs hold text and numbers only");
        Self { method: Method::POST, path, label, body: Some(body), idempotency_key: None }
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
    /// 400, 403 or 409 in Klarna's words: it was not done and never will be. Code and texts of theirs.
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
    headers: HeaderMap,
    body: Vec<u8>,
    label: &'static str,
}

impl Reply {
    /// The body as the answer that was expected.
    pub(super) fn read<T: DeserializeOwned>(&self) -> Result<T, PaymentError> {
        serde_json::from_slice(&self.body).map_err(|error| {
            // The place of the mistake, never the text: an answer may hold a token or a name.
            let (line, column) = (error.line(), error.column());
            tracing::error!(call = self.label, line, column, "an answer of Klarna was not understood");
            PaymentError::OutcomeUnknown(format!("answer to {} not understood", self.label))
        })
    }

    /// The id of what was made: in a header of its own, or at the end of its address.
    pub(super) fn made(&self, header: &str) -> Result<String, PaymentError> {
        let text = |name: &str| self.headers.get(name).and_then(|value| value.to_str().ok());
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
    /// The only place that makes an HTTP client for Klarna. `host` has no slash at its end.
    pub(super) fn new(
        host: String,
        username: String,
        password: SecretString,
        connect_timeout: Duration,
        timeout: Duration,
    ) -> Result<Self, reqwest::Error> {
        crate::tls::install();
        let http = reqwest::Client::builder()
            .connect_timeout(connect_timeout)
            .timeout(timeout)
            // The API never redirects; following one would carry the password to another host.
            .redirect(reqwest::redirect::Policy::none())
            .build()?;
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
            .basic_auth(&self.username, Some(self.password.expose_secret()))
            .header(reqwest::header::ACCEPT, "application/json")
            .header(reqwest::header::USER_AGENT, USER_AGENT);
        if let Some(body) = &call.body {
            request = request.header(reqwest::header::CONTENT_TYPE, "application/json").body(body.clone());
        }
        if let Some(key) = &call.idempotency_key {
            request = request.header("Klarna-Idempotency-Key", key);
        }
        let mut response = request.send().await.map_err(|error| unanswered(call.label, error))?;
        let (status, headers) = (response.status(), response.headers().clone());
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| unanswered(call.label, error))? {
            if body.len() + chunk.len() > LARGEST_ANSWER {
                let why = format!("answer larger than {LARGEST_ANSWER} bytes");
                return Err(Trouble::Payment(PaymentError::OutcomeUnknown(why)));
            }
            body.extend_from_slice(&chunk);
        }
        if status.is_success() {
            return Ok(Reply { headers, body, label: call.label });
        }
        Err(trouble(call.label, status, &body))
    }
}

/// No connection means that nothing was sent; after that, nobody knows what was done.
fn unanswered(call: &str, error: reqwest::Error) -> Trouble {
    let error = error.without_url();
    tracing::warn!(call, %error, "Klarna did not answer");
    Trouble::Payment(if error.is_connect() || error.is_builder() {
        PaymentError::Unavailable("not reached".to_owned())
    } else if error.is_timeout() {
        PaymentError::OutcomeUnknown("no answer in time".to_owned())
    } else {
        PaymentError::OutcomeUnknown("the connection broke".to_owned())
    })
}

/// A refusal counts only in Klarna's own words; a page of some proxy in between proves nothing.
fn trouble(call: &str, status: StatusCode, body: &[u8]) -> Trouble {
    let problem: Option<Problem> = serde_json::from_slice(body).ok();
    let code = problem.as_ref().map(|problem| printable(&problem.error_code, 60));
    let correlation =
        problem.as_ref().and_then(|problem| problem.correlation_id.as_deref()).map(|id| printable(id, 60));
    // Their texts name fields, not values; still only the first of them is kept.
    let text = problem.as_ref().and_then(|problem| problem.error_messages.first()).map(|text| printable(text, 200));
    let text = text.unwrap_or_default();
    tracing::warn!(call, %status, code, correlation, text, "Klarna refused");
    match (status.as_u16(), code) {
        (404, Some(_)) => Trouble::NotFound,
        (400 | 403 | 409, Some(code)) => Trouble::Refused(format!("{}/{code} {text}", status.as_u16())),
        // Our own credentials: a matter for the operator. Nothing was done.
        (401, _) => Trouble::Payment(PaymentError::Unavailable("credentials refused (401)".to_owned())),
        // Turned away before anything was done (RFC 6585).
        (429, _) => Trouble::Payment(PaymentError::Unavailable("too many requests (429)".to_owned())),
        _ => Trouble::Payment(PaymentError::OutcomeUnknown(format!("answer {}", status.as_u16()))),
    }
}

fn printable(text: &str, longest: usize) -> String {
    text.chars().filter(|c| !c.is_control()).take(longest).collect()
}
