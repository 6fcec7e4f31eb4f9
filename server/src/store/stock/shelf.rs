//! The steps that several changes of stock share: locking a shelf, ending promises, writing movements.

use crate::store::DbTx;
use crate::store::cells::{available, broken, count};
use crate::store::engine::{Column, Engine, Row};
use crate::store::error::from_sqlx;
use shop_core::id::{OrderId, VariantId};
use shop_core::stock::{Hold, MovementReason};
use shop_core::time::Timestamp;
use shop_flows::ports::{HeldLine, Left, StoreError};
use sqlx::{Executor, FromRow, query_as};
use uuid::Uuid;

/// The shelf of a size.
#[derive(FromRow)]
pub(in crate::store) struct ShelfRow {
    pub(super) on_hand: i64,
    pub(super) held: i64,
}

/// Pieces of a size in a reservation or a movement.
#[derive(FromRow)]
pub(in crate::store) struct PiecesRow {
    pub(super) variant_id: Uuid,
    pub(super) quantity: i64,
}

#[derive(FromRow)]
pub(in crate::store) struct HeldRow {
    variant_id: Uuid,
    quantity: i64,
    until_at: i64,
    extended: i64,
}

impl TryFrom<HeldRow> for HeldLine {
    type Error = StoreError;

    fn try_from(row: HeldRow) -> Result<Self, StoreError> {
        let extended = u8::try_from(row.extended).map_err(|_| broken("reservations.extended"))?;
        Ok(Self {
            variant: VariantId::new(row.variant_id),
            quantity: count(row.quantity, "reservations.quantity")?,
            hold: Hold { until: Timestamp::from_micros(row.until_at), extended },
        })
    }
}

impl ShelfRow {
    /// What this shelf shows after `freed` pieces more could be promised than before (negative: fewer).
    pub(super) fn left(&self, variant: Uuid, freed: i64) -> Result<Left, StoreError> {
        Ok(Left {
            variant: VariantId::new(variant),
            before: available(self.on_hand.saturating_sub(freed), self.held)?,
            now: available(self.on_hand, self.held)?,
        })
    }
}

impl<DB> DbTx<DB>
where
    DB: Engine,
    for<'c> &'c mut DB::Connection: Executor<'c, Database = DB>,
    ShelfRow: Row<DB>,
    (Uuid,): Row<DB>,
    Uuid: Column<DB>,
    String: Column<DB>,
    i64: Column<DB>,
{
    /// The shelf of a size, kept from changing until the transaction ends. The update changes nothing: it is the row lock.
    pub(super) async fn lock_shelf(&mut self, variant: Uuid) -> Result<Option<ShelfRow>, StoreError> {
        query_as::<DB, _>(
            "update variants
             set held = held
             where id = $1
             returning on_hand, held",
        )
        .bind(variant)
        .fetch_optional(&mut *self.inner)
        .await
        .map_err(from_sqlx)
    }

    /// Promises of reservations that were just deleted end.
    pub(super) async fn let_go(&mut self, mut freed: Vec<PiecesRow>) -> Result<Vec<Left>, StoreError> {
        freed.sort_by_key(|pieces| pieces.variant_id);
        let mut left = Vec::with_capacity(freed.len());
        for pieces in freed {
            let shelf: ShelfRow = query_as::<DB, _>(
                "update variants
                 set held = held - $2
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

    /// Writes a movement; false when the order has it already.
    pub(super) async fn first_movement(
        &mut self,
        order: OrderId,
        reason: MovementReason,
        pieces: &PiecesRow,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let written: Option<(Uuid,)> = query_as::<DB, _>(
            "insert into stock_movements (order_id, variant_id, reason, quantity, at)
             values ($1, $2, $3, $4, $5)
             on conflict (order_id, variant_id, reason) do nothing
             returning variant_id",
        )
        .bind(order.uuid())
        .bind(pieces.variant_id)
        .bind(reason.name().to_owned())
        .bind(pieces.quantity)
        .bind(now.micros())
        .fetch_optional(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        Ok(written.is_some())
    }
}
