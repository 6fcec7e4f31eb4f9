//! Forms with far too much in them: refused with a sentence beside the field, and the database stays small.

use crate::browser::{Answer, Browser, Shop};
use http::StatusCode;
use shop_core::typed;

const HERE: &str = "192.0.2.1";
/// What an attacker sends: as much as fits into one form.
const MUCH: usize = 250_000;

/// The longest row of all tables.
async fn longest_row(shop: &Shop) -> usize {
    shop.at.everything().await.iter().map(String::len).max().unwrap_or(0)
}

/// Sends a form, which leads back to its own page, and opens that.
async fn sent_back(browser: &mut Browser, action: &str, page: &str, form: &[(&str, &str)]) -> Answer {
    let answer = browser.post(action, form).await;
    assert_eq!((answer.status, answer.location.as_str()), (StatusCode::SEE_OTHER, page), "{action}");
    browser.get(page).await
}

#[tokio::test]
async fn a_question_of_any_length_is_refused_beside_its_field_and_not_stored() {
    let shop = Shop::open().await;
    let mut stranger = shop.browser(HERE);
    let message = "x".repeat(MUCH);

    let form = [("name", "Eva"), ("email", "eva@voorbeeld.nl"), ("message", message.as_str())];
    let page = sent_back(&mut stranger, "/api/contact/send", "/contact", &form).await;

    assert!(page.body.contains("Dit is te lang voor één bericht"), "{}", page.body.len());
    assert!(longest_row(&shop).await < 25_000);
    assert_eq!(shop.at.jobs().await, [""; 0]);
}

#[tokio::test]
async fn a_question_that_is_only_too_long_comes_back_whole() {
    let shop = Shop::open().await;
    let mut eva = shop.browser(HERE);
    let message = "Past deze jurk? ".repeat(400);

    let form = [("name", "Eva"), ("email", "eva@voorbeeld.nl"), ("message", message.as_str())];
    let page = sent_back(&mut eva, "/api/contact/send", "/contact", &form).await;

    assert!(page.body.contains("Dit is te lang voor één bericht"), "{}", page.body);
    assert!(page.body.contains(message.trim_end()), "{}", page.body);
    assert!(page.body.contains("value=\"eva@voorbeeld.nl\""), "{}", page.body);
}

#[tokio::test]
async fn details_of_any_length_are_refused_beside_their_field_and_not_stored() {
    let shop = Shop::open().await;
    let dress = shop.at.dress(1, 3).await;
    let mut stranger = shop.browser(HERE);
    stranger.post("/api/cart/add", &[("variant", &dress.to_string()), ("quantity", "1")]).await;
    let street = "x".repeat(MUCH);

    let form = [
        ("email", "eva@voorbeeld.nl"),
        ("given_name", "Eva"),
        ("family_name", "Bakker"),
        ("postal_code", "7607 AB"),
        ("house", "12"),
        ("street", street.as_str()),
        ("city", "Almelo"),
        ("country", "NL"),
    ];
    let page = sent_back(&mut stranger, "/api/checkout/details", "/afrekenen/gegevens", &form).await;

    assert!(page.body.contains("Dit past niet op het pakket. Maak het iets korter."), "{}", page.body.len());
    assert!(
        page.body.contains(&format!("value=\"{}\"", typed::line(street))) && page.body.contains("value=\"Bakker\"")
    );
    assert!(longest_row(&shop).await < 4_000);
}

#[tokio::test]
async fn spaces_do_not_hide_what_is_behind_them() {
    let shop = Shop::open().await;
    let dress = shop.at.dress(1, 3).await;
    let mut stranger = shop.browser(HERE);
    stranger.post("/api/cart/add", &[("variant", &dress.to_string()), ("quantity", "1")]).await;
    let street = format!("Wittem{}{}", " ".repeat(600), "x".repeat(200));

    let form = [
        ("email", "eva@voorbeeld.nl"),
        ("given_name", "Eva"),
        ("family_name", "Bakker"),
        ("postal_code", "7607 AB"),
        ("house", "12"),
        ("street", street.as_str()),
        ("city", "Almelo"),
    ];
    let page = sent_back(&mut stranger, "/api/checkout/details", "/afrekenen/gegevens", &form).await;

    assert!(page.body.contains("Dit past niet op het pakket"), "{}", page.body);
}

#[tokio::test]
async fn a_withdrawal_of_any_length_is_refused_beside_its_field_and_not_stored() {
    let shop = Shop::open().await;
    let mut stranger = shop.browser(HERE);
    let much = "x".repeat(60_000);

    for action in ["/api/withdrawal/check", "/api/withdrawal/confirm"] {
        let form = [("order", much.as_str()), ("name", &much), ("email", &much), ("message", &much)];
        let page = sent_back(&mut stranger, action, "/herroepen", &form).await;

        assert!(page.body.contains("Dit is te lang. Maak het iets korter."), "{action}");
        assert!(page.body.contains("Dit is te lang voor één bericht"), "{action}");
        assert!(longest_row(&shop).await < 25_000, "{action}");
        assert_eq!((shop.at.jobs().await, shop.at.tasks().await), (vec![], vec![]), "{action}");
    }
}

#[tokio::test]
async fn an_address_of_any_length_is_not_stored() {
    let shop = Shop::open().await;
    let gone = shop.at.dress(1, 0).await;
    let mut stranger = shop.browser(HERE);
    let email = format!("{}@voorbeeld.nl", "x".repeat(MUCH));

    let page = sent_back(&mut stranger, "/api/account/send-code", "/inloggen", &[("email", &email)]).await;
    assert!(page.body.contains("Dit lijkt geen e-mailadres"));
    let alert = format!("/mail-mij?maat={gone}");
    let form = [("variant", gone.to_string()), ("email", email)];
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let page = sent_back(&mut stranger, "/api/alert/ask", &alert, &form).await;
    assert!(page.body.contains("Dit lijkt geen e-mailadres"));

    assert!(longest_row(&shop).await < 4_000);
}
