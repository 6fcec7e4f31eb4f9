//! Accounts, saved addresses and sign-in codes.

use super::DbTx;
use super::cells::{broken, count, from_json, to_json};
use super::engine::{Column, Engine, Row};
use super::error::from_sqlx;
use async_trait::async_trait;
use shop_core::address::{Address, Phone};
use shop_core::email::EmailAddress;
use shop_core::id::{AddressId, CustomerId};
use shop_core::time::Timestamp;
use shop_flows::ports::{Customer, Customers, SignInCode, StoreError};
use sqlx::{Executor, FromRow, query, query_as};
use uuid::Uuid;

#[derive(FromRow)]
struct CustomerRow {
    id: Uuid,
    email: String,
    given_name: String,
    family_name: String,
    phone: Option<String>,
    created_at: i64,
    verified_at: Option<i64>,
}

#[derive(FromRow)]
struct AddressRow {
    id: Uuid,
    body: String,
}

#[derive(FromRow)]
struct CodeRow {
    hash: String,
    tries: i64,
    sent: i64,
    created_at: i64,
    expires_at: i64,
}

impl TryFrom<CustomerRow> for Customer {
    type Error = StoreError;

    fn try_from(row: CustomerRow) -> Result<Self, StoreError> {
        let phone = row.phone.map(|text| Phone::parse(&text).ok_or_else(|| broken("customers.phone")));
        Ok(Self {
            id: CustomerId::new(row.id),
            email: EmailAddress::parse(&row.email).map_err(|_| broken("customers.email"))?,
            given_name: row.given_name,
            family_name: row.family_name,
            phone: phone.transpose()?,
            created_at: Timestamp::from_micros(row.created_at),
            verified_at: row.verified_at.map(Timestamp::from_micros),
        })
    }
}

impl TryFrom<CodeRow> for SignInCode {
    type Error = StoreError;

    fn try_from(row: CodeRow) -> Result<Self, StoreError> {
        Ok(Self {
            hash: row.hash,
            tries: count(row.tries, "sign_in_codes.tries")?,
            sent: count(row.sent, "sign_in_codes.sent")?,
            created_at: Timestamp::from_micros(row.created_at),
            expires_at: Timestamp::from_micros(row.expires_at),
        })
    }
}

#[async_trait]
impl<DB> Customers for DbTx<DB>
where
    DB: Engine,
    for<'c> &'c mut DB::Connection: Executor<'c, Database = DB>,
    CustomerRow: Row<DB>,
    AddressRow: Row<DB>,
    CodeRow: Row<DB>,
    (i64,): Row<DB>,
    (String,): Row<DB>,
    (Uuid,): Row<DB>,
    Uuid: Column<DB>,
    String: Column<DB>,
    i64: Column<DB>,
    Option<i64>: Column<DB>,
    Option<String>: Column<DB>,
{
    async fn customer(&mut self, id: CustomerId) -> Result<Option<Customer>, StoreError> {
        let row: Option<CustomerRow> = query_as::<DB, _>(
            "select id, email, given_name, family_name, phone, created_at, verified_at
             from customers
             where id = $1",
        )
        .bind(id.uuid())
        .fetch_optional(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        row.map(Customer::try_from).transpose()
    }

    async fn customer_by_email(&mut self, email: &EmailAddress) -> Result<Option<Customer>, StoreError> {
        let row: Option<CustomerRow> = query_as::<DB, _>(
            "select id, email, given_name, family_name, phone, created_at, verified_at
             from customers
             where email_folded = $1",
        )
        .bind(email.folded())
        .fetch_optional(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        row.map(Customer::try_from).transpose()
    }

    async fn save_customer(&mut self, customer: &Customer) -> Result<(), StoreError> {
        // Two steps instead of an upsert: an upsert on the id would fail on another one's address, and a failed statement ends
        // the transaction on PostgreSQL.
        let changed: Option<(Uuid,)> = query_as::<DB, _>(
            "update customers
             set email = $2,
                 email_folded = $3,
                 given_name = $4,
                 family_name = $5,
                 phone = $6,
                 verified_at = $7,
                 mailbox = $8
             where id = $1
               and not exists (select 1 from customers other where other.email_folded = $3 and other.id <> $1)
             returning id",
        )
        .bind(customer.id.uuid())
        .bind(customer.email.as_str().to_owned())
        .bind(customer.email.folded())
        .bind(customer.given_name.clone())
        .bind(customer.family_name.clone())
        .bind(customer.phone.as_ref().map(|phone| phone.as_str().to_owned()))
        .bind(customer.verified_at.map(Timestamp::micros))
        .bind(customer.email.mailbox())
        .fetch_optional(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        if changed.is_some() {
            return Ok(());
        }
        let written: Option<(Uuid,)> = query_as::<DB, _>(
            "insert into customers
                 (id, email, email_folded, given_name, family_name, phone, created_at, verified_at, mailbox)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
             on conflict do nothing
             returning id",
        )
        .bind(customer.id.uuid())
        .bind(customer.email.as_str().to_owned())
        .bind(customer.email.folded())
        .bind(customer.given_name.clone())
        .bind(customer.family_name.clone())
        .bind(customer.phone.as_ref().map(|phone| phone.as_str().to_owned()))
        .bind(customer.created_at.micros())
        .bind(customer.verified_at.map(Timestamp::micros))
        .bind(customer.email.mailbox())
        .fetch_optional(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        written.map(drop).ok_or(StoreError::Duplicate)
    }

    async fn addresses(&mut self, customer: CustomerId) -> Result<Vec<(AddressId, Address)>, StoreError> {
        let rows: Vec<AddressRow> = query_as::<DB, _>(
            "select id, body
             from addresses
             where customer_id = $1
             order by ordinal desc, id desc",
        )
        .bind(customer.uuid())
        .fetch_all(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        rows.into_iter().map(|row| Ok((AddressId::new(row.id), from_json(&row.body, "addresses.body")?))).collect()
    }

    async fn save_address(
        &mut self,
        customer: CustomerId,
        id: AddressId,
        address: &Address,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let written: Option<(Uuid,)> = query_as::<DB, _>(
            "insert into addresses (id, customer_id, ordinal, body, saved_at)
             values ($1, $2, (select coalesce(max(ordinal), 0) + 1 from addresses where customer_id = $2), $3, $4)
             on conflict (id) do update set
                 ordinal = excluded.ordinal,
                 body = excluded.body,
                 saved_at = excluded.saved_at
             where addresses.customer_id = excluded.customer_id
             returning id",
        )
        .bind(id.uuid())
        .bind(customer.uuid())
        .bind(to_json(address)?)
        .bind(now.micros())
        .fetch_optional(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        // The id of somebody else's address is never written over.
        written.map(drop).ok_or(StoreError::Duplicate)
    }

    async fn delete_address(&mut self, customer: CustomerId, id: AddressId) -> Result<bool, StoreError> {
        let gone: Option<(Uuid,)> =
            query_as::<DB, _>("delete from addresses where id = $1 and customer_id = $2 returning id")
                .bind(id.uuid())
                .bind(customer.uuid())
                .fetch_optional(&mut *self.inner)
                .await
                .map_err(from_sqlx)?;
        Ok(gone.is_some())
    }

    async fn save_code(&mut self, email: &EmailAddress, session: &str, code: &SignInCode) -> Result<(), StoreError> {
        query::<DB>(
            "insert into sign_in_codes (email_folded, session_hash, hash, tries, sent, created_at, expires_at, mailbox)
             values ($1, $2, $3, $4, $5, $6, $7, $8)
             on conflict (email_folded, session_hash) do update set
                 hash = excluded.hash,
                 tries = excluded.tries,
                 sent = excluded.sent,
                 created_at = excluded.created_at,
                 expires_at = excluded.expires_at",
        )
        .bind(email.folded())
        .bind(session.to_owned())
        .bind(code.hash.clone())
        .bind(i64::from(code.tries))
        .bind(i64::from(code.sent))
        .bind(code.created_at.micros())
        .bind(code.expires_at.micros())
        .bind(email.mailbox())
        .execute(&mut *self.inner)
        .await
        .map(drop)
        .map_err(from_sqlx)
    }

    async fn code(&mut self, email: &EmailAddress, session: &str) -> Result<Option<SignInCode>, StoreError> {
        // Guesses at the same moment wait for each other, or each would count as the first one.
        let found = if self.writes {
            "update sign_in_codes set tries = tries where email_folded = $1 and session_hash = $2
             returning hash, tries, sent, created_at, expires_at"
        } else {
            "select hash, tries, sent, created_at, expires_at
             from sign_in_codes
             where email_folded = $1 and session_hash = $2"
        };
        let row: Option<CodeRow> = query_as::<DB, _>(found)
            .bind(email.folded())
            .bind(session.to_owned())
            .fetch_optional(&mut *self.inner)
            .await
            .map_err(from_sqlx)?;
        row.map(SignInCode::try_from).transpose()
    }

    async fn codes_sent(&mut self, email: &EmailAddress, since: Timestamp) -> Result<u32, StoreError> {
        let (sent,): (i64,) = query_as::<DB, _>(
            "select cast(coalesce(sum(sent), 0) as bigint)
             from sign_in_codes
             where mailbox = $1 and created_at >= $2",
        )
        .bind(email.mailbox())
        .bind(since.micros())
        .fetch_one(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        count(sent, "sign_in_codes.sent")
    }

    async fn delete_code(&mut self, email: &EmailAddress, session: &str) -> Result<(), StoreError> {
        query::<DB>("delete from sign_in_codes where email_folded = $1 and session_hash = $2")
            .bind(email.folded())
            .bind(session.to_owned())
            .execute(&mut *self.inner)
            .await
            .map(drop)
            .map_err(from_sqlx)
    }

    async fn forget_codes(&mut self, before: Timestamp) -> Result<u32, StoreError> {
        let gone: Vec<(String,)> =
            query_as::<DB, _>("delete from sign_in_codes where created_at < $1 returning session_hash")
                .bind(before.micros())
                .fetch_all(&mut *self.inner)
                .await
                .map_err(from_sqlx)?;
        Ok(u32::try_from(gone.len()).unwrap_or(u32::MAX))
    }
}
