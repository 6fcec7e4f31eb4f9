//! The adapter against the sandbox's Klarna, which checks every call as strictly as the manual allows.

use crate::klarna_support::{begin, ordered, trying};
use secrecy::SecretString;
use shop_core::money::Money;
use shop_core::payment::{Attempt, AttemptEvent};
use shop_flows::ports::{PaymentError, PaymentProvider, Transfer};
use shop_sandbox::klarna::{DEMO_PASSWORD, DEMO_USERNAME, Decision, OrderStatus, Outcome};
use shop_sandbox::{Fault, FaultKind, Sandbox, SandboxConfig};
use shop_server::payment::{Klarna, KlarnaConfig};

async fn desk() -> (Sandbox, Klarna) {
    shop_server::tls::install();
    let sandbox = Sandbox::start(SandboxConfig::on_free_ports()).await.unwrap();
    let config = KlarnaConfig::new(
        format!("http://{}", sandbox.http_addr()),
        SecretString::from(DEMO_USERNAME),
        SecretString::from(DEMO_PASSWORD),
    );
    // Nobody listens at the shop's address.
    let mut settings = sandbox.klarna().settings();
    settings.callback_attempts = 0;
    sandbox.klarna().set_settings(settings);
    (sandbox, Klarna::new(config).unwrap())
}

async fn begun(provider: &Klarna) -> Attempt {
    let started = begin(provider, &trying(), &ordered()).await.unwrap();
    Attempt { provider_id: started.provider_id, pay_url: started.pay_url, ..trying() }
}

async fn event(provider: &Klarna, attempt: &Attempt) -> AttemptEvent {
    provider.status(attempt, &ordered()).await.unwrap().unwrap().event
}

#[tokio::test]
async fn an_order_is_approved_placed_captured_and_partly_given_back() {
    let (sandbox, provider) = desk().await;
    let attempt = begun(&provider).await;
    assert_eq!(event(&provider, &attempt).await, AttemptEvent::Opened);
    sandbox.klarna().outcome("AG100042", Outcome::Approve).await.unwrap();

    let first = provider.status(&attempt, &ordered()).await.unwrap().unwrap();
    let again = provider.status(&attempt, &ordered()).await.unwrap().unwrap();

    assert_eq!((first.event, first.paid), (AttemptEvent::Paid, Money::cents(7980)));
    assert_eq!(first, again);
    assert_eq!(sandbox.klarna().orders().len(), 1);
    let transaction = first.transaction.unwrap();
    let order = ordered();
    let transfer = |cents, key| Transfer { order: &order, transaction: &transaction, amount: Money::cents(cents), key };
    let capture = provider.capture(&transfer(7980, "ship")).await.unwrap();
    assert_eq!(provider.capture(&transfer(7980, "ship")).await, Ok(capture));
    let refund = provider.refund(&transfer(1495, "return")).await.unwrap();
    assert_eq!(provider.refund(&transfer(1495, "return")).await, Ok(refund.clone()));
    provider.refund_standing(&transaction, &refund.id).await.unwrap();
    let sums = sandbox.klarna().sums().remove(0);
    assert_eq!((sums.captured, sums.invoices, sums.refunded), (7980, 1, 1495));
    assert!(sandbox.klarna().orders()[0].acknowledged);
    sandbox.stop().await;
}

#[tokio::test]
async fn each_end_of_the_page_is_heard() {
    let (sandbox, provider) = desk().await;
    let mut heard = Vec::new();

    for outcome in [Outcome::Decline, Outcome::Cancel, Outcome::Back, Outcome::Expire, Outcome::Open] {
        let attempt = begun(&provider).await;
        sandbox.klarna().outcome("AG100042", outcome).await.unwrap();
        heard.push(event(&provider, &attempt).await);
    }

    use AttemptEvent::{Cancelled, Expired, Failed, Opened};
    assert_eq!(heard, [Failed, Cancelled, Cancelled, Expired, Opened]);
    assert_eq!(sandbox.klarna().orders(), []);
}

#[tokio::test]
async fn an_order_under_review_stays_open_until_klarna_decides() {
    for (decision, end) in [(Decision::Accept, AttemptEvent::Paid), (Decision::Reject, AttemptEvent::Failed)] {
        let (sandbox, provider) = desk().await;
        let attempt = begun(&provider).await;
        sandbox.klarna().outcome("AG100042", Outcome::ApprovePending).await.unwrap();

        assert_eq!(event(&provider, &attempt).await, AttemptEvent::Opened);
        sandbox.klarna().decide("AG100042", decision).await.unwrap();

        assert_eq!(event(&provider, &attempt).await, end);
        assert_eq!(sandbox.klarna().orders().len(), 1);
    }
}

#[tokio::test]
async fn a_lost_answer_to_placing_is_found_again_and_nothing_is_placed_twice() {
    let (sandbox, provider) = desk().await;
    let attempt = begun(&provider).await;
    sandbox.klarna().outcome("AG100042", Outcome::Approve).await.unwrap();
    sandbox.klarna().faults().add(Fault::on_path(FaultKind::ResetAfterWrite, 1, "/authorizations/"));

    let lost = provider.status(&attempt, &ordered()).await.unwrap_err();
    assert!(matches!(lost, PaymentError::OutcomeUnknown(_)), "{lost}");

    assert_eq!(event(&provider, &attempt).await, AttemptEvent::Paid);
    assert_eq!(sandbox.klarna().orders().len(), 1);
}

#[tokio::test]
async fn an_approval_that_nobody_placed_in_time_is_over() {
    let (sandbox, provider) = desk().await;
    let attempt = begun(&provider).await;
    sandbox.klarna().outcome("AG100042", Outcome::Approve).await.unwrap();
    sandbox.klarna().clock().set_offset_seconds(61 * 60);

    assert_eq!(event(&provider, &attempt).await, AttemptEvent::Expired);
    assert_eq!(sandbox.klarna().orders(), []);
}

#[tokio::test]
async fn a_promise_can_be_let_go_twice() {
    let (sandbox, provider) = desk().await;
    let attempt = begun(&provider).await;
    sandbox.klarna().outcome("AG100042", Outcome::Approve).await.unwrap();
    let transaction = provider.status(&attempt, &ordered()).await.unwrap().unwrap().transaction.unwrap();

    provider.release(&transaction, "end").await.unwrap();
    provider.release(&transaction, "end").await.unwrap();

    assert_eq!(sandbox.klarna().order(&transaction).unwrap().status, OrderStatus::Cancelled);
    assert_eq!(event(&provider, &attempt).await, AttemptEvent::Cancelled);
}
