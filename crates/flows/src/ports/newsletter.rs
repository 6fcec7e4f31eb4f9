//! Who gets the newsletter, what proves it, and the letters.

use super::StoreError;
use async_trait::async_trait;
use shop_core::email::EmailAddress;
use shop_core::id::{LetterId, SignUpId, SubscriberId};
use shop_core::newsletter::letter::Letter;
use shop_core::newsletter::{Channel, ConsentAction};
use shop_core::time::Timestamp;
use uuid::Uuid;

/// Somebody typed an address; whoever owns it has yet to say yes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FiledSignUp {
    /// Its id; a new one with each time of asking.
    pub id: SignUpId,
    /// Which address.
    pub email: EmailAddress,
    /// First name; may be empty.
    pub first_name: String,
    /// Where it was typed.
    pub channel: Channel,
    /// Which words stood there: name and version.
    pub text: (String, u32),
    /// Keyed hash of the token in the mailed link.
    pub token_hash: String,
    /// When.
    pub asked_at: Timestamp,
}

/// Somebody on the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscriber {
    /// Her id; what letters and their links know her by.
    pub id: SubscriberId,
    /// Her address.
    pub email: EmailAddress,
    /// First name; may be empty.
    pub first_name: String,
    /// Since when she is on the list.
    pub since: Timestamp,
}

/// A line of the proof of consent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consent {
    /// Keyed hash of the address.
    pub subject: String,
    /// What was done.
    pub action: ConsentAction,
    /// When.
    pub at: Timestamp,
    /// Which words: name and version.
    pub text: (String, u32),
    /// Keyed hash of the words.
    pub text_hash: String,
    /// Where.
    pub channel: Channel,
}

/// What became of a letter to one subscriber.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delivery {
    /// Waits for its turn.
    Queued,
    /// The mail server took it.
    Sent,
    /// The mail server will never take it.
    Bounced,
    /// She was not on the list any more when it was her turn.
    Skipped,
}

impl Delivery {
    /// The name in the database.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Sent => "sent",
            Self::Bounced => "bounced",
            Self::Skipped => "skipped",
        }
    }
}

/// What became of a letter, counted. Nobody knows who opened it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DeliveryCounts {
    /// Wait for their turn.
    pub queued: u32,
    /// On their way now, or broken off so that nobody knows.
    pub unsure: u32,
    /// Taken by the mail server.
    pub sent: u32,
    /// Refused for good.
    pub bounced: u32,
    /// Left before their turn.
    pub skipped: u32,
    /// Left after this letter.
    pub left: u32,
}

/// The list of the newsletter.
#[async_trait]
pub trait MailingList {
    /// Writes what was asked. It takes the place of what the same address asked before.
    async fn save_sign_up(&mut self, sign_up: &FiledSignUp) -> Result<(), StoreError>;
    /// One of them.
    async fn sign_up(&mut self, id: SignUpId) -> Result<Option<FiledSignUp>, StoreError>;
    /// The one whose link has a token with this hash.
    async fn sign_up_by_token(&mut self, hash: &str) -> Result<Option<FiledSignUp>, StoreError>;
    /// The one of an address.
    async fn sign_up_of(&mut self, email: &EmailAddress) -> Result<Option<FiledSignUp>, StoreError>;
    /// How many wait for the mailbox of an address.
    async fn waiting_sign_ups(&mut self, email: &EmailAddress) -> Result<u32, StoreError>;
    /// Erases one.
    async fn delete_sign_up(&mut self, id: SignUpId) -> Result<(), StoreError>;
    /// Erases those that were asked before then; how many.
    async fn forget_sign_ups(&mut self, before: Timestamp) -> Result<u32, StoreError>;
    /// Puts somebody on the list. `Duplicate` when the address stands there.
    async fn insert_subscriber(&mut self, subscriber: &Subscriber) -> Result<(), StoreError>;
    /// One of the list.
    async fn subscriber(&mut self, id: SubscriberId) -> Result<Option<Subscriber>, StoreError>;
    /// The one with that address.
    async fn subscriber_of(&mut self, email: &EmailAddress) -> Result<Option<Subscriber>, StoreError>;
    /// Takes somebody off the list.
    async fn delete_subscriber(&mut self, id: SubscriberId) -> Result<(), StoreError>;
    /// How many there are.
    async fn subscribers(&mut self) -> Result<u32, StoreError>;
    /// Remembers a "no", by the keyed hash of the address. Twice is once.
    async fn suppress(&mut self, hash: &str, now: Timestamp) -> Result<(), StoreError>;
    /// Forgets it: she said yes again, herself.
    async fn unsuppress(&mut self, hash: &str) -> Result<(), StoreError>;
    /// Whether there is a "no".
    async fn is_suppressed(&mut self, hash: &str) -> Result<bool, StoreError>;
    /// Adds to the proof.
    async fn record_consent(&mut self, id: Uuid, consent: &Consent) -> Result<(), StoreError>;
    /// The proof about one address, oldest first.
    async fn newsletter_consents(&mut self, subject: &str) -> Result<Vec<Consent>, StoreError>;
}

/// Letters and who got them.
#[async_trait]
pub trait LetterBook {
    /// All letters, the newest first.
    async fn letters(&mut self) -> Result<Vec<Letter>, StoreError>;
    /// One letter.
    async fn letter(&mut self, id: LetterId) -> Result<Option<Letter>, StoreError>;
    /// Writes a new letter.
    async fn insert_letter(&mut self, letter: &Letter) -> Result<(), StoreError>;
    /// Writes a changed letter if nobody changed it since it was read; raises its version. `Conflict` otherwise.
    async fn save_letter(&mut self, letter: &mut Letter) -> Result<(), StoreError>;
    /// One row for each who is on the list now and has none yet.
    async fn queue_letter(&mut self, letter: LetterId, now: Timestamp) -> Result<(), StoreError>;
    /// The next who has not had it, marked as being sent. Nobody is named to two.
    async fn next_delivery(&mut self, letter: LetterId, now: Timestamp) -> Result<Option<SubscriberId>, StoreError>;
    /// Writes down what became of one that was being sent.
    async fn settle_delivery(
        &mut self,
        letter: LetterId,
        subscriber: SubscriberId,
        outcome: Delivery,
        now: Timestamp,
    ) -> Result<(), StoreError>;
    /// What became of a letter.
    async fn deliveries(&mut self, letter: LetterId) -> Result<DeliveryCounts, StoreError>;
    /// She left: it is counted at the last letter that she got.
    async fn left_after(&mut self, subscriber: SubscriberId, now: Timestamp) -> Result<(), StoreError>;
}
