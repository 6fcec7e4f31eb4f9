//! Sending mail. Messages are rendered by the mail adapter from what the flow knows; nothing is sent outside a job.

use async_trait::async_trait;
use shop_core::email::EmailAddress;

/// A mail, ready to go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// To whom.
    pub to: EmailAddress,
    /// Subject.
    pub subject: String,
    /// Plain text.
    pub text: String,
    /// HTML of the same contents.
    pub html: String,
    /// Where a mail program can take the reader off the list with one press (RFC 8058); letters of the newsletter only.
    pub leave: Option<String>,
    /// Makes a repeated sending recognisable: becomes the Message-ID.
    pub key: String,
}

/// Why a mail did not go out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MailError {
    /// The mail server will never take it (5xx, impossible address).
    #[error("refused: {0}")]
    Refused(String),
    /// It was not taken now: try again later.
    #[error("unavailable: {0}")]
    Unavailable(String),
    /// The line broke while it was handed over, so nobody knows whether it left.
    #[error("nobody knows whether it left: {0}")]
    Unsure(String),
}

/// A way to send mail.
#[async_trait]
pub trait Mailer: Send + Sync {
    /// Hands the message to the mail server.
    async fn send(&self, message: &Message) -> Result<(), MailError>;
}
