//! Proof of choices about cookies, and the counts of days.

use super::DbTx;
use super::cells::{broken, count};
use super::engine::{Column, Engine, Row};
use super::error::from_sqlx;
use async_trait::async_trait;
use shop_core::consent::{Action, Change, Purpose};
use shop_core::time::{Day, Timestamp};
use shop_flows::ports::{ConsentEvent, Consents, DayCounts, StoreError};
use sqlx::{Executor, FromRow, query, query_as};

#[derive(FromRow)]
struct EventRow {
    purpose: String,
    action: String,
    at: i64,
    text_version: i64,
    text_hash: String,
    language: String,
    channel: String,
    proof: Option<String>,
}

impl TryFrom<EventRow> for ConsentEvent {
    type Error = StoreError;

    fn try_from(row: EventRow) -> Result<Self, StoreError> {
        let change = Change {
            purpose: Purpose::parse(&row.purpose).ok_or_else(|| broken("consent_events.purpose"))?,
            action: Action::parse(&row.action).ok_or_else(|| broken("consent_events.action"))?,
            proof: row.proof,
        };
        Ok(Self {
            change,
            at: Timestamp::from_micros(row.at),
            text_version: count(row.text_version, "consent_events.text_version")?,
            text_hash: row.text_hash,
            language: row.language,
            channel: row.channel,
        })
    }
}

#[async_trait]
impl<DB> Consents for DbTx<DB>
where
    DB: Engine,
    for<'c> &'c mut DB::Connection: Executor<'c, Database = DB>,
    EventRow: Row<DB>,
    String: Column<DB>,
    Option<String>: Column<DB>,
    i64: Column<DB>,
{
    async fn add_consent(&mut self, event: &ConsentEvent) -> Result<(), StoreError> {
        query::<DB>(
            "insert into consent_events
                 (purpose, action, at, text_id, text_version, text_hash, language, channel, proof)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        )
        .bind(event.change.purpose.name().to_owned())
        .bind(event.change.action.name().to_owned())
        .bind(event.at.micros())
        .bind(event.change.purpose.name().to_owned())
        .bind(i64::from(event.text_version))
        .bind(event.text_hash.clone())
        .bind(event.language.clone())
        .bind(event.channel.clone())
        .bind(event.change.proof.clone())
        .execute(&mut *self.inner)
        .await
        .map(drop)
        .map_err(from_sqlx)
    }

    async fn consents(&mut self, most: u32) -> Result<Vec<ConsentEvent>, StoreError> {
        let rows: Vec<EventRow> = query_as::<DB, _>(
            "select purpose, action, at, text_version, text_hash, language, channel, proof
             from consent_events
             order by id desc
             limit $1",
        )
        .bind(i64::from(most))
        .fetch_all(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        rows.into_iter().map(ConsentEvent::try_from).collect()
    }
}

#[async_trait]
impl<DB> DayCounts for DbTx<DB>
where
    DB: Engine,
    for<'c> &'c mut DB::Connection: Executor<'c, Database = DB>,
    (i64, String, i64): Row<DB>,
    String: Column<DB>,
    i64: Column<DB>,
{
    async fn add_count(&mut self, day: Day, what: &str, count: u64) -> Result<(), StoreError> {
        query::<DB>(
            "insert into day_counts (day, what, count)
             values ($1, $2, $3)
             on conflict (day, what) do update set count = day_counts.count + excluded.count",
        )
        .bind(day.number())
        .bind(what.to_owned())
        .bind(i64::try_from(count).unwrap_or(i64::MAX))
        .execute(&mut *self.inner)
        .await
        .map(drop)
        .map_err(from_sqlx)
    }

    async fn day_counts(&mut self, from: Day) -> Result<Vec<(Day, String, u64)>, StoreError> {
        let rows: Vec<(i64, String, i64)> = query_as::<DB, _>(
            "select day, what, count
             from day_counts
             where day >= $1
             order by day, what",
        )
        .bind(from.number())
        .fetch_all(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        rows.into_iter()
            .map(|(day, what, count)| {
                let count = u64::try_from(count).map_err(|_| broken("day_counts.count"))?;
                Ok((Day::from_number(day), what, count))
            })
            .collect()
    }
}
