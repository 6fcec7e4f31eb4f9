//! The owner's door: a stranger who knows her address can guess slowly, and cannot keep her out.

use crate::browser::{Answer, Browser, Shop, between};
use http::StatusCode;
use http::header::SET_COOKIE;
use shop_core::email::EmailAddress;
use shop_core::time::Seconds;
use totp_rs::{Builder, Secret};

const EMAIL: &str = "anna@voorbeeld.nl";
const PASSWORD: &str = "drie geiten op het dak";
const HOME: &str = "192.0.2.10";

async fn code(shop: &Shop, key: &str) -> String {
    let secret = Secret::try_from_base32(key.replace(' ', "")).unwrap();
    let now = u64::try_from(shop.at.shop.clock.now().seconds()).unwrap();
    Builder::new().with_secret(secret).build().unwrap().generate(now).to_string()
}

/// The owner's browser, which has just set up the account, and the key of her second factor.
async fn anna(shop: &Shop) -> (Browser, String) {
    let token = shop.at.shop.create_owner(&EmailAddress::parse(EMAIL).unwrap(), "Anna").await.unwrap();
    let mut browser = shop.browser(HOME);
    let welcome = format!("/beheer/welkom/{token}");
    let page = browser.get(&welcome).await.body;
    let seal = between(&page, "name=\"zegel\" value=\"", "\"");
    let key = between(&page, "<strong class=\"nummer breek\">", "</strong>");
    let form = [("zegel", seal.as_str()), ("wachtwoord", PASSWORD), ("code", &code(shop, &key).await)];
    assert_eq!(browser.post(&welcome, &form).await.location, "/beheer");
    (browser, key)
}

async fn password(browser: &mut Browser, password: &str) -> Answer {
    browser.post("/beheer/inloggen", &[("email", EMAIL), ("wachtwoord", password)]).await
}

/// Both steps with what is right.
async fn sign_in(shop: &Shop, browser: &mut Browser, key: &str) -> Answer {
    let half = password(browser, PASSWORD).await;
    assert_eq!(half.status, StatusCode::OK, "{}", half.body);
    let ticket = between(&half.body, "name=\"bewijs\" value=\"", "\"");
    browser.post("/beheer/inloggen/code", &[("bewijs", &ticket), ("code", &code(shop, key).await)]).await
}

/// Strangers of many networks guess until nobody new may try.
async fn strangers_shut_the_door(shop: &Shop) {
    for network in 0..4 {
        let mut stranger = shop.browser(&format!("203.0.113.{network}"));
        for _ in 0..5 {
            assert_eq!(password(&mut stranger, "iets heel anders").await.status, StatusCode::UNPROCESSABLE_ENTITY);
        }
    }
    let mut next = shop.browser("198.51.100.9");
    assert_eq!(password(&mut next, "iets heel anders").await.status, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn a_browser_that_signed_in_before_gets_in_whatever_strangers_do() {
    let shop = Shop::open().await;
    let (mut anna, key) = anna(&shop).await;
    shop.at.advance(Seconds::hours(13)).await;
    assert_eq!(anna.get("/beheer").await.location, "/beheer/inloggen");

    strangers_shut_the_door(&shop).await;
    let signed = sign_in(&shop, &mut anna, &key).await;

    assert_eq!((signed.status, signed.location.as_str()), (StatusCode::SEE_OTHER, "/beheer"));
    let mut elsewhere = shop.browser("198.51.100.77");
    assert_eq!(password(&mut elsewhere, PASSWORD).await.status, StatusCode::TOO_MANY_REQUESTS, "a new browser waits");
}

#[tokio::test]
async fn tries_count_per_network_whatever_name_is_tried() {
    let shop = Shop::open().await;
    let mut stranger = shop.browser("2001:db8:1:2::1");
    let mut neighbour = shop.browser("2001:db8:1:2:ffff::9");
    for name in 0..5 {
        let form = [("email", format!("naam{name}@voorbeeld.nl")), ("wachtwoord", "iets heel anders".to_owned())];
        let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
        assert_eq!(stranger.post("/beheer/inloggen", &form).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    }

    assert_eq!(
        password(&mut neighbour, PASSWORD).await.status,
        StatusCode::TOO_MANY_REQUESTS,
        "one /64 is one household"
    );
    let mut other = shop.browser("2001:db8:1:3::1");
    assert_eq!(password(&mut other, PASSWORD).await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_known_browser_guesses_no_faster_than_a_stranger() {
    let shop = Shop::open().await;
    let (mut anna, _) = anna(&shop).await;

    for _ in 0..5 {
        assert_eq!(password(&mut anna, "iets heel anders").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    }

    assert_eq!(password(&mut anna, PASSWORD).await.status, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn the_cookie_of_a_known_browser_is_for_the_door_only_and_cannot_be_made() {
    let shop = Shop::open().await;
    let (mut anna, key) = anna(&shop).await;
    shop.at.advance(Seconds(30)).await;

    let signed = sign_in(&shop, &mut anna, &key).await;
    let lines = signed.headers.get_all(SET_COOKIE).iter().map(|line| line.to_str().unwrap().to_owned());
    let line = lines.into_iter().find(|line| line.starts_with("__Secure-agdeur=")).unwrap();
    let value = anna.cookies["__Secure-agdeur"].clone();
    assert_eq!(
        line,
        format!("__Secure-agdeur={value}; HttpOnly; Path=/beheer/inloggen; Max-Age=31536000; SameSite=Strict; Secure")
    );
    assert!(!value.contains("anna"), "{value}");

    strangers_shut_the_door(&shop).await;
    let (nonce, rest) = value.split_once('.').unwrap();
    let forged = [
        value.replacen(nonce, &"0".repeat(nonce.len()), 1),
        format!("{nonce}.9{rest}"),
        format!("{nonce}.{}", "0".repeat(64)),
        String::new(),
    ];
    for forged in forged {
        let mut thief = shop.browser("198.51.100.50");
        thief.cookies.insert("__Secure-agdeur".to_owned(), forged.clone());
        assert_eq!(password(&mut thief, PASSWORD).await.status, StatusCode::TOO_MANY_REQUESTS, "{forged}");
    }

    shop.at.advance(Seconds::days(366)).await;
    strangers_shut_the_door(&shop).await;
    assert_eq!(password(&mut anna, PASSWORD).await.status, StatusCode::TOO_MANY_REQUESTS, "a year is its life");
}
