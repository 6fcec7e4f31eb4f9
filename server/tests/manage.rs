//! The dashboard over HTTP, on a real database in memory: closed to strangers, open after both factors, forms that lose nothing.

#[path = "manage/bank.rs"]
mod bank;
#[expect(dead_code, reason = "shared with the claims about the store, which need more of it")]
#[path = "store/given.rs"]
mod given;
#[path = "manage/invoice.rs"]
mod invoice;
#[path = "manage/letters.rs"]
mod letters;
#[path = "manage/privacy.rs"]
mod privacy;
#[path = "manage/refunds.rs"]
mod refunds;
#[path = "manage/support.rs"]
mod support;

use given::{attempt, order, placed, priced, shelf, variant_id};
use http::StatusCode;
use shop_core::cart::price;
use shop_core::discount::{DiscountCode, Kind};
use shop_core::money::Money;
use shop_core::order::OrderState;
use shop_core::payment::Method;
use shop_core::time::{Day, Seconds, Timestamp};
use shop_flows::ports::{Failing, ProviderHealth};
use support::{Office, between};

const PAGES: [&str; 23] = [
    "/beheer/nieuwsbrief/adres",
    "/beheer/nieuwsbrief",
    "/beheer/vragen",
    "/beheer/privacy/register",
    "/beheer/privacy/bewaren",
    "/beheer/privacy/verzoeken",
    "/beheer/privacy/datalekken",
    "/beheer/bank",
    "/beheer",
    "/beheer/bestellingen",
    "/beheer/bestellingen?staat=paid&zoek=vries",
    "/beheer/bestellingen/AG100001",
    "/beheer/bestellingen/AG100001/pakbon",
    "/beheer/bestellingen/AG100001/overboeking",
    "/beheer/bestellingen/AG100001/annuleren",
    "/beheer/pakbonnen",
    "/beheer/artikelen",
    "/beheer/artikelen/00000000-0000-0000-0000-0000000003e8",
    "/beheer/kortingscodes",
    "/beheer/taken",
    "/beheer/logboek",
    "/beheer/logboek/inzage",
    "/beheer/is-er-niet",
];

const FORMS: [&str; 27] = [
    "/beheer/nieuwsbrief/adres",
    "/beheer/nieuwsbrief/adres/af",
    "/beheer/nieuwsbrief",
    "/beheer/nieuwsbrief/00000000-0000-0000-0000-000000000001/versturen",
    "/beheer/vragen/00000000-0000-0000-0000-000000000001/antwoord",
    "/beheer/vragen/00000000-0000-0000-0000-000000000001/sluiten",
    "/beheer/privacy/verzoeken",
    "/beheer/privacy/verzoeken/00000000-0000-0000-0000-000000000001/verlengen",
    "/beheer/privacy/verzoeken/00000000-0000-0000-0000-000000000001/sluiten",
    "/beheer/privacy/datalekken",
    "/beheer/privacy/datalekken/00000000-0000-0000-0000-000000000001",
    "/beheer/bank",
    "/beheer/uitloggen",
    "/beheer/bestellingen/AG100001/overboeking",
    "/beheer/bestellingen/AG100001/annuleren",
    "/beheer/bestellingen/AG100001/verzenden",
    "/beheer/bestellingen/AG100001/terugbetalen",
    "/beheer/bestellingen/AG100001/terugbetaald/00000000-0000-0000-0000-000000000001",
    "/beheer/betaaltaken/1/klaar",
    "/beheer/betaaltaken/1/terugbetalen",
    "/beheer/betaaltaken/1/alsnog",
    "/beheer/artikelen/00000000-0000-0000-0000-0000000003e8",
    "/beheer/artikelen/00000000-0000-0000-0000-0000000003e8/voorraad",
    "/beheer/kortingscodes",
    "/beheer/kortingscodes/WELKOM5/einde",
    "/beheer/taken/00000000-0000-0000-0000-000000000001/opnieuw",
    "/beheer/is-er-niet",
];

#[tokio::test]
async fn a_stranger_is_sent_to_the_door_from_everywhere() {
    let office = Office::open().await;
    shelf(&*office.store, 1, 3).await.expect("a shelf");
    placed(&*office.store, &[order(1)]).await.expect("an order");
    let mut stranger = office.browser();

    for page in PAGES {
        let answer = stranger.get(page).await;
        assert_eq!((answer.status, answer.location.as_str()), (StatusCode::SEE_OTHER, "/beheer/inloggen"), "{page}");
    }
    for form in FORMS {
        let answer = stranger.post(form, "code=3SABCD1234567").await;
        assert_eq!((answer.status, answer.location.as_str()), (StatusCode::SEE_OTHER, "/beheer/inloggen"), "{form}");
    }
    assert!(office.order("AG100001").await.tracking.is_none());
}

#[tokio::test]
async fn the_owner_sets_up_her_account_and_signs_in_with_both_factors() {
    let office = Office::open().await;
    let token = office.owner_link().await;
    let mut browser = office.browser();
    let welcome = format!("/beheer/welkom/{token}");
    let page = browser.get(&welcome).await.body;
    let (seal, key) = (
        between(&page, "name=\"zegel\" value=\"", "\""),
        between(&page, "<strong class=\"nummer breek\">", "</strong>"),
    );

    let short = browser.post(&welcome, &format!("zegel={seal}&wachtwoord=kort&code={}", office.code(&key))).await;
    assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(short.body.contains("minstens twaalf tekens") && short.body.contains(&key), "{}", short.body);

    let set_up = browser
        .post(&welcome, &format!("zegel={seal}&wachtwoord=drie+geiten+op+het+dak&code={}", office.code(&key)))
        .await;
    assert_eq!((set_up.status, set_up.location.as_str()), (StatusCode::SEE_OTHER, "/beheer"));
    assert!(browser.get("/beheer").await.body.contains("Anna"));
    assert_eq!(office.browser().get(&welcome).await.status, StatusCode::NOT_FOUND, "a link works once");

    let mut other = office.browser();
    let wrong = other.post("/beheer/inloggen", "email=anna%40voorbeeld.nl&wachtwoord=iets+heel+anders").await;
    let unknown = other.post("/beheer/inloggen", "email=bea%40voorbeeld.nl&wachtwoord=iets+heel+anders").await;
    assert_eq!(wrong.body.replace("anna", "bea"), unknown.body);

    let half = other.post("/beheer/inloggen", "email=anna%40voorbeeld.nl&wachtwoord=drie+geiten+op+het+dak").await;
    let ticket = between(&half.body, "name=\"bewijs\" value=\"", "\"");
    assert_eq!(other.get("/beheer").await.location, "/beheer/inloggen", "half signed is not signed in");

    let used = other.post("/beheer/inloggen/code", &format!("bewijs={ticket}&code={}", office.code(&key))).await;
    assert_eq!(used.status, StatusCode::UNPROCESSABLE_ENTITY, "a code works once");
    office.later(30);
    let forged = other.post("/beheer/inloggen/code", &format!("bewijs={ticket}0&code={}", office.code(&key))).await;
    assert_eq!(forged.status, StatusCode::UNPROCESSABLE_ENTITY);
    let signed = other.post("/beheer/inloggen/code", &format!("bewijs={ticket}&code={}", office.code(&key))).await;
    assert_eq!((signed.status, signed.location.as_str()), (StatusCode::SEE_OTHER, "/beheer"));
    assert_eq!(other.get("/beheer").await.status, StatusCode::OK);

    office.later(12 * 3600 + 1);
    assert_eq!(other.get("/beheer").await.location, "/beheer/inloggen", "a session ends after twelve hours");
}

#[tokio::test]
async fn the_sixth_wrong_password_must_wait_even_when_it_is_right() {
    let office = Office::open().await;
    let mut browser = office.browser();
    let mut guess =
        async || browser.post("/beheer/inloggen", "email=anna%40voorbeeld.nl&wachtwoord=iets+heel+anders").await.status;

    for _ in 0..5 {
        assert_eq!(guess().await, StatusCode::UNPROCESSABLE_ENTITY);
    }
    assert_eq!(guess().await, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn every_page_is_shown_private_and_without_script_or_inline_style() {
    let office = Office::open().await;
    shelf(&*office.store, 1, 3).await.expect("a shelf");
    let mut waiting = order(1);
    waiting.method = Method::BankTransfer;
    placed(&*office.store, &[waiting.clone()]).await.expect("an order");
    let mut first = attempt(1, &waiting, 1);
    first.method = Method::BankTransfer;
    office.save_attempt(&first).await;
    let mut owner = office.member().await;

    for page in PAGES.into_iter().filter(|page| !page.ends_with("is-er-niet")) {
        let answer = owner.get(page).await;
        assert_eq!(answer.status, StatusCode::OK, "{page}");
        assert_eq!(answer.headers["cache-control"], "no-store", "{page}");
        assert_eq!(answer.headers["x-robots-tag"], "noindex, nofollow", "{page}");
        assert!(answer.body.starts_with("<!DOCTYPE html>"), "{page}: {}", answer.body);
        assert!(!answer.body.contains("<script") && !answer.body.contains(" style="), "{page}");
        assert_eq!(answer.body.matches("<h1").count(), if page.ends_with("pakbon") { 2 } else { 1 }, "{page}");
    }
    assert_eq!(owner.get("/beheer/is-er-niet").await.status, StatusCode::NOT_FOUND);
    assert_eq!(owner.get("/beheer/bestellingen/AG999999").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_tracking_code_that_is_none_comes_back_as_it_was_typed() {
    let office = Office::open().await;
    shelf(&*office.store, 1, 3).await.expect("a shelf");
    let mut paid = order(1);
    paid.state = OrderState::Paid { at: given::at(10) };
    placed(&*office.store, &[paid]).await.expect("an order");
    let mut owner = office.member().await;

    let wrong = owner.post("/beheer/bestellingen/AG100001/verzenden", "code=3S%21").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        wrong.body.contains("value=\"3S!\"") && wrong.body.contains("Dit lijkt geen track-en-tracecode"),
        "{}",
        wrong.body
    );

    let sent = owner.post("/beheer/bestellingen/AG100001/verzenden", "code=3s+abcd+1234567").await;
    assert_eq!((sent.status, sent.location.as_str()), (StatusCode::SEE_OTHER, "/beheer/bestellingen/AG100001"));
    let shipped = office.order("AG100001").await;
    assert_eq!(shipped.tracking.as_ref().map(|tracking| tracking.code().to_owned()).as_deref(), Some("3SABCD1234567"));
    assert!(owner.get("/beheer/bestellingen/AG100001").await.body.contains("Onderweg."));
    assert!(owner.get("/beheer/logboek").await.body.contains("Verzonden gemeld"));

    let too_late = owner.post("/beheer/bestellingen/AG100001/annuleren", "").await;
    assert_eq!(too_late.status, StatusCode::SEE_OTHER);
    assert_eq!(office.order("AG100001").await.state, shipped.state);
}

#[tokio::test]
async fn nonsense_in_a_form_of_an_article_changes_nothing_and_loses_nothing() {
    let office = Office::open().await;
    shelf(&*office.store, 1, 3).await.expect("a shelf");
    let mut owner = office.member().await;
    let (one, two) = (variant_id(1, 1), variant_id(1, 2));
    let article = "/beheer/artikelen/00000000-0000-0000-0000-0000000003e8";

    let wrong =
        owner.post(article, &format!("titel=Jurk+Roos&status=draft&prijs-{one}=gratis&prijs-{two}=39%2C95")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    for kept in ["value=\"Jurk Roos\"", "value=\"gratis\"", "value=\"39,95\"", "Schrijf een prijs zo"] {
        assert!(wrong.body.contains(kept), "{kept} in {}", wrong.body);
    }
    assert_eq!(office.price(two).await, Money::cents(4495));

    let right =
        owner.post(article, &format!("titel=Jurk+Roos&status=active&prijs-{one}=44%2C95&prijs-{two}=39%2C95")).await;
    assert_eq!((right.status, right.location.as_str()), (StatusCode::SEE_OTHER, article));
    assert_eq!(office.price(two).await, Money::cents(3995));
    assert!(owner.get(article).await.body.contains("Jurk Roos"));

    let stock = format!("{article}/voorraad");
    let counted = owner.post(&stock, &format!("was-{one}=3&ligt-{one}=7&was-{two}=3&ligt-{two}=3")).await;
    assert_eq!(counted.status, StatusCode::SEE_OTHER);
    assert_eq!((office.on_hand(one).await, office.on_hand(two).await), (7, 3));
    let stale = owner.post(&stock, &format!("was-{one}=3&ligt-{one}=9")).await;
    assert_eq!(stale.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(office.on_hand(one).await, 7);
}

#[tokio::test]
async fn a_discount_code_is_made_shown_and_ended_with_a_line_in_the_trail() {
    let office = Office::open().await;
    let mut owner = office.member().await;
    let codes = "/beheer/kortingscodes";

    let wrong = owner.post(codes, "code=w%21&soort=bedrag&waarde=vijf&vanaf=40&notitie=Voor+de+beurs").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    for kept in ["value=\"w!\"", "value=\"vijf\"", "value=\"40\"", "id=\"code-fout\"", "id=\"waarde-fout\""] {
        assert!(wrong.body.contains(kept), "{kept} in {}", wrong.body);
    }
    assert_eq!(office.discounts().await, []);

    let form =
        "code=welkom+5&soort=bedrag&waarde=5&vanaf=40&van=2026-11-23&tot=2026-11-30&hoogstens=50&notitie=Voor+de+beurs";
    let made = owner.post(codes, form).await;
    assert_eq!((made.status, made.location.as_str()), (StatusCode::SEE_OTHER, codes));
    let filed = office.discounts().await;
    let discount = &filed[0].discount;
    assert_eq!((filed.len(), discount.code.as_str(), discount.most_uses), (1, "WELKOM5", Some(50)));
    assert_eq!((discount.kind, discount.least_goods), (Kind::Amount(Money::cents(500)), Some(Money::cents(4000))));
    // From midnight to midnight in Amsterdam, an hour ahead.
    let midnight = |day: i64| Timestamp::from_micros(0).plus(Seconds(day * 86_400 - 3600));
    assert_eq!((discount.from, discount.until), (midnight(20_780), Some(midnight(20_788))));
    let page = owner.get(codes).await.body;
    for shown in ["WELKOM5 is gemaakt.", "€\u{a0}5,00 vanaf €\u{a0}40,00", "0 van 50", "Voor de beurs"] {
        assert!(page.contains(shown), "{shown} in {page}");
    }

    let again = owner.post(codes, "code=WELKOM5&soort=procent&waarde=10").await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.body.contains("WELKOM5 is er al"), "{}", again.body);
    assert_eq!(office.discounts().await, filed);

    let ended = owner.post("/beheer/kortingscodes/WELKOM5/einde", "").await;
    assert_eq!((ended.status, ended.location.as_str()), (StatusCode::SEE_OTHER, codes));
    assert!(owner.get(codes).await.body.contains("Afgelopen"));
    let until = office.discounts().await[0].discount.until;
    assert_eq!(until, Some(office.shop.clock.now()));
    office.later(60);
    owner.post("/beheer/kortingscodes/WELKOM5/einde", "").await;
    assert_eq!(office.discounts().await[0].discount.until, until, "what has ended stays as it ended");
    assert_eq!(owner.post("/beheer/kortingscodes/ANDERS/einde", "").await.status, StatusCode::NOT_FOUND);

    let trail = owner.get("/beheer/logboek").await.body;
    assert_eq!(
        (trail.matches("Kortingscode gemaakt").count(), trail.matches("Kortingscode beëindigd").count()),
        (1, 1)
    );
}

#[tokio::test]
async fn who_opens_an_order_is_written_down_once_and_apart_from_what_changed() {
    let office = Office::open().await;
    shelf(&*office.store, 1, 3).await.expect("a shelf");
    placed(&*office.store, &[order(1)]).await.expect("an order");
    let mut owner = office.member().await;

    owner.get("/beheer/bestellingen/AG100001").await;
    owner.get("/beheer/bestellingen/AG100001").await;
    owner.get("/beheer/bestellingen/AG100009").await;

    let looks = owner.get("/beheer/logboek/inzage").await.body;
    assert_eq!(looks.matches("Bestelling bekeken").count(), 1, "{looks}");
    assert!(looks.contains("AG100001") && !looks.contains("AG100009"), "{looks}");
    assert!(!owner.get("/beheer/logboek").await.body.contains("Bestelling bekeken"));
}

#[tokio::test]
async fn an_order_with_a_discount_shows_it_at_the_desk() {
    let office = Office::open().await;
    shelf(&*office.store, 1, 3).await.expect("a shelf");
    let mut reduced = order(1);
    reduced.code = DiscountCode::parse("WELKOM5");
    reduced.totals = price(&priced(&reduced), Money::cents(500), Money::cents(495)).expect("fits");
    placed(&*office.store, &[reduced]).await.expect("an order");
    let mut owner = office.member().await;

    let page = owner.get("/beheer/bestellingen/AG100001").await.body.replace("<!>", "");

    assert!(page.contains("Korting (WELKOM5)") && page.contains("−</span>€\u{a0}5,00"), "{page}");
    assert!(page.contains("€\u{a0}89,85"), "{page}");
}

#[tokio::test]
async fn the_demo_link_opens_only_the_demo_and_only_from_this_machine() {
    let office = Office::open().await;
    let token = office.shop.demo_owner_link().await.expect("asked").expect("this is the demo");
    let link = format!("/beheer/demo/{token}");

    assert_eq!(office.browser().get(&link).await.status, StatusCode::NOT_FOUND, "nobody knows where this came from");
    let mut here = office.browser();
    here.is_here = true;
    assert_eq!(here.get(&link).await.location, "/beheer");
    assert_eq!(here.get("/beheer").await.status, StatusCode::OK);
    let mut again = office.browser();
    again.is_here = true;
    assert_eq!(again.get(&link).await.status, StatusCode::NOT_FOUND, "a link works once");
}

#[tokio::test]
async fn the_owner_sees_since_when_a_provider_fails_and_nothing_that_it_sent() {
    let office = Office::open().await;
    let mut owner = office.member().await;
    let page = owner.get("/beheer").await.body;
    assert!(page.contains("Betaaldiensten") && page.contains("nog niets gevraagd"), "{page}");
    let mut health = ProviderHealth::unknown("klarna");
    health.after(None, given::at(10));
    health.after(Some(Failing::Credentials), given::at(70));
    health.after(Some(Failing::Unclear), given::at(130));
    let mut tx = office.store.begin().await.expect("a door");
    tx.save_health(&health).await.expect("written");
    tx.save_comparison("klarna", Day { year: 2026, month: 11, day: 21 }, 1).await.expect("written");
    tx.commit().await.expect("committed");

    let page = owner.get("/beheer").await.body;

    for words in
        ["Klarna", "Storing", "storing sinds 22 november 2026", "geen duidelijk antwoord", "21 november: 1 verschil"]
    {
        assert!(page.contains(words), "{words} is not in {page}");
    }
    assert!(!page.contains("a-word-that-nobody-may-see"));
}
