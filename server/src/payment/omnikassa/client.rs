//! The wire to the provider: access tokens, calls, and what each failure means for the one who called.

use super::wire::{self, Problem, Refreshed, path};
use crate::payment::http::{self, AccessToken, Tokens, named, unsent};
use reqwest::{Method, RequestBuilder, StatusCode};
use secrecy::{ExposeSecret, SecretString};
use serde::de::DeserializeOwned;
use shop_core::time::Timestamp;
use shop_flows::ports::{Clock, PaymentError};
use std::sync::Arc;
use std::time::Duration;

pub(super) use crate::payment::http::Call;

const PROVIDER: &str = "omnikassa";

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
            Trouble::Unauthorized => Self::Credentials("access token refused (401)".to_owned()),
            Trouble::NotFound => Self::Declined("no such thing (404)".to_owned()),
            Trouble::Payment(error) => error,
        }
    }
}

/// Calls the provider and keeps the access token.
pub(super) struct Client {
    http: reqwest::Client,
    host: String,
    refresh_token: SecretString,
    clock: Arc<dyn Clock>,
    tokens: Tokens,
}

impl Client {
    /// `host` has no slash at its end.
    pub(super) fn new(
        host: String,
        refresh_token: SecretString,
        connect_timeout: Duration,
        timeout: Duration,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, reqwest::Error> {
        let http = http::client(connect_timeout, timeout)?;
        Ok(Self { http, host, refresh_token, clock, tokens: Tokens::default() })
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
        let reply = http::send(PROVIDER, &call.path, request).await.map_err(Trouble::Payment)?;
        if reply.status.is_success() {
            return reply.read().map_err(Trouble::Payment);
        }
        Err(trouble(&call.path, reply.status, &reply.body))
    }

    /// Whether a new access token is given for our credentials.
    pub(super) async fn let_in(&self) -> Result<(), PaymentError> {
        let now = self.clock.now();
        self.refresh(now).await.map(drop)
    }

    /// The access token; a new one when there is none, when less than 5 % of its life is left, or when it is `refused`.
    async fn access_token(&self, refused: Option<&SecretString>) -> Result<SecretString, Trouble> {
        let now = self.clock.now();
        self.tokens.get(now, refused, self.refresh(now)).await.map_err(Trouble::Payment)
    }

    /// Whatever goes wrong here, the call that needs the token was not sent: always `Unavailable`.
    async fn refresh(&self, now: Timestamp) -> Result<AccessToken, PaymentError> {
        let request = self.request(Method::GET, path::REFRESH, &self.refresh_token);
        let reply = http::send(PROVIDER, path::REFRESH, request).await.map_err(unsent)?;
        if reply.status != StatusCode::OK {
            tracing::error!(status = %reply.status, "the provider gives no access token");
            return Err(http::no_token(reply.status));
        }
        let fresh: Refreshed = reply.read().map_err(unsent)?;
        let lasts = fresh.duration_in_millis.max(0);
        // 950 of the 1000 microseconds in each millisecond: renewed when 5 % is left.
        let renew_at = Timestamp::from_micros(now.micros().saturating_add(lasts.saturating_mul(950)));
        Ok(AccessToken { text: SecretString::from(fresh.token), renew_at })
    }

    fn request(&self, method: Method, path: &str, token: &SecretString) -> RequestBuilder {
        self.http
            .request(method, format!("{}/{path}", self.host))
            .bearer_auth(token.expose_secret())
            .header("X-Api-User-Agent", http::USER_AGENT)
    }
}

/// A refusal counts only in the provider's own words; a page of some proxy in between proves nothing.
fn trouble(path: &str, status: StatusCode, body: &[u8]) -> Trouble {
    if status == StatusCode::UNAUTHORIZED {
        return Trouble::Unauthorized;
    }
    let problem: Option<Problem> = serde_json::from_slice(body).ok();
    let code = problem.as_ref().map(|problem| problem.error_code);
    let text = problem.and_then(|problem| problem.consumer_message.or(problem.error_message)).unwrap_or_default();
    let fields = named(&text, wire::FIELDS);
    tracing::warn!(path, %status, code, fields, "the provider refused");
    match (status.as_u16(), code) {
        (404, Some(_)) => Trouble::NotFound,
        (400 | 403 | 409 | 422, Some(code)) => {
            Trouble::Payment(PaymentError::Declined(format!("{}/{code} {fields}", status.as_u16())))
        }
        // Turned away before anything was done (RFC 6585).
        (429, _) => Trouble::Payment(PaymentError::Unavailable("too many requests (429)".to_owned())),
        _ => Trouble::Payment(PaymentError::OutcomeUnknown(format!("answer {}", status.as_u16()))),
    }
}
