//! Letters, and one row for each who gets one: written before the letter leaves, so that nobody gets it twice.

use super::DbTx;
use super::cells::{broken, count};
use super::engine::{Column, Engine, Row};
use super::error::from_sqlx;
use async_trait::async_trait;
use shop_core::id::{LetterId, SubscriberId};
use shop_core::newsletter::letter::{Letter, LetterState};
use shop_core::time::Timestamp;
use shop_flows::ports::{Delivery, DeliveryCounts, LetterBook, StoreError};
use sqlx::{Executor, FromRow, query, query_as};
use uuid::Uuid;

#[derive(FromRow)]
struct LetterRow {
    id: Uuid,
    subject: String,
    text: String,
    state: String,
    state_at: Option<i64>,
    made_at: i64,
    version: i64,
}

impl TryFrom<LetterRow> for Letter {
    type Error = StoreError;

    fn try_from(row: LetterRow) -> Result<Self, StoreError> {
        let at = row.state_at.map(Timestamp::from_micros);
        Ok(Self {
            id: LetterId::new(row.id),
            subject: row.subject,
            text: row.text,
            state: LetterState::parse(&row.state, at).ok_or_else(|| broken("letters.state"))?,
            made_at: Timestamp::from_micros(row.made_at),
            version: row.version,
        })
    }
}

#[derive(FromRow)]
struct CountRow {
    state: String,
    many: i64,
    gone: i64,
}

#[async_trait]
impl<DB> LetterBook for DbTx<DB>
where
    DB: Engine,
    for<'c> &'c mut DB::Connection: Executor<'c, Database = DB>,
    LetterRow: Row<DB>,
    CountRow: Row<DB>,
    (Uuid,): Row<DB>,
    Uuid: Column<DB>,
    String: Column<DB>,
    i64: Column<DB>,
    Option<i64>: Column<DB>,
{
    async fn letters(&mut self) -> Result<Vec<Letter>, StoreError> {
        let rows: Vec<LetterRow> = query_as::<DB, _>(
            "select id, subject, text, state, state_at, made_at, version
             from letters
             order by made_at desc, id desc",
        )
        .fetch_all(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        rows.into_iter().map(Letter::try_from).collect()
    }

    async fn letter(&mut self, id: LetterId) -> Result<Option<Letter>, StoreError> {
        let row: Option<LetterRow> = query_as::<DB, _>(
            "select id, subject, text, state, state_at, made_at, version
             from letters
             where id = $1",
        )
        .bind(id.uuid())
        .fetch_optional(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        row.map(Letter::try_from).transpose()
    }

    async fn insert_letter(&mut self, letter: &Letter) -> Result<(), StoreError> {
        query::<DB>(
            "insert into letters (id, subject, text, state, state_at, made_at, version)
             values ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(letter.id.uuid())
        .bind(letter.subject.clone())
        .bind(letter.text.clone())
        .bind(letter.state.name().to_owned())
        .bind(letter.state.at().map(Timestamp::micros))
        .bind(letter.made_at.micros())
        .bind(letter.version)
        .execute(&mut *self.inner)
        .await
        .map(drop)
        .map_err(from_sqlx)
    }

    async fn save_letter(&mut self, letter: &mut Letter) -> Result<(), StoreError> {
        let saved: Option<(Uuid,)> = query_as::<DB, _>(
            "update letters
             set subject = $3, text = $4, state = $5, state_at = $6, version = version + 1
             where id = $1 and version = $2
             returning id",
        )
        .bind(letter.id.uuid())
        .bind(letter.version)
        .bind(letter.subject.clone())
        .bind(letter.text.clone())
        .bind(letter.state.name().to_owned())
        .bind(letter.state.at().map(Timestamp::micros))
        .fetch_optional(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        saved.ok_or(StoreError::Conflict)?;
        letter.version += 1;
        Ok(())
    }

    async fn queue_letter(&mut self, letter: LetterId, now: Timestamp) -> Result<(), StoreError> {
        query::<DB>(
            "insert into letter_deliveries (letter_id, subscriber_id, state, at)
             select letters.id, newsletter_subscribers.id, 'queued', $2
             from letters, newsletter_subscribers
             where letters.id = $1
             on conflict do nothing",
        )
        .bind(letter.uuid())
        .bind(now.micros())
        .execute(&mut *self.inner)
        .await
        .map(drop)
        .map_err(from_sqlx)
    }

    async fn next_delivery(&mut self, letter: LetterId, now: Timestamp) -> Result<Option<SubscriberId>, StoreError> {
        // On PostgreSQL another worker may take the one that was chosen; then the outer condition is false and this one gets none, which
        // only makes its batch shorter.
        let next: Option<(Uuid,)> = query_as::<DB, _>(
            "update letter_deliveries
             set state = 'sending', at = $2
             where letter_id = $1
               and state = 'queued'
               and subscriber_id = (select subscriber_id
                                    from letter_deliveries
                                    where letter_id = $1 and state = 'queued'
                                    order by at, subscriber_id
                                    limit 1)
             returning subscriber_id",
        )
        .bind(letter.uuid())
        .bind(now.micros())
        .fetch_optional(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        Ok(next.map(|(id,)| SubscriberId::new(id)))
    }

    async fn settle_delivery(
        &mut self,
        letter: LetterId,
        subscriber: SubscriberId,
        outcome: Delivery,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        query::<DB>(
            "update letter_deliveries
             set state = $3, at = $4
             where letter_id = $1 and subscriber_id = $2 and state = 'sending'",
        )
        .bind(letter.uuid())
        .bind(subscriber.uuid())
        .bind(outcome.name().to_owned())
        .bind(now.micros())
        .execute(&mut *self.inner)
        .await
        .map(drop)
        .map_err(from_sqlx)
    }

    async fn deliveries(&mut self, letter: LetterId) -> Result<DeliveryCounts, StoreError> {
        let rows: Vec<CountRow> = query_as::<DB, _>(
            "select state, count(*) as many, count(left_at) as gone
             from letter_deliveries
             where letter_id = $1
             group by state",
        )
        .bind(letter.uuid())
        .fetch_all(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        let mut counts = DeliveryCounts::default();
        for row in rows {
            let rows = count(row.many, "count(letter_deliveries)")?;
            counts.left = counts.left.saturating_add(count(row.gone, "count(letter_deliveries)")?);
            match row.state.as_str() {
                "queued" => counts.queued = rows,
                "sending" => counts.unsure = rows,
                "sent" => counts.sent = rows,
                "bounced" => counts.bounced = rows,
                "skipped" => counts.skipped = rows,
                _ => return Err(broken("letter_deliveries.state")),
            }
        }
        Ok(counts)
    }

    async fn left_after(&mut self, subscriber: SubscriberId, now: Timestamp) -> Result<(), StoreError> {
        query::<DB>(
            "update letter_deliveries
             set left_at = $2
             where subscriber_id = $1
               and state in ('sending', 'sent')
               and letter_id = (select letter_id
                                from letter_deliveries
                                where subscriber_id = $1 and state in ('sending', 'sent')
                                order by at desc
                                limit 1)",
        )
        .bind(subscriber.uuid())
        .bind(now.micros())
        .execute(&mut *self.inner)
        .await
        .map(drop)
        .map_err(from_sqlx)
    }
}
