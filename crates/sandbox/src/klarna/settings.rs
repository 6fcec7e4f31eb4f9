//! What a test may choose about Klarna's habits.

use serde::{Deserialize, Serialize};

/// Klarna's habits. Missing fields keep the default.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Settings {
    /// Hours that a payment session lives. Its hosted page ends one hour earlier.
    pub session_hours: i64,
    /// Minutes that an authorization token is good for.
    pub token_minutes: i64,
    /// Days that a placed order can be captured in.
    pub authorization_days: i64,
    /// Days to pay in, as the contract of the shop says; told in the answer to a placed order.
    pub invoice_days: u32,
    /// What the account can offer. Some accounts have only `klarna`.
    pub categories: Vec<String>,
    /// Milliseconds between the shopper's choice and the callbacks.
    pub callback_delay_ms: u64,
    /// Times that one callback is tried until the shop answers 2xx: once, and up to three repeats.
    pub callback_attempts: u32,
    /// Milliseconds before the first repeat; doubles each time.
    pub callback_retry_ms: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            session_hours: 48,
            token_minutes: 60,
            authorization_days: 28,
            invoice_days: 14,
            categories: vec!["pay_later".to_owned(), "pay_now".to_owned()],
            callback_delay_ms: 250,
            callback_attempts: 4,
            callback_retry_ms: 1_000,
        }
    }
}
