//! Sessions of browsers. The cookie itself is never kept, only its keyed hash.

use super::DbTx;
use super::cells::{broken, count, from_json, index, to_json};
use super::engine::{Column, Engine, Row};
use super::error::from_sqlx;
use async_trait::async_trait;
use shop_core::id::{CartId, CustomerId, StaffId};
use shop_core::order::OrderNumber;
use shop_core::time::Timestamp;
use shop_flows::ports::{Session, Sessions, StoreError};
use sqlx::{Executor, FromRow, query, query_as};
use uuid::Uuid;

#[derive(FromRow)]
struct SessionRow {
    hash: String,
    cart_id: Option<Uuid>,
    customer_id: Option<Uuid>,
    staff_id: Option<Uuid>,
    orders: String,
    flash: Option<String>,
    created_at: i64,
    seen_at: i64,
    expires_at: i64,
}

impl TryFrom<SessionRow> for Session {
    type Error = StoreError;

    fn try_from(row: SessionRow) -> Result<Self, StoreError> {
        let numbers: Vec<String> = from_json(&row.orders, "sessions.orders")?;
        let orders = numbers.iter().map(|text| OrderNumber::parse(text).ok_or_else(|| broken("sessions.orders")));
        Ok(Self {
            hash: row.hash,
            cart: row.cart_id.map(CartId::new),
            customer: row.customer_id.map(CustomerId::new),
            staff: row.staff_id.map(StaffId::new),
            orders: orders.collect::<Result<_, _>>()?,
            flash: row.flash,
            created_at: Timestamp::from_micros(row.created_at),
            seen_at: Timestamp::from_micros(row.seen_at),
            expires_at: Timestamp::from_micros(row.expires_at),
        })
    }
}

#[async_trait]
impl<DB> Sessions for DbTx<DB>
where
    DB: Engine,
    for<'c> &'c mut DB::Connection: Executor<'c, Database = DB>,
    SessionRow: Row<DB>,
    (String,): Row<DB>,
    (Uuid,): Row<DB>,
    Uuid: Column<DB>,
    String: Column<DB>,
    i64: Column<DB>,
    Option<Uuid>: Column<DB>,
    Option<String>: Column<DB>,
{
    async fn session(&mut self, hash: &str, now: Timestamp) -> Result<Option<Session>, StoreError> {
        // It is saved whole, so two tabs of one browser wait for each other, or the second would undo what the first one did.
        let found = if self.writes {
            "update sessions
             set seen_at = seen_at
             where hash = $1 and expires_at > $2
             returning hash, cart_id, customer_id, staff_id, orders, flash, created_at, seen_at, expires_at"
        } else {
            "select hash, cart_id, customer_id, staff_id, orders, flash, created_at, seen_at, expires_at
             from sessions
             where hash = $1 and expires_at > $2"
        };
        let row: Option<SessionRow> = query_as::<DB, _>(found)
            .bind(hash.to_owned())
            .bind(now.micros())
            .fetch_optional(&mut *self.inner)
            .await
            .map_err(from_sqlx)?;
        row.map(Session::try_from).transpose()
    }

    async fn save_session(&mut self, session: &Session) -> Result<(), StoreError> {
        let orders: Vec<&str> = session.orders.iter().map(OrderNumber::as_str).collect();
        query::<DB>(
            "insert into sessions (hash, cart_id, customer_id, staff_id, orders, flash, created_at, seen_at, expires_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
             on conflict (hash) do update set
                 cart_id = excluded.cart_id,
                 customer_id = excluded.customer_id,
                 staff_id = excluded.staff_id,
                 orders = excluded.orders,
                 flash = excluded.flash,
                 seen_at = excluded.seen_at,
                 expires_at = excluded.expires_at",
        )
        .bind(session.hash.clone())
        .bind(session.cart.map(CartId::uuid))
        .bind(session.customer.map(CustomerId::uuid))
        .bind(session.staff.map(StaffId::uuid))
        .bind(to_json(&orders)?)
        .bind(session.flash.clone())
        .bind(session.created_at.micros())
        .bind(session.seen_at.micros())
        .bind(session.expires_at.micros())
        .execute(&mut *self.inner)
        .await
        .map(drop)
        .map_err(from_sqlx)
    }

    async fn end_session(&mut self, hash: &str) -> Result<(), StoreError> {
        query::<DB>("delete from sessions where hash = $1")
            .bind(hash.to_owned())
            .execute(&mut *self.inner)
            .await
            .map(drop)
            .map_err(from_sqlx)
    }

    async fn end_staff_sessions(&mut self, staff: StaffId) -> Result<u32, StoreError> {
        let gone: Vec<(String,)> = query_as::<DB, _>("delete from sessions where staff_id = $1 returning hash")
            .bind(staff.uuid())
            .fetch_all(&mut *self.inner)
            .await
            .map_err(from_sqlx)?;
        count(index(gone.len())?, "sessions")
    }

    async fn cart_of_customer(&mut self, customer: CustomerId) -> Result<Option<CartId>, StoreError> {
        let row: Option<(Uuid,)> = query_as::<DB, _>(
            "select carts.id
             from sessions
             join carts on carts.id = sessions.cart_id
             where sessions.customer_id = $1
               and exists (select 1 from cart_lines where cart_lines.cart_id = carts.id)
             order by carts.touched_at desc, carts.id
             limit 1",
        )
        .bind(customer.uuid())
        .fetch_optional(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        Ok(row.map(|(id,)| CartId::new(id)))
    }

    async fn share_cart(&mut self, customer: CustomerId, cart: CartId) -> Result<(), StoreError> {
        query::<DB>("update sessions set cart_id = $1 where customer_id = $2")
            .bind(cart.uuid())
            .bind(customer.uuid())
            .execute(&mut *self.inner)
            .await
            .map(drop)
            .map_err(from_sqlx)
    }

    async fn sessions_with_cart(&mut self, cart: CartId) -> Result<u32, StoreError> {
        let with: Vec<(String,)> = query_as::<DB, _>("select hash from sessions where cart_id = $1")
            .bind(cart.uuid())
            .fetch_all(&mut *self.inner)
            .await
            .map_err(from_sqlx)?;
        count(index(with.len())?, "sessions")
    }

    async fn forget_sessions(&mut self, now: Timestamp) -> Result<u32, StoreError> {
        let gone: Vec<(String,)> = query_as::<DB, _>("delete from sessions where expires_at <= $1 returning hash")
            .bind(now.micros())
            .fetch_all(&mut *self.inner)
            .await
            .map_err(from_sqlx)?;
        count(index(gone.len())?, "sessions")
    }
}
