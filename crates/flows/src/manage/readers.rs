//! One address of the newsletter on the owner's desk: what proves its yes or no (AVG 7(1)), and taking it off for somebody who asks in a mail
//! or on the phone. There is no list of addresses to look through, and none can be put on: a yes is her own.

use super::Member;
use crate::Shop;
use crate::ports::Consent;
use crate::trouble::Trouble;
use shop_core::ShopError;
use shop_core::checkout::{Field, FieldError, mistake_in_email};
use shop_core::email::EmailAddress;
use shop_core::newsletter::Channel;

/// What the shop knows of an address for the newsletter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReaderFile {
    /// The address.
    pub email: EmailAddress,
    /// Whether it is on the list.
    pub is_on_list: bool,
    /// Whether a mail waits for a yes.
    pub is_asked: bool,
    /// Whether a "no" is remembered.
    pub is_suppressed: bool,
    /// The proof, oldest first.
    pub proof: Vec<Consent>,
}

impl Shop {
    /// What the shop knows of an address.
    pub async fn reader(&self, _: &Member, typed: &str) -> Result<ReaderFile, ShopError> {
        let email = address(typed)?;
        let hash = self.address_hash(&email);
        let mut tx = self.store.read().await.trouble()?;
        Ok(ReaderFile {
            is_on_list: tx.subscriber_of(&email).await.trouble()?.is_some(),
            is_asked: tx.sign_up_of(&email).await.trouble()?.is_some(),
            is_suppressed: tx.is_suppressed(&hash).await.trouble()?,
            proof: tx.newsletter_consents(&hash).await.trouble()?,
            email,
        })
    }

    /// Takes an address off the list, forgets what it asked, and remembers the "no". Safe to do twice, and for an address that was never on it.
    pub async fn take_reader_off(&self, member: &Member, typed: &str) -> Result<(), ShopError> {
        let email = address(typed)?;
        let now = self.clock.now();
        let mut tx = self.store.begin().await.trouble()?;
        if let Some(asked) = tx.sign_up_of(&email).await.trouble()? {
            tx.delete_sign_up(asked.id).await.trouble()?;
        }
        match tx.subscriber_of(&email).await.trouble()? {
            Some(subscriber) => self.leave_in(&mut *tx, &subscriber, Channel::Owner).await?,
            None => tx.suppress(&self.address_hash(&email), now).await.trouble()?,
        }
        // The trail is kept longer than the address may be.
        tx.audit(&member.did("newsletter.leave", "", "", now)).await.trouble()?;
        tx.commit().await.trouble()
    }
}

fn address(typed: &str) -> Result<EmailAddress, ShopError> {
    let wrong = |error| ShopError::Fields(vec![FieldError { field: Field::Email, mistake: mistake_in_email(error) }]);
    EmailAddress::parse(typed).map_err(wrong)
}
