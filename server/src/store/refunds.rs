//! Payments back to shoppers. What a refund is for never changes; how far it has come is saved with the version that was read.

use super::DbTx;
use super::cells::{from_json, to_json};
use super::engine::{Column, Engine, Row};
use super::error::from_sqlx;
use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use shop_core::cart::VatLine;
use shop_core::id::{AttemptId, OrderId, RefundId};
use shop_core::money::Money;
use shop_core::order::Refund;
use shop_core::order::refund::{Credit, RefundOf};
use shop_core::time::Timestamp;
use shop_flows::ports::{Refunds, StoreError};
use sqlx::{Executor, FromRow, query_as};
use uuid::Uuid;

#[derive(FromRow)]
struct RefundRow {
    id: Uuid,
    order_id: Uuid,
    attempt_id: Uuid,
    amount_cents: i64,
    state_json: String,
    provider_id: Option<String>,
    created_at: i64,
    version: i64,
    body: String,
}

/// What no list looks at.
#[derive(Serialize, Deserialize)]
struct Body {
    of: RefundOf,
    vat: Vec<VatLine>,
    /// Refunds of before there were invoices of our own have none.
    #[serde(default)]
    set_off: Money,
}

impl TryFrom<RefundRow> for Refund {
    type Error = StoreError;

    fn try_from(row: RefundRow) -> Result<Self, StoreError> {
        let Body { of, vat, set_off } = from_json(&row.body, "refunds.body")?;
        Ok(Self {
            id: RefundId::new(row.id),
            order: OrderId::new(row.order_id),
            attempt: AttemptId::new(row.attempt_id),
            credit: Credit { of, amount: Money::cents(row.amount_cents), vat },
            set_off,
            state: from_json(&row.state_json, "refunds.state_json")?,
            provider_id: row.provider_id,
            created_at: Timestamp::from_micros(row.created_at),
            version: row.version,
        })
    }
}

#[async_trait]
impl<DB> Refunds for DbTx<DB>
where
    DB: Engine,
    for<'c> &'c mut DB::Connection: Executor<'c, Database = DB>,
    RefundRow: Row<DB>,
    (Uuid,): Row<DB>,
    (i64,): Row<DB>,
    Uuid: Column<DB>,
    String: Column<DB>,
    i64: Column<DB>,
    Option<String>: Column<DB>,
{
    async fn insert_refund(&mut self, refund: &Refund) -> Result<(), StoreError> {
        let Credit { of, amount, vat } = refund.credit.clone();
        let written: Option<(Uuid,)> = query_as::<DB, _>(
            "insert into refunds (id, order_id, attempt_id, amount_cents, state, state_json, provider_id, created_at, version, body)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
             on conflict do nothing
             returning id",
        )
        .bind(refund.id.uuid())
        .bind(refund.order.uuid())
        .bind(refund.attempt.uuid())
        .bind(amount.in_cents())
        .bind(refund.state.name().to_owned())
        .bind(to_json(&refund.state)?)
        .bind(refund.provider_id.clone())
        .bind(refund.created_at.micros())
        .bind(refund.version)
        .bind(to_json(&Body { of, vat, set_off: refund.set_off })?)
        .fetch_optional(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        written.map(drop).ok_or(StoreError::Duplicate)
    }

    async fn save_refund(&mut self, refund: &mut Refund) -> Result<(), StoreError> {
        let saved: Option<(i64,)> = query_as::<DB, _>(
            "update refunds
             set state = $3,
                 state_json = $4,
                 provider_id = $5,
                 version = version + 1
             where id = $1 and version = $2
             returning version",
        )
        .bind(refund.id.uuid())
        .bind(refund.version)
        .bind(refund.state.name().to_owned())
        .bind(to_json(&refund.state)?)
        .bind(refund.provider_id.clone())
        .fetch_optional(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        let (version,) = saved.ok_or(StoreError::Conflict)?;
        refund.version = version;
        Ok(())
    }

    async fn refund(&mut self, id: RefundId) -> Result<Option<Refund>, StoreError> {
        let row: Option<RefundRow> = query_as::<DB, _>(
            "select id, order_id, attempt_id, amount_cents, state_json, provider_id, created_at, version, body
             from refunds
             where id = $1",
        )
        .bind(id.uuid())
        .fetch_optional(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        row.map(Refund::try_from).transpose()
    }

    async fn refunds(&mut self, order: OrderId) -> Result<Vec<Refund>, StoreError> {
        let rows: Vec<RefundRow> = query_as::<DB, _>(
            "select id, order_id, attempt_id, amount_cents, state_json, provider_id, created_at, version, body
             from refunds
             where order_id = $1
             order by created_at, id",
        )
        .bind(order.uuid())
        .fetch_all(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        rows.into_iter().map(Refund::try_from).collect()
    }
}
