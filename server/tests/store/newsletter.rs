//! The list of the newsletter, its proof, and letters that go to each address once.

use super::given::*;
use shop_core::id::{LetterId, SignUpId, SubscriberId};
use shop_core::newsletter::letter::{Letter, LetterState};
use shop_core::newsletter::{Channel, ConsentAction};
use shop_flows::ports::{Consent, Delivery, DeliveryCounts, FiledSignUp, Store, StoreError, Subscriber};
use std::sync::Arc;

fn sign_up(n: u128, address: &str, asked: i64) -> FiledSignUp {
    FiledSignUp {
        id: SignUpId::new(uuid(n)),
        email: email(address),
        first_name: "Eva".to_owned(),
        channel: Channel::Site,
        text: ("newsletter".to_owned(), 1),
        token_hash: format!("hash-{n}"),
        asked_at: at(asked),
    }
}

fn subscriber(n: u128, address: &str) -> Subscriber {
    Subscriber { id: SubscriberId::new(uuid(n)), email: email(address), first_name: String::new(), since: at(1) }
}

fn letter(n: u128) -> Letter {
    Letter {
        id: LetterId::new(uuid(n)),
        subject: "Nieuw".to_owned(),
        text: "Dag.".to_owned(),
        state: LetterState::Draft,
        made_at: at(1),
        version: 1,
    }
}

pub async fn an_address_asks_once_and_is_forgotten(store: Arc<dyn Store>) -> Claim {
    let mut tx = store.begin().await?;
    tx.save_sign_up(&sign_up(1, "Eva@Voorbeeld.nl", 10)).await?;
    tx.save_sign_up(&sign_up(2, "eva+2@voorbeeld.nl", 20)).await?;
    assert_eq!(tx.waiting_sign_ups(&email("EVA@voorbeeld.nl")).await?, 2, "one mailbox");

    let again = FiledSignUp { channel: Channel::Checkout, ..sign_up(3, "eva@voorbeeld.nl", 30) };
    tx.save_sign_up(&again).await?;

    assert_eq!(tx.sign_up_of(&email("eva@voorbeeld.nl")).await?, Some(again.clone()));
    assert_eq!(tx.sign_up_by_token("hash-3").await?, Some(again.clone()));
    assert_eq!(tx.sign_up_by_token("hash-1").await?, None, "the link that was mailed before leads nowhere");
    assert_eq!(tx.forget_sign_ups(at(20)).await?, 1);
    assert_eq!(tx.sign_up(again.id).await?, Some(again.clone()));
    tx.delete_sign_up(again.id).await?;
    assert_eq!(tx.sign_up(again.id).await?, None);
    tx.commit().await
}

pub async fn an_address_is_on_the_list_once_and_a_no_outlives_it(store: Arc<dyn Store>) -> Claim {
    let mut tx = store.begin().await?;
    let eva = subscriber(1, "eva@voorbeeld.nl");
    tx.insert_subscriber(&eva).await?;
    assert_eq!(tx.insert_subscriber(&subscriber(2, "EVA@voorbeeld.nl")).await, Err(StoreError::Duplicate));
    assert_eq!((tx.subscriber(eva.id).await?, tx.subscribers().await?), (Some(eva.clone()), 1));
    assert_eq!(tx.subscriber_of(&email("Eva@voorbeeld.nl")).await?, Some(eva.clone()));

    tx.delete_subscriber(eva.id).await?;
    tx.suppress("h", at(5)).await?;
    tx.suppress("h", at(6)).await?;

    assert_eq!((tx.subscriber(eva.id).await?, tx.subscribers().await?), (None, 0));
    assert!(tx.is_suppressed("h").await? && !tx.is_suppressed("g").await?);
    tx.unsuppress("h").await?;
    assert!(!tx.is_suppressed("h").await?);
    tx.commit().await
}

pub async fn the_proof_reads_back_in_its_order(store: Arc<dyn Store>) -> Claim {
    let consent = |action, moment| Consent {
        subject: "eva".to_owned(),
        action,
        at: at(moment),
        text: ("newsletter".to_owned(), 1),
        text_hash: "abc".to_owned(),
        channel: Channel::OneClick,
    };
    let mut tx = store.begin().await?;

    tx.record_consent(uuid(2), &consent(ConsentAction::Confirmed, 2)).await?;
    tx.record_consent(uuid(1), &consent(ConsentAction::Given, 1)).await?;

    assert_eq!(
        tx.newsletter_consents("eva").await?,
        [consent(ConsentAction::Given, 1), consent(ConsentAction::Confirmed, 2)]
    );
    assert_eq!(tx.newsletter_consents("ans").await?, []);
    tx.commit().await
}

pub async fn a_letter_goes_to_each_of_the_list_once(store: Arc<dyn Store>) -> Claim {
    let mut tx = store.begin().await?;
    for (n, address) in [(1, "a@voorbeeld.nl"), (2, "b@voorbeeld.nl"), (3, "c@voorbeeld.nl")] {
        tx.insert_subscriber(&subscriber(n, address)).await?;
    }
    let mut one = letter(9);
    tx.insert_letter(&one).await?;
    one.state = LetterState::Sending { at: at(5) };
    tx.save_letter(&mut one).await?;
    assert_eq!(tx.save_letter(&mut letter(9)).await, Err(StoreError::Conflict));
    assert_eq!((tx.letter(one.id).await?, tx.letters().await?), (Some(one.clone()), vec![one.clone()]));

    tx.queue_letter(one.id, at(5)).await?;
    tx.queue_letter(one.id, at(6)).await?;
    let mut named = Vec::new();
    while let Some(next) = tx.next_delivery(one.id, at(7)).await? {
        named.push(next);
    }

    let id = |n| SubscriberId::new(uuid(n));
    assert_eq!(named, [id(1), id(2), id(3)]);
    tx.settle_delivery(one.id, id(1), Delivery::Sent, at(8)).await?;
    tx.settle_delivery(one.id, id(2), Delivery::Queued, at(8)).await?;
    tx.settle_delivery(one.id, id(2), Delivery::Sent, at(9)).await?;
    tx.left_after(id(1), at(9)).await?;
    let counts = DeliveryCounts { queued: 1, unsure: 1, sent: 1, left: 1, ..DeliveryCounts::default() };
    assert_eq!(tx.deliveries(one.id).await?, counts, "what waits again is not sent by a late word");
    assert_eq!(tx.next_delivery(one.id, at(9)).await?, Some(id(2)));
    tx.commit().await
}
