//! At night what the providers saw is laid beside the books, and what differs is a task, once. Promises that end soon are kept longer.

use crate::support::*;
use serde_json::json;
use shop_core::money::Money;
use shop_core::order::refund::RefundWish;
use shop_core::order::{OrderNumber, Tracking};
use shop_core::payment::Method;
use shop_core::time::{Day, Seconds};
use shop_sandbox::{Fault, FaultKind, Outcome, klarna, paypal};
use wiremock::matchers::path;
use wiremock::{Mock, MockServer, ResponseTemplate};

/// The day on which everything is bought, and the morning after.
const TODAY: Day = Day { year: 2026, month: 11, day: 24 };
const UNTIL_MORNING: Seconds = Seconds::hours(9);

impl TestShop {
    async fn paid_with(&self, method: Method) -> OrderNumber {
        let dress = self.dress(1, 9).await;
        let number = self.browser().buy(dress, method).await;
        let reference = self.attempts(&number).await[0].reference.clone();
        match method {
            Method::PayPal => {
                self.sandbox.paypal().outcome(&reference, paypal::Outcome::Pay).await.unwrap();
            }
            Method::Klarna => {
                self.sandbox.klarna().outcome(number.as_str(), klarna::Outcome::Approve).await.unwrap();
            }
            _ => {
                self.sandbox.rabo().outcome(&reference, Outcome::Pay).await.unwrap();
            }
        }
        self.shop.ask(self.attempts(&number).await[0].id).await.unwrap();
        assert_eq!(self.order(&number).await.state.name(), "paid");
        number
    }

    async fn compared(&self) -> Vec<(String, u32)> {
        let health = self.shop.store.read().await.unwrap().health().await.unwrap();
        let compared = health.into_iter().filter_map(|one| Some((one.provider, one.compared?)));
        compared.filter(|(_, (day, _))| *day == TODAY).map(|(provider, (_, count))| (provider, count)).collect()
    }

    fn all_equal() -> Vec<(String, u32)> {
        ["klarna", "omnikassa", "paypal"].map(|name| (name.to_owned(), 0)).to_vec()
    }
}

#[tokio::test]
async fn a_day_on_which_all_went_well_has_no_differences() {
    let at = TestShop::with_paypal().await;
    let mut bought = Vec::new();
    for method in [Method::Ideal, Method::Card, Method::PayPal, Method::Klarna] {
        bought.push(at.paid_with(method).await);
    }
    at.shop.ship("Ineke", &bought[3], Tracking::parse("3SABCD1234567").unwrap()).await.unwrap();
    at.run_jobs().await;
    for number in [&bought[0], &bought[2], &bought[3]] {
        let wish = RefundWish::Amount { amount: Money::cents(500), reason: "knoopje".to_owned() };
        at.refund(number, wish).await.unwrap();
    }
    at.run_jobs().await;
    assert_eq!(at.compared().await, [], "the day is not over");

    at.advance(UNTIL_MORNING).await;
    at.run_jobs().await;

    assert_eq!(at.compared().await, TestShop::all_equal());
    assert_eq!(at.tasks().await, []);
}

#[tokio::test]
async fn money_that_we_never_heard_of_is_found_at_night() {
    let at = TestShop::with_paypal().await;
    let dress = at.dress(1, 9).await;
    at.paid_with(Method::Ideal).await;
    // Refused, and paid all the same: no notice, and nobody asks any more.
    let ideal = at.browser().buy(dress, Method::Ideal).await;
    at.sandbox.rabo().outcome("AG100002P1", Outcome::Pay).await.unwrap();
    let paypal_order = at.paid_with(Method::PayPal).await;
    // Somebody pays back in the dashboard of the provider.
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    give_back_at_paypal(&at, &http, "AG100003P1", "10.00").await;
    let mut attempt = at.attempts(&ideal).await.remove(0);
    attempt.state = shop_core::payment::AttemptState::Failed { at: NOW };
    let mut tx = at.shop.store.begin().await.unwrap();
    tx.save_attempt(&mut attempt).await.unwrap();
    tx.commit().await.unwrap();

    at.shop.compare_day("omnikassa", TODAY).await.unwrap();
    at.shop.compare_day("paypal", TODAY).await.unwrap();
    at.shop.compare_day("omnikassa", TODAY).await.unwrap();
    at.shop.compare_day("paypal", TODAY).await.unwrap();

    let task = |detail: &str| ("difference".to_owned(), detail.to_owned());
    assert_eq!(
        at.tasks().await,
        [
            task("omnikassa on 2026-11-24: AG100002P1 there 49.90, here 0.00"),
            task("paypal on 2026-11-24: AG100003P1 there -10.00, here 0.00"),
        ]
    );
    assert!(at.timeline(&paypal_order).await.contains(&"difference".to_owned()));
}

#[tokio::test]
async fn a_payment_around_midnight_is_no_difference() {
    let at = TestShop::with_paypal().await;
    let dress = at.dress(1, 9).await;
    let number = at.browser().buy(dress, Method::PayPal).await;
    let attempt = at.attempts(&number).await[0].id;
    at.sandbox.paypal().outcome("AG100001P1", paypal::Outcome::Pending).await.unwrap();
    at.shop.ask(attempt).await.unwrap();
    // 20.14 to 23.59: the money arrives before midnight, and we hear of it after.
    at.advance(Seconds::minutes(225)).await;
    at.sandbox.paypal().outcome("AG100001P1", paypal::Outcome::Clear).await.unwrap();
    at.advance(Seconds::minutes(2)).await;
    at.shop.ask(attempt).await.unwrap();
    assert_eq!(at.order(&number).await.state.name(), "paid");

    at.advance(UNTIL_MORNING).await;
    at.run_jobs().await;
    at.advance(Seconds::days(1)).await;
    at.run_jobs().await;

    assert_eq!(at.tasks().await, []);
}

#[tokio::test]
async fn a_provider_that_does_not_answer_at_night_is_asked_again() {
    let at = TestShop::with_paypal().await;
    at.paid_with(Method::PayPal).await;
    at.sandbox.rabo().faults().add(Fault::on_path(FaultKind::ServerError, 1, "reporting"));

    at.advance(UNTIL_MORNING).await;
    at.run_jobs().await;
    at.advance(Seconds::minutes(1)).await;
    at.run_jobs().await;

    assert_eq!(at.compared().await, TestShop::all_equal());
    assert_eq!(at.tasks().await, []);
}

#[tokio::test]
async fn a_list_that_is_not_shown_to_us_is_one_task() {
    let sandbox = MockServer::start().await;
    let token = json!({ "access_token": "t", "expires_in": 32400 });
    Mock::given(path("/v1/oauth2/token"))
        .respond_with(ResponseTemplate::new(200).set_body_json(token))
        .mount(&sandbox)
        .await;
    let refusal = json!({ "name": "NOT_AUTHORIZED", "message": "m", "debug_id": "d", "details": [] });
    Mock::given(path("/v1/reporting/transactions"))
        .respond_with(ResponseTemplate::new(403).set_body_json(refusal))
        .mount(&sandbox)
        .await;
    let at = TestShop::with_paypal_at(&sandbox.uri()).await;

    at.shop.compare_day("paypal", TODAY).await.unwrap();
    at.shop.compare_day("paypal", TODAY.plus_days(-1)).await.unwrap();

    assert_eq!(at.tasks().await, [("no_list".to_owned(), "paypal".to_owned())]);
    assert_eq!(at.compared().await, [], "nothing was compared");
}

#[tokio::test]
async fn a_promise_that_ends_soon_is_kept_longer_and_otherwise_it_is_a_task() {
    let at = TestShop::with_paypal().await;
    let number = at.paid_with(Method::Klarna).await;
    let ends = || at.sandbox.klarna().orders()[0].expires_at;
    let first = ends();
    at.advance(Seconds::days(20)).await;
    at.shop.compare_day("klarna", TODAY).await.unwrap();
    assert_eq!((ends(), at.tasks().await), (first, vec![]), "eight days are enough");

    at.advance(Seconds::days(2)).await;
    at.shop.compare_day("klarna", TODAY).await.unwrap();
    assert!(ends() > first, "Klarna was asked to keep it");
    assert_eq!(at.tasks().await, []);

    // A contract that does not allow it: Klarna says yes, and the end stays near.
    let mut habits = at.sandbox.klarna().settings();
    habits.authorization_days = 1;
    at.sandbox.klarna().set_settings(habits);
    at.advance(Seconds::days(23)).await;
    at.shop.compare_day("klarna", TODAY).await.unwrap();
    at.shop.compare_day("klarna", TODAY).await.unwrap();
    assert_eq!(at.tasks().await, [("promise_ends".to_owned(), "AG100001P1 ends 2027-01-13".to_owned())]);

    at.shop.ship("Ineke", &number, Tracking::parse("3SABCD1234567").unwrap()).await.unwrap();
    at.run_jobs().await;
    at.shop.compare_day("klarna", TODAY).await.unwrap();
    assert_eq!(at.tasks().await.len(), 1, "what was taken is not looked after any more");
}

async fn give_back_at_paypal(at: &TestShop, http: &reqwest::Client, invoice: &str, amount: &str) {
    let url = |path: &str| format!("http://{}{path}", at.sandbox.http_addr());
    let token: serde_json::Value = http
        .post(url("/v1/oauth2/token"))
        .basic_auth(paypal::DEMO_CLIENT_ID, Some(paypal::DEMO_CLIENT_SECRET))
        .body("grant_type=client_credentials")
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    let capture = at.sandbox.paypal().order(invoice).unwrap().capture.unwrap().id;
    let done = http
        .post(url(&format!("/v2/payments/captures/{capture}/refund")))
        .bearer_auth(token["access_token"].as_str().unwrap())
        .json(&serde_json::json!({ "amount": { "currency_code": "EUR", "value": amount } }))
        .send()
        .await
        .unwrap();
    assert!(done.status().is_success(), "{}", done.status());
}
