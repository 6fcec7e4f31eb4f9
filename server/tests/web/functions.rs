//! Calls that no form and no app of ours would make: refused as what they are, without a word about what is behind.

use crate::browser::{Browser, Shop};
use axum::body::Body;
use http::header::CONTENT_TYPE;
use http::{Request, StatusCode};

const FORM: &str = "application/x-www-form-urlencoded";
const HERE: &str = "192.0.2.1";

/// Words that only somebody who knows the inside would say.
fn tells_nothing(body: &str) -> bool {
    ["server function", "route", "deserializ", "missing field", "invalid", ".rs", "panicked", "#[server]"]
        .iter()
        .all(|word| !body.to_lowercase().contains(word))
}

async fn refused(browser: &mut Browser, path: &str, kind: Option<&str>, body: &[u8]) {
    let answer = browser.call(path, kind, body).await;

    assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{path} {kind:?} {body:?}");
    assert!(tells_nothing(&answer.body), "{path} {kind:?}: {}", answer.body);
}

#[tokio::test]
async fn what_cannot_be_read_is_the_callers_mistake_and_changes_nothing() {
    let shop = Shop::open().await;
    let mut stranger = shop.browser(HERE);
    let before = shop.at.everything().await;

    // A field that must be there, a number that is none, bytes that are no text.
    refused(&mut stranger, "/api/order/cancel", Some(FORM), b"").await;
    refused(&mut stranger, "/api/cart/change", Some(FORM), b"variant=1&quantity=veel").await;
    refused(&mut stranger, "/api/cart/change", Some(FORM), b"variant=1&quantity=99999999999999999999").await;
    refused(&mut stranger, "/api/contact/send", Some(FORM), b"name=\xff\xfe").await;
    refused(&mut stranger, "/api/order/cancel", Some(FORM), b"\xff").await;
    // Another kind of body than a form.
    for (kind, body) in [
        ("application/json", b"{\"variant\":\"1\",\"quantity\":1}".as_slice()),
        ("application/json", b"{"),
        ("application/cbor", b"\xff\x00\x9f"),
        ("multipart/form-data; boundary=x", b"--x"),
        ("text/plain", b"variant=1&quantity=1"),
        ("", b"variant=1&quantity=1"),
    ] {
        refused(&mut stranger, "/api/cart/change", Some(kind), body).await;
    }
    refused(&mut stranger, "/api/cart/change", None, b"variant=1&quantity=1").await;

    assert_eq!(shop.at.everything().await, before);
    assert!(stranger.cookies.is_empty());
}

#[tokio::test]
async fn a_form_that_cannot_be_read_gets_a_page_with_a_way_on() {
    let shop = Shop::open().await;
    let mut stranger = shop.browser(HERE);

    let answer = stranger.post("/api/order/cancel", &[]).await;

    assert_eq!((answer.status, answer.location.as_str()), (StatusCode::BAD_REQUEST, ""));
    assert!(answer.body.contains("<h1>Dit kwam niet goed over</h1>"), "{}", answer.body);
    assert!(tells_nothing(&answer.body.replace("<!DOCTYPE html>", "")), "{}", answer.body);
}

#[tokio::test]
async fn a_question_that_lacks_something_is_the_callers_mistake_too() {
    let shop = Shop::open().await;
    let mut stranger = shop.browser(HERE);

    let answer = stranger.send(Request::get("/api/order").body(Body::empty()).unwrap()).await;

    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert!(tells_nothing(&answer.body), "{}", answer.body);
}

#[tokio::test]
async fn a_function_that_there_is_not_is_not_explained() {
    let shop = Shop::open().await;
    let mut stranger = shop.browser(HERE);

    for request in [
        Request::get("/api/nothing"),
        Request::post("/api/nothing"),
        Request::get("/api/cart/change"),
        Request::put("/api/cart/change"),
    ] {
        let answer = stranger.send(request.header(CONTENT_TYPE, FORM).body(Body::empty()).unwrap()).await;

        assert_eq!(answer.status, StatusCode::NOT_FOUND);
        assert!(tells_nothing(&answer.body), "{}", answer.body);
    }
}

#[tokio::test]
async fn what_is_larger_than_any_form_is_refused_by_its_size() {
    let shop = Shop::open().await;
    let mut stranger = shop.browser(HERE);
    let before = shop.at.everything().await;
    let message = "x".repeat(300 * 1024);

    let answer = stranger.post("/api/contact/send", &[("message", &message)]).await;

    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(answer.body.contains("Dit is te groot"), "{}", answer.body);
    assert_eq!(shop.at.everything().await, before);
}

#[tokio::test]
async fn a_form_that_is_right_still_arrives() {
    let shop = Shop::open().await;
    let dress = shop.at.dress(1, 3).await;
    let mut marieke = shop.browser(HERE);

    let added = marieke.post("/api/cart/add", &[("variant", &dress.to_string()), ("quantity", "1")]).await;
    let charset = "application/x-www-form-urlencoded; charset=UTF-8";
    let body = format!("variant={dress}&quantity=2");
    let changed = marieke.call("/api/cart/change", Some(charset), body.as_bytes()).await;

    assert_eq!((added.status, added.location.as_str()), (StatusCode::SEE_OTHER, "/winkelmand"));
    assert_eq!(changed.status, StatusCode::OK);
    assert_eq!(marieke.call("/api/account/sign-out", None, b"").await.status, StatusCode::OK);
}
