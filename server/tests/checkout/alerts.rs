//! One mail when a size is back: only after a yes, only once, and then the address is gone. And votes on fit.

use crate::support::*;
use shop_core::ShopError;
use shop_core::catalog::{Fit, FitVerdict};
use shop_core::checkout::{Field, FieldError, Mistake};
use shop_core::id::VariantId;
use shop_core::order::{OrderNumber, Tracking};
use shop_core::payment::Method;
use shop_core::time::Seconds;
use shop_flows::alerts::Wish;
use shop_sandbox::Outcome;
use uuid::Uuid;

const EVA: &str = "eva@voorbeeld.nl";

/// The token in the last mail to an address.
fn token(at: &TestShop, to: &str) -> String {
    let mail = at.mails.sent().into_iter().rfind(|mail| mail.to.as_str() == to).unwrap();
    let (_, rest) = mail.text.split_once("/mail-mij?sleutel=").unwrap();
    rest.chars().take_while(char::is_ascii_alphanumeric).collect()
}

/// Eva waits for the only size of dress 1, which is gone, and has said yes. Her token.
async fn eva_waits(at: &TestShop, dress: VariantId) -> String {
    at.shop.ask_for_alert(dress, EVA).await.unwrap();
    at.run_jobs().await;
    let token = token(at, EVA);
    at.shop.confirm_alert(&token).await.unwrap();
    token
}

/// The only dress 1, ordered by somebody who has yet to pay: giving it up makes it free again.
async fn ordered(at: &TestShop) -> (VariantId, Browser<'_>, OrderNumber) {
    let dress = at.dress(1, 1).await;
    let mut marieke = at.browser();
    let number = marieke.buy(dress, Method::BankTransfer).await;
    (dress, marieke, number)
}

async fn give_up(at: &TestShop, marieke: &Browser<'_>, number: &OrderNumber) {
    at.shop.cancel_order(&marieke.visitor().await, number).await.unwrap();
}

#[tokio::test]
async fn who_said_yes_gets_one_mail_and_her_address_is_erased() {
    let at = TestShop::open().await;
    let (dress, mut marieke, number) = ordered(&at).await;
    at.shop.ask_for_alert(dress, EVA).await.unwrap();
    at.run_jobs().await;
    assert_eq!(at.subjects(EVA), ["Mogen we je mailen over Jurk Madelief, maat 98/104?"]);
    let token = token(&at, EVA);
    assert_eq!(
        at.shop.alert_wish(&token).await,
        Ok(Some(Wish { variant: dress, is_confirmed: false })),
        "looking is no yes"
    );
    at.shop.confirm_alert(&token).await.unwrap();
    assert_eq!(at.shop.confirm_alert(&token).await, Ok(()), "twice is once");
    assert_eq!(at.shop.alert_wish(&token).await, Ok(Some(Wish { variant: dress, is_confirmed: true })));

    give_up(&at, &marieke, &number).await;
    assert_eq!(at.jobs().await, ["back_in_stock", "mail_cancelled", "mail_reminder"]);
    at.advance(Seconds::minutes(1)).await;
    at.run_jobs().await;

    assert_eq!(at.subjects(EVA)[1..], ["Jurk Madelief, maat 98/104 is er weer"]);
    assert_eq!(at.count("stock_alerts").await, 0);
    assert!(!at.everything().await.iter().any(|row| row.contains("eva@")), "the address is nowhere");
    assert_eq!(at.shop.alert_wish(&token).await, Ok(None));

    let second = marieke.buy(dress, Method::BankTransfer).await;
    give_up(&at, &marieke, &second).await;
    at.advance(Seconds::minutes(1)).await;
    at.run_jobs().await;
    assert_eq!(at.subjects(EVA).len(), 2);
}

#[tokio::test]
async fn who_never_said_yes_hears_nothing_and_is_forgotten_after_two_days() {
    let at = TestShop::open().await;
    let (dress, marieke, number) = ordered(&at).await;
    at.shop.ask_for_alert(dress, EVA).await.unwrap();
    at.run_jobs().await;
    let token = token(&at, EVA);

    give_up(&at, &marieke, &number).await;
    at.advance(Seconds::hours(48)).await;
    at.run_jobs().await;
    assert_eq!(at.subjects(EVA).len(), 1);
    assert_eq!(at.shop.alert_wish(&token).await, Ok(None), "the link has had its time");
    assert_eq!(at.shop.confirm_alert(&token).await, Err(ShopError::NotFound));

    // Tidying comes every half minute.
    at.advance(Seconds(31)).await;
    at.run_jobs().await;
    assert_eq!(at.count("stock_alerts").await, 0);
}

#[tokio::test]
async fn asking_again_sends_no_second_mail_and_a_stranger_learns_nothing() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 0).await;
    let token = eva_waits(&at, dress).await;
    let before = at.everything().await;

    assert_eq!(at.shop.ask_for_alert(dress, "EVA@voorbeeld.nl").await, Ok(()));
    assert_eq!(at.everything().await, before);

    at.shop.stop_alert(&token).await.unwrap();
    assert_eq!(at.count("stock_alerts").await, 0);
    assert_eq!(at.shop.stop_alert(&token).await, Ok(()));
}

#[tokio::test]
async fn nobodys_box_is_filled_with_questions() {
    let at = TestShop::open().await;
    for number in 1..=7 {
        let dress = at.dress(number, 0).await;
        assert_eq!(at.shop.ask_for_alert(dress, EVA).await, Ok(()));
        assert_eq!(at.shop.ask_for_alert(dress, EVA).await, Ok(()), "nor twice for one size");
        assert_eq!(at.shop.ask_for_alert(dress, "eva+2@voorbeeld.nl").await, Ok(()), "nor by another spelling");
    }
    at.run_jobs().await;

    assert_eq!(at.subjects(EVA).len() + at.subjects("eva+2@voorbeeld.nl").len(), 5);
    assert_eq!(at.count("stock_alerts").await, 5);
}

#[tokio::test]
async fn what_is_no_address_or_no_size_is_refused_and_changes_nothing() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 0).await;
    let before = at.everything().await;

    let wrong = ShopError::Fields(vec![FieldError { field: Field::Email, mistake: Mistake::EmailWithoutAt }]);
    assert_eq!(at.shop.ask_for_alert(dress, "eva").await, Err(wrong));
    let unknown = VariantId::new(Uuid::from_u128(9));
    assert_eq!(at.shop.ask_for_alert(unknown, EVA).await, Err(ShopError::NotFound));
    assert_eq!(at.shop.confirm_alert("0123").await, Err(ShopError::NotFound));
    assert_eq!(at.everything().await, before);
}

#[tokio::test]
async fn a_hold_that_ends_tells_who_waits_unless_the_piece_is_gone_again() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 1).await;
    let mut marieke = at.browser();
    marieke.add(dress, 1).await.unwrap();
    at.shop.hold_cart(&marieke.visitor().await).await.unwrap();
    eva_waits(&at, dress).await;

    // She looks at her bag again and goes on: the piece was free for a moment only.
    let mut visitor = marieke.visitor().await;
    at.shop.change_quantity(&mut visitor, dress, 1).await.unwrap();
    at.shop.hold_cart(&visitor).await.unwrap();
    at.advance(Seconds::minutes(1)).await;
    at.run_jobs().await;
    assert_eq!(at.subjects(EVA).len(), 1, "only the question");

    at.advance(Seconds::minutes(21)).await;
    at.run_jobs().await;
    at.advance(Seconds::minutes(1)).await;
    at.run_jobs().await;
    assert_eq!(at.subjects(EVA)[1..], ["Jurk Madelief, maat 98/104 is er weer"]);
}

#[tokio::test]
async fn a_yes_that_comes_after_the_stock_is_answered_too() {
    let at = TestShop::open().await;
    let (dress, marieke, number) = ordered(&at).await;
    at.shop.ask_for_alert(dress, EVA).await.unwrap();
    at.run_jobs().await;
    give_up(&at, &marieke, &number).await;

    at.shop.confirm_alert(&token(&at, EVA)).await.unwrap();
    at.advance(Seconds::minutes(1)).await;
    at.run_jobs().await;

    assert_eq!(at.subjects(EVA).len(), 2);
}

#[tokio::test]
async fn only_who_bought_it_votes_on_the_fit_and_only_after_it_was_sent() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 1).await;
    let mut marieke = at.browser();
    let number = marieke.buy(dress, Method::Ideal).await;
    at.at_the_provider("AG100001P1", Outcome::Pay).await;
    let before = at.everything().await;
    let visitor = marieke.visitor().await;
    assert_eq!(at.shop.vote_fit(&visitor, &number, 0, Fit::Right).await, Err(ShopError::TooLate), "not sent yet");
    assert_eq!(at.everything().await, before);
    at.shop.ship("Ineke", &number, Tracking::parse("3SABCD1234567").unwrap()).await.unwrap();

    at.shop.vote_fit(&visitor, &number, 0, Fit::Large).await.unwrap();
    at.shop.vote_fit(&visitor, &number, 0, Fit::Right).await.unwrap();

    assert_eq!(at.shop.fits(&visitor, &number).await, Ok(vec![(0, Fit::Right)]));
    assert_eq!(at.count("fit_votes").await, 1);
    let before = at.everything().await;
    let stranger = at.browser().visitor().await;
    assert_eq!(at.shop.vote_fit(&stranger, &number, 0, Fit::Small).await, Err(ShopError::NotFound));
    assert_eq!(at.shop.fits(&stranger, &number).await, Err(ShopError::NotFound));
    assert_eq!(at.shop.vote_fit(&visitor, &number, 1, Fit::Small).await, Err(ShopError::NotFound));
    assert_eq!(at.everything().await, before);
}

#[tokio::test]
async fn an_article_says_how_it_fits_from_five_votes_on() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 5).await;
    let verdict = async || {
        at.shop.refresh_catalogue().await.unwrap();
        let snapshot = at.shop.catalogue.current();
        snapshot.fit(snapshot.product("jurk-madelief-1").unwrap()).verdict()
    };

    for n in 1..=5 {
        assert_eq!(verdict().await, None);
        let mut parent = at.browser();
        let number = parent.buy(dress, Method::Ideal).await;
        at.at_the_provider(&format!("{number}P1"), Outcome::Pay).await;
        at.shop.ship("Ineke", &number, Tracking::parse("3SABCD1234567").unwrap()).await.unwrap();
        let fit = if n == 1 { Fit::Small } else { Fit::Right };
        at.shop.vote_fit(&parent.visitor().await, &number, 0, fit).await.unwrap();
    }

    assert_eq!(verdict().await, Some(FitVerdict { most: Some(Fit::Right), votes: 4, of: 5 }));
}
