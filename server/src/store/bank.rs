//! Bookings that were read from the owner's bank statements.

use super::DbTx;
use super::engine::{Column, Engine, Row};
use super::error::from_sqlx;
use super::orders::rows::OrderRow;
use async_trait::async_trait;
use shop_core::id::OrderId;
use shop_core::money::Money;
use shop_core::order::Order;
use shop_flows::ports::{BankBook, FiledBooking, StoreError, TransferOrder};
use sqlx::{Executor, query, query_as};
use std::collections::HashMap;
use uuid::Uuid;

/// Transfers that a statement is compared with. Older ones are years ago.
const MOST: i64 = 2_000;

#[async_trait]
impl<DB> BankBook for DbTx<DB>
where
    DB: Engine,
    for<'c> &'c mut DB::Connection: Executor<'c, Database = DB>,
    OrderRow: Row<DB>,
    (String,): Row<DB>,
    (Uuid, i64): Row<DB>,
    (i64,): Row<DB>,
    Uuid: Column<DB>,
    String: Column<DB>,
    i64: Column<DB>,
    Option<Uuid>: Column<DB>,
{
    async fn has_booking(&mut self, id: &str) -> Result<bool, StoreError> {
        let known: Option<(String,)> = query_as::<DB, _>("select id from bank_bookings where id = $1")
            .bind(id.to_owned())
            .fetch_optional(&mut *self.inner)
            .await
            .map_err(from_sqlx)?;
        Ok(known.is_some())
    }

    async fn file_booking(&mut self, booking: &FiledBooking) -> Result<bool, StoreError> {
        let written: Option<(String,)> = query_as::<DB, _>(
            "insert into bank_bookings (id, order_id, day, amount_cents, verdict, at)
             values ($1, $2, $3, $4, $5, $6)
             on conflict do nothing
             returning id",
        )
        .bind(booking.id.clone())
        .bind(booking.order.map(OrderId::uuid))
        .bind(booking.day.number())
        .bind(booking.amount.in_cents())
        .bind(booking.verdict.clone())
        .bind(booking.at.micros())
        .fetch_optional(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        Ok(written.is_some())
    }

    async fn transfers(&mut self) -> Result<Vec<TransferOrder>, StoreError> {
        let rows: Vec<OrderRow> = query_as::<DB, _>(
            "select id, number, cart_id, customer_id, state_json, method, placed_at, version, body
             from orders
             where exists (select 1
                           from attempts
                           where attempts.order_id = orders.id and attempts.method in ('bank_transfer', 'invoice'))
             order by placed_at desc, id desc
             limit $1",
        )
        .bind(MOST)
        .fetch_all(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        let parts: Vec<(Uuid, i64)> = query_as::<DB, _>(
            "select order_id, cast(sum(amount_cents) as bigint)
             from bank_bookings
             where verdict = 'partial' and order_id is not null
             group by order_id",
        )
        .fetch_all(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        let claims: Vec<(Uuid, i64)> = query_as::<DB, _>(
            "select order_id, cast(sum(amount_cents) as bigint)
             from attempts
             where method = 'invoice' and state = 'open'
             group by order_id",
        )
        .fetch_all(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        let parts: HashMap<Uuid, i64> = parts.into_iter().collect();
        let claims: HashMap<Uuid, i64> = claims.into_iter().collect();
        rows.into_iter()
            .map(|row| {
                let order = Order::try_from(row)?;
                let parts = Money::cents(parts.get(&order.id.uuid()).copied().unwrap_or(0));
                let claim = claims.get(&order.id.uuid()).copied().map(Money::cents);
                Ok(TransferOrder { order, parts, claim })
            })
            .collect()
    }

    async fn parts(&mut self, order: OrderId) -> Result<Money, StoreError> {
        let (parts,): (i64,) = query_as::<DB, _>(
            "select cast(coalesce(sum(amount_cents), 0) as bigint)
             from bank_bookings
             where verdict = 'partial' and order_id = $1",
        )
        .bind(order.uuid())
        .fetch_one(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        Ok(Money::cents(parts))
    }

    async fn book_parts(&mut self, order: OrderId) -> Result<(), StoreError> {
        query::<DB>("update bank_bookings set verdict = 'part' where order_id = $1 and verdict = 'partial'")
            .bind(order.uuid())
            .execute(&mut *self.inner)
            .await
            .map(drop)
            .map_err(from_sqlx)
    }
}
