//! Money that was promised and not paid yet (Klarna): taken when the parcel leaves, let go of when it never will. The provider is
//! called by a job, with a key that makes a repeated call the same deed.

use crate::Shop;
use crate::checkout::happening;
use crate::ports::{Deed, PaymentError, PaymentProvider, Transfer, Tx};
use crate::trouble::{Trouble, unavailable};
use shop_core::ShopError;
use shop_core::id::AttemptId;
use shop_core::ledger::{Entry, Posting};
use shop_core::order::Order;
use shop_core::payment::Attempt;
use shop_core::time::{Seconds, Timestamp};

/// So long before its end a promise is looked after.
const ENDS_SOON: Seconds = Seconds::days(7);

impl Shop {
    /// The try that an order was settled with, if its money is only promised.
    pub(crate) async fn promise_of(&self, tx: &mut dyn Tx, order: &Order) -> Result<Option<Attempt>, ShopError> {
        let purse = self.purse(tx, order).await?;
        Ok(purse.settled_by(order).filter(|attempt| attempt.method.is_taken_when_shipped()).cloned())
    }

    /// Takes what was promised, once: the parcel is on its way.
    pub async fn take_promised(&self, id: AttemptId) -> Result<(), ShopError> {
        let Some((attempt, order, transaction)) = self.promised(id).await? else { return Ok(()) };
        let Some(provider) = self.provider(attempt.method) else { return Ok(()) };
        let key = format!("take-{id}");
        let transfer = Transfer { order: &order, transaction: &transaction, amount: attempt.amount, key: &key };
        if let Some(told) = provider.discloses_transfer(Deed::Capture, &transfer) {
            let mut tx = self.store.begin().await.trouble()?;
            tx.disclose(order.id, &told, self.clock.now()).await.trouble()?;
            tx.commit().await.trouble()?;
        }
        let outcome = provider.capture(&transfer).await.map(drop);
        self.write_down(&attempt, &order, ("taken", Posting::PromiseTaken), "take_refused", outcome).await
    }

    /// Lets go of what was promised: the order is over before it was shipped.
    pub async fn let_go_of_promised(&self, id: AttemptId) -> Result<(), ShopError> {
        let Some((attempt, order, transaction)) = self.promised(id).await? else { return Ok(()) };
        let Some(provider) = self.provider(attempt.method) else { return Ok(()) };
        let outcome = provider.release(&transaction, &format!("let-go-{id}")).await;
        self.write_down(&attempt, &order, ("let_go", Posting::PromiseLetGo), "let_go_refused", outcome).await
    }

    /// Looks after what was promised and not taken yet: near its end the provider is asked to keep it for longer, and when it does
    /// not, the owner has some days to send the parcel.
    pub(crate) async fn watch_promises(&self, provider: &dyn PaymentProvider) -> Result<(), ShopError> {
        let now = self.clock.now();
        let mut tx = self.store.read().await.trouble()?;
        let open = tx.open_promises().await.trouble()?;
        drop(tx);
        for id in open {
            let Some((attempt, order, transaction)) = self.promised(id).await? else { continue };
            if !provider.methods().contains(&attempt.method) {
                continue;
            }
            let mut ends = self.promise_ends(provider, &attempt, &transaction).await?;
            if ends.is_some_and(|ends| ends.since(now) < ENDS_SOON) {
                let day = self.clock.day(now).iso();
                match provider.extend(&transaction, &format!("extend-{id}-{day}")).await {
                    Ok(()) => ends = self.promise_ends(provider, &attempt, &transaction).await?,
                    Err(PaymentError::Declined(why)) => {
                        tracing::warn!(reference = %attempt.reference, %why, "a promise is not kept for longer");
                    }
                    Err(error) => return Err(unavailable(&error)),
                }
            }
            if let Some(ends) = ends.filter(|ends| ends.since(now) < ENDS_SOON) {
                let detail = format!("{} ends {}", attempt.reference, self.clock.day(ends).iso());
                let mut tx = self.store.begin().await.trouble()?;
                self.alarm(&mut *tx, &order, "promise_ends", &detail, "worker", now).await?;
                tx.commit().await.trouble()?;
            }
        }
        Ok(())
    }

    async fn promise_ends(
        &self,
        provider: &dyn PaymentProvider,
        attempt: &Attempt,
        transaction: &str,
    ) -> Result<Option<Timestamp>, ShopError> {
        match provider.held(attempt, Some(transaction)).await {
            Ok(held) => Ok(held.and_then(|held| held.promise_ends)),
            Err(PaymentError::Declined(why)) => {
                tracing::warn!(reference = %attempt.reference, %why, "nobody says when a promise ends");
                Ok(None)
            }
            Err(error) => Err(unavailable(&error)),
        }
    }

    async fn promised(&self, id: AttemptId) -> Result<Option<(Attempt, Order, String)>, ShopError> {
        let mut tx = self.store.read().await.trouble()?;
        let Some(attempt) = tx.attempt(id).await.trouble()? else { return Ok(None) };
        let order = tx.order(attempt.order).await.trouble()?.ok_or(ShopError::NotFound)?;
        let Some(transaction) = tx.transaction(id).await.trouble()? else { return Ok(None) };
        Ok(Some((attempt, order, transaction)))
    }

    /// What came of it. A refusal is for a person; anything unclear is asked again with the same key.
    async fn write_down(
        &self,
        attempt: &Attempt,
        order: &Order,
        (done, posting): (&str, Posting),
        refused: &str,
        outcome: Result<(), PaymentError>,
    ) -> Result<(), ShopError> {
        let now = self.clock.now();
        let why = match outcome {
            Ok(()) => None,
            Err(PaymentError::Declined(why)) => Some(why),
            Err(error) => return Err(unavailable(&error)),
        };
        let mut tx = self.store.begin().await.trouble()?;
        let known = tx.happenings(order.id).await.trouble()?;
        let event = if why.is_some() { refused } else { done };
        if known.iter().any(|happening| happening.event == event && happening.detail == attempt.reference) {
            return Ok(());
        }
        if let Some(why) = why {
            tracing::error!(reference = %attempt.reference, %why, "a promise could not be kept or given back");
            tx.add_task(refused, Some(order.id), &attempt.reference, now).await.trouble()?;
        } else {
            self.post(&mut *tx, Entry::of_attempt(posting, attempt, now)).await?;
        }
        tx.record(order.id, &happening(now, event, &attempt.reference, "provider")).await.trouble()?;
        tx.commit().await.trouble()
    }
}
