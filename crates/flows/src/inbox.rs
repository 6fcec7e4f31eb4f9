//! Questions of the contact form. Whoever sends one proves nothing, so little goes back to the address that was typed: one short mail a day
//! at most, without a word of the message, and none to who was too fast for a person.

use crate::Shop;
use crate::job::Job;
use crate::ports::Question;
use crate::trouble::Trouble;
use shop_core::ShopError;
use shop_core::address::one_line;
use shop_core::checkout::{Field, FieldError, Mistake, mistake_in_email};
use shop_core::email::EmailAddress;
use shop_core::id::QuestionId;
use shop_core::time::{Seconds, Timestamp};

/// Questions of one mailbox in a day. More is no shopper.
const MOST_A_DAY: u32 = 5;
/// Nobody fills in the form faster.
const LEAST_TIME: Seconds = Seconds(3);
/// Letters of a message.
pub const LONGEST_MESSAGE: usize = 4000;
const PURPOSE: &str = "contact-form";

/// The form as it was sent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TypedQuestion {
    /// Who asks.
    pub name: String,
    /// Where the answer goes.
    pub email: String,
    /// The order that it is about; may be empty.
    pub order: String,
    /// What is asked.
    pub message: String,
    /// A field that nobody sees; a program fills it in.
    pub trap: String,
    /// When the form was shown, signed by us.
    pub stamp: String,
}

impl Shop {
    /// Sends a question to the inbox of the owner, and to her mailbox. What fills in the hidden field is not kept; it hears nothing of that.
    pub async fn send_question(&self, typed: &TypedQuestion) -> Result<(), ShopError> {
        if !typed.trap.is_empty() {
            tracing::info!("a question was dropped: the hidden field was filled in");
            return Ok(());
        }
        let mut errors = Vec::new();
        let mut miss = |field, mistake| errors.push(FieldError { field, mistake });
        let name = one_line(&typed.name, 80);
        if name.is_none() {
            miss(Field::Name, if typed.name.trim().is_empty() { Mistake::Missing } else { Mistake::TooLong });
        }
        let from = EmailAddress::parse(&typed.email);
        if let Err(error) = &from {
            miss(Field::ReplyTo, mistake_in_email(*error));
        }
        let order = one_line(&typed.order, 40);
        if order.is_none() && !typed.order.trim().is_empty() {
            miss(Field::Order, Mistake::TooLong);
        }
        let message = typed.message.trim();
        if message.is_empty() || message.chars().count() > LONGEST_MESSAGE {
            miss(Field::Message, if message.is_empty() { Mistake::Missing } else { Mistake::TooLong });
        }
        let (Some(name), Ok(from), true) = (name, from, errors.is_empty()) else {
            return Err(ShopError::Fields(errors));
        };
        let message: String = message.chars().filter(|c| !c.is_control() || *c == '\n').collect();
        let now = self.clock.now();
        let mut tx = self.store.begin().await.trouble()?;
        let before = tx.questions_of(&from, now.plus(Seconds::days(-1))).await.trouble()?;
        if before >= MOST_A_DAY {
            return Err(ShopError::Fields(vec![FieldError { field: Field::ReplyTo, mistake: Mistake::TooManyCodes }]));
        }
        let question = Question {
            id: QuestionId::new(self.random.id()),
            name: name.clone(),
            email: from.clone(),
            order: order.clone(),
            asked_at: now,
            closed_at: None,
            version: 1,
        };
        tx.insert_question(&question, &message).await.trouble()?;
        let message = order.map_or_else(|| message.clone(), |order| format!("Bestelnummer: {order}\n\n{message}"));
        self.enqueue(&mut *tx, &Job::MailQuestion { from, name, message }, now, None).await?;
        if before == 0 && self.took_its_time(&typed.stamp, now) {
            self.enqueue(&mut *tx, &Job::MailQuestionReceived { question: question.id }, now, None).await?;
        }
        tx.commit().await.trouble()
    }

    /// What a form carries to show when it was made.
    pub fn contact_stamp(&self) -> String {
        self.stamp_of(self.clock.now().seconds())
    }

    fn stamp_of(&self, seconds: i64) -> String {
        let open = seconds.to_string();
        let signature = self.secrets.hash(PURPOSE, open.as_bytes());
        [&open, ".", &signature].concat()
    }

    /// Whether the form was made by us, some seconds ago.
    fn took_its_time(&self, stamp: &str, now: Timestamp) -> bool {
        let made = stamp.split_once('.').and_then(|(seconds, _)| seconds.parse::<i64>().ok());
        made.is_some_and(|made| {
            self.secrets.equal(stamp, &self.stamp_of(made)) && now.seconds().saturating_sub(made) >= LEAST_TIME.0
        })
    }
}
