//! The wire to PayPal: access tokens, calls, and what each failure means for the one who called.

use super::wire::{Problem, Token, path};
use crate::payment::http::{self, AccessToken, Tokens, unsent};
use reqwest::StatusCode;
use secrecy::{ExposeSecret, SecretString};
use serde::de::DeserializeOwned;
use shop_core::time::{Seconds, Timestamp};
use shop_flows::ports::{Clock, PaymentError};
use std::sync::Arc;

pub(super) use crate::payment::http::Call;

const PROVIDER: &str = "paypal";
/// A token is renewed this long before its end.
const EARLY: Seconds = Seconds::minutes(5);

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
            Trouble::Unauthorized => Self::Credentials("access token refused (401)".to_owned()),
            Trouble::NotFound => Self::Declined("no such thing (404)".to_owned()),
            Trouble::Refused(issue) => Self::Declined(issue),
            Trouble::Payment(error) => error,
        }
    }
}

/// Calls PayPal and keeps the access token.
pub(super) struct Client {
    http: reqwest::Client,
    host: String,
    id: SecretString,
    secret: SecretString,
    clock: Arc<dyn Clock>,
    tokens: Tokens,
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
        Self { http, host, id, secret, clock, tokens: Tokens::default() }
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
        let reply = http::send(PROVIDER, path, request).await.map_err(Trouble::Payment)?;
        if reply.status.is_success() {
            return reply.read().map_err(Trouble::Payment);
        }
        Err(trouble(path, reply.status, &reply.body))
    }

    /// Whether a new access token is given for our credentials.
    pub(super) async fn let_in(&self) -> Result<(), PaymentError> {
        let now = self.clock.now();
        self.new_token(now).await.map(drop)
    }

    /// The access token; a new one when there is none, when it ends soon, or when it is `refused`.
    async fn access_token(&self, refused: Option<&SecretString>) -> Result<SecretString, Trouble> {
        let now = self.clock.now();
        self.tokens.get(now, refused, self.new_token(now)).await.map_err(Trouble::Payment)
    }

    /// Whatever goes wrong here, the call that needs the token was not sent: always `Unavailable`.
    async fn new_token(&self, now: Timestamp) -> Result<AccessToken, PaymentError> {
        let request = self
            .http
            .post(format!("{}/{}", self.host, path::TOKEN))
            .basic_auth(self.id.expose_secret(), Some(self.secret.expose_secret()))
            .form(&[("grant_type", "client_credentials")]);
        let reply = http::send(PROVIDER, path::TOKEN, request).await.map_err(unsent)?;
        if reply.status != StatusCode::OK {
            tracing::error!(status = %reply.status, "PayPal gives no access token");
            return Err(http::no_token(reply.status));
        }
        let fresh: Token = reply.read().map_err(unsent)?;
        // A life shorter than that is still half used.
        let life = Seconds((fresh.expires_in - EARLY.0).max(fresh.expires_in / 2).max(0));
        Ok(AccessToken { text: SecretString::from(fresh.access_token), renew_at: now.plus(life) })
    }
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
