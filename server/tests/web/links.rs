//! Links in mails: what they prove does not stay in the address bar.

use crate::browser::Shop;
use http::StatusCode;
use http::header::{CACHE_CONTROL, SET_COOKIE};

const EVA: &str = "eva@voorbeeld.nl";

#[tokio::test]
async fn the_key_of_a_mail_about_a_size_leaves_the_address_at_once() {
    let shop = Shop::open().await;
    let dress = shop.at.dress(1, 0).await;
    shop.at.shop.ask_for_alert(dress, EVA).await.unwrap();
    shop.at.run_jobs().await;
    let mail = shop.at.mails.sent().into_iter().rfind(|mail| mail.to.as_str() == EVA).unwrap().text;
    let key = mail.split("/mail-mij?sleutel=").nth(1).unwrap().split_whitespace().next().unwrap().to_owned();
    let mut eva = shop.browser("192.0.2.1");

    let link = eva.get(&format!("/mail-mij?sleutel={key}")).await;
    assert_eq!((link.status, link.location.as_str()), (StatusCode::SEE_OTHER, "/mail-mij"));
    assert_eq!(link.headers[CACHE_CONTROL], "no-store");
    assert_eq!(
        link.headers[SET_COOKIE],
        format!("__Secure-agmail={key}; HttpOnly; Path=/mail-mij; Max-Age=3600; SameSite=Lax; Secure")
    );
    let page = eva.get("/mail-mij").await;
    assert!(page.body.contains("Mogen we je mailen?") && !page.body.contains("sleutel="), "{}", page.body);
    assert!(page.body.contains(&format!("name=\"key\" value=\"{key}\"")), "{}", page.body);

    let yes = eva.post("/api/alert/confirm", &[("key", &key)]).await;
    assert_eq!((yes.status, yes.location.as_str()), (StatusCode::SEE_OTHER, "/mail-mij"));
    assert!(eva.get("/mail-mij").await.body.contains("Je hoort van ons"));
    let stop = eva.post("/api/alert/stop", &[("key", &key)]).await;
    assert_eq!((stop.status, stop.location.as_str()), (StatusCode::SEE_OTHER, "/mail-mij"));
    assert!(eva.get("/mail-mij").await.body.contains("Deze link werkt niet meer"));
    assert_eq!(shop.at.count("stock_alerts").await, 0);
}

#[tokio::test]
async fn without_the_link_there_is_no_such_page_and_a_size_keeps_its_own() {
    let shop = Shop::open().await;
    let dress = shop.at.dress(1, 0).await;
    let mut stranger = shop.browser("192.0.2.1");
    assert_eq!(stranger.get("/mail-mij").await.status, StatusCode::NOT_FOUND);

    let nonsense = stranger.get("/mail-mij?sleutel=a%0d%0aSet-Cookie:x").await;
    assert_eq!((nonsense.status, nonsense.headers.get(SET_COOKIE)), (StatusCode::OK, None));
    assert!(nonsense.body.contains("Deze link werkt niet meer"), "{}", nonsense.body);

    stranger.get("/mail-mij?sleutel=0123456789").await;
    assert!(stranger.get("/mail-mij").await.body.contains("Deze link werkt niet meer"));
    assert!(stranger.get(&format!("/mail-mij?maat={dress}")).await.body.contains("Mail mij als hij er weer is"));
}
