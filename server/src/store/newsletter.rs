//! The list of the newsletter, with the proof of each yes and no.

use super::DbTx;
use super::cells::{broken, count};
use super::engine::{Column, Engine, Row};
use super::error::from_sqlx;
use async_trait::async_trait;
use shop_core::email::EmailAddress;
use shop_core::id::{SignUpId, SubscriberId};
use shop_core::newsletter::{Channel, ConsentAction};
use shop_core::time::Timestamp;
use shop_flows::ports::{Consent, FiledSignUp, MailingList, StoreError, Subscriber};
use sqlx::{Executor, FromRow, query, query_as};
use uuid::Uuid;

#[derive(FromRow)]
struct SignUpRow {
    id: Uuid,
    email: String,
    first_name: String,
    channel: String,
    text_id: String,
    text_version: i64,
    token_hash: String,
    asked_at: i64,
}

impl TryFrom<SignUpRow> for FiledSignUp {
    type Error = StoreError;

    fn try_from(row: SignUpRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: SignUpId::new(row.id),
            email: EmailAddress::parse(&row.email).map_err(|_| broken("newsletter_sign_ups.email"))?,
            first_name: row.first_name,
            channel: Channel::parse(&row.channel).ok_or_else(|| broken("newsletter_sign_ups.channel"))?,
            text: (row.text_id, count(row.text_version, "newsletter_sign_ups.text_version")?),
            token_hash: row.token_hash,
            asked_at: Timestamp::from_micros(row.asked_at),
        })
    }
}

#[derive(FromRow)]
struct SubscriberRow {
    id: Uuid,
    email: String,
    first_name: String,
    since: i64,
}

impl TryFrom<SubscriberRow> for Subscriber {
    type Error = StoreError;

    fn try_from(row: SubscriberRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: SubscriberId::new(row.id),
            email: EmailAddress::parse(&row.email).map_err(|_| broken("newsletter_subscribers.email"))?,
            first_name: row.first_name,
            since: Timestamp::from_micros(row.since),
        })
    }
}

#[derive(FromRow)]
struct ConsentRow {
    subject: String,
    action: String,
    at: i64,
    text_id: String,
    text_version: i64,
    text_hash: String,
    channel: String,
}

impl TryFrom<ConsentRow> for Consent {
    type Error = StoreError;

    fn try_from(row: ConsentRow) -> Result<Self, StoreError> {
        Ok(Self {
            subject: row.subject,
            action: ConsentAction::parse(&row.action).ok_or_else(|| broken("newsletter_consents.action"))?,
            at: Timestamp::from_micros(row.at),
            text: (row.text_id, count(row.text_version, "newsletter_consents.text_version")?),
            text_hash: row.text_hash,
            channel: Channel::parse(&row.channel).ok_or_else(|| broken("newsletter_consents.channel"))?,
        })
    }
}

#[async_trait]
impl<DB> MailingList for DbTx<DB>
where
    DB: Engine,
    for<'c> &'c mut DB::Connection: Executor<'c, Database = DB>,
    SignUpRow: Row<DB>,
    SubscriberRow: Row<DB>,
    ConsentRow: Row<DB>,
    (Uuid,): Row<DB>,
    (i64,): Row<DB>,
    Uuid: Column<DB>,
    String: Column<DB>,
    i64: Column<DB>,
{
    async fn save_sign_up(&mut self, sign_up: &FiledSignUp) -> Result<(), StoreError> {
        // The id is taken over too: the mail that was asked for last is the one whose link works.
        query::<DB>(
            "insert into newsletter_sign_ups
                 (id, email, email_folded, mailbox, first_name, channel, text_id, text_version, token_hash, asked_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
             on conflict (email_folded) do update set
                 id = excluded.id,
                 email = excluded.email,
                 first_name = excluded.first_name,
                 channel = excluded.channel,
                 text_id = excluded.text_id,
                 text_version = excluded.text_version,
                 token_hash = excluded.token_hash,
                 asked_at = excluded.asked_at",
        )
        .bind(sign_up.id.uuid())
        .bind(sign_up.email.as_str().to_owned())
        .bind(sign_up.email.folded())
        .bind(sign_up.email.mailbox())
        .bind(sign_up.first_name.clone())
        .bind(sign_up.channel.name().to_owned())
        .bind(sign_up.text.0.clone())
        .bind(i64::from(sign_up.text.1))
        .bind(sign_up.token_hash.clone())
        .bind(sign_up.asked_at.micros())
        .execute(&mut *self.inner)
        .await
        .map(drop)
        .map_err(from_sqlx)
    }

    async fn sign_up(&mut self, id: SignUpId) -> Result<Option<FiledSignUp>, StoreError> {
        let row: Option<SignUpRow> = query_as::<DB, _>(
            "select id, email, first_name, channel, text_id, text_version, token_hash, asked_at
             from newsletter_sign_ups
             where id = $1",
        )
        .bind(id.uuid())
        .fetch_optional(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        row.map(FiledSignUp::try_from).transpose()
    }

    async fn sign_up_by_token(&mut self, hash: &str) -> Result<Option<FiledSignUp>, StoreError> {
        let row: Option<SignUpRow> = query_as::<DB, _>(
            "select id, email, first_name, channel, text_id, text_version, token_hash, asked_at
             from newsletter_sign_ups
             where token_hash = $1",
        )
        .bind(hash.to_owned())
        .fetch_optional(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        row.map(FiledSignUp::try_from).transpose()
    }

    async fn sign_up_of(&mut self, email: &EmailAddress) -> Result<Option<FiledSignUp>, StoreError> {
        let row: Option<SignUpRow> = query_as::<DB, _>(
            "select id, email, first_name, channel, text_id, text_version, token_hash, asked_at
             from newsletter_sign_ups
             where email_folded = $1",
        )
        .bind(email.folded())
        .fetch_optional(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        row.map(FiledSignUp::try_from).transpose()
    }

    async fn waiting_sign_ups(&mut self, email: &EmailAddress) -> Result<u32, StoreError> {
        let (rows,): (i64,) = query_as::<DB, _>("select count(*) from newsletter_sign_ups where mailbox = $1")
            .bind(email.mailbox())
            .fetch_one(&mut *self.inner)
            .await
            .map_err(from_sqlx)?;
        count(rows, "count(newsletter_sign_ups)")
    }

    async fn delete_sign_up(&mut self, id: SignUpId) -> Result<(), StoreError> {
        query::<DB>("delete from newsletter_sign_ups where id = $1")
            .bind(id.uuid())
            .execute(&mut *self.inner)
            .await
            .map(drop)
            .map_err(from_sqlx)
    }

    async fn forget_sign_ups(&mut self, before: Timestamp) -> Result<u32, StoreError> {
        let gone: Vec<(Uuid,)> = query_as::<DB, _>("delete from newsletter_sign_ups where asked_at <= $1 returning id")
            .bind(before.micros())
            .fetch_all(&mut *self.inner)
            .await
            .map_err(from_sqlx)?;
        u32::try_from(gone.len()).map_err(|_| StoreError::Broken("a list is too long".to_owned()))
    }

    async fn insert_subscriber(&mut self, subscriber: &Subscriber) -> Result<(), StoreError> {
        let new: Option<(Uuid,)> = query_as::<DB, _>(
            "insert into newsletter_subscribers (id, email, email_folded, first_name, since)
             values ($1, $2, $3, $4, $5)
             on conflict do nothing
             returning id",
        )
        .bind(subscriber.id.uuid())
        .bind(subscriber.email.as_str().to_owned())
        .bind(subscriber.email.folded())
        .bind(subscriber.first_name.clone())
        .bind(subscriber.since.micros())
        .fetch_optional(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        new.map(drop).ok_or(StoreError::Duplicate)
    }

    async fn subscriber(&mut self, id: SubscriberId) -> Result<Option<Subscriber>, StoreError> {
        let row: Option<SubscriberRow> =
            query_as::<DB, _>("select id, email, first_name, since from newsletter_subscribers where id = $1")
                .bind(id.uuid())
                .fetch_optional(&mut *self.inner)
                .await
                .map_err(from_sqlx)?;
        row.map(Subscriber::try_from).transpose()
    }

    async fn subscriber_of(&mut self, email: &EmailAddress) -> Result<Option<Subscriber>, StoreError> {
        let row: Option<SubscriberRow> = query_as::<DB, _>(
            "select id, email, first_name, since from newsletter_subscribers where email_folded = $1",
        )
        .bind(email.folded())
        .fetch_optional(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        row.map(Subscriber::try_from).transpose()
    }

    async fn delete_subscriber(&mut self, id: SubscriberId) -> Result<(), StoreError> {
        query::<DB>("delete from newsletter_subscribers where id = $1")
            .bind(id.uuid())
            .execute(&mut *self.inner)
            .await
            .map(drop)
            .map_err(from_sqlx)
    }

    async fn subscribers(&mut self) -> Result<u32, StoreError> {
        let (rows,): (i64,) = query_as::<DB, _>("select count(*) from newsletter_subscribers")
            .fetch_one(&mut *self.inner)
            .await
            .map_err(from_sqlx)?;
        count(rows, "count(newsletter_subscribers)")
    }

    async fn suppress(&mut self, hash: &str, now: Timestamp) -> Result<(), StoreError> {
        query::<DB>("insert into newsletter_suppressed (address_hash, since) values ($1, $2) on conflict do nothing")
            .bind(hash.to_owned())
            .bind(now.micros())
            .execute(&mut *self.inner)
            .await
            .map(drop)
            .map_err(from_sqlx)
    }

    async fn unsuppress(&mut self, hash: &str) -> Result<(), StoreError> {
        query::<DB>("delete from newsletter_suppressed where address_hash = $1")
            .bind(hash.to_owned())
            .execute(&mut *self.inner)
            .await
            .map(drop)
            .map_err(from_sqlx)
    }

    async fn is_suppressed(&mut self, hash: &str) -> Result<bool, StoreError> {
        let since: Option<(i64,)> =
            query_as::<DB, _>("select since from newsletter_suppressed where address_hash = $1")
                .bind(hash.to_owned())
                .fetch_optional(&mut *self.inner)
                .await
                .map_err(from_sqlx)?;
        Ok(since.is_some())
    }

    async fn record_consent(&mut self, id: Uuid, consent: &Consent) -> Result<(), StoreError> {
        query::<DB>(
            "insert into newsletter_consents (id, subject, action, at, text_id, text_version, text_hash, channel)
             values ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(id)
        .bind(consent.subject.clone())
        .bind(consent.action.name().to_owned())
        .bind(consent.at.micros())
        .bind(consent.text.0.clone())
        .bind(i64::from(consent.text.1))
        .bind(consent.text_hash.clone())
        .bind(consent.channel.name().to_owned())
        .execute(&mut *self.inner)
        .await
        .map(drop)
        .map_err(from_sqlx)
    }

    async fn newsletter_consents(&mut self, subject: &str) -> Result<Vec<Consent>, StoreError> {
        let rows: Vec<ConsentRow> = query_as::<DB, _>(
            "select subject, action, at, text_id, text_version, text_hash, channel
             from newsletter_consents
             where subject = $1
             order by at, id",
        )
        .bind(subject.to_owned())
        .fetch_all(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        rows.into_iter().map(Consent::try_from).collect()
    }
}
