//! What may be promised, and what becomes of it.

use super::given::*;
use shop_core::stock::{Hold, MovementReason, Stock};
use shop_flows::ports::{HeldLine, Left, Store};
use std::sync::Arc;

fn left(size: u128, before: u32, now: u32) -> Left {
    Left { variant: variant_id(1, size), before, now }
}

pub async fn a_count_says_what_it_left(store: Arc<dyn Store>) -> Claim {
    let mut tx = store.begin().await?;
    tx.save_product(&product(1), 0, at(0)).await?;
    let size = variant_id(1, 1);

    assert_eq!(tx.stock(size).await?, Some(Stock { on_hand: 0, held: 0 }));
    assert_eq!(tx.count_stock(size, 5, "Ineke", at(1)).await?, Some(left(1, 0, 5)));
    tx.hold(cart_id(1), size, 4, hold(at(60)), reservation_id()).await?.expect("five are there");
    assert_eq!(tx.count_stock(size, 2, "Ineke", at(2)).await?, Some(left(1, 1, 0)));
    assert_eq!(tx.stock(size).await?, Some(Stock { on_hand: 2, held: 4 }));
    assert_eq!(tx.count_stock(variant_id(9, 9), 2, "Ineke", at(3)).await?, None);
    assert_eq!(tx.stock(variant_id(9, 9)).await?, None);
    Ok(())
}

pub async fn a_hold_takes_only_what_is_there(store: Arc<dyn Store>) -> Claim {
    shelf(&*store, 1, 3).await?;
    let mut tx = store.begin().await?;
    let size = variant_id(1, 1);

    assert_eq!(tx.hold(cart_id(1), size, 2, hold(at(60)), reservation_id()).await?, Ok(left(1, 3, 1)));
    assert_eq!(tx.hold(cart_id(2), size, 2, hold(at(60)), reservation_id()).await?, Err(1));
    assert_eq!(tx.hold(cart_id(2), variant_id(9, 9), 1, hold(at(60)), reservation_id()).await?, Err(0));

    assert_eq!(tx.holds(cart_id(2)).await?, []);
    assert_eq!(tx.stock(size).await?, Some(Stock { on_hand: 3, held: 2 }));
    assert_eq!(tx.hold(cart_id(1), size, 1, hold(at(90)), reservation_id()).await?, Ok(left(1, 1, 0)));
    assert_eq!(tx.holds(cart_id(1)).await?, [HeldLine { variant: size, quantity: 3, hold: hold(at(90)) }]);
    Ok(())
}

pub async fn holds_are_extended_found_when_they_end_and_released(store: Arc<dyn Store>) -> Claim {
    shelf(&*store, 1, 3).await?;
    let mut tx = store.begin().await?;
    for (cart, size, until) in [(1, 1, 60), (1, 2, 60), (2, 1, 50), (3, 1, 500)] {
        tx.hold(cart_id(cart), variant_id(1, size), 1, hold(at(until)), reservation_id()).await?.expect("there is one");
    }

    assert_eq!(tx.ended_holds(at(49), 10).await?, []);
    assert_eq!(tx.ended_holds(at(60), 10).await?, [cart_id(2), cart_id(1)]);
    assert_eq!(tx.ended_holds(at(60), 1).await?, [cart_id(2)]);
    let longer = Hold { until: at(900), extended: 3 };
    tx.extend_holds(cart_id(1), longer).await?;
    assert_eq!(tx.ended_holds(at(60), 10).await?, [cart_id(2)]);
    let holds: Vec<Hold> = tx.holds(cart_id(1)).await?.into_iter().map(|line| line.hold).collect();
    assert_eq!(holds, [longer, longer]);

    assert_eq!(tx.release_cart(cart_id(1)).await?, [left(1, 0, 1), left(2, 2, 3)]);
    assert_eq!(tx.release_cart(cart_id(1)).await?, []);
    assert_eq!(tx.holds(cart_id(1)).await?, []);
    assert_eq!(tx.stock(variant_id(1, 1)).await?, Some(Stock { on_hand: 3, held: 2 }));
    Ok(())
}

pub async fn the_last_piece_goes_to_exactly_one_of_sixteen(store: Arc<dyn Store>) -> Claim {
    shelf(&*store, 1, 1).await?;
    let shopper = |n: u128| {
        let store = store.clone();
        tokio::spawn(async move {
            let mut tx = store.begin().await?;
            let held = tx.hold(cart_id(n), variant_id(1, 1), 1, hold(at(60)), reservation_id()).await?;
            tx.commit().await?;
            Ok::<_, shop_flows::ports::StoreError>(held)
        })
    };
    let shoppers: Vec<_> = (1..=16).map(shopper).collect();

    let mut outcomes = Vec::new();
    for shopper in shoppers {
        outcomes.push(shopper.await.expect("no panic")?);
    }

    assert_eq!(outcomes.iter().filter(|held| **held == Ok(left(1, 1, 0))).count(), 1);
    assert_eq!(outcomes.iter().filter(|held| **held == Err(0)).count(), 15);
    assert_eq!(store.read().await?.stock(variant_id(1, 1)).await?, Some(Stock { on_hand: 1, held: 1 }));
    Ok(())
}

pub async fn a_paid_order_takes_its_pieces_once_and_brings_them_back_once(store: Arc<dyn Store>) -> Claim {
    shelf(&*store, 1, 3).await?;
    placed(&*store, &[order(1)]).await?;
    let mut tx = store.begin().await?;
    for (size, quantity) in [(2, 1), (1, 2)] {
        tx.hold(cart_id(1), variant_id(1, size), quantity, hold(at(60)), reservation_id())
            .await?
            .expect("three are there");
    }
    tx.hold_for_order(cart_id(1), order_id(1), at(900)).await?;
    tx.extend_order(order_id(1), at(1200)).await?;

    // What is an order's is no cart's any more.
    assert_eq!(tx.holds(cart_id(1)).await?, []);
    assert_eq!(tx.ended_holds(at(9999), 10).await?, []);
    assert_eq!(tx.release_cart(cart_id(1)).await?, []);

    assert_eq!(tx.take(order_id(1), at(2)).await?, [left(1, 1, 1), left(2, 2, 2)]);
    assert_eq!(tx.take(order_id(1), at(3)).await?, []);
    assert_eq!(tx.stock(variant_id(1, 1)).await?, Some(Stock { on_hand: 1, held: 0 }));
    assert_eq!(tx.stock(variant_id(1, 2)).await?, Some(Stock { on_hand: 2, held: 0 }));

    assert_eq!(tx.put_back(order_id(1), MovementReason::Returned, at(4)).await?, [left(1, 1, 3), left(2, 2, 3)]);
    assert_eq!(tx.put_back(order_id(1), MovementReason::Returned, at(5)).await?, []);
    assert_eq!(tx.stock(variant_id(1, 1)).await?, Some(Stock { on_hand: 3, held: 0 }));
    tx.commit().await
}

pub async fn an_order_that_lapses_lets_go(store: Arc<dyn Store>) -> Claim {
    shelf(&*store, 1, 3).await?;
    placed(&*store, &[order(1)]).await?;
    let mut tx = store.begin().await?;
    tx.hold(cart_id(1), variant_id(1, 1), 2, hold(at(60)), reservation_id()).await?.expect("three are there");
    tx.hold_for_order(cart_id(1), order_id(1), at(900)).await?;

    assert_eq!(tx.release_order(order_id(1)).await?, [left(1, 1, 3)]);

    assert_eq!(tx.release_order(order_id(1)).await?, []);
    assert_eq!(tx.take(order_id(1), at(2)).await?, []);
    assert_eq!(tx.put_back(order_id(1), MovementReason::Returned, at(3)).await?, []);
    assert_eq!(tx.stock(variant_id(1, 1)).await?, Some(Stock { on_hand: 3, held: 0 }));
    Ok(())
}

pub async fn a_sale_stands_when_the_owner_counted_fewer(store: Arc<dyn Store>) -> Claim {
    shelf(&*store, 1, 3).await?;
    placed(&*store, &[order(1)]).await?;
    let mut tx = store.begin().await?;
    tx.hold(cart_id(1), variant_id(1, 1), 2, hold(at(60)), reservation_id()).await?.expect("three are there");
    tx.hold_for_order(cart_id(1), order_id(1), at(900)).await?;
    tx.count_stock(variant_id(1, 1), 1, "Ineke", at(1)).await?;

    assert_eq!(tx.take(order_id(1), at(2)).await?, [left(1, 0, 0)]);

    assert_eq!(tx.stock(variant_id(1, 1)).await?, Some(Stock { on_hand: 0, held: 0 }));
    Ok(())
}

pub async fn late_money_takes_all_lines_or_none(store: Arc<dyn Store>) -> Claim {
    shelf(&*store, 1, 3).await?;
    placed(&*store, &[order(1)]).await?;
    let mut tx = store.begin().await?;
    tx.hold(cart_id(2), variant_id(1, 2), 2, hold(at(60)), reservation_id()).await?.expect("three are there");

    let refused = tx.take_late(order_id(1), &[(variant_id(1, 1), 2), (variant_id(1, 2), 2)], at(1)).await?;

    assert_eq!(refused, Err(variant_id(1, 2)));
    assert_eq!(tx.take_late(order_id(1), &[(variant_id(9, 9), 1)], at(1)).await?, Err(variant_id(9, 9)));
    assert_eq!(tx.stock(variant_id(1, 1)).await?, Some(Stock { on_hand: 3, held: 0 }));
    assert_eq!(tx.put_back(order_id(1), MovementReason::Returned, at(1)).await?, []);

    let taken = tx.take_late(order_id(1), &[(variant_id(1, 2), 1), (variant_id(1, 1), 2)], at(2)).await?;

    assert_eq!(taken, Ok(vec![left(1, 3, 1), left(2, 1, 0)]));
    assert_eq!(tx.stock(variant_id(1, 2)).await?, Some(Stock { on_hand: 2, held: 2 }));
    assert_eq!(tx.put_back(order_id(1), MovementReason::Returned, at(3)).await?, [left(1, 1, 3), left(2, 0, 1)]);
    Ok(())
}
