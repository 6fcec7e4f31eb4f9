//! Questions of the contact form with what was written under them.

use super::DbTx;
use super::cells::{broken, count};
use super::engine::{Column, Engine, Row};
use super::error::from_sqlx;
use async_trait::async_trait;
use shop_core::email::EmailAddress;
use shop_core::id::QuestionId;
use shop_core::time::Timestamp;
use shop_flows::ports::{Inbox, Question, QuestionMessage, StoreError};
use sqlx::{Executor, FromRow, query, query_as};
use uuid::Uuid;

#[derive(FromRow)]
struct QuestionRow {
    id: Uuid,
    name: String,
    email: String,
    order_number: Option<String>,
    asked_at: i64,
    closed_at: Option<i64>,
    version: i64,
}

#[derive(FromRow)]
struct MessageRow {
    id: i64,
    at: i64,
    is_answer: i64,
    actor: String,
    body: String,
}

impl TryFrom<QuestionRow> for Question {
    type Error = StoreError;

    fn try_from(row: QuestionRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: QuestionId::new(row.id),
            name: row.name,
            email: EmailAddress::parse(&row.email).map_err(|_| broken("questions.email"))?,
            order: row.order_number,
            asked_at: Timestamp::from_micros(row.asked_at),
            closed_at: row.closed_at.map(Timestamp::from_micros),
            version: row.version,
        })
    }
}

impl From<MessageRow> for QuestionMessage {
    fn from(row: MessageRow) -> Self {
        Self {
            id: row.id,
            at: Timestamp::from_micros(row.at),
            is_answer: row.is_answer == 1,
            actor: row.actor,
            body: row.body,
        }
    }
}

#[async_trait]
impl<DB> Inbox for DbTx<DB>
where
    DB: Engine,
    for<'c> &'c mut DB::Connection: Executor<'c, Database = DB>,
    QuestionRow: Row<DB>,
    MessageRow: Row<DB>,
    (i64,): Row<DB>,
    Uuid: Column<DB>,
    String: Column<DB>,
    Option<String>: Column<DB>,
    i64: Column<DB>,
    Option<i64>: Column<DB>,
{
    async fn insert_question(&mut self, question: &Question, body: &str) -> Result<(), StoreError> {
        query::<DB>(
            "insert into questions (id, name, email, mailbox, order_number, asked_at, closed_at, version)
             values ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(question.id.uuid())
        .bind(question.name.clone())
        .bind(question.email.as_str().to_owned())
        .bind(question.email.mailbox())
        .bind(question.order.clone())
        .bind(question.asked_at.micros())
        .bind(question.closed_at.map(Timestamp::micros))
        .bind(question.version)
        .execute(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        query::<DB>(
            "insert into question_messages (question_id, at, is_answer, actor, body)
             values ($1, $2, 0, '', $3)",
        )
        .bind(question.id.uuid())
        .bind(question.asked_at.micros())
        .bind(body.to_owned())
        .execute(&mut *self.inner)
        .await
        .map(drop)
        .map_err(from_sqlx)
    }

    async fn question(&mut self, id: QuestionId) -> Result<Option<Question>, StoreError> {
        let row: Option<QuestionRow> = query_as::<DB, _>(
            "select id, name, email, order_number, asked_at, closed_at, version
             from questions
             where id = $1",
        )
        .bind(id.uuid())
        .fetch_optional(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        row.map(Question::try_from).transpose()
    }

    async fn save_question(&mut self, question: &mut Question) -> Result<(), StoreError> {
        let saved: Option<(i64,)> = query_as::<DB, _>(
            "update questions
             set closed_at = $3, version = version + 1
             where id = $1 and version = $2
             returning version",
        )
        .bind(question.id.uuid())
        .bind(question.version)
        .bind(question.closed_at.map(Timestamp::micros))
        .fetch_optional(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        let (version,) = saved.ok_or(StoreError::Conflict)?;
        question.version = version;
        Ok(())
    }

    async fn add_message(
        &mut self,
        question: QuestionId,
        at: Timestamp,
        actor: &str,
        body: &str,
    ) -> Result<i64, StoreError> {
        let (id,): (i64,) = query_as::<DB, _>(
            "insert into question_messages (question_id, at, is_answer, actor, body)
             values ($1, $2, 1, $3, $4)
             returning id",
        )
        .bind(question.uuid())
        .bind(at.micros())
        .bind(actor.to_owned())
        .bind(body.to_owned())
        .fetch_one(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        Ok(id)
    }

    async fn messages(&mut self, question: QuestionId) -> Result<Vec<QuestionMessage>, StoreError> {
        let rows: Vec<MessageRow> = query_as::<DB, _>(
            "select id, at, is_answer, actor, body
             from question_messages
             where question_id = $1
             order by id",
        )
        .bind(question.uuid())
        .fetch_all(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        Ok(rows.into_iter().map(QuestionMessage::from).collect())
    }

    async fn questions(&mut self, open: bool, most: u32) -> Result<Vec<Question>, StoreError> {
        let found = if open {
            "select id, name, email, order_number, asked_at, closed_at, version
             from questions
             where closed_at is null
             order by asked_at, id
             limit $1"
        } else {
            "select id, name, email, order_number, asked_at, closed_at, version
             from questions
             where closed_at is not null
             order by closed_at desc, id desc
             limit $1"
        };
        let rows: Vec<QuestionRow> =
            query_as::<DB, _>(found).bind(i64::from(most)).fetch_all(&mut *self.inner).await.map_err(from_sqlx)?;
        rows.into_iter().map(Question::try_from).collect()
    }

    async fn open_questions(&mut self) -> Result<u32, StoreError> {
        let (rows,): (i64,) = query_as::<DB, _>("select count(*) from questions where closed_at is null")
            .fetch_one(&mut *self.inner)
            .await
            .map_err(from_sqlx)?;
        count(rows, "count(questions)")
    }

    async fn questions_of(&mut self, email: &EmailAddress, since: Timestamp) -> Result<u32, StoreError> {
        let (rows,): (i64,) = query_as::<DB, _>("select count(*) from questions where mailbox = $1 and asked_at >= $2")
            .bind(email.mailbox())
            .bind(since.micros())
            .fetch_one(&mut *self.inner)
            .await
            .map_err(from_sqlx)?;
        count(rows, "count(questions)")
    }
}
