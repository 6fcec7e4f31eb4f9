//! Carts and the checkout drafts beside them.

use super::given::*;
use shop_core::cart::Cart;
use shop_core::checkout::{Field, FieldError, Mistake, TypedDetails};
use shop_core::discount::DiscountCode;
use shop_core::payment::Method;
use shop_flows::ports::{Draft, Store, StoreError};
use std::sync::Arc;

fn draft() -> Draft {
    Draft {
        typed: TypedDetails { email: "marieke".to_owned(), ..TypedDetails::default() },
        errors: vec![FieldError { field: Field::Email, mistake: Mistake::EmailWithoutAt }],
        details_done: false,
        method: Some(Method::BankTransfer),
        proposal: Some(("Wittem".to_owned(), "Almelo".to_owned())),
        notice: None,
        newsletter: true,
    }
}

pub async fn a_cart_reads_back_in_its_order(store: Arc<dyn Store>) -> Claim {
    shelf(&*store, 1, 3).await?;
    let (first, second) = (variant_id(1, 1), variant_id(1, 2));
    let mut tx = store.begin().await?;

    for lines in [vec![(second, 3), (first, 1)], vec![(first, 20), (second, 1)], vec![(second, 1)], vec![]] {
        let cart = cart(1, &lines);
        tx.save_cart(&cart, at(1)).await?;
        assert_eq!(tx.cart(cart_id(1)).await?, Some(cart));
    }
    let coded = Cart { code: DiscountCode::parse("WELKOM5"), ..cart(1, &[(first, 1)]) };
    tx.save_cart(&coded, at(2)).await?;
    assert_eq!(tx.cart(cart_id(1)).await?, Some(coded));
    tx.save_cart(&cart(1, &[]), at(3)).await?;
    assert_eq!(tx.cart(cart_id(2)).await?, None);
    tx.commit().await?;
    assert_eq!(store.read().await?.cart(cart_id(1)).await?, Some(cart(1, &[])));
    Ok(())
}

pub async fn a_deleted_cart_takes_its_draft_along(store: Arc<dyn Store>) -> Claim {
    shelf(&*store, 1, 3).await?;
    let mut tx = store.begin().await?;
    for n in [1, 2] {
        tx.save_cart(&cart(n, &[(variant_id(1, 1), 1)]), at(0)).await?;
        tx.save_draft(cart_id(n), &Draft::default(), at(0)).await?;
        tx.save_draft(cart_id(n), &draft(), at(1)).await?;
    }
    assert_eq!(tx.draft(cart_id(1)).await?, Some(draft()));

    tx.delete_cart(cart_id(1)).await?;

    assert_eq!(tx.cart(cart_id(1)).await?, None);
    assert_eq!(tx.draft(cart_id(1)).await?, None);
    assert_eq!(tx.draft(cart_id(2)).await?, Some(draft()));
    Ok(())
}

pub async fn forgotten_carts_are_nobodys(store: Arc<dyn Store>) -> Claim {
    shelf(&*store, 1, 3).await?;
    placed(&*store, &[order(1)]).await?;
    let mut tx = store.begin().await?;
    // 1 became an order, 2 is old, 3 is old but pieces are held for it, 4 was touched.
    for (n, touched) in [(1, 0), (2, 0), (3, 0), (4, 100)] {
        tx.save_cart(&cart(n, &[(variant_id(1, 1), 1)]), at(touched)).await?;
    }
    tx.hold(cart_id(3), variant_id(1, 1), 1, hold(at(60)), reservation_id()).await?.expect("three are there");

    assert_eq!(tx.forget_carts(at(100)).await?, 1);

    assert_eq!(tx.cart(cart_id(2)).await?, None);
    for n in [1, 3, 4] {
        assert!(tx.cart(cart_id(n)).await?.is_some(), "{n}");
    }
    Ok(())
}

pub async fn clicks_at_the_same_moment_all_reach_the_cart(store: Arc<dyn Store>) -> Claim {
    for n in 1..=4 {
        shelf(&*store, n, 9).await?;
    }
    let mut tx = store.begin().await?;
    tx.save_cart(&cart(1, &[]), at(0)).await?;
    tx.commit().await?;
    let click = |n: u128| {
        let store = store.clone();
        tokio::spawn(async move {
            let mut tx = store.begin().await?;
            let mut found = tx.cart(cart_id(1)).await?.expect("it is there");
            found.lines.extend(cart(1, &[(variant_id(1 + n / 2, 1 + n % 2), 1)]).lines);
            tx.save_cart(&found, at(1)).await?;
            tx.commit().await?;
            Ok::<_, StoreError>(())
        })
    };

    for click in (0..8).map(click).collect::<Vec<_>>() {
        click.await.expect("no panic")?;
    }

    assert_eq!(store.read().await?.cart(cart_id(1)).await?.map(|cart| cart.lines.len()), Some(8));
    Ok(())
}
