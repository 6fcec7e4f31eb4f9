//! Questions of the contact form, and what was written back.

use super::StoreError;
use async_trait::async_trait;
use shop_core::email::EmailAddress;
use shop_core::id::QuestionId;
use shop_core::time::Timestamp;

/// A question. What was asked is the first of its messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Its id.
    pub id: QuestionId,
    /// Who asks, as typed.
    pub name: String,
    /// Where the answer goes; nobody proved that it is hers.
    pub email: EmailAddress,
    /// The order that it is about, as typed.
    pub order: Option<String>,
    /// When it came in.
    pub asked_at: Timestamp,
    /// When the owner was done with it.
    pub closed_at: Option<Timestamp>,
    /// Raised by every change.
    pub version: i64,
}

/// What was written under a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuestionMessage {
    /// Its number.
    pub id: i64,
    /// When.
    pub at: Timestamp,
    /// Whether the shop wrote it.
    pub is_answer: bool,
    /// Who of the shop; empty for who asks.
    pub actor: String,
    /// The words.
    pub body: String,
}

/// The inbox.
#[async_trait]
pub trait Inbox {
    /// Writes a new question with its first message.
    async fn insert_question(&mut self, question: &Question, body: &str) -> Result<(), StoreError>;
    /// One question.
    async fn question(&mut self, id: QuestionId) -> Result<Option<Question>, StoreError>;
    /// Opens or closes a question if nobody changed it since it was read; raises its version. `Conflict` otherwise.
    async fn save_question(&mut self, question: &mut Question) -> Result<(), StoreError>;
    /// Adds a message; its number.
    async fn add_message(
        &mut self,
        question: QuestionId,
        at: Timestamp,
        actor: &str,
        body: &str,
    ) -> Result<i64, StoreError>;
    /// What was written, first one first.
    async fn messages(&mut self, question: QuestionId) -> Result<Vec<QuestionMessage>, StoreError>;
    /// Open questions, oldest first, or the closed ones that were closed last.
    async fn questions(&mut self, open: bool, most: u32) -> Result<Vec<Question>, StoreError>;
    /// How many are open.
    async fn open_questions(&mut self) -> Result<u32, StoreError>;
    /// How many came from the mailbox of an address since then.
    async fn questions_of(&mut self, email: &EmailAddress, since: Timestamp) -> Result<u32, StoreError>;
}
