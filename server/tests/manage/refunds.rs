//! Paying back at the desk: the form loses nothing, shows what it will be, and leaves a line in the trail.

use super::given::{attempt, order, placed, shelf};
use super::support::{Browser, Office, between};
use http::StatusCode;
use shop_core::ledger::{Entry, Posting};
use shop_core::money::Money;
use shop_core::order::refund::RefundState;
use shop_core::order::{CancelReason, Order, OrderState};
use shop_core::payment::{Attempt, AttemptState, Method};

const PAGE: &str = "/beheer/bestellingen/AG100001";

/// Two dresses with delivery, € 94,85, paid by transfer.
async fn paid(office: &Office, state: OrderState) -> Order {
    shelf(&*office.store, 1, 3).await.expect("a shelf");
    let paid = Order { state, method: Method::BankTransfer, ..order(1) };
    placed(&*office.store, std::slice::from_ref(&paid)).await.expect("an order");
    let at = super::given::at(10);
    let attempt = Attempt { method: Method::BankTransfer, state: AttemptState::Paid { at }, ..attempt(1, &paid, 1) };
    office.save_attempt(&attempt).await;
    let mut tx = office.store.begin().await.expect("a door");
    let mut post = async |entry: Option<Entry>| assert!(tx.post(&entry.expect("an amount")).await.expect("written"));
    post(Entry::of_order(Posting::Placed, &paid, paid.totals.total, at)).await;
    post(Entry::of_attempt(Posting::Received, &attempt, at)).await;
    if matches!(state, OrderState::Cancelled { .. }) {
        post(Entry::of_order(Posting::EndedUnpaid, &paid, paid.totals.total, at)).await;
    }
    tx.commit().await.expect("committed");
    paid
}

/// The hidden fields of the first form on the page.
async fn hidden(owner: &mut Browser) -> String {
    let page = owner.get(PAGE).await.body;
    let field = |name: &str| between(&page, &format!("name=\"{name}\" value=\""), "\"");
    format!("kenmerk={}&versie={}", field("kenmerk"), field("versie"))
}

async fn refund_states(office: &Office) -> Vec<RefundState> {
    let order = office.order("AG100001").await;
    let refunds = office.store.read().await.expect("a door").refunds(order.id).await.expect("readable");
    refunds.into_iter().map(|refund| refund.state).collect()
}

#[tokio::test]
async fn what_cannot_be_refunded_comes_back_as_it_was_filled_in() {
    let office = Office::open().await;
    paid(&office, OrderState::Paid { at: super::given::at(10) }).await;
    let mut owner = office.member().await;
    let hidden = hidden(&mut owner).await;
    let form = format!("{PAGE}/terugbetalen");
    let cases = [
        ("soort=stuks&stuks=drie&verzending=ja", "Vul bij elk artikel een heel getal in", "value=\"drie\""),
        ("soort=stuks&stuks=3", "Van Jurk Madelief kun je er nog 2 terugbetalen.", "value=\"3\""),
        ("soort=stuks&stuks=0", "Kies wat je terugbetaalt", "value=\"0\""),
        ("soort=bedrag&bedrag=vijf&reden=knoopje", "Vul een bedrag in met cijfers", "value=\"vijf\""),
        ("soort=bedrag&bedrag=5", "Schrijf er kort bij waarom", "value=\"5\""),
        ("soort=bedrag&bedrag=94%2C86&reden=knoopje", "nog €\u{a0}94,85 terugbetalen", "value=\"knoopje\""),
    ];

    for (fields, sentence, kept) in cases {
        let answer = owner.post(&form, &format!("{hidden}&{fields}")).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{fields}");
        assert!(answer.body.contains(sentence) && answer.body.contains(kept), "{fields}: {}", answer.body);
    }
    assert_eq!(owner.post(&form, "soort=stuks&stuks=1").await.status, StatusCode::NOT_FOUND, "a form without its key");
    assert_eq!(refund_states(&office).await, []);
}

#[tokio::test]
async fn a_refund_is_shown_first_then_wanted_and_then_booked_by_hand() {
    let office = Office::open().await;
    paid(&office, OrderState::Paid { at: super::given::at(10) }).await;
    let mut owner = office.member().await;
    let hidden = hidden(&mut owner).await;
    let (form, fields) = (format!("{PAGE}/terugbetalen"), format!("{hidden}&soort=stuks&stuks=1&verzending=ja"));

    let shown = owner.post(&form, &fields).await;
    assert_eq!((shown.status, refund_states(&office).await), (StatusCode::OK, vec![]), "nothing happened yet");
    let body = shown.body.replace("<!>", "");
    assert!(body.contains("€\u{a0}49,90 terugbetalen?") && body.contains("1× Jurk Madelief, verzendkosten"), "{body}");

    let agreed = owner.post(&form, &format!("{fields}&akkoord=ja")).await;
    assert_eq!((agreed.status, agreed.location.as_str()), (StatusCode::SEE_OTHER, PAGE));
    let again = owner.post(&form, &format!("{fields}&akkoord=ja")).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER);
    assert_eq!(refund_states(&office).await, [RefundState::ByHand], "the same form twice is one refund");
    let front = owner.get("/beheer").await.body;
    assert!(front.contains("vanaf je eigen rekening") && front.contains(&format!("{PAGE}#geld")), "{front}");

    let page = owner.get(PAGE).await.body;
    let by_hand = between(&page, "action=\"/beheer/bestellingen/AG100001/terugbetaald/", "\"");
    let booked = owner.post(&format!("{PAGE}/terugbetaald/{by_hand}"), "").await;
    assert_eq!((booked.status, booked.location.as_str()), (StatusCode::SEE_OTHER, PAGE));
    let done = RefundState::Done { at: office.shop.clock.now(), by_hand: true };
    assert_eq!(refund_states(&office).await, [done]);
    assert!(!owner.get("/beheer").await.body.contains("vanaf je eigen rekening"));
    let trail = owner.get("/beheer/logboek").await.body;
    assert!(trail.contains("Zelf terugbetaald") && trail.contains("goods 49.90"), "{trail}");
}

#[tokio::test]
async fn who_did_not_see_what_another_owner_did_must_look_first() {
    let office = Office::open().await;
    paid(&office, OrderState::Paid { at: super::given::at(10) }).await;
    let (mut one, mut other) = (office.member().await, office.member().await);
    let (first, second) = (hidden(&mut one).await, hidden(&mut other).await);
    let form = format!("{PAGE}/terugbetalen");
    let fields = "soort=bedrag&bedrag=5&reden=knoopje&akkoord=ja";

    one.post(&form, &format!("{first}&{fields}")).await;
    other.post(&form, &format!("{second}&{fields}")).await;

    assert_eq!(refund_states(&office).await.len(), 1);
    assert!(other.get(PAGE).await.body.contains("Dit is intussen gewijzigd"));
}

#[tokio::test]
async fn late_money_has_two_ways_out() {
    let office = Office::open().await;
    let over = OrderState::Cancelled { at: super::given::at(20), reason: CancelReason::NotPaid, paid_at: None };
    let late = paid(&office, over).await;
    let mut tx = office.store.begin().await.expect("a door");
    tx.add_task("paid_after_end", Some(late.id), "AG100001P1 received 94.85", super::given::at(30))
        .await
        .expect("written");
    tx.commit().await.expect("committed");
    let mut owner = office.member().await;

    let page = owner.get(PAGE).await.body;
    assert!(page.contains("Alsnog leveren") && page.contains("Betaal terug"), "{page}");
    let task = between(&page, "action=\"/beheer/betaaltaken/", "/alsnog\"");
    let revived = owner.post(&format!("/beheer/betaaltaken/{task}/alsnog"), "").await;

    assert_eq!((revived.status, revived.location.as_str()), (StatusCode::SEE_OTHER, PAGE));
    assert_eq!(office.order("AG100001").await.state, OrderState::Paid { at: office.shop.clock.now() });
    let again = owner.post(&format!("/beheer/betaaltaken/{task}/terugbetalen"), "").await;
    assert_eq!(again.status, StatusCode::NOT_FOUND, "it was decided");
    assert_eq!(refund_states(&office).await, []);
    let report = office.shop.check_books().await.expect("readable");
    assert_eq!((report.differences, report.total), (vec![], Money::ZERO));
}
