//! The wire to PayPal: access tokens, calls, and what each failure means for the one who called.

use super::wire::{Problem, Token, path};
use reqwest::{Method, RequestBuilder, StatusCode};
use secrecy::{ExposeSecret, SecretString};
use serde::de::DeserializeOwned;
use shop_core::time::{Seconds, Timestamp};
use shop_flows::ports::{Clock, PaymentError};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Mutex;

/// Largest answer that is read. A full page of a day's list is far smaller.
const LARGEST_ANSWER: usize = 4 * 1024 * 1024;
/// A token is renewed this long before its end.
const EARLY: Seconds = Seconds::minutes(5);
const USER_AGENT: &str = concat!("allgems/", env!("CARGO_PKG_VERSION"));

/// One call of PayPal's API.
pub(super) struct Call {
    pub method: Method,
    /// Relative to the host.
    pub path: String,
    pub body: Option<Vec<u8>>,
    /// Makes a repeated call the same one.
    pub request_id: Option<String>,
}

impl Call {
    /// A question.
    pub(super) fn get(path: String) -> Self {
        Self { method: Method::GET, path, body: None, request_id: None }
    }

    /// An order to do something.
    pub(super) fn post(path: String, body: &impl serde::Serialize, request_id: String) -> Self {
        let body = serde_json::to_vec(body).expect("wire structs hold text and numbers only");
        Self { method: Method::POST, path, body: Some(body), request_id: Some(request_id) }
    }
}

/// Why a call brought no answer.
#[derive(Debug)]
pub(super) enum Trouble {
    /// 401: the token is missing, unknown or too old. Nothing was done.
    Unauthorized,
    /// 404 in PayPal's words: it has no such thing.
    NotFound,
    /// PayPal refused in its own words; nothing was done. Holds the issue, or the name of the refusal without one.
    Refused(String),
    /// Anything else, in the words of the port.
    Payment(PaymentError),
}

impl From<Trouble> for PaymentError {
    fn from(trouble: Trouble) -> Self {
        match trouble {
            // A token fresh from PayPal was refused: a matter for the operator. Nothing was done.
            Trouble::Unauthorized => Self::Unavailable("access token refused (401)".to_owned()),
            Trouble::NotFound => Self::Declined("no such thing (404)".to_owned()),
            Trouble::Refused(issue) => Self::Declined(issue),
            Trouble::Payment(error) => error,
        }
    }
}

struct AccessToken {
    text: SecretString,
    renew_at: Timestamp,
}

/// Calls PayPal and keeps the access token.
pub(super) struct Client {
    http: reqwest::Client,
    host: String,
    id: SecretString,
    secret: SecretString,
    clock: Arc<dyn Clock>,
    /// Locked while it is renewed, so that many callers renew it once.
    token: Mutex<Option<AccessToken>>,
}

impl Client {
    /// `host` has no slash at its end.
    pub(super) fn new(
        http: reqwest::Client,
        host: String,
        id: SecretString,
        secret: SecretString,
        clock: Arc<dyn Clock>,
    ) -> Self {
        Self { http, host, id, secret, clock, token: Mutex::new(None) }
    }

    /// Calls with the access token. A refused token is renewed and the call repeated, once: a 401 says that nothing
    /// was done.
    pub(super) async fn call<T: DeserializeOwned>(&self, call: &Call) -> Result<T, Trouble> {
        let token = self.access_token(None).await?;
        match self.call_with(call, &token).await {
            Err(Trouble::Unauthorized) => {
                let token = self.access_token(Some(&token)).await?;
                self.call_with(call, &token).await
            }
            answer => answer,
        }
    }

    async fn call_with<T: DeserializeOwned>(&self, call: &Call, token: &SecretString) -> Result<T, Trouble> {
        let mut request = self
            .http
            .request(call.method.clone(), format!("{}/{}", self.host, call.path))
            .bearer_auth(token.expose_secret())
            .header(reqwest::header::CONTENT_TYPE, "application/json")
            // Whole answers, so that amount and reference can be compared without another call.
            .header("Prefer", "return=representation");
        if let Some(body) = &call.body {
            request = request.body(body.clone());
        }
        if let Some(id) = &call.request_id {
            request = request.header("PayPal-Request-Id", id);
        }
        let path = without_query(&call.path);
        let (status, body) = send(request, path).await.map_err(Trouble::Payment)?;
        if status.is_success() {
            return serde_json::from_slice(&body)
                .map_err(|error| Trouble::Payment(not_understood(path, status, &error)));
        }
        Err(trouble(path, status, &body))
    }

    /// The access token; a new one when there is none, when it ends soon, or when it is `refused`.
    async fn access_token(&self, refused: Option<&SecretString>) -> Result<SecretString, Trouble> {
        let mut kept = self.token.lock().await;
        let now = self.clock.now();
        if let Some(token) = kept.as_ref() {
            let is_refused = refused.is_some_and(|refused| refused.expose_secret() == token.text.expose_secret());
            if !is_refused && now < token.renew_at {
                return Ok(token.text.clone());
            }
        }
        *kept = None;
        let fresh = self.new_token().await.map_err(Trouble::Payment)?;
        // A life shorter than that is still half used.
        let life = Seconds((fresh.expires_in - EARLY.0).max(fresh.expires_in / 2).max(0));
        let text = SecretString::from(fresh.access_token);
        *kept = Some(AccessToken { text: text.clone(), renew_at: now.plus(life) });
        Ok(text)
    }

    /// Whatever goes wrong here, the call that needs the token was not sent: always `Unavailable`.
    async fn new_token(&self) -> Result<Token, PaymentError> {
        let request = self
            .http
            .post(format!("{}/{}", self.host, path::TOKEN))
            .basic_auth(self.id.expose_secret(), Some(self.secret.expose_secret()))
            .form(&[("grant_type", "client_credentials")]);
        let (status, body) = send(request, path::TOKEN).await.map_err(unsent)?;
        if status != StatusCode::OK {
            tracing::error!(%status, "PayPal gives no access token");
            return Err(PaymentError::Unavailable(format!("no access token ({})", status.as_u16())));
        }
        serde_json::from_slice(&body).map_err(|error| unsent(not_understood(path::TOKEN, status, &error)))
    }
}

/// The only place that makes an HTTP client for PayPal: for its API and for its certificates.
pub(super) fn http(connect_timeout: Duration, timeout: Duration) -> Result<reqwest::Client, reqwest::Error> {
    crate::tls::install();
    reqwest::Client::builder()
        .user_agent(USER_AGENT)
        .connect_timeout(connect_timeout)
        .timeout(timeout)
        // The API never redirects; following one would carry a token to another host.
        .redirect(reqwest::redirect::Policy::none())
        .build()
}

async fn send(request: RequestBuilder, path: &str) -> Result<(StatusCode, Vec<u8>), PaymentError> {
    let request = request.header(reqwest::header::ACCEPT, "application/json");
    let mut response = request.send().await.map_err(|error| unanswered(path, error))?;
    let status = response.status();
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| unanswered(path, error))? {
        if body.len() + chunk.len() > LARGEST_ANSWER {
            return Err(PaymentError::OutcomeUnknown(format!("answer larger than {LARGEST_ANSWER} bytes")));
        }
        body.extend_from_slice(&chunk);
    }
    Ok((status, body))
}

/// No connection means that nothing was sent; after that, nobody knows what was done.
fn unanswered(path: &str, error: reqwest::Error) -> PaymentError {
    let error = error.without_url();
    tracing::warn!(path, %error, "PayPal did not answer");
    if error.is_connect() || error.is_builder() {
        PaymentError::Unavailable("not reached".to_owned())
    } else if error.is_timeout() {
        PaymentError::OutcomeUnknown("no answer in time".to_owned())
    } else {
        PaymentError::OutcomeUnknown("the connection broke".to_owned())
    }
}

/// Trouble on the way to a token: the call that needs it was not sent.
fn unsent(error: PaymentError) -> PaymentError {
    match error {
        PaymentError::Declined(why) | PaymentError::OutcomeUnknown(why) | PaymentError::Unavailable(why) => {
            PaymentError::Unavailable(why)
        }
    }
}

fn not_understood(path: &str, status: StatusCode, error: &serde_json::Error) -> PaymentError {
    // The place of the mistake, never the text: an answer may hold a token or the name of a payer.
    let (line, column) = (error.line(), error.column());
    tracing::error!(path, %status, line, column, "PayPal's answer was not understood");
    PaymentError::OutcomeUnknown(format!("answer {} not understood", status.as_u16()))
}

/// A refusal counts only in PayPal's own words; a page of some proxy in between proves nothing.
fn trouble(path: &str, status: StatusCode, body: &[u8]) -> Trouble {
    if status == StatusCode::UNAUTHORIZED {
        return Trouble::Unauthorized;
    }
    let problem: Option<Problem> = serde_json::from_slice(body).ok();
    let detail = problem.as_ref().and_then(|problem| problem.details.first());
    let issue = detail.and_then(|detail| detail.issue.as_deref()).map(word);
    let field = detail.and_then(|detail| detail.field.as_deref()).map(word);
    let name = problem.as_ref().map(|problem| word(&problem.name));
    let debug_id = problem.as_ref().and_then(|problem| problem.debug_id.as_deref()).map(word);
    tracing::warn!(path, %status, name, issue, field, debug_id, "PayPal refused");
    match (status.as_u16(), name) {
        (404, Some(_)) => Trouble::NotFound,
        (400 | 403 | 409 | 422, Some(name)) => Trouble::Refused(issue.unwrap_or(name)),
        // Turned away before anything was done (RFC 6585).
        (429, _) => Trouble::Payment(PaymentError::Unavailable("too many requests (429)".to_owned())),
        _ => Trouble::Payment(PaymentError::OutcomeUnknown(format!("answer {}", status.as_u16()))),
    }
}

/// A word of theirs, short and printable enough for a log.
pub(super) fn word(text: &str) -> String {
    text.chars().filter(char::is_ascii_graphic).take(60).collect()
}

/// A path as it may be logged.
fn without_query(path: &str) -> &str {
    path.split_once('?').map_or(path, |(path, _)| path)
}
