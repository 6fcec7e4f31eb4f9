//! Who was given what about an order.

use super::DbTx;
use super::cells::broken;
use super::engine::{Column, Engine, Row};
use super::error::from_sqlx;
use async_trait::async_trait;
use shop_core::id::OrderId;
use shop_core::privacy::{Disclosed, Party, Purpose};
use shop_core::time::Timestamp;
use shop_flows::ports::{Disclosures, StoreError, Told};
use sqlx::{Executor, FromRow, query_as};
use uuid::Uuid;

#[derive(FromRow)]
struct ToldRow {
    party: String,
    fields: String,
    purpose: String,
    at: i64,
}

impl TryFrom<ToldRow> for Told {
    type Error = StoreError;

    fn try_from(row: ToldRow) -> Result<Self, StoreError> {
        let what = Disclosed {
            party: Party::parse(&row.party).ok_or_else(|| broken("disclosures.party"))?,
            fields: Disclosed::read_fields(&row.fields).ok_or_else(|| broken("disclosures.fields"))?,
            purpose: Purpose::parse(&row.purpose).ok_or_else(|| broken("disclosures.purpose"))?,
        };
        Ok(Self { what, at: Timestamp::from_micros(row.at) })
    }
}

#[async_trait]
impl<DB> Disclosures for DbTx<DB>
where
    DB: Engine,
    for<'c> &'c mut DB::Connection: Executor<'c, Database = DB>,
    ToldRow: Row<DB>,
    (i64,): Row<DB>,
    Uuid: Column<DB>,
    String: Column<DB>,
    i64: Column<DB>,
{
    async fn disclose(&mut self, order: OrderId, what: &Disclosed, at: Timestamp) -> Result<(), StoreError> {
        query_as::<DB, (i64,)>(
            "insert into disclosures (order_id, party, fields, purpose, at)
             values ($1, $2, $3, $4, $5)
             returning id",
        )
        .bind(order.uuid())
        .bind(what.party.name().to_owned())
        .bind(what.field_names())
        .bind(what.purpose.name().to_owned())
        .bind(at.micros())
        .fetch_one(&mut *self.inner)
        .await
        .map(drop)
        .map_err(from_sqlx)
    }

    async fn disclosures(&mut self, order: OrderId) -> Result<Vec<Told>, StoreError> {
        let rows: Vec<ToldRow> = query_as::<DB, _>(
            "select party, fields, purpose, at
             from disclosures
             where order_id = $1
             order by id",
        )
        .bind(order.uuid())
        .fetch_all(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        rows.into_iter().map(Told::try_from).collect()
    }
}
