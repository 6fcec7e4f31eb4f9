//! News about payments: early, twice, late, never, forged, or about something else than we think.

use crate::support::*;
use shop_core::id::{AttemptId, OrderId};
use shop_core::order::{CancelReason, Order, OrderState};
use shop_core::payment::{Attempt, AttemptState, Method};
use shop_core::time::Seconds;
use shop_flows::ports::{NoticeError, RawNotice, Wish};
use shop_sandbox::{Fault, FaultKind, Outcome};

fn fault(at: &TestShop, kind: FaultKind) {
    at.sandbox.rabo().faults().add(Fault::new(kind, 1));
}

#[tokio::test]
async fn a_notice_before_the_browser_returns_pays_the_order_once() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 2).await;
    let number = at.browser().buy(dress, Method::Ideal).await;
    fault(&at, FaultKind::NotifyBeforeReturn);

    let settled = at.sandbox.rabo().outcome("AG100001P1", Outcome::Pay).await.unwrap();
    at.run_jobs().await;
    assert_eq!(at.order(&number).await.state, OrderState::Paid { at: NOW });
    let before = at.everything().await;

    let back = at.shop.returned("omnikassa", &query_of(&settled.return_url)).await;

    assert_eq!(back, Some(number));
    assert_eq!(at.everything().await, before, "nothing is left to ask");
}

#[tokio::test]
async fn the_same_notice_twice_and_the_same_result_twice_change_nothing_more() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 2).await;
    let number = at.browser().buy(dress, Method::Ideal).await;
    fault(&at, FaultKind::NotifyTwice);

    at.at_the_provider("AG100001P1", Outcome::Pay).await;
    assert!(at.sandbox.rabo().repeat("AG100001P1").await);
    assert!(at.notice_arrives().await);
    at.run_jobs().await;

    assert_eq!(at.attempt_states(&number).await, ["paid"]);
    assert_eq!(at.stock(dress).await, (1, 0));
    assert_eq!(at.movements().await, [("sold".to_owned(), 1)]);
    assert_eq!(at.mails.sent().len(), 1);
    assert_eq!(at.timeline(&number).await, ["placed", "attempt", "paid"]);
    assert_eq!(at.tasks().await, []);
}

#[tokio::test]
async fn one_notice_delivered_twice_is_one_job() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 2).await;
    at.browser().buy(dress, Method::Ideal).await;
    at.sandbox.rabo().outcome("AG100001P1", Outcome::Pay).await.unwrap();
    fault(&at, FaultKind::NotifyTwice);

    assert!(at.notice_arrives().await);

    assert_eq!(at.jobs().await, ["ask", "pull"]);
    assert_eq!(at.count("notices").await, 1);
}

#[tokio::test]
async fn a_payment_whose_notice_never_comes_is_found_by_asking() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 1).await;
    let number = at.browser().buy(dress, Method::Ideal).await;
    at.sandbox.rabo().outcome("AG100001P1", Outcome::Pay).await.unwrap();

    at.advance(Seconds(20 * 60 - 1)).await;
    at.run_jobs().await;
    assert_eq!(at.order(&number).await.state.name(), "awaiting_payment");

    at.advance(Seconds(1)).await;
    at.run_jobs().await;

    assert_eq!(at.order(&number).await.state, OrderState::Paid { at: NOW.plus(Seconds::minutes(20)) });
    assert_eq!(at.stock(dress).await, (0, 0));
    assert_eq!(at.mails.sent().len(), 1);
}

#[tokio::test]
async fn a_browser_that_returns_without_a_notice_is_asked_about_after_two_minutes() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 1).await;
    let number = at.browser().buy(dress, Method::Ideal).await;
    let settled = at.sandbox.rabo().outcome("AG100001P1", Outcome::Pay).await.unwrap();

    assert_eq!(at.shop.returned("omnikassa", &query_of(&settled.return_url)).await, Some(number.clone()));
    assert_eq!(at.order(&number).await.state.name(), "awaiting_payment", "what the browser says proves nothing");
    at.advance(Seconds::minutes(2)).await;
    at.run_jobs().await;

    assert_eq!(at.order(&number).await.state.name(), "paid");
}

#[tokio::test]
async fn who_pays_after_we_asked_is_found_too_when_that_notice_is_lost() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 1).await;
    let number = at.browser().buy(dress, Method::Ideal).await;
    at.advance(Seconds::minutes(25)).await;
    at.run_jobs().await;
    assert_eq!(at.jobs().await, ["ask"], "as long as it is open there is another time");

    at.sandbox.rabo().outcome("AG100001P1", Outcome::Pay).await.unwrap();
    at.advance(Seconds::minutes(25)).await;
    at.run_jobs().await;

    assert_eq!(at.order(&number).await.state.name(), "paid");
    assert_eq!(at.stock(dress).await, (0, 0));
}

#[tokio::test]
async fn before_an_order_lapses_the_provider_is_asked_once_more() {
    let at = TestShop::open().await;
    // It stays payable longer than the order waits.
    let mut habits = at.sandbox.rabo().settings();
    habits.payable_minutes = 600;
    at.sandbox.rabo().set_settings(habits);
    let dress = at.dress(1, 1).await;
    let number = at.browser().buy(dress, Method::Ideal).await;
    at.advance(Seconds::minutes(119)).await;
    at.run_jobs().await;

    at.sandbox.rabo().outcome("AG100001P1", Outcome::Pay).await.unwrap();
    at.advance(Seconds::minutes(2)).await;
    at.run_jobs().await;

    assert_eq!(at.order(&number).await.state, OrderState::Paid { at: NOW.plus(Seconds::minutes(121)) });
    assert_eq!((at.stock(dress).await, at.tasks().await), ((0, 0), vec![]));
}

#[tokio::test]
async fn an_order_that_nobody_pays_lapses_after_two_hours() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 1).await;
    let number = at.browser().buy(dress, Method::Ideal).await;

    at.advance(Seconds::hours(2)).await;
    at.run_jobs().await;

    let state = OrderState::Cancelled { at: NOW.plus(Seconds::hours(2)), reason: CancelReason::NotPaid, paid_at: None };
    assert_eq!(at.order(&number).await.state, state);
    assert_eq!(at.attempt_states(&number).await, ["expired"]);
    assert_eq!(at.stock(dress).await, (1, 0));
    assert_eq!(at.tasks().await, []);
}

#[tokio::test]
async fn money_for_an_order_that_lapsed_is_not_lost_but_a_task() {
    let at = TestShop::open().await;
    let mut habits = at.sandbox.rabo().settings();
    habits.payable_minutes = 600;
    at.sandbox.rabo().set_settings(habits);
    let dress = at.dress(1, 1).await;
    let number = at.browser().buy(dress, Method::Ideal).await;
    at.advance(Seconds::hours(3)).await;
    at.run_jobs().await;
    assert_eq!(at.order(&number).await.state.name(), "cancelled");

    at.at_the_provider("AG100001P1", Outcome::Pay).await;

    assert_eq!(at.order(&number).await.state.name(), "cancelled");
    assert_eq!(at.attempt_states(&number).await, ["paid"]);
    assert_eq!(at.tasks().await, [("paid_after_end".to_owned(), "AG100001P1 received 49.90".to_owned())]);
    let paid = at.attempts(&number).await.remove(0);
    let transaction = at.sandbox.rabo().order("AG100001P1").unwrap().success().unwrap().id.to_string();
    let mut tx = at.shop.store.read().await.unwrap();
    assert_eq!(tx.transaction(paid.id).await.unwrap(), Some(transaction), "what a refund needs is kept");
    let mails: Vec<String> = at.mails.sent().into_iter().map(|mail| mail.subject).collect();
    assert_eq!((at.stock(dress).await, mails), ((1, 0), vec!["Bestelling AG100001 is vervallen".to_owned()]));
}

#[tokio::test]
async fn an_order_paid_by_two_attempts_is_sold_once_and_a_person_pays_one_back() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 2).await;
    let mut marieke = at.browser();
    let number = marieke.buy(dress, Method::Ideal).await;
    at.shop.pay_again(&marieke.visitor().await, &number, "card").await.unwrap();

    at.at_the_provider("AG100001P1", Outcome::Pay).await;
    at.at_the_provider("AG100001P2", Outcome::Pay).await;

    assert_eq!(at.attempt_states(&number).await, ["paid", "paid"]);
    assert_eq!(at.tasks().await, [("paid_twice".to_owned(), "AG100001P2 received 49.90".to_owned())]);
    assert_eq!(at.order(&number).await.method, Method::Ideal);
    assert_eq!(at.stock(dress).await, (1, 0));
    assert_eq!((at.movements().await.len(), at.mails.sent().len()), (1, 1));
}

#[tokio::test]
async fn another_amount_is_a_task_and_not_a_payment_however_often_it_is_told() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 1).await;
    let number = at.browser().buy(dress, Method::Ideal).await;
    at.sandbox.rabo().outcome_paying("AG100001P1", Outcome::Pay, Some(4900)).await.unwrap();
    assert!(at.notice_arrives().await);
    at.run_jobs().await;

    assert_eq!(at.order(&number).await.state.name(), "awaiting_payment");
    assert_eq!(at.attempt_states(&number).await, ["open"]);
    let task = ("amount_mismatch".to_owned(), "AG100001P1: paid 49.00, owed 49.90".to_owned());
    assert_eq!(at.tasks().await, std::slice::from_ref(&task));
    assert_eq!((at.stock(dress).await, at.mails.sent()), ((1, 1), vec![]));

    at.sandbox.rabo().repeat("AG100001P1").await;
    assert!(at.notice_arrives().await);
    at.run_jobs().await;
    assert_eq!(at.tasks().await, [task]);
}

#[tokio::test]
async fn a_forged_notice_is_refused_and_changes_nothing() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 1).await;
    let number = at.browser().buy(dress, Method::Ideal).await;
    at.sandbox.rabo().outcome("AG100001P1", Outcome::Pay).await.unwrap();
    let before = at.everything().await;

    fault(&at, FaultKind::WrongSignature);
    assert!(!at.notice_arrives().await);
    for (provider, body) in [("omnikassa", "<html>"), ("bank_transfer", "{}"), ("nobody", "{}")] {
        let raw = RawNotice { headers: &[], body: body.as_bytes() };
        assert_eq!(at.shop.notice(provider, raw).await, Err(NoticeError::Malformed), "{provider}");
    }
    assert_eq!(at.everything().await, before);

    assert!(at.notice_arrives().await);
    at.run_jobs().await;
    assert_eq!(at.order(&number).await.state.name(), "paid", "the genuine one still works");
}

#[tokio::test]
async fn results_under_a_wrong_signature_are_not_believed_and_fetched_again() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 1).await;
    let number = at.browser().buy(dress, Method::Ideal).await;
    fault(&at, FaultKind::WrongPullSignature);

    at.at_the_provider("AG100001P1", Outcome::Pay).await;
    assert_eq!(at.order(&number).await.state.name(), "awaiting_payment");
    assert_eq!(at.jobs().await, ["ask", "pull"]);

    at.advance(Seconds(10)).await;
    at.run_jobs().await;
    assert_eq!(at.order(&number).await.state.name(), "paid");
}

#[tokio::test]
async fn a_return_with_a_wrong_signature_leads_nowhere() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 1).await;
    at.browser().buy(dress, Method::Ideal).await;
    fault(&at, FaultKind::WrongReturnSignature);
    let settled = at.sandbox.rabo().outcome("AG100001P1", Outcome::Pay).await.unwrap();
    let before = at.everything().await;

    assert_eq!(at.shop.returned("omnikassa", &query_of(&settled.return_url)).await, None);

    assert_eq!(at.everything().await, before);
}

#[tokio::test]
async fn a_result_about_an_order_that_is_not_ours_does_not_cost_us_the_next_one() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 1).await;
    let number = at.browser().buy(dress, Method::Ideal).await;
    // Announced by another shop on the same contract.
    announce_elsewhere(&at, &at.order(&number).await).await;
    at.sandbox.rabo().outcome("BX555555P1", Outcome::Pay).await.unwrap();

    at.at_the_provider("AG100001P1", Outcome::Pay).await;

    assert_eq!(at.order(&number).await.state.name(), "paid");
    assert_eq!((at.count("orders").await, at.count("attempts").await, at.tasks().await), (1, 1, vec![]));
}

async fn announce_elsewhere(at: &TestShop, order: &Order) {
    let provider = at.shop.provider(Method::Ideal).unwrap();
    let attempt = Attempt {
        id: AttemptId::new(at.shop.random.id()),
        order: OrderId::new(at.shop.random.id()),
        ordinal: 1,
        method: Method::Ideal,
        amount: TOTAL,
        reference: "BX555555P1".to_owned(),
        provider_id: None,
        pay_url: None,
        state: AttemptState::Created,
        created_at: NOW,
        version: 1,
    };
    let return_url = "https://elders.example/terug".to_owned();
    let wish = Wish {
        attempt: &attempt,
        order,
        proven_return_url: return_url.clone(),
        stopped_return_url: return_url.clone(),
        notice_url: return_url.clone(),
        return_url,
    };
    provider.start(&wish).await.unwrap();
}
