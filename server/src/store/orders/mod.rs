//! Orders and their timelines. An order is saved with the version that was read; whoever comes second must read again.

pub(super) mod rows;

use super::DbTx;
use super::cells::{count, index, to_json};
use super::engine::{Column, Engine, Row};
use super::error::from_sqlx;
use async_trait::async_trait;
use rows::{CountRow, EventRow, OrderRow, SummaryRow, body, search_pattern, search_text, until};
use shop_core::id::{CartId, CustomerId, OrderId};
use shop_core::order::{Happening, Order, OrderNumber};
use shop_core::time::Timestamp;
use shop_flows::ports::{OrderQuery, OrderSummary, Orders, StateCount, StoreError};
use sqlx::{Executor, query, query_as};
use uuid::Uuid;

impl<DB> DbTx<DB>
where
    DB: Engine,
    for<'c> &'c mut DB::Connection: Executor<'c, Database = DB>,
    Uuid: Column<DB>,
    String: Column<DB>,
    i64: Column<DB>,
{
    /// The narrow copy of the lines, for reports.
    async fn write_order_lines(&mut self, order: &Order) -> Result<(), StoreError> {
        for (position, line) in order.lines.iter().enumerate() {
            query::<DB>(
                "insert into order_lines (order_id, position, variant_id, sku, quantity, unit_cents, discount_cents)
                 values ($1, $2, $3, $4, $5, $6, $7)",
            )
            .bind(order.id.uuid())
            .bind(index(position)?)
            .bind(line.variant.uuid())
            .bind(line.sku.clone())
            .bind(i64::from(line.quantity))
            .bind(line.unit.in_cents())
            .bind(line.discount.in_cents())
            .execute(&mut *self.inner)
            .await
            .map_err(from_sqlx)?;
        }
        Ok(())
    }
}

#[async_trait]
impl<DB> Orders for DbTx<DB>
where
    DB: Engine,
    for<'c> &'c mut DB::Connection: Executor<'c, Database = DB>,
    OrderRow: Row<DB>,
    SummaryRow: Row<DB>,
    CountRow: Row<DB>,
    EventRow: Row<DB>,
    (i64,): Row<DB>,
    (Uuid,): Row<DB>,
    (String,): Row<DB>,
    Uuid: Column<DB>,
    String: Column<DB>,
    i64: Column<DB>,
    Option<Uuid>: Column<DB>,
    Option<i64>: Column<DB>,
    Option<String>: Column<DB>,
{
    async fn next_order_number(&mut self) -> Result<OrderNumber, StoreError> {
        let (value,): (i64,) = query_as::<DB, _>(
            "insert into counters (name, value)
             values ('order', $1)
             on conflict (name) do update set value = counters.value + 1
             returning value",
        )
        .bind(OrderNumber::FIRST)
        .fetch_one(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        Ok(OrderNumber::of(value))
    }

    async fn insert_order(&mut self, order: &Order) -> Result<(), StoreError> {
        let pieces: i64 = order.lines.iter().map(|line| i64::from(line.quantity)).sum();
        let written: Option<(Uuid,)> = query_as::<DB, _>(
            "insert into orders (id, number, cart_id, customer_id, state, state_json, until_at, name, city, email_folded,
                                 search, method, total_cents, pieces, placed_at, version, body)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
             on conflict do nothing
             returning id",
        )
        .bind(order.id.uuid())
        .bind(order.number.as_str().to_owned())
        .bind(order.cart.uuid())
        .bind(order.customer.uuid())
        .bind(order.state.name().to_owned())
        .bind(to_json(&order.state)?)
        .bind(until(order.state))
        .bind(order.address.name.full())
        .bind(order.address.city.clone())
        .bind(order.contact.email.folded())
        .bind(search_text(order))
        .bind(order.method.name().to_owned())
        .bind(order.totals.total.in_cents())
        .bind(pieces)
        .bind(order.placed_at.micros())
        .bind(order.version)
        .bind(body(order)?)
        .fetch_optional(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        if written.is_none() {
            return Err(StoreError::Duplicate);
        }
        self.write_order_lines(order).await
    }

    async fn save_order(&mut self, order: &mut Order) -> Result<(), StoreError> {
        // Number, cart, lines and the moment of placing never change.
        let saved: Option<(i64,)> = query_as::<DB, _>(
            "update orders
             set customer_id = $3,
                 state = $4,
                 state_json = $5,
                 until_at = $6,
                 name = $7,
                 city = $8,
                 email_folded = $9,
                 search = $10,
                 method = $11,
                 body = $12,
                 version = version + 1
             where id = $1 and version = $2
             returning version",
        )
        .bind(order.id.uuid())
        .bind(order.version)
        .bind(order.customer.uuid())
        .bind(order.state.name().to_owned())
        .bind(to_json(&order.state)?)
        .bind(until(order.state))
        .bind(order.address.name.full())
        .bind(order.address.city.clone())
        .bind(order.contact.email.folded())
        .bind(search_text(order))
        .bind(order.method.name().to_owned())
        .bind(body(order)?)
        .fetch_optional(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        let (version,) = saved.ok_or(StoreError::Conflict)?;
        order.version = version;
        Ok(())
    }

    async fn order(&mut self, id: OrderId) -> Result<Option<Order>, StoreError> {
        let row: Option<OrderRow> = query_as::<DB, _>(
            "select id, number, cart_id, customer_id, state_json, method, placed_at, version, body
             from orders
             where id = $1",
        )
        .bind(id.uuid())
        .fetch_optional(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        row.map(Order::try_from).transpose()
    }

    async fn order_by_number(&mut self, number: &OrderNumber) -> Result<Option<Order>, StoreError> {
        let row: Option<OrderRow> = query_as::<DB, _>(
            "select id, number, cart_id, customer_id, state_json, method, placed_at, version, body
             from orders
             where number = $1",
        )
        .bind(number.as_str().to_owned())
        .fetch_optional(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        row.map(Order::try_from).transpose()
    }

    async fn order_of_cart(&mut self, cart: CartId) -> Result<Option<Order>, StoreError> {
        let row: Option<OrderRow> = query_as::<DB, _>(
            "select id, number, cart_id, customer_id, state_json, method, placed_at, version, body
             from orders
             where cart_id = $1",
        )
        .bind(cart.uuid())
        .fetch_optional(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        row.map(Order::try_from).transpose()
    }

    async fn orders(&mut self, wanted: &OrderQuery) -> Result<(Vec<OrderSummary>, u32), StoreError> {
        let pattern = wanted.text.as_deref().map(search_pattern);
        let customer = wanted.customer.map(CustomerId::uuid);
        let (total,): (i64,) = query_as::<DB, _>(
            "select count(*)
             from orders
             where ($1 is null or state = $1)
               and ($2 is null or customer_id = $2)
               and ($3 is null or search like $3 escape '!')",
        )
        .bind(wanted.state.clone())
        .bind(customer)
        .bind(pattern.clone())
        .fetch_one(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        let skipped = i64::from(wanted.page.saturating_sub(1)) * i64::from(wanted.per_page);
        let rows: Vec<SummaryRow> = query_as::<DB, _>(
            "select id, number, placed_at, name, city, state, method, total_cents, pieces
             from orders
             where ($1 is null or state = $1)
               and ($2 is null or customer_id = $2)
               and ($3 is null or search like $3 escape '!')
             order by placed_at desc, id desc
             limit $4 offset $5",
        )
        .bind(wanted.state.clone())
        .bind(customer)
        .bind(pattern)
        .bind(i64::from(wanted.per_page))
        .bind(skipped)
        .fetch_all(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        let summaries = rows.into_iter().map(OrderSummary::try_from).collect::<Result<_, _>>()?;
        Ok((summaries, count(total, "count(orders)")?))
    }

    async fn unpaid_orders(&mut self, customer: CustomerId) -> Result<u32, StoreError> {
        // Counted here: with the state in the condition, SQLite may go through everybody's unpaid orders instead of hers.
        let states: Vec<(String,)> = query_as::<DB, _>(
            "select state
             from orders
             where customer_id in (select other.id
                                   from customers one
                                   join customers other on other.mailbox = one.mailbox
                                   where one.id = $1)",
        )
        .bind(customer.uuid())
        .fetch_all(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        let waiting = states.iter().filter(|(state,)| state == "awaiting_payment").count();
        Ok(u32::try_from(waiting).unwrap_or(u32::MAX))
    }

    async fn lapsed_orders(&mut self, now: Timestamp, limit: u32) -> Result<Vec<OrderId>, StoreError> {
        // A hold is over at its end, not after it (`Hold::is_over`).
        let rows: Vec<(Uuid,)> = query_as::<DB, _>(
            "select id
             from orders
             where state = 'awaiting_payment' and until_at <= $1
             order by until_at, id
             limit $2",
        )
        .bind(now.micros())
        .bind(i64::from(limit))
        .fetch_all(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        Ok(rows.into_iter().map(|(id,)| OrderId::new(id)).collect())
    }

    async fn order_counts(&mut self) -> Result<Vec<StateCount>, StoreError> {
        let rows: Vec<CountRow> = query_as::<DB, _>(
            "select state, count(*) as orders, cast(sum(total_cents) as bigint) as total_cents
             from orders
             group by state
             order by state",
        )
        .fetch_all(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        Ok(rows.into_iter().map(StateCount::from).collect())
    }

    async fn happenings(&mut self, order: OrderId) -> Result<Vec<Happening>, StoreError> {
        let rows: Vec<EventRow> = query_as::<DB, _>(
            "select at, event, detail, actor
             from order_events
             where order_id = $1
             order by at, id",
        )
        .bind(order.uuid())
        .fetch_all(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        Ok(rows.into_iter().map(Happening::from).collect())
    }

    async fn record(&mut self, order: OrderId, happening: &Happening) -> Result<(), StoreError> {
        query::<DB>("insert into order_events (order_id, at, event, detail, actor) values ($1, $2, $3, $4, $5)")
            .bind(order.uuid())
            .bind(happening.at.micros())
            .bind(happening.event.clone())
            .bind(happening.detail.clone())
            .bind(happening.actor.clone())
            .execute(&mut *self.inner)
            .await
            .map(drop)
            .map_err(from_sqlx)
    }
}
