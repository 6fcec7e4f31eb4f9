//! Taking a person away (AVG art. 17). Her orders stay as the tax law wants them, and are nobody's: none is connected with another any more.

use super::ties::erased_by_address;
use crate::store::DbTx;
use crate::store::columns::tables;
use crate::store::engine::{Column, Engine, Row};
use crate::store::error::from_sqlx;
use crate::store::orders::rows::body;
use shop_core::email::EmailAddress;
use shop_core::order::Order;
use shop_flows::ports::{Person, StoreError};
use sqlx::{AssertSqlSafe, Executor, query, query_as};
use uuid::Uuid;

/// Whose the orders of erased persons are: one account for all of them, that nobody can sign in to.
const NOBODY: Uuid = Uuid::nil();

/// What may hold her address in the middle of something. Of JSON the whole text counts, with its quotes, so that no part of somebody else's address is taken
/// for hers.
const BY_ADDRESS: [&str; 4] = [
    "delete from jobs where lower(payload) <> replace(lower(payload), '\"' || $1 || '\"', '')",
    "delete from checkout_drafts where lower(body) <> replace(lower(body), '\"' || $1 || '\"', '')",
    "update sessions set flash = null where lower(flash) <> replace(lower(flash), '\"' || $1 || '\"', '')",
    "update tasks set detail = 'gewist op verzoek'
     where kind = 'withdrawn' and lower(detail) || ':' <> replace(lower(detail) || ':', ', ' || $1 || ':', '')",
];

/// What belongs to her account.
const BY_ACCOUNT: [&str; 4] = [
    "delete from checkout_drafts where cart_id in (select cart_id from sessions where customer_id = $1)",
    "delete from sessions where customer_id = $1",
    "delete from addresses where customer_id = $1",
    "delete from customers where id = $1",
];

/// What stands beside an order and is no part of the books.
const BESIDE_AN_ORDER: [&str; 5] = [
    "delete from disclosures where order_id = $1",
    "delete from fit_votes where order_id = $1",
    // The code of the parcel leads to her address at the carrier.
    "update order_events set detail = '' where order_id = $1 and event = 'shipped'",
    "update attempts set pay_url = null where order_id = $1",
    "update tasks set detail = 'gewist op verzoek' where order_id = $1 and kind = 'withdrawn'",
];

impl<DB> DbTx<DB>
where
    DB: Engine,
    for<'c> &'c mut DB::Connection: Executor<'c, Database = DB>,
    (Uuid,): Row<DB>,
    Uuid: Column<DB>,
    String: Column<DB>,
    i64: Column<DB>,
{
    pub(super) async fn erase_person(&mut self, who: &Person, forgotten: &[Order]) -> Result<(), StoreError> {
        if !forgotten.is_empty() {
            self.make_nobody().await?;
        }
        for order in forgotten {
            self.forget_order(order).await?;
        }
        for (name, condition) in tables().filter_map(|table| Some((table.name, erased_by_address(&table)?))) {
            query::<DB>(AssertSqlSafe(format!("delete from {name} where {condition}")))
                .bind(who.email.folded())
                .execute(&mut *self.inner)
                .await
                .map_err(from_sqlx)?;
        }
        for change in BY_ADDRESS {
            query::<DB>(change).bind(who.email.folded()).execute(&mut *self.inner).await.map_err(from_sqlx)?;
        }
        if let Some(customer) = who.customer {
            for change in BY_ACCOUNT {
                query::<DB>(change).bind(customer.uuid()).execute(&mut *self.inner).await.map_err(from_sqlx)?;
            }
        }
        Ok(())
    }

    async fn make_nobody(&mut self) -> Result<(), StoreError> {
        query::<DB>(
            // Lapsed from the beginning: nobody is warned that nobody's account ends, and it goes with the last order.
            "insert into customers (id, email, email_folded, given_name, family_name, created_at, mailbox, lapsed_at)
             values ($1, $2, $2, '', '', $3, $2, $3)
             on conflict do nothing",
        )
        .bind(NOBODY)
        .bind(EmailAddress::nobody().folded())
        .bind(0_i64)
        .execute(&mut *self.inner)
        .await
        .map(drop)
        .map_err(from_sqlx)
    }

    async fn forget_order(&mut self, order: &Order) -> Result<(), StoreError> {
        let saved: Option<(Uuid,)> = query_as::<DB, _>(
            "update orders
             set customer_id = $3, name = $4, city = $5, email_folded = $6, search = $7, body = $8, version = version + 1
             where id = $1 and version = $2
             returning id",
        )
        .bind(order.id.uuid())
        .bind(order.version)
        .bind(NOBODY)
        .bind(order.address.name.full())
        .bind(order.address.city.clone())
        .bind(order.contact.email.folded())
        // Found by its number only.
        .bind(order.number.as_str().to_ascii_lowercase())
        .bind(body(order)?)
        .fetch_optional(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        saved.ok_or(StoreError::Conflict)?;
        for change in BESIDE_AN_ORDER {
            query::<DB>(change).bind(order.id.uuid()).execute(&mut *self.inner).await.map_err(from_sqlx)?;
        }
        // Browsers in which it was placed or opened without signing in.
        query::<DB>("delete from sessions where orders <> replace(orders, '\"' || $1 || '\"', '')")
            .bind(order.number.as_str().to_owned())
            .execute(&mut *self.inner)
            .await
            .map_err(from_sqlx)?;
        // Mails about it that have not gone.
        query::<DB>("delete from jobs where kind like 'mail%' and payload <> replace(payload, $1, '')")
            .bind(order.id.to_string())
            .execute(&mut *self.inner)
            .await
            .map(drop)
            .map_err(from_sqlx)
    }
}
