//! A provider that is watched: every call goes on to it, and what came of it is written down for the owner. Kinds only, so nothing of
//! an answer can end up there.

use async_trait::async_trait;
use shop_core::order::Order;
use shop_core::payment::{Attempt, Method};
use shop_core::privacy::Disclosed;
use shop_core::time::{Day, Seconds, Timestamp};
use shop_flows::ports::{
    Answer, Booked, Clock, Deed, Failing, Held, Notice, NoticeError, PaymentError, PaymentProvider, ProviderHealth,
    Pulled, RawNotice, RefundStanding, Refunded, Started, Store, StoreError, Transfer, Wish,
};
use std::sync::Arc;
use tokio::sync::Mutex;

/// An answer like the last one is written down this often; a change is written down at once.
const EVERY: Seconds = Seconds::minutes(1);

/// A provider with its record.
pub struct Watched {
    provider: Arc<dyn PaymentProvider>,
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    known: Mutex<Option<Known>>,
}

struct Known {
    health: ProviderHealth,
    written_at: Timestamp,
}

impl Watched {
    /// This provider, watched.
    pub fn new(provider: Arc<dyn PaymentProvider>, store: Arc<dyn Store>, clock: Arc<dyn Clock>) -> Self {
        Self { provider, store, clock, known: Mutex::new(None) }
    }

    /// Writes down what came of a call, and hands it on. A record that cannot be written must not cost anybody a payment.
    async fn note<T: Send>(&self, outcome: Result<T, PaymentError>) -> Result<T, PaymentError> {
        if let Err(error) = self.write_down(outcome.as_ref().err().and_then(failing)).await {
            tracing::warn!(provider = self.name(), %error, "how a provider is could not be written down");
        }
        outcome
    }

    async fn write_down(&self, failing: Option<Failing>) -> Result<(), StoreError> {
        let now = self.clock.now();
        let mut known = self.known.lock().await;
        let mut health = match known.as_ref() {
            Some(known) => known.health.clone(),
            None => self.stored().await?,
        };
        let before = (health.failing_since.is_some(), health.failed.map(|(with, _)| with));
        health.after(failing, now);
        let changed = before != (health.failing_since.is_some(), health.failed.map(|(with, _)| with));
        let last = known.as_ref().map(|known| known.written_at);
        if changed || last.is_none_or(|at| now.since(at) >= EVERY) {
            let mut tx = self.store.begin().await?;
            tx.save_health(&health).await?;
            tx.commit().await?;
            *known = Some(Known { health, written_at: now });
        } else if let Some(known) = known.as_mut() {
            known.health = health;
        }
        Ok(())
    }

    async fn stored(&self) -> Result<ProviderHealth, StoreError> {
        let all = self.store.read().await?.health().await?;
        let own = all.into_iter().find(|health| health.provider == self.name());
        Ok(own.unwrap_or_else(|| ProviderHealth::unknown(self.name())))
    }
}

/// A refusal in the provider's own words is an answer like any other.
fn failing(error: &PaymentError) -> Option<Failing> {
    match error {
        PaymentError::Declined(_) => None,
        PaymentError::Credentials(_) => Some(Failing::Credentials),
        PaymentError::Unavailable(_) => Some(Failing::Unavailable),
        PaymentError::OutcomeUnknown(_) => Some(Failing::Unclear),
    }
}

#[async_trait]
impl PaymentProvider for Watched {
    fn name(&self) -> &'static str {
        self.provider.name()
    }

    fn methods(&self) -> &[Method] {
        self.provider.methods()
    }

    fn discloses(&self, wish: &Wish<'_>) -> Option<Disclosed> {
        self.provider.discloses(wish)
    }

    fn discloses_transfer(&self, deed: Deed, transfer: &Transfer<'_>) -> Option<Disclosed> {
        self.provider.discloses_transfer(deed, transfer)
    }

    async fn start(&self, wish: &Wish<'_>) -> Result<Started, PaymentError> {
        self.note(self.provider.start(wish).await).await
    }

    async fn status(&self, attempt: &Attempt, order: &Order) -> Result<Option<Answer>, PaymentError> {
        self.note(self.provider.status(attempt, order).await).await
    }

    async fn read_notice(&self, notice: RawNotice<'_>) -> Result<Notice, NoticeError> {
        self.provider.read_notice(notice).await
    }

    async fn pull(&self, token: &str) -> Result<Pulled, PaymentError> {
        self.note(self.provider.pull(token).await).await
    }

    fn read_return(&self, query: &[(String, String)]) -> Option<String> {
        self.provider.read_return(query)
    }

    async fn capture(&self, transfer: &Transfer<'_>) -> Result<String, PaymentError> {
        self.note(self.provider.capture(transfer).await).await
    }

    async fn release(&self, transaction: &str, key: &str) -> Result<(), PaymentError> {
        self.note(self.provider.release(transaction, key).await).await
    }

    async fn refund(&self, transfer: &Transfer<'_>) -> Result<Refunded, PaymentError> {
        self.note(self.provider.refund(transfer).await).await
    }

    async fn refund_standing(&self, transaction: &str, refund: &str) -> Result<RefundStanding, PaymentError> {
        self.note(self.provider.refund_standing(transaction, refund).await).await
    }

    async fn day(&self, day: Day) -> Result<Option<Vec<Booked>>, PaymentError> {
        self.note(self.provider.day(day).await).await
    }

    async fn held(&self, attempt: &Attempt, transaction: Option<&str>) -> Result<Option<Held>, PaymentError> {
        self.note(self.provider.held(attempt, transaction).await).await
    }

    async fn extend(&self, transaction: &str, key: &str) -> Result<(), PaymentError> {
        self.note(self.provider.extend(transaction, key).await).await
    }

    async fn let_in(&self) -> Result<(), PaymentError> {
        self.note(self.provider.let_in().await).await
    }
}
