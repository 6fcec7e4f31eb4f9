//! What proves that a webhook came from PayPal: a certificate chain under a root of this sandbox, and signatures of its
//! key. Both were made once with openssl, are good until 2120 and prove nothing in the real world.

use std::sync::LazyLock;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ring::rand::SystemRandom;
use ring::signature::{RSA_PKCS1_SHA256, RsaKeyPair};

/// The root under which webhooks of this sandbox are signed, PEM. A shop trusts it in its demo and nowhere else.
pub const ROOT_CERTIFICATE: &str = include_str!("keys/root.pem");
/// The certificate of the signing key and the one that issued it, PEM, as PayPal serves them.
pub(super) const CHAIN: &str = include_str!("keys/chain.pem");
/// Where the chain is served; PayPal names its certificates in this way.
pub(super) const CERTIFICATE_PATH: &str = "/v1/notifications/certs/CERT-SANDBOX-0001";

static KEY: LazyLock<RsaKeyPair> = LazyLock::new(|| {
    let base64: String =
        include_str!("keys/signing-key.pem").lines().filter(|line| !line.starts_with("-----")).collect();
    let der = STANDARD.decode(base64).expect("the key in this crate is PEM");
    RsaKeyPair::from_pkcs8(&der).expect("the key in this crate is RSA in PKCS#8")
});

/// CRC32 of a body as it is signed: an unsigned decimal number.
pub fn crc32(body: &[u8]) -> u32 {
    crc32fast::hash(body)
}

/// What is signed of a webhook.
pub fn signed_message(transmission_id: &str, transmission_time: &str, webhook_id: &str, body: &[u8]) -> String {
    format!("{transmission_id}|{transmission_time}|{webhook_id}|{}", crc32(body))
}

/// RSA PKCS#1 v1.5 with SHA-256, base64.
pub(super) fn sign(message: &str) -> String {
    let mut signature = vec![0; KEY.public().modulus_len()];
    KEY.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), message.as_bytes(), &mut signature)
        .expect("the buffer has the length of the modulus");
    STANDARD.encode(signature)
}
