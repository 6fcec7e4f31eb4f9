//! `PayPal-Request-Id`: the same id on the same call is the same action, and answers with what came of it. Only what
//! succeeded is remembered, so a refused call may be tried again under its id; that part is a guess.

use axum::http::HeaderMap;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::ledger::Ledger;
use super::problem::{Detail, Problem};

const LONGEST: usize = 108;

/// How long an id is kept.
#[derive(Debug, Clone, Copy)]
pub(super) enum Keep {
    /// Six hours: Orders v2.
    Orders,
    /// 45 days: Payments v2.
    Payments,
}

impl Keep {
    fn time(self) -> SignedDuration {
        match self {
            Self::Orders => SignedDuration::from_hours(6),
            Self::Payments => SignedDuration::from_hours(45 * 24),
        }
    }
}

/// A request id with what came of it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Seen {
    id: String,
    /// Hash of method, path and body: an id belongs to one request.
    request: String,
    /// The order or refund that it made or changed.
    object: String,
    until: Timestamp,
}

/// One call that carries a request id, or does not.
pub(super) struct Once {
    id: Option<String>,
    request: String,
    keep: Keep,
    now: Timestamp,
}

impl Once {
    pub fn new(headers: &HeaderMap, call: &str, body: &[u8], keep: Keep, now: Timestamp) -> Result<Self, Problem> {
        let id = match headers.get("paypal-request-id") {
            None => None,
            Some(value) => match value.to_str() {
                Ok(id) if (1..=LONGEST).contains(&id.len()) => Some(id.to_owned()),
                _ => return Err(Problem::invalid(Detail::header("PayPal-Request-Id", "INVALID_STRING_LENGTH"))),
            },
        };
        let request = hex::encode(Sha256::new().chain_update(call).chain_update([0]).chain_update(body).finalize());
        Ok(Self { id, request, keep, now })
    }

    /// Refuses a call that must carry an id and does not.
    pub fn required(self) -> Result<Self, Problem> {
        if self.id.is_none() {
            return Err(Problem::invalid(Detail::header("PayPal-Request-Id", "PAYPAL_REQUEST_ID_REQUIRED")));
        }
        Ok(self)
    }

    /// What this very call made before.
    pub fn before(&self, ledger: &Ledger) -> Result<Option<String>, Problem> {
        let Some(id) = &self.id else { return Ok(None) };
        let Some(seen) = ledger.seen.iter().find(|seen| seen.id == *id && seen.until > self.now) else {
            return Ok(None);
        };
        if seen.request != self.request {
            return Err(Problem::unprocessable("PAYPAL_REQUEST_ID_PREVIOUSLY_USED"));
        }
        Ok(Some(seen.object.clone()))
    }

    /// Remembers what it made.
    pub fn remember(self, ledger: &mut Ledger, object: &str) {
        let now = self.now;
        ledger.seen.retain(|seen| seen.until > now);
        if let Some(id) = self.id {
            let until = now.checked_add(self.keep.time()).unwrap_or(now);
            ledger.seen.push(Seen { id, request: self.request, object: object.to_owned(), until });
        }
    }
}
