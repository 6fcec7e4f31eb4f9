//! Guards the door of the dashboard: passwords and the second factor. The cryptography and its keys live in the server.

use crate::manage::Tries;
use async_trait::async_trait;
use shop_core::time::Timestamp;

/// The guard could not do it now: too many people at the door, or a stored value that it cannot read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("guard: {0}")]
pub struct GuardError(pub &'static str);

/// A second factor that is being set up.
#[derive(Clone, PartialEq, Eq)]
pub struct NewTotp {
    /// The secret, sealed with a key of the server: for the database and for a hidden field. Means nothing to anybody else.
    pub sealed: String,
    /// `otpauth://totp/…`: what an authenticator app reads.
    pub uri: String,
    /// The secret in groups of four letters, for typing it over.
    pub text: String,
    /// The address as a QR code: an SVG element without inline style.
    pub qr: String,
}

impl std::fmt::Debug for NewTotp {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("NewTotp(…)")
    }
}

/// Passwords and second factors of the people who run the shop.
#[async_trait]
pub trait Guard: Send + Sync {
    /// The hash to keep. Slow on purpose.
    async fn hash_password(&self, password: &str) -> Result<String, GuardError>;
    /// Whether the password belongs to the hash. Without a hash the answer is no, after the same work as with one, so
    /// nobody learns from the time it takes whether an account exists.
    async fn verify_password(&self, password: &str, hash: Option<&str>) -> Result<bool, GuardError>;
    /// A new second factor for an account.
    fn new_totp(&self, account: &str) -> NewTotp;
    /// The second factor that was shown before, from its sealed form; `None` when the seal is not ours.
    fn open_totp(&self, account: &str, sealed: &str) -> Option<NewTotp>;
    /// The step of 30 seconds to which the code belongs, one step of clock drift allowed either way; `None` when it is
    /// wrong. A step that was used before is for the caller to refuse.
    fn check_totp(&self, sealed: &str, code: &str, now: Timestamp) -> Option<i64>;
    /// What was tried at the door lately.
    fn tries(&self) -> &Tries;
}
