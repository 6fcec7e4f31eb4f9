//! Background work. A job waits (`locked_until` is null), runs (a worker has it until then) or was given up (`dead_at`).
//! A worker that dies loses its job at the end of the lease; another one runs it again.

use super::DbTx;
use super::cells::{count, from_json, to_json};
use super::engine::{Column, Engine, Row};
use super::error::from_sqlx;
use async_trait::async_trait;
use shop_core::id::JobId;
use shop_core::time::Timestamp;
use shop_flows::job::Job;
use shop_flows::ports::{ClaimedJob, DeadJob, Jobs, StoreError};
use sqlx::{Executor, FromRow, query, query_as};
use uuid::Uuid;

#[derive(FromRow)]
struct ClaimedRow {
    id: Uuid,
    payload: String,
    tries: i64,
}

#[derive(FromRow)]
struct DeadRow {
    id: Uuid,
    kind: String,
    tries: i64,
    error: String,
    dead_at: i64,
}

impl TryFrom<DeadRow> for DeadJob {
    type Error = StoreError;

    fn try_from(row: DeadRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: JobId::new(row.id),
            kind: row.kind,
            tries: count(row.tries, "jobs.tries")?,
            error: row.error,
            at: Timestamp::from_micros(row.dead_at),
        })
    }
}

#[async_trait]
impl<DB> Jobs for DbTx<DB>
where
    DB: Engine,
    for<'c> &'c mut DB::Connection: Executor<'c, Database = DB>,
    ClaimedRow: Row<DB>,
    DeadRow: Row<DB>,
    (Uuid,): Row<DB>,
    (Option<i64>,): Row<DB>,
    Uuid: Column<DB>,
    String: Column<DB>,
    i64: Column<DB>,
    Option<String>: Column<DB>,
{
    async fn enqueue(&mut self, id: JobId, job: &Job, run_at: Timestamp, key: Option<&str>) -> Result<(), StoreError> {
        // The update changes nothing, but no worker can claim the waiting job until this transaction has ended; so when it
        // runs, it sees what it is now needed for.
        query::<DB>(
            "insert into jobs (id, kind, payload, run_at, tries, job_key)
             values ($1, $2, $3, $4, 0, $5)
             on conflict (job_key) where locked_until is null and dead_at is null
             do update set job_key = excluded.job_key",
        )
        .bind(id.uuid())
        .bind(job.kind().to_owned())
        .bind(to_json(job)?)
        .bind(run_at.micros())
        .bind(key.map(str::to_owned))
        .execute(&mut *self.inner)
        .await
        .map(drop)
        .map_err(from_sqlx)
    }

    async fn claim(&mut self, now: Timestamp, lease_until: Timestamp) -> Result<Option<ClaimedJob>, StoreError> {
        loop {
            let row: Option<ClaimedRow> = query_as::<DB, _>(
                "update jobs
                 set locked_until = $2, tries = tries + 1
                 where dead_at is null
                   and (locked_until is null or locked_until <= $1)
                   and id = (select id
                             from jobs
                             where dead_at is null
                               and run_at <= $1
                               and (locked_until is null or locked_until <= $1)
                             order by run_at, id
                             limit 1)
                 returning id, payload, tries",
            )
            .bind(now.micros())
            .bind(lease_until.micros())
            .fetch_optional(&mut *self.inner)
            .await
            .map_err(from_sqlx)?;
            if let Some(row) = row {
                let id = JobId::new(row.id);
                match from_json(&row.payload, "jobs.payload") {
                    Ok(job) => return Ok(Some(ClaimedJob { id, job, tries: count(row.tries, "jobs.tries")? })),
                    // It would stop all that come after it. The dashboard shows it, so nobody overlooks it.
                    Err(error) => {
                        tracing::error!(job = %id, %error, "a job cannot be read and was given up");
                        self.bury(id, &error.to_string(), now).await?;
                    }
                }
                continue;
            }
            // No row is no proof: on PostgreSQL another worker may have taken the one that was chosen. Then ask again.
            let due: Option<(Uuid,)> = query_as::<DB, _>(
                "select id
                 from jobs
                 where dead_at is null and run_at <= $1 and (locked_until is null or locked_until <= $1)
                 limit 1",
            )
            .bind(now.micros())
            .fetch_optional(&mut *self.inner)
            .await
            .map_err(from_sqlx)?;
            if due.is_none() {
                return Ok(None);
            }
        }
    }

    async fn finish(&mut self, id: JobId) -> Result<(), StoreError> {
        query::<DB>("delete from jobs where id = $1")
            .bind(id.uuid())
            .execute(&mut *self.inner)
            .await
            .map(drop)
            .map_err(from_sqlx)
    }

    async fn retry(&mut self, id: JobId, run_at: Timestamp, error: &str) -> Result<(), StoreError> {
        // While it ran, another one of its key may have come to wait. Both run; only one of them can keep the key.
        query::<DB>(
            "update jobs
             set run_at = $2,
                 locked_until = null,
                 last_error = $3,
                 job_key = case when exists (select 1
                                             from jobs other
                                             where other.job_key = jobs.job_key
                                               and other.locked_until is null
                                               and other.dead_at is null
                                               and other.id <> jobs.id)
                                then null else job_key end
             where id = $1",
        )
        .bind(id.uuid())
        .bind(run_at.micros())
        .bind(error.to_owned())
        .execute(&mut *self.inner)
        .await
        .map(drop)
        .map_err(from_sqlx)
    }

    async fn bury(&mut self, id: JobId, error: &str, now: Timestamp) -> Result<(), StoreError> {
        query::<DB>("update jobs set dead_at = $2, locked_until = null, last_error = $3 where id = $1")
            .bind(id.uuid())
            .bind(now.micros())
            .bind(error.to_owned())
            .execute(&mut *self.inner)
            .await
            .map(drop)
            .map_err(from_sqlx)
    }

    async fn dead_jobs(&mut self) -> Result<Vec<DeadJob>, StoreError> {
        let rows: Vec<DeadRow> = query_as::<DB, _>(
            "select id, kind, tries, coalesce(last_error, '') as error, dead_at
             from jobs
             where dead_at is not null
             order by dead_at desc, id desc",
        )
        .fetch_all(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        rows.into_iter().map(DeadJob::try_from).collect()
    }

    async fn revive(&mut self, id: JobId, now: Timestamp) -> Result<bool, StoreError> {
        let revived: Option<(Uuid,)> = query_as::<DB, _>(
            "update jobs
             set dead_at = null,
                 locked_until = null,
                 run_at = $2,
                 tries = 0,
                 job_key = case when exists (select 1
                                             from jobs other
                                             where other.job_key = jobs.job_key
                                               and other.locked_until is null
                                               and other.dead_at is null
                                               and other.id <> jobs.id)
                                then null else job_key end
             where id = $1 and dead_at is not null
             returning id",
        )
        .bind(id.uuid())
        .bind(now.micros())
        .fetch_optional(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        Ok(revived.is_some())
    }

    async fn next_due(&mut self) -> Result<Option<Timestamp>, StoreError> {
        // A job that runs is due again when its lease ends.
        let (at,): (Option<i64>,) = query_as::<DB, _>(
            "select min(case when locked_until is null or locked_until < run_at then run_at else locked_until end)
             from jobs
             where dead_at is null",
        )
        .fetch_one(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        Ok(at.map(Timestamp::from_micros))
    }
}
