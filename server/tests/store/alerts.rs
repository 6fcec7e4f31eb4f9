//! Who waits for a size, and votes on fit.

use super::given::*;
use shop_core::catalog::{Fit, FitTally};
use shop_core::id::{AlertId, ProductId};
use shop_flows::ports::{AlertsToForget, StockAlert, Store};
use std::sync::Arc;

fn alert(n: u128, size: u128, address: &str, asked: i64) -> StockAlert {
    StockAlert {
        id: AlertId::new(uuid(n)),
        variant: variant_id(1, size),
        email: email(address),
        token_hash: format!("hash-{n}"),
        asked_at: at(asked),
        confirmed_at: None,
        told_at: None,
    }
}

pub async fn an_address_waits_once_for_a_size(store: Arc<dyn Store>) -> Claim {
    shelf(&*store, 1, 0).await?;
    let mut tx = store.begin().await?;
    tx.save_alert(&alert(1, 1, "Eva@Voorbeeld.nl", 0)).await?;
    tx.save_alert(&alert(2, 2, "eva@voorbeeld.nl", 1)).await?;
    tx.save_alert(&alert(3, 1, "bea@voorbeeld.nl", 2)).await?;
    assert_eq!(tx.unconfirmed_alerts(&email("EVA@voorbeeld.nl")).await?, 2);
    assert_eq!(tx.unconfirmed_alerts(&email("eva+2@voorbeeld.nl")).await?, 2, "it ends up in the same mailbox");

    let again = StockAlert { confirmed_at: Some(at(9)), ..alert(4, 1, "eva@voorbeeld.NL", 8) };
    tx.save_alert(&again).await?;

    assert_eq!(tx.alert_of(variant_id(1, 1), &email("eva@voorbeeld.nl")).await?, Some(again.clone()));
    assert_eq!(tx.alert_by_token("hash-4").await?, Some(again.clone()));
    assert_eq!(tx.alert(AlertId::new(uuid(4))).await?, Some(again));
    assert_eq!(tx.alert(AlertId::new(uuid(1))).await?, None, "the link that was mailed before leads nowhere");
    assert_eq!(tx.alert_by_token("hash-1").await?, None);
    assert_eq!(tx.unconfirmed_alerts(&email("eva@voorbeeld.nl")).await?, 1);
    tx.commit().await
}

pub async fn who_confirmed_is_told_once(store: Arc<dyn Store>) -> Claim {
    shelf(&*store, 1, 0).await?;
    let confirmed = |n, size, address: &str| StockAlert { confirmed_at: Some(at(5)), ..alert(n, size, address, 0) };
    let mut tx = store.begin().await?;
    tx.save_alert(&alert(1, 1, "eva@voorbeeld.nl", 0)).await?;
    assert!(!tx.is_awaited(variant_id(1, 1)).await?, "not before she said yes");
    tx.save_alert(&confirmed(3, 1, "bea@voorbeeld.nl")).await?;
    tx.save_alert(&confirmed(2, 1, "ans@voorbeeld.nl")).await?;
    tx.save_alert(&confirmed(4, 2, "ans@voorbeeld.nl")).await?;
    assert!(tx.is_awaited(variant_id(1, 1)).await?);

    let told = tx.tell_alerts(variant_id(1, 1), at(7)).await?;

    assert_eq!(told, [AlertId::new(uuid(2)), AlertId::new(uuid(3))]);
    assert_eq!(tx.tell_alerts(variant_id(1, 1), at(8)).await?, []);
    assert!(!tx.is_awaited(variant_id(1, 1)).await?);
    assert!(tx.is_awaited(variant_id(1, 2)).await?);
    tx.delete_alert(told[0]).await?;
    assert_eq!(tx.alert(told[0]).await?, None);
    assert_eq!(tx.alert(told[1]).await?.and_then(|alert| alert.told_at), Some(at(7)));
    tx.commit().await
}

pub async fn addresses_of_no_use_are_erased(store: Arc<dyn Store>) -> Claim {
    shelf(&*store, 1, 0).await?;
    let mut tx = store.begin().await?;
    let fresh = alert(1, 1, "a@voorbeeld.nl", 50);
    let waiting = StockAlert { confirmed_at: Some(at(40)), ..alert(3, 1, "c@voorbeeld.nl", 10) };
    for one in [
        fresh.clone(),
        alert(2, 1, "b@voorbeeld.nl", 49),
        waiting.clone(),
        StockAlert { confirmed_at: Some(at(9)), ..alert(4, 1, "d@voorbeeld.nl", 8) },
        StockAlert { confirmed_at: Some(at(60)), told_at: Some(at(69)), ..alert(5, 1, "e@voorbeeld.nl", 55) },
    ] {
        tx.save_alert(&one).await?;
    }

    let which = AlertsToForget { unconfirmed_before: at(50), confirmed_before: at(10), told_before: at(70) };

    assert_eq!(tx.forget_alerts(&which).await?, 3);
    assert_eq!(tx.forget_alerts(&which).await?, 0);
    assert_eq!(tx.alert(fresh.id).await?, Some(fresh));
    assert_eq!(tx.alert(waiting.id).await?, Some(waiting));
    tx.commit().await
}

pub async fn a_line_has_one_vote_and_an_article_the_sum(store: Arc<dyn Store>) -> Claim {
    shelf(&*store, 1, 0).await?;
    placed(&*store, &[order(1), order(2), order(3)]).await?;
    let mut tx = store.begin().await?;
    assert_eq!(tx.fit_tallies().await?, []);

    tx.save_fit(order_id(1), 0, Fit::Large).await?;
    tx.save_fit(order_id(1), 0, Fit::Small).await?;
    tx.save_fit(order_id(2), 0, Fit::Right).await?;
    tx.save_fit(order_id(3), 0, Fit::Right).await?;

    assert_eq!(tx.fits(order_id(1)).await?, [(0, Fit::Small)]);
    assert_eq!(tx.fits(order_id(9)).await?, []);
    let mut expected = FitTally::default();
    expected.add(Fit::Small, 1);
    expected.add(Fit::Right, 2);
    assert_eq!(tx.fit_tallies().await?, [(ProductId::new(uuid(1000)), expected)]);
    tx.commit().await
}
