//! Letters on the owner's desk: writing one, trying it on herself, sending it now or later, calling it back while that is possible.

use super::Member;
use super::discounts::start_of;
use crate::Shop;
use crate::job::Job;
use crate::newsletter::letters::job_key;
use crate::ports::{Clock, DeliveryCounts, Tx};
use crate::trouble::Trouble;
use shop_core::ShopError;
use shop_core::id::LetterId;
use shop_core::newsletter::letter::{Block, Letter, LetterMistake, LetterState, blocks, subject};
use shop_core::time::{Day, Seconds, Timestamp};

/// A letter with what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterFile {
    /// The letter.
    pub letter: Letter,
    /// Counts; all zero before it leaves.
    pub counts: DeliveryCounts,
    /// How many are on the list now.
    pub subscribers: u32,
}

/// Why a letter was not kept or sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LetterTrouble {
    /// What was written is no letter.
    Written(LetterMistake),
    /// There is no product of that name in the shop.
    Unknown(String),
    /// It is on its way, or it waits to leave: then it must be called back first.
    Left,
    /// The moment is past.
    Past,
    /// Something else.
    Shop(ShopError),
}

impl From<ShopError> for LetterTrouble {
    fn from(error: ShopError) -> Self {
        Self::Shop(error)
    }
}

impl Shop {
    /// All letters, the newest first, and how many are on the list.
    pub async fn letters(&self, _: &Member) -> Result<(Vec<Letter>, u32), ShopError> {
        let mut tx = self.store.read().await.trouble()?;
        Ok((tx.letters().await.trouble()?, tx.subscribers().await.trouble()?))
    }

    /// One letter.
    pub async fn letter(&self, _: &Member, id: LetterId) -> Result<LetterFile, ShopError> {
        let mut tx = self.store.read().await.trouble()?;
        Ok(LetterFile {
            letter: tx.letter(id).await.trouble()?.ok_or(ShopError::NotFound)?,
            counts: tx.deliveries(id).await.trouble()?,
            subscribers: tx.subscribers().await.trouble()?,
        })
    }

    /// Keeps what she wrote: a new letter, or another text of one that has not left.
    pub async fn write_letter(
        &self,
        member: &Member,
        id: Option<LetterId>,
        typed_subject: &str,
        text: &str,
    ) -> Result<LetterId, LetterTrouble> {
        let subject = subject(typed_subject).map_err(LetterTrouble::Written)?;
        let parts = blocks(text).map_err(LetterTrouble::Written)?;
        self.known(&parts)?;
        let now = self.clock.now();
        let mut tx = self.store.begin().await.trouble()?;
        let id = match id {
            Some(id) => {
                let mut letter = draft(&mut *tx, id).await?;
                (letter.subject, letter.text) = (subject.clone(), text.to_owned());
                tx.save_letter(&mut letter).await.trouble()?;
                id
            }
            None => {
                let id = LetterId::new(self.random.id());
                let (subject, text) = (subject.clone(), text.to_owned());
                let letter = Letter { id, subject, text, state: LetterState::Draft, made_at: now, version: 1 };
                tx.insert_letter(&letter).await.trouble()?;
                id
            }
        };
        let detail = format!("{} blokken", parts.len());
        tx.audit(&member.did("letter.write", &subject, &detail, now)).await.trouble()?;
        tx.commit().await.trouble()?;
        Ok(id)
    }

    /// Sends it to the shop's own address, and to nobody else.
    pub async fn try_letter(&self, member: &Member, id: LetterId) -> Result<(), ShopError> {
        let now = self.clock.now();
        let mut tx = self.store.begin().await.trouble()?;
        let letter = tx.letter(id).await.trouble()?.ok_or(ShopError::NotFound)?;
        self.enqueue(&mut *tx, &Job::MailLetterTrial { letter: id }, now, None).await?;
        tx.audit(&member.did("letter.try", &letter.subject, "", now)).await.trouble()?;
        tx.commit().await.trouble()
    }

    /// Sends it: now, or at that minute of that day in the shop's calendar.
    pub async fn send_letter(
        &self,
        member: &Member,
        id: LetterId,
        when: Option<(Day, u8, u8)>,
    ) -> Result<(), LetterTrouble> {
        let now = self.clock.now();
        let at = when.map_or(now, |(day, hour, minute)| moment(&*self.clock, day, hour, minute));
        if at < now {
            return Err(LetterTrouble::Past);
        }
        let mut tx = self.store.begin().await.trouble()?;
        let mut letter = draft(&mut *tx, id).await?;
        // A product may have left the shop since it was written.
        self.known(&blocks(&letter.text).map_err(LetterTrouble::Written)?)?;
        letter.state = LetterState::Scheduled { at };
        tx.save_letter(&mut letter).await.trouble()?;
        // The job of a time that was called back waits on and finds nothing to do; with the same key this one would not be written.
        let key = format!("{}:{}", job_key(id), letter.version);
        self.enqueue(&mut *tx, &Job::Letter { letter: id }, at, Some(&key)).await?;
        let detail = if when.is_some() { self.clock.day(at).long() } else { "nu".to_owned() };
        tx.audit(&member.did("letter.send", &letter.subject, &detail, now)).await.trouble()?;
        tx.commit().await.trouble()?;
        Ok(())
    }

    /// Calls back a letter that waits to leave. `Left` when it is on its way.
    pub async fn recall_letter(&self, member: &Member, id: LetterId) -> Result<(), LetterTrouble> {
        let now = self.clock.now();
        let mut tx = self.store.begin().await.trouble()?;
        let mut letter = tx.letter(id).await.trouble()?.ok_or(ShopError::NotFound)?;
        if !matches!(letter.state, LetterState::Scheduled { .. }) {
            return Err(LetterTrouble::Left);
        }
        letter.state = LetterState::Draft;
        tx.save_letter(&mut letter).await.trouble()?;
        tx.audit(&member.did("letter.recall", &letter.subject, "", now)).await.trouble()?;
        tx.commit().await.trouble()?;
        Ok(())
    }

    fn known(&self, parts: &[Block]) -> Result<(), LetterTrouble> {
        let snapshot = self.catalogue.current();
        let mut named = parts.iter().flat_map(|part| match part {
            Block::Picture(slug) => std::slice::from_ref(slug),
            Block::Products(slugs) => slugs.as_slice(),
            Block::Heading(_) | Block::Text(_) => &[],
        });
        match named.find(|slug| snapshot.product(slug).is_none()) {
            Some(slug) => Err(LetterTrouble::Unknown(slug.clone())),
            None => Ok(()),
        }
    }
}

async fn draft(tx: &mut dyn Tx, id: LetterId) -> Result<Letter, LetterTrouble> {
    let letter = tx.letter(id).await.trouble()?.ok_or(ShopError::NotFound)?;
    if letter.state == LetterState::Draft { Ok(letter) } else { Err(LetterTrouble::Left) }
}

/// A minute of a day in the shop's calendar. On the day that the clocks change the hours after that are one off the midnight; the clock
/// itself says by how much.
fn moment(clock: &dyn Clock, day: Day, hour: u8, minute: u8) -> Timestamp {
    let wanted = i64::from(hour) * 60 + i64::from(minute);
    let near = start_of(clock, day).plus(Seconds::minutes(wanted));
    let shown = i64::from(clock.hour(near)) * 60 + i64::from(clock.minute(near));
    let off = wanted - shown;
    if off.abs() <= 60 { near.plus(Seconds::minutes(off)) } else { near }
}
