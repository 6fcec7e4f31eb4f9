//! Staff, their one-time links and the audit trail.

use super::DbTx;
use super::cells::broken;
use super::engine::{Column, Engine, Row};
use super::error::from_sqlx;
use async_trait::async_trait;
use shop_core::email::EmailAddress;
use shop_core::id::StaffId;
use shop_core::time::Timestamp;
use shop_flows::ports::{Audit, Staff, StoreError, Team, Trail};
use sqlx::{Executor, FromRow, query, query_as};
use uuid::Uuid;

#[derive(FromRow)]
struct StaffRow {
    id: Uuid,
    email: String,
    name: String,
    password_hash: Option<String>,
    totp_sealed: Option<String>,
    totp_last_step: i64,
    created_at: i64,
}

#[derive(FromRow)]
struct AuditRow {
    at: i64,
    actor: String,
    action: String,
    subject: String,
    detail: String,
}

impl TryFrom<StaffRow> for Staff {
    type Error = StoreError;

    fn try_from(row: StaffRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: StaffId::new(row.id),
            email: EmailAddress::parse(&row.email).map_err(|_| broken("staff.email"))?,
            name: row.name,
            password_hash: row.password_hash,
            totp_sealed: row.totp_sealed,
            totp_last_step: row.totp_last_step,
            created_at: Timestamp::from_micros(row.created_at),
        })
    }
}

impl From<AuditRow> for Audit {
    fn from(row: AuditRow) -> Self {
        Self {
            at: Timestamp::from_micros(row.at),
            actor: row.actor,
            action: row.action,
            subject: row.subject,
            detail: row.detail,
        }
    }
}

#[async_trait]
impl<DB> Team for DbTx<DB>
where
    DB: Engine,
    for<'c> &'c mut DB::Connection: Executor<'c, Database = DB>,
    StaffRow: Row<DB>,
    AuditRow: Row<DB>,
    (i64,): Row<DB>,
    (Uuid,): Row<DB>,
    Uuid: Column<DB>,
    String: Column<DB>,
    i64: Column<DB>,
    Option<String>: Column<DB>,
{
    async fn staff(&mut self, id: StaffId) -> Result<Option<Staff>, StoreError> {
        // A code of the second factor works once, also when it is sent twice at the same moment: the second one waits here.
        let found = if self.writes {
            "update staff
             set totp_last_step = totp_last_step
             where id = $1
             returning id, email, name, password_hash, totp_sealed, totp_last_step, created_at"
        } else {
            "select id, email, name, password_hash, totp_sealed, totp_last_step, created_at
             from staff
             where id = $1"
        };
        let row: Option<StaffRow> =
            query_as::<DB, _>(found).bind(id.uuid()).fetch_optional(&mut *self.inner).await.map_err(from_sqlx)?;
        row.map(Staff::try_from).transpose()
    }

    async fn staff_by_email(&mut self, email: &EmailAddress) -> Result<Option<Staff>, StoreError> {
        let found = if self.writes {
            "update staff
             set totp_last_step = totp_last_step
             where email_folded = $1
             returning id, email, name, password_hash, totp_sealed, totp_last_step, created_at"
        } else {
            "select id, email, name, password_hash, totp_sealed, totp_last_step, created_at
             from staff
             where email_folded = $1"
        };
        let row: Option<StaffRow> =
            query_as::<DB, _>(found).bind(email.folded()).fetch_optional(&mut *self.inner).await.map_err(from_sqlx)?;
        row.map(Staff::try_from).transpose()
    }

    async fn staff_count(&mut self) -> Result<i64, StoreError> {
        let (count,): (i64,) =
            query_as::<DB, _>("select count(*) from staff").fetch_one(&mut *self.inner).await.map_err(from_sqlx)?;
        Ok(count)
    }

    async fn save_staff(&mut self, staff: &Staff) -> Result<(), StoreError> {
        // Two steps, for the reason given at `save_customer`.
        let changed: Option<(Uuid,)> = query_as::<DB, _>(
            "update staff
             set email = $2,
                 email_folded = $3,
                 name = $4,
                 password_hash = $5,
                 totp_sealed = $6,
                 totp_last_step = $7
             where id = $1
               and not exists (select 1 from staff other where other.email_folded = $3 and other.id <> $1)
             returning id",
        )
        .bind(staff.id.uuid())
        .bind(staff.email.as_str().to_owned())
        .bind(staff.email.folded())
        .bind(staff.name.clone())
        .bind(staff.password_hash.clone())
        .bind(staff.totp_sealed.clone())
        .bind(staff.totp_last_step)
        .fetch_optional(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        if changed.is_some() {
            return Ok(());
        }
        let written: Option<(Uuid,)> = query_as::<DB, _>(
            "insert into staff (id, email, email_folded, name, password_hash, totp_sealed, totp_last_step, created_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8)
             on conflict do nothing
             returning id",
        )
        .bind(staff.id.uuid())
        .bind(staff.email.as_str().to_owned())
        .bind(staff.email.folded())
        .bind(staff.name.clone())
        .bind(staff.password_hash.clone())
        .bind(staff.totp_sealed.clone())
        .bind(staff.totp_last_step)
        .bind(staff.created_at.micros())
        .fetch_optional(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        written.map(drop).ok_or(StoreError::Duplicate)
    }

    async fn save_link(&mut self, hash: &str, staff: StaffId, expires_at: Timestamp) -> Result<(), StoreError> {
        query::<DB>("insert into staff_links (hash, staff_id, expires_at) values ($1, $2, $3)")
            .bind(hash.to_owned())
            .bind(staff.uuid())
            .bind(expires_at.micros())
            .execute(&mut *self.inner)
            .await
            .map(drop)
            .map_err(from_sqlx)
    }

    async fn link(&mut self, hash: &str, now: Timestamp) -> Result<Option<StaffId>, StoreError> {
        let row: Option<(Uuid,)> =
            query_as::<DB, _>("select staff_id from staff_links where hash = $1 and expires_at > $2")
                .bind(hash.to_owned())
                .bind(now.micros())
                .fetch_optional(&mut *self.inner)
                .await
                .map_err(from_sqlx)?;
        Ok(row.map(|(staff,)| StaffId::new(staff)))
    }

    async fn delete_link(&mut self, hash: &str) -> Result<(), StoreError> {
        query::<DB>("delete from staff_links where hash = $1")
            .bind(hash.to_owned())
            .execute(&mut *self.inner)
            .await
            .map(drop)
            .map_err(from_sqlx)
    }

    async fn audit(&mut self, line: &Audit) -> Result<(), StoreError> {
        query::<DB>("insert into audit (at, actor, action, subject, detail) values ($1, $2, $3, $4, $5)")
            .bind(line.at.micros())
            .bind(line.actor.clone())
            .bind(line.action.clone())
            .bind(line.subject.clone())
            .bind(line.detail.clone())
            .execute(&mut *self.inner)
            .await
            .map(drop)
            .map_err(from_sqlx)
    }

    async fn audit_look(&mut self, line: &Audit, since: Timestamp) -> Result<(), StoreError> {
        let same: Vec<(i64,)> = query_as::<DB, _>(
            "select id
             from audit
             where at > $1 and actor = $2 and action = $3 and subject = $4
             limit 1",
        )
        .bind(since.micros())
        .bind(line.actor.clone())
        .bind(line.action.clone())
        .bind(line.subject.clone())
        .fetch_all(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        if same.is_empty() { self.audit(line).await } else { Ok(()) }
    }

    async fn audit_trail(&mut self, trail: Trail, limit: u32) -> Result<Vec<Audit>, StoreError> {
        let rows: Vec<AuditRow> = query_as::<DB, _>(match trail {
            Trail::Changes => {
                "select at, actor, action, subject, detail
                 from audit
                 where action not like $2
                 order by id desc
                 limit $1"
            }
            Trail::Looks => {
                "select at, actor, action, subject, detail
                 from audit
                 where action like $2
                 order by id desc
                 limit $1"
            }
        })
        .bind(i64::from(limit))
        .bind(format!("%{}", Trail::LOOK))
        .fetch_all(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        Ok(rows.into_iter().map(Audit::from).collect())
    }
}
