//! How the providers are, and what the nights need to read.

use super::given::*;
use shop_core::id::AttemptId;
use shop_core::ledger::{Entry, Posting};
use shop_core::payment::{Attempt, Method};
use shop_core::time::Day;
use shop_flows::ports::{Failing, ProviderHealth, Store};
use std::sync::Arc;

const DAY: Day = Day { year: 2026, month: 11, day: 24 };

pub async fn how_a_provider_is_reads_back_equal(store: Arc<dyn Store>) -> Claim {
    let well = ProviderHealth { answered_at: Some(at(1)), ..ProviderHealth::unknown("paypal") };
    let mut ill = ProviderHealth::unknown("klarna");
    ill.after(Some(Failing::Credentials), at(2));
    let mut tx = store.begin().await?;
    tx.save_health(&well).await?;
    tx.save_health(&ill).await?;

    assert_eq!(tx.health().await?, [ill.clone(), well.clone()]);

    ill.after(None, at(3));
    tx.save_health(&ill).await?;
    assert_eq!(tx.health().await?, [ill, well]);
    tx.commit().await
}

pub async fn a_comparison_stays_and_never_goes_back_to_an_older_day(store: Arc<dyn Store>) -> Claim {
    let compared = |day: Day, differences| ProviderHealth {
        compared: Some((day, differences)),
        ..ProviderHealth::unknown("paypal")
    };
    let mut tx = store.begin().await?;
    tx.save_comparison("paypal", DAY, 2).await?;
    tx.save_comparison("paypal", DAY.plus_days(-1), 0).await?;
    assert_eq!(tx.health().await?, [compared(DAY, 2)]);

    let mut health = compared(DAY, 2);
    health.after(None, at(4));
    tx.save_health(&health).await?;
    assert_eq!(tx.health().await?, [health.clone()], "a call says nothing about the comparison");

    tx.save_comparison("paypal", DAY, 1).await?;
    assert_eq!(tx.health().await?, [ProviderHealth { compared: Some((DAY, 1)), ..health }]);
    tx.commit().await
}

pub async fn a_day_is_read_from_its_first_moment_until_the_next(store: Arc<dyn Store>) -> Claim {
    placed(&*store, &[order(1), order(2)]).await?;
    let paid = attempt(1, &order(1), 1);
    let promised = Attempt { method: Method::Klarna, ..attempt(2, &order(2), 1) };
    let made = |attempt: &Attempt, seconds| Attempt { created_at: at(seconds), ..attempt.clone() };
    let entry = |what, attempt: &Attempt, seconds| Entry::of_attempt(what, attempt, at(seconds)).expect("an amount");
    let entries = [entry(Posting::Received, &paid, 10), entry(Posting::Promised, &promised, 20)];
    let mut tx = store.begin().await?;
    tx.insert_attempt(&made(&paid, 10)).await?;
    tx.insert_attempt(&made(&promised, 20)).await?;
    for entry in &entries {
        tx.post(entry).await?;
    }

    assert_eq!(tx.entries_between(at(10), at(20)).await?, entries[..1]);
    assert_eq!(tx.entries_between(at(10), at(21)).await?, entries);
    assert_eq!(tx.entries_between(at(11), at(20)).await?, []);
    assert_eq!(tx.attempts_between(at(10), at(20)).await?, [made(&paid, 10)]);
    assert_eq!(tx.attempts_between(at(20), at(99)).await?, [made(&promised, 20)]);
    tx.commit().await
}

pub async fn a_promise_is_open_until_it_is_taken_or_let_go_of(store: Arc<dyn Store>) -> Claim {
    placed(&*store, &[order(1), order(2), order(3)]).await?;
    let tries: Vec<Attempt> =
        (1..4_u128).map(|n| Attempt { method: Method::Klarna, ..attempt(n, &order(n), 1) }).collect();
    let ids: Vec<AttemptId> = tries.iter().map(|attempt| attempt.id).collect();
    let mut tx = store.begin().await?;
    for attempt in &tries {
        tx.insert_attempt(attempt).await?;
        tx.post(&Entry::of_attempt(Posting::Promised, attempt, at(1)).expect("an amount")).await?;
    }
    assert_eq!(tx.open_promises().await?, ids);

    tx.post(&Entry::of_attempt(Posting::PromiseTaken, &tries[0], at(2)).expect("an amount")).await?;
    tx.post(&Entry::of_attempt(Posting::PromiseLetGo, &tries[2], at(2)).expect("an amount")).await?;

    assert_eq!(tx.open_promises().await?, [ids[1]]);
    tx.commit().await
}
