//! Sessions, customers and staff.

use super::given::*;
use shop_core::id::{AddressId, CustomerId, StaffId};
use shop_core::order::OrderNumber;
use shop_flows::ports::{Audit, Session, SignInCode, Store, StoreError, Trail};
use std::sync::Arc;

fn session(hash: &str, expires: i64) -> Session {
    Session {
        hash: hash.to_owned(),
        cart: None,
        customer: None,
        staff: None,
        orders: vec![],
        flash: None,
        created_at: at(0),
        seen_at: at(0),
        expires_at: at(expires),
    }
}

pub async fn a_session_lives_until_it_ends(store: Arc<dyn Store>) -> Claim {
    let mut tx = store.begin().await?;
    tx.save_customer(&customer(1, "marieke@voorbeeld.nl")).await?;
    let mut changed = session("one", 100);
    tx.save_session(&changed).await?;
    tx.save_session(&session("two", 50)).await?;
    changed.cart = Some(cart_id(1));
    changed.customer = Some(CustomerId::new(uuid(1)));
    changed.orders = vec![OrderNumber::of(100_001), OrderNumber::of(100_002)];
    changed.flash = Some("{\"added\":1}".to_owned());
    changed.seen_at = at(30);
    tx.save_session(&changed).await?;

    assert_eq!(tx.session("one", at(99)).await?, Some(changed));
    assert_eq!(tx.session("one", at(100)).await?, None);
    assert_eq!(tx.session("three", at(0)).await?, None);
    assert_eq!(tx.forget_sessions(at(50)).await?, 1);
    tx.end_session("one").await?;
    assert_eq!(tx.session("one", at(0)).await?, None);
    tx.commit().await
}

pub async fn sessions_of_staff_end_together(store: Arc<dyn Store>) -> Claim {
    let mut tx = store.begin().await?;
    for (n, address) in [(1, "ineke@voorbeeld.nl"), (2, "kees@voorbeeld.nl")] {
        tx.save_staff(&staff(n, address)).await?;
    }
    for (hash, n) in [("a", 1), ("b", 1), ("c", 2)] {
        tx.save_session(&Session { staff: Some(StaffId::new(uuid(n))), ..session(hash, 100) }).await?;
    }

    assert_eq!(tx.end_staff_sessions(StaffId::new(uuid(1))).await?, 2);

    assert_eq!(tx.session("a", at(0)).await?, None);
    assert_eq!(tx.session("c", at(0)).await?.and_then(|session| session.staff), Some(StaffId::new(uuid(2))));
    tx.commit().await
}

pub async fn a_customer_has_her_address_for_herself(store: Arc<dyn Store>) -> Claim {
    let mut tx = store.begin().await?;
    let mut marieke = customer(1, "Marieke@Voorbeeld.nl");
    tx.save_customer(&marieke).await?;
    tx.save_customer(&customer(2, "sanne@voorbeeld.nl")).await?;

    assert_eq!(tx.save_customer(&customer(3, "marieke@voorbeeld.NL")).await, Err(StoreError::Duplicate));
    assert_eq!(tx.save_customer(&customer(2, "marieke@voorbeeld.nl")).await, Err(StoreError::Duplicate));

    marieke.email = email("marieke.devries@voorbeeld.nl");
    marieke.phone = None;
    marieke.verified_at = Some(at(5));
    tx.save_customer(&marieke).await?;
    assert_eq!(tx.customer(marieke.id).await?, Some(marieke.clone()));
    assert_eq!(tx.customer_by_email(&email("MARIEKE.devries@voorbeeld.nl")).await?, Some(marieke));
    assert_eq!(tx.customer_by_email(&email("marieke@voorbeeld.nl")).await?, None);
    assert_eq!(tx.customer(CustomerId::new(uuid(2))).await?, Some(customer(2, "sanne@voorbeeld.nl")));
    assert_eq!(tx.customer(CustomerId::new(uuid(3))).await?, None);
    Ok(())
}

pub async fn the_address_saved_last_is_the_default(store: Arc<dyn Store>) -> Claim {
    let mut tx = store.begin().await?;
    let (marieke, sanne) = (CustomerId::new(uuid(1)), CustomerId::new(uuid(2)));
    tx.save_customer(&customer(1, "marieke@voorbeeld.nl")).await?;
    tx.save_customer(&customer(2, "sanne@voorbeeld.nl")).await?;
    let (home, work) = (address("Marieke", "de Vries", "Almelo"), address("Marieke", "de Vries", "’s-Hertogenbosch"));
    let (first, second) = (AddressId::new(uuid(1)), AddressId::new(uuid(2)));
    tx.save_address(marieke, first, &home, at(0)).await?;
    tx.save_address(marieke, second, &work, at(0)).await?;
    assert_eq!(tx.addresses(marieke).await?, [(second, work.clone()), (first, home.clone())]);

    tx.save_address(marieke, first, &work, at(0)).await?;

    assert_eq!(tx.addresses(marieke).await?, [(first, work.clone()), (second, work.clone())]);
    assert_eq!(tx.save_address(sanne, first, &home, at(1)).await, Err(StoreError::Duplicate));
    assert!(!tx.delete_address(sanne, first).await?);
    assert!(tx.delete_address(marieke, first).await?);
    assert_eq!(tx.addresses(marieke).await?, [(second, work)]);
    assert_eq!(tx.addresses(sanne).await?, []);
    Ok(())
}

pub async fn guesses_at_the_same_moment_all_count(store: Arc<dyn Store>) -> Claim {
    let code = SignInCode { hash: "hash".to_owned(), tries: 0, sent: 1, created_at: at(0), expires_at: at(600) };
    let mut tx = store.begin().await?;
    tx.save_code(&email("Marieke@voorbeeld.nl"), "one", &SignInCode { tries: 3, ..code.clone() }).await?;
    tx.save_code(&email("marieke@voorbeeld.nl"), "one", &code).await?;
    tx.commit().await?;
    let guess = |_| {
        let store = store.clone();
        tokio::spawn(async move {
            let mut tx = store.begin().await?;
            let mut code = tx.code(&email("marieke@voorbeeld.nl"), "one").await?.expect("it is there");
            code.tries += 1;
            tx.save_code(&email("marieke@voorbeeld.nl"), "one", &code).await?;
            tx.commit().await
        })
    };

    for guess in (0..8).map(guess).collect::<Vec<_>>() {
        guess.await.expect("no panic")?;
    }

    let mut tx = store.begin().await?;
    assert_eq!(tx.code(&email("marieke@voorbeeld.nl"), "one").await?, Some(SignInCode { tries: 8, ..code }));
    tx.delete_code(&email("MARIEKE@voorbeeld.nl"), "one").await?;
    tx.commit().await?;
    assert_eq!(store.read().await?.code(&email("marieke@voorbeeld.nl"), "one").await?, None);
    Ok(())
}

pub async fn a_code_belongs_to_one_session_and_all_count(store: Arc<dyn Store>) -> Claim {
    let code = SignInCode { hash: "hash".to_owned(), tries: 0, sent: 2, created_at: at(0), expires_at: at(600) };
    let (marieke, sanne) = (email("marieke@voorbeeld.nl"), email("sanne@voorbeeld.nl"));
    let mut tx = store.begin().await?;
    tx.save_code(&marieke, "one", &code).await?;
    tx.save_code(&marieke, "two", &SignInCode { sent: 3, created_at: at(100), ..code.clone() }).await?;
    tx.save_code(&sanne, "one", &code).await?;

    tx.delete_code(&marieke, "three").await?;
    assert_eq!(tx.code(&marieke, "one").await?, Some(code));
    assert_eq!((tx.codes_sent(&marieke, at(0)).await?, tx.codes_sent(&marieke, at(1)).await?), (5, 3));
    assert_eq!(tx.codes_sent(&email("marieke+2@voorbeeld.nl"), at(0)).await?, 5, "it ends up in the same mailbox");
    assert_eq!(tx.codes_sent(&email("noor@voorbeeld.nl"), at(0)).await?, 0);
    assert_eq!((tx.forget_codes(at(100)).await?, tx.codes_sent(&marieke, at(0)).await?), (2, 3));
    tx.commit().await?;
    Ok(())
}

pub async fn staff_are_found_by_their_address(store: Arc<dyn Store>) -> Claim {
    let mut tx = store.begin().await?;
    assert_eq!(tx.staff_count().await?, 0);
    let mut ineke = staff(1, "Ineke@voorbeeld.nl");
    tx.save_staff(&ineke).await?;
    assert_eq!(tx.save_staff(&staff(2, "ineke@voorbeeld.nl")).await, Err(StoreError::Duplicate));
    ineke.password_hash = Some("$argon2id$".to_owned());
    ineke.totp_last_step = 59_000_000;
    tx.save_staff(&ineke).await?;

    assert_eq!(tx.staff_count().await?, 1);
    assert!(tx.staff(ineke.id).await? == Some(ineke.clone()));
    tx.commit().await?;
    let mut tx = store.read().await?;
    assert!(tx.staff_by_email(&email("INEKE@voorbeeld.nl")).await? == Some(ineke.clone()));
    assert!(tx.staff(ineke.id).await? == Some(ineke));
    assert!(tx.staff(StaffId::new(uuid(2))).await?.is_none());
    Ok(())
}

pub async fn a_one_time_link_works_until_it_is_used_up(store: Arc<dyn Store>) -> Claim {
    let mut tx = store.begin().await?;
    let ineke = staff(1, "ineke@voorbeeld.nl");
    tx.save_staff(&ineke).await?;
    tx.save_link("link", ineke.id, at(100)).await?;

    assert_eq!(tx.link("link", at(99)).await?, Some(ineke.id));
    assert_eq!(tx.link("link", at(99)).await?, Some(ineke.id));
    assert_eq!(tx.link("link", at(100)).await?, None);
    assert_eq!(tx.link("knil", at(0)).await?, None);
    tx.delete_link("link").await?;
    assert_eq!(tx.link("link", at(0)).await?, None);
    Ok(())
}

pub async fn the_audit_trail_is_newest_first(store: Arc<dyn Store>) -> Claim {
    let line = |n: i64| Audit {
        at: at(n),
        actor: "Ineke".to_owned(),
        action: "stock.count".to_owned(),
        subject: format!("AG-{n}"),
        detail: "3 → 5".to_owned(),
    };
    let mut tx = store.begin().await?;
    for n in 1..=3 {
        tx.audit(&line(n)).await?;
    }

    assert_eq!(tx.audit_trail(Trail::Changes, 2).await?, [line(3), line(2)]);
    assert_eq!(tx.audit_trail(Trail::Changes, 9).await?.len(), 3);
    Ok(())
}

pub async fn who_looked_stands_apart_and_once_for_each_while(store: Arc<dyn Store>) -> Claim {
    let look = |n: i64, actor: &str, subject: &str| Audit {
        at: at(n),
        actor: actor.to_owned(),
        action: "order.look".to_owned(),
        subject: subject.to_owned(),
        detail: String::new(),
    };
    let mut tx = store.begin().await?;
    tx.audit(&Audit { action: "order.ship".to_owned(), ..look(1, "Ineke", "AG100001") }).await?;

    tx.audit_look(&look(2, "Ineke", "AG100001"), at(0)).await?;
    tx.audit_look(&look(3, "Ineke", "AG100001"), at(1)).await?;
    tx.audit_look(&look(4, "Bram", "AG100001"), at(1)).await?;
    tx.audit_look(&look(5, "Ineke", "AG100002"), at(1)).await?;
    tx.audit_look(&look(6, "Ineke", "AG100001"), at(2)).await?;

    let seen = [
        look(6, "Ineke", "AG100001"),
        look(5, "Ineke", "AG100002"),
        look(4, "Bram", "AG100001"),
        look(2, "Ineke", "AG100001"),
    ];
    assert_eq!(tx.audit_trail(Trail::Looks, 9).await?, seen);
    assert_eq!(tx.audit_trail(Trail::Changes, 9).await?.len(), 1);
    Ok(())
}
