//! A letter on its way: a few at a time, a pause, the next few. Who gets it has a row before anything leaves, so a worker that dies in
//! between neither sends twice nor forgets anybody; of the one that it held nobody knows, and that one is not sent again.

use crate::Shop;
use crate::job::Job;
use crate::ports::{Audit, Delivery, Subscriber, Tx};
use crate::trouble::Trouble;
use shop_core::ShopError;
use shop_core::catalog::Product;
use shop_core::id::{LetterId, SubscriberId};
use shop_core::newsletter::ConsentAction;
use shop_core::newsletter::letter::{Block, Letter, LetterState};
use shop_core::time::{Seconds, Timestamp};

/// The pause between two batches.
const PAUSE: Seconds = Seconds(15);
/// Batches in a minute.
const BATCHES: u32 = 4;

/// One letter to one subscriber.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addressed {
    /// What.
    pub letter: Letter,
    /// To whom.
    pub to: Subscriber,
    /// With which she leaves.
    pub leave_key: String,
}

/// A product as a letter shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// Slug.
    pub slug: String,
    /// Title.
    pub title: String,
    /// `€ 44,95`, or the lowest of its sizes.
    pub price: String,
    /// Path of its first picture, and what it shows.
    pub picture: Option<(String, String)>,
}

/// A block with what the catalogue knows about it now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// A heading.
    Heading(String),
    /// A paragraph, line by line.
    Text(Vec<String>),
    /// A picture of a product.
    Picture(Shown),
    /// Products.
    Products(Vec<Shown>),
}

impl Shop {
    /// The parts of a letter. What left the shop since it was written is left out.
    pub fn letter_parts(&self, blocks: &[Block]) -> Vec<Part> {
        let snapshot = self.catalogue.current();
        let shown = |slug: &String| snapshot.product(slug).map(|product| shown(product));
        blocks
            .iter()
            .filter_map(|block| match block {
                Block::Heading(text) => Some(Part::Heading(text.clone())),
                Block::Text(text) => Some(Part::Text(text.lines().map(str::to_owned).collect())),
                Block::Picture(slug) => shown(slug).filter(|shown| shown.picture.is_some()).map(Part::Picture),
                Block::Products(slugs) => {
                    let products: Vec<Shown> = slugs.iter().filter_map(shown).collect();
                    (!products.is_empty()).then_some(Part::Products(products))
                }
            })
            .collect()
    }

    /// The part of a job that begins a letter: whoever is on the list now gets a row. False when there is nothing to send: it was called
    /// back, or is done.
    pub async fn open_letter(&self, id: LetterId) -> Result<bool, ShopError> {
        let now = self.clock.now();
        let mut tx = self.store.begin().await.trouble()?;
        let Some(mut letter) = tx.letter(id).await.trouble()? else { return Ok(false) };
        match letter.state {
            LetterState::Sending { .. } => Ok(true),
            LetterState::Scheduled { at } if at <= now => {
                letter.state = LetterState::Sending { at: now };
                tx.save_letter(&mut letter).await.trouble()?;
                tx.queue_letter(id, now).await.trouble()?;
                let counts = tx.deliveries(id).await.trouble()?;
                audit(&mut *tx, "letter.start", &letter, format!("{} adressen", counts.queued), now).await?;
                tx.commit().await.trouble()?;
                Ok(true)
            }
            _ => Ok(false),
        }
    }

    /// How many leave in one batch.
    pub fn letters_at_once(&self) -> u32 {
        self.settings.letters_per_minute.div_ceil(BATCHES)
    }

    /// The next who gets the letter, with a row that says so. Whoever left meanwhile is passed over, and so is an address on the list without
    /// a yes in the proof: consent is asked at the moment of sending, not at that of writing (Tw 11.7(1)).
    pub async fn next_addressee(&self, id: LetterId) -> Result<Option<Addressed>, ShopError> {
        let now = self.clock.now();
        loop {
            let mut tx = self.store.begin().await.trouble()?;
            let letter = tx.letter(id).await.trouble()?.ok_or(ShopError::NotFound)?;
            let Some(who) = tx.next_delivery(id, now).await.trouble()? else { return Ok(None) };
            let to = match tx.subscriber(who).await.trouble()? {
                Some(to) if self.said_yes(&mut *tx, &to).await? => Some(to),
                _ => None,
            };
            if to.is_none() {
                tx.settle_delivery(id, who, Delivery::Skipped, now).await.trouble()?;
            }
            tx.commit().await.trouble()?;
            if let Some(to) = to {
                return Ok(Some(Addressed { letter, to, leave_key: self.leave_key(who) }));
            }
        }
    }

    /// Whether her last word was a yes of her own.
    async fn said_yes(&self, tx: &mut dyn Tx, to: &Subscriber) -> Result<bool, ShopError> {
        let hash = self.address_hash(&to.email);
        let last = tx.newsletter_consents(&hash).await.trouble()?.pop();
        let is_yes = last.is_some_and(|last| last.action == ConsentAction::Confirmed);
        Ok(is_yes && !tx.is_suppressed(&hash).await.trouble()?)
    }

    /// What became of it.
    pub async fn letter_settled(&self, letter: LetterId, to: SubscriberId, outcome: Delivery) -> Result<(), ShopError> {
        let mut tx = self.store.begin().await.trouble()?;
        tx.settle_delivery(letter, to, outcome, self.clock.now()).await.trouble()?;
        tx.commit().await.trouble()
    }

    /// After a batch: the next one follows after a pause, or the letter is done.
    pub async fn end_letter_batch(&self, id: LetterId) -> Result<(), ShopError> {
        let now = self.clock.now();
        let mut tx = self.store.begin().await.trouble()?;
        let mut letter = tx.letter(id).await.trouble()?.ok_or(ShopError::NotFound)?;
        let counts = tx.deliveries(id).await.trouble()?;
        if counts.queued > 0 {
            let job = Job::Letter { letter: id };
            self.enqueue(&mut *tx, &job, now.plus(PAUSE), Some(&job_key(id))).await?;
        } else if matches!(letter.state, LetterState::Sending { .. }) {
            letter.state = LetterState::Sent { at: now };
            tx.save_letter(&mut letter).await.trouble()?;
            let detail = format!("{} verstuurd; {} geweigerd; {} onzeker", counts.sent, counts.bounced, counts.unsure);
            audit(&mut *tx, "letter.sent", &letter, detail, now).await?;
        }
        tx.commit().await.trouble()
    }
}

/// One job of a letter waits at a time.
pub(crate) fn job_key(letter: LetterId) -> String {
    format!("letter:{letter}")
}

async fn audit(tx: &mut dyn Tx, action: &str, letter: &Letter, detail: String, at: Timestamp) -> Result<(), ShopError> {
    let line =
        Audit { at, actor: "worker".to_owned(), action: action.to_owned(), subject: letter.subject.clone(), detail };
    tx.audit(&line).await.trouble()
}

fn shown(product: &Product) -> Shown {
    let prices = product.variants.iter().map(|variant| variant.price.now);
    let (lowest, highest) = (prices.clone().min(), prices.max());
    let price = match lowest {
        Some(lowest) if Some(lowest) != highest => format!("vanaf {lowest}"),
        Some(lowest) => lowest.to_string(),
        None => String::new(),
    };
    // Wide enough for a sharp picture on a phone, and every mail program shows JPEG.
    let picture = product.pictures.first().and_then(|picture| {
        let width = picture.widths.iter().rev().find(|width| **width <= 640).or(picture.widths.first())?;
        Some((format!("/img/{}-{width}.jpg", picture.key), picture.alt.clone()))
    });
    Shown { slug: product.slug.clone(), title: product.title.clone(), price, picture }
}
