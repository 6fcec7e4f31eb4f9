//! Once a night the providers are asked what they saw on the day before, and it is laid beside our books. What differs is a task for the
//! owner, once, however often the day is compared.

use crate::Shop;
use crate::job::Job;
use crate::ports::{Audit, Booked, Held, PaymentError, PaymentProvider, Tx};
use crate::trouble::{Trouble, unavailable};
use shop_core::ShopError;
use shop_core::id::{AttemptId, RefundId};
use shop_core::ledger::{Account, Entry, Holder, Movement, Posting, Side, Unequal, unequal};
use shop_core::money::Money;
use shop_core::order::refund::RefundState;
use shop_core::payment::{Attempt, AttemptState};
use shop_core::time::{Day, Seconds, Timestamp};
use std::collections::BTreeMap;

/// At this hour of the night a day can be told about: a provider may need three hours to list a movement (providers.md 3).
const HOUR: u8 = 4;
/// Nights that are made up for when the shop stood still.
const NIGHTS: i64 = 3;
/// So far apart may the two sides of one movement be: the clocks differ, and we learn late.
const NEAR: i64 = 1;

/// What came of comparing.
#[derive(Debug, Default)]
struct Found {
    compared: usize,
    /// Tries that the provider would not tell about.
    untold: usize,
    differences: Vec<Unequal>,
}

impl Shop {
    /// Plans the comparison of each day that is over, once per provider.
    pub(crate) async fn plan_comparisons(&self, tx: &mut dyn Tx, now: Timestamp) -> Result<(), ShopError> {
        if self.clock.hour(now) < HOUR {
            return Ok(());
        }
        let today = self.clock.day(now);
        for provider in self.providers.iter().filter(|provider| holder_of(&***provider) != Holder::Bank) {
            for ago in 1..=NIGHTS {
                let day = today.plus_days(-ago);
                let key = format!("{}-{}", provider.name(), day.iso());
                if tx.first_sight("comparison", &key, now).await.trouble()? {
                    let job = Job::CompareDay { provider: provider.name().to_owned(), day };
                    self.enqueue(tx, &job, now, Some(&format!("compare-{key}"))).await?;
                }
            }
        }
        Ok(())
    }

    /// Compares a day with what a provider saw of it. Safe to repeat.
    pub async fn compare_day(&self, provider: &str, day: Day) -> Result<(), ShopError> {
        let adapter = self.provider_named(provider).ok_or(ShopError::NotFound)?.clone();
        let found = match adapter.day(day).await {
            Ok(Some(list)) => self.compare_with_list(&*adapter, day, &list).await?,
            Ok(None) => self.compare_one_by_one(&*adapter, day).await?,
            Err(PaymentError::Declined(why)) => {
                tracing::error!(provider, day = day.iso(), %why, "a provider does not tell about a day");
                return self.miss_the_list(provider).await;
            }
            Err(error) => return Err(unavailable(&error)),
        };
        self.report(provider, day, &found).await?;
        self.watch_promises(&*adapter).await
    }

    /// The provider has a list and does not show it to us: a setting of the account, which only the owner can change. One task.
    async fn miss_the_list(&self, provider: &str) -> Result<(), ShopError> {
        let now = self.clock.now();
        let mut tx = self.store.begin().await.trouble()?;
        if tx.first_sight("no_list", provider, now).await.trouble()? {
            tx.add_task("no_list", None, provider, now).await.trouble()?;
        }
        tx.commit().await.trouble()
    }

    async fn compare_with_list(
        &self,
        adapter: &dyn PaymentProvider,
        day: Day,
        list: &[Booked],
    ) -> Result<Found, ShopError> {
        // Something of the evening before may stand in our books on this day.
        let before = adapter.day(day.plus_days(-NEAR)).await.map_err(|error| unavailable(&error))?.unwrap_or_default();
        let theirs: Vec<Movement> = list.iter().map(movement).collect();
        let theirs_around: Vec<Movement> = before.iter().map(movement).chain(theirs.iter().cloned()).collect();
        let holder = holder_of(adapter);
        let mut tx = self.store.read().await.trouble()?;
        let now = self.clock.now();
        let ours = self.movements(&mut *tx, holder, (self.beginning(day), self.beginning(day.plus_days(1)))).await?;
        let ours_around =
            self.movements(&mut *tx, holder, (self.beginning(day.plus_days(-NEAR)), now.plus(Seconds(1)))).await?;
        let differences =
            unequal(Side { day: &theirs, around: &theirs_around }, Side { day: &ours, around: &ours_around });
        Ok(Found { compared: theirs.len().max(ours.len()), untold: 0, differences })
    }

    /// For providers that have no list: each try that moved money on the day, or began on it and brought none, is asked about.
    async fn compare_one_by_one(&self, adapter: &dyn PaymentProvider, day: Day) -> Result<Found, ShopError> {
        let mut found = Found::default();
        for attempt in self.tries_of(adapter, day).await? {
            let mut tx = self.store.read().await.trouble()?;
            let transaction = tx.transaction(attempt.id).await.trouble()?;
            drop(tx);
            match adapter.held(&attempt, transaction.as_deref()).await {
                Ok(Some(theirs)) => {
                    found.compared += 1;
                    let mut tx = self.store.read().await.trouble()?;
                    let Some(ours) = self.held_here(&mut *tx, &attempt).await? else { continue };
                    found.differences.extend(between(&attempt, &theirs, &ours));
                }
                Ok(None) => found.untold += 1,
                Err(PaymentError::Declined(why)) => {
                    tracing::warn!(provider = adapter.name(), reference = %attempt.reference, %why, "not told about");
                    found.untold += 1;
                }
                Err(error) => return Err(unavailable(&error)),
            }
        }
        Ok(found)
    }

    async fn tries_of(&self, adapter: &dyn PaymentProvider, day: Day) -> Result<Vec<Attempt>, ShopError> {
        let span = (self.beginning(day), self.beginning(day.plus_days(1)));
        let mut tx = self.store.read().await.trouble()?;
        let mut tries = BTreeMap::new();
        for entry in tx.entries_between(span.0, span.1).await.trouble()? {
            if let Some(attempt) = self.try_behind(&mut *tx, &entry).await? {
                tries.insert(attempt.id, attempt);
            }
        }
        for attempt in tx.attempts_between(span.0, span.1).await.trouble()? {
            if attempt.provider_id.is_some() && !matches!(attempt.state, AttemptState::Paid { .. }) {
                tries.insert(attempt.id, attempt);
            }
        }
        Ok(tries.into_values().filter(|attempt| adapter.methods().contains(&attempt.method)).collect())
    }

    /// The try to pay that an entry is about; `None` for what moves no money.
    async fn try_behind(&self, tx: &mut dyn Tx, entry: &Entry) -> Result<Option<Attempt>, ShopError> {
        match entry.what() {
            Posting::Received | Posting::Promised | Posting::PromiseTaken | Posting::PromiseLetGo => {
                tx.attempt(AttemptId::new(entry.about())).await.trouble()
            }
            Posting::PaidBack => match tx.refund(RefundId::new(entry.about())).await.trouble()? {
                Some(refund) => tx.attempt(refund.attempt).await.trouble(),
                None => Ok(None),
            },
            _ => Ok(None),
        }
    }

    /// What came in and went back at a holder, by our books.
    async fn movements(
        &self,
        tx: &mut dyn Tx,
        holder: Holder,
        (from, until): (Timestamp, Timestamp),
    ) -> Result<Vec<Movement>, ShopError> {
        let mut movements = Vec::new();
        for entry in tx.entries_between(from, until).await.trouble()? {
            let amount = match (entry.to(), entry.from()) {
                (Account::Held(to), _) if to == holder => entry.amount(),
                (_, Account::Held(from)) if from == holder => Money::ZERO.minus(entry.amount()).trouble()?,
                _ => continue,
            };
            let attempt = self.try_behind(tx, &entry).await?.ok_or(ShopError::NotFound)?;
            movements.push(Movement { reference: attempt.reference, amount });
        }
        Ok(movements)
    }

    /// What we think that a provider holds of a try. `None` while a refund is being sent: then neither side is wrong.
    async fn held_here(&self, tx: &mut dyn Tx, attempt: &Attempt) -> Result<Option<Held>, ShopError> {
        let entries = tx.entries(attempt.order).await.trouble()?;
        let has =
            |what: Posting| entries.iter().any(|entry| entry.what() == what && entry.about() == attempt.id.uuid());
        let when = |holds: bool| if holds { attempt.amount } else { Money::ZERO };
        let refunds = tx.refunds(attempt.order).await.trouble()?;
        let own: Vec<_> = refunds.iter().filter(|refund| refund.attempt == attempt.id).collect();
        if own.iter().any(|refund| matches!(refund.state, RefundState::Wanted)) {
            return Ok(None);
        }
        let sent = own.iter().filter(|refund| {
            matches!(refund.state, RefundState::Sent { .. } | RefundState::Done { by_hand: false, .. })
        });
        let paid_back = Money::sum(sent.map(|refund| refund.credit.amount)).trouble()?;
        let is_over = has(Posting::PromiseTaken) || has(Posting::PromiseLetGo);
        Ok(Some(Held {
            received: when(has(Posting::Received) || has(Posting::PromiseTaken)),
            paid_back,
            promised: when(has(Posting::Promised) && !is_over),
            promise_ends: None,
        }))
    }

    async fn report(&self, provider: &str, day: Day, found: &Found) -> Result<(), ShopError> {
        let now = self.clock.now();
        let mut tx = self.store.begin().await.trouble()?;
        for difference in &found.differences {
            let Unequal { reference, theirs, ours } = difference;
            let detail = format!(
                "{} on {}: {reference} there {}, here {}",
                provider,
                day.iso(),
                theirs.decimal(),
                ours.decimal()
            );
            let order = match tx.attempt_by_reference(reference).await.trouble()? {
                Some(attempt) => tx.order(attempt.order).await.trouble()?,
                None => None,
            };
            match order {
                Some(order) => self.alarm(&mut *tx, &order, "difference", &detail, "worker", now).await?,
                None if tx.first_sight("difference", &detail, now).await.trouble()? => {
                    tx.add_task("difference", None, &detail, now).await.trouble()?;
                }
                None => {}
            }
        }
        let differences = u32::try_from(found.differences.len()).unwrap_or(u32::MAX);
        // A night on which nothing was told compares nothing.
        if found.compared > 0 || found.untold == 0 {
            tx.save_comparison(provider, day, differences).await.trouble()?;
        }
        let line = Audit {
            at: now,
            actor: "worker".to_owned(),
            action: "payments.compare".to_owned(),
            subject: format!("{provider} {}", day.iso()),
            detail: format!("{} compared, {differences} differ, {} not told", found.compared, found.untold),
        };
        tx.audit(&line).await.trouble()?;
        tx.commit().await.trouble()?;
        tracing::info!(
            provider,
            day = day.iso(),
            compared = found.compared,
            untold = found.untold,
            differences,
            "compared"
        );
        Ok(())
    }

    /// The first moment of a day. Amsterdam is one hour ahead, or two.
    pub(crate) fn beginning(&self, day: Day) -> Timestamp {
        let midnight = Timestamp::from_micros(day.number().saturating_mul(86_400_000_000));
        let earlier = midnight.plus(Seconds::hours(-2));
        if self.clock.day(earlier) == day { earlier } else { midnight.plus(Seconds::hours(-1)) }
    }
}

fn holder_of(provider: &dyn PaymentProvider) -> Holder {
    provider.methods().first().map_or(Holder::Bank, |method| Holder::of(*method))
}

fn movement(booked: &Booked) -> Movement {
    Movement { reference: booked.reference.clone(), amount: booked.amount }
}

/// Where two sides tell differently about a try: what came in, what went back, what was promised.
fn between(attempt: &Attempt, theirs: &Held, ours: &Held) -> Vec<Unequal> {
    let back = |held: &Held| Money::ZERO.minus(held.paid_back).unwrap_or(Money::ZERO);
    let pairs = [(theirs.received, ours.received), (back(theirs), back(ours)), (theirs.promised, ours.promised)];
    let unequal = pairs.into_iter().filter(|(theirs, ours)| theirs != ours);
    unequal.map(|(theirs, ours)| Unequal { reference: attempt.reference.clone(), theirs, ours }).collect()
}
