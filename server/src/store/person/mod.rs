//! All that is held of one person: read by the classification of the columns, and taken away.

mod erase;
pub mod ties;

use super::DbTx;
use super::cells::broken;
use super::engine::{Column, Engine, Row};
use super::error::from_sqlx;
use super::orders::rows::OrderRow;
use async_trait::async_trait;
use shop_core::id::{CartId, CustomerId};
use shop_core::order::{Order, OrderNumber};
use shop_core::time::Timestamp;
use shop_flows::ports::{Erased, HeldRow, HeldTable, LeftOut, Person, Persons, StoreError};
use sqlx::{AssertSqlSafe, ColumnIndex, Executor, Row as _, query, query_as};
use ties::Tie;
use uuid::Uuid;

#[async_trait]
impl<DB> Persons for DbTx<DB>
where
    DB: Engine,
    for<'c> &'c mut DB::Connection: Executor<'c, Database = DB>,
    OrderRow: Row<DB>,
    (Uuid,): Row<DB>,
    (Option<String>,): Row<DB>,
    (String, i64): Row<DB>,
    Uuid: Column<DB>,
    String: Column<DB>,
    i64: Column<DB>,
    Option<String>: Column<DB>,
    usize: ColumnIndex<DB::Row>,
{
    async fn held(&mut self, who: &Person) -> Result<Vec<HeldTable>, StoreError> {
        let mut all = Vec::new();
        for (table, columns) in ties::shown_tables() {
            let tie = ties::tie(&table).ok_or_else(|| broken(table.name))?;
            let read: Vec<String> = columns.iter().map(|column| ties::expression(column.name)).collect();
            let order = ties::order_of(&table);
            let of = |condition: &str| {
                let read = read.join(", ");
                format!("select {order}, {read} from {} where {condition} order by 1, 2", table.name)
            };
            // The names are those of the classification, which a test compares with the tables; nothing of hers is part of the text.
            let asked = match (tie, who.customer) {
                (Tie::Customer(condition), Some(customer)) => {
                    query::<DB>(AssertSqlSafe(of(condition))).bind(customer.uuid()).fetch_all(&mut *self.inner).await
                }
                (Tie::Customer(_), None) => continue,
                (Tie::Email(condition), _) => {
                    query::<DB>(AssertSqlSafe(of(condition))).bind(who.email.folded()).fetch_all(&mut *self.inner).await
                }
                (Tie::Hash(condition), _) => {
                    query::<DB>(AssertSqlSafe(of(condition)))
                        .bind(who.address_hash.clone())
                        .fetch_all(&mut *self.inner)
                        .await
                }
            };
            let mut rows = Vec::new();
            for row in asked.map_err(from_sqlx)? {
                let cell = |place: usize| row.try_get::<Option<String>, usize>(place).map_err(from_sqlx);
                let values = (1..=columns.len()).map(cell).collect::<Result<Vec<_>, _>>()?;
                rows.push(HeldRow { order: cell(0)?, values });
            }
            if !rows.is_empty() {
                all.push(HeldTable { table: table.name, columns, rows });
            }
        }
        Ok(all)
    }

    fn left_out(&self) -> Vec<LeftOut> {
        ties::left_out()
    }

    async fn orders_of(&mut self, customer: CustomerId) -> Result<Vec<Order>, StoreError> {
        let rows: Vec<OrderRow> = query_as::<DB, _>(
            "select id, number, cart_id, customer_id, state_json, method, placed_at, version, body
             from orders
             where customer_id = $1
             order by placed_at, id",
        )
        .bind(customer.uuid())
        .fetch_all(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        rows.into_iter().map(Order::try_from).collect()
    }

    async fn carts_of(&mut self, customer: CustomerId) -> Result<Vec<CartId>, StoreError> {
        let rows: Vec<(Uuid,)> = query_as::<DB, _>(
            "select distinct carts.id
             from sessions
             join carts on carts.id = sessions.cart_id
             where sessions.customer_id = $1",
        )
        .bind(customer.uuid())
        .fetch_all(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        Ok(rows.into_iter().map(|(id,)| CartId::new(id)).collect())
    }

    async fn open_withdrawals(&mut self, who: &Person) -> Result<Vec<Option<OrderNumber>>, StoreError> {
        let number = "select (select orders.number from orders where orders.id = tasks.order_id) from tasks";
        let open = "closed_at is null and kind = 'withdrawn'";
        let named = format!("{number} where {open} and {} order by id", ties::WITHDRAWAL_NAMES);
        let mut rows: Vec<(Option<String>,)> = query_as::<DB, _>(AssertSqlSafe(named))
            .bind(who.email.folded())
            .fetch_all(&mut *self.inner)
            .await
            .map_err(from_sqlx)?;
        if let Some(customer) = who.customer {
            let of_hers = format!(
                "{number} where {open} and order_id in (select id from orders where customer_id = $1) order by id"
            );
            let more: Vec<(Option<String>,)> = query_as::<DB, _>(AssertSqlSafe(of_hers))
                .bind(customer.uuid())
                .fetch_all(&mut *self.inner)
                .await
                .map_err(from_sqlx)?;
            rows.extend(more);
        }
        rows.sort();
        rows.dedup();
        Ok(rows.into_iter().map(|(number,)| number.as_deref().and_then(OrderNumber::parse)).collect())
    }

    async fn erase(&mut self, who: &Person, forgotten: &[Order]) -> Result<(), StoreError> {
        self.erase_person(who, forgotten).await
    }

    async fn save_erased(&mut self, erased: &Erased) -> Result<(), StoreError> {
        query::<DB>(
            "insert into erasures (email_hash, at)
             values ($1, $2)
             on conflict (email_hash) do update set at = excluded.at
             where erasures.at < excluded.at",
        )
        .bind(erased.email_hash.clone())
        .bind(erased.at.micros())
        .execute(&mut *self.inner)
        .await
        .map(drop)
        .map_err(from_sqlx)
    }

    async fn erased(&mut self) -> Result<Vec<Erased>, StoreError> {
        let rows: Vec<(String, i64)> = query_as::<DB, _>("select email_hash, at from erasures order by email_hash")
            .fetch_all(&mut *self.inner)
            .await
            .map_err(from_sqlx)?;
        let erased = |(email_hash, at)| Erased { email_hash, at: Timestamp::from_micros(at) };
        Ok(rows.into_iter().map(erased).collect())
    }

    async fn known_addresses(&mut self) -> Result<Vec<(String, Timestamp)>, StoreError> {
        let rows: Vec<(String, i64)> = query_as::<DB, _>(
            "select email_folded, created_at from customers
             union all
             select email_folded, asked_at from stock_alerts",
        )
        .fetch_all(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        Ok(rows.into_iter().map(|(email, since)| (email, Timestamp::from_micros(since))).collect())
    }
}
