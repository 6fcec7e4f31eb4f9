//! What a test may choose about PayPal's habits.

use serde::{Deserialize, Serialize};

/// PayPal's habits. Missing fields keep the default.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Settings {
    /// Life of an access token, seconds; about nine hours at the real one.
    pub token_lifetime_seconds: i64,
    /// Minutes that a new order can be approved and captured.
    pub order_minutes: i64,
    /// Milliseconds between what happened and its webhook.
    pub notify_delay_ms: u64,
    /// Times that one webhook is tried until the shop answers 2xx; 25 at the real one.
    pub notify_attempts: u32,
    /// Milliseconds before the first retry; doubles each time.
    pub notify_retry_ms: u64,
    /// Days in which a capture can be refunded.
    pub refund_days: i64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            token_lifetime_seconds: 32_400,
            order_minutes: 180,
            notify_delay_ms: 250,
            notify_attempts: 8,
            notify_retry_ms: 500,
            refund_days: 180,
        }
    }
}
