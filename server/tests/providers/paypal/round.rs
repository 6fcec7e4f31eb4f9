//! Once round with the sandbox, over real connections.

use super::*;
use shop_core::money::Money;
use shop_core::payment::AttemptEvent;
use shop_core::time::Day;
use shop_sandbox::paypal::Outcome;
use shop_sandbox::{Fault, FaultKind, Sandbox, SandboxConfig};
use wiremock::Request;

const WEBHOOK: &str = "/webhooks/paypal";

/// A sandbox with a webhook that remembers its calls, and a provider that points at it.
async fn round() -> (Sandbox, MockServer, PayPal) {
    shop_server::tls::install();
    let shop = MockServer::start().await;
    Mock::given(path(WEBHOOK)).respond_with(ResponseTemplate::new(200)).mount(&shop).await;
    let mut config = SandboxConfig::on_free_ports();
    config.paypal.notify_url = format!("{}{WEBHOOK}", shop.uri());
    let sandbox = Sandbox::start(config).await.unwrap();
    let provider = paypal(&format!("http://{}", sandbox.http_addr()));
    (sandbox, shop, provider)
}

async fn begun(provider: &PayPal) -> Attempt {
    let started = start(provider, &new_attempt()).await.unwrap();
    let state = AttemptState::Open;
    Attempt { provider_id: started.provider_id, pay_url: started.pay_url, state, ..new_attempt() }
}

/// The webhook calls, once there are this many.
async fn notified(shop: &MockServer, count: usize) -> Vec<Request> {
    for _ in 0..100 {
        let requests = shop.received_requests().await.unwrap();
        if requests.len() >= count {
            return requests;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("no {count} notices came");
}

#[tokio::test]
async fn a_payment_goes_round_and_comes_back() {
    let (sandbox, shop, provider) = round().await;
    let attempt = begun(&provider).await;
    let waiting = status(&provider, &attempt).await.unwrap().unwrap();
    assert_eq!((waiting.event, waiting.paid), (AttemptEvent::Opened, Money::ZERO));

    let settled = sandbox.paypal().outcome(&attempt.reference, Outcome::Pay).await.unwrap();
    assert!(settled.return_url.starts_with(&format!("{PROVEN}&token=")), "{}", settled.return_url);
    let paid = status(&provider, &attempt).await.unwrap().unwrap();
    let again = status(&provider, &attempt).await.unwrap().unwrap();

    assert_eq!((paid.event, paid.paid), (AttemptEvent::Paid, Money::cents(5485)));
    assert_eq!(paid, again);
    assert_eq!(sandbox.paypal().totals().completed, 5485);
    for request in notified(&shop, 2).await {
        let (_, reference) = read_notice(&provider, &request.headers, &request.body).await.unwrap();
        assert_eq!(reference.as_deref(), Some("AG100042P1"));
    }
    let capture = paid.transaction.unwrap();
    let first = refund(&provider, &capture, 5000, "refund-1").await.unwrap();
    let repeated = refund(&provider, &capture, 5000, "refund-1").await.unwrap();
    assert_eq!(first, repeated);
    assert_eq!(provider.refund_standing(&capture, &first.id).await, Ok(RefundStanding::Done));
    let too_much = refund(&provider, &capture, 486, "refund-2").await;
    assert_eq!(too_much, Err(PaymentError::Declined("REFUND_AMOUNT_EXCEEDED".to_owned())));
    assert_eq!(sandbox.paypal().totals().refunded, 5000);
    sandbox.stop().await;
}

#[tokio::test]
async fn declined_is_failed_and_slow_stays_open_until_the_money_is_there() {
    let (sandbox, _shop, provider) = round().await;
    let attempt = begun(&provider).await;
    sandbox.paypal().outcome(&attempt.reference, Outcome::Decline).await.unwrap();
    let declined = status(&provider, &attempt).await.unwrap().unwrap();
    assert_eq!(declined.event, AttemptEvent::Failed);

    sandbox.paypal().outcome(&attempt.reference, Outcome::Pending).await.unwrap();
    let slow = status(&provider, &attempt).await.unwrap().unwrap();
    assert_eq!((slow.event, slow.paid), (AttemptEvent::Opened, Money::ZERO));
    sandbox.paypal().outcome(&attempt.reference, Outcome::Clear).await.unwrap();
    let cleared = status(&provider, &attempt).await.unwrap().unwrap();

    assert_eq!((cleared.event, cleared.paid), (AttemptEvent::Paid, Money::cents(5485)));
    sandbox.stop().await;
}

#[tokio::test]
async fn a_capture_whose_answer_was_lost_is_taken_once() {
    let (sandbox, _shop, provider) = round().await;
    let attempt = begun(&provider).await;
    sandbox.paypal().outcome(&attempt.reference, Outcome::Pay).await.unwrap();
    sandbox.rabo().faults().add(Fault::on_path(FaultKind::ResetAfterWrite, 1, "capture"));

    let lost = status(&provider, &attempt).await.unwrap_err();
    let found = status(&provider, &attempt).await.unwrap().unwrap();

    assert!(matches!(lost, PaymentError::OutcomeUnknown(_)), "{lost}");
    assert_eq!((found.event, found.paid), (AttemptEvent::Paid, Money::cents(5485)));
    assert_eq!(sandbox.paypal().totals().orders[0].paid_times, 1);
    sandbox.stop().await;
}

#[tokio::test]
async fn a_start_whose_answer_was_lost_is_the_same_order_when_repeated() {
    let (sandbox, _shop, provider) = round().await;
    sandbox.rabo().faults().add(Fault::on_path(FaultKind::ResetAfterWrite, 1, "checkout/orders"));

    let lost = start(&provider, &new_attempt()).await.unwrap_err();
    let attempt = begun(&provider).await;

    assert!(matches!(lost, PaymentError::OutcomeUnknown(_)), "{lost}");
    assert_eq!(sandbox.paypal().orders().len(), 1);
    assert_eq!(attempt.provider_id, Some(sandbox.paypal().orders()[0].id.clone()));
    sandbox.stop().await;
}

#[tokio::test]
async fn a_forged_notice_is_refused_and_the_good_one_after_it_is_not() {
    let (sandbox, shop, provider) = round().await;
    sandbox.rabo().faults().add(Fault::new(FaultKind::WrongSignature, 1));
    let attempt = begun(&provider).await;
    sandbox.paypal().outcome(&attempt.reference, Outcome::Approve).await.unwrap();
    let forged = notified(&shop, 1).await.remove(0);

    assert!(read_notice(&provider, &forged.headers, &forged.body).await.is_err());
    let event = sandbox.paypal().events().remove(0);
    assert!(sandbox.paypal().resend(&event.id).await);
    let good = notified(&shop, 2).await.remove(1);
    assert_eq!(read_notice(&provider, &good.headers, &good.body).await.unwrap().0, event.id);
    sandbox.stop().await;
}

#[tokio::test]
async fn the_list_of_a_day_is_what_came_in_and_went_back() {
    let (sandbox, _shop, provider) = round().await;
    sandbox.rabo().clock().set_now("2026-11-24T19:14:00Z".parse().unwrap());
    let attempt = begun(&provider).await;
    sandbox.paypal().outcome(&attempt.reference, Outcome::Pay).await.unwrap();
    let paid = status(&provider, &attempt).await.unwrap().unwrap();
    let capture = paid.transaction.unwrap();
    refund(&provider, &capture, 1995, "refund-1").await.unwrap();

    let day = provider.day(Day { year: 2026, month: 11, day: 24 }).await.unwrap().unwrap();
    let before = provider.day(Day { year: 2026, month: 11, day: 23 }).await.unwrap().unwrap();

    let moved: Vec<_> = day.iter().map(|booked| (booked.reference.as_str(), booked.amount)).collect();
    assert_eq!(moved, [("AG100042P1", Money::cents(5485)), ("AG100042P1", Money::cents(-1995))]);
    assert!((0..60).contains(&day[0].at.since(NOW).0), "{:?}", day[0].at);
    assert_eq!(before, []);

    sandbox.rabo().clock().set_now("2026-11-25T10:00:00Z".parse().unwrap());
    refund(&provider, &capture, 500, "refund-2").await.unwrap();
    let after = provider.day(Day { year: 2026, month: 11, day: 25 }).await.unwrap().unwrap();
    let moved: Vec<_> = after.iter().map(|booked| (booked.reference.as_str(), booked.amount)).collect();
    assert_eq!(moved, [("AG100042P1", Money::cents(-500))]);
    sandbox.stop().await;
}
