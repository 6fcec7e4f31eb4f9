//! What a notice proves: a signature over its delivery, under a certificate of PayPal that is good today.

use super::*;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::HeaderName;
use ring::rand::SystemRandom;
use ring::signature::{RSA_PKCS1_SHA256, RsaKeyPair};
use shop_core::time::{Seconds, Timestamp};
use shop_sandbox::paypal::signed_message;

const CERTIFICATE: &str = "/v1/notifications/certs/CERT-SANDBOX-0001";
const CHAIN: &str = include_str!("../../../../crates/sandbox/src/paypal/keys/chain.pem");
const KEY: &str = include_str!("../../../../crates/sandbox/src/paypal/keys/signing-key.pem");
const EXPIRED: &str = include_str!("../../fixtures/paypal/expired.pem");
const OF_A_STRANGER: &str = include_str!("../../fixtures/paypal/stranger.pem");
const UNDER_ANOTHER_ROOT: &str = include_str!("../../fixtures/paypal/untrusted.pem");
const BODY: &[u8] = br#"{"id":"WH-1","event_type":"PAYMENT.CAPTURE.COMPLETED","resource":{"id":"3C679366HH908993F","invoice_id":"AG100042P1","payer":{"email_address":"marieke@voorbeeld.nl"}}}"#;

fn sign(message: &str) -> String {
    let der: String = KEY.lines().filter(|line| !line.starts_with("-----")).collect();
    let key = RsaKeyPair::from_pkcs8(&STANDARD.decode(der).unwrap()).unwrap();
    let mut signature = vec![0; key.public().modulus_len()];
    key.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), message.as_bytes(), &mut signature).unwrap();
    STANDARD.encode(signature)
}

/// A delivery of the body to this webhook, signed by the key of the sandbox, under the certificate at this address.
fn delivered(webhook_id: &str, certificate: &str, body: &[u8]) -> HeaderMap {
    let (id, time) = ("b0fb9b50-1567-11f1-8d5e-f3f6f2a6a001", "2026-11-24T19:14:00Z");
    let signature = sign(&signed_message(id, time, webhook_id, body));
    [
        ("paypal-transmission-id", id),
        ("paypal-transmission-time", time),
        ("paypal-transmission-sig", &signature),
        ("paypal-cert-url", certificate),
        ("paypal-auth-algo", "SHA256withRSA"),
    ]
    .into_iter()
    .map(|(name, value)| (HeaderName::from_static(name), value.parse().unwrap()))
    .collect()
}

async fn serving(chain: &str) -> (MockServer, String) {
    let server = MockServer::start().await;
    also(&server, "GET", CERTIFICATE, ResponseTemplate::new(200).set_body_string(chain)).await;
    let address = format!("{}{CERTIFICATE}", server.uri());
    (server, address)
}

#[tokio::test]
async fn a_genuine_notice_names_its_attempt_and_its_certificate_is_fetched_once() {
    let (server, certificate) = serving(CHAIN).await;
    let provider = paypal(&server.uri());
    let headers = delivered(DEMO_WEBHOOK_ID, &certificate, BODY);

    for _ in 0..2 {
        let notice = read_notice(&provider, &headers, BODY).await.unwrap();
        assert_eq!(notice, ("WH-1".to_owned(), Some("AG100042P1".to_owned())));
    }

    assert_eq!(calls(&server, CERTIFICATE).await, 1);
}

#[tokio::test]
async fn a_changed_body_another_webhook_or_another_time_is_forged() {
    let (server, certificate) = serving(CHAIN).await;
    let provider = paypal(&server.uri());
    let good = delivered(DEMO_WEBHOOK_ID, &certificate, BODY);
    let elsewhere = delivered("WEBHOOK-OF-ANOTHER-SHOP", &certificate, BODY);
    let mut later = good.clone();
    later.insert("paypal-transmission-time", "2026-11-24T19:14:01Z".parse().unwrap());
    let changed = String::from_utf8_lossy(BODY).replace("P1", "P2");

    assert_eq!(read_notice(&provider, &good, changed.as_bytes()).await, Err(NoticeError::Forged));
    assert_eq!(read_notice(&provider, &elsewhere, BODY).await, Err(NoticeError::Forged));
    assert_eq!(read_notice(&provider, &later, BODY).await, Err(NoticeError::Forged));
    assert_eq!(read_notice(&provider, &HeaderMap::new(), BODY).await, Err(NoticeError::Malformed));
    let html = delivered(DEMO_WEBHOOK_ID, &certificate, b"<html>");
    assert_eq!(read_notice(&provider, &html, b"<html>").await, Err(NoticeError::Malformed));
}

#[tokio::test]
async fn a_certificate_out_of_date_of_a_stranger_or_under_another_root_proves_nothing() {
    for chain in [EXPIRED, OF_A_STRANGER, UNDER_ANOTHER_ROOT, "<html>", ""] {
        let (server, certificate) = serving(chain).await;
        let headers = delivered(DEMO_WEBHOOK_ID, &certificate, BODY);

        let refused = read_notice(&paypal(&server.uri()), &headers, BODY).await;

        assert_eq!(refused, Err(NoticeError::Forged), "{}", chain.lines().nth(1).unwrap_or_default());
    }
}

#[tokio::test]
async fn a_certificate_that_ends_while_it_is_kept_proves_nothing_any_more() {
    let (server, certificate) = serving(CHAIN).await;
    let clock = TestClock::at(Timestamp::from_micros(4_733_509_000_000_000));
    let provider = PayPal::new(settings(&server.uri()), clock.clone()).unwrap();
    let headers = delivered(DEMO_WEBHOOK_ID, &certificate, BODY);
    assert!(read_notice(&provider, &headers, BODY).await.is_ok());

    clock.advance(Seconds::days(1));

    assert_eq!(read_notice(&provider, &headers, BODY).await, Err(NoticeError::Forged));
}

#[tokio::test]
async fn a_certificate_at_another_address_is_not_even_fetched() {
    let (thief, certificate) = serving(CHAIN).await;
    let server = MockServer::start().await;
    let headers = delivered(DEMO_WEBHOOK_ID, &certificate, BODY);
    let real = PayPalConfig { certificates: CertificateSource::PayPal, ..settings(&server.uri()) };
    let real = PayPal::new(real, TestClock::at(NOW)).unwrap();

    assert_eq!(read_notice(&paypal(&server.uri()), &headers, BODY).await, Err(NoticeError::Forged));
    assert_eq!(read_notice(&real, &headers, BODY).await, Err(NoticeError::Forged));

    assert_eq!(calls(&thief, CERTIFICATE).await, 0);
}

#[tokio::test]
async fn a_certificate_that_cannot_be_fetched_now_is_asked_for_again() {
    let server = MockServer::start().await;
    let down = Mock::given(path(CERTIFICATE)).respond_with(ResponseTemplate::new(503)).up_to_n_times(1);
    down.mount(&server).await;
    also(&server, "GET", CERTIFICATE, ResponseTemplate::new(200).set_body_string(CHAIN)).await;
    let provider = paypal(&server.uri());
    let headers = delivered(DEMO_WEBHOOK_ID, &format!("{}{CERTIFICATE}", server.uri()), BODY);

    let first = read_notice(&provider, &headers, BODY).await;
    let second = read_notice(&provider, &headers, BODY).await;

    assert_eq!(first, Err(NoticeError::Unavailable));
    assert!(second.is_ok(), "{second:?}");
}
