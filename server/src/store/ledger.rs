//! The books. One row is one movement from one account to another; triggers keep what is written.

use super::DbTx;
use super::cells::broken;
use super::engine::{Column, Engine, Row};
use super::error::from_sqlx;
use async_trait::async_trait;
use shop_core::id::{AttemptId, OrderId};
use shop_core::ledger::{Account, Entry, Posting};
use shop_core::money::Money;
use shop_core::time::Timestamp;
use shop_flows::ports::{Ledger, StoreError};
use sqlx::{Executor, FromRow, query_as};
use uuid::Uuid;

#[derive(FromRow)]
struct EntryRow {
    order_id: Uuid,
    what: String,
    about_id: Uuid,
    to_account: String,
    from_account: String,
    amount_cents: i64,
    at: i64,
}

impl TryFrom<EntryRow> for Entry {
    type Error = StoreError;

    fn try_from(row: EntryRow) -> Result<Self, StoreError> {
        let what = Posting::parse(&row.what).ok_or_else(|| broken("ledger.what"))?;
        let to = Account::parse(&row.to_account).ok_or_else(|| broken("ledger.to_account"))?;
        let from = Account::parse(&row.from_account).ok_or_else(|| broken("ledger.from_account"))?;
        let (order, amount) = (OrderId::new(row.order_id), Money::cents(row.amount_cents));
        Self::read(order, what, row.about_id, (to, from), amount, Timestamp::from_micros(row.at))
            .ok_or_else(|| broken("ledger.to_account"))
    }
}

#[async_trait]
impl<DB> Ledger for DbTx<DB>
where
    DB: Engine,
    for<'c> &'c mut DB::Connection: Executor<'c, Database = DB>,
    EntryRow: Row<DB>,
    (i64,): Row<DB>,
    (Uuid,): Row<DB>,
    Uuid: Column<DB>,
    String: Column<DB>,
    i64: Column<DB>,
{
    async fn post(&mut self, entry: &Entry) -> Result<bool, StoreError> {
        let written: Option<(i64,)> = query_as::<DB, _>(
            "insert into ledger (order_id, what, about_id, to_account, from_account, amount_cents, at)
             values ($1, $2, $3, $4, $5, $6, $7)
             on conflict (what, about_id) do nothing
             returning id",
        )
        .bind(entry.order().uuid())
        .bind(entry.what().name().to_owned())
        .bind(entry.about())
        .bind(entry.to().name().to_owned())
        .bind(entry.from().name().to_owned())
        .bind(entry.amount().in_cents())
        .bind(entry.at().micros())
        .fetch_optional(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        Ok(written.is_some())
    }

    async fn entries_between(&mut self, from: Timestamp, until: Timestamp) -> Result<Vec<Entry>, StoreError> {
        let rows: Vec<EntryRow> = query_as::<DB, _>(
            "select order_id, what, about_id, to_account, from_account, amount_cents, at
             from ledger
             where at >= $1 and at < $2
             order by id",
        )
        .bind(from.micros())
        .bind(until.micros())
        .fetch_all(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        rows.into_iter().map(Entry::try_from).collect()
    }

    async fn open_promises(&mut self) -> Result<Vec<AttemptId>, StoreError> {
        let rows: Vec<(Uuid,)> = query_as::<DB, _>(
            "select about_id
             from ledger promised
             where what = 'promised'
               and not exists (select 1
                               from ledger ended
                               where ended.about_id = promised.about_id
                                 and ended.what in ('promise_taken', 'promise_let_go'))
             order by id",
        )
        .fetch_all(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        Ok(rows.into_iter().map(|(id,)| AttemptId::new(id)).collect())
    }

    async fn entries(&mut self, order: OrderId) -> Result<Vec<Entry>, StoreError> {
        let rows: Vec<EntryRow> = query_as::<DB, _>(
            "select order_id, what, about_id, to_account, from_account, amount_cents, at
             from ledger
             where order_id = $1
             order by id",
        )
        .bind(order.uuid())
        .fetch_all(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        rows.into_iter().map(Entry::try_from).collect()
    }
}
