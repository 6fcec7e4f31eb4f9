//! Withdrawal: who may declare what, and that the confirmation goes out at once with content, day and time (BW 6:230oa). And the short
//! mails about an order that ends or is paid.

use crate::support::*;
use shop_core::ShopError;
use shop_core::checkout::{Field, FieldError, Mistake};
use shop_core::payment::Method;
use shop_flows::withdrawal::TypedWithdrawal;
use shop_sandbox::Outcome;

fn typed(order: &str) -> TypedWithdrawal {
    TypedWithdrawal {
        order: order.to_owned(),
        name: "Marieke de Vries".to_owned(),
        email: "marieke@voorbeeld.nl".to_owned(),
        articles: String::new(),
    }
}

#[tokio::test]
async fn a_withdrawal_is_confirmed_at_once_with_content_day_and_time_and_told_to_the_owner() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 1).await;
    let number = at.browser().buy(dress, Method::Ideal).await;
    at.at_the_provider("AG100001P1", Outcome::Pay).await;
    at.run_jobs().await;
    let before = at.mails.sent().len();

    let withdrawal = TypedWithdrawal { articles: "Alleen de jurk".to_owned(), ..typed(number.as_str()) };
    assert_eq!(at.shop.withdraw(&withdrawal).await.unwrap().received_at, NOW);
    at.run_jobs().await;

    let mails = at.mails.sent().split_off(before);
    let hers = mails.iter().find(|mail| mail.to.as_str() == "marieke@voorbeeld.nl").unwrap();
    assert_eq!(hers.subject, "Je herroeping is ontvangen");
    for part in [
        "Ontvangen: dinsdag 24 november 2026, 20.14 uur",
        "Ik herroep hierbij mijn overeenkomst.",
        "Bestelling: AG100001",
        "Artikelen: Alleen de jurk",
        "Naam: Marieke de Vries",
        "E-mailadres: marieke@voorbeeld.nl",
    ] {
        assert!(hers.text.contains(part), "{part}");
    }
    let owners = mails.iter().find(|mail| mail.to.as_str() != "marieke@voorbeeld.nl").unwrap();
    assert_eq!((mails.len(), owners.subject.as_str()), (2, "Herroeping: AG100001"));
    assert!(owners.text.contains("20.14 uur"));
    assert_eq!(
        at.tasks().await,
        [("withdrawn".to_owned(), "AG100001, Marieke de Vries, marieke@voorbeeld.nl: Alleen de jurk".to_owned())]
    );
}

#[tokio::test]
async fn an_order_that_we_do_not_know_is_received_and_confirmed_all_the_same() {
    let at = TestShop::open().await;

    at.shop.withdraw(&typed("de jurk van vorige week")).await.unwrap();
    at.run_jobs().await;

    assert_eq!(at.mails.sent().len(), 2);
    assert!(at.mails.sent().iter().any(|mail| mail.text.contains("Artikelen: alles")));
    assert_eq!(at.tasks().await.len(), 1);
}

#[tokio::test]
async fn what_is_missing_is_named_and_nothing_is_received() {
    let at = TestShop::open().await;
    let error = |field, mistake| FieldError { field, mistake };

    let refused = at.shop.withdraw(&TypedWithdrawal::default()).await;

    assert_eq!(
        refused,
        Err(ShopError::Fields(vec![
            error(Field::Order, Mistake::Missing),
            error(Field::Name, Mistake::Missing),
            error(Field::Email, Mistake::Missing),
        ]))
    );
    at.run_jobs().await;
    assert_eq!((at.mails.sent().len(), at.tasks().await.len()), (0, 0));
}

#[tokio::test]
async fn the_form_knows_an_order_only_for_who_may_see_it_and_the_address_only_for_who_proved_it() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 1).await;
    let mut marieke = at.browser();
    let number = marieke.buy(dress, Method::Ideal).await;
    let stranger = at.browser();

    let hers = at.shop.withdrawal_form(&marieke.visitor().await, number.as_str()).await.unwrap();
    assert_eq!((hers.order.as_str(), hers.email.as_str()), ("AG100001", ""));
    assert!(!hers.name.is_empty());
    let theirs = at.shop.withdrawal_form(&stranger.visitor().await, number.as_str()).await.unwrap();
    assert_eq!(theirs, TypedWithdrawal::default());

    marieke.sign_in("marieke@voorbeeld.nl").await;
    let hers = at.shop.withdrawal_form(&marieke.visitor().await, number.as_str()).await.unwrap();
    assert_eq!(hers.email, "marieke@voorbeeld.nl");
}

#[tokio::test]
async fn who_cancels_hears_that_it_is_over_and_whether_money_comes_back() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 2).await;
    let mut marieke = at.browser();
    let paid = marieke.buy(dress, Method::Ideal).await;
    at.at_the_provider("AG100001P1", Outcome::Pay).await;
    at.shop.cancel_order(&marieke.visitor().await, &paid).await.unwrap();
    at.run_jobs().await;

    let mails = at.mails.sent();
    let mail = mails.iter().find(|mail| mail.subject == "Bestelling AG100001 is geannuleerd").unwrap();
    assert!(mail.text.contains("Je krijgt €\u{a0}49,90 helemaal terug, binnen 14 dagen"), "{}", mail.text);

    let mut bea = at.browser();
    let unpaid = bea.buy(dress, Method::BankTransfer).await;
    at.shop.cancel_by_owner("Ineke", &unpaid).await.unwrap();
    at.run_jobs().await;

    let mail = at.mails.sent().pop().unwrap();
    assert_eq!(mail.subject, "Bestelling AG100002 is geannuleerd");
    assert!(mail.text.contains("Ik heb bestelling AG100002 geannuleerd"));
    assert!(mail.text.contains("Je hebt niets betaald en bent niets schuldig."));
}

#[tokio::test]
async fn a_transfer_that_the_owner_booked_is_confirmed_by_mail() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 1).await;
    let number = at.browser().buy(dress, Method::BankTransfer).await;

    at.shop.transfer_received("Ineke", &number).await.unwrap();
    at.run_jobs().await;

    let mail = at.mails.sent().pop().unwrap();
    assert_eq!(mail.subject, "Je betaling voor bestelling AG100001 is binnen");
    assert!(mail.text.contains("€\u{a0}49,90"));
}
