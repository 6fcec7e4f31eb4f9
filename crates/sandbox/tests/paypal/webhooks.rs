//! Webhooks: signed with a real chain, repeated, forged and lost when a test asks for it.

use crate::shop::{Heard, Shop, body};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use reqwest::StatusCode;
use ring::signature::{RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey};
use serde_json::json;
use shop_sandbox::paypal::{crc32, signed_message};
use shop_sandbox::{Fault, FaultKind};

/// The public key inside the certificate: the `SubjectPublicKeyInfo` bit string, found by the shape of an RSA key of 2048 bits.
fn key_of(chain: &str) -> Vec<u8> {
    let base64: String = chain
        .lines()
        .skip_while(|line| !line.contains("BEGIN"))
        .skip(1)
        .take_while(|line| !line.contains("END"))
        .collect();
    let der = STANDARD.decode(base64).unwrap();
    let start = der.windows(4).position(|bytes| bytes == [0x30, 0x82, 0x01, 0x0a]).unwrap();
    der[start..start + 270].to_vec()
}

fn is_genuine(key: &[u8], heard: &Heard) -> bool {
    let signature = STANDARD.decode(heard.header("paypal-transmission-sig")).unwrap();
    UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, key).verify(heard.message().as_bytes(), &signature).is_ok()
}

async fn key(shop: &Shop, heard: &Heard) -> Vec<u8> {
    assert_eq!(heard.header("paypal-auth-algo"), "SHA256withRSA");
    let chain = shop.client.get(heard.header("paypal-cert-url")).send().await.unwrap().text().await.unwrap();
    assert_eq!(chain.matches("BEGIN CERTIFICATE").count(), 2);
    key_of(&chain)
}

#[test]
fn the_signed_text_is_that_of_the_worked_example() {
    let body = br#"{"id":"WH-SANDBOX-0001","event_version":"1.0","create_time":"2026-03-01T11:33:40.000Z","resource_type":"capture","event_type":"PAYMENT.CAPTURE.COMPLETED","summary":"Payment completed for EUR 54.85 EUR","resource":{"id":"3C679366HH908993F","status":"COMPLETED","amount":{"currency_code":"EUR","value":"54.85"},"invoice_id":"KW100042","supplementary_data":{"related_ids":{"order_id":"5O190127TN364715T"}}}}"#;

    assert_eq!((body.len(), crc32(body)), (404, 3_786_237_155));
    assert_eq!(
        signed_message("b0fb9b50-1567-11f1-8d5e-f3f6f2a6a001", "2026-03-01T11:33:41Z", "1JE4291016473214C", body),
        "b0fb9b50-1567-11f1-8d5e-f3f6f2a6a001|2026-03-01T11:33:41Z|1JE4291016473214C|3786237155"
    );
}

#[tokio::test]
async fn approval_and_capture_are_told_and_signed() {
    let shop = Shop::open().await;
    let id = shop.create("KW100042", "54.85").await;

    shop.press(&id, "approve").await;
    let approved = shop.hear(1).await.remove(0);
    shop.capture(&id, "k-2", StatusCode::CREATED).await;
    let captured = shop.hear(2).await.remove(1);

    let key = key(&shop, &approved).await;
    assert!(is_genuine(&key, &approved) && is_genuine(&key, &captured));
    let (approved, captured) = (approved.json(), captured.json());
    assert_eq!((&approved["event_type"], &approved["resource"]["id"]), (&json!("CHECKOUT.ORDER.APPROVED"), &json!(id)));
    assert_eq!(captured["event_type"], "PAYMENT.CAPTURE.COMPLETED");
    assert_eq!(captured["resource"]["supplementary_data"]["related_ids"]["order_id"], id.as_str());
    assert_eq!(captured["resource"]["invoice_id"], "KW100042");
}

#[tokio::test]
async fn a_pending_capture_is_told_again_when_its_money_comes_or_not() {
    let shop = Shop::open().await;
    for (number, outcome) in [("B1", "clear"), ("B2", "deny")] {
        let id = shop.create(number, "20.00").await;
        shop.press(&id, "pending").await;
        shop.capture(&id, &format!("{number}-c"), StatusCode::CREATED).await;
        let control = shop.client.post(shop.url(&format!("/_sim/paypal/orders/{id}/outcome")));
        body(control.json(&json!({ "outcome": outcome })), StatusCode::OK).await;
    }

    let mut told: Vec<_> = shop.hear(6).await.iter().map(|heard| heard.json()["event_type"].to_string()).collect();
    told.sort();
    assert_eq!(
        told,
        [
            "\"CHECKOUT.ORDER.APPROVED\"",
            "\"CHECKOUT.ORDER.APPROVED\"",
            "\"PAYMENT.CAPTURE.COMPLETED\"",
            "\"PAYMENT.CAPTURE.DENIED\"",
            "\"PAYMENT.CAPTURE.PENDING\"",
            "\"PAYMENT.CAPTURE.PENDING\""
        ]
    );
    assert_eq!(shop.sandbox.paypal().totals().completed, 2000);
}

#[tokio::test]
async fn a_webhook_can_come_twice_forged_before_the_return_or_never() {
    let shop = Shop::open().await;
    let faults = shop.sandbox.rabo().faults().clone();
    faults.add(Fault::new(FaultKind::WrongSignature, 1));
    faults.add(Fault::new(FaultKind::NotifyTwice, 1));
    faults.add(Fault::new(FaultKind::NotifyBeforeReturn, 1));
    let id = shop.create("KW100042", "54.85").await;

    shop.press(&id, "pay").await;
    let heard = shop.heard();
    faults.add(Fault::new(FaultKind::NotifyNever, 1));
    shop.capture(&id, "k-2", StatusCode::CREATED).await;
    tokio::time::sleep(std::time::Duration::from_millis(100)).await;

    let key = key(&shop, &heard[0]).await;
    assert_eq!(heard.iter().map(|heard| is_genuine(&key, heard)).collect::<Vec<_>>(), [false, true]);
    assert_eq!(heard[0].raw, heard[1].raw);
    assert_eq!(shop.heard().len(), 2);
    let events = body(shop.client.get(shop.url("/_sim/paypal/events")), StatusCode::OK).await;
    let lost = events[1]["id"].as_str().unwrap();
    let resent = shop.client.post(shop.url(&format!("/_sim/paypal/events/{lost}/resend")));
    assert_eq!(body(resent, StatusCode::OK).await, json!({ "delivered": true }));
    assert_eq!(shop.heard()[2].json()["event_type"], "PAYMENT.CAPTURE.COMPLETED");
}

#[tokio::test]
async fn a_refund_is_told_with_a_link_to_its_capture() {
    let shop = Shop::open().await;
    let capture = shop.paid("KW100042", "54.85").await;

    let path = format!("/v2/payments/captures/{capture}/refund");
    shop.post(&path, "r-1", &json!({}), StatusCode::CREATED).await;

    let heard = shop.hear(3).await;
    let refunded =
        heard.iter().map(Heard::json).find(|event| event["event_type"] == "PAYMENT.CAPTURE.REFUNDED").unwrap();
    assert_eq!(refunded["resource"]["links"][1]["rel"], "up");
    assert_eq!(refunded["resource"]["links"][1]["href"], shop.url(&format!("/v2/payments/captures/{capture}")));
}
