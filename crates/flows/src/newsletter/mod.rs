//! Getting on the list of the newsletter and off it. Nobody is on it before the owner of the address pressed the button behind the mailed
//! link; what is answered to whoever types an address is the same for each. Leaving takes one press, works for years, and is remembered
//! without the address. Letters are in [`letters`].

pub mod letters;

use crate::job::Job;
use crate::ports::{Consent, FiledSignUp, StoreError, Subscriber, Tx};
use crate::trouble::Trouble;
use crate::{Shop, Visitor};
use shop_core::ShopError;
use shop_core::email::EmailAddress;
use shop_core::id::{SignUpId, SubscriberId};
use shop_core::newsletter::{CONSENT, Channel, ConsentAction, LeaveKey, SignUp, TypedSignUp, words_of};
use shop_core::time::{Seconds, Timestamp};

/// The link in the mail works this long.
pub const TIME_TO_CONFIRM: Seconds = Seconds::hours(72);
/// An address that nobody confirmed is erased after this.
pub const UNCONFIRMED_FOR: Seconds = Seconds::days(7);
/// Asking again sooner sends no second mail: the first one is still good.
const AGAIN_AFTER: Seconds = Seconds::hours(12);
/// So many addresses of one mailbox may wait to be confirmed. More is nobody who wants to read, but somebody who fills another one's box.
const MOST_WAITING: u32 = 3;
const CONFIRM: &str = "newsletter-confirm";
const LEAVE: &str = "newsletter-leave";
const ADDRESS: &str = "newsletter-address";
const TEXT: &str = "newsletter-text";

/// How it stands with the address of somebody who is signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// On the list.
    OnTheList,
    /// A mail waits for her yes.
    Asked,
    /// Not on the list.
    Off,
}

impl Shop {
    /// Asks for the newsletter. What the visitor hears is the same whether a mail goes out or not, so nobody learns who is on the list, who
    /// left it, and who was never there.
    pub async fn ask_for_newsletter(&self, typed: &TypedSignUp) -> Result<(), ShopError> {
        let asked = typed.understand().map_err(ShopError::Fields)?;
        let mut tx = self.store.begin().await.trouble()?;
        self.ask_in(&mut *tx, &asked, Channel::Site).await?;
        tx.commit().await.trouble()
    }

    /// The same inside of a change that it belongs to.
    pub(crate) async fn ask_in(&self, tx: &mut dyn Tx, asked: &SignUp, channel: Channel) -> Result<(), ShopError> {
        let now = self.clock.now();
        if tx.subscriber_of(&asked.email).await.trouble()?.is_some() {
            return Ok(());
        }
        let before = tx.sign_up_of(&asked.email).await.trouble()?;
        if before.as_ref().is_some_and(|before| now.since(before.asked_at) < AGAIN_AFTER) {
            return Ok(());
        }
        if before.is_none() && tx.waiting_sign_ups(&asked.email).await.trouble()? >= MOST_WAITING {
            return Ok(());
        }
        let token: String = self.random.token().iter().map(|byte| format!("{byte:02x}")).collect();
        let filed = FiledSignUp {
            id: SignUpId::new(self.random.id()),
            email: asked.email.clone(),
            first_name: asked.first_name.clone(),
            channel,
            text: text_of_today(),
            token_hash: self.secrets.hash(CONFIRM, token.as_bytes()),
            asked_at: now,
        };
        tx.save_sign_up(&filed).await.trouble()?;
        self.enqueue(&mut *tx, &Job::MailNewsletterCheck { sign_up: filed.id, token }, now, None).await
    }

    /// Whether a mailed link can still be confirmed. Changes nothing: mail programs open links by themselves.
    pub async fn newsletter_link(&self, token: &str) -> Result<bool, ShopError> {
        let mut tx = self.store.read().await.trouble()?;
        Ok(self.open_sign_up(&mut *tx, token).await?.is_some())
    }

    /// The owner of the address says yes: she is on the list. `NotFound` when the link was used, is too old, or was never ours.
    pub async fn confirm_newsletter(&self, token: &str) -> Result<(), ShopError> {
        let now = self.clock.now();
        let mut tx = self.store.begin().await.trouble()?;
        let asked = self.open_sign_up(&mut *tx, token).await?.ok_or(ShopError::NotFound)?;
        tx.delete_sign_up(asked.id).await.trouble()?;
        let subscriber = Subscriber {
            id: SubscriberId::new(self.random.id()),
            email: asked.email.clone(),
            first_name: asked.first_name.clone(),
            since: now,
        };
        match tx.insert_subscriber(&subscriber).await {
            Ok(()) | Err(StoreError::Duplicate) => {}
            Err(error) => return Err(error).trouble(),
        }
        let hash = self.address_hash(&asked.email);
        // Both moments of the proof, written together: an address whose owner never said yes leaves nothing behind.
        let words = asked.text;
        self.prove(&mut *tx, &hash, ConsentAction::Given, &words, asked.channel, asked.asked_at).await?;
        self.prove(&mut *tx, &hash, ConsentAction::Confirmed, &words, asked.channel, now).await?;
        tx.unsuppress(&hash).await.trouble()?;
        tx.commit().await.trouble()
    }

    /// She leaves, by the key of a letter: at once, and whoever is off already stays off. `NotFound` for a key that is not ours.
    pub async fn leave_newsletter(&self, key: &str, channel: Channel) -> Result<(), ShopError> {
        let id = self.leaver(key).ok_or(ShopError::NotFound)?;
        let mut tx = self.store.begin().await.trouble()?;
        if let Some(subscriber) = tx.subscriber(id).await.trouble()? {
            self.leave_in(&mut *tx, &subscriber, channel).await?;
            tx.commit().await.trouble()?;
        }
        Ok(())
    }

    /// Whether a key for leaving is one of ours; not whose.
    pub fn is_leave_key(&self, key: &str) -> bool {
        self.leaver(key).is_some()
    }

    /// How it stands with her own address. `SignInNeeded` for whoever has not proved one.
    pub async fn newsletter_of(&self, visitor: &Visitor) -> Result<Standing, ShopError> {
        let mut tx = self.store.read().await.trouble()?;
        let email = proved(&mut *tx, visitor).await?.0;
        if tx.subscriber_of(&email).await.trouble()?.is_some() {
            return Ok(Standing::OnTheList);
        }
        let asked = tx.sign_up_of(&email).await.trouble()?;
        let waits = asked.is_some_and(|asked| self.clock.now().since(asked.asked_at) < TIME_TO_CONFIRM);
        Ok(if waits { Standing::Asked } else { Standing::Off })
    }

    /// The switch in the account. On asks by mail, as everywhere; off is at once.
    pub async fn switch_newsletter(&self, visitor: &Visitor, on: bool) -> Result<(), ShopError> {
        let mut tx = self.store.begin().await.trouble()?;
        let (email, first_name) = proved(&mut *tx, visitor).await?;
        if on {
            self.ask_in(&mut *tx, &SignUp { email, first_name }, Channel::Account).await?;
        } else {
            if let Some(asked) = tx.sign_up_of(&email).await.trouble()? {
                tx.delete_sign_up(asked.id).await.trouble()?;
            }
            if let Some(subscriber) = tx.subscriber_of(&email).await.trouble()? {
                self.leave_in(&mut *tx, &subscriber, Channel::Account).await?;
            }
        }
        tx.commit().await.trouble()
    }

    /// The key that her letters carry.
    pub(crate) fn leave_key(&self, subscriber: SubscriberId) -> String {
        LeaveKey::sealed(subscriber, &self.secrets.hash(LEAVE, subscriber.uuid().as_bytes())).text()
    }

    fn leaver(&self, key: &str) -> Option<SubscriberId> {
        let given = LeaveKey::parse(key)?;
        self.secrets.equal(key, &self.leave_key(given.subscriber)).then_some(given.subscriber)
    }

    /// What stands for an address where it must be recognised and not read: in the proof, and among those who said no.
    pub(crate) fn address_hash(&self, email: &EmailAddress) -> String {
        self.secrets.hash(ADDRESS, email.folded().as_bytes())
    }

    pub(crate) async fn forget_sign_ups(&self, tx: &mut dyn Tx, now: Timestamp) -> Result<(), ShopError> {
        tx.forget_sign_ups(now.plus(Seconds(-UNCONFIRMED_FOR.0))).await.trouble().map(drop)
    }

    async fn open_sign_up(&self, tx: &mut dyn Tx, token: &str) -> Result<Option<FiledSignUp>, ShopError> {
        let found = tx.sign_up_by_token(&self.secrets.hash(CONFIRM, token.as_bytes())).await.trouble()?;
        let now = self.clock.now();
        Ok(found.filter(|asked| now.since(asked.asked_at) < TIME_TO_CONFIRM))
    }

    pub(crate) async fn leave_in(
        &self,
        tx: &mut dyn Tx,
        subscriber: &Subscriber,
        channel: Channel,
    ) -> Result<(), ShopError> {
        let now = self.clock.now();
        let hash = self.address_hash(&subscriber.email);
        tx.left_after(subscriber.id, now).await.trouble()?;
        tx.delete_subscriber(subscriber.id).await.trouble()?;
        tx.suppress(&hash, now).await.trouble()?;
        self.prove(tx, &hash, ConsentAction::Withdrawn, &text_of_today(), channel, now).await
    }

    async fn prove(
        &self,
        tx: &mut dyn Tx,
        subject: &str,
        action: ConsentAction,
        text: &(String, u32),
        channel: Channel,
        at: Timestamp,
    ) -> Result<(), ShopError> {
        // The words that she read, which may be older than those of today.
        let read = words_of(&text.0, text.1).unwrap_or(CONSENT.words);
        let consent = Consent {
            subject: subject.to_owned(),
            action,
            at,
            text: text.clone(),
            text_hash: self.secrets.hash(TEXT, read.as_bytes()),
            channel,
        };
        tx.record_consent(self.random.id(), &consent).await.trouble()
    }
}

fn text_of_today() -> (String, u32) {
    (CONSENT.id.to_owned(), CONSENT.version)
}

/// The address that somebody proved by signing in, and her first name.
async fn proved(tx: &mut dyn Tx, visitor: &Visitor) -> Result<(EmailAddress, String), ShopError> {
    let id = visitor.customer().ok_or(ShopError::SignInNeeded)?;
    let customer = tx.customer(id).await.trouble()?.ok_or(ShopError::SignInNeeded)?;
    Ok((customer.email, customer.given_name))
}
