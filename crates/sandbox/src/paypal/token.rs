//! `POST /v1/oauth2/token`: an access token for the credentials of the shop. Tokens are forgotten at a restart, so that
//! shops meet a refused one.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use subtle::ConstantTimeEq;
use uuid::Uuid;

use super::PayPal;
use super::problem::Problem;

/// The tokens that were given out, with their end.
#[derive(Default)]
pub(super) struct Tokens(Mutex<HashMap<String, Timestamp>>);

impl PayPal {
    /// Refuses a call without a good token.
    pub(super) fn authorize(&self, headers: &HeaderMap) -> Result<(), Problem> {
        let token = headers
            .get(AUTHORIZATION)
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.strip_prefix("Bearer "))
            .ok_or(Problem::NotAuthorized)?;
        let tokens = self.inner.tokens.0.lock().unwrap_or_else(PoisonError::into_inner);
        match tokens.get(token) {
            Some(ends) if *ends > self.inner.clock.now() => Ok(()),
            _ => Err(Problem::NotAuthorized),
        }
    }
}

/// A new token.
pub(super) async fn issue(
    State(paypal): State<PayPal>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Value>, Problem> {
    let config = &paypal.inner.config;
    let expected = format!("Basic {}", STANDARD.encode(format!("{}:{}", config.client_id, config.client_secret)));
    let given = headers.get(AUTHORIZATION).map(|value| value.as_bytes()).unwrap_or_default();
    if !bool::from(given.ct_eq(expected.as_bytes())) {
        return Err(Problem::InvalidClient);
    }
    if &*body != b"grant_type=client_credentials" {
        return Err(Problem::UnsupportedGrant);
    }
    let now = paypal.inner.clock.now();
    let lifetime = paypal.settings().token_lifetime_seconds;
    let token = format!("A21AA{}", Uuid::new_v4().simple());
    let ends = now.checked_add(SignedDuration::from_secs(lifetime)).unwrap_or(now);
    paypal.inner.tokens.0.lock().unwrap_or_else(PoisonError::into_inner).insert(token.clone(), ends);
    Ok(Json(json!({
        "scope": "https://uri.paypal.com/services/payments/payment https://uri.paypal.com/services/reporting/search/read",
        "access_token": token,
        "token_type": "Bearer",
        "app_id": "APP-80W284485P519543T",
        "expires_in": lifetime,
        "nonce": format!("{now}{}", Uuid::new_v4().simple()),
    })))
}
