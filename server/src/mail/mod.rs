//! Sending mail: over SMTP in a real shop, into memory in tests. What the mails say is in [`messages`].

mod erasure;
mod invoice;
pub mod messages;
mod newsletter;
mod paper;
mod smtp;
mod templates;

pub use invoice::OnInvoice;
pub use messages::{AwaitedSize, BankAccount, Letters, LettersConfig, LettersError};
pub use smtp::{Encryption, Smtp, SmtpConfig, SmtpError};

use async_trait::async_trait;
use shop_core::email::EmailAddress;
use shop_flows::ports::{MailError, Mailer, Message};
use std::sync::{Arc, Mutex, PoisonError};

/// A mailer that can also say who gets the answer, instead of the shop.
#[async_trait]
pub trait Post: Mailer {
    /// Hands the message to the mail server; an answer to it goes to `answer_to`.
    async fn send_for(&self, message: &Message, answer_to: &EmailAddress) -> Result<(), MailError>;
}

/// Keeps what is sent, for tests. Clones share the box.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    sent: Arc<Mutex<Vec<Message>>>,
}

impl Memory {
    /// What was sent, oldest first.
    pub fn sent(&self) -> Vec<Message> {
        self.sent.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

#[async_trait]
impl Mailer for Memory {
    async fn send(&self, message: &Message) -> Result<(), MailError> {
        self.sent.lock().unwrap_or_else(PoisonError::into_inner).push(message.clone());
        Ok(())
    }
}

#[async_trait]
impl Post for Memory {
    async fn send_for(&self, message: &Message, _: &EmailAddress) -> Result<(), MailError> {
        self.send(message).await
    }
}
