//! The store on SQLite or PostgreSQL: one set of queries, written for both. Which engine it is, is decided once, by the address;
//! nobody outside this folder can tell.

mod alerts;
mod bank;
mod carts;
mod catalogue;
mod cells;
pub mod columns;
mod consent;
mod customers;
mod disclosures;
mod discounts;
mod engine;
mod error;
mod fit;
mod health;
mod inbox;
mod jobs;
mod keeping;
mod ledger;
mod letters;
mod newsletter;
mod orders;
mod payments;
mod person;
mod postgres;
mod privacy_desk;
mod refunds;
mod sessions;
mod sqlite;
mod stock;
mod team;

use async_trait::async_trait;
use engine::{Engine, Row};
use error::from_sqlx;
use shop_flows::ports::{
    Alerts, BankBook, Carts, Catalogue, Consents, Customers, DayCounts, Disclosures, Discounts, FitVotes, Health,
    Inbox, Jobs, Keeping, Ledger, LetterBook, MailingList, Orders, Payments, Persons, PrivacyDesk, Refunds, Sessions,
    StockBook, Store, StoreError, Team, Tx,
};
use sqlx::{Executor, Pool, Transaction, query, query_as};
use std::sync::Arc;

/// The store at an address: `sqlite:shop.db` (made when it is not there), `sqlite::memory:` (gone when dropped, one
/// connection for both doors) or `postgres://…`. Brings its tables up to date first.
///
/// Fails with `Unavailable` when the address is of no such kind, when the database cannot be opened, or when a migration fails.
/// The address is never part of an error: it may hold a password.
pub async fn open(url: &str) -> Result<Arc<dyn Store>, StoreError> {
    if url.starts_with("sqlite:") {
        Ok(Arc::new(sqlite::connect(url).await?))
    } else if url.starts_with("postgres:") || url.starts_with("postgresql:") {
        Ok(Arc::new(postgres::connect(url).await?))
    } else {
        Err(StoreError::Unavailable("a database address begins with sqlite: or postgres:".to_owned()))
    }
}

/// A database with its two doors; both are the same pool where the engine needs no difference.
struct DbStore<DB: Engine> {
    writer: Pool<DB>,
    reader: Pool<DB>,
}

/// An open transaction. Dropped without `commit`, it is rolled back.
struct DbTx<DB: Engine> {
    inner: Transaction<'static, DB>,
    /// Opened through `begin()`. Then a read of what will be saved whole also keeps others from changing it meanwhile: SQLite
    /// has one writer anyway, on PostgreSQL an update that changes nothing locks the row.
    writes: bool,
}

#[async_trait]
impl<DB> Store for DbStore<DB>
where
    DB: Engine,
    for<'c> &'c mut DB::Connection: Executor<'c, Database = DB>,
    DbTx<DB>: Tx,
    (i64,): Row<DB>,
{
    async fn read(&self) -> Result<Box<dyn Tx>, StoreError> {
        let inner = self.reader.begin_with(DB::READ).await.map_err(from_sqlx)?;
        Ok(Box::new(DbTx { inner, writes: false }))
    }

    async fn begin(&self) -> Result<Box<dyn Tx>, StoreError> {
        let inner = self.writer.begin_with(DB::BEGIN).await.map_err(from_sqlx)?;
        Ok(Box::new(DbTx { inner, writes: true }))
    }

    async fn ping(&self) -> Result<(), StoreError> {
        let mut connection = self.reader.acquire().await.map_err(from_sqlx)?;
        query_as::<DB, (i64,)>("select catalogue_version from shop_state where id = 1")
            .fetch_one(&mut *connection)
            .await
            .map(drop)
            .map_err(from_sqlx)
    }

    async fn scrub(&self) -> Result<(), StoreError> {
        let Some(scrub) = DB::SCRUB else { return Ok(()) };
        let mut connection = self.writer.acquire().await.map_err(from_sqlx)?;
        if let Some((are_there, forget)) = DB::SAMPLES {
            let (tables,): (i64,) = query_as(are_there).fetch_one(&mut *connection).await.map_err(from_sqlx)?;
            if tables > 0 {
                query::<DB>(forget).execute(&mut *connection).await.map_err(from_sqlx)?;
            }
        }
        let (busy,): (i64,) = query_as(scrub).fetch_one(&mut *connection).await.map_err(from_sqlx)?;
        if busy == 0 {
            Ok(())
        } else {
            Err(StoreError::Unavailable("somebody reads; the log stays a moment".to_owned()))
        }
    }
}

#[async_trait]
impl<DB> Tx for DbTx<DB>
where
    DB: Engine,
    Self: Catalogue
        + StockBook
        + Carts
        + Discounts
        + Sessions
        + Orders
        + Payments
        + Refunds
        + Ledger
        + Customers
        + Team
        + Jobs
        + Alerts
        + FitVotes
        + BankBook
        + Health
        + Disclosures
        + Consents
        + DayCounts
        + MailingList
        + LetterBook
        + Keeping
        + Inbox
        + PrivacyDesk
        + Persons
        + Send,
{
    async fn commit(self: Box<Self>) -> Result<(), StoreError> {
        self.inner.commit().await.map_err(from_sqlx)
    }
}
