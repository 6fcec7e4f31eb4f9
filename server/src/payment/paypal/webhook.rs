//! What proves that a notice came from PayPal: a signature over its delivery and the CRC32 of its body. A notice only says
//! which order to ask about.

use super::certificate::{CertificateError, Certificates};
use super::wire::{Event, Resource};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use shop_core::time::Timestamp;
use shop_flows::ports::{About, Notice, RawNotice};

/// The one algorithm that PayPal signs with.
const ALGORITHM: &str = "SHA256withRSA";

/// The delivery of a notice, as its headers tell it.
pub(super) struct Delivery<'a> {
    id: &'a str,
    time: &'a str,
    signature: Vec<u8>,
    certificate: &'a str,
}

impl<'a> Delivery<'a> {
    /// `None` when a header is missing, there twice, too long, or names another algorithm.
    pub(super) fn read(notice: &'a RawNotice<'_>) -> Option<Self> {
        if only(notice, "paypal-auth-algo", 100)? != ALGORITHM {
            return None;
        }
        Some(Self {
            id: only(notice, "paypal-transmission-id", 50)?,
            time: only(notice, "paypal-transmission-time", 50)?,
            signature: STANDARD.decode(only(notice, "paypal-transmission-sig", 1000)?).ok()?,
            certificate: only(notice, "paypal-cert-url", 500)?,
        })
    }

    /// Whether PayPal signed this delivery of this very body to this webhook.
    pub(super) async fn is_genuine(
        &self,
        certificates: &Certificates,
        webhook_id: &str,
        body: &[u8],
        now: Timestamp,
    ) -> Result<bool, CertificateError> {
        let key = certificates.key(self.certificate, now).await?;
        Ok(key.signed(self.message(webhook_id, body).as_bytes(), &self.signature))
    }

    fn message(&self, webhook_id: &str, body: &[u8]) -> String {
        format!("{}|{}|{webhook_id}|{}", self.id, self.time, crc32fast::hash(body))
    }
}

fn only<'a>(notice: &'a RawNotice<'_>, name: &str, longest: usize) -> Option<&'a str> {
    notice.header(name).filter(|value| (1..=longest).contains(&value.len()) && !value.contains('|'))
}

/// Reads a body that is signed; `None` when it is not one of theirs.
pub(super) fn read(body: &[u8]) -> Option<Notice> {
    let event: Event = serde_json::from_slice(body).ok()?;
    if !(1..=100).contains(&event.id.len()) || !event.id.bytes().all(|byte| byte.is_ascii_graphic()) {
        return None;
    }
    let about = match reference(&event.resource).filter(|reference| is_reference(reference)) {
        Some(reference) => About::Attempt(reference.to_owned()),
        None => {
            tracing::info!(event = super::client::word(&event.event_type), "a notice of PayPal names no attempt");
            About::Nothing
        }
    };
    Some(Notice { key: event.id, about })
}

fn reference(resource: &Resource) -> Option<&str> {
    let unit = resource.purchase_units.first();
    let of_unit = unit.and_then(|unit| unit.invoice_id.as_deref().or(unit.custom_id.as_deref()));
    resource.invoice_id.as_deref().or(resource.custom_id.as_deref()).or(of_unit)
}

/// Whether a text can be the reference of an attempt: 1 to 24 letters and digits.
pub(super) fn is_reference(text: &str) -> bool {
    (1..=24).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// Whether a text can stand in a path as an id of theirs.
pub(super) fn is_id(text: &str) -> bool {
    (1..=36).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::super::certificate::PublicKey;
    use super::*;

    /// The worked example of the reference: made up, and its private key thrown away.
    const BODY: &[u8] = br#"{"id":"WH-SANDBOX-0001","event_version":"1.0","create_time":"2026-03-01T11:33:40.000Z","resource_type":"capture","event_type":"PAYMENT.CAPTURE.COMPLETED","summary":"Payment completed for EUR 54.85 EUR","resource":{"id":"3C679366HH908993F","status":"COMPLETED","amount":{"currency_code":"EUR","value":"54.85"},"invoice_id":"KW100042","supplementary_data":{"related_ids":{"order_id":"5O190127TN364715T"}}}}"#;
    const WEBHOOK: &str = "1JE4291016473214C";
    const SIGNATURE: &str = "mIzeswnknf6Uvrb7Mi4tP+RUqcCzU3pOCvjL7BcXQw2DMFR6Ft25RSZ6WJTupL26bzHS1V3kI0gicFgBEdwzEJ5WYZ8O69Ujjor4xcVydvO7qcLuiAk1tY241PJxZs4LdfJgyvdlRdDCqciE4+xB7BZYybHhkR9I55zcAZ0BoMCahtb+hdn1vIx6C4scUav0UkWo+Sod0lK2asduc+UBXbUc6mcVAbZ1ThU8uD2IXqCX4k4XjEb/nrvs7fot2c8cXc5k3ZdDUHjBqYRpTT6M/DZIbuHb19CjfATQGVU3fbaFNdYssiqV/mVVakXdwx5PuBNiXndZfrx9eBH1W1/LKg==";
    const KEY: &str = "-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA8PT6/HeHrxUaZcJDKuds
GDrdN/2JrNimjADdYqePyOT9jUPReWnfek50L0ffT+WgvpF5IM08O/yzJwiX0iDz
LzE2AvYc7haoLRBC8bXLO55JyRJhjpolAc44IaymA31o0gStcX8JgZRTbbRUMmk3
/vCxCqY3kQHESTRShoNMNvOQ3wHdtRAb6gSr3XOjEEZR0N15sVYQi4jMHUaFxVJG
5LZYrOPmNswZWstUOSCPdd83aCHufMynPwHPO7juUAKze0cihl2taPZ21FXPqNwL
0wEm7bi1HmWyDXmDs1ta6HFeBn9dgAtmkBUz3f3on8SXi2eEr39P9sDUQDTczIxX
0QIDAQAB
-----END PUBLIC KEY-----";

    type Headers = Vec<(String, String)>;

    fn headers() -> Headers {
        [
            ("paypal-transmission-id", "b0fb9b50-1567-11f1-8d5e-f3f6f2a6a001"),
            ("paypal-transmission-time", "2026-03-01T11:33:41Z"),
            ("paypal-transmission-sig", SIGNATURE),
            ("paypal-cert-url", "https://api.paypal.com/v1/notifications/certs/CERT-1"),
            ("paypal-auth-algo", "SHA256withRSA"),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .to_vec()
    }

    fn with(name: &str, value: &str) -> Headers {
        let other = |(key, kept): (String, String)| if key == name { (key, value.to_owned()) } else { (key, kept) };
        headers().into_iter().map(other).collect()
    }

    fn is_read(headers: &[(String, String)]) -> bool {
        Delivery::read(&RawNotice { headers, body: BODY }).is_some()
    }

    fn verifies(headers: &[(String, String)], webhook_id: &str, body: &[u8]) -> bool {
        Delivery::read(&RawNotice { headers, body }).is_some_and(|delivery| {
            PublicKey::of_pem(KEY).signed(delivery.message(webhook_id, body).as_bytes(), &delivery.signature)
        })
    }

    #[test]
    fn the_worked_example_is_genuine_and_every_change_of_it_is_not() {
        assert_eq!((BODY.len(), crc32fast::hash(BODY)), (404, 3_786_237_155));
        assert!(verifies(&headers(), WEBHOOK, BODY));

        let more = String::from_utf8_lossy(BODY).replace("54.85", "94.85");
        assert!(!verifies(&headers(), WEBHOOK, more.as_bytes()));
        assert!(!verifies(&headers(), "1JE4291016473214D", BODY));
        for (name, other) in [
            ("paypal-transmission-id", "b0fb9b50-1567-11f1-8d5e-f3f6f2a6a002"),
            ("paypal-transmission-time", "2026-03-01T11:33:42Z"),
            ("paypal-transmission-sig", &SIGNATURE.replacen("mIz", "mIy", 1)),
        ] {
            assert!(!verifies(&with(name, other), WEBHOOK, BODY), "{name}");
        }
    }

    #[test]
    fn a_delivery_without_one_header_of_each_kind_proves_nothing() {
        for (name, wrong) in [
            ("paypal-auth-algo", "SHA1withRSA"),
            ("paypal-auth-algo", "none"),
            ("paypal-transmission-sig", "not base64"),
            ("paypal-transmission-id", "a|2026-03-01T11:33:41Z"),
            ("paypal-transmission-time", ""),
        ] {
            assert!(!is_read(&with(name, wrong)), "{name} {wrong}");
        }
        for (index, header) in headers().into_iter().enumerate() {
            let mut less = headers();
            less.remove(index);
            assert!(!is_read(&less), "without {}", header.0);
            let more = [headers(), vec![header.clone()]].concat();
            assert!(!is_read(&more), "{} twice", header.0);
        }
    }

    #[test]
    fn a_notice_names_its_attempt_wherever_paypal_writes_it() {
        let about = |body: &[u8]| match read(body).unwrap().about {
            About::Attempt(reference) => Some(reference),
            _ => None,
        };

        assert_eq!(read(BODY).map(|notice| notice.key).as_deref(), Some("WH-SANDBOX-0001"));
        assert_eq!(about(BODY).as_deref(), Some("KW100042"));
        let approved = br#"{"id":"WH-2","event_type":"CHECKOUT.ORDER.APPROVED","resource":{"id":"5O190127TN364715T","purchase_units":[{"invoice_id":"AG100042P1"}]}}"#;
        assert_eq!(about(approved).as_deref(), Some("AG100042P1"));
        let dispute = br#"{"id":"WH-3","event_type":"CUSTOMER.DISPUTE.CREATED","resource":{"dispute_id":"PP-D-1"}}"#;
        assert_eq!(about(dispute), None);
        let odd = br#"{"id":"WH-4","event_type":"X","resource":{"invoice_id":"../../1"}}"#;
        assert_eq!(about(odd), None);
        for malformed in [&b""[..], b"<html>", b"{}", br#"{"id":1}"#, br#"{"id":"","event_type":"X","resource":{}}"#] {
            assert!(read(malformed).is_none());
        }
    }
}
