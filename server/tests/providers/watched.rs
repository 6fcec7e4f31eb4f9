//! What is written down about providers: when they answered, what went wrong and since when; and whether they let us in.

use crate::support::*;
use secrecy::SecretString;
use shop_core::order::OrderState;
use shop_core::payment::{Attempt, AttemptState, Method};
use shop_core::time::{Seconds, Timestamp};
use shop_flows::ports::{Failing, PaymentError, PaymentProvider, ProviderHealth, Store};
use shop_sandbox::{DEMO_REFRESH_TOKEN, DEMO_SIGNING_KEY, Fault, FaultKind, Sandbox, SandboxConfig, klarna, paypal};
use shop_server::payment::{
    CertificateSource, Klarna, KlarnaConfig, OmniKassa, OmniKassaConfig, PayPal, PayPalConfig, Watched,
};
use std::sync::Arc;

struct At {
    sandbox: Sandbox,
    store: Arc<dyn Store>,
    clock: Arc<TestClock>,
    _folder: tempfile::TempDir,
}

impl At {
    async fn open() -> Self {
        shop_server::tls::install();
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("shop.db").display());
        let sandbox = Sandbox::start(SandboxConfig::on_free_ports()).await.unwrap();
        sandbox.rabo().clock().set_now(jiff::Timestamp::from_microsecond(NOW.micros()).unwrap());
        Self {
            sandbox,
            store: shop_server::store::open(&url).await.unwrap(),
            clock: TestClock::at(NOW),
            _folder: folder,
        }
    }

    fn url(&self) -> String {
        format!("http://{}", self.sandbox.http_addr())
    }

    fn omnikassa(&self, refresh_token: &str) -> OmniKassa {
        let token = SecretString::from(refresh_token);
        let config = OmniKassaConfig::new(self.url(), token, SecretString::from(DEMO_SIGNING_KEY));
        OmniKassa::new(config, self.clock.clone()).unwrap()
    }

    fn paypal(&self, secret: &str) -> PayPal {
        let config = PayPalConfig::new(
            self.url(),
            SecretString::from(paypal::DEMO_CLIENT_ID),
            SecretString::from(secret),
            SecretString::from(paypal::DEMO_WEBHOOK_ID),
            CertificateSource::PayPal,
        );
        PayPal::new(config, self.clock.clone()).unwrap()
    }

    fn klarna(&self, password: &str) -> Klarna {
        let name = SecretString::from(klarna::DEMO_USERNAME);
        Klarna::new(KlarnaConfig::new(self.url(), name, SecretString::from(password))).unwrap()
    }

    fn watched(&self, provider: impl PaymentProvider + 'static) -> Watched {
        Watched::new(Arc::new(provider), self.store.clone(), self.clock.clone())
    }

    async fn health(&self) -> Vec<ProviderHealth> {
        self.store.read().await.unwrap().health().await.unwrap()
    }
}

#[tokio::test]
async fn every_provider_says_whether_it_lets_the_shop_in() {
    let at = At::open().await;

    assert_eq!(at.omnikassa(DEMO_REFRESH_TOKEN).let_in().await, Ok(()));
    assert_eq!(at.paypal(paypal::DEMO_CLIENT_SECRET).let_in().await, Ok(()));
    assert_eq!(at.klarna(klarna::DEMO_PASSWORD).let_in().await, Ok(()));
    for refused in [
        at.omnikassa("eyJhbGciOiJub25lIn0.wrong.token").let_in().await,
        at.paypal("a-secret-of-somebody-else").let_in().await,
        at.klarna("klarna_test_api_wrong").let_in().await,
    ] {
        let error = refused.unwrap_err();
        assert!(matches!(error, PaymentError::Credentials(_)), "{error}");
        assert!(!error.to_string().contains("wrong") && !error.to_string().contains("somebody"), "{error}");
    }
}

#[tokio::test]
async fn an_outage_is_written_down_with_its_kind_and_its_beginning() {
    let at = At::open().await;
    let provider = at.watched(at.omnikassa(DEMO_REFRESH_TOKEN));
    let asked = Attempt {
        provider_id: Some("1d0a95f4-2589-439b-9562-c50aa19f9caf".to_owned()),
        state: AttemptState::Open,
        ..attempt()
    };
    let ours = order(Method::Ideal, OrderState::AwaitingPayment { until: NOW });
    let later = |minutes| NOW.plus(Seconds::minutes(minutes));
    let known = |answered: Timestamp, failed, since| ProviderHealth {
        answered_at: Some(answered),
        failed,
        failing_since: since,
        ..ProviderHealth::unknown("omnikassa")
    };

    assert_eq!(provider.status(&asked, &ours).await, Ok(None));
    assert_eq!(at.health().await, [known(NOW, None, None)]);

    for minute in [1, 2] {
        at.clock.set(later(minute));
        at.sandbox.rabo().faults().add(Fault::new(FaultKind::ServerError, 1));
        assert!(provider.status(&asked, &ours).await.is_err());
    }
    let unclear = |minute| Some((Failing::Unclear, later(minute)));
    assert_eq!(at.health().await, [known(NOW, unclear(2), Some(later(1)))]);

    // A shop that starts again knows since when it lasts.
    let provider = at.watched(at.omnikassa(DEMO_REFRESH_TOKEN));
    at.clock.set(later(3));
    at.sandbox.rabo().faults().add(Fault::new(FaultKind::TooManyRequests, 1));
    assert!(provider.status(&asked, &ours).await.is_err());
    let busy = Some((Failing::Unavailable, later(3)));
    assert_eq!(at.health().await, [known(NOW, busy, Some(later(1)))]);

    at.clock.set(later(4));
    assert_eq!(provider.status(&asked, &ours).await, Ok(None));
    assert_eq!(at.health().await, [known(later(4), busy, None)]);
}

#[tokio::test]
async fn answers_that_change_nothing_are_written_down_once_a_minute() {
    let at = At::open().await;
    let provider = at.watched(at.klarna(klarna::DEMO_PASSWORD));

    for second in [0, 20, 40] {
        at.clock.set(NOW.plus(Seconds(second)));
        provider.let_in().await.unwrap();
        assert_eq!(at.health().await[0].answered_at, Some(NOW));
    }
    at.clock.set(NOW.plus(Seconds(60)));
    provider.let_in().await.unwrap();
    assert_eq!(at.health().await[0].answered_at, Some(NOW.plus(Seconds(60))));
}
