//! What the wires to all providers have in common: one kind of HTTP client, whole answers of a sane size, and what silence means.

use reqwest::header::HeaderMap;
use reqwest::{Method, RequestBuilder, StatusCode};
use secrecy::{ExposeSecret, SecretString};
use serde::de::DeserializeOwned;
use shop_core::time::Timestamp;
use shop_flows::ports::PaymentError;
use std::future::Future;
use std::time::Duration;
use tokio::sync::Mutex;

/// Largest answer that is read. A full page of a day's list is far smaller.
const LARGEST_ANSWER: usize = 4 * 1024 * 1024;
/// How the shop names itself.
pub(super) const USER_AGENT: &str = concat!("allgems/", env!("CARGO_PKG_VERSION"));

/// The only place that makes an HTTP client for a provider.
pub(super) fn client(connect_timeout: Duration, timeout: Duration) -> Result<reqwest::Client, reqwest::Error> {
    crate::tls::install();
    reqwest::Client::builder()
        .user_agent(USER_AGENT)
        .connect_timeout(connect_timeout)
        .timeout(timeout)
        // No provider's API redirects; following one would carry a token or password to another host.
        .redirect(reqwest::redirect::Policy::none())
        .build()
}

/// One call of an API.
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
        Self { method: Method::POST, path, body: Some(written(body)), request_id: Some(request_id) }
    }
}

/// The body of a call.
pub(super) fn written(body: &impl serde::Serialize) -> Vec<u8> {
    serde_json::to_vec(body).expect("wire structs hold text and numbers only")
}

/// Somebody's answer, read to its end. `call` names it in logs, without ids or tokens.
pub(super) struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
    provider: &'static str,
    call: String,
}

/// Sends a request, once.
pub(super) async fn send(provider: &'static str, call: &str, request: RequestBuilder) -> Result<Reply, PaymentError> {
    let request = request.header(reqwest::header::ACCEPT, "application/json");
    let mut response = request.send().await.map_err(|error| unanswered(provider, call, error))?;
    let (status, headers) = (response.status(), response.headers().clone());
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| unanswered(provider, call, error))? {
        if body.len() + chunk.len() > LARGEST_ANSWER {
            return Err(PaymentError::OutcomeUnknown(format!("answer larger than {LARGEST_ANSWER} bytes")));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(Reply { status, headers, body, provider, call: call.to_owned() })
}

impl Reply {
    /// The body as the answer that was expected.
    pub(super) fn read<T: DeserializeOwned>(&self) -> Result<T, PaymentError> {
        serde_json::from_slice(&self.body).map_err(|error| {
            // The place of the mistake, never the text: an answer may hold a token or the name of a payer.
            let (line, column, status) = (error.line(), error.column(), self.status);
            tracing::error!(provider = self.provider, call = self.call, %status, line, column, "an answer was not understood");
            PaymentError::OutcomeUnknown(format!("answer {} not understood", self.status.as_u16()))
        })
    }
}

/// No connection means that nothing was sent; after that, nobody knows what was done.
fn unanswered(provider: &str, call: &str, error: reqwest::Error) -> PaymentError {
    let error = error.without_url();
    tracing::warn!(provider, call, %error, "no answer");
    if error.is_connect() || error.is_builder() {
        PaymentError::Unavailable("not reached".to_owned())
    } else if error.is_timeout() {
        PaymentError::OutcomeUnknown("no answer in time".to_owned())
    } else {
        PaymentError::OutcomeUnknown("the connection broke".to_owned())
    }
}

/// Trouble on the way to a token: the call that needs it was not sent.
pub(super) fn unsent(error: PaymentError) -> PaymentError {
    match error {
        PaymentError::Declined(why) | PaymentError::OutcomeUnknown(why) | PaymentError::Unavailable(why) => {
            PaymentError::Unavailable(why)
        }
        PaymentError::Credentials(why) => PaymentError::Credentials(why),
    }
}

/// What it means when no token is given: a refusal is about our credentials, anything else about them.
pub(super) fn no_token(status: StatusCode) -> PaymentError {
    let why = format!("no access token ({})", status.as_u16());
    match status.as_u16() {
        400 | 401 | 403 => PaymentError::Credentials(why),
        _ => PaymentError::Unavailable(why),
    }
}

/// A text of theirs, short and printable enough for a log.
pub(super) fn printable(text: &str, longest: usize) -> String {
    text.chars().filter(|c| !c.is_control()).take(longest).collect()
}

/// The fields of ours that a sentence of theirs names, for the log. The sentence itself is nobody's business: it may repeat what it
/// is about, and that can be a name or an address.
pub(super) fn named(sentence: &str, fields: &[&'static str]) -> String {
    let words = sentence.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    let mut found: Vec<&str> = words.filter_map(|word| fields.iter().find(|field| **field == word).copied()).collect();
    found.dedup();
    found.join(" ")
}

/// An access token as a provider gave it.
pub(super) struct AccessToken {
    pub text: SecretString,
    pub renew_at: Timestamp,
}

/// Keeps the access token of a provider. Locked while it is renewed, so that many callers renew it once.
#[derive(Default)]
pub(super) struct Tokens(Mutex<Option<AccessToken>>);

impl Tokens {
    /// The token; a `fresh` one when there is none, when its time has come, or when it is the one that was `refused`.
    pub(super) async fn get<F>(
        &self,
        now: Timestamp,
        refused: Option<&SecretString>,
        fresh: F,
    ) -> Result<SecretString, PaymentError>
    where
        F: Future<Output = Result<AccessToken, PaymentError>>,
    {
        let mut kept = self.0.lock().await;
        if let Some(token) = kept.as_ref() {
            let is_refused = refused.is_some_and(|refused| refused.expose_secret() == token.text.expose_secret());
            if !is_refused && now < token.renew_at {
                return Ok(token.text.clone());
            }
        }
        *kept = None;
        let token = fresh.await?;
        let text = token.text.clone();
        *kept = Some(token);
        Ok(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_sentence_only_the_names_of_our_fields_are_kept() {
        let fields = ["billing_address", "email"];

        let kept = named("Bad value: billing_address.email (marieke@voorbeeld.nl, Marieke de Vries)", &fields);

        assert_eq!(kept, "billing_address email");
        assert_eq!(named("NL13TEST0123456789 is no account", &fields), "");
    }
}
