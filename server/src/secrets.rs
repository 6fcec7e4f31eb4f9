//! Keyed hashes of what must not be guessed. Whoever reads the database cannot make a cookie or a code out of it.

use hmac::{Hmac, Mac};
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;
use shop_flows::ports::Secrets;
use subtle::ConstantTimeEq;

/// Hashes with the secret of the shop.
#[derive(Clone)]
pub struct KeyedSecrets {
    key: Hmac<Sha256>,
}

impl KeyedSecrets {
    /// With the secret of the shop. Another secret ends every session and every link.
    pub fn new(secret: &SecretString) -> Self {
        let key = Hmac::new_from_slice(secret.expose_secret().as_bytes()).expect("HMAC takes keys of any length");
        Self { key }
    }
}

impl Secrets for KeyedSecrets {
    fn hash(&self, purpose: &str, token: &[u8]) -> String {
        let mut mac = self.key.clone();
        // The length keeps purpose and token apart whatever they contain.
        mac.update(&u64::try_from(purpose.len()).unwrap_or(u64::MAX).to_le_bytes());
        mac.update(purpose.as_bytes());
        mac.update(token);
        hex::encode(mac.finalize().into_bytes())
    }

    fn equal(&self, a: &str, b: &str) -> bool {
        a.as_bytes().ct_eq(b.as_bytes()).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_depends_on_secret_purpose_and_token() {
        let one = KeyedSecrets::new(&SecretString::from("one"));
        let two = KeyedSecrets::new(&SecretString::from("two"));
        let hash = one.hash("session", b"token");

        assert_eq!(hash.len(), 64);
        assert_eq!(hash, one.hash("session", b"token"));
        for other in [
            two.hash("session", b"token"),
            one.hash("code", b"token"),
            one.hash("session", b"other"),
            one.hash("sessiont", b"oken"),
        ] {
            assert_ne!(hash, other);
        }
    }

    #[test]
    fn texts_are_compared_whole() {
        let secrets = KeyedSecrets::new(&SecretString::from("one"));

        assert!(secrets.equal("123456", "123456"));
        assert!(!secrets.equal("123456", "123457"));
        assert!(!secrets.equal("123456", "12345"));
    }
}
