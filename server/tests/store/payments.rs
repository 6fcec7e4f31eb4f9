//! Attempts, notices and tasks.

use super::given::*;
use shop_core::id::{AttemptId, CustomerId};
use shop_core::money::Money;
use shop_core::order::Order;
use shop_core::payment::{Attempt, AttemptState, Method};
use shop_core::time::Day;
use shop_flows::ports::{FiledBooking, Store, StoreError};
use std::sync::Arc;

pub async fn an_attempt_reads_back_equal(store: Arc<dyn Store>) -> Claim {
    placed(&*store, &[order(1), order(2)]).await?;
    let mut tx = store.begin().await?;
    let (first, second) = (attempt(1, &order(1), 1), attempt(2, &order(1), 2));
    tx.insert_attempt(&second).await?;
    tx.insert_attempt(&first).await?;
    tx.insert_attempt(&attempt(3, &order(2), 1)).await?;

    assert_eq!(tx.insert_attempt(&attempt(4, &order(1), 2)).await, Err(StoreError::Duplicate));

    assert_eq!(tx.attempt(first.id).await?, Some(first.clone()));
    assert_eq!(tx.attempt_by_reference("AG100001P2").await?, Some(second.clone()));
    assert_eq!(tx.attempts(order_id(1)).await?, [first, second]);
    assert_eq!(tx.attempt(AttemptId::new(uuid(4))).await?, None);
    assert_eq!(tx.attempt_by_reference("AG100009P1").await?, None);
    assert_eq!(tx.attempts(order_id(9)).await?, []);
    tx.commit().await
}

pub async fn whoever_saves_an_attempt_second_must_read_again(store: Arc<dyn Store>) -> Claim {
    placed(&*store, &[order(1)]).await?;
    let mut tx = store.begin().await?;
    let mut one = attempt(1, &order(1), 1);
    tx.insert_attempt(&one).await?;
    let mut other = one.clone();
    one.state = AttemptState::Paid { at: at(9) };
    one.provider_id = Some("b7b1".to_owned());
    one.pay_url = Some("https://betalen.voorbeeld.nl/b7b1".to_owned());

    tx.save_attempt(&mut one).await?;
    assert_eq!(tx.save_attempt(&mut other).await, Err(StoreError::Conflict));

    assert_eq!((one.version, other.version), (2, 1));
    assert_eq!(tx.attempt(one.id).await?, Some(one.clone()));

    assert_eq!(tx.transaction(one.id).await?, None);
    tx.save_transaction(one.id, "opaque").await?;
    assert_eq!(tx.transaction(one.id).await?.as_deref(), Some("opaque"));
    assert_eq!(tx.transaction(AttemptId::new(uuid(9))).await?, None);
    tx.save_attempt(&mut one).await
}

pub async fn a_notice_is_new_once(store: Arc<dyn Store>) -> Claim {
    let mut tx = store.begin().await?;
    assert!(tx.first_sight("omnikassa", "a", at(0)).await?);
    assert!(!tx.first_sight("omnikassa", "a", at(1)).await?);
    assert!(tx.first_sight("omnikassa", "b", at(1)).await?);
    assert!(tx.first_sight("other", "a", at(1)).await?);
    Ok(())
}

pub async fn a_task_is_open_until_it_is_closed(store: Arc<dyn Store>) -> Claim {
    placed(&*store, &[order(1)]).await?;
    let mut tx = store.begin().await?;
    tx.add_task("amount_mismatch", None, "9485 expected", at(2)).await?;
    tx.add_task("paid_after_end", Some(order_id(1)), "late", at(1)).await?;

    let tasks = tx.tasks().await?;
    let told: Vec<_> =
        tasks.iter().map(|task| (task.at, task.kind.as_str(), task.order.clone(), task.detail.as_str())).collect();
    assert_eq!(
        told,
        [(at(1), "paid_after_end", Some(order(1).number), "late"), (at(2), "amount_mismatch", None, "9485 expected")]
    );

    assert!(tx.close_task(tasks[0].id, "Ineke", at(3)).await?);
    assert!(!tx.close_task(tasks[0].id, "Ineke", at(4)).await?);
    assert!(!tx.close_task(999_999, "Ineke", at(4)).await?);
    assert_eq!(tx.tasks().await?, tasks[1..]);
    tx.commit().await
}

pub async fn a_booking_is_read_once_and_its_parts_add_up(store: Arc<dyn Store>) -> Claim {
    placed(&*store, &[order(1), order(2)]).await?;
    let mut tx = store.begin().await?;
    tx.insert_attempt(&Attempt { method: Method::BankTransfer, ..attempt(1, &order(1), 1) }).await?;
    tx.insert_attempt(&attempt(2, &order(2), 1)).await?;
    let booking = |id: &str, verdict: &str| FiledBooking {
        id: id.to_owned(),
        order: Some(order_id(1)),
        day: Day::parse("2026-11-25").expect("a day"),
        amount: Money::cents(1000),
        verdict: verdict.to_owned(),
        at: at(9),
    };

    assert!(!tx.has_booking("a").await?);
    assert!(tx.file_booking(&booking("a", "partial")).await?);
    assert!(tx.has_booking("a").await?);
    assert!(!tx.file_booking(&booking("a", "partial")).await?);
    assert!(tx.file_booking(&booking("b", "partial")).await?);
    assert!(tx.file_booking(&booking("c", "over")).await?);
    assert!(tx.file_booking(&FiledBooking { order: None, ..booking("d", "unknown") }).await?);

    let transfers: Vec<_> = tx.transfers().await?.into_iter().map(|known| (known.order.id, known.parts)).collect();
    assert_eq!(transfers, [(order_id(1), Money::cents(2000))], "only orders by transfer, with their parts");
    tx.book_parts(order_id(1)).await?;
    assert_eq!(tx.transfers().await?[0].parts, Money::ZERO, "they belong to a payment now");
    tx.commit().await
}

pub async fn what_is_open_on_an_invoice_is_found_for_one_customer_and_for_all(store: Arc<dyn Store>) -> Claim {
    placed(&*store, &[order(1), order(2), order(3)]).await?;
    let invoice = |n, of: &Order, state| Attempt { method: Method::Invoice, state, ..attempt(n, of, 1) };
    let (open, paid) = (AttemptState::Open, AttemptState::Paid { at: at(5) });
    let (first, second) = (invoice(1, &order(1), open), invoice(2, &order(2), open));
    let mut tx = store.begin().await?;
    for known in [&first, &second, &invoice(3, &order(3), paid)] {
        tx.insert_attempt(known).await?;
    }

    let all: Vec<_> = tx.claims(None).await?.into_iter().map(|claim| claim.order).collect();
    assert_eq!(all.len(), 2, "{all:?}");
    assert!(all.contains(&order_id(1)) && all.contains(&order_id(2)));
    let hers: Vec<_> = tx.claims(Some(order(1).customer)).await?.into_iter().map(|claim| claim.order).collect();
    assert!(hers.contains(&order_id(1)), "{hers:?}");
    tx.save_customer(&customer(2, "Marieke+kinderen@voorbeeld.nl")).await?;
    tx.save_customer(&customer(3, "sanne@voorbeeld.nl")).await?;
    assert_eq!(tx.claims(Some(CustomerId::new(uuid(2)))).await?.len(), 2, "the same mailbox");
    assert_eq!(tx.claims(Some(CustomerId::new(uuid(3)))).await?, []);
    let transfers = tx.transfers().await?;
    let claims: Vec<_> = transfers.iter().map(|known| (known.order.id, known.claim)).collect();
    assert!(claims.contains(&(order_id(1), Some(first.amount))) && claims.contains(&(order_id(3), None)), "{claims:?}");
    tx.commit().await
}
