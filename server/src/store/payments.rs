//! Attempts to pay, notices that were seen, and tasks for a person.

use super::DbTx;
use super::cells::{broken, count, from_json, to_json};
use super::engine::{Column, Engine, Row};
use super::error::from_sqlx;
use async_trait::async_trait;
use shop_core::id::{AttemptId, CustomerId, OrderId};
use shop_core::money::Money;
use shop_core::order::OrderNumber;
use shop_core::payment::{Attempt, Method};
use shop_core::time::Timestamp;
use shop_flows::ports::{Payments, StoreError, Task};
use sqlx::{Executor, FromRow, query, query_as};
use uuid::Uuid;

#[derive(FromRow)]
struct AttemptRow {
    id: Uuid,
    order_id: Uuid,
    ordinal: i64,
    method: String,
    amount_cents: i64,
    reference: String,
    provider_id: Option<String>,
    pay_url: Option<String>,
    state_json: String,
    created_at: i64,
    version: i64,
}

#[derive(FromRow)]
struct TaskRow {
    id: i64,
    at: i64,
    kind: String,
    number: Option<String>,
    detail: String,
}

impl TryFrom<AttemptRow> for Attempt {
    type Error = StoreError;

    fn try_from(row: AttemptRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: AttemptId::new(row.id),
            order: OrderId::new(row.order_id),
            ordinal: count(row.ordinal, "attempts.ordinal")?,
            method: Method::parse(&row.method).ok_or_else(|| broken("attempts.method"))?,
            amount: Money::cents(row.amount_cents),
            reference: row.reference,
            provider_id: row.provider_id,
            pay_url: row.pay_url,
            state: from_json(&row.state_json, "attempts.state_json")?,
            created_at: Timestamp::from_micros(row.created_at),
            version: row.version,
        })
    }
}

impl TryFrom<TaskRow> for Task {
    type Error = StoreError;

    fn try_from(row: TaskRow) -> Result<Self, StoreError> {
        let number = row.number.map(|text| OrderNumber::parse(&text).ok_or_else(|| broken("orders.number")));
        Ok(Self {
            id: row.id,
            at: Timestamp::from_micros(row.at),
            kind: row.kind,
            order: number.transpose()?,
            detail: row.detail,
        })
    }
}

#[async_trait]
impl<DB> Payments for DbTx<DB>
where
    DB: Engine,
    for<'c> &'c mut DB::Connection: Executor<'c, Database = DB>,
    AttemptRow: Row<DB>,
    TaskRow: Row<DB>,
    (i64,): Row<DB>,
    (Uuid,): Row<DB>,
    (String,): Row<DB>,
    (Option<String>,): Row<DB>,
    Uuid: Column<DB>,
    String: Column<DB>,
    i64: Column<DB>,
    Option<Uuid>: Column<DB>,
    Option<String>: Column<DB>,
{
    async fn insert_attempt(&mut self, attempt: &Attempt) -> Result<(), StoreError> {
        let written: Option<(Uuid,)> = query_as::<DB, _>(
            "insert into attempts (id, order_id, ordinal, method, amount_cents, reference, provider_id, pay_url, state,
                                   state_json, created_at, version, provider_transaction)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, null)
             on conflict do nothing
             returning id",
        )
        .bind(attempt.id.uuid())
        .bind(attempt.order.uuid())
        .bind(i64::from(attempt.ordinal))
        .bind(attempt.method.name().to_owned())
        .bind(attempt.amount.in_cents())
        .bind(attempt.reference.clone())
        .bind(attempt.provider_id.clone())
        .bind(attempt.pay_url.clone())
        .bind(attempt.state.name().to_owned())
        .bind(to_json(&attempt.state)?)
        .bind(attempt.created_at.micros())
        .bind(attempt.version)
        .fetch_optional(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        written.map(drop).ok_or(StoreError::Duplicate)
    }

    async fn save_attempt(&mut self, attempt: &mut Attempt) -> Result<(), StoreError> {
        // Order, method, amount and reference are what the provider was told; they never change.
        let saved: Option<(i64,)> = query_as::<DB, _>(
            "update attempts
             set provider_id = $3,
                 pay_url = $4,
                 state = $5,
                 state_json = $6,
                 version = version + 1
             where id = $1 and version = $2
             returning version",
        )
        .bind(attempt.id.uuid())
        .bind(attempt.version)
        .bind(attempt.provider_id.clone())
        .bind(attempt.pay_url.clone())
        .bind(attempt.state.name().to_owned())
        .bind(to_json(&attempt.state)?)
        .fetch_optional(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        let (version,) = saved.ok_or(StoreError::Conflict)?;
        attempt.version = version;
        Ok(())
    }

    async fn attempt(&mut self, id: AttemptId) -> Result<Option<Attempt>, StoreError> {
        let row: Option<AttemptRow> = query_as::<DB, _>(
            "select id, order_id, ordinal, method, amount_cents, reference, provider_id, pay_url, state_json, created_at, version
             from attempts
             where id = $1",
        )
        .bind(id.uuid())
        .fetch_optional(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        row.map(Attempt::try_from).transpose()
    }

    async fn attempt_by_reference(&mut self, reference: &str) -> Result<Option<Attempt>, StoreError> {
        let row: Option<AttemptRow> = query_as::<DB, _>(
            "select id, order_id, ordinal, method, amount_cents, reference, provider_id, pay_url, state_json, created_at, version
             from attempts
             where reference = $1",
        )
        .bind(reference.to_owned())
        .fetch_optional(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        row.map(Attempt::try_from).transpose()
    }

    async fn attempts(&mut self, order: OrderId) -> Result<Vec<Attempt>, StoreError> {
        let rows: Vec<AttemptRow> = query_as::<DB, _>(
            "select id, order_id, ordinal, method, amount_cents, reference, provider_id, pay_url, state_json, created_at, version
             from attempts
             where order_id = $1
             order by ordinal, id",
        )
        .bind(order.uuid())
        .fetch_all(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        rows.into_iter().map(Attempt::try_from).collect()
    }

    async fn attempts_between(&mut self, from: Timestamp, until: Timestamp) -> Result<Vec<Attempt>, StoreError> {
        let rows: Vec<AttemptRow> = query_as::<DB, _>(
            "select id, order_id, ordinal, method, amount_cents, reference, provider_id, pay_url, state_json, created_at, version
             from attempts
             where created_at >= $1 and created_at < $2
             order by created_at, id",
        )
        .bind(from.micros())
        .bind(until.micros())
        .fetch_all(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        rows.into_iter().map(Attempt::try_from).collect()
    }

    async fn claims(&mut self, customer: Option<CustomerId>) -> Result<Vec<Attempt>, StoreError> {
        // Two questions, so that each finds its index: the open ones are few, and so are the orders of one customer.
        let rows: Vec<AttemptRow> = match customer {
            None => query_as::<DB, _>(
                "select id, order_id, ordinal, method, amount_cents, reference, provider_id, pay_url, state_json, created_at, version
                 from attempts
                 where method = 'invoice' and state = 'open'
                 order by created_at, id",
            ),
            Some(customer) => query_as::<DB, _>(
                "select id, order_id, ordinal, method, amount_cents, reference, provider_id, pay_url, state_json, created_at, version
                 from attempts
                 where method = 'invoice' and state = 'open'
                   and order_id in (select orders.id
                                    from customers one
                                    join customers other on other.mailbox = one.mailbox
                                    join orders on orders.customer_id = other.id
                                    where one.id = $1)
                 order by created_at, id",
            )
            .bind(customer.uuid()),
        }
        .fetch_all(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        rows.into_iter().map(Attempt::try_from).collect()
    }

    async fn save_transaction(&mut self, attempt: AttemptId, transaction: &str) -> Result<(), StoreError> {
        query::<DB>("update attempts set provider_transaction = $2 where id = $1")
            .bind(attempt.uuid())
            .bind(transaction.to_owned())
            .execute(&mut *self.inner)
            .await
            .map(drop)
            .map_err(from_sqlx)
    }

    async fn transaction(&mut self, attempt: AttemptId) -> Result<Option<String>, StoreError> {
        let row: Option<(Option<String>,)> =
            query_as::<DB, _>("select provider_transaction from attempts where id = $1")
                .bind(attempt.uuid())
                .fetch_optional(&mut *self.inner)
                .await
                .map_err(from_sqlx)?;
        Ok(row.and_then(|(transaction,)| transaction))
    }

    async fn first_sight(&mut self, provider: &str, key: &str, now: Timestamp) -> Result<bool, StoreError> {
        let written: Option<(String,)> = query_as::<DB, _>(
            "insert into notices (provider, key, seen_at)
             values ($1, $2, $3)
             on conflict (provider, key) do nothing
             returning key",
        )
        .bind(provider.to_owned())
        .bind(key.to_owned())
        .bind(now.micros())
        .fetch_optional(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        Ok(written.is_some())
    }

    async fn add_task(
        &mut self,
        kind: &str,
        order: Option<OrderId>,
        detail: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        query::<DB>("insert into tasks (at, kind, order_id, detail) values ($1, $2, $3, $4)")
            .bind(now.micros())
            .bind(kind.to_owned())
            .bind(order.map(OrderId::uuid))
            .bind(detail.to_owned())
            .execute(&mut *self.inner)
            .await
            .map(drop)
            .map_err(from_sqlx)
    }

    async fn tasks(&mut self) -> Result<Vec<Task>, StoreError> {
        let rows: Vec<TaskRow> = query_as::<DB, _>(
            "select tasks.id, tasks.at, tasks.kind, orders.number, tasks.detail
             from tasks
             left join orders on orders.id = tasks.order_id
             where tasks.closed_at is null
             order by tasks.at, tasks.id",
        )
        .fetch_all(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        rows.into_iter().map(Task::try_from).collect()
    }

    async fn close_task(&mut self, id: i64, actor: &str, now: Timestamp) -> Result<bool, StoreError> {
        let closed: Option<(i64,)> = query_as::<DB, _>(
            "update tasks
             set closed_at = $2, closed_by = $3
             where id = $1 and closed_at is null
             returning id",
        )
        .bind(id)
        .bind(now.micros())
        .bind(actor.to_owned())
        .fetch_optional(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        Ok(closed.is_some())
    }
}
