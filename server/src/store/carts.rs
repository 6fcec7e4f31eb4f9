//! Carts, their lines, and what checkout knows so far.

use super::DbTx;
use super::cells::{broken, count, from_json, index, to_json};
use super::engine::{Column, Engine, Row};
use super::error::from_sqlx;
use async_trait::async_trait;
use shop_core::cart::{Cart, Line, Quantity};
use shop_core::discount::DiscountCode;
use shop_core::id::{CartId, VariantId};
use shop_core::money::Money;
use shop_core::time::Timestamp;
use shop_flows::ports::{Carts, Draft, StoreError};
use sqlx::{Executor, FromRow, query, query_as};
use uuid::Uuid;

#[derive(FromRow)]
struct LineRow {
    variant_id: Uuid,
    quantity: i64,
    seen_price_cents: i64,
}

impl TryFrom<LineRow> for Line {
    type Error = StoreError;

    fn try_from(row: LineRow) -> Result<Self, StoreError> {
        Ok(Self {
            variant: VariantId::new(row.variant_id),
            quantity: Quantity::new(count(row.quantity, "cart_lines.quantity")?)
                .ok_or_else(|| broken("cart_lines.quantity"))?,
            seen_price: Money::cents(row.seen_price_cents),
        })
    }
}

#[async_trait]
impl<DB> Carts for DbTx<DB>
where
    DB: Engine,
    for<'c> &'c mut DB::Connection: Executor<'c, Database = DB>,
    LineRow: Row<DB>,
    (Uuid,): Row<DB>,
    (String,): Row<DB>,
    (Option<String>,): Row<DB>,
    Uuid: Column<DB>,
    String: Column<DB>,
    Option<String>: Column<DB>,
    i64: Column<DB>,
{
    async fn cart(&mut self, id: CartId) -> Result<Option<Cart>, StoreError> {
        // Two clicks at once: the second waits here, and adds to what the first one saved.
        let found = if self.writes {
            "update carts set touched_at = touched_at where id = $1 returning discount_code"
        } else {
            "select discount_code from carts where id = $1"
        };
        let found: Option<(Option<String>,)> =
            query_as::<DB, _>(found).bind(id.uuid()).fetch_optional(&mut *self.inner).await.map_err(from_sqlx)?;
        let Some((code,)) = found else { return Ok(None) };
        let read = |code: String| DiscountCode::parse(&code).ok_or_else(|| broken("carts.discount_code"));
        let code = code.map(read).transpose()?;
        let rows: Vec<LineRow> = query_as::<DB, _>(
            "select variant_id, quantity, seen_price_cents
             from cart_lines
             where cart_id = $1
             order by position",
        )
        .bind(id.uuid())
        .fetch_all(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        let lines = rows.into_iter().map(Line::try_from).collect::<Result<_, _>>()?;
        Ok(Some(Cart { id, lines, code }))
    }

    async fn save_cart(&mut self, cart: &Cart, now: Timestamp) -> Result<(), StoreError> {
        query::<DB>(
            "insert into carts (id, touched_at, discount_code)
             values ($1, $2, $3)
             on conflict (id) do update set touched_at = excluded.touched_at, discount_code = excluded.discount_code",
        )
        .bind(cart.id.uuid())
        .bind(now.micros())
        .bind(cart.code.as_ref().map(|code| code.as_str().to_owned()))
        .execute(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        query::<DB>("delete from cart_lines where cart_id = $1")
            .bind(cart.id.uuid())
            .execute(&mut *self.inner)
            .await
            .map_err(from_sqlx)?;
        for (position, line) in cart.lines.iter().enumerate() {
            query::<DB>(
                "insert into cart_lines (cart_id, position, variant_id, quantity, seen_price_cents)
                 values ($1, $2, $3, $4, $5)",
            )
            .bind(cart.id.uuid())
            .bind(index(position)?)
            .bind(line.variant.uuid())
            .bind(i64::from(line.quantity.get()))
            .bind(line.seen_price.in_cents())
            .execute(&mut *self.inner)
            .await
            .map_err(from_sqlx)?;
        }
        Ok(())
    }

    async fn delete_cart(&mut self, id: CartId) -> Result<(), StoreError> {
        query::<DB>("delete from carts where id = $1")
            .bind(id.uuid())
            .execute(&mut *self.inner)
            .await
            .map(drop)
            .map_err(from_sqlx)
    }

    async fn draft(&mut self, cart: CartId) -> Result<Option<Draft>, StoreError> {
        let row: Option<(String,)> = query_as::<DB, _>("select body from checkout_drafts where cart_id = $1")
            .bind(cart.uuid())
            .fetch_optional(&mut *self.inner)
            .await
            .map_err(from_sqlx)?;
        row.map(|(body,)| from_json(&body, "checkout_drafts.body")).transpose()
    }

    async fn save_draft(&mut self, cart: CartId, draft: &Draft, now: Timestamp) -> Result<(), StoreError> {
        query::<DB>(
            "insert into checkout_drafts (cart_id, body, saved_at)
             values ($1, $2, $3)
             on conflict (cart_id) do update set body = excluded.body, saved_at = excluded.saved_at",
        )
        .bind(cart.uuid())
        .bind(to_json(draft)?)
        .bind(now.micros())
        .execute(&mut *self.inner)
        .await
        .map(drop)
        .map_err(from_sqlx)
    }

    async fn forget_carts(&mut self, before: Timestamp) -> Result<u32, StoreError> {
        // What is held for a cart is let go of first, or the pieces would stay promised to nobody.
        let gone: Vec<(Uuid,)> = query_as::<DB, _>(
            "delete from carts
             where touched_at < $1
               and not exists (select 1 from orders where orders.cart_id = carts.id)
               and not exists (select 1 from reservations where reservations.cart_id = carts.id)
             returning id",
        )
        .bind(before.micros())
        .fetch_all(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        count(index(gone.len())?, "carts")
    }
}
