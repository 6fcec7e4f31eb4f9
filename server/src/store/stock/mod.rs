//! Stock: what is promised, taken and brought back. Each change of a size is one statement that also checks, so two shoppers
//! cannot have the last piece. Sizes are changed in the order of their ids, so transactions cannot wait for each other in a ring.

mod shelf;

use super::DbTx;
use super::cells::{available, count};
use super::engine::{Column, Engine, Row};
use super::error::from_sqlx;
use async_trait::async_trait;
use shelf::{HeldRow, PiecesRow, ShelfRow};
use shop_core::id::{CartId, OrderId, ReservationId, VariantId};
use shop_core::stock::{Hold, MovementReason, Stock};
use shop_core::time::Timestamp;
use shop_flows::ports::{HeldLine, Left, StockBook, StoreError};
use sqlx::{Executor, query, query_as};
use uuid::Uuid;

#[async_trait]
impl<DB> StockBook for DbTx<DB>
where
    DB: Engine,
    for<'c> &'c mut DB::Connection: Executor<'c, Database = DB>,
    ShelfRow: Row<DB>,
    PiecesRow: Row<DB>,
    HeldRow: Row<DB>,
    (Uuid,): Row<DB>,
    Uuid: Column<DB>,
    String: Column<DB>,
    i64: Column<DB>,
{
    async fn stock(&mut self, variant: VariantId) -> Result<Option<Stock>, StoreError> {
        let shelf: Option<ShelfRow> = query_as::<DB, _>("select on_hand, held from variants where id = $1")
            .bind(variant.uuid())
            .fetch_optional(&mut *self.inner)
            .await
            .map_err(from_sqlx)?;
        shelf
            .map(|shelf| {
                Ok(Stock {
                    on_hand: count(shelf.on_hand, "variants.on_hand")?,
                    held: count(shelf.held, "variants.held")?,
                })
            })
            .transpose()
    }

    async fn count_stock(
        &mut self,
        variant: VariantId,
        on_hand: u32,
        actor: &str,
        now: Timestamp,
    ) -> Result<Option<Left>, StoreError> {
        let Some(was) = self.lock_shelf(variant.uuid()).await? else { return Ok(None) };
        query::<DB>("update variants set on_hand = $2 where id = $1")
            .bind(variant.uuid())
            .bind(i64::from(on_hand))
            .execute(&mut *self.inner)
            .await
            .map_err(from_sqlx)?;
        query::<DB>("insert into stock_counts (variant_id, counted, was, actor, at) values ($1, $2, $3, $4, $5)")
            .bind(variant.uuid())
            .bind(i64::from(on_hand))
            .bind(was.on_hand)
            .bind(actor.to_owned())
            .bind(now.micros())
            .execute(&mut *self.inner)
            .await
            .map_err(from_sqlx)?;
        let shelf = ShelfRow { on_hand: i64::from(on_hand), held: was.held };
        shelf.left(variant.uuid(), shelf.on_hand - was.on_hand).map(Some)
    }

    async fn hold(
        &mut self,
        cart: CartId,
        variant: VariantId,
        quantity: u32,
        hold: Hold,
        id: ReservationId,
    ) -> Result<Result<Left, u32>, StoreError> {
        let quantity = i64::from(quantity);
        let shelf: Option<ShelfRow> = query_as::<DB, _>(
            "update variants
             set held = held + $2
             where id = $1 and on_hand - held >= $2 and removed_at is null
             returning on_hand, held",
        )
        .bind(variant.uuid())
        .bind(quantity)
        .fetch_optional(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        let Some(shelf) = shelf else {
            // An unknown size, and one that was taken out of the shop, has none.
            let shelf: Option<ShelfRow> =
                query_as::<DB, _>("select on_hand, held from variants where id = $1 and removed_at is null")
                    .bind(variant.uuid())
                    .fetch_optional(&mut *self.inner)
                    .await
                    .map_err(from_sqlx)?;
            return shelf.map_or(Ok(0), |shelf| available(shelf.on_hand, shelf.held)).map(Err);
        };
        query::<DB>(
            "insert into reservations (id, variant_id, quantity, cart_id, order_id, until_at, extended)
             values ($1, $2, $3, $4, null, $5, $6)
             on conflict (cart_id, variant_id) do update set
                 quantity = reservations.quantity + excluded.quantity,
                 until_at = excluded.until_at,
                 extended = excluded.extended",
        )
        .bind(id.uuid())
        .bind(variant.uuid())
        .bind(quantity)
        .bind(cart.uuid())
        .bind(hold.until.micros())
        .bind(i64::from(hold.extended))
        .execute(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        shelf.left(variant.uuid(), -quantity).map(Ok)
    }

    async fn holds(&mut self, cart: CartId) -> Result<Vec<HeldLine>, StoreError> {
        let rows: Vec<HeldRow> = query_as::<DB, _>(
            "select variant_id, quantity, until_at, extended
             from reservations
             where cart_id = $1
             order by id",
        )
        .bind(cart.uuid())
        .fetch_all(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        rows.into_iter().map(HeldLine::try_from).collect()
    }

    async fn extend_holds(&mut self, cart: CartId, hold: Hold) -> Result<(), StoreError> {
        query::<DB>("update reservations set until_at = $2, extended = $3 where cart_id = $1")
            .bind(cart.uuid())
            .bind(hold.until.micros())
            .bind(i64::from(hold.extended))
            .execute(&mut *self.inner)
            .await
            .map(drop)
            .map_err(from_sqlx)
    }

    async fn release_cart(&mut self, cart: CartId) -> Result<Vec<Left>, StoreError> {
        let freed: Vec<PiecesRow> =
            query_as::<DB, _>("delete from reservations where cart_id = $1 returning variant_id, quantity")
                .bind(cart.uuid())
                .fetch_all(&mut *self.inner)
                .await
                .map_err(from_sqlx)?;
        self.let_go(freed).await
    }

    async fn ended_holds(&mut self, now: Timestamp, limit: u32) -> Result<Vec<CartId>, StoreError> {
        // A hold is over at its end, not after it (`Hold::is_over`).
        let carts: Vec<(Uuid,)> = query_as::<DB, _>(
            "select cart_id
             from reservations
             where cart_id is not null and until_at <= $1
             group by cart_id
             order by min(until_at), cart_id
             limit $2",
        )
        .bind(now.micros())
        .bind(i64::from(limit))
        .fetch_all(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        Ok(carts.into_iter().map(|(cart,)| CartId::new(cart)).collect())
    }

    async fn hold_for_order(&mut self, cart: CartId, order: OrderId, until: Timestamp) -> Result<(), StoreError> {
        query::<DB>("update reservations set cart_id = null, order_id = $2, until_at = $3 where cart_id = $1")
            .bind(cart.uuid())
            .bind(order.uuid())
            .bind(until.micros())
            .execute(&mut *self.inner)
            .await
            .map(drop)
            .map_err(from_sqlx)
    }

    async fn extend_order(&mut self, order: OrderId, until: Timestamp) -> Result<(), StoreError> {
        query::<DB>("update reservations set until_at = $2 where order_id = $1")
            .bind(order.uuid())
            .bind(until.micros())
            .execute(&mut *self.inner)
            .await
            .map(drop)
            .map_err(from_sqlx)
    }

    async fn take(&mut self, order: OrderId, now: Timestamp) -> Result<Vec<Left>, StoreError> {
        let mut held: Vec<PiecesRow> =
            query_as::<DB, _>("delete from reservations where order_id = $1 returning variant_id, quantity")
                .bind(order.uuid())
                .fetch_all(&mut *self.inner)
                .await
                .map_err(from_sqlx)?;
        held.sort_by_key(|pieces| pieces.variant_id);
        let mut left = Vec::with_capacity(held.len());
        for pieces in held {
            if !self.first_movement(order, MovementReason::Sold, &pieces, now).await? {
                left.extend(self.let_go(vec![pieces]).await?);
                continue;
            }
            // The owner may have counted fewer than were promised. Money has come, so the sale stands and the shelf is empty.
            let shelf: ShelfRow = query_as::<DB, _>(
                "update variants
                 set on_hand = case when on_hand >= $2 then on_hand - $2 else 0 end,
                     held = held - $2
                 where id = $1
                 returning on_hand, held",
            )
            .bind(pieces.variant_id)
            .bind(pieces.quantity)
            .fetch_one(&mut *self.inner)
            .await
            .map_err(from_sqlx)?;
            // What was promised went: nobody else can have more or less of it than before.
            left.push(shelf.left(pieces.variant_id, 0)?);
        }
        Ok(left)
    }

    async fn release_order(&mut self, order: OrderId) -> Result<Vec<Left>, StoreError> {
        let freed: Vec<PiecesRow> =
            query_as::<DB, _>("delete from reservations where order_id = $1 returning variant_id, quantity")
                .bind(order.uuid())
                .fetch_all(&mut *self.inner)
                .await
                .map_err(from_sqlx)?;
        self.let_go(freed).await
    }

    async fn put_back(
        &mut self,
        order: OrderId,
        reason: MovementReason,
        now: Timestamp,
    ) -> Result<Vec<Left>, StoreError> {
        let sold: Vec<PiecesRow> = query_as::<DB, _>(
            "select variant_id, quantity
             from stock_movements
             where order_id = $1 and reason = 'sold'
             order by variant_id",
        )
        .bind(order.uuid())
        .fetch_all(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        let mut left = Vec::with_capacity(sold.len());
        for pieces in sold {
            if !self.first_movement(order, reason, &pieces, now).await? {
                continue;
            }
            let shelf: ShelfRow = query_as::<DB, _>(
                "update variants
                 set on_hand = on_hand + $2
                 where id = $1
                 returning on_hand, held",
            )
            .bind(pieces.variant_id)
            .bind(pieces.quantity)
            .fetch_one(&mut *self.inner)
            .await
            .map_err(from_sqlx)?;
            left.push(shelf.left(pieces.variant_id, pieces.quantity)?);
        }
        Ok(left)
    }

    async fn take_late(
        &mut self,
        order: OrderId,
        lines: &[(VariantId, u32)],
        now: Timestamp,
    ) -> Result<Result<Vec<Left>, VariantId>, StoreError> {
        let mut lines: Vec<PiecesRow> = lines
            .iter()
            .map(|(variant, quantity)| PiecesRow { variant_id: variant.uuid(), quantity: i64::from(*quantity) })
            .collect();
        lines.sort_by_key(|pieces| pieces.variant_id);
        for pieces in &lines {
            let shelf = self.lock_shelf(pieces.variant_id).await?;
            if shelf.is_none_or(|shelf| shelf.on_hand.saturating_sub(shelf.held) < pieces.quantity) {
                return Ok(Err(VariantId::new(pieces.variant_id)));
            }
        }
        let mut left = Vec::with_capacity(lines.len());
        for pieces in lines {
            if !self.first_movement(order, MovementReason::Sold, &pieces, now).await? {
                continue;
            }
            let shelf: ShelfRow = query_as::<DB, _>(
                "update variants
                 set on_hand = on_hand - $2
                 where id = $1
                 returning on_hand, held",
            )
            .bind(pieces.variant_id)
            .bind(pieces.quantity)
            .fetch_one(&mut *self.inner)
            .await
            .map_err(from_sqlx)?;
            left.push(shelf.left(pieces.variant_id, -pieces.quantity)?);
        }
        Ok(Ok(left))
    }
}
