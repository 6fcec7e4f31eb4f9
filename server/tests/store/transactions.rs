//! The two doors.

use super::given::*;
use shop_flows::ports::{Store, StoreError};
use std::sync::Arc;
use std::time::Duration;

pub async fn a_dropped_transaction_changes_nothing(store: Arc<dyn Store>) -> Claim {
    shelf(&*store, 1, 3).await?;

    {
        let mut tx = store.begin().await?;
        tx.raise_catalogue_version().await?;
        tx.hold(cart_id(1), variant_id(1, 1), 2, hold(at(60)), reservation_id()).await?.expect("three are there");
        tx.save_cart(&cart(1, &[(variant_id(1, 1), 2)]), at(1)).await?;
    }

    let mut tx = store.begin().await?;
    assert_eq!(tx.catalogue_version().await?, 1);
    assert_eq!(available(&mut tx, variant_id(1, 1)).await?, 3);
    assert_eq!(tx.holds(cart_id(1)).await?, []);
    assert_eq!(tx.cart(cart_id(1)).await?, None);
    Ok(())
}

pub async fn readers_do_not_wait_for_a_writer(store: Arc<dyn Store>) -> Claim {
    let mut writer = store.begin().await?;
    assert_eq!(writer.raise_catalogue_version().await?, 2);

    let looked = async {
        let mut reader = store.read().await?;
        let before = reader.catalogue_version().await?;
        Ok::<_, StoreError>((reader, before))
    };
    let (mut reader, before) =
        tokio::time::timeout(Duration::from_secs(2), looked).await.expect("the reader does not wait")?;
    writer.commit().await?;

    assert_eq!(before, 1);
    assert_eq!(reader.catalogue_version().await?, 1, "a page sees one moment");
    assert_eq!(store.read().await?.catalogue_version().await?, 2);
    Ok(())
}

pub async fn the_door_for_pages_cannot_write(store: Arc<dyn Store>) -> Claim {
    let refused = store.read().await?.raise_catalogue_version().await;

    assert!(matches!(refused, Err(StoreError::Broken(_))), "{refused:?}");
    assert_eq!(store.read().await?.catalogue_version().await?, 1);
    Ok(())
}

pub async fn the_store_answers(store: Arc<dyn Store>) -> Claim {
    store.ping().await
}
