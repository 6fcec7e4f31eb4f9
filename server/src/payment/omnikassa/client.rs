//! The wire to the provider: access tokens, calls, and what each failure means for the one who called.

use super::wire::{Problem, Refreshed, path};
use reqwest::{Method, RequestBuilder, StatusCode};
use secrecy::{ExposeSecret, SecretString};
use serde::de::DeserializeOwned;
use shop_core::time::Timestamp;
use shop_flows::ports::{Clock, PaymentError};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Mutex;

/// Largest answer that is read. A full page of results is far smaller.
const LARGEST_ANSWER: usize = 4 * 1024 * 1024;
const USER_AGENT: &str = concat!("allgems/", env!("CARGO_PKG_VERSION"));

/// One call of the provider's API.
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
    /// 404 in the provider's words: it has no such thing.
    NotFound,
    /// Anything else, in the words of the port.
    Payment(PaymentError),
}

impl From<Trouble> for PaymentError {
    fn from(trouble: Trouble) -> Self {
        match trouble {
            // A token fresh from the provider was refused: a matter for the operator. Nothing was done.
            Trouble::Unauthorized => Self::Unavailable("access token refused (401)".to_owned()),
            Trouble::NotFound => Self::Declined("no such thing (404)".to_owned()),
            Trouble::Payment(error) => error,
        }
    }
}

struct AccessToken {
    text: SecretString,
    renew_at: Timestamp,
}

/// Calls the provider and keeps the access token.
pub(super) struct Client {
    http: reqwest::Client,
    host: String,
    refresh_token: SecretString,
    clock: Arc<dyn Clock>,
    /// Locked while it is renewed, so that many callers renew it once.
    token: Mutex<Option<AccessToken>>,
}

impl Client {
    /// The only place that makes an HTTP client for this provider. `host` has no slash at its end.
    pub(super) fn new(
        host: String,
        refresh_token: SecretString,
        connect_timeout: Duration,
        timeout: Duration,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, reqwest::Error> {
        crate::tls::install();
        let http = reqwest::Client::builder()
            .connect_timeout(connect_timeout)
            .timeout(timeout)
            // The API never redirects; following one would carry a token to another host.
            .redirect(reqwest::redirect::Policy::none())
            .build()?;
        Ok(Self { http, host, refresh_token, clock, token: Mutex::new(None) })
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

    /// Calls with a token of the caller's, once.
    pub(super) async fn call_with<T: DeserializeOwned>(&self, call: &Call, token: &SecretString) -> Result<T, Trouble> {
        let mut request = self.request(call.method.clone(), &call.path, token);
        if let Some(body) = &call.body {
            request = request.header(reqwest::header::CONTENT_TYPE, "application/json").body(body.clone());
        }
        if let Some(id) = &call.request_id {
            request = request.header("request-id", id);
        }
        let (status, body) = send(request, &call.path).await.map_err(Trouble::Payment)?;
        if status.is_success() {
            return serde_json::from_slice(&body)
                .map_err(|error| Trouble::Payment(not_understood(&call.path, status, &error)));
        }
        Err(trouble(&call.path, status, &body))
    }

    /// The access token; a new one when there is none, when less than 5 % of its life is left, or when it is `refused`.
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
        let fresh = self.refresh().await.map_err(Trouble::Payment)?;
        let lasts = fresh.duration_in_millis.max(0);
        // 950 of the 1000 microseconds in each millisecond: renewed when 5 % is left.
        let renew_at = Timestamp::from_micros(now.micros().saturating_add(lasts.saturating_mul(950)));
        let text = SecretString::from(fresh.token);
        *kept = Some(AccessToken { text: text.clone(), renew_at });
        Ok(text)
    }

    /// Whatever goes wrong here, the call that needs the token was not sent: always `Unavailable`.
    async fn refresh(&self) -> Result<Refreshed, PaymentError> {
        let request = self.request(Method::GET, path::REFRESH, &self.refresh_token);
        let (status, body) = send(request, path::REFRESH).await.map_err(unsent)?;
        if status != StatusCode::OK {
            tracing::error!(%status, "the provider gives no access token");
            return Err(PaymentError::Unavailable(format!("no access token ({})", status.as_u16())));
        }
        serde_json::from_slice(&body).map_err(|error| unsent(not_understood(path::REFRESH, status, &error)))
    }

    fn request(&self, method: Method, path: &str, token: &SecretString) -> RequestBuilder {
        self.http
            .request(method, format!("{}/{path}", self.host))
            .bearer_auth(token.expose_secret())
            .header(reqwest::header::ACCEPT, "application/json")
            .header("X-Api-User-Agent", USER_AGENT)
    }
}

async fn send(request: RequestBuilder, path: &str) -> Result<(StatusCode, Vec<u8>), PaymentError> {
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
    tracing::warn!(path, %error, "the provider did not answer");
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
    // The place of the mistake, never the text: an answer may hold a token.
    let (line, column) = (error.line(), error.column());
    tracing::error!(path, %status, line, column, "the provider's answer was not understood");
    PaymentError::OutcomeUnknown(format!("answer {} not understood", status.as_u16()))
}

/// A refusal counts only in the provider's own words; a page of some proxy in between proves nothing.
fn trouble(path: &str, status: StatusCode, body: &[u8]) -> Trouble {
    if status == StatusCode::UNAUTHORIZED {
        return Trouble::Unauthorized;
    }
    let problem: Option<Problem> = serde_json::from_slice(body).ok();
    let code = problem.as_ref().map(|problem| problem.error_code);
    let text = problem.and_then(|problem| problem.consumer_message.or(problem.error_message)).unwrap_or_default();
    let text: String = text.chars().filter(|c| !c.is_control()).take(200).collect();
    tracing::warn!(path, %status, code, text, "the provider refused");
    match (status.as_u16(), code) {
        (404, Some(_)) => Trouble::NotFound,
        (400 | 403 | 409 | 422, Some(code)) => {
            Trouble::Payment(PaymentError::Declined(format!("{}/{code} {text}", status.as_u16())))
        }
        // Turned away before anything was done (RFC 6585).
        (429, _) => Trouble::Payment(PaymentError::Unavailable("too many requests (429)".to_owned())),
        _ => Trouble::Payment(PaymentError::OutcomeUnknown(format!("answer {}", status.as_u16()))),
    }
}
