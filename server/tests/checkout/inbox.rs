//! Questions of the contact form: into the inbox, answered by mail, and no way to fill somebody else's box.

use super::support::TestShop;
use shop_core::ShopError;
use shop_core::checkout::{Field, FieldError, Mistake};
use shop_core::time::Seconds;
use shop_flows::inbox::TypedQuestion;

const EVA: &str = "eva@voorbeeld.nl";
const ACKNOWLEDGED: &str = "We hebben je vraag";

fn question(email: &str, stamp: String) -> TypedQuestion {
    let text = str::to_owned;
    TypedQuestion {
        name: text("Eva Bakker"),
        email: text(email),
        order: text("AG100042"),
        message: text("Valt de jurk ruim?\nGeheim: 1234"),
        trap: String::new(),
        stamp,
    }
}

/// Fills in the form as a person does, in ten seconds.
async fn ask(at: &TestShop, email: &str) -> Result<(), ShopError> {
    let stamp = at.shop.contact_stamp();
    at.advance(Seconds(10)).await;
    at.shop.send_question(&question(email, stamp)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_reaches_inbox_and_owner_and_the_sender_hears_that_it_did() {
    let at = TestShop::open().await;

    ask(&at, EVA).await.unwrap();
    at.run_jobs().await;

    let open = at.shop.store.read().await.unwrap().questions(true, 10).await.unwrap();
    assert_eq!((open[0].name.as_str(), open[0].order.as_deref()), ("Eva Bakker", Some("AG100042")));
    assert_eq!(at.subjects("info@allgems.nl"), ["Vraag van Eva Bakker"]);
    assert_eq!(at.subjects(EVA), [ACKNOWLEDGED]);
    let mail = at.mails.sent().into_iter().find(|mail| mail.to.as_str() == EVA).unwrap();
    for part in [mail.text, mail.html] {
        assert!(!part.contains("Geheim") && !part.contains("Eva") && !part.contains("AG100042"), "{part}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_mailbox_hears_once_a_day_and_is_heard_five_times() {
    let at = TestShop::open().await;

    for _ in 0..5 {
        ask(&at, EVA).await.unwrap();
    }
    let refused = ask(&at, "eva+6@voorbeeld.nl").await;
    at.run_jobs().await;

    let too_many = FieldError { field: Field::ReplyTo, mistake: Mistake::TooManyCodes };
    assert_eq!(refused, Err(ShopError::Fields(vec![too_many])));
    assert_eq!(at.count("questions").await, 5);
    assert_eq!(at.subjects(EVA), [ACKNOWLEDGED]);
    assert_eq!(ask(&at, "bea@voorbeeld.nl").await, Ok(()));
    at.advance(Seconds::days(1)).await;
    assert_eq!(ask(&at, EVA).await, Ok(()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_is_not_believed() {
    let at = TestShop::open().await;
    let now = at.shop.contact_stamp();

    let trapped = TypedQuestion { trap: "https://spam.example".to_owned(), ..question(EVA, now.clone()) };
    assert_eq!(at.shop.send_question(&trapped).await, Ok(()), "it hears nothing of it");
    assert_eq!((at.count("questions").await, at.jobs().await), (0, Vec::new()));

    // Too fast, and with a stamp of its own: kept, because it may be a person after all, but nothing goes to the address.
    at.shop.send_question(&question(EVA, now.clone())).await.unwrap();
    at.advance(Seconds(10)).await;
    let (_, signature) = now.split_once('.').unwrap();
    at.shop.send_question(&question("bea@voorbeeld.nl", format!("1.{signature}"))).await.unwrap();
    at.run_jobs().await;

    assert_eq!(at.count("questions").await, 2);
    assert_eq!((at.subjects(EVA), at.subjects("bea@voorbeeld.nl")), (Vec::new(), Vec::new()));
}
