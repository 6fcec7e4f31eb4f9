//! Somebody's own data: all of it and nothing of others, put right, erased for good, and erased again when a backup is put back.

use crate::support::*;
use shop_core::ShopError;
use shop_core::checkout::{Field, FieldError, Mistake};
use shop_core::email::EmailAddress;
use shop_core::id::CustomerId;
use shop_core::order::{OrderNumber, Tracking};
use shop_core::payment::Method;
use shop_core::time::{Day, Seconds};
use shop_flows::inbox::TypedQuestion;
use shop_flows::my_data::{Stays, Waits};
use shop_flows::ports::Customer;
use shop_sandbox::Outcome;
use uuid::Uuid;

const MARIEKE: &str = "marieke@voorbeeld.nl";
/// What must not be found of her anywhere.
const HERS: [&str; 6] = ["marieke@", "Marieke", "de Vries", "Grotestraat", "7607 AB", "+31612345678"];

fn found_in(bytes: &[u8]) -> Vec<&'static str> {
    let lower: Vec<u8> = bytes.to_ascii_lowercase();
    let stands = |word: &str| {
        let word = word.to_ascii_lowercase();
        lower.windows(word.len()).any(|window| window == word.as_bytes())
    };
    HERS.into_iter().filter(|word| stands(word)).collect()
}

/// The code of the mail that asks whether she wants to be erased.
async fn erasure_code(at: &TestShop, browser: &mut Browser<'_>) -> String {
    let mut visitor = browser.visitor().await;
    at.shop.send_erasure_code(&mut visitor).await.unwrap();
    at.run_jobs().await;
    let mail = at.mails.sent().into_iter().rfind(|mail| mail.subject.contains("wissen")).unwrap();
    mail.text.split(|c: char| !c.is_ascii_digit()).find(|word| word.len() == 6).unwrap().to_owned()
}

async fn erase(at: &TestShop, browser: &mut Browser<'_>) -> Vec<Stays> {
    let code = erasure_code(at, browser).await;
    let mut visitor = browser.visitor().await;
    let receipt = at.shop.erase_me(&mut visitor, &code).await.unwrap();
    assert!(visitor.session.is_none());
    at.run_jobs().await;
    receipt.stays
}

/// A paid order that left more than a month ago.
async fn long_delivered(at: &TestShop, browser: &mut Browser<'_>) -> OrderNumber {
    let dress = at.dress(1, 3).await;
    let number = browser.buy(dress, Method::Ideal).await;
    at.at_the_provider(&format!("{number}P1"), Outcome::Pay).await;
    at.shop.ship("Ineke", &number, Tracking::parse("3SABCD1234567").unwrap()).await.unwrap();
    at.run_jobs().await;
    at.advance(Seconds::days(31)).await;
    number
}

#[tokio::test]
async fn of_who_never_ordered_nothing_is_left_in_the_files() {
    let at = TestShop::open().await;
    let gone = at.dress(1, 0).await;
    let there = at.dress(2, 3).await;
    let mut marieke = at.browser();
    marieke.sign_in(MARIEKE).await;
    let visitor = marieke.visitor().await;
    at.shop.save_address(&visitor, details(MARIEKE)).await.unwrap();
    at.shop.save_contact(&visitor, "Marieke", "de Vries", "06 12345678").await.unwrap();
    at.shop.ask_for_alert(gone, MARIEKE).await.unwrap();
    let question = TypedQuestion {
        name: "Marieke".to_owned(),
        email: MARIEKE.to_owned(),
        message: "Woont iemand aan de Grotestraat?".to_owned(),
        ..TypedQuestion::default()
    };
    at.shop.send_question(&question).await.unwrap();
    marieke.add(there, 1).await.unwrap();
    let visitor = marieke.visitor().await;
    at.shop.hold_cart(&visitor).await.unwrap();
    assert_eq!(at.shop.send_details(&visitor, details(MARIEKE), true).await, Ok(true));
    // Somebody else's sign-in form with her address in it.
    let mut stranger = at.browser();
    stranger.code(MARIEKE).await;
    let mut visitor = stranger.visitor().await;
    at.shop.set_flash(&mut visitor, Some(format!("{{\"SignIn\":{{\"email\":\"{MARIEKE}\"}}}}"))).await.unwrap();
    at.take_samples().await;
    assert_eq!(found_in(&at.files()), HERS);

    let stays = erase(&at, &mut marieke).await;

    assert_eq!(stays, []);
    assert_eq!(found_in(&at.files()), [""; 0]);
    assert_eq!(at.stock(there).await, (3, 0), "what her bag held is free");
    for table in ["customers", "addresses", "stock_alerts", "sign_in_codes", "checkout_drafts", "carts"] {
        assert_eq!(at.count(table).await, 0, "{table}");
    }
    assert_eq!(at.count("erasures").await, 1);
    assert!(stranger.visitor().await.session.is_some(), "the stranger keeps her session");
    let last = at.mails.sent().into_iter().next_back().unwrap();
    assert_eq!((last.to.as_str(), last.subject.as_str()), (MARIEKE, "Je gegevens bij All Gems zijn gewist"));
    assert!(last.text.contains("We bewaren niets meer van je."), "{}", last.text);
}

#[tokio::test]
async fn of_an_order_only_what_the_books_need_is_left_and_it_is_nobodys() {
    let at = TestShop::open().await;
    let mut guest = at.browser();
    let number = long_delivered(&at, &mut guest).await;
    let mut marieke = at.browser();
    marieke.sign_in(MARIEKE).await;
    at.shop.save_address(&marieke.visitor().await, details(MARIEKE)).await.unwrap();
    let before = at.order(&number).await;
    at.take_samples().await;
    assert!(!found_in(&at.files()).is_empty());

    let stays = erase(&at, &mut marieke).await;

    let until = Day { year: 2033, month: 12, day: 31 };
    assert_eq!(stays, [Stays { number: number.clone(), until, named: false }]);
    assert_eq!(found_in(&at.files()), [""; 0]);
    let after = at.order(&number).await;
    assert_eq!((&after.totals, after.lines.len(), after.method), (&before.totals, 1, Method::Ideal));
    assert_eq!((after.lines[0].unit, after.placed_at, after.state), (PRICE, before.placed_at, before.state));
    assert_ne!(after.customer, before.customer);
    assert_eq!(at.attempt_states(&number).await, ["paid"]);
    let entries = at.shop.store.read().await.unwrap().entries(after.id).await.unwrap();
    assert!(!entries.is_empty(), "the books are whole");
    // Neither the browser that ordered nor a new account sees it again.
    assert_eq!(at.shop.order(&guest.visitor().await, &number).await, Err(ShopError::NotFound));
    marieke = at.browser();
    marieke.sign_in(MARIEKE).await;
    assert_eq!(at.shop.account(&marieke.visitor().await).await.unwrap().orders, []);
    let last = at.mails.sent().into_iter().rfind(|mail| mail.subject.contains("zijn gewist")).unwrap();
    assert!(last.text.contains(&format!("- bestelling {number}: tot en met 31 december 2033\n")), "{}", last.text);

    at.shop.forget_night().await.unwrap();
    assert!(!at.jobs().await.contains(&"mail_account_ends".to_owned()), "nobody's account is warned of nothing");
}

#[tokio::test]
async fn what_is_not_finished_waits_and_nothing_changes() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 3).await;
    let mut marieke = at.browser();
    let number = marieke.buy(dress, Method::Ideal).await;
    marieke.sign_in(MARIEKE).await;
    let looking = marieke.clone();
    let waits = async || at.shop.erasure_preview(&looking.visitor().await).await.unwrap().waits;
    let order = |state, from| Waits::Order { number: number.clone(), state, from };

    assert_eq!(waits().await, [order("awaiting_payment", None)]);
    at.at_the_provider("AG100001P1", Outcome::Pay).await;
    assert_eq!(waits().await, [order("paid", None)]);
    at.shop.ship("Ineke", &number, Tracking::parse("3SABCD1234567").unwrap()).await.unwrap();
    assert_eq!(waits().await, [order("shipped", Some(Day { year: 2026, month: 12, day: 24 }))]);
    let withdrawal = shop_flows::withdrawal::TypedWithdrawal {
        order: number.to_string(),
        name: "Marieke de Vries".to_owned(),
        email: MARIEKE.to_owned(),
        articles: String::new(),
    };
    at.shop.withdraw(&withdrawal).await.unwrap();
    let code = erasure_code(&at, &mut marieke).await;
    at.advance(Seconds::minutes(1)).await;
    let mut visitor = marieke.visitor().await;
    assert_eq!(at.shop.erase_me(&mut visitor, &code).await, Err(ShopError::TooLate));
    assert_eq!(at.order(&number).await.contact.email.as_str(), MARIEKE);
    at.advance(Seconds::days(31)).await;
    assert_eq!(waits().await, [Waits::Withdrawal { number: Some(number.clone()) }]);
}

#[tokio::test]
async fn only_the_code_for_erasing_erases_and_looking_changes_nothing() {
    let at = TestShop::open().await;
    let mut marieke = at.browser();
    marieke.sign_in(MARIEKE).await;
    let for_signing_in = marieke.code(MARIEKE).await;
    let mut visitor = marieke.visitor().await;
    let before = at.everything().await;
    at.shop.erasure_preview(&visitor).await.unwrap();
    at.shop.my_data(&visitor).await.unwrap();
    assert_eq!(at.everything().await, before);

    let refused = at.shop.erase_me(&mut visitor, &for_signing_in).await;

    let wrong = |mistake| Err(ShopError::Fields(vec![FieldError { field: Field::Code, mistake }]));
    assert_eq!(refused, wrong(Mistake::WrongCode));
    assert_eq!(at.shop.erase_me(&mut visitor, "").await, wrong(Mistake::Missing));
    assert_eq!(at.count("customers").await, 1);
    let nobody = at.browser().visitor().await;
    assert!(matches!(at.shop.my_data(&nobody).await, Err(ShopError::SignInNeeded)));
    assert!(matches!(at.shop.erasure_preview(&nobody).await, Err(ShopError::SignInNeeded)));
    assert_eq!(at.shop.save_contact(&nobody, "Eva", "Bakker", "").await, Err(ShopError::SignInNeeded));
}

#[tokio::test]
async fn what_she_is_called_is_put_right_and_her_orders_keep_what_was_agreed() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 3).await;
    let mut marieke = at.browser();
    let number = marieke.buy(dress, Method::Ideal).await;
    marieke.sign_in(MARIEKE).await;
    let visitor = marieke.visitor().await;

    at.shop.save_contact(&visitor, " Maaike ", "de  Wit", "0546 232032").await.unwrap();
    let refused = at.shop.save_contact(&visitor, "", "www.koop.nl", "12").await;

    let customer = at.shop.account(&visitor).await.unwrap().customer;
    let phone = customer.phone.as_ref().map(|phone| phone.as_str());
    assert_eq!(
        (customer.given_name.as_str(), customer.family_name.as_str(), phone),
        ("Maaike", "de Wit", Some("+31546232032"))
    );
    assert_eq!(at.order(&number).await.address.name.given, "Marieke");
    let wrong = |field, mistake| FieldError { field, mistake };
    let expected = vec![
        wrong(Field::GivenName, Mistake::Missing),
        wrong(Field::FamilyName, Mistake::NoName),
        wrong(Field::Phone, Mistake::Phone),
    ];
    assert_eq!(refused, Err(ShopError::Fields(expected)));
}

#[tokio::test]
async fn a_backup_that_is_put_back_forgets_her_again_and_who_came_back_stays() {
    let (today, yesterday) = (TestShop::open().await, TestShop::open().await);
    let mut marieke = today.browser();
    marieke.sign_in(MARIEKE).await;
    erase(&today, &mut marieke).await;
    let data = tempfile::tempdir().unwrap();
    shop_server::erasures::keep(&today.shop, data.path()).await.unwrap();
    let kept = std::fs::read_to_string(data.path().join(shop_server::erasures::FILE)).unwrap();
    assert_eq!(kept.lines().count(), 1);
    assert!(!kept.contains('@'), "{kept}");

    // The database of yesterday knows her, an order of hers, and nothing of her erasure.
    let mut guest = yesterday.browser();
    let number = long_delivered(&yesterday, &mut guest).await;
    assert_eq!(yesterday.shop.replay_erasures().await, Ok(0));
    shop_server::erasures::keep(&yesterday.shop, data.path()).await.unwrap();
    assert_eq!(yesterday.shop.replay_erasures().await, Ok(1));
    assert_eq!(found_in(&yesterday.files()), [""; 0]);
    assert!(yesterday.order(&number).await.is_forgotten());
    assert_eq!(yesterday.shop.replay_erasures().await, Ok(0), "once is enough");

    // She orders again some day: that account is younger than her erasure.
    let email = EmailAddress::parse(MARIEKE).unwrap();
    let back = Customer::unproven(CustomerId::new(Uuid::from_u128(99)), email.clone(), yesterday.shop.clock.now());
    let mut tx = yesterday.shop.store.begin().await.unwrap();
    tx.save_customer(&back).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(yesterday.shop.replay_erasures().await, Ok(0));
    assert_eq!(yesterday.shop.store.read().await.unwrap().customer_by_email(&email).await.unwrap(), Some(back));
}
