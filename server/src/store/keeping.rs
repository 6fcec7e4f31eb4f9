//! Erasing what has had its time. A batch is chosen first and erased with all that hangs on it, table by table, so no query is asked per row.

use super::DbTx;
use super::cells::{broken, count};
use super::engine::{Column, Engine, Row};
use super::error::from_sqlx;
use async_trait::async_trait;
use shop_core::id::CustomerId;
use shop_core::privacy::{Retention, device};
use shop_core::time::{Day, Seconds, Timestamp};
use shop_flows::ports::{Gone, Keeping, StoreError};
use sqlx::{Executor, query, query_as};
use uuid::Uuid;

/// A yes about cookies ends at the latest when the cookie that holds it does.
const CHOICE_LENGTH: Seconds = match device::CHOICE.length {
    Some(length) => length,
    None => Seconds(0),
};

/// THE PLACE FOR RESTRICTION (AVG art. 18, legal.md RI7): what belongs to a customer whose data are restricted is not erased, and she gets no
/// warning. Once `customers.restricted_at` is there, the text below becomes
/// `concat!("not exists (select 1 from customers held where held.id = ", $customer, " and held.restricted_at is not null)")`;
/// every query that erases something of a customer asks it.
macro_rules! unrestricted {
    ($customer:literal) => {
        concat!($customer, " is not null")
    };
}

/// The tables of an order, in the order in which their rows can go, with the period that each row is kept for.
const OF_ORDERS: [(Retention, &str); 12] = [
    (
        Retention::Books,
        "delete from fit_votes where order_id in (select order_id from forgetting) returning cast(1 as bigint)",
    ),
    (
        Retention::Books,
        "delete from order_lines where order_id in (select order_id from forgetting) returning cast(1 as bigint)",
    ),
    (
        Retention::Books,
        "delete from stock_movements where order_id in (select order_id from forgetting) returning cast(1 as bigint)",
    ),
    (
        Retention::Books,
        "delete from discount_uses where order_id in (select order_id from forgetting) returning cast(1 as bigint)",
    ),
    (
        Retention::Books,
        "delete from bank_bookings where order_id in (select order_id from forgetting) returning cast(1 as bigint)",
    ),
    (
        Retention::Books,
        "delete from tasks where order_id in (select order_id from forgetting) returning cast(1 as bigint)",
    ),
    (
        Retention::Books,
        "delete from ledger where order_id in (select order_id from forgetting) returning cast(1 as bigint)",
    ),
    (
        Retention::Books,
        "delete from refunds where order_id in (select order_id from forgetting) returning cast(1 as bigint)",
    ),
    (
        Retention::Books,
        "delete from attempts where order_id in (select order_id from forgetting) returning cast(1 as bigint)",
    ),
    (
        Retention::Disclosures,
        "delete from disclosures where order_id in (select order_id from forgetting) returning cast(1 as bigint)",
    ),
    (
        Retention::Agreement,
        "delete from order_events where order_id in (select order_id from forgetting) returning cast(1 as bigint)",
    ),
    (
        Retention::Agreement,
        "delete from orders where id in (select order_id from forgetting) returning cast(1 as bigint)",
    ),
];

impl<DB> DbTx<DB>
where
    DB: Engine,
    for<'c> &'c mut DB::Connection: Executor<'c, Database = DB>,
    (i64,): Row<DB>,
    i64: Column<DB>,
{
    /// Runs a statement that says `1` per row it changed; how many.
    async fn rows(&mut self, statement: &'static str, values: &[i64]) -> Result<u32, StoreError> {
        let mut asked = query_as::<DB, (i64,)>(statement);
        for value in values {
            asked = asked.bind(*value);
        }
        let rows = asked.fetch_all(&mut *self.inner).await.map_err(from_sqlx)?;
        u32::try_from(rows.len()).map_err(|_| StoreError::Broken("a list is too long".to_owned()))
    }

    /// Orders of which everything happened before then, with their books.
    async fn forget_orders(&mut self, before: i64, most: i64) -> Result<Gone, StoreError> {
        self.rows(
            "update keeping
             set books_before = $1
             where id = 1 and books_before < $1
             returning cast(1 as bigint)",
            &[before],
        )
        .await?;
        self.rows(
            concat!(
                "insert into forgetting (order_id)
                 select id
                 from orders
                 where placed_at < $1
                   and state <> 'awaiting_payment'
                   and not exists (select 1 from ledger where ledger.order_id = orders.id and ledger.at >= $1)
                   and not exists (select 1 from order_events where order_events.order_id = orders.id and order_events.at >= $1)
                   and ",
                unrestricted!("orders.customer_id"),
                " order by placed_at, id
                 limit $2
                 returning cast(1 as bigint)"
            ),
            &[before, most],
        )
        .await?;
        let mut gone = Gone::new();
        for (retention, statement) in OF_ORDERS {
            gone.push((retention, self.rows(statement, &[]).await?));
        }
        self.rows("delete from forgetting returning cast(1 as bigint)", &[]).await?;
        let accounts = self
            .rows(
                "delete from customers
                 where lapsed_at is not null
                   and not exists (select 1 from orders where orders.customer_id = customers.id)
                 returning cast(1 as bigint)",
                &[],
            )
            .await?;
        gone.push((Retention::Account, accounts));
        let bookings = self
            .rows(
                "delete from bank_bookings
                 where id in (select id from bank_bookings where order_id is null and at < $1 order by at, id limit $2)
                 returning cast(1 as bigint)",
                &[before, most],
            )
            .await?;
        gone.push((Retention::Books, bookings));
        Ok(gone)
    }

    async fn forget_consents(&mut self, before: i64, most: i64) -> Result<Gone, StoreError> {
        self.rows(
            "update keeping
             set consents_before = $1
             where id = 1 and consents_before < $1
             returning cast(1 as bigint)",
            &[before],
        )
        .await?;
        let given = Timestamp::from_micros(before).plus(Seconds(-CHOICE_LENGTH.0)).micros();
        let gone = self
            .rows(
                "delete from consent_events
                 where id in (select id
                              from consent_events
                              where at < $1 and (action <> 'given' or at < $2)
                              order by id
                              limit $3)
                 returning cast(1 as bigint)",
                &[before, given, most],
            )
            .await?;
        // A yes to the newsletter ends with the no that follows; who never said no still reads it.
        let words = self
            .rows(
                "delete from newsletter_consents
                 where id in (select said.id
                              from newsletter_consents said
                              where exists (select 1
                                            from newsletter_consents ended
                                            where ended.subject = said.subject
                                              and ended.action = 'withdrawn'
                                              and ended.at < $1
                                              and ended.at >= said.at)
                              order by said.at, said.id
                              limit $2)
                 returning cast(1 as bigint)",
                &[before, most],
            )
            .await?;
        let noes = self
            .rows(
                "delete from newsletter_suppressed
                 where address_hash in (select address_hash
                                        from newsletter_suppressed
                                        where since < $1
                                        order by since, address_hash
                                        limit $2)
                 returning cast(1 as bigint)",
                &[before, most],
            )
            .await?;
        Ok([gone, words, noes].map(|rows| (Retention::ConsentProof, rows)).to_vec())
    }

    /// The trail, tasks that somebody closed, and who counted a shelf; what was counted stays.
    async fn forget_trail(&mut self, before: i64, most: i64) -> Result<Gone, StoreError> {
        let mut gone = Gone::new();
        for statement in [
            "delete from audit
             where id in (select id from audit where at < $1 order by id limit $2)
             returning cast(1 as bigint)",
            "delete from tasks
             where id in (select id from tasks where closed_at < $1 order by id limit $2)
             returning cast(1 as bigint)",
            "update stock_counts
             set actor = ''
             where id in (select id from stock_counts where at < $1 and actor <> '' order by id limit $2)
             returning cast(1 as bigint)",
        ] {
            gone.push((Retention::Audit, self.rows(statement, &[before, most]).await?));
        }
        Ok(gone)
    }

    /// Closed ones; what was written under them goes along.
    async fn forget_desk(
        &mut self,
        what: Retention,
        statements: &[&'static str],
        before: i64,
        most: i64,
    ) -> Result<Gone, StoreError> {
        let mut gone = Gone::new();
        for statement in statements {
            gone.push((what, self.rows(statement, &[before, most]).await?));
        }
        Ok(gone)
    }
}

const OLD_QUESTIONS: [&str; 1] = ["delete from questions
     where id in (select id from questions where closed_at < $1 order by closed_at, id limit $2)
     returning cast(1 as bigint)"];

const OLD_REQUESTS: [&str; 3] = [
    "delete from requests
     where id in (select id from requests where closed_at < $1 order by closed_at, id limit $2)
     returning cast(1 as bigint)",
    "delete from breaches
     where id in (select id from breaches where closed_at < $1 order by closed_at, id limit $2)
     returning cast(1 as bigint)",
    // No backup is that old, so there is nobody left to be erased again.
    "delete from erasures
     where email_hash in (select email_hash from erasures where at < $1 order by at, email_hash limit $2)
     returning cast(1 as bigint)",
];

#[async_trait]
impl<DB> Keeping for DbTx<DB>
where
    DB: Engine,
    for<'c> &'c mut DB::Connection: Executor<'c, Database = DB>,
    (i64,): Row<DB>,
    (Option<i64>,): Row<DB>,
    (Uuid,): Row<DB>,
    (i64, String, i64): Row<DB>,
    Uuid: Column<DB>,
    String: Column<DB>,
    i64: Column<DB>,
{
    async fn last_night(&mut self) -> Result<Option<Day>, StoreError> {
        let (night,): (i64,) = query_as::<DB, _>("select night from keeping where id = 1")
            .fetch_one(&mut *self.inner)
            .await
            .map_err(from_sqlx)?;
        Ok((night > 0).then(|| Day::from_number(night)))
    }

    async fn end_night(&mut self, day: Day) -> Result<(), StoreError> {
        self.rows("update keeping set night = $1 where id = 1 returning cast(1 as bigint)", &[day.number()])
            .await
            .map(drop)
    }

    async fn forget(&mut self, what: Retention, before: Timestamp, most: u32) -> Result<Gone, StoreError> {
        let (before, most) = (before.micros(), i64::from(most));
        match what {
            Retention::Books => self.forget_orders(before, most).await,
            Retention::ConsentProof => self.forget_consents(before, most).await,
            Retention::Audit => self.forget_trail(before, most).await,
            Retention::Message => self.forget_desk(what, &OLD_QUESTIONS, before, most).await,
            Retention::Request => self.forget_desk(what, &OLD_REQUESTS, before, most).await,
            _ => Ok(Gone::new()),
        }
    }

    async fn note_use_of_accounts(&mut self) -> Result<(), StoreError> {
        for statement in [
            "update customers
             set active_at = created_at
             where active_at < created_at and lapsed_at is null
             returning cast(1 as bigint)",
            "update customers
             set active_at = verified_at
             where active_at < verified_at and lapsed_at is null
             returning cast(1 as bigint)",
            "update customers
             set active_at = (select max(orders.placed_at) from orders where orders.customer_id = customers.id)
             where lapsed_at is null
               and exists (select 1
                           from orders
                           where orders.customer_id = customers.id and orders.placed_at > customers.active_at)
             returning cast(1 as bigint)",
            "update customers
             set active_at = (select max(sessions.seen_at) from sessions where sessions.customer_id = customers.id)
             where lapsed_at is null
               and exists (select 1
                           from sessions
                           where sessions.customer_id = customers.id and sessions.seen_at > customers.active_at)
             returning cast(1 as bigint)",
            "update customers
             set warned_at = null
             where warned_at < active_at
             returning cast(1 as bigint)",
        ] {
            self.rows(statement, &[]).await?;
        }
        Ok(())
    }

    async fn account_was_used(&mut self, customer: CustomerId, at: Timestamp) -> Result<(), StoreError> {
        query::<DB>("update customers set active_at = $2, warned_at = null where id = $1 and active_at < $2")
            .bind(customer.uuid())
            .bind(at.micros())
            .execute(&mut *self.inner)
            .await
            .map(drop)
            .map_err(from_sqlx)
    }

    async fn accounts_to_warn(
        &mut self,
        unused_since: Timestamp,
        now: Timestamp,
        most: u32,
    ) -> Result<Vec<CustomerId>, StoreError> {
        let rows: Vec<(Uuid,)> = query_as::<DB, _>(concat!(
            "update customers
             set warned_at = $2
             where id in (select id
                          from customers
                          where active_at < $1
                            and warned_at is null
                            and lapsed_at is null
                            and ",
            unrestricted!("customers.id"),
            "             order by active_at, id
                          limit $3)
             returning id"
        ))
        .bind(unused_since.micros())
        .bind(now.micros())
        .bind(i64::from(most))
        .fetch_all(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        Ok(rows.into_iter().map(|(id,)| CustomerId::new(id)).collect())
    }

    async fn forget_accounts(
        &mut self,
        unused_since: Timestamp,
        warned_before: Timestamp,
        now: Timestamp,
        most: u32,
    ) -> Result<Gone, StoreError> {
        let (unused, warned, most) = (unused_since.micros(), warned_before.micros(), i64::from(most));
        // None should be left: a session ends long before.
        self.rows(
            "delete from sessions
             where customer_id is not null and seen_at < $1
             returning cast(1 as bigint)",
            &[unused],
        )
        .await?;
        let erased = self
            .rows(
                concat!(
                    "delete from customers
                     where id in (select id
                                  from customers
                                  where active_at < $1
                                    and warned_at < $2
                                    and lapsed_at is null
                                    and not exists (select 1 from orders where orders.customer_id = customers.id)
                                    and ",
                    unrestricted!("customers.id"),
                    "             order by active_at, id
                                  limit $3)
                     returning cast(1 as bigint)"
                ),
                &[unused, warned, most],
            )
            .await?;
        // An order must belong to a row. Nothing of a person is left in it, and no mail reaches `.invalid` (RFC 2606).
        let emptied = self
            .rows(
                concat!(
                    "update customers
                     set email = (select min(number) from orders where orders.customer_id = customers.id) || '@gewist.invalid',
                         email_folded = (select min(number) from orders where orders.customer_id = customers.id) || '@gewist.invalid',
                         mailbox = (select min(number) from orders where orders.customer_id = customers.id) || '@gewist.invalid',
                         given_name = '',
                         family_name = '',
                         phone = null,
                         verified_at = null,
                         warned_at = null,
                         lapsed_at = $3
                     where id in (select id
                                  from customers
                                  where active_at < $1
                                    and warned_at < $2
                                    and lapsed_at is null
                                    and exists (select 1 from orders where orders.customer_id = customers.id)
                                    and ",
                    unrestricted!("customers.id"),
                    "             order by active_at, id
                                  limit $4)
                     returning cast(1 as bigint)"
                ),
                &[unused, warned, now.micros(), most],
            )
            .await?;
        let addresses = self
            .rows(
                "delete from addresses
                 where customer_id in (select id from customers where lapsed_at is not null)
                 returning cast(1 as bigint)",
                &[],
            )
            .await?;
        Ok(vec![(Retention::Account, erased), (Retention::Account, emptied), (Retention::Account, addresses)])
    }

    async fn log_forgotten(&mut self, day: Day, gone: &Gone) -> Result<(), StoreError> {
        for (retention, rows) in gone.iter().filter(|(_, rows)| *rows > 0) {
            query::<DB>(
                "insert into forgotten (day, retention, rows_gone)
                 values ($1, $2, $3)
                 on conflict (day, retention) do update set rows_gone = forgotten.rows_gone + excluded.rows_gone",
            )
            .bind(day.number())
            .bind(retention.name().to_owned())
            .bind(i64::from(*rows))
            .execute(&mut *self.inner)
            .await
            .map_err(from_sqlx)?;
        }
        Ok(())
    }

    async fn forgotten(&mut self, from: Day) -> Result<Vec<(Day, Retention, u32)>, StoreError> {
        let rows: Vec<(i64, String, i64)> = query_as::<DB, _>(
            "select day, retention, rows_gone
             from forgotten
             where day >= $1
             order by day desc, retention",
        )
        .bind(from.number())
        .fetch_all(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        rows.into_iter()
            .map(|(day, retention, rows)| {
                let retention = Retention::parse(&retention).ok_or_else(|| broken("forgotten.retention"))?;
                Ok((Day::from_number(day), retention, count(rows, "forgotten.rows_gone")?))
            })
            .collect()
    }

    async fn oldest(&mut self, what: Retention) -> Result<Option<Timestamp>, StoreError> {
        let question = match what {
            Retention::Books | Retention::Agreement | Retention::Disclosures => "select min(placed_at) from orders",
            Retention::Account => "select min(active_at) from customers where lapsed_at is null and active_at > 0",
            Retention::ConsentProof => "select min(at) from consent_events",
            Retention::Audit => "select min(at) from audit",
            Retention::Message => "select min(closed_at) from questions",
            Retention::Request => {
                "select min(closed_at)
                 from (select closed_at from requests union all select closed_at from breaches) closed"
            }
            _ => return Ok(None),
        };
        let (at,): (Option<i64>,) = query_as::<DB, _>(question).fetch_one(&mut *self.inner).await.map_err(from_sqlx)?;
        Ok(at.map(Timestamp::from_micros))
    }
}
