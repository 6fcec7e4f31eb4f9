//! Letters to everybody on the list: one batch of one letter.

use super::{JobError, Worker};
use shop_core::id::{JobId, LetterId, SignUpId};
use shop_core::newsletter::letter::{Letter, LetterMistake, blocks};
use shop_core::time::Seconds;
use shop_flows::newsletter::letters::Part;
use shop_flows::ports::{Delivery, FiledSignUp, MailError, Message};

/// A batch ends well before its lease does, so that a slow mail server is not given two at a time.
const LONGEST_BATCH: Seconds = Seconds(25);

impl Worker {
    /// Sends the next few. The row of each is written before and marked after; what the mail server could not take now waits on, behind the
    /// others. Of a letter that was under way when the line broke nobody knows whether it arrived: its row stays as it is, and it does not go
    /// again.
    pub(super) async fn send_letters(&self, letter: LetterId) -> Result<(), JobError> {
        if !self.shop.open_letter(letter).await? {
            return Ok(());
        }
        let began = self.shop.clock.now();
        for _ in 0..self.shop.letters_at_once() {
            if self.shop.clock.now().since(began) >= LONGEST_BATCH {
                break;
            }
            let Some(next) = self.shop.next_addressee(letter).await? else { break };
            let message = self.parts(&next.letter).and_then(|parts| {
                let message = self.letters.newsletter(&next.letter, &parts, &next.to, &next.leave_key);
                message.map_err(JobError::from)
            });
            let sent = match &message {
                Ok(message) => self.post.send(message).await,
                Err(error) => Err(MailError::Unavailable(error.to_string())),
            };
            let outcome = match &sent {
                Ok(()) => Some(Delivery::Sent),
                Err(MailError::Refused(_)) => Some(Delivery::Bounced),
                Err(MailError::Unavailable(_)) => Some(Delivery::Queued),
                Err(MailError::Unsure(_)) => None,
            };
            if let Some(outcome) = outcome {
                self.shop.letter_settled(letter, next.to.id, outcome).await?;
            }
            message?;
            if let Err(error @ (MailError::Unavailable(_) | MailError::Unsure(_))) = sent {
                return Err(error.into());
            }
        }
        Ok(self.shop.end_letter_batch(letter).await?)
    }

    /// The letter as the owner gets it, to try.
    pub(super) async fn trial(&self, id: JobId, letter: LetterId) -> Result<Message, JobError> {
        let mut tx = self.shop.store.read().await?;
        let letter = tx.letter(letter).await?;
        drop(tx);
        let letter = letter.ok_or_else(|| JobError::Never("the letter does not exist".to_owned()))?;
        Ok(self.letters.letter_trial(&letter, &self.parts(&letter)?, &id.to_string())?)
    }

    /// What was asked; `None` when it was confirmed or erased since.
    pub(super) async fn asked(&self, id: SignUpId) -> Result<Option<FiledSignUp>, JobError> {
        let mut tx = self.shop.store.read().await?;
        Ok(tx.sign_up(id).await?)
    }

    fn parts(&self, letter: &Letter) -> Result<Vec<Part>, JobError> {
        let unreadable = |_: LetterMistake| JobError::Never("the letter cannot be read".to_owned());
        Ok(self.shop.letter_parts(&blocks(&letter.text).map_err(unreadable)?))
    }
}
