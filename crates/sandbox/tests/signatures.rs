//! The provider's signatures against worked examples. The pull answer is the one of the provider's manual with made-up
//! values; the six-byte key is a vector that the public SDKs hold too.

#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use shop_sandbox::DEMO_SIGNING_KEY;
use shop_sandbox::rabo::signature::{notification_message, results_message, return_message, sign};
use shop_sandbox::rabo::wire::{Notification, OrderResults};

const PULL: &str = r#"{ "moreOrderResultsAvailable": false, "orderResults": [ {
    "merchantOrderId": "KW100042", "omnikassaOrderId": "1d0a95f4-2589-439b-9562-c50aa19f9caf",
    "poiId": "2004", "orderStatus": "COMPLETED",
    "orderStatusDateTime": "2026-03-01T12:33:40.123+01:00", "errorCode": "",
    "paidAmount": { "currency": "EUR", "amount": 5485 }, "totalAmount": { "currency": "EUR", "amount": 5485 },
    "transactions": [
      { "id": "0b8e2cd7-53b4-4e09-9b0b-0a3f1a2b3c4d", "paymentBrand": "IDEAL", "type": "PAYMENT", "status": "CANCELLED",
        "amount": { "currency": "EUR", "amount": 5485 }, "confirmedAmount": null,
        "startTime": "2026-03-01T12:29:10.000+01:00", "lastUpdateTime": "2026-03-01T12:30:11.000+01:00" },
      { "id": "22b36073-57a3-4c3d-9585-87f2e55275a5", "paymentBrand": "IDEAL", "type": "PAYMENT", "status": "SUCCESS",
        "amount": { "currency": "EUR", "amount": 5485 }, "confirmedAmount": { "currency": "EUR", "amount": 5485 },
        "startTime": "2026-03-01T12:31:02.000+01:00", "lastUpdateTime": "2026-03-01T12:33:39.900+01:00" } ] } ],
  "signature": "" }"#;
const PULL_SIGNATURE: &str = "3df19c6127a6fafb6003d854319b6343a8ebff0b0a5a2dfa7b289fa3c4942a763f72c04b55e31f4ffe042fc5506bc0798c07c35218822d48e6c39af6cb6cec71";
const COMPLETED: &str = "ed12565a5a99c0cd6a9d51819038703ec432a487bca6280d29bcc6bb3a5316d1fe66d21451941b9d3fae91e6a20d48657970edff30ed9ccf218c12cb5f021ce9";

fn key() -> Vec<u8> {
    STANDARD.decode(DEMO_SIGNING_KEY).unwrap()
}

#[test]
fn the_return_url_is_signed_as_in_the_examples() {
    assert_eq!(sign(&key(), &return_message("KW100042", "COMPLETED")), COMPLETED);
    assert_eq!(
        sign(&key(), &return_message("KW100042", "IN_PROGRESS")),
        "f0717da1725a40df26f65fa226be9636d13e7cf18cd9d348c0bb11ee3b4ff1f5096196fb2df21a7b4dc3330e9a1b02347dde7c8302d1ab07e0252f15dfbfec28"
    );
    assert_eq!(
        sign(b"secret", "1,COMPLETED"),
        "b890b2f3c6f102bb853ed448dd58d2c13cc695541f5eecca713470e68ced6f2c1a5f5ddd529a732ff51a019126ffefa8bd1d0193b596b393339ffcbf6f335241"
    );
}

#[test]
fn a_notification_is_signed_as_in_the_example() {
    let notification = Notification {
        authentication: "eyJhbGciOiJub25lIn0.sandbox.notify1".to_owned(),
        expiry: "2026-03-01T12:34:56.000+01:00".to_owned(),
        event_name: "merchant.order.status.changed".to_owned(),
        poi_id: "2004".to_owned(),
        signature: String::new(),
    };

    assert_eq!(
        sign(&key(), &notification_message(&notification)),
        "16be2baacb9f92c74bedef1c8b43ec373650675e8f7e77ea54dd8c5ee903a7233021d77eee7644839ceffc06288d2c30b948ffed6ed3ec676790be1b8ce4f5ad"
    );
}

#[test]
fn a_pull_answer_is_signed_as_in_the_example() {
    let results: OrderResults = serde_json::from_str(PULL).unwrap();

    let message = results_message(&results);

    assert!(message.contains(",CANCELLED,EUR,5485,,,2026-03-01T12:29:10.000+01:00,"), "{message}");
    assert_eq!(sign(&key(), &message), PULL_SIGNATURE);
    assert_eq!(serde_json::from_str::<OrderResults>(&serde_json::to_string(&results).unwrap()).unwrap(), results);
}

#[test]
fn near_misses_give_another_signature() {
    let message = results_message(&serde_json::from_str(PULL).unwrap());

    assert_ne!(sign(&key(), &message.replace("5485,,,", "5485,null,null,")), PULL_SIGNATURE);
    assert_ne!(sign(&key(), "KW100043,COMPLETED"), COMPLETED);
    assert_ne!(sign(DEMO_SIGNING_KEY.as_bytes(), "KW100042,COMPLETED"), COMPLETED);
    assert_ne!(COMPLETED.to_uppercase(), COMPLETED);
}
