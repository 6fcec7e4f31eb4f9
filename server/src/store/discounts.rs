//! Discount codes, and the orders that use them. A use is one conditional update, so the last one goes to one order.

use super::DbTx;
use super::cells::{broken, count};
use super::engine::{Column, Engine, Row};
use super::error::from_sqlx;
use async_trait::async_trait;
use shop_core::discount::{Discount, DiscountCode, Kind, Percent};
use shop_core::id::OrderId;
use shop_core::money::Money;
use shop_core::time::Timestamp;
use shop_flows::ports::{Discounts, FiledDiscount, StoreError};
use sqlx::{Executor, FromRow, query, query_as};
use uuid::Uuid;

#[derive(FromRow)]
struct DiscountRow {
    code: String,
    kind: String,
    value: i64,
    least_goods_cents: Option<i64>,
    from_at: i64,
    until_at: Option<i64>,
    most_uses: Option<i64>,
    uses: i64,
    note: String,
    made_at: i64,
}

impl TryFrom<DiscountRow> for FiledDiscount {
    type Error = StoreError;

    fn try_from(row: DiscountRow) -> Result<Self, StoreError> {
        let percent = || Percent::basis_points(u16::try_from(row.value).ok()?);
        let kind = match row.kind.as_str() {
            "percent" => Kind::Percent(percent().ok_or_else(|| broken("discounts.value"))?),
            "amount" => Kind::Amount(Money::cents(row.value)),
            _ => return Err(broken("discounts.kind")),
        };
        let discount = Discount {
            code: DiscountCode::parse(&row.code).ok_or_else(|| broken("discounts.code"))?,
            kind,
            least_goods: row.least_goods_cents.map(Money::cents),
            from: Timestamp::from_micros(row.from_at),
            until: row.until_at.map(Timestamp::from_micros),
            most_uses: row.most_uses.map(|most| count(most, "discounts.most_uses")).transpose()?,
            note: row.note,
        };
        Ok(Self { discount, uses: count(row.uses, "discounts.uses")?, made_at: Timestamp::from_micros(row.made_at) })
    }
}

#[async_trait]
impl<DB> Discounts for DbTx<DB>
where
    DB: Engine,
    for<'c> &'c mut DB::Connection: Executor<'c, Database = DB>,
    DiscountRow: Row<DB>,
    (String,): Row<DB>,
    Uuid: Column<DB>,
    String: Column<DB>,
    i64: Column<DB>,
    Option<i64>: Column<DB>,
{
    async fn discounts(&mut self) -> Result<Vec<FiledDiscount>, StoreError> {
        let rows: Vec<DiscountRow> = query_as::<DB, _>(
            "select code, kind, value, least_goods_cents, from_at, until_at, most_uses, uses, note, made_at
             from discounts
             order by made_at desc, code",
        )
        .fetch_all(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        rows.into_iter().map(FiledDiscount::try_from).collect()
    }

    async fn discount(&mut self, code: &DiscountCode) -> Result<Option<FiledDiscount>, StoreError> {
        let row: Option<DiscountRow> = query_as::<DB, _>(
            "select code, kind, value, least_goods_cents, from_at, until_at, most_uses, uses, note, made_at
             from discounts
             where code = $1",
        )
        .bind(code.as_str().to_owned())
        .fetch_optional(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        row.map(FiledDiscount::try_from).transpose()
    }

    async fn insert_discount(&mut self, discount: &Discount, now: Timestamp) -> Result<(), StoreError> {
        let (kind, value) = match discount.kind {
            Kind::Percent(percent) => ("percent", i64::from(percent.in_basis_points())),
            Kind::Amount(amount) => ("amount", amount.in_cents()),
        };
        let written: Option<(String,)> = query_as::<DB, _>(
            "insert into discounts (code, kind, value, least_goods_cents, from_at, until_at, most_uses, uses, note, made_at)
             values ($1, $2, $3, $4, $5, $6, $7, 0, $8, $9)
             on conflict do nothing
             returning code",
        )
        .bind(discount.code.as_str().to_owned())
        .bind(kind.to_owned())
        .bind(value)
        .bind(discount.least_goods.map(Money::in_cents))
        .bind(discount.from.micros())
        .bind(discount.until.map(Timestamp::micros))
        .bind(discount.most_uses.map(i64::from))
        .bind(discount.note.clone())
        .bind(now.micros())
        .fetch_optional(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        written.map(drop).ok_or(StoreError::Duplicate)
    }

    async fn end_discount(&mut self, code: &DiscountCode, now: Timestamp) -> Result<bool, StoreError> {
        let ended: Option<(String,)> = query_as::<DB, _>(
            "update discounts
             set until_at = $2
             where code = $1 and (until_at is null or until_at > $2)
             returning code",
        )
        .bind(code.as_str().to_owned())
        .bind(now.micros())
        .fetch_optional(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        Ok(ended.is_some())
    }

    async fn take_discount(&mut self, code: &DiscountCode, order: OrderId, now: Timestamp) -> Result<bool, StoreError> {
        // Asked in the update itself: another order may take the last use, or the owner end the code, at the same moment.
        let taken: Option<(String,)> = query_as::<DB, _>(
            "update discounts
             set uses = uses + 1
             where code = $1
               and from_at <= $2
               and (until_at is null or until_at > $2)
               and (most_uses is null or uses < most_uses)
             returning code",
        )
        .bind(code.as_str().to_owned())
        .bind(now.micros())
        .fetch_optional(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        if taken.is_none() {
            return Ok(false);
        }
        query::<DB>("insert into discount_uses (order_id, reason, code, at) values ($1, 'taken', $2, $3)")
            .bind(order.uuid())
            .bind(code.as_str().to_owned())
            .bind(now.micros())
            .execute(&mut *self.inner)
            .await
            .map_err(from_sqlx)?;
        Ok(true)
    }

    async fn give_back_discount(&mut self, order: OrderId, now: Timestamp) -> Result<bool, StoreError> {
        let given_back: Option<(String,)> = query_as::<DB, _>(
            "insert into discount_uses (order_id, reason, code, at)
             select order_id, 'given_back', code, $2
             from discount_uses
             where order_id = $1 and reason = 'taken'
             on conflict do nothing
             returning code",
        )
        .bind(order.uuid())
        .bind(now.micros())
        .fetch_optional(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        let Some((code,)) = given_back else { return Ok(false) };
        query::<DB>("update discounts set uses = uses - 1 where code = $1")
            .bind(code)
            .execute(&mut *self.inner)
            .await
            .map_err(from_sqlx)?;
        Ok(true)
    }
}
