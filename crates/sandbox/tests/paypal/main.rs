//! PayPal from a token to the money being back, over HTTP.

#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

mod orders;
mod refunds;
mod shop;
mod webhooks;
