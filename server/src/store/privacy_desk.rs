//! Requests about personal data and breaches, with their trails.

use super::DbTx;
use super::cells::broken;
use super::engine::{Column, Engine, Row};
use super::error::from_sqlx;
use async_trait::async_trait;
use shop_core::id::{BreachId, RequestId};
use shop_core::privacy::breach::{Breach, Decision};
use shop_core::privacy::request::{Channel, Closed, Outcome, Request, RequestKind};
use shop_core::time::{Day, Timestamp};
use shop_flows::ports::{PrivacyDesk, Step, StoreError};
use sqlx::{Executor, FromRow, query, query_as};
use uuid::Uuid;

#[derive(FromRow)]
struct RequestRow {
    id: Uuid,
    kind: String,
    channel: String,
    name: String,
    contact: String,
    about: String,
    received: i64,
    extension_reason: Option<String>,
    closed_at: Option<i64>,
    outcome: Option<String>,
    answer: Option<String>,
    version: i64,
}

#[derive(FromRow)]
struct BreachRow {
    id: Uuid,
    aware_at: i64,
    facts: String,
    effects: String,
    measures: String,
    decision: Option<String>,
    reason: String,
    closed_at: Option<i64>,
    version: i64,
}

#[derive(FromRow)]
struct StepRow {
    at: i64,
    actor: String,
    what: String,
}

impl TryFrom<RequestRow> for Request {
    type Error = StoreError;

    fn try_from(row: RequestRow) -> Result<Self, StoreError> {
        let closed = match row.closed_at {
            Some(at) => Some(Closed {
                at: Timestamp::from_micros(at),
                outcome: row.outcome.as_deref().and_then(Outcome::parse).ok_or_else(|| broken("requests.outcome"))?,
                answer: row.answer.ok_or_else(|| broken("requests.answer"))?,
            }),
            None => None,
        };
        Ok(Self {
            id: RequestId::new(row.id),
            kind: RequestKind::parse(&row.kind).ok_or_else(|| broken("requests.kind"))?,
            channel: Channel::parse(&row.channel).ok_or_else(|| broken("requests.channel"))?,
            name: row.name,
            contact: row.contact,
            about: row.about,
            received: Day::from_number(row.received),
            extension: row.extension_reason,
            closed,
            version: row.version,
        })
    }
}

impl TryFrom<BreachRow> for Breach {
    type Error = StoreError;

    fn try_from(row: BreachRow) -> Result<Self, StoreError> {
        let decision = row.decision.map(|word| Decision::parse(&word).ok_or_else(|| broken("breaches.decision")));
        Ok(Self {
            id: BreachId::new(row.id),
            aware_at: Timestamp::from_micros(row.aware_at),
            facts: row.facts,
            effects: row.effects,
            measures: row.measures,
            decision: decision.transpose()?,
            reason: row.reason,
            closed_at: row.closed_at.map(Timestamp::from_micros),
            version: row.version,
        })
    }
}

impl From<StepRow> for Step {
    fn from(row: StepRow) -> Self {
        Self { at: Timestamp::from_micros(row.at), actor: row.actor, what: row.what }
    }
}

#[async_trait]
impl<DB> PrivacyDesk for DbTx<DB>
where
    DB: Engine,
    for<'c> &'c mut DB::Connection: Executor<'c, Database = DB>,
    RequestRow: Row<DB>,
    BreachRow: Row<DB>,
    StepRow: Row<DB>,
    (i64,): Row<DB>,
    Uuid: Column<DB>,
    String: Column<DB>,
    Option<String>: Column<DB>,
    i64: Column<DB>,
    Option<i64>: Column<DB>,
{
    async fn insert_request(&mut self, request: &Request) -> Result<(), StoreError> {
        query::<DB>(
            "insert into requests
                 (id, kind, channel, name, contact, about, received, extension_reason, version)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        )
        .bind(request.id.uuid())
        .bind(request.kind.name().to_owned())
        .bind(request.channel.name().to_owned())
        .bind(request.name.clone())
        .bind(request.contact.clone())
        .bind(request.about.clone())
        .bind(request.received.number())
        .bind(request.extension.clone())
        .bind(request.version)
        .execute(&mut *self.inner)
        .await
        .map(drop)
        .map_err(from_sqlx)
    }

    async fn save_request(&mut self, request: &mut Request) -> Result<(), StoreError> {
        let closed = request.closed.as_ref();
        let saved: Option<(i64,)> = query_as::<DB, _>(
            "update requests
             set extension_reason = $3, closed_at = $4, outcome = $5, answer = $6, version = version + 1
             where id = $1 and version = $2
             returning version",
        )
        .bind(request.id.uuid())
        .bind(request.version)
        .bind(request.extension.clone())
        .bind(closed.map(|closed| closed.at.micros()))
        .bind(closed.map(|closed| closed.outcome.name().to_owned()))
        .bind(closed.map(|closed| closed.answer.clone()))
        .fetch_optional(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        let (version,) = saved.ok_or(StoreError::Conflict)?;
        request.version = version;
        Ok(())
    }

    async fn request(&mut self, id: RequestId) -> Result<Option<Request>, StoreError> {
        let row: Option<RequestRow> = query_as::<DB, _>(
            "select id, kind, channel, name, contact, about, received, extension_reason, closed_at, outcome, answer, version
             from requests
             where id = $1",
        )
        .bind(id.uuid())
        .fetch_optional(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        row.map(Request::try_from).transpose()
    }

    async fn requests(&mut self, open: bool, most: u32) -> Result<Vec<Request>, StoreError> {
        let found = if open {
            "select id, kind, channel, name, contact, about, received, extension_reason, closed_at, outcome, answer, version
             from requests
             where closed_at is null
             order by received, id
             limit $1"
        } else {
            "select id, kind, channel, name, contact, about, received, extension_reason, closed_at, outcome, answer, version
             from requests
             where closed_at is not null
             order by closed_at desc, id desc
             limit $1"
        };
        let rows: Vec<RequestRow> =
            query_as::<DB, _>(found).bind(i64::from(most)).fetch_all(&mut *self.inner).await.map_err(from_sqlx)?;
        rows.into_iter().map(Request::try_from).collect()
    }

    async fn add_request_step(&mut self, request: RequestId, step: &Step) -> Result<(), StoreError> {
        query::<DB>("insert into request_events (request_id, at, actor, what) values ($1, $2, $3, $4)")
            .bind(request.uuid())
            .bind(step.at.micros())
            .bind(step.actor.clone())
            .bind(step.what.clone())
            .execute(&mut *self.inner)
            .await
            .map(drop)
            .map_err(from_sqlx)
    }

    async fn request_steps(&mut self, request: RequestId) -> Result<Vec<Step>, StoreError> {
        let rows: Vec<StepRow> =
            query_as::<DB, _>("select at, actor, what from request_events where request_id = $1 order by id")
                .bind(request.uuid())
                .fetch_all(&mut *self.inner)
                .await
                .map_err(from_sqlx)?;
        Ok(rows.into_iter().map(Step::from).collect())
    }

    async fn insert_breach(&mut self, breach: &Breach) -> Result<(), StoreError> {
        query::<DB>(
            "insert into breaches (id, aware_at, facts, effects, measures, decision, reason, version)
             values ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(breach.id.uuid())
        .bind(breach.aware_at.micros())
        .bind(breach.facts.clone())
        .bind(breach.effects.clone())
        .bind(breach.measures.clone())
        .bind(breach.decision.map(|decision| decision.name().to_owned()))
        .bind(breach.reason.clone())
        .bind(breach.version)
        .execute(&mut *self.inner)
        .await
        .map(drop)
        .map_err(from_sqlx)
    }

    async fn save_breach(&mut self, breach: &mut Breach) -> Result<(), StoreError> {
        let saved: Option<(i64,)> = query_as::<DB, _>(
            "update breaches
             set facts = $3,
                 effects = $4,
                 measures = $5,
                 decision = $6,
                 reason = $7,
                 closed_at = $8,
                 version = version + 1
             where id = $1 and version = $2
             returning version",
        )
        .bind(breach.id.uuid())
        .bind(breach.version)
        .bind(breach.facts.clone())
        .bind(breach.effects.clone())
        .bind(breach.measures.clone())
        .bind(breach.decision.map(|decision| decision.name().to_owned()))
        .bind(breach.reason.clone())
        .bind(breach.closed_at.map(Timestamp::micros))
        .fetch_optional(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        let (version,) = saved.ok_or(StoreError::Conflict)?;
        breach.version = version;
        Ok(())
    }

    async fn breach(&mut self, id: BreachId) -> Result<Option<Breach>, StoreError> {
        let row: Option<BreachRow> = query_as::<DB, _>(
            "select id, aware_at, facts, effects, measures, decision, reason, closed_at, version
             from breaches
             where id = $1",
        )
        .bind(id.uuid())
        .fetch_optional(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        row.map(Breach::try_from).transpose()
    }

    async fn breaches(&mut self, most: u32) -> Result<Vec<Breach>, StoreError> {
        let rows: Vec<BreachRow> = query_as::<DB, _>(
            "select id, aware_at, facts, effects, measures, decision, reason, closed_at, version
             from breaches
             order by aware_at desc, id desc
             limit $1",
        )
        .bind(i64::from(most))
        .fetch_all(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        rows.into_iter().map(Breach::try_from).collect()
    }

    async fn add_breach_step(&mut self, breach: BreachId, step: &Step) -> Result<(), StoreError> {
        query::<DB>("insert into breach_events (breach_id, at, actor, what) values ($1, $2, $3, $4)")
            .bind(breach.uuid())
            .bind(step.at.micros())
            .bind(step.actor.clone())
            .bind(step.what.clone())
            .execute(&mut *self.inner)
            .await
            .map(drop)
            .map_err(from_sqlx)
    }

    async fn breach_steps(&mut self, breach: BreachId) -> Result<Vec<Step>, StoreError> {
        let rows: Vec<StepRow> =
            query_as::<DB, _>("select at, actor, what from breach_events where breach_id = $1 order by id")
                .bind(breach.uuid())
                .fetch_all(&mut *self.inner)
                .await
                .map_err(from_sqlx)?;
        Ok(rows.into_iter().map(Step::from).collect())
    }
}
