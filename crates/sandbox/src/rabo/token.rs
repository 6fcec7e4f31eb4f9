//! The gatekeeper: access tokens for the shop and tokens inside notifications. A token carries its own end, so it stays
//! good when the sandbox restarts.

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use subtle::ConstantTimeEq;
use uuid::Uuid;

use super::problem::Problem;
use super::{Rabo, signature};
use crate::clock::wire_time;

/// What a token opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Purpose {
    /// All calls but the pull.
    Access,
    /// The pull.
    Pull,
}

#[derive(Serialize, Deserialize)]
struct Claims {
    purpose: Purpose,
    ends: Timestamp,
    jti: Uuid,
}

/// Makes and checks tokens.
pub(super) struct Tokens {
    refresh_token: String,
    key: Vec<u8>,
}

impl Tokens {
    pub fn new(refresh_token: &str, signing_key: &[u8]) -> Self {
        Self { refresh_token: refresh_token.to_owned(), key: [b"token:", signing_key].concat() }
    }

    pub fn issue(&self, purpose: Purpose, ends: Timestamp, jti: Uuid) -> String {
        let claims = serde_json::to_vec(&Claims { purpose, ends, jti }).expect("claims are plain JSON");
        let header = URL_SAFE_NO_PAD.encode(br#"{"alg":"HS512","typ":"JWT"}"#);
        let signed = format!("{header}.{}", URL_SAFE_NO_PAD.encode(claims));
        let mac = hex::decode(signature::sign(&self.key, &signed)).expect("a signature is hex");
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(mac))
    }

    pub fn check(&self, purpose: Purpose, token: &str, now: Timestamp) -> Result<(), Problem> {
        let claims = self.read(token).ok_or(Problem::NotAuthorized("Token is invalid"))?;
        if claims.purpose != purpose {
            return Err(Problem::NotAuthorized("Token is not meant for this call"));
        }
        if claims.ends <= now {
            return Err(Problem::NotAuthorized("Token has expired"));
        }
        Ok(())
    }

    fn read(&self, token: &str) -> Option<Claims> {
        let (signed, given) = token.rsplit_once('.')?;
        let given = hex::encode(URL_SAFE_NO_PAD.decode(given).ok()?);
        let expected = signature::sign(&self.key, signed);
        if !bool::from(expected.as_bytes().ct_eq(given.as_bytes())) {
            return None;
        }
        let (_, claims) = signed.split_once('.')?;
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims).ok()?).ok()
    }
}

impl Rabo {
    /// Refuses a call without a good token of this purpose.
    pub(super) fn authorize(&self, purpose: Purpose, headers: &HeaderMap) -> Result<(), Problem> {
        let token = bearer(headers).ok_or(Problem::NotAuthorized("Token is missing"))?;
        self.inner.tokens.check(purpose, token, self.inner.clock.now())
    }

    /// A new token and its end.
    pub(super) fn new_token(&self, purpose: Purpose) -> (String, Timestamp) {
        let settings = self.settings();
        let lifetime = match purpose {
            Purpose::Access => settings.token_lifetime_ms,
            Purpose::Pull => settings.notification_lifetime_ms,
        };
        let now = self.inner.clock.now();
        let ends = now.checked_add(SignedDuration::from_millis(lifetime)).unwrap_or(now);
        (self.inner.tokens.issue(purpose, ends, Uuid::new_v4()), ends)
    }
}

/// `GET omnikassa-api/gatekeeper/refresh`.
pub(super) async fn refresh(State(rabo): State<Rabo>, headers: HeaderMap) -> Result<Json<Value>, Problem> {
    let given = bearer(&headers).ok_or(Problem::NotAuthorized("Token is missing"))?;
    let expected = &rabo.inner.tokens.refresh_token;
    if !bool::from(expected.as_bytes().ct_eq(given.as_bytes())) {
        return Err(Problem::NotAuthorized("Refresh token is invalid"));
    }
    let (token, ends) = rabo.new_token(Purpose::Access);
    let duration = rabo.settings().token_lifetime_ms;
    Ok(Json(json!({ "token": token, "validUntil": wire_time(ends), "durationInMillis": duration })))
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty()).then_some(token)
}
