//! Payment providers. The browser's return and a notice are hints which attempt to ask about; only `status` is believed.

use async_trait::async_trait;
use shop_core::money::Money;
use shop_core::order::Order;
use shop_core::payment::{Attempt, AttemptEvent, Method};
use shop_core::privacy::Disclosed;
use shop_core::time::{Day, Timestamp};

/// A try to pay, with what a provider may need to know about it. Which of it leaves the machine is decided in the adapter, and
/// limited by what the privacy statement says about that provider (product promise S9).
#[derive(Debug, Clone, PartialEq)]
pub struct Wish<'a> {
    /// The try.
    pub attempt: &'a Attempt,
    /// What it pays.
    pub order: &'a Order,
    /// Where the browser comes back to, with nothing behind it: for providers that sign what they add.
    pub return_url: String,
    /// The same for providers that sign nothing: it carries our own proof which attempt it is about.
    pub proven_return_url: String,
    /// The same for a shopper who turned back there: it leads to a page that offers other ways to pay. A hint, never believed.
    pub stopped_return_url: String,
    /// Where a provider that signs nothing tells us that there is news: only who was given it can know it, and it says nothing
    /// more than which attempt to ask about.
    pub notice_url: String,
}

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
    /// It does not let us in: our own credentials are refused. Nothing was done; a matter for whoever runs the shop.
    #[error("credentials refused: {0}")]
    Credentials(String),
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
    /// It could not be checked or kept now; the provider sends it again.
    #[error("notice cannot be taken now")]
    Unavailable,
}

/// What a provider's server sent: raw, because signatures cover the bytes.
#[derive(Debug, Clone, Copy)]
pub struct RawNotice<'a> {
    /// Headers, names in lower case.
    pub headers: &'a [(String, String)],
    /// Body.
    pub body: &'a [u8],
}

impl RawNotice<'_> {
    /// A header that is there exactly once.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut found = self.headers.iter().filter(|(key, _)| key == name);
        let (_, value) = found.next()?;
        found.next().is_none().then_some(value.as_str())
    }
}

/// A checked notice. It only says whom to ask.
#[derive(Clone, PartialEq, Eq)]
pub struct Notice {
    /// Unique per notice, so the second delivery is recognised.
    pub key: String,
    /// Where the truth is.
    pub about: About,
}

/// Where the truth behind a notice is.
#[derive(Clone, PartialEq, Eq)]
pub enum About {
    /// Results wait, to be fetched with this token; secret, kept only until the job has run.
    Results(String),
    /// One attempt, by our reference.
    Attempt(String),
    /// Nothing that the shop acts on; acknowledged, so that it is not sent again.
    Nothing,
}

/// One page of results.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pulled {
    /// The answers.
    pub answers: Vec<Answer>,
    /// Whether there are more.
    pub more: bool,
}

/// Money to take that was promised, or to give back.
#[derive(Debug, Clone, PartialEq)]
pub struct Transfer<'a> {
    /// The order it is about.
    pub order: &'a Order,
    /// The provider's id of the promise or payment. Opaque.
    pub transaction: &'a str,
    /// How much.
    pub amount: Money,
    /// Makes a repeated call the same transfer; stored before the call.
    pub key: &'a str,
}

/// What is done with a [`Transfer`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// [`PaymentProvider::capture`].
    Capture,
    /// [`PaymentProvider::refund`].
    Refund,
}

/// Where a refund stands at the provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum RefundStanding {
    /// Accepted; the money is on its way.
    Pending,
    /// Done.
    Done,
    /// Refused in the end; the money is still here.
    Failed,
}

/// A refund that the provider took.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refunded {
    /// The provider's id of it.
    pub id: String,
    /// Where it stands.
    pub standing: RefundStanding,
}

/// A movement in a provider's own view of a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Booked {
    /// Our reference, as the provider repeats it.
    pub reference: String,
    /// When, by the provider's clock.
    pub at: Timestamp,
    /// How much came in; negative for a refund.
    pub amount: Money,
}

/// What a provider holds of one try to pay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    /// What came in.
    pub received: Money,
    /// What went back, and what is on its way.
    pub paid_back: Money,
    /// What it promises and was not asked for yet.
    pub promised: Money,
    /// When that promise ends.
    pub promise_ends: Option<Timestamp>,
}

/// One payment provider.
#[async_trait]
pub trait PaymentProvider: Send + Sync {
    /// The name in logs and on the dashboard.
    fn name(&self) -> &'static str;

    /// The methods it serves.
    fn methods(&self) -> &[Method];

    /// What [`Self::start`] gives away about this wish, made by the same code that writes the call; `None` when nothing leaves. It is kept before
    /// the call.
    fn discloses(&self, wish: &Wish<'_>) -> Option<Disclosed>;

    /// What a deed gives away, in the same way. Kept before each call, so a call that is repeated stands there as often.
    fn discloses_transfer(&self, deed: Deed, transfer: &Transfer<'_>) -> Option<Disclosed>;

    /// Announces an attempt.
    async fn start(&self, wish: &Wish<'_>) -> Result<Started, PaymentError>;

    /// Asks what became of an attempt and, where the provider leaves the last step to the shop (PayPal's capture, Klarna's order),
    /// takes it; safe to call again. `Ok(None)` when the provider does not know it.
    async fn status(&self, attempt: &Attempt, order: &Order) -> Result<Option<Answer>, PaymentError>;

    /// Checks a notice: its signature, then what it is about. Nothing is believed yet.
    async fn read_notice(&self, notice: RawNotice<'_>) -> Result<Notice, NoticeError>;

    /// Fetches what a notice announced, one page at a time: call again while `more` is true, after each page was stored.
    async fn pull(&self, token: &str) -> Result<Pulled, PaymentError>;

    /// Reads the signed parameters of the browser's return: the reference it names, or `None` when the signature is wrong.
    fn read_return(&self, query: &[(String, String)]) -> Option<String>;

    /// Takes money that was promised, when the goods leave. The provider's id of the capture.
    async fn capture(&self, transfer: &Transfer<'_>) -> Result<String, PaymentError>;

    /// Lets go of a promise, or of what is left of it.
    async fn release(&self, transaction: &str, key: &str) -> Result<(), PaymentError>;

    /// Pays back.
    async fn refund(&self, transfer: &Transfer<'_>) -> Result<Refunded, PaymentError>;

    /// Asks where a refund stands.
    async fn refund_standing(&self, transaction: &str, refund: &str) -> Result<RefundStanding, PaymentError>;

    /// The provider's own view of a day; `Ok(None)` when it has none to give.
    async fn day(&self, day: Day) -> Result<Option<Vec<Booked>>, PaymentError>;

    /// What it holds of an attempt; only looks, whatever there is left to do. `Ok(None)` when it does not tell.
    async fn held(&self, attempt: &Attempt, transaction: Option<&str>) -> Result<Option<Held>, PaymentError>;

    /// Asks to keep a promise for longer.
    async fn extend(&self, transaction: &str, key: &str) -> Result<(), PaymentError>;

    /// Whether it lets us in with our credentials. Does nothing else.
    async fn let_in(&self) -> Result<(), PaymentError>;
}
