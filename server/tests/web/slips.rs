//! A slip of the pen in a mail address is asked about once, and blocks nothing.

use crate::browser::Shop;
use http::StatusCode;

const HERE: &str = "192.0.2.1";
const QUESTION: &str = "Bedoel je …@gmail.com? Klopt het zoals het er staat, druk dan nog eens op de knop.";

#[tokio::test]
async fn checkout_asks_once_and_the_second_press_keeps_what_was_typed() {
    let shop = Shop::open().await;
    let dress = shop.at.dress(1, 3).await;
    let mut eva = shop.browser(HERE);
    eva.post("/api/cart/add", &[("variant", &dress.to_string()), ("quantity", "1")]).await;
    let form = |email: &'static str| {
        [
            ("email", email),
            ("given_name", "Eva"),
            ("family_name", "Bakker"),
            ("postal_code", "7607 AB"),
            ("house", "12"),
            ("street", "Wittem"),
            ("city", "Almelo"),
        ]
    };

    let first = eva.post("/api/checkout/details", &form("eva@gmial.com")).await;
    assert_eq!((first.status, first.location.as_str()), (StatusCode::SEE_OTHER, "/afrekenen/gegevens"));
    let page = eva.get("/afrekenen/gegevens").await.body;
    assert!(page.contains(QUESTION) && page.contains("value=\"eva@gmial.com\""), "{page}");
    assert!(page.contains("href=\"#email\""), "the summary leads to the field");
    assert_eq!(eva.get("/afrekenen/betaling").await.location, "/afrekenen/gegevens", "not before the second press");

    assert_eq!(eva.post("/api/checkout/details", &form("eva@gmial.com")).await.location, "/afrekenen/betaling");
    assert_eq!(
        eva.post("/api/checkout/details", &form("eva@gmial.com")).await.location,
        "/afrekenen/betaling",
        "nor later"
    );
    assert_eq!(eva.post("/api/checkout/details", &form("eva@gmail.com")).await.location, "/afrekenen/betaling");
    assert_eq!(
        eva.post("/api/checkout/details", &form("eva@gmail.con")).await.location,
        "/afrekenen/gegevens",
        "another slip is another question"
    );
}

#[tokio::test]
async fn other_mistakes_are_told_beside_the_question() {
    let shop = Shop::open().await;
    let dress = shop.at.dress(1, 3).await;
    let mut eva = shop.browser(HERE);
    eva.post("/api/cart/add", &[("variant", &dress.to_string()), ("quantity", "1")]).await;

    eva.post("/api/checkout/details", &[("email", "eva@gmial.com"), ("given_name", "Eva")]).await;

    let page = eva.get("/afrekenen/gegevens").await.body;
    assert!(page.contains(QUESTION) && page.contains("Vul je achternaam in."), "{page}");
}

#[tokio::test]
async fn every_form_that_mails_asks_before_it_does() {
    let shop = Shop::open().await;
    let gone = shop.at.dress(1, 0).await.to_string();
    let alert = format!("/mail-mij?maat={gone}");
    // Where it is sent, where the question stands, the rest of the form, and what is mailed after the second press.
    let cases = [
        ("/api/account/send-code", "/inloggen", vec![], "mail_code"),
        ("/api/contact/send", "/contact", vec![("name", "Eva"), ("message", "Past deze jurk?")], "mail_question"),
        ("/api/alert/ask", alert.as_str(), vec![("variant", gone.as_str())], "mail_alert_check"),
    ];
    for (action, page, rest, job) in cases {
        let mut eva = shop.browser(HERE);
        let mut form = vec![("email", "eva@gmial.com")];
        form.extend(rest);

        assert_eq!(eva.post(action, &form).await.location, page, "{action}");
        assert!(eva.get(page).await.body.contains(QUESTION), "{action}");
        assert!(!shop.at.jobs().await.iter().any(|kind| kind == job), "{action}");
        eva.post(action, &form).await;

        assert!(shop.at.jobs().await.iter().any(|kind| kind == job), "{action}: {:?}", shop.at.jobs().await);
    }
}

#[tokio::test]
async fn a_withdrawal_is_asked_about_and_never_held_up() {
    let shop = Shop::open().await;
    let mut eva = shop.browser(HERE);
    let form = [("order", "AG100001"), ("name", "Eva Bakker"), ("email", "eva@gmial.com"), ("message", "")];

    eva.post("/api/withdrawal/check", &form).await;
    assert!(eva.get("/herroepen").await.body.contains(QUESTION));
    eva.post("/api/withdrawal/check", &form).await;
    assert!(eva.get("/herroepen").await.body.contains("Herroeping bevestigen"));
    shop.browser(HERE).post("/api/withdrawal/confirm", &form).await;

    assert_eq!(shop.at.tasks().await.len(), 1);
}
