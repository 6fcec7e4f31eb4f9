//! The newsletter over HTTP: keys leave the address, looking changes nothing, and a mail program may take its reader off the list.

use crate::browser::{Browser, Shop};
use axum::body::Body;
use http::header::{CONTENT_TYPE, ORIGIN, SET_COOKIE};
use http::{Request, StatusCode};

const EVA: &str = "eva@voorbeeld.nl";
const FORM: [(&str, &str); 3] = [("email", EVA), ("given_name", "Eva"), ("newsletter", "ja")];

/// The path of the last mail to Eva.
fn link(shop: &Shop, before: &str) -> String {
    let mail = shop.at.mails.sent().into_iter().rfind(|mail| mail.to.as_str() == EVA).unwrap().text;
    let key: String = mail.split(before).nth(1).unwrap().chars().take_while(char::is_ascii_alphanumeric).collect();
    format!("{before}{key}")
}

async fn joins(shop: &Shop, eva: &mut Browser) {
    eva.post("/api/newsletter/ask", &FORM).await;
    shop.at.run_jobs().await;
    let key = link(shop, "/nieuwsbrief/bevestigen/").rsplit_once('/').unwrap().1.to_owned();
    eva.post("/api/newsletter/confirm", &[("key", &key)]).await;
}

#[tokio::test]
async fn signing_up_takes_a_form_a_mail_and_a_button() {
    let shop = Shop::open().await;
    let mut eva = shop.browser("192.0.2.1");
    let page = eva.get("/nieuwsbrief").await;
    assert_eq!(page.body.matches("action=\"/api/newsletter/ask\"").count(), 2, "the page and its foot");

    let unticked = eva.post("/api/newsletter/ask", &FORM[..2]).await;
    assert_eq!((unticked.status, unticked.location.as_str()), (StatusCode::SEE_OTHER, "/nieuwsbrief"));
    let back = eva.get("/nieuwsbrief").await.body;
    assert!(back.contains("Zet een vinkje") && back.contains(&format!("value=\"{EVA}\"")), "{back}");
    assert!(!back.contains(" checked"), "{back}");

    let sent = eva.post("/api/newsletter/ask", &FORM).await;
    let known = shop.browser("192.0.2.2").post("/api/newsletter/ask", &FORM).await;
    assert_eq!((sent.status, sent.location.as_str()), (StatusCode::SEE_OTHER, "/nieuwsbrief?verstuurd=1"));
    assert_eq!((known.status, known.location, known.body), (sent.status, sent.location, sent.body));
    assert!(eva.get("/nieuwsbrief?verstuurd=1").await.body.contains("Bijna klaar"));

    shop.at.run_jobs().await;
    let path = link(&shop, "/nieuwsbrief/bevestigen/");
    let key = path.rsplit_once('/').unwrap().1.to_owned();
    let opened = eva.get(&path).await;
    assert_eq!((opened.status, opened.location.as_str()), (StatusCode::SEE_OTHER, "/nieuwsbrief/bevestigen"));
    assert_eq!(
        opened.headers[SET_COOKIE],
        format!("__Secure-agbrief={key}; HttpOnly; Path=/nieuwsbrief/bevestigen; Max-Age=3600; SameSite=Lax; Secure")
    );
    let page = eva.get("/nieuwsbrief/bevestigen").await;
    assert!(page.body.contains("Ja, stuur mij de nieuwsbrief") && page.body.contains(&key), "{}", page.body);
    assert_eq!(shop.at.count("newsletter_subscribers").await, 0, "looking is no yes");

    let yes = eva.post("/api/newsletter/confirm", &[("key", &key)]).await;
    assert_eq!((yes.status, yes.location.as_str()), (StatusCode::SEE_OTHER, "/nieuwsbrief/bevestigen?gelukt=1"));
    assert!(eva.get(&yes.location).await.body.contains("Je staat op de lijst"));
    assert_eq!(shop.at.count("newsletter_subscribers").await, 1);
}

#[tokio::test]
async fn a_used_a_foreign_and_a_mangled_link_say_the_same() {
    let shop = Shop::open().await;
    let mut eva = shop.browser("192.0.2.1");
    joins(&shop, &mut eva).await;
    let used = link(&shop, "/nieuwsbrief/bevestigen/");

    for path in [used.as_str(), "/nieuwsbrief/bevestigen/0123", "/nieuwsbrief/bevestigen/a%0d%0ab"] {
        let mut stranger = shop.browser("192.0.2.9");
        let opened = stranger.get(path).await;
        assert_eq!(opened.location, "/nieuwsbrief/bevestigen", "{path}");
        let page = stranger.get("/nieuwsbrief/bevestigen").await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        assert!(page.body.contains("Deze link werkt niet meer"), "{path}");
        assert!(page.body.contains("Vraag de nieuwsbrief aan"), "{path}");
    }
    let mut stranger = shop.browser("192.0.2.9");
    stranger.get("/nieuwsbrief/afmelden/0123").await;
    assert!(stranger.get("/nieuwsbrief/afmelden").await.body.contains("Afmelden voor de nieuwsbrief"));
}

/// What a mail program sends (RFC 8058): no cookie, and the origin of its own pages.
async fn one_click(shop: &Shop, path: &str) -> StatusCode {
    let request = Request::post(path)
        .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(ORIGIN, "https://mail.example")
        .header("sec-fetch-site", "cross-site");
    let request = request.body(Body::from("List-Unsubscribe=One-Click")).unwrap();
    let answer = shop.browser("192.0.2.77").send(request).await;
    assert!(answer.headers.get(SET_COOKIE).is_none() && answer.location.is_empty());
    answer.status
}

#[tokio::test]
async fn one_press_in_a_mail_program_takes_its_reader_off_the_list() {
    let shop = Shop::open().await;
    let mut eva = shop.browser("192.0.2.1");
    joins(&shop, &mut eva).await;
    let mut tx = shop.at.shop.store.read().await.unwrap();
    let who = tx.subscriber_of(&shop_core::email::EmailAddress::parse(EVA).unwrap()).await.unwrap().unwrap();
    drop(tx);
    let hash = shop.at.shop.secrets.hash("newsletter-leave", who.id.uuid().as_bytes());
    let path = format!("/nieuwsbrief/afmelden/{}", shop_core::newsletter::LeaveKey::sealed(who.id, &hash).text());

    let looked = eva.get(&path).await;
    assert_eq!(looked.location, "/nieuwsbrief/afmelden");
    assert!(eva.get("/nieuwsbrief/afmelden").await.body.contains("Meld me af"));
    assert_eq!(shop.at.count("newsletter_subscribers").await, 1, "a GET never takes anybody off");

    assert_eq!(one_click(&shop, "/nieuwsbrief/afmelden/0123").await, StatusCode::NOT_FOUND);
    assert_eq!(one_click(&shop, &path).await, StatusCode::OK);
    assert_eq!(shop.at.count("newsletter_subscribers").await, 0);
    assert_eq!(one_click(&shop, &path).await, StatusCode::OK, "twice is once, and says nothing");
    assert_eq!(
        one_click(&shop, "/api/newsletter/ask").await,
        StatusCode::FORBIDDEN,
        "only this one may come from elsewhere"
    );
}
