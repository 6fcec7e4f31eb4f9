//! Accounts: who may see what, and what a code opens.

use crate::support::*;
use shop_core::ShopError;
use shop_core::checkout::{Field, FieldError, Mistake};
use shop_core::email::EmailAddress;
use shop_core::payment::Method;
use shop_core::time::Seconds;
use shop_flows::checkout::Place;
use shop_sandbox::Outcome;

fn code_error(mistake: Mistake) -> Result<(), ShopError> {
    Err(ShopError::Fields(vec![FieldError { field: Field::Code, mistake }]))
}

#[tokio::test]
async fn an_order_with_a_known_address_attaches_to_its_account_and_shows_nothing_of_it() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 3).await;
    let mut marieke = at.browser();
    let first = marieke.buy(dress, Method::Ideal).await;
    let email = EmailAddress::parse("marieke@voorbeeld.nl").unwrap();
    let before = at.shop.store.read().await.unwrap().customer_by_email(&email).await.unwrap().unwrap();

    let mut somebody = at.browser();
    somebody.add(dress, 1).await.unwrap();
    let visitor = somebody.visitor().await;
    let Place::Here(_, draft) = at.shop.checkout(&visitor).await.unwrap() else { panic!("she has a cart") };
    assert_eq!(draft.typed, shop_core::checkout::TypedDetails::default());
    let mut typed = details("MARIEKE@voorbeeld.nl");
    typed.given_name = "Bea".to_owned();
    typed.street = "Elders".to_owned();
    assert_eq!(at.shop.send_details(&visitor, typed, false).await, Ok(true));
    assert_eq!(at.shop.send_method(&visitor, "ideal").await, Ok(true));
    somebody.press(TOTAL).await.unwrap();

    let visitor = somebody.visitor().await;
    let second = visitor.session.as_ref().unwrap().orders[0].clone();
    assert_eq!(at.order(&second).await.customer, before.id);
    assert_eq!(
        at.shop.store.read().await.unwrap().customer_by_email(&email).await.unwrap(),
        Some(before.clone()),
        "it was not changed"
    );
    assert_eq!(
        at.shop.store.read().await.unwrap().addresses(before.id).await.unwrap(),
        [],
        "nor did it get an address"
    );
    assert_eq!((before.given_name.as_str(), before.family_name.as_str(), &before.phone), ("", "", &None));
    assert_eq!(visitor.customer(), None);
    assert_eq!(at.shop.order(&visitor, &first).await, Err(ShopError::NotFound));
    assert!(matches!(at.shop.account(&visitor).await, Err(ShopError::SignInNeeded)));

    // Who proves the address sees both.
    marieke.sign_in("marieke@voorbeeld.nl").await;
    let account = at.shop.account(&marieke.visitor().await).await.unwrap();
    assert_eq!(account.orders.len(), 2);
    // Hers is the address that she typed in this browser, not the one that somebody else typed with her mail address.
    let streets: Vec<&str> = account.addresses.iter().map(|(_, address)| address.street.as_str()).collect();
    assert_eq!((streets, account.customer.given_name.as_str()), (vec!["Grotestraat"], "Marieke"));
}

#[tokio::test]
async fn what_a_stranger_ordered_with_her_mail_address_is_not_her_address() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 1).await;
    at.browser().buy(dress, Method::Ideal).await;

    let mut marieke = at.browser();
    marieke.sign_in("marieke@voorbeeld.nl").await;

    let account = at.shop.account(&marieke.visitor().await).await.unwrap();
    assert_eq!((account.orders.len(), account.addresses.len()), (1, 0));
    assert_eq!((account.customer.given_name.as_str(), account.customer.phone), ("", None));
}

#[tokio::test]
async fn a_code_is_good_in_the_browser_that_asked_for_it_and_others_cannot_use_it_up() {
    let at = TestShop::open().await;
    let (mut marieke, mut thief) = (at.browser(), at.browser());
    let code = marieke.code("marieke@voorbeeld.nl").await;
    let own = thief.code("marieke@voorbeeld.nl").await;
    let wrong = if own == "000000" { "000001" } else { "000000" };

    let mut visitor = thief.visitor().await;
    assert_ne!(own, code);
    assert_eq!(at.shop.enter_code(&mut visitor, "marieke@voorbeeld.nl", &code).await, code_error(Mistake::WrongCode));
    for _ in 0..4 {
        at.shop.enter_code(&mut visitor, "marieke@voorbeeld.nl", wrong).await.unwrap_err();
    }

    let mut visitor = marieke.visitor().await;
    assert_eq!(at.shop.enter_code(&mut visitor, "marieke@voorbeeld.nl", &code).await, Ok(()));
}

#[tokio::test]
async fn a_mailbox_gets_ten_codes_a_day_whoever_asks_and_however_it_is_spelt() {
    let at = TestShop::open().await;
    for n in 0..10 {
        let spelt = format!("ma.rieke+{n}@gmail.com");
        at.shop.send_code(&mut at.browser().visitor().await, &spelt).await.unwrap();
    }
    let too_many = ShopError::Fields(vec![FieldError { field: Field::Email, mistake: Mistake::TooManyCodes }]);
    for spelt in ["marieke@gmail.com", "m.a.rieke@googlemail.com", "Marieke+x@gmail.com"] {
        let refused = at.shop.send_code(&mut at.browser().visitor().await, spelt).await;
        assert_eq!(refused, Err(too_many.clone()), "{spelt}");
    }
    assert!(at.shop.send_code(&mut at.browser().visitor().await, "noor@gmail.com").await.is_ok());
    at.run_jobs().await;
    assert_eq!(at.mails.sent().len(), 11);
    assert_eq!(at.subjects("ma.rieke+3@gmail.com").len(), 1, "the mail goes to what was typed");

    at.advance(Seconds::days(1)).await;
    at.advance(Seconds(1)).await;
    at.shop.send_code(&mut at.browser().visitor().await, "marieke@gmail.com").await.unwrap();
    at.run_jobs().await;

    assert_eq!(at.mails.sent().len(), 12);
}

#[tokio::test]
async fn whoever_ordered_in_this_browser_gets_a_code_when_a_stranger_used_them_up() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 1).await;
    let mut marieke = at.browser();
    marieke.buy(dress, Method::Ideal).await;
    for _ in 0..10 {
        at.shop.send_code(&mut at.browser().visitor().await, "marieke@voorbeeld.nl").await.unwrap();
    }

    for _ in 0..5 {
        at.shop.send_code(&mut marieke.visitor().await, "marieke@voorbeeld.nl").await.unwrap();
        at.advance(Seconds(31)).await;
    }
    let sixth = at.shop.send_code(&mut marieke.visitor().await, "marieke@voorbeeld.nl").await;

    let too_many = ShopError::Fields(vec![FieldError { field: Field::Email, mistake: Mistake::TooManyCodes }]);
    assert_eq!(sixth, Err(too_many));
}

#[tokio::test]
async fn a_right_code_signs_in_once_and_gives_the_session_a_new_id() {
    let at = TestShop::open().await;
    let mut marieke = at.browser();
    let dress = at.dress(1, 1).await;
    marieke.add(dress, 1).await.unwrap();
    let before = marieke.clone();
    let code = marieke.code("marieke@voorbeeld.nl").await;
    let spaced = format!("{} {}", &code[..3], &code[3..]);

    let mut visitor = marieke.visitor().await;
    at.shop.enter_code(&mut visitor, "Marieke@voorbeeld.nl", &spaced).await.unwrap();
    marieke.keep(visitor);

    let visitor = marieke.visitor().await;
    assert!(visitor.customer().is_some());
    assert!(visitor.session.unwrap().cart.is_some(), "the bag comes along");
    assert!(before.visitor().await.session.is_none(), "the old cookie is worth nothing");
    assert_eq!(at.count("sessions").await, 1);
    let mut again = at.browser().visitor().await;
    assert_eq!(at.shop.enter_code(&mut again, "marieke@voorbeeld.nl", &code).await, code_error(Mistake::CodeExpired));
    assert_eq!(again.customer(), None);
}

#[tokio::test]
async fn after_five_wrong_codes_the_right_one_is_too_late() {
    let at = TestShop::open().await;
    let mut marieke = at.browser();
    let code = marieke.code("marieke@voorbeeld.nl").await;
    let wrong = if code == "000000" { "000001" } else { "000000" };
    let mut visitor = marieke.visitor().await;

    for _ in 0..4 {
        assert_eq!(
            at.shop.enter_code(&mut visitor, "marieke@voorbeeld.nl", wrong).await,
            code_error(Mistake::WrongCode)
        );
    }
    assert_eq!(at.shop.enter_code(&mut visitor, "marieke@voorbeeld.nl", wrong).await, code_error(Mistake::CodeExpired));
    assert_eq!(at.shop.enter_code(&mut visitor, "marieke@voorbeeld.nl", &code).await, code_error(Mistake::CodeExpired));

    assert_eq!((visitor.customer(), at.count("customers").await), (None, 0));
}

#[tokio::test]
async fn a_code_lasts_ten_minutes_and_another_is_not_mailed_at_once() {
    let at = TestShop::open().await;
    let mut marieke = at.browser();
    let code = marieke.code("marieke@voorbeeld.nl").await;
    at.shop.send_code(&mut marieke.visitor().await, "marieke@voorbeeld.nl").await.unwrap();
    at.run_jobs().await;
    assert_eq!(at.mails.sent().len(), 1);

    at.advance(Seconds::minutes(10)).await;
    let mut visitor = marieke.visitor().await;

    assert_eq!(at.shop.enter_code(&mut visitor, "marieke@voorbeeld.nl", &code).await, code_error(Mistake::CodeExpired));
    assert_eq!(visitor.customer(), None);
}

#[tokio::test]
async fn a_code_is_in_no_table_once_it_was_mailed() {
    let at = TestShop::open().await;
    let code = at.browser().code("marieke@voorbeeld.nl").await;

    assert!(!at.everything().await.iter().any(|row| row.contains(&code)));
}

#[tokio::test]
async fn an_order_is_there_for_who_placed_it_and_for_who_has_its_key_and_for_nobody_else() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 2).await;
    let mut marieke = at.browser();
    let number = marieke.buy(dress, Method::Ideal).await;
    at.at_the_provider("AG100001P1", Outcome::Pay).await;
    assert!(at.shop.order(&marieke.visitor().await, &number).await.is_ok());

    let stranger = at.browser();
    let mut visitor = stranger.visitor().await;
    let before = at.everything().await;
    assert_eq!(at.shop.order(&visitor, &number).await, Err(ShopError::NotFound));
    assert_eq!(at.shop.cancel_order(&visitor, &number).await, Err(ShopError::NotFound));
    assert_eq!(at.shop.pay_again(&visitor, &number, "ideal").await, Err(ShopError::NotFound));
    for wrong in ["", "0", &"0".repeat(40)] {
        assert_eq!(at.shop.open_order_link(&mut visitor, &number, wrong).await, Err(ShopError::NotFound));
    }
    assert_eq!(at.everything().await, before);
    assert!(visitor.session.is_none());

    let mail = at.mails.sent().remove(0).text;
    let key = mail.split("sleutel=").nth(1).unwrap().split_whitespace().next().unwrap();
    assert_eq!(key.len(), 40);
    at.shop.open_order_link(&mut visitor, &number, key).await.unwrap();
    assert_eq!(at.shop.order(&visitor, &number).await.unwrap().0.number, number);
}

#[tokio::test]
async fn signing_out_forgets_the_orders_of_this_browser_and_keeps_its_bag() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 3).await;
    let mut marieke = at.browser();
    let number = marieke.buy(dress, Method::Ideal).await;
    marieke.sign_in("marieke@voorbeeld.nl").await;
    marieke.add(dress, 1).await.unwrap();
    let before = marieke.clone();

    let mut visitor = marieke.visitor().await;
    at.shop.sign_out(&mut visitor).await.unwrap();
    marieke.keep(visitor);

    let visitor = marieke.visitor().await;
    assert_eq!(visitor.customer(), None);
    assert_eq!(at.shop.order(&visitor, &number).await, Err(ShopError::NotFound));
    assert!(visitor.session.unwrap().cart.is_some());
    assert!(before.visitor().await.session.is_none());
}
