//! How the providers are: one row each.

use super::DbTx;
use super::cells::{broken, count};
use super::engine::{Column, Engine, Row};
use super::error::from_sqlx;
use async_trait::async_trait;
use shop_core::time::{Day, Timestamp};
use shop_flows::ports::{Failing, Health, ProviderHealth, StoreError};
use sqlx::{Executor, FromRow, query, query_as};

#[derive(FromRow)]
struct HealthRow {
    provider: String,
    answered_at: Option<i64>,
    failed_at: Option<i64>,
    failed_with: Option<String>,
    failing_since: Option<i64>,
    compared_day: Option<i64>,
    differences: i64,
}

impl TryFrom<HealthRow> for ProviderHealth {
    type Error = StoreError;

    fn try_from(row: HealthRow) -> Result<Self, StoreError> {
        let failed = match (row.failed_with, row.failed_at) {
            (Some(with), Some(at)) => {
                let with = Failing::parse(&with).ok_or_else(|| broken("provider_health.failed_with"))?;
                Some((with, Timestamp::from_micros(at)))
            }
            _ => None,
        };
        let differences = count(row.differences, "provider_health.differences")?;
        Ok(Self {
            provider: row.provider,
            answered_at: row.answered_at.map(Timestamp::from_micros),
            failed,
            failing_since: row.failing_since.map(Timestamp::from_micros),
            compared: row.compared_day.map(|day| (Day::from_number(day), differences)),
        })
    }
}

#[async_trait]
impl<DB> Health for DbTx<DB>
where
    DB: Engine,
    for<'c> &'c mut DB::Connection: Executor<'c, Database = DB>,
    HealthRow: Row<DB>,
    String: Column<DB>,
    i64: Column<DB>,
    Option<String>: Column<DB>,
    Option<i64>: Column<DB>,
{
    async fn health(&mut self) -> Result<Vec<ProviderHealth>, StoreError> {
        let rows: Vec<HealthRow> = query_as::<DB, _>(
            "select provider, answered_at, failed_at, failed_with, failing_since, compared_day, differences
             from provider_health
             order by provider",
        )
        .fetch_all(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        rows.into_iter().map(ProviderHealth::try_from).collect()
    }

    async fn save_health(&mut self, health: &ProviderHealth) -> Result<(), StoreError> {
        query::<DB>(
            "insert into provider_health (provider, answered_at, failed_at, failed_with, failing_since, compared_day, differences)
             values ($1, $2, $3, $4, $5, null, 0)
             on conflict (provider) do update
             set answered_at = excluded.answered_at,
                 failed_at = excluded.failed_at,
                 failed_with = excluded.failed_with,
                 failing_since = excluded.failing_since",
        )
        .bind(health.provider.clone())
        .bind(health.answered_at.map(Timestamp::micros))
        .bind(health.failed.map(|(_, at)| at.micros()))
        .bind(health.failed.map(|(with, _)| with.name().to_owned()))
        .bind(health.failing_since.map(Timestamp::micros))
        .execute(&mut *self.inner)
        .await
        .map(drop)
        .map_err(from_sqlx)
    }

    async fn save_comparison(&mut self, provider: &str, day: Day, differences: u32) -> Result<(), StoreError> {
        query::<DB>(
            "insert into provider_health (provider, answered_at, failed_at, failed_with, failing_since, compared_day, differences)
             values ($1, null, null, null, null, $2, $3)
             on conflict (provider) do update
             set compared_day = excluded.compared_day,
                 differences = excluded.differences
             where provider_health.compared_day is null or provider_health.compared_day <= excluded.compared_day",
        )
        .bind(provider.to_owned())
        .bind(day.number())
        .bind(i64::from(differences))
        .execute(&mut *self.inner)
        .await
        .map(drop)
        .map_err(from_sqlx)
    }
}
