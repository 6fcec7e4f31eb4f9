//! Cookies and what needs a yes: nothing of another company before it, the same page for everybody, proof without a name.

use crate::browser::{Answer, Browser, Shop};
use axum::body::Body;
use http::header::{ACCEPT, ACCEPT_ENCODING, CONTENT_SECURITY_POLICY, ETAG, IF_NONE_MATCH, SET_COOKIE};
use http::{Request, StatusCode};
use sha2::{Digest, Sha256};
use shop_app::measure::{Tool, Tools};
use shop_core::consent::{Action, Purpose, TEXTS};
use shop_flows::ports::ConsentEvent;

const HERE: &str = "192.0.2.1";
const SETTINGS: &str = "/cookie-instellingen";
const ANALYTICS: &str = "https://www.googletagmanager.com";
const BADGE: &str = "https://widgets.trustedshops.com";
const YES: &[(&str, &str)] = &[("keuze", "ja"), ("waar", "banner")];
const NO: &[(&str, &str)] = &[("keuze", "nee"), ("waar", "page")];

fn tool(id: &str, origin: &str) -> Option<Tool> {
    let origins = vec![origin.to_owned()];
    Some(Tool { id: id.to_owned(), script: format!("{origin}/script.js"), origins })
}

fn both() -> Tools {
    Tools { statistics: tool("G-AB12CD34EF", ANALYTICS), reviews: tool("X0123456789ABCDEF0123456789ABCDEF", BADGE) }
}

fn policy(answer: &Answer) -> &str {
    answer.headers[CONTENT_SECURITY_POLICY].to_str().unwrap()
}

async fn events(shop: &Shop) -> Vec<ConsentEvent> {
    let mut events = shop.at.shop.store.read().await.unwrap().consents(100).await.unwrap();
    events.reverse();
    events
}

async fn facts(shop: &Shop) -> Vec<(Purpose, Action, bool)> {
    let events = events(shop).await;
    events.iter().map(|event| (event.change.purpose, event.change.action, event.change.proof.is_some())).collect()
}

async fn with_signal(browser: &mut Browser, address: &str) -> Answer {
    let request = Request::get(address).header(ACCEPT, "text/html").header("sec-gpc", "1");
    browser.send(request.body(Body::empty()).unwrap()).await
}

#[test]
fn each_text_has_the_hash_that_proofs_name() {
    for text in TEXTS {
        assert_eq!(hex::encode(Sha256::digest(text.words.as_bytes())), text.sha256, "{:?}", text.purpose);
    }
}

#[tokio::test]
async fn without_tools_there_is_nothing_to_choose() {
    let shop = Shop::open().await;
    let mut eva = shop.browser(HERE);

    let (front, settings) = (eva.get("/").await, eva.get(SETTINGS).await);
    let chosen = eva.post(SETTINGS, YES).await;

    assert!(!front.body.contains("koek") && !front.body.contains("keuze.css"), "{}", front.body);
    assert!(front.body.contains("href=\"/cookie-instellingen\""));
    assert!(settings.body.contains("alleen cookies die nodig zijn") && !settings.body.contains("_ga"));
    assert_eq!((chosen.status, chosen.location.as_str()), (StatusCode::SEE_OTHER, SETTINGS));
    assert!(eva.cookies.is_empty() && events(&shop).await.is_empty());
}

#[tokio::test]
async fn nothing_is_ticked_beforehand_and_both_buttons_are_the_same() {
    let shop = Shop::measuring(both()).await;
    let mut eva = shop.browser(HERE);

    for page in [eva.get("/").await, eva.get(SETTINGS).await] {
        assert!(
            page.body.contains("name=\"keuze\" value=\"nee\"") && page.body.contains("name=\"keuze\" value=\"ja\"")
        );
        assert!(!page.body.contains(" checked"), "nothing is ticked");
        for button in page.body.split("<button").skip(1).filter(|button| button.contains("name=\"keuze\"")) {
            assert!(button.starts_with(" class=\"btn btn--rustig\"") || button.contains("class=\"btn btn--rustig\""));
        }
        assert!(!policy(&page).contains(ANALYTICS) && !policy(&page).contains(BADGE));
    }
    assert!(eva.cookies.is_empty());
}

#[tokio::test]
async fn the_page_is_the_same_for_everybody_and_only_the_policy_differs_after_a_yes() {
    let shop = Shop::measuring(both()).await;
    let (mut nobody, mut refuser, mut eva) = (shop.browser(HERE), shop.browser(HERE), shop.browser(HERE));
    refuser.post(SETTINGS, NO).await;
    eva.post(SETTINGS, &[("keuze", "zelf"), ("doel", "statistics"), ("waar", "page")]).await;

    for path in ["/", "/privacyverklaring", "/collectie"] {
        let (none, no, yes) = (nobody.get(path).await, refuser.get(path).await, eva.get(path).await);

        assert_eq!(none.bytes, no.bytes, "{path}");
        assert_eq!(none.bytes, yes.bytes, "{path}");
        assert_eq!(policy(&none), policy(&no), "{path}");
        assert!(!policy(&none).contains("googletagmanager"), "{path}");
        let wider = policy(&yes);
        assert!(wider.contains(&format!("script-src 'self' {ANALYTICS} ")), "{wider}");
        assert!(wider.contains(&format!("connect-src 'self' {ANALYTICS};")), "{wider}");
        assert!(!wider.contains(BADGE), "each purpose has its own hosts: {wider}");
        assert_eq!(wider.replace(&format!(" {ANALYTICS}"), ""), policy(&none), "nothing else differs");
    }
}

#[tokio::test]
async fn a_copy_that_came_with_other_permissions_is_not_called_unchanged() {
    let shop = Shop::measuring(both()).await;
    let mut eva = shop.browser(HERE);
    let ask = |mark: String| {
        let request = Request::get("/").header(ACCEPT, "text/html").header(ACCEPT_ENCODING, "gzip");
        request.header(IF_NONE_MATCH, mark).body(Body::empty()).unwrap()
    };
    let mark = |answer: &Answer| answer.headers[ETAG].to_str().unwrap().to_owned();
    let before = mark(&eva.get("/").await);
    assert_eq!(eva.send(ask(before.clone())).await.status, StatusCode::NOT_MODIFIED);

    eva.post(SETTINGS, YES).await;
    let granted = eva.send(ask(before.clone())).await;
    assert_eq!(granted.status, StatusCode::OK);
    let after = mark(&granted);
    assert_ne!(after, before);
    assert_eq!(eva.send(ask(after.clone())).await.status, StatusCode::NOT_MODIFIED);

    eva.post(SETTINGS, NO).await;
    let withdrawn = eva.send(ask(after)).await;
    assert_eq!(withdrawn.status, StatusCode::OK);
    assert!(!policy(&withdrawn).contains(ANALYTICS));
}

#[tokio::test]
async fn a_choice_lies_in_one_cookie_and_goes_back_to_where_it_was_made() {
    let shop = Shop::measuring(both()).await;
    let mut eva = shop.browser(HERE);
    let form = Request::post(SETTINGS)
        .header(ACCEPT, "text/html")
        .header("content-type", "application/x-www-form-urlencoded")
        .header("referer", "https://winkel.example/collectie?maat=98");

    let answer = eva.send(form.body(Body::from("keuze=nee&waar=banner")).unwrap()).await;

    assert_eq!((answer.status, answer.location.as_str()), (StatusCode::SEE_OTHER, "/collectie?maat=98"));
    let lines: Vec<&str> = answer.headers.get_all(SET_COOKIE).iter().map(|line| line.to_str().unwrap()).collect();
    assert_eq!(lines, ["agkeuze=s1n.r1n; Path=/; Max-Age=15552000; SameSite=Lax; Secure"]);
}

#[tokio::test]
async fn every_change_is_proven_once_and_who_refuses_has_no_number() {
    let shop = Shop::measuring(both()).await;
    let (mut refuser, mut eva) = (shop.browser(HERE), shop.browser(HERE));

    refuser.post(SETTINGS, NO).await;
    refuser.post(SETTINGS, NO).await;
    assert_eq!(
        facts(&shop).await,
        [(Purpose::Statistics, Action::Refused, false), (Purpose::Reviews, Action::Refused, false)]
    );
    assert_eq!(refuser.cookies["agkeuze"], "s1n.r1n");

    eva.post(SETTINGS, YES).await;
    let number = eva.cookies["agkeuze"].split(".p").nth(1).unwrap().to_owned();
    eva.post(SETTINGS, &[("keuze", "zelf"), ("doel", "reviews"), ("waar", "page")]).await;
    assert_eq!(eva.cookies["agkeuze"], format!("s1n.r1y.p{number}"));
    eva.post(SETTINGS, NO).await;
    assert_eq!(eva.cookies["agkeuze"], "s1n.r1n");

    assert_eq!(
        facts(&shop).await[2..],
        [
            (Purpose::Statistics, Action::Given, true),
            (Purpose::Reviews, Action::Given, true),
            (Purpose::Statistics, Action::Withdrawn, true),
            (Purpose::Reviews, Action::Withdrawn, true)
        ]
    );
    let events = events(&shop).await;
    assert!(events[2..].iter().all(|event| event.change.proof.as_ref() == Some(&number)));
    let first = &events[2];
    assert_eq!((first.text_version, first.language.as_str(), first.channel.as_str()), (1, "nl", "banner"));
    assert_eq!(first.text_hash, Purpose::Statistics.text().sha256);
}

#[tokio::test]
async fn withdrawing_ends_what_analytics_set() {
    let shop = Shop::measuring(both()).await;
    let mut eva = shop.browser(HERE);
    eva.post(SETTINGS, YES).await;
    eva.cookies.insert("_ga".to_owned(), "GA1.1.5".to_owned());
    eva.cookies.insert("_ga_AB12CD34EF".to_owned(), "GS1".to_owned());

    let answer = eva.post(SETTINGS, NO).await;

    let lines: Vec<&str> = answer.headers.get_all(SET_COOKIE).iter().map(|line| line.to_str().unwrap()).collect();
    for line in [
        "_ga=; Path=/; Max-Age=0",
        "_ga=; Path=/; Domain=winkel.example; Max-Age=0",
        "_ga_AB12CD34EF=; Path=/; Max-Age=0",
        "_ga_AB12CD34EF=; Path=/; Domain=winkel.example; Max-Age=0",
    ] {
        assert!(lines.contains(&line), "{line} in {lines:?}");
    }
}

#[tokio::test]
async fn the_signal_of_a_browser_is_a_refusal_until_she_says_otherwise() {
    let shop = Shop::measuring(both()).await;
    let (mut eva, mut other) = (shop.browser(HERE), shop.browser(HERE));

    assert_eq!(with_signal(&mut eva, "/keuze.css").await.body, "", "no question");
    assert!(with_signal(&mut eva, SETTINGS).await.body.contains("Global Privacy Control"));
    assert!(!policy(&with_signal(&mut eva, "/").await).contains(ANALYTICS));
    assert!(events(&shop).await.is_empty() && eva.cookies.is_empty());
    assert!(other.get("/keuze.css").await.body.contains("display:grid"), "everybody else is asked");

    eva.post(SETTINGS, YES).await;
    assert!(policy(&with_signal(&mut eva, "/").await).contains(ANALYTICS), "she chose herself");
}

#[tokio::test]
async fn a_cookie_of_another_version_or_of_nonsense_grants_nothing() {
    let shop = Shop::measuring(both()).await;
    for cookie in ["s0y.r9y", "ja", "s1y;s1y", "s1yr1y", "<script>"] {
        let mut eva = shop.browser(HERE);
        eva.cookies.insert("agkeuze".to_owned(), cookie.replace(';', ""));

        assert!(!policy(&eva.get("/").await).contains(ANALYTICS), "{cookie}");
        assert!(eva.get("/keuze.css").await.body.contains("display:grid"), "asked again: {cookie}");
    }
}

#[tokio::test]
async fn nothing_is_allowed_in_the_dashboard() {
    let shop = Shop::measuring(both()).await;
    let mut anna = shop.browser(HERE);
    anna.post(SETTINGS, YES).await;

    let door = anna.get("/beheer/inloggen").await;

    assert_eq!(door.status, StatusCode::OK);
    assert!(!policy(&door).contains(ANALYTICS), "{}", policy(&door));
}

#[tokio::test]
async fn pages_are_counted_without_anything_about_who_opened_them() {
    let shop = Shop::measuring(Tools::default()).await;
    let dress = shop.at.dress(1, 3).await;
    let mut eva = shop.browser(HERE);
    let today = shop.at.shop.clock.day(shop.at.shop.clock.now());

    eva.get("/").await;
    eva.get("/").await;
    eva.get("/collectie").await;
    eva.get("/zoeken?q=jurk").await;
    eva.get("/nergens").await;
    eva.post("/api/cart/add", &[("variant", &dress.to_string()), ("quantity", "1")]).await;
    shop.at.shop.write_counts().await.unwrap();
    shop.at.shop.write_counts().await.unwrap();

    let counted = shop.at.shop.store.read().await.unwrap().day_counts(today).await.unwrap();
    let row = |what: &str, count| (today, what.to_owned(), count);
    assert_eq!(counted, [row("bag", 1), row("view_home", 2), row("view_list", 1), row("view_search", 1)]);
}
