//! Payment providers. The browser's return and a notice are hints which attempt to ask about; only `status` is believed.

use async_trait::async_trait;
use shop_core::id::OrderId;
use shop_core::money::Money;
use shop_core::order::OrderNumber;
use shop_core::payment::{Attempt, AttemptEvent, Method};

/// What came of starting an attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Started {
    /// The provider's own id.
    pub provider_id: Option<String>,
    /// Where the shopper pays; `None` when she pays at her own bank (transfer).
    pub pay_url: Option<String>,
}

/// What a provider says about one attempt. Amount and reference are compared with ours before anything changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Our reference, as the provider repeats it.
    pub reference: String,
    /// The provider's own id.
    pub provider_id: String,
    /// What it says.
    pub event: AttemptEvent,
    /// What was paid; zero unless paid.
    pub paid: Money,
    /// The provider's id of the successful transaction, needed for a refund. Opaque.
    pub transaction: Option<String>,
}

/// Why a provider could not do it: what the caller must decide on.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PaymentError {
    /// It said no; nothing was charged and nothing will be.
    #[error("declined: {0}")]
    Declined(String),
    /// Sent, but no understandable answer: neither success nor failure. Ask again; never charge again.
    #[error("outcome unknown: {0}")]
    OutcomeUnknown(String),
    /// It was not reached at all.
    #[error("unavailable: {0}")]
    Unavailable(String),
}

/// A notice that proves nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoticeError {
    /// Not readable.
    #[error("malformed notice")]
    Malformed,
    /// The signature is not the provider's.
    #[error("forged notice")]
    Forged,
}

/// One payment provider.
#[async_trait]
pub trait PaymentProvider: Send + Sync {
    /// The name in logs and on the dashboard.
    fn name(&self) -> &'static str;

    /// The methods it serves.
    fn methods(&self) -> &[Method];

    /// Announces an attempt. `description` is at most 35 characters and holds no personal data.
    async fn start(&self, attempt: &Attempt, order: &OrderNumber, return_url: &str) -> Result<Started, PaymentError>;

    /// Asks what became of one attempt. `Ok(None)` when the provider does not know it.
    async fn status(&self, attempt: &Attempt) -> Result<Option<Answer>, PaymentError>;

    /// Checks a notice and gives its unique key together with the token to fetch results with. Nothing is believed yet.
    fn read_notice(&self, body: &[u8]) -> Result<Notice, NoticeError>;

    /// Fetches what a notice announced, one page at a time: call again while `more` is true, after each page was stored.
    async fn pull(&self, notice: &Notice) -> Result<Pulled, PaymentError>;

    /// Reads the signed parameters of the browser's return: the reference it names, or `None` when the signature is wrong.
    fn read_return(&self, query: &[(String, String)]) -> Option<String>;

    /// Pays `amount` back. `key` makes a repeated call the same refund. The answer is the provider's id of the refund.
    async fn refund(&self, order: OrderId, transaction: &str, amount: Money, key: &str)
    -> Result<String, PaymentError>;
}

/// A checked notice.
#[derive(Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Notice {
    /// Unique per notice, so the second delivery is recognised.
    pub key: String,
    /// Token for the pull; secret, kept only until the job has run.
    pub token: String,
}

/// One page of results.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pulled {
    /// The answers.
    pub answers: Vec<Answer>,
    /// Whether there are more.
    pub more: bool,
}
