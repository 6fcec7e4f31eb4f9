//! A payment session and the hosted page that leads a shopper through it.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::Uuid;

use super::fields::Object;
use super::order::FraudStatus;
use super::time;

/// What is to be paid, and whether Klarna said yes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Session {
    pub id: Uuid,
    pub client_token: String,
    pub purchase: Object,
    pub categories: Vec<String>,
    pub expires_at: Timestamp,
    pub authorization: Option<Authorization>,
    /// The order that it became.
    pub order: Option<Uuid>,
}

/// Klarna's yes: a token that places one order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Authorization {
    pub token: Uuid,
    pub expires_at: Timestamp,
    /// What the order will be told.
    pub fraud: FraudStatus,
}

impl Session {
    pub fn is_over(&self, now: Timestamp) -> bool {
        self.expires_at <= now
    }

    /// The token, as long as it is good and no order came of it.
    pub fn token(&self, now: Timestamp) -> Option<&Authorization> {
        self.authorization.as_ref().filter(|given| self.order.is_none() && given.expires_at > now)
    }

    pub fn category_list(&self) -> Value {
        let of = |identifier: &String| {
            let name = if identifier == "pay_now" { "Betaal nu." } else { "Betaal later." };
            json!({ "identifier": identifier, "name": name, "asset_urls": {} })
        };
        self.categories.iter().map(of).collect()
    }

    /// The session as `GET` tells it.
    pub fn answer(&self, now: Timestamp) -> Value {
        let mut answer = self.purchase.clone();
        answer.insert("session_id".to_owned(), json!(self.id));
        answer.insert("client_token".to_owned(), json!(self.client_token));
        answer.insert("status".to_owned(), json!(if self.order.is_some() { "complete" } else { "incomplete" }));
        answer.insert("expires_at".to_owned(), json!(time(self.expires_at)));
        answer.insert("payment_method_categories".to_owned(), self.category_list());
        if let Some(given) = self.token(now) {
            answer.insert("authorization_token".to_owned(), json!(given.token));
        }
        Value::Object(answer)
    }
}

/// Where a hosted page stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[expect(missing_docs, reason = "Klarna's own words")]
pub enum PageStatus {
    Waiting,
    InProgress,
    Back,
    Completed,
    Cancelled,
    Failed,
    Error,
    Disabled,
}

impl PageStatus {
    /// Klarna's word.
    pub fn wire(self) -> &'static str {
        match self {
            Self::Waiting => "WAITING",
            Self::InProgress => "IN_PROGRESS",
            Self::Back => "BACK",
            Self::Completed => "COMPLETED",
            Self::Cancelled => "CANCELLED",
            Self::Failed => "FAILED",
            Self::Error => "ERROR",
            Self::Disabled => "DISABLED",
        }
    }

    /// Whether the shopper can do nothing here any more. Who went back may come again.
    pub fn is_final(self) -> bool {
        !matches!(self, Self::Waiting | Self::InProgress | Self::Back)
    }

    pub(crate) fn in_dutch(self) -> &'static str {
        match self {
            Self::Waiting => "nog niet bekeken",
            Self::InProgress => "bezig",
            Self::Back => "teruggegaan",
            Self::Completed => "goedgekeurd",
            Self::Cancelled => "geannuleerd",
            Self::Failed => "afgewezen",
            Self::Error => "mislukt door een fout",
            Self::Disabled => "gesloten",
        }
    }
}

/// A hosted page, with the addresses it leads to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Page {
    /// Klarna's id of it.
    pub session_id: Uuid,
    /// The payment session it is for.
    pub payment_session_id: Uuid,
    /// Where it stands.
    pub status: PageStatus,
    /// The shop's number of the order.
    pub merchant_reference: String,
    /// Cents.
    pub order_amount: i64,
    /// What Klarna's people call it.
    pub klarna_reference: String,
    /// When it last changed.
    pub updated_at: Timestamp,
    /// When it closes: one hour before its payment session.
    pub expires_at: Timestamp,
    pub(super) merchant_urls: Object,
}

impl Page {
    /// The page as `GET` tells it; the token only as long as it is good.
    pub(super) fn answer(&self, token: Option<Uuid>) -> Value {
        let mut answer = json!({
            "session_id": self.session_id,
            "status": self.status.wire(),
            "klarna_reference": self.klarna_reference,
            "updated_at": time(self.updated_at),
            "expires_at": time(self.expires_at),
        });
        if let Some(token) = token {
            answer["authorization_token"] = json!(token);
        }
        answer
    }

    /// One of the shop's addresses with its placeholders filled in.
    pub(super) fn address(&self, key: &str, token: Option<Uuid>) -> Option<String> {
        let url = self.merchant_urls.get(key)?.as_str()?;
        let token = token.map(|token| token.to_string()).unwrap_or_default();
        Some(
            url.replace("{{session_id}}", &self.session_id.to_string())
                .replace("{{authorization_token}}", &token)
                .replace("{{order_id}}", ""),
        )
    }

    /// Where the shopper goes from here, once it is final or she went back.
    pub(super) fn way_out(&self, token: Option<Uuid>) -> Option<String> {
        let keys: &[&str] = match self.status {
            PageStatus::Completed => &["success"],
            PageStatus::Back => &["back", "cancel"],
            PageStatus::Cancelled => &["cancel", "back"],
            PageStatus::Failed => &["failure", "error", "cancel"],
            PageStatus::Error | PageStatus::Disabled => &["error", "failure", "cancel"],
            PageStatus::Waiting | PageStatus::InProgress => &[],
        };
        keys.iter().find_map(|key| self.address(key, token))
    }
}

/// When a session ends that begins now.
pub(super) fn hours_from(now: Timestamp, hours: i64) -> Timestamp {
    now.checked_add(SignedDuration::from_hours(hours)).unwrap_or(now)
}
