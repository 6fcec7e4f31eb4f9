//! Refunds, and the books that nobody can rewrite.

use super::base::{self, Base};
use super::given::*;
use shop_core::cart::VatLine;
use shop_core::id::RefundId;
use shop_core::ledger::{Account, Balance, Entry, Holder, Posting, Purse, differences};
use shop_core::money::Money;
use shop_core::order::refund::{Credit, Pieces, RefundOf, RefundState};
use shop_core::order::{CancelReason, Order, OrderState, Refund};
use shop_core::payment::{Attempt, AttemptState, Method};
use shop_core::vat::VatRate;
use shop_flows::ports::{Store, StoreError};
use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection};
use std::sync::Arc;

fn refund(n: u128, of: &Order, attempt: &Attempt) -> Refund {
    let pieces = vec![Pieces { line: 0, count: 1 }];
    let vat = vec![VatLine { rate: VatRate::STANDARD, gross: Money::cents(4495), vat: Money::cents(780) }];
    Refund {
        id: RefundId::new(uuid(n)),
        order: of.id,
        attempt: attempt.id,
        credit: Credit { of: RefundOf::Goods { pieces, shipping: false }, amount: Money::cents(4495), vat },
        set_off: Money::ZERO,
        state: RefundState::Wanted,
        provider_id: None,
        created_at: at(7),
        version: 1,
    }
}

async fn given(store: &dyn Store) -> Result<(Order, Attempt), StoreError> {
    placed(store, &[order(1), order(2)]).await?;
    let paid = attempt(1, &order(1), 1);
    let mut tx = store.begin().await?;
    tx.insert_attempt(&paid).await?;
    tx.commit().await?;
    Ok((order(1), paid))
}

pub async fn a_refund_reads_back_equal(store: Arc<dyn Store>) -> Claim {
    let (order, paid) = given(&*store).await?;
    let mut tx = store.begin().await?;
    let mut second = refund(8, &order, &paid);
    second.set_off = Money::cents(495);
    second.credit = Credit { of: RefundOf::Goodwill { reason: "Een los knoopje".to_owned() }, ..second.credit };
    let first = refund(9, &order, &paid);
    tx.insert_refund(&Refund { created_at: at(8), ..second.clone() }).await?;
    tx.insert_refund(&first).await?;

    assert_eq!(tx.insert_refund(&first).await, Err(StoreError::Duplicate));

    assert_eq!(tx.refund(first.id).await?, Some(first.clone()));
    assert_eq!(tx.refund(RefundId::new(uuid(77))).await?, None);
    assert_eq!(tx.refunds(order.id).await?, [first, Refund { created_at: at(8), ..second }]);
    assert_eq!(tx.refunds(order_id(2)).await?, []);
    tx.commit().await
}

pub async fn whoever_saves_a_refund_second_must_read_again(store: Arc<dyn Store>) -> Claim {
    let (order, paid) = given(&*store).await?;
    let mut tx = store.begin().await?;
    let mut one = refund(9, &order, &paid);
    tx.insert_refund(&one).await?;
    let mut other = one.clone();
    one.state = RefundState::Done { at: at(9), by_hand: true };
    one.provider_id = Some("r-1".to_owned());

    tx.save_refund(&mut one).await?;
    assert_eq!(tx.save_refund(&mut other).await, Err(StoreError::Conflict));

    assert_eq!((one.version, other.version), (2, 1));
    assert_eq!(tx.refund(one.id).await?, Some(one));
    tx.commit().await
}

pub async fn an_event_stands_in_the_books_once(store: Arc<dyn Store>) -> Claim {
    let (order, paid) = given(&*store).await?;
    let back = refund(9, &order, &paid);
    let entries = [
        Entry::of_order(Posting::Placed, &order, order.totals.total, at(1)),
        Entry::of_attempt(Posting::Received, &paid, at(2)),
        Entry::of_refund(Posting::TakenBack, &back, Holder::OmniKassa, at(3)),
        Entry::of_refund(Posting::PaidBack, &back, Holder::Bank, at(4)),
    ]
    .map(|entry| entry.expect("an amount"));
    let mut tx = store.begin().await?;
    for entry in &entries {
        assert!(tx.post(entry).await?);
    }

    for entry in &entries {
        assert!(!tx.post(entry).await?, "{:?}", entry.what());
    }

    assert_eq!(tx.entries(order.id).await?, entries);
    assert_eq!(tx.entries(order_id(2)).await?, []);
    assert_eq!(Balance::of(&entries).on(Account::Held(Holder::Bank)), Money::cents(-4495));
    tx.commit().await
}

const ATTACKS: [&str; 2] = ["update ledger set amount_cents = 1", "delete from ledger"];

async fn with_one_entry(base: &Base) {
    placed(&*base.store, &[order(1)]).await.expect("saved");
    let mut tx = base.store.begin().await.expect("a door");
    let entry = Entry::of_order(Posting::Placed, &order(1), Money::cents(9485), at(1)).expect("an amount");
    assert!(tx.post(&entry).await.expect("written"));
    tx.commit().await.expect("committed");
}

async fn is_untouched(base: &Base) {
    let entries = base.store.read().await.expect("a door").entries(order_id(1)).await.expect("readable");
    assert_eq!(entries.iter().map(|entry| entry.amount().in_cents()).collect::<Vec<_>>(), [9485]);
}

#[tokio::test]
async fn nobody_rewrites_the_books_on_sqlite() {
    let base = base::sqlite().await;
    with_one_entry(&base).await;
    let mut connection = SqliteConnection::connect(&base.url).await.expect("the file is there");

    for attack in ATTACKS {
        let refused = sqlx::query(attack).execute(&mut connection).await.expect_err(attack);
        assert!(refused.to_string().contains("append-only"), "{refused}");
    }

    is_untouched(&base).await;
}

#[tokio::test]
async fn nobody_rewrites_the_books_on_postgres() {
    let Some(base) = base::postgres().await else { return };
    with_one_entry(&base).await;
    let mut connection = PgConnection::connect(&base.url).await.expect("the schema is there");

    for attack in ATTACKS.into_iter().chain(["truncate ledger"]) {
        let refused = sqlx::query(attack).execute(&mut connection).await.expect_err(attack);
        assert!(refused.to_string().contains("append-only"), "{refused}");
    }

    is_untouched(&base).await;
    base.remove().await;
}

/// One order of each kind that a shop can have had before there were books: number, state, method of the paid try, what stands in
/// the timeline, and a task with whether it was closed.
async fn old_orders(store: &dyn Store) -> Vec<Order> {
    let over = |paid_at| OrderState::Cancelled { at: at(90), reason: CancelReason::Owner, paid_at };
    type Story = (OrderState, Option<Method>, Option<&'static str>, Option<(&'static str, bool)>);
    let stories: [Story; 10] = [
        (OrderState::AwaitingPayment { until: at(1200) }, None, None, None),
        (OrderState::Paid { at: at(60) }, Some(Method::Ideal), None, None),
        (OrderState::Shipped { paid_at: at(60), at: at(70) }, Some(Method::Klarna), Some("taken"), None),
        (over(None), None, None, None),
        (over(Some(at(60))), Some(Method::PayPal), None, Some(("refund_due", false))),
        (over(Some(at(60))), Some(Method::BankTransfer), None, Some(("refund_due", true))),
        (over(Some(at(60))), Some(Method::Klarna), Some("let_go"), None),
        (over(Some(at(60))), Some(Method::Klarna), None, None),
        (over(None), Some(Method::Card), None, Some(("paid_after_end", false))),
        (over(None), Some(Method::Card), None, Some(("paid_after_end", true))),
    ];
    let mut orders = Vec::new();
    for (n, (state, method, event, task)) in (1..).zip(stories) {
        let old = Order { state, method: method.unwrap_or(Method::Ideal), ..order(n) };
        placed(store, std::slice::from_ref(&old)).await.expect("saved");
        let mut tx = store.begin().await.expect("a door");
        if let Some(method) = method {
            let state = AttemptState::Paid { at: at(60) };
            let paid = Attempt { method, state, ..attempt(n, &old, 1) };
            tx.insert_attempt(&paid).await.expect("written");
            if let Some(event) = event {
                let line = shop_core::order::Happening {
                    at: at(80),
                    event: event.to_owned(),
                    detail: paid.reference.clone(),
                    actor: "provider".to_owned(),
                };
                tx.record(old.id, &line).await.expect("written");
            }
            if let Some((kind, is_closed)) = task {
                let detail = format!("{} received 94.85", paid.reference);
                tx.add_task(kind, Some(old.id), &detail, at(95)).await.expect("written");
                if is_closed {
                    let last = tx.tasks().await.expect("readable").pop().expect("it is open");
                    tx.close_task(last.id, "Ineke", at(99)).await.expect("written");
                }
            }
        }
        tx.commit().await.expect("committed");
        orders.push(old);
    }
    orders
}

/// Every old order agrees with the books that the migration wrote.
async fn all_agree(store: &dyn Store, orders: &[Order]) {
    let mut tx = store.read().await.expect("a door");
    let tasks = tx.tasks().await.expect("readable");
    for order in orders {
        let purse = Purse {
            attempts: tx.attempts(order.id).await.expect("readable"),
            refunds: tx.refunds(order.id).await.expect("readable"),
            entries: tx.entries(order.id).await.expect("readable"),
        };
        let asks =
            |kind: &str| tasks.iter().any(|task| task.order.as_ref() == Some(&order.number) && task.kind == kind);
        assert_eq!(differences(order, &purse, asks("paid_after_end")), [], "{} {purse:?}", order.number);
    }
    let states = |refunds: Vec<Refund>| refunds.into_iter().map(|refund| refund.state).collect::<Vec<_>>();
    let by_hand = RefundState::Done { at: at(99), by_hand: true };
    assert_eq!(states(tx.refunds(order_id(5)).await.expect("readable")), [RefundState::ByHand]);
    assert_eq!(states(tx.refunds(order_id(6)).await.expect("readable")), [by_hand]);
    assert_eq!(states(tx.refunds(order_id(10)).await.expect("readable")), [by_hand]);
    let rest = tx.refunds(order_id(5)).await.expect("readable").remove(0).credit;
    assert_eq!((rest.of, rest.vat), (RefundOf::Rest, orders[4].totals.vat.clone()));
}

#[tokio::test]
async fn orders_of_before_there_were_books_are_booked_on_sqlite() {
    let base = base::sqlite().await;
    let orders = old_orders(&*base.store).await;
    let mut connection = SqliteConnection::connect(&base.url).await.expect("the file is there");
    let before = "drop table ledger; drop table refunds;";
    sqlx::raw_sql(before).execute(&mut connection).await.expect("as it was before");

    let migration = include_str!("../../migrations/sqlite/0004_refunds_and_ledger.sql");
    sqlx::raw_sql(migration).execute(&mut connection).await.expect("it runs on old orders");

    all_agree(&*base.store, &orders).await;
}

#[tokio::test]
async fn orders_of_before_there_were_books_are_booked_on_postgres() {
    let Some(base) = base::postgres().await else { return };
    let orders = old_orders(&*base.store).await;
    let mut connection = PgConnection::connect(&base.url).await.expect("the schema is there");
    let before = "drop table ledger; drop table refunds; drop function ledger_is_append_only;";
    sqlx::raw_sql(AssertSqlSafe(before)).execute(&mut connection).await.expect("as it was before");

    let migration = include_str!("../../migrations/postgres/0004_refunds_and_ledger.sql");
    sqlx::raw_sql(AssertSqlSafe(migration)).execute(&mut connection).await.expect("it runs on old orders");

    all_agree(&*base.store, &orders).await;
    base.remove().await;
}
