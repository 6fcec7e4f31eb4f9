//! The owner reads questions and answers them by mail.

use super::Member;
use crate::Shop;
use crate::job::Job;
use crate::ports::{Question, QuestionMessage};
use crate::trouble::Trouble;
use shop_core::ShopError;
use shop_core::checkout::{Field, FieldError, Mistake};
use shop_core::id::QuestionId;

/// Questions of one kind on the page.
const MOST: u32 = 100;
/// Letters of an answer.
const LONGEST_ANSWER: usize = 8000;

/// The inbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InboxPage {
    /// Waiting, oldest first.
    pub open: Vec<Question>,
    /// Done, the last one first.
    pub closed: Vec<Question>,
}

/// A question with what was written under it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuestionFile {
    /// The question.
    pub question: Question,
    /// What was written, first one first.
    pub messages: Vec<QuestionMessage>,
}

impl Shop {
    /// The inbox.
    pub async fn inbox(&self, _: &Member) -> Result<InboxPage, ShopError> {
        let mut tx = self.store.read().await.trouble()?;
        let open = tx.questions(true, MOST).await.trouble()?;
        let closed = tx.questions(false, MOST).await.trouble()?;
        Ok(InboxPage { open, closed })
    }

    /// One question.
    pub async fn question_file(&self, _: &Member, id: QuestionId) -> Result<QuestionFile, ShopError> {
        let mut tx = self.store.read().await.trouble()?;
        let question = tx.question(id).await.trouble()?.ok_or(ShopError::NotFound)?;
        let messages = tx.messages(id).await.trouble()?;
        Ok(QuestionFile { question, messages })
    }

    /// Mails an answer and writes it under the question, which is closed when nothing more is to come.
    pub async fn answer_question(
        &self,
        member: &Member,
        id: QuestionId,
        answer: &str,
        close: bool,
    ) -> Result<(), ShopError> {
        let answer: String = answer.trim().chars().filter(|c| !c.is_control() || *c == '\n').collect();
        let mistake = match answer.chars().count() {
            0 => Some(Mistake::Missing),
            length if length > LONGEST_ANSWER => Some(Mistake::TooLong),
            _ => None,
        };
        if let Some(mistake) = mistake {
            return Err(ShopError::Fields(vec![FieldError { field: Field::Message, mistake }]));
        }
        let now = self.clock.now();
        let mut tx = self.store.begin().await.trouble()?;
        let mut question = tx.question(id).await.trouble()?.ok_or(ShopError::NotFound)?;
        question.closed_at = close.then_some(now);
        tx.save_question(&mut question).await.trouble()?;
        let message = tx.add_message(id, now, member.name(), &answer).await.trouble()?;
        self.enqueue(&mut *tx, &Job::MailAnswer { question: id, message }, now, None).await?;
        tx.audit(&member.did("question.answer", &id.to_string(), "", now)).await.trouble()?;
        tx.commit().await.trouble()
    }

    /// Closes a question, or opens it again.
    pub async fn close_question(&self, member: &Member, id: QuestionId, close: bool) -> Result<(), ShopError> {
        let now = self.clock.now();
        let mut tx = self.store.begin().await.trouble()?;
        let mut question = tx.question(id).await.trouble()?.ok_or(ShopError::NotFound)?;
        if question.closed_at.is_some() == close {
            return Ok(());
        }
        question.closed_at = close.then_some(now);
        tx.save_question(&mut question).await.trouble()?;
        let action = if close { "question.close" } else { "question.open" };
        tx.audit(&member.did(action, &id.to_string(), "", now)).await.trouble()?;
        tx.commit().await.trouble()
    }
}
