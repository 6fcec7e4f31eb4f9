//! Paying back, by the means that she paid with. A refund is written down before anybody is called, and its id is the key of that
//! call: an answer that never comes is asked for again, and the money goes back once. What no provider can send is a task.

use crate::Shop;
use crate::checkout::happening;
use crate::job::Job;
use crate::ports::{Deed, PaymentError, RefundStanding, Transfer, Tx};
use crate::trouble::Trouble;
use shop_core::ShopError;
use shop_core::id::RefundId;
use shop_core::ledger::{Entry, Holder, Posting};
use shop_core::money::Money;
use shop_core::order::refund::{Credit, RefundEvent, RefundNews, RefundOf, RefundState};
use shop_core::order::{Order, Refund};
use shop_core::payment::Attempt;
use shop_core::time::{Seconds, Timestamp};

/// The first pause after an answer that nobody understood; later ones grow with the age of the refund, up to an hour.
const TRY_AGAIN: Seconds = Seconds::minutes(1);
const LONGEST_PAUSE: Seconds = Seconds::hours(1);
/// So long every provider knows a key again (providers.md, appendix A). Afterwards the same call could be a second payment, so a
/// person looks first.
const KEY_LIVES: Seconds = Seconds::hours(20);
/// The first pause before a provider is asked how far a refund has come.
const ASK_FIRST: Seconds = Seconds::minutes(10);
/// A refund that is on its way this long is shown to a person.
const SLOW: Seconds = Seconds::days(3);
/// And so long it is asked about.
const ASK_UNTIL: Seconds = Seconds::days(30);
/// Tasks that are done when nothing of the order has to be paid by hand any more.
const BY_HAND: [&str; 4] = ["refund_by_hand", "refund_failed", "refund_unknown", "refund_due"];

impl Shop {
    /// Writes down that a credit goes back for a try to pay, and sees to it that somebody sends it. The same id twice is `Conflict`.
    pub(crate) async fn want_refund(
        &self,
        tx: &mut dyn Tx,
        attempt: &Attempt,
        id: RefundId,
        credit: Credit,
        actor: &str,
    ) -> Result<(), ShopError> {
        let now = self.clock.now();
        let set_off = if credit.of.takes_back_a_sale() {
            self.set_off(tx, attempt.order, credit.amount, now).await?
        } else {
            Money::ZERO
        };
        let nothing_to_pay = set_off == credit.amount;
        let can_be_sent = !nothing_to_pay
            && !attempt.method.is_by_transfer()
            && self.provider(attempt.method).is_some()
            && tx.transaction(attempt.id).await.trouble()?.is_some();
        let state = match (can_be_sent, nothing_to_pay) {
            (true, _) => RefundState::Wanted,
            (false, true) => RefundState::Done { at: now, by_hand: false },
            (false, false) => RefundState::ByHand,
        };
        let refund = Refund {
            id,
            order: attempt.order,
            attempt: attempt.id,
            credit,
            set_off,
            state,
            provider_id: None,
            created_at: now,
            version: 1,
        };
        tx.insert_refund(&refund).await.map_err(|error| match error {
            crate::ports::StoreError::Duplicate => ShopError::Conflict,
            other => crate::trouble::unavailable(&other),
        })?;
        if refund.credit.of.takes_back_a_sale() {
            let taken_back = Entry::of_refund(Posting::TakenBack, &refund, Holder::of(attempt.method), now);
            self.post(tx, taken_back).await?;
        }
        if set_off > Money::ZERO {
            tx.record(refund.order, &happening(now, "set_off", &set_off.decimal(), actor)).await.trouble()?;
        }
        if nothing_to_pay {
            // Of an order that is over she hears that she owes nothing; a second mail would say it twice.
            let is_told = refund.credit.of == RefundOf::Rest;
            let mail = Job::MailRefunded { refund: id };
            return if is_told { Ok(()) } else { self.enqueue(tx, &mail, now, None).await };
        }
        let amount = refund.to_pay().decimal();
        tx.record(refund.order, &happening(now, "refund_wanted", &amount, actor)).await.trouble()?;
        if can_be_sent {
            return self.enqueue(tx, &Job::Refund { refund: id }, now, Some(&format!("refund-{id}"))).await;
        }
        tx.add_task("refund_by_hand", Some(refund.order), &amount, now).await.trouble()
    }

    /// Sends a refund that is wanted. It comes back by itself until the provider has said something that is understood.
    pub async fn send_refund(&self, id: RefundId) -> Result<(), ShopError> {
        let now = self.clock.now();
        let mut tx = self.store.begin().await.trouble()?;
        let refund = tx.refund(id).await.trouble()?.filter(|refund| refund.state == RefundState::Wanted);
        let Some(refund) = refund else { return Ok(()) };
        let (attempt, order, transaction) = self.paid_with(&mut *tx, &refund).await?;
        let age = now.since(refund.created_at);
        let (Some(provider), Some(transaction)) =
            (self.provider(attempt.method).filter(|_| age < KEY_LIVES), transaction)
        else {
            drop(tx);
            return self.give_up(id).await;
        };
        let wait = age.clamp(TRY_AGAIN, LONGEST_PAUSE);
        self.enqueue(&mut *tx, &Job::Refund { refund: id }, now.plus(wait), Some(&format!("refund-{id}"))).await?;
        let key = id.to_string();
        let transfer = Transfer { order: &order, transaction: &transaction, amount: refund.to_pay(), key: &key };
        if let Some(told) = provider.discloses_transfer(Deed::Refund, &transfer) {
            tx.disclose(order.id, &told, now).await.trouble()?;
        }
        tx.commit().await.trouble()?;

        match provider.refund(&transfer).await {
            Ok(sent) => {
                let event = match sent.standing {
                    RefundStanding::Pending => RefundEvent::Accepted,
                    RefundStanding::Done => RefundEvent::Done,
                    RefundStanding::Failed => RefundEvent::Refused,
                };
                self.refund_news(id, event, Some(sent.id), "provider").await.map(drop)
            }
            Err(PaymentError::Declined(why)) => {
                tracing::error!(provider = provider.name(), refund = %id, %why, "a refund was declined");
                self.refund_news(id, RefundEvent::Refused, None, "provider").await.map(drop)
            }
            Err(error) => {
                tracing::warn!(provider = provider.name(), refund = %id, %error, "a refund is asked for again");
                Ok(())
            }
        }
    }

    /// Asks how far a refund has come, and again later as long as it is on its way.
    pub async fn ask_refund(&self, id: RefundId) -> Result<(), ShopError> {
        let now = self.clock.now();
        let mut tx = self.store.begin().await.trouble()?;
        let on_its_way = |refund: &Refund| matches!(refund.state, RefundState::Sent { .. });
        let Some(refund) = tx.refund(id).await.trouble()?.filter(on_its_way) else { return Ok(()) };
        let (attempt, order, transaction) = self.paid_with(&mut *tx, &refund).await?;
        let age = now.since(refund.created_at);
        if age < ASK_UNTIL {
            self.ask_refund_later(&mut *tx, &refund, now).await?;
        }
        if age > SLOW {
            let detail = format!("{} wanted {}", refund.to_pay().decimal(), id);
            self.alarm(&mut *tx, &order, "refund_slow", &detail, "worker", now).await?;
        }
        tx.commit().await.trouble()?;
        let (Some(provider), Some(transaction), Some(theirs)) =
            (self.provider(attempt.method), transaction, &refund.provider_id)
        else {
            return Ok(());
        };
        match provider.refund_standing(&transaction, theirs).await {
            Ok(RefundStanding::Done) => self.refund_news(id, RefundEvent::Done, None, "provider").await.map(drop),
            Ok(RefundStanding::Failed) => self.refund_news(id, RefundEvent::Refused, None, "provider").await.map(drop),
            Ok(RefundStanding::Pending) => Ok(()),
            Err(error) => {
                tracing::warn!(provider = provider.name(), refund = %id, %error, "nobody says how far a refund is");
                Ok(())
            }
        }
    }

    /// The owner has paid it from her own account. `TooLate` while the provider may still send it.
    pub(crate) async fn refund_was_paid_by_hand(&self, id: RefundId, actor: &str) -> Result<(), ShopError> {
        match self.refund_news(id, RefundEvent::PaidByHand, None, actor).await? {
            RefundNews::Moved(_) => Ok(()),
            RefundNews::Known | RefundNews::Contradiction => Err(ShopError::TooLate),
        }
    }

    async fn paid_with(&self, tx: &mut dyn Tx, refund: &Refund) -> Result<(Attempt, Order, Option<String>), ShopError> {
        let attempt = tx.attempt(refund.attempt).await.trouble()?.ok_or(ShopError::NotFound)?;
        let order = tx.order(refund.order).await.trouble()?.ok_or(ShopError::NotFound)?;
        let transaction = tx.transaction(attempt.id).await.trouble()?;
        Ok((attempt, order, transaction))
    }

    async fn ask_refund_later(&self, tx: &mut dyn Tx, refund: &Refund, now: Timestamp) -> Result<(), ShopError> {
        let wait = now.since(refund.created_at).clamp(ASK_FIRST, Seconds::days(1));
        let key = format!("ask-refund-{}", refund.id);
        self.enqueue(tx, &Job::AskRefund { refund: refund.id }, now.plus(wait), Some(&key)).await
    }

    /// Nobody can say whether it went, and asking again is not safe any more.
    async fn give_up(&self, id: RefundId) -> Result<(), ShopError> {
        tracing::error!(refund = %id, "nobody knows whether a refund went; a person must look");
        self.note_refund(id, RefundEvent::Refused, None, "worker", "refund_unknown").await.map(drop)
    }

    async fn refund_news(
        &self,
        id: RefundId,
        event: RefundEvent,
        provider_id: Option<String>,
        actor: &str,
    ) -> Result<RefundNews, ShopError> {
        self.note_refund(id, event, provider_id, actor, "refund_failed").await
    }

    /// Writes down what became of a refund, with its entry, its task and its mail. Somebody saving at the same time makes it start
    /// over.
    async fn note_refund(
        &self,
        id: RefundId,
        event: RefundEvent,
        provider_id: Option<String>,
        actor: &str,
        failure: &str,
    ) -> Result<RefundNews, ShopError> {
        for _ in 0..5 {
            match self.note_refund_once(id, event, provider_id.clone(), actor, failure).await {
                Err(ShopError::Conflict) => {}
                other => return other,
            }
        }
        Err(ShopError::Conflict)
    }

    async fn note_refund_once(
        &self,
        id: RefundId,
        event: RefundEvent,
        provider_id: Option<String>,
        actor: &str,
        failure: &str,
    ) -> Result<RefundNews, ShopError> {
        let now = self.clock.now();
        let mut tx = self.store.begin().await.trouble()?;
        let mut refund = tx.refund(id).await.trouble()?.ok_or(ShopError::NotFound)?;
        let (attempt, order, _) = self.paid_with(&mut *tx, &refund).await?;
        let news = refund.state.apply(event, now);
        let amount = refund.to_pay().decimal();
        match news {
            RefundNews::Known => return Ok(news),
            RefundNews::Contradiction if event == RefundEvent::PaidByHand => return Ok(news),
            RefundNews::Contradiction => {
                let detail = format!("refund of {amount} is {} here, but {}", refund.state.name(), event.name());
                self.alarm(&mut *tx, &order, "contradiction", &detail, actor, now).await?;
            }
            RefundNews::Moved(state) => {
                let was_told = matches!(refund.state, RefundState::Sent { .. });
                refund.state = state;
                refund.provider_id = provider_id.or(refund.provider_id);
                tx.save_refund(&mut refund).await.trouble()?;
                let line = happening(now, &format!("refund_{}", state.name()), &amount, actor);
                tx.record(order.id, &line).await.trouble()?;
                match state {
                    RefundState::Done { .. } => {
                        let by_hand = event == RefundEvent::PaidByHand;
                        let holder = if by_hand { Holder::Bank } else { Holder::of(attempt.method) };
                        self.post(&mut *tx, Entry::of_refund(Posting::PaidBack, &refund, holder, now)).await?;
                        self.close_hand_work(&mut *tx, &order, actor, now).await?;
                    }
                    RefundState::Sent { .. } => self.ask_refund_later(&mut *tx, &refund, now).await?,
                    _ => tx.add_task(failure, Some(order.id), &amount, now).await.trouble()?,
                }
                if !was_told && !state.needs_a_hand() {
                    self.enqueue(&mut *tx, &Job::MailRefunded { refund: id }, now, None).await?;
                }
            }
        }
        tx.commit().await.trouble()?;
        Ok(news)
    }

    /// Nothing of the order has to be paid by hand any more: the tasks about that are done.
    async fn close_hand_work(
        &self,
        tx: &mut dyn Tx,
        order: &Order,
        actor: &str,
        now: Timestamp,
    ) -> Result<(), ShopError> {
        if tx.refunds(order.id).await.trouble()?.iter().any(|refund| refund.state.needs_a_hand()) {
            return Ok(());
        }
        for task in tx.tasks().await.trouble()? {
            if task.order.as_ref() == Some(&order.number) && BY_HAND.contains(&task.kind.as_str()) {
                tx.close_task(task.id, actor, now).await.trouble()?;
            }
        }
        Ok(())
    }
}
