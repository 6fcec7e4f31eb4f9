//! Providers know more than a shop may keep: whose account paid, her card, her name, what they think of her. Here they tell all of
//! it, in every answer, notice and return, and nothing of it is found anywhere afterwards: of a payment only the method is stored.

use crate::support::*;
use reqwest::Url;
use shop_core::order::refund::RefundWish;
use shop_core::order::{OrderNumber, Tracking};
use shop_core::payment::Method;
use shop_core::time::Seconds;
use shop_sandbox::{Fault, FaultKind, Outcome, TOLD, klarna, paypal};
use std::io::Write;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// Everything that anybody in this process logs, down to the last detail.
#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Lines {
    fn listen() -> Self {
        let lines = Self::default();
        let writer = lines.clone();
        // The tests beside this one are heard too; they say none of the words that are looked for.
        tracing_subscriber::fmt().with_env_filter("trace").with_ansi(false).with_writer(move || writer.clone()).init();
        lines
    }

    fn bytes(&self) -> Vec<u8> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Lines that say this, to show that they were heard.
    fn saying(&self, words: &str) -> usize {
        String::from_utf8_lossy(&self.bytes()).lines().filter(|line| line.contains(words)).count()
    }
}

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// The words that stand in some bytes.
fn told_in(bytes: &[u8]) -> Vec<&'static str> {
    let stands = |word: &str| bytes.windows(word.len()).any(|window| window == word.as_bytes());
    TOLD.into_iter().map(|(_, word)| word).filter(|word| stands(word)).collect()
}

/// The browser comes back with an address that tells everything too.
async fn comes_back(http: &reqwest::Client, return_url: &str) {
    let mut url = Url::parse(return_url).unwrap();
    url.query_pairs_mut().extend_pairs(TOLD);
    let answer = http.get(url).send().await.unwrap();
    assert!(answer.status().is_redirection(), "{}", answer.status());
}

async fn paid_in_the_end(at: &TestShop, number: &OrderNumber) {
    for _ in 0..200 {
        at.run_jobs().await;
        if at.order(number).await.state.name() == "paid" {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("{number} is {}, {:?}", at.order(number).await.state.name(), at.attempt_states(number).await);
}

#[tokio::test]
async fn of_all_that_providers_tell_about_who_pays_only_the_method_is_kept() {
    let lines = Lines::listen();
    let at = TestShop::with_a_door().await;
    let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy().build().unwrap();
    let mut habits = at.sandbox.klarna().settings();
    (habits.callback_attempts, habits.callback_delay_ms) = (4, 0);
    at.sandbox.klarna().set_settings(habits);
    let faults = at.sandbox.rabo().faults();
    faults.add(Fault::new(FaultKind::Chatty, 1_000_000));
    let dress = at.dress(1, 9).await;
    // Without being asked politely they tell it too, so the words do leave the sandbox.
    for call in ["v2/orders/0", "v2/checkout/orders/0", "ordermanagement/v1/orders/0"] {
        let url = format!("http://{}/{call}", at.sandbox.http_addr());
        let refusal = http.get(url).send().await.unwrap().bytes().await.unwrap();
        assert!(call == "v2/orders/0" || told_in(&refusal).len() == TOLD.len(), "{call} tells too little");
    }

    // iDEAL and card, with refusals on the way.
    let mut bought = Vec::new();
    for (method, reference) in [(Method::Ideal, "AG100001P1"), (Method::Card, "AG100002P1")] {
        for (kind, path) in [(FaultKind::ServerError, "results"), (FaultKind::TooManyRequests, "refundable")] {
            faults.add(Fault::on_path(kind, 1, path));
        }
        let number = at.browser().buy(dress, method).await;
        let paid = at.sandbox.rabo().outcome(reference, Outcome::Pay).await.unwrap();
        assert!(at.notice_arrives().await, "the notice was refused");
        comes_back(&http, &paid.return_url).await;
        at.run_jobs().await;
        at.advance(Seconds::minutes(3)).await;
        paid_in_the_end(&at, &number).await;
        bought.push(number);
    }
    // PayPal: a refusal of her means first, then another try.
    let number = at.browser().buy(dress, Method::PayPal).await;
    let refused = at.sandbox.paypal().outcome("AG100003P1", paypal::Outcome::Decline).await.unwrap();
    comes_back(&http, &refused.return_url).await;
    at.run_jobs().await;
    assert_eq!(at.attempt_states(&number).await, ["failed"]);
    let number = at.browser().buy(dress, Method::PayPal).await;
    let approved = at.sandbox.paypal().outcome("AG100004P1", paypal::Outcome::Pay).await.unwrap();
    let event = at.sandbox.paypal().events().pop().unwrap();
    assert_eq!(told_in(event.body.as_bytes()).len(), TOLD.len());
    assert!(at.sandbox.paypal().resend(&event.id).await, "the webhook was refused");
    comes_back(&http, &approved.return_url).await;
    paid_in_the_end(&at, &number).await;
    for event in at.sandbox.paypal().events() {
        assert!(at.sandbox.paypal().resend(&event.id).await, "{} was refused", event.event_type);
    }
    bought.push(number);
    // Klarna, whose callbacks carry it, and who pays when the parcel leaves.
    let number = at.browser().buy(dress, Method::Klarna).await;
    let approved = at.sandbox.klarna().outcome(number.as_str(), klarna::Outcome::Approve).await.unwrap();
    comes_back(&http, &approved.return_url.unwrap()).await;
    paid_in_the_end(&at, &number).await;
    at.shop.ship("Ineke", &number, Tracking::parse("3SABCD1234567").unwrap()).await.unwrap();
    at.run_jobs().await;
    bought.push(number);
    for number in &bought {
        at.refund(number, RefundWish::Rest).await.unwrap();
    }
    for _ in 0..3 {
        at.run_jobs().await;
        at.advance(Seconds::hours(1)).await;
    }
    at.run_jobs().await;

    for number in &bought {
        assert_eq!(at.refund_states(number).await, ["done"], "{number}");
    }
    at.books_agree().await;
    assert!(at.tasks().await.is_empty(), "{:?}", at.tasks().await);
    assert_eq!(told_in(&at.files()), [""; 0], "in the database");
    assert_eq!(told_in(at.everything().await.join("\n").as_bytes()), [""; 0], "in a row");
    let mails: Vec<String> = at.mails.sent().iter().map(|mail| format!("{mail:?}")).collect();
    assert!(mails.len() >= 9, "{} mails", mails.len());
    assert_eq!(told_in(mails.join("\n").as_bytes()), [""; 0], "in a mail");
    for heard in
        ["callback of Klarna sent status=200", "the provider refused", "webhook sent status=200", "a job failed"]
    {
        assert!(lines.saying(heard) > 0, "nobody heard \"{heard}\"");
    }
    assert_eq!(told_in(&lines.bytes()), [""; 0], "in the log");
}
