//! What a test may choose about the provider's habits.

use serde::{Deserialize, Serialize};

/// The provider's habits. Missing fields keep the default.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Settings {
    /// Life of an access token, milliseconds. Short, so that shops meet an expired one.
    pub token_lifetime_ms: i64,
    /// Life of the token inside a notification, milliseconds.
    pub notification_lifetime_ms: i64,
    /// Orders in one pull answer; the real provider gives at most 100.
    pub page_size: usize,
    /// Minutes that a new order can be paid. Not known of the real provider.
    pub payable_minutes: i64,
    /// Milliseconds between the shopper's choice and the notification.
    pub notify_delay_ms: u64,
    /// Times that one notification is tried until the shop answers 200.
    pub notify_attempts: u32,
    /// Milliseconds before the first retry; doubles each time.
    pub notify_retry_ms: u64,
    /// Milliseconds after which a new notification is sent while results still wait. Not known of the real provider.
    pub notify_again_ms: u64,
    /// Milliseconds that a refund is pending.
    pub refund_pending_ms: i64,
    /// Minutes that the timestamp of an order may be off. Not known of the real provider.
    pub clock_tolerance_minutes: i64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            token_lifetime_ms: 600_000,
            notification_lifetime_ms: 1_800_000,
            page_size: 100,
            payable_minutes: 60,
            notify_delay_ms: 250,
            notify_attempts: 5,
            notify_retry_ms: 500,
            notify_again_ms: 30_000,
            refund_pending_ms: 2_000,
            clock_tolerance_minutes: 15,
        }
    }
}
