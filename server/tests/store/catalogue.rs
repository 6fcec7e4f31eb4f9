//! Products, sizes, pictures and prices.

use super::given::*;
use shop_core::catalog::{Price, Status};
use shop_core::id::ProductId;
use shop_core::money::Money;
use shop_core::stock::Stock;
use shop_flows::ports::{Store, StoreError};
use std::sync::Arc;

pub async fn a_saved_product_reads_back_equal(store: Arc<dyn Store>) -> Claim {
    let (plain, mut bare) = (product(1), product(2));
    bare.colour = None;
    bare.group = None;
    bare.season = None;
    bare.status = Status::Draft;
    bare.certificate = Some("GOTS, CU 123".to_owned());
    bare.variants = vec![];
    bare.pictures = vec![];

    let mut tx = store.begin().await?;
    tx.save_product(&plain, 1, at(0)).await?;
    tx.save_product(&bare, 2, at(0)).await?;
    tx.commit().await?;

    let mut tx = store.read().await?;
    assert_eq!(tx.product(plain.id).await?, Some(plain.clone()));
    assert_eq!(tx.product(bare.id).await?, Some(bare.clone()));
    assert_eq!(tx.products().await?, [plain, bare]);
    assert_eq!(tx.product(ProductId::new(uuid(9))).await?, None);
    assert_eq!(tx.picture("front1").await?, Some(picture("front1")));
    assert_eq!(tx.picture("front9").await?, None);
    Ok(())
}

pub async fn products_stand_in_the_order_of_the_owner(store: Arc<dyn Store>) -> Claim {
    let mut tx = store.begin().await?;
    for (n, position) in [(1, 30), (2, 10), (3, 20)] {
        tx.save_product(&product(n), position, at(0)).await?;
    }
    tx.save_product(&product(1), 5, at(1)).await?;

    let slugs: Vec<String> = tx.products().await?.into_iter().map(|product| product.slug).collect();
    assert_eq!(slugs, ["jurk-madelief-1", "jurk-madelief-2", "jurk-madelief-3"]);
    Ok(())
}

pub async fn sizes_that_are_not_named_leave_the_shop_and_keep_their_stock(store: Arc<dyn Store>) -> Claim {
    shelf(&*store, 1, 3).await?;
    let mut tx = store.begin().await?;
    let mut changed = product(1);
    let gone = changed.variants.remove(0);
    changed.pictures.truncate(1);

    tx.save_product(&changed, 0, at(1)).await?;

    let read = tx.product(changed.id).await?.expect("it is there");
    assert_eq!(
        read.variants.iter().map(|variant| (variant.id, variant.available)).collect::<Vec<_>>(),
        [(variant_id(1, 2), 3)]
    );
    assert_eq!(read.pictures, changed.pictures);
    assert_eq!(tx.stock(gone.id).await?, Some(Stock { on_hand: 3, held: 0 }));
    assert_eq!(tx.hold(cart_id(1), gone.id, 1, hold(at(60)), reservation_id()).await?, Err(0));

    tx.save_product(&product(1), 0, at(2)).await?;

    let back = tx.product(changed.id).await?.expect("it is there");
    assert_eq!(
        back.variants.iter().map(|variant| (variant.id, variant.available)).collect::<Vec<_>>(),
        [(variant_id(1, 1), 3), (variant_id(1, 2), 3)]
    );
    Ok(())
}

pub async fn sizes_can_exchange_their_article_numbers(store: Arc<dyn Store>) -> Claim {
    let mut tx = store.begin().await?;
    tx.save_product(&product(1), 0, at(0)).await?;
    let mut changed = product(1);
    let second = changed.variants[1].sku.clone();
    changed.variants[1].sku = std::mem::replace(&mut changed.variants[0].sku, second);

    tx.save_product(&changed, 0, at(1)).await?;

    assert_eq!(tx.product(changed.id).await?, Some(changed));
    Ok(())
}

pub async fn names_of_another_product_are_a_duplicate_and_nothing_changes(store: Arc<dyn Store>) -> Claim {
    let mut tx = store.begin().await?;
    tx.save_product(&product(1), 0, at(0)).await?;
    tx.save_product(&product(2), 1, at(0)).await?;
    let mut same_slug = product(2);
    same_slug.slug = product(1).slug;
    let mut same_sku = product(2);
    same_sku.variants[1].sku = product(1).variants[0].sku.clone();
    let mut twice = product(2);
    twice.variants[1].sku = twice.variants[0].sku.clone();
    let mut same_size = product(2);
    same_size.variants[1].id = variant_id(1, 1);

    for wrong in [same_slug, same_sku, twice] {
        assert_eq!(tx.save_product(&wrong, 1, at(1)).await, Err(StoreError::Duplicate));
    }

    // The transaction goes on, on both engines.
    assert_eq!(tx.products().await?, [product(1), product(2)]);
    assert_eq!(tx.save_product(&same_size, 1, at(1)).await, Err(StoreError::Duplicate));
    Ok(())
}

pub async fn every_price_in_force_in_the_window_counts(store: Arc<dyn Store>) -> Claim {
    let mut tx = store.begin().await?;
    let (mut article, size) = (product(1), variant_id(1, 1));
    // 49,95 from day 0; 39,95 from day 10; by mistake 1,00 and at once 44,95 on day 20; 59,95 from day 40.
    for (day, cents) in [(0, 4995), (10, 3995), (15, 3995), (20, 100), (20, 4495), (40, 5995)] {
        article.variants[0].price = Price::plain(Money::cents(cents));
        tx.save_product(&article, 0, at(day)).await?;
    }

    let cases = [
        (-30, 0, None),
        (-30, 1, Some(4995)),
        (0, 10, Some(4995)),
        (0, 11, Some(3995)),
        (12, 20, Some(3995)),
        (19, 40, Some(3995)),
        (20, 40, Some(4495)),
        (25, 41, Some(4495)),
        (40, 70, Some(5995)),
        (50, 50, None),
    ];
    for (from, until, cents) in cases {
        assert_eq!(tx.lowest_price(size, at(from), at(until)).await?, cents.map(Money::cents), "{from} to {until}");
    }
    assert_eq!(tx.lowest_price(variant_id(9, 9), at(0), at(99)).await?, None);
    Ok(())
}

pub async fn avif_files_stay_made_when_an_older_copy_is_saved(store: Arc<dyn Store>) -> Claim {
    let mut tx = store.begin().await?;
    tx.save_product(&product(1), 0, at(0)).await?;
    tx.picture_has_avif("front1").await?;

    tx.save_product(&product(1), 0, at(1)).await?;

    assert_eq!(tx.picture("front1").await?.map(|picture| picture.has_avif), Some(true));
    assert_eq!(tx.picture("back1").await?.map(|picture| picture.has_avif), Some(false));

    let mut other_widths = product(1);
    other_widths.pictures[0].widths = vec![400, 800, 1200, 1600];
    tx.save_product(&other_widths, 0, at(2)).await?;

    assert_eq!(tx.picture("front1").await?.map(|picture| picture.has_avif), Some(false));
    Ok(())
}

pub async fn the_catalogue_version_rises(store: Arc<dyn Store>) -> Claim {
    let mut tx = store.begin().await?;
    assert_eq!(tx.catalogue_version().await?, 1);
    assert_eq!(tx.raise_catalogue_version().await?, 2);
    tx.commit().await?;
    assert_eq!(store.read().await?.catalogue_version().await?, 2);
    Ok(())
}
