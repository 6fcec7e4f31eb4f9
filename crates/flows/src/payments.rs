//! News about payments. A notice or a returning browser is only a hint whom to ask; what the provider itself answers is compared
//! with ours and applied, once, however often and in whatever order it comes.

use crate::Shop;
use crate::checkout::{ASK_AFTER, happening};
use crate::job::Job;
use crate::ports::{About, Answer, Left, Notice, NoticeError, PaymentError, PaymentProvider, RawNotice, Tx};
use crate::trouble::{Trouble, unavailable};
use shop_core::ShopError;
use shop_core::id::AttemptId;
use shop_core::ledger::{Entry, Posting};
use shop_core::order::{Order, OrderEvent, OrderNumber, OrderState};
use shop_core::payment::{Attempt, AttemptEvent, AttemptState, Method, News};
use shop_core::time::{Seconds, Timestamp};
use std::sync::Arc;

/// After the browser came back and no notice did, we ask once ourselves.
const ASK_AFTER_RETURN: Seconds = Seconds::minutes(2);
/// An attempt that is still open after this long is left alone.
const ASK_UNTIL: Seconds = Seconds::days(7);
/// The parameter of the return address that carries our own proof.
pub(crate) const RETURN_TICKET: &str = "poging";
/// The parameter of the return address, and of the order page, of somebody who turned back at the provider's page.
pub const STOPPED: &str = "gestopt";

impl Shop {
    pub(crate) fn provider_named(&self, name: &str) -> Option<&Arc<dyn PaymentProvider>> {
        self.providers.iter().find(|provider| provider.name() == name)
    }

    /// A notice arrived: check it, remember it, leave the work to a job, answer fast. The same notice again is fine.
    pub async fn notice(&self, provider: &str, raw: RawNotice<'_>) -> Result<(), NoticeError> {
        let adapter = self.provider_named(provider).ok_or(NoticeError::Malformed)?;
        let notice = adapter.read_notice(raw).await?;
        self.remember(provider, notice).await.map_err(|_| NoticeError::Unavailable)
    }

    /// A notice arrived at the address that only this attempt's provider was given. It says nothing but whom to ask about.
    pub async fn notice_about(&self, provider: &str, ticket: &str) -> Result<(), NoticeError> {
        let adapter = self.provider_named(provider).ok_or(NoticeError::Malformed)?;
        let reference = self.reference_on(adapter.name(), "notice", ticket).ok_or(NoticeError::Forged)?;
        let mut tx = self.store.begin().await.map_err(|_| NoticeError::Unavailable)?;
        self.ask_soon(&mut *tx, &reference, Seconds(0)).await.map_err(|_| NoticeError::Unavailable)?;
        tx.commit().await.map_err(|_| NoticeError::Unavailable)
    }

    async fn remember(&self, provider: &str, notice: Notice) -> Result<(), ShopError> {
        let now = self.clock.now();
        let mut tx = self.store.begin().await.trouble()?;
        if tx.first_sight(provider, &notice.key, now).await.trouble()? {
            match notice.about {
                About::Results(token) => {
                    let job = Job::Pull { provider: provider.to_owned(), token, key: notice.key };
                    self.enqueue(&mut *tx, &job, now, None).await?;
                }
                About::Attempt(reference) => self.ask_soon(&mut *tx, &reference, Seconds(0)).await?,
                About::Nothing => {}
            }
        }
        tx.commit().await.trouble()
    }

    /// Asks about an attempt after a moment; however often this is wished meanwhile, it is one question. About one that ended too:
    /// a provider can come back on a "no", and that money must not be missed.
    async fn ask_soon(&self, tx: &mut dyn Tx, reference: &str, wait: Seconds) -> Result<(), ShopError> {
        let Some(attempt) = tx.attempt_by_reference(reference).await.trouble()? else { return Ok(()) };
        if matches!(attempt.state, AttemptState::Paid { .. }) {
            return Ok(());
        }
        let key = format!("soon-{}-{}", wait.0, attempt.id);
        self.enqueue(tx, &Job::Ask { attempt: attempt.id }, self.clock.now().plus(wait), Some(&key)).await
    }

    /// A text for an address that proves, when it comes back, that we gave it out for this attempt and this purpose.
    pub(crate) fn payment_ticket(&self, provider: &str, purpose: &str, reference: &str) -> String {
        let mut proof = self.secrets.hash("payment-ticket", format!("{provider}:{purpose}:{reference}").as_bytes());
        proof.truncate(40);
        format!("{reference}-{proof}")
    }

    fn reference_on(&self, provider: &str, purpose: &str, ticket: &str) -> Option<String> {
        let (reference, _) = ticket.split_once('-')?;
        let is_ours = self.secrets.equal(&self.payment_ticket(provider, purpose, reference), ticket);
        is_ours.then(|| reference.to_owned())
    }

    /// A browser came back from a provider. Only where it belongs is read from it, and only when its signature, or our own proof
    /// in the address, is right.
    pub async fn returned(&self, provider: &str, query: &[(String, String)]) -> Option<OrderNumber> {
        let adapter = self.provider_named(provider)?;
        let ours = || {
            let mut tickets = query.iter().filter(|(name, _)| name == RETURN_TICKET);
            let (_, ticket) = tickets.next()?;
            tickets.next().is_none().then(|| self.reference_on(provider, "return", ticket)).flatten()
        };
        let signed = adapter.read_return(query);
        // Who signs nothing leaves the last step to us, or tells us late: she should not wait for that.
        let at_once = signed.is_none();
        let reference = signed.or_else(ours)?;
        let mut tx = self.store.begin().await.ok()?;
        let attempt = tx.attempt_by_reference(&reference).await.ok()??;
        let order = tx.order(attempt.order).await.ok()??;
        if at_once {
            self.ask_soon(&mut *tx, &reference, Seconds(0)).await.ok()?;
        }
        self.ask_soon(&mut *tx, &reference, ASK_AFTER_RETURN).await.ok()?;
        tx.commit().await.ok()?;
        Some(order.number)
    }

    /// Fetches what a notice announced. Each page is stored before the next is asked for, because a provider may not repeat it.
    pub async fn pull(&self, provider: &str, token: &str) -> Result<(), ShopError> {
        let adapter = self.provider_named(provider).ok_or(ShopError::NotFound)?;
        loop {
            let page = match adapter.pull(token).await {
                Ok(page) => page,
                // Too old: no later try can do better. A new notice comes while results wait, and each attempt is asked about.
                Err(PaymentError::Declined(why)) => {
                    tracing::warn!(provider, %why, "pull refused");
                    return Ok(());
                }
                Err(error) => return Err(unavailable(&error)),
            };
            // The provider does not hand out this page again, so one answer that fails must not cost us those behind it.
            let mut failed = None;
            for answer in &page.answers {
                if let Err(error) = self.apply(answer).await {
                    failed.get_or_insert(error);
                }
            }
            if let Some(error) = failed {
                return Err(error);
            }
            if !page.more {
                return Ok(());
            }
        }
    }

    /// Asks the provider about one attempt that stayed silent, and sees to it that it is asked about again as long as it is open:
    /// she may pay after we asked, and that notice can be lost too. The waits grow with the age of the attempt. One that ended is asked about
    /// this once.
    pub async fn ask(&self, id: AttemptId) -> Result<(), ShopError> {
        let now = self.clock.now();
        let mut tx = self.store.begin().await.trouble()?;
        let attempt = tx.attempt(id).await.trouble()?;
        let unpaid = attempt.filter(|attempt| !matches!(attempt.state, AttemptState::Paid { .. }));
        let Some(attempt) = unpaid else { return Ok(()) };
        let age = now.since(attempt.created_at);
        let is_unheard_of = attempt.state == AttemptState::Created && attempt.provider_id.is_none();
        if is_unheard_of && age >= ASK_AFTER {
            // The answer to its announcement never came, so nobody saw its page. Should it be paid all the same, its reference
            // finds the order.
            drop(tx);
            self.end_unheard_of(id).await?;
            return self.show_way_back(&attempt).await;
        }
        if attempt.state.is_open() && age < ASK_UNTIL {
            let wait = if age > ASK_AFTER { age } else { ASK_AFTER };
            self.enqueue(&mut *tx, &Job::Ask { attempt: id }, now.plus(wait), Some(&format!("ask-{id}"))).await?;
        }
        let order = tx.order(attempt.order).await.trouble()?.ok_or(ShopError::NotFound)?;
        tx.commit().await.trouble()?;
        let Some(provider) = self.provider(attempt.method) else { return Ok(()) };
        match provider.status(&attempt, &order).await {
            Ok(Some(answer)) => self.apply(&answer).await?,
            // Asked for the last time, and still the provider knows nothing of it.
            Ok(None) if age >= ASK_UNTIL => self.end_unheard_of(id).await?,
            Ok(None) => {}
            Err(PaymentError::Declined(why)) => {
                tracing::warn!(provider = provider.name(), reference = %attempt.reference, %why, "status refused");
            }
            Err(error) => return Err(unavailable(&error)),
        }
        self.show_way_back(&attempt).await
    }

    /// A try that no provider knows of is over.
    async fn end_unheard_of(&self, id: AttemptId) -> Result<(), ShopError> {
        let now = self.clock.now();
        let mut tx = self.store.begin().await.trouble()?;
        let Some(mut attempt) = tx.attempt(id).await.trouble()?.filter(|attempt| attempt.state.is_open()) else {
            return Ok(());
        };
        if let News::Moved(state) = attempt.state.apply(AttemptEvent::Expired, now) {
            attempt.state = state;
            tx.save_attempt(&mut attempt).await.trouble()?;
            let line = happening(now, &format!("attempt_{}", state.name()), attempt.method.name(), "worker");
            tx.record(attempt.order, &line).await.trouble()?;
        }
        tx.commit().await.trouble()
    }

    /// Applies what a provider answered. Somebody saving at the same time makes it start over.
    async fn apply(&self, answer: &Answer) -> Result<(), ShopError> {
        for _ in 0..5 {
            match self.apply_once(answer).await {
                Err(ShopError::Conflict) => {}
                other => return other,
            }
        }
        Err(ShopError::Conflict)
    }

    async fn apply_once(&self, answer: &Answer) -> Result<(), ShopError> {
        let now = self.clock.now();
        let mut tx = self.store.begin().await.trouble()?;
        let Some(mut attempt) = tx.attempt_by_reference(&answer.reference).await.trouble()? else {
            // Another shop on the same contract, or a forged reference: nothing of ours.
            tracing::warn!(reference = %answer.reference, "answer about an unknown attempt");
            return Ok(());
        };
        let mut order = tx.order(attempt.order).await.trouble()?.ok_or(ShopError::NotFound)?;
        if attempt.provider_id.as_ref().is_some_and(|known| *known != answer.provider_id) {
            let detail = format!(
                "{} is {} under another id of the provider, {} paid",
                attempt.reference,
                answer.event.name(),
                answer.paid.decimal()
            );
            self.alarm(&mut *tx, &order, "contradiction", &detail, "provider", now).await?;
            return tx.commit().await.trouble();
        }
        if answer.event == AttemptEvent::Paid && answer.paid != attempt.amount {
            let detail =
                format!("{}: paid {}, owed {}", attempt.reference, answer.paid.decimal(), attempt.amount.decimal());
            self.alarm(&mut *tx, &order, "amount_mismatch", &detail, "provider", now).await?;
            return tx.commit().await.trouble();
        }
        let changes = match attempt.state.apply(answer.event, now) {
            News::Known => return Ok(()),
            News::Contradiction => {
                let detail =
                    format!("{} is paid here, but the provider says {}", attempt.reference, answer.event.name());
                self.alarm(&mut *tx, &order, "contradiction", &detail, "provider", now).await?;
                Vec::new()
            }
            News::Moved(state) => {
                attempt.state = state;
                attempt.provider_id = Some(answer.provider_id.clone());
                tx.save_attempt(&mut attempt).await.trouble()?;
                if let Some(transaction) = &answer.transaction {
                    tx.save_transaction(attempt.id, transaction).await.trouble()?;
                }
                if matches!(state, AttemptState::Paid { .. }) {
                    self.settle(&mut *tx, &mut order, &attempt, "provider", now).await?
                } else {
                    tx.record(
                        order.id,
                        &happening(now, &format!("attempt_{}", state.name()), attempt.method.name(), "provider"),
                    )
                    .await
                    .trouble()?;
                    Vec::new()
                }
            }
        };
        self.announce(&mut *tx, &changes).await?;
        tx.commit().await.trouble()?;
        self.stock_changed(&changes);
        Ok(())
    }

    /// An attempt is paid: the order becomes paid, its stock leaves the shelf, the confirmation goes out. Money for an order that
    /// can no longer take it becomes a task for a person, never lost.
    pub(crate) async fn settle(
        &self,
        tx: &mut dyn Tx,
        order: &mut Order,
        attempt: &Attempt,
        actor: &str,
        now: Timestamp,
    ) -> Result<Vec<Left>, ShopError> {
        let what = if attempt.method.is_taken_when_shipped() { Posting::Promised } else { Posting::Received };
        self.post(tx, Entry::of_attempt(what, attempt, now)).await?;
        if !matches!(order.state, OrderState::AwaitingPayment { .. }) {
            if attempt.method.is_taken_when_shipped() {
                // Nobody has paid yet, so nothing has to go back: the promise is not needed any more.
                self.enqueue(tx, &Job::LetGo { attempt: attempt.id }, now, None).await?;
                tx.record(order.id, &happening(now, "promise_late", &attempt.reference, actor)).await.trouble()?;
                return Ok(Vec::new());
            }
            if self.pays_the_invoice(tx, order, attempt, actor, now).await? {
                return Ok(Vec::new());
            }
            let kind = if order.state.is_paid() { "paid_twice" } else { "paid_after_end" };
            let detail = format!("{} received {}", attempt.reference, attempt.amount.decimal());
            self.alarm(tx, order, kind, &detail, actor, now).await?;
            return Ok(Vec::new());
        }
        order.state = order.state.apply(OrderEvent::Paid, now)?;
        order.method = attempt.method;
        tx.save_order(order).await.trouble()?;
        self.close_claims(tx, order.id, now).await?;
        let changes = tx.take(order.id, now).await.trouble()?;
        self.end_open_transfers(tx, order, now).await?;
        tx.record(order.id, &happening(now, "paid", attempt.method.name(), actor)).await.trouble()?;
        // A transfer was confirmed when it was ordered; a second mail says that the money is in by "shipped".
        if attempt.method != Method::BankTransfer {
            self.enqueue(tx, &Job::MailConfirmation { order: order.id }, now, None).await?;
        }
        Ok(changes)
    }

    /// A transfer that was chosen meanwhile is not waited for any more. Should it come all the same, it is money that came twice.
    async fn end_open_transfers(&self, tx: &mut dyn Tx, order: &Order, now: Timestamp) -> Result<(), ShopError> {
        for mut other in tx.attempts(order.id).await.trouble()? {
            if other.method == Method::BankTransfer
                && other.state == AttemptState::Open
                && let News::Moved(state) = other.state.apply(AttemptEvent::Cancelled, now)
            {
                other.state = state;
                tx.save_attempt(&mut other).await.trouble()?;
            }
        }
        Ok(())
    }

    /// A task for a person and a line in the timeline. The same news again, also after the task was closed, raises no second one.
    pub(crate) async fn alarm(
        &self,
        tx: &mut dyn Tx,
        order: &Order,
        kind: &str,
        detail: &str,
        actor: &str,
        now: Timestamp,
    ) -> Result<(), ShopError> {
        let happenings = tx.happenings(order.id).await.trouble()?;
        if happenings.iter().any(|happening| happening.event == kind && happening.detail == detail) {
            return Ok(());
        }
        tx.add_task(kind, Some(order.id), detail, now).await.trouble()?;
        tx.record(order.id, &happening(now, kind, detail, actor)).await.trouble()
    }
}
