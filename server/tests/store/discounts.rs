//! Discount codes and the orders that use them.

use super::given::*;
use shop_core::cart::{price, spread};
use shop_core::discount::{Discount, DiscountCode, Kind, Percent};
use shop_core::money::Money;
use shop_core::order::Order;
use shop_flows::ports::{FiledDiscount, Store, StoreError};
use std::sync::Arc;

fn code(text: &str) -> DiscountCode {
    DiscountCode::parse(text).expect("a code")
}

/// Five euro off from forty, from the first moment on, in `most` orders.
fn discount(text: &str, most: Option<u32>) -> Discount {
    Discount {
        code: code(text),
        kind: Kind::Amount(Money::cents(500)),
        least_goods: Some(Money::cents(4000)),
        from: at(0),
        until: None,
        most_uses: most,
        note: "Voor de beurs".to_owned(),
    }
}

async fn made(store: &dyn Store, discounts: &[Discount]) -> Claim {
    let mut tx = store.begin().await?;
    for (seconds, discount) in (0..).zip(discounts) {
        tx.insert_discount(discount, at(seconds)).await?;
    }
    tx.commit().await
}

async fn uses(store: &dyn Store, text: &str) -> Result<u32, StoreError> {
    Ok(store.read().await?.discount(&code(text)).await?.expect("a known code").uses)
}

pub async fn a_code_reads_back_equal(store: Arc<dyn Store>) -> Claim {
    let percent = Kind::Percent(Percent::basis_points(1250).expect("valid"));
    let summer = Discount {
        kind: percent,
        least_goods: None,
        until: Some(at(900)),
        note: String::new(),
        ..discount("ZOMER-26", None)
    };
    made(&*store, &[discount("WELKOM5", Some(3)), summer.clone()]).await?;

    let mut tx = store.read().await?;
    let filed = |discount, seconds| FiledDiscount { discount, uses: 0, made_at: at(seconds) };
    assert_eq!(tx.discount(&code("WELKOM5")).await?, Some(filed(discount("WELKOM5", Some(3)), 0)));
    assert_eq!(tx.discount(&code("WELKOM6")).await?, None);
    assert_eq!(tx.discounts().await?, [filed(summer, 1), filed(discount("WELKOM5", Some(3)), 0)]);
    Ok(())
}

pub async fn a_name_of_a_code_is_used_once(store: Arc<dyn Store>) -> Claim {
    made(&*store, &[discount("WELKOM5", Some(3))]).await?;
    let mut tx = store.begin().await?;

    assert_eq!(tx.insert_discount(&discount("WELKOM5", None), at(5)).await, Err(StoreError::Duplicate));

    // The transaction goes on, on both engines.
    assert_eq!(tx.discounts().await?.len(), 1);
    assert_eq!(tx.discount(&code("WELKOM5")).await?.map(|filed| filed.discount), Some(discount("WELKOM5", Some(3))));
    Ok(())
}

pub async fn a_code_is_taken_only_in_its_time(store: Arc<dyn Store>) -> Claim {
    let later = Discount { from: at(100), ..discount("LATER", None) };
    made(&*store, &[discount("WELKOM5", None), later]).await?;
    placed(&*store, &[order(1), order(2), order(3)]).await?;
    let mut tx = store.begin().await?;

    assert!(!tx.take_discount(&code("ONBEKEND"), order_id(1), at(50)).await?);
    assert!(!tx.take_discount(&code("LATER"), order_id(1), at(99)).await?);
    assert!(tx.take_discount(&code("LATER"), order_id(1), at(100)).await?);
    assert!(tx.take_discount(&code("WELKOM5"), order_id(2), at(59)).await?);
    assert!(tx.end_discount(&code("WELKOM5"), at(60)).await?);
    assert!(!tx.end_discount(&code("WELKOM5"), at(61)).await?, "it ended before");
    assert!(!tx.end_discount(&code("ONBEKEND"), at(61)).await?);
    assert!(!tx.take_discount(&code("WELKOM5"), order_id(3), at(60)).await?);
    tx.commit().await?;

    let filed = store.read().await?.discount(&code("WELKOM5")).await?.expect("it is there");
    assert_eq!((filed.discount.until, filed.uses), (Some(at(60)), 1));
    Ok(())
}

pub async fn the_last_uses_go_to_exactly_three_of_sixteen_orders(store: Arc<dyn Store>) -> Claim {
    made(&*store, &[discount("WELKOM5", Some(3))]).await?;
    let orders: Vec<Order> = (1..=16).map(order).collect();
    placed(&*store, &orders).await?;
    let click = |n: u128| {
        let store = store.clone();
        tokio::spawn(async move {
            let mut tx = store.begin().await?;
            let taken = tx.take_discount(&code("WELKOM5"), order_id(n), at(1)).await?;
            tx.commit().await?;
            Ok::<_, StoreError>(taken)
        })
    };

    let mut taken = 0;
    for click in (1..=16).map(click).collect::<Vec<_>>() {
        taken += u32::from(click.await.expect("no panic")?);
    }

    assert_eq!((taken, uses(&*store, "WELKOM5").await?), (3, 3));
    Ok(())
}

pub async fn a_use_that_is_not_committed_was_none(store: Arc<dyn Store>) -> Claim {
    made(&*store, &[discount("WELKOM5", Some(1))]).await?;
    placed(&*store, &[order(1)]).await?;

    {
        let mut tx = store.begin().await?;
        assert!(tx.take_discount(&code("WELKOM5"), order_id(1), at(1)).await?);
    }

    assert_eq!(uses(&*store, "WELKOM5").await?, 0);
    Ok(())
}

pub async fn a_use_is_taken_once_and_given_back_once(store: Arc<dyn Store>) -> Claim {
    made(&*store, &[discount("WELKOM5", Some(1))]).await?;
    placed(&*store, &[order(1), order(2)]).await?;
    let mut tx = store.begin().await?;
    assert!(tx.take_discount(&code("WELKOM5"), order_id(1), at(1)).await?);
    assert!(!tx.take_discount(&code("WELKOM5"), order_id(2), at(1)).await?);
    tx.commit().await?;

    let mut tx = store.begin().await?;
    assert!(!tx.give_back_discount(order_id(2), at(2)).await?, "it had none");
    assert!(tx.give_back_discount(order_id(1), at(2)).await?);
    assert!(!tx.give_back_discount(order_id(1), at(3)).await?, "it gave it back before");
    tx.commit().await?;
    assert_eq!(uses(&*store, "WELKOM5").await?, 0);

    // An order takes once: what it gave back is free for others, not for itself.
    let mut tx = store.begin().await?;
    assert_eq!(tx.take_discount(&code("WELKOM5"), order_id(1), at(4)).await, Err(StoreError::Duplicate));
    drop(tx);
    let mut tx = store.begin().await?;
    assert!(tx.take_discount(&code("WELKOM5"), order_id(2), at(4)).await?);
    tx.commit().await?;
    assert_eq!(uses(&*store, "WELKOM5").await?, 1);
    Ok(())
}

pub async fn an_order_keeps_its_code_and_what_fell_on_each_line(store: Arc<dyn Store>) -> Claim {
    let mut with = order(1);
    let off = Money::cents(500);
    let priced = priced(&with);
    with.code = Some(code("WELKOM5"));
    with.totals = price(&priced, off, Money::cents(495)).expect("fits");
    for (line, part) in with.lines.iter_mut().zip(spread(&priced, off).expect("fits")) {
        line.discount = part;
    }
    placed(&*store, &[with.clone()]).await?;

    let read = store.read().await?.order(order_id(1)).await?.expect("it is there");

    assert_eq!(read, with);
    assert_eq!((read.lines.first().map(|line| line.discount), read.totals.total), (Some(off), Money::cents(8985)));
    Ok(())
}
