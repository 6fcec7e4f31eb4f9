//! Proof of choices about cookies, and the counts of days.

use super::base;
use super::given::*;
use shop_core::consent::{Action, Change, Purpose};
use shop_core::time::Day;
use shop_flows::ports::{ConsentEvent, Store};
use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection};
use std::sync::Arc;

fn event(purpose: Purpose, action: Action, proof: Option<&str>, seconds: i64) -> ConsentEvent {
    ConsentEvent {
        change: Change { purpose, action, proof: proof.map(str::to_owned) },
        at: at(seconds),
        text_version: 1,
        text_hash: purpose.text().sha256.to_owned(),
        language: "nl".to_owned(),
        channel: "banner".to_owned(),
    }
}

pub async fn a_choice_is_kept_as_it_was_made(store: Arc<dyn Store>) -> Claim {
    let given = event(Purpose::Statistics, Action::Given, Some("0123456789abcdef0123456789abcdef"), 1);
    let refused = event(Purpose::Reviews, Action::Refused, None, 1);
    let mut tx = store.begin().await?;
    tx.add_consent(&given).await?;
    tx.add_consent(&refused).await?;

    assert_eq!(tx.consents(10).await?, [refused.clone(), given]);
    assert_eq!(tx.consents(1).await?, [refused]);
    tx.commit().await
}

pub async fn counts_of_a_day_add_up(store: Arc<dyn Store>) -> Claim {
    let (monday, tuesday) = (Day { year: 2026, month: 11, day: 23 }, Day { year: 2026, month: 11, day: 24 });
    let mut tx = store.begin().await?;
    tx.add_count(monday, "bag", 2).await?;
    tx.add_count(tuesday, "order", 1).await?;
    tx.add_count(tuesday, "bag", 5).await?;
    tx.add_count(tuesday, "bag", 7).await?;

    assert_eq!(tx.day_counts(tuesday).await?, [(tuesday, "bag".to_owned(), 12), (tuesday, "order".to_owned(), 1)]);
    assert_eq!(tx.day_counts(monday).await?.len(), 3);
    tx.commit().await
}

async fn one_proof(store: &dyn Store) {
    let mut tx = store.begin().await.expect("a transaction");
    tx.add_consent(&event(Purpose::Statistics, Action::Refused, None, 1)).await.expect("written");
    tx.commit().await.expect("committed");
}

async fn one_proof_is_left(store: &dyn Store) {
    let mut tx = store.read().await.expect("a transaction");
    let left = tx.consents(10).await.expect("readable");
    assert_eq!(left, [event(Purpose::Statistics, Action::Refused, None, 1)]);
}

#[tokio::test]
async fn proof_is_never_changed_or_erased_on_sqlite() {
    let base = base::sqlite().await;
    one_proof(&*base.store).await;
    let mut connection = SqliteConnection::connect(&base.url).await.expect("the file is there");

    for change in ["update consent_events set action = 'given'", "delete from consent_events"] {
        let refused = sqlx::raw_sql(change).execute(&mut connection).await.expect_err(change);
        assert!(refused.to_string().contains("append-only"), "{refused}");
    }

    one_proof_is_left(&*base.store).await;
}

#[tokio::test]
async fn proof_is_never_changed_or_erased_on_postgres() {
    let Some(base) = base::postgres().await else { return };
    one_proof(&*base.store).await;
    let mut connection = PgConnection::connect(&base.url).await.expect("the schema is there");

    for change in
        ["update consent_events set action = 'given'", "delete from consent_events", "truncate consent_events"]
    {
        let refused = sqlx::raw_sql(AssertSqlSafe(change)).execute(&mut connection).await.expect_err(change);
        assert!(refused.to_string().contains("append-only"), "{refused}");
    }

    one_proof_is_left(&*base.store).await;
    base.remove().await;
}
