//! Who waits for a size. One row per address and size, erased as soon as it is of no use.

use super::DbTx;
use super::cells::{broken, count};
use super::engine::{Column, Engine, Row};
use super::error::from_sqlx;
use async_trait::async_trait;
use shop_core::email::EmailAddress;
use shop_core::id::{AlertId, VariantId};
use shop_core::time::Timestamp;
use shop_flows::ports::{Alerts, AlertsToForget, StockAlert, StoreError};
use sqlx::{Executor, FromRow, query, query_as};
use uuid::Uuid;

#[derive(FromRow)]
struct AlertRow {
    id: Uuid,
    variant_id: Uuid,
    email: String,
    token_hash: String,
    asked_at: i64,
    confirmed_at: Option<i64>,
    told_at: Option<i64>,
}

impl TryFrom<AlertRow> for StockAlert {
    type Error = StoreError;

    fn try_from(row: AlertRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: AlertId::new(row.id),
            variant: VariantId::new(row.variant_id),
            email: EmailAddress::parse(&row.email).map_err(|_| broken("stock_alerts.email"))?,
            token_hash: row.token_hash,
            asked_at: Timestamp::from_micros(row.asked_at),
            confirmed_at: row.confirmed_at.map(Timestamp::from_micros),
            told_at: row.told_at.map(Timestamp::from_micros),
        })
    }
}

#[async_trait]
impl<DB> Alerts for DbTx<DB>
where
    DB: Engine,
    for<'c> &'c mut DB::Connection: Executor<'c, Database = DB>,
    AlertRow: Row<DB>,
    (Uuid,): Row<DB>,
    (i64,): Row<DB>,
    Uuid: Column<DB>,
    String: Column<DB>,
    i64: Column<DB>,
    Option<i64>: Column<DB>,
{
    async fn save_alert(&mut self, alert: &StockAlert) -> Result<(), StoreError> {
        // The id is taken over too: the mail that was asked for last is the one whose link works.
        query::<DB>(
            "insert into stock_alerts
                 (id, variant_id, email, email_folded, token_hash, asked_at, confirmed_at, told_at, mailbox)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
             on conflict (variant_id, email_folded) do update set
                 id = excluded.id,
                 email = excluded.email,
                 token_hash = excluded.token_hash,
                 asked_at = excluded.asked_at,
                 confirmed_at = excluded.confirmed_at,
                 told_at = excluded.told_at",
        )
        .bind(alert.id.uuid())
        .bind(alert.variant.uuid())
        .bind(alert.email.as_str().to_owned())
        .bind(alert.email.folded())
        .bind(alert.token_hash.clone())
        .bind(alert.asked_at.micros())
        .bind(alert.confirmed_at.map(Timestamp::micros))
        .bind(alert.told_at.map(Timestamp::micros))
        .bind(alert.email.mailbox())
        .execute(&mut *self.inner)
        .await
        .map(drop)
        .map_err(from_sqlx)
    }

    async fn alert(&mut self, id: AlertId) -> Result<Option<StockAlert>, StoreError> {
        let row: Option<AlertRow> = query_as::<DB, _>(
            "select id, variant_id, email, token_hash, asked_at, confirmed_at, told_at
             from stock_alerts
             where id = $1",
        )
        .bind(id.uuid())
        .fetch_optional(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        row.map(StockAlert::try_from).transpose()
    }

    async fn alert_by_token(&mut self, hash: &str) -> Result<Option<StockAlert>, StoreError> {
        let row: Option<AlertRow> = query_as::<DB, _>(
            "select id, variant_id, email, token_hash, asked_at, confirmed_at, told_at
             from stock_alerts
             where token_hash = $1",
        )
        .bind(hash.to_owned())
        .fetch_optional(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        row.map(StockAlert::try_from).transpose()
    }

    async fn alert_of(&mut self, variant: VariantId, email: &EmailAddress) -> Result<Option<StockAlert>, StoreError> {
        let row: Option<AlertRow> = query_as::<DB, _>(
            "select id, variant_id, email, token_hash, asked_at, confirmed_at, told_at
             from stock_alerts
             where variant_id = $1 and email_folded = $2",
        )
        .bind(variant.uuid())
        .bind(email.folded())
        .fetch_optional(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        row.map(StockAlert::try_from).transpose()
    }

    async fn unconfirmed_alerts(&mut self, email: &EmailAddress) -> Result<u32, StoreError> {
        let (rows,): (i64,) =
            query_as::<DB, _>("select count(*) from stock_alerts where mailbox = $1 and confirmed_at is null")
                .bind(email.mailbox())
                .fetch_one(&mut *self.inner)
                .await
                .map_err(from_sqlx)?;
        count(rows, "count(stock_alerts)")
    }

    async fn is_awaited(&mut self, variant: VariantId) -> Result<bool, StoreError> {
        let one: Option<(Uuid,)> = query_as::<DB, _>(
            "select id
             from stock_alerts
             where variant_id = $1 and confirmed_at is not null and told_at is null
             limit 1",
        )
        .bind(variant.uuid())
        .fetch_optional(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        Ok(one.is_some())
    }

    async fn tell_alerts(&mut self, variant: VariantId, now: Timestamp) -> Result<Vec<AlertId>, StoreError> {
        let mut told: Vec<(Uuid,)> = query_as::<DB, _>(
            "update stock_alerts
             set told_at = $2
             where variant_id = $1 and confirmed_at is not null and told_at is null
             returning id",
        )
        .bind(variant.uuid())
        .bind(now.micros())
        .fetch_all(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        // Ids sort by time: who asked first hears first.
        told.sort_unstable();
        Ok(told.into_iter().map(|(id,)| AlertId::new(id)).collect())
    }

    async fn delete_alert(&mut self, id: AlertId) -> Result<(), StoreError> {
        query::<DB>("delete from stock_alerts where id = $1")
            .bind(id.uuid())
            .execute(&mut *self.inner)
            .await
            .map(drop)
            .map_err(from_sqlx)
    }

    async fn forget_alerts(&mut self, which: &AlertsToForget) -> Result<u32, StoreError> {
        let gone: Vec<(Uuid,)> = query_as::<DB, _>(
            "delete from stock_alerts
             where (confirmed_at is null and asked_at < $1)
                or (confirmed_at is not null and confirmed_at < $2)
                or (told_at is not null and told_at < $3)
             returning id",
        )
        .bind(which.unconfirmed_before.micros())
        .bind(which.confirmed_before.micros())
        .bind(which.told_before.micros())
        .fetch_all(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        u32::try_from(gone.len()).map_err(|_| StoreError::Broken("a list is too long".to_owned()))
    }
}
