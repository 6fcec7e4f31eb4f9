//! Guards the dashboard: Argon2id for passwords, TOTP (RFC 6238) as second factor. Hashing takes real memory and time, so at
//! most two people are checked at once and the rest wait a moment.

use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use async_trait::async_trait;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, Mac};
use qrcode::render::svg;
use qrcode::{EcLevel, QrCode};
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;
use shop_core::time::Timestamp;
use shop_flows::manage::Tries;
use shop_flows::ports::{Guard, GuardError, NewTotp, Random};
use std::fmt::Write;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;
use totp_rs::{Builder, Secret, Totp};

/// Memory, passes and lanes of Argon2id: 19 MiB, 2, 1 (OWASP Password Storage Cheat Sheet, 2023 and later).
const ARGON: (u32, u32, u32) = (19 * 1024, 2, 1);
/// Bytes of salt, as RFC 9106 recommends.
const SALT: usize = 16;
/// Bytes of a TOTP secret: 160 bits, as RFC 4226 recommends.
const SECRET: usize = 20;
/// Passwords that are checked at the same moment.
const AT_ONCE: usize = 2;
/// Nobody queues longer for that.
const QUEUE: Duration = Duration::from_secs(10);
/// What every seal begins with, so that a later way of sealing can be told apart.
const SEAL: &str = "1.";

/// The guard of this server.
pub struct LocalGuard {
    seal: LessSafeKey,
    random: Arc<dyn Random>,
    issuer: String,
    nobody: String,
    seats: Arc<Semaphore>,
    tries: Tries,
}

impl LocalGuard {
    /// With the secret of the shop, from which the key of the seals is derived: another secret makes second factors
    /// unreadable, and owners then need a new link. `issuer` is what the authenticator app shows.
    pub fn new(secret: &SecretString, random: Arc<dyn Random>, issuer: &str) -> Result<Self, GuardError> {
        let mut mac =
            Hmac::<Sha256>::new_from_slice(secret.expose_secret().as_bytes()).map_err(|_| GuardError("key"))?;
        mac.update(b"second factors of staff, 1");
        let key = UnboundKey::new(&CHACHA20_POLY1305, &mac.finalize().into_bytes()).map_err(|_| GuardError("key"))?;
        let nobody = hash(b"nobody has this password", &random.token())?;
        Ok(Self {
            seal: LessSafeKey::new(key),
            random,
            issuer: issuer.to_owned(),
            nobody,
            seats: Arc::new(Semaphore::new(AT_ONCE)),
            tries: Tries::default(),
        })
    }

    /// Runs heavy work on a thread of its own, when a seat is free.
    async fn seated<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, GuardError> + Send + 'static,
    ) -> Result<T, GuardError> {
        let seat = tokio::time::timeout(QUEUE, Arc::clone(&self.seats).acquire_owned()).await;
        let seat = seat.map_err(|_| GuardError("too many people at the door"))?.map_err(|_| GuardError("closed"))?;
        let done = tokio::task::spawn_blocking(move || {
            // The seat is kept by the work itself: a browser that goes away does not free it early.
            let _seat = seat;
            work()
        });
        done.await.map_err(|_| GuardError("the work stopped"))?
    }

    fn sealed(&self, secret: &[u8]) -> Option<String> {
        let mut nonce = [0; NONCE_LEN];
        nonce.copy_from_slice(self.random.token().get(..NONCE_LEN)?);
        let mut bytes = secret.to_vec();
        self.seal.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::from(SEAL), &mut bytes).ok()?;
        let whole = [nonce.as_slice(), &bytes].concat();
        Some(format!("{SEAL}{}", URL_SAFE_NO_PAD.encode(whole)))
    }

    fn opened(&self, sealed: &str) -> Option<Vec<u8>> {
        let whole = URL_SAFE_NO_PAD.decode(sealed.strip_prefix(SEAL)?).ok()?;
        let (nonce, bytes) = whole.split_at_checked(NONCE_LEN)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
        let mut bytes = bytes.to_vec();
        let secret = self.seal.open_in_place(nonce, Aad::from(SEAL), &mut bytes).ok()?;
        Some(secret.to_vec())
    }

    fn shown(&self, account: &str, secret: &[u8], sealed: String) -> NewTotp {
        let text = Secret::new(secret.into()).to_base32();
        let issuer = in_uri(&self.issuer);
        let uri = format!(
            "otpauth://totp/{issuer}:{}?secret={text}&issuer={issuer}&algorithm=SHA1&digits=6&period=30",
            in_uri(account)
        );
        let letters: Vec<char> = text.chars().collect();
        let text = letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ");
        NewTotp { qr: drawn(&uri), sealed, uri, text }
    }
}

#[async_trait]
impl Guard for LocalGuard {
    async fn hash_password(&self, password: &str) -> Result<String, GuardError> {
        let (password, salt) = (SecretString::from(password), self.random.token());
        self.seated(move || hash(password.expose_secret().as_bytes(), &salt)).await
    }

    async fn verify_password(&self, password: &str, hash: Option<&str>) -> Result<bool, GuardError> {
        let exists = hash.is_some();
        let (password, hash) = (SecretString::from(password), hash.unwrap_or(&self.nobody).to_owned());
        let fits = self
            .seated(move || Ok(argon()?.verify_password(password.expose_secret().as_bytes(), hash.as_str()).is_ok()))
            .await?;
        Ok(fits && exists)
    }

    fn new_totp(&self, account: &str) -> NewTotp {
        let mut secret = self.random.token().to_vec();
        secret.truncate(SECRET);
        let sealed = self.sealed(&secret).unwrap_or_default();
        self.shown(account, &secret, sealed)
    }

    fn open_totp(&self, account: &str, sealed: &str) -> Option<NewTotp> {
        let secret = self.opened(sealed)?;
        Some(self.shown(account, &secret, sealed.to_owned()))
    }

    fn check_totp(&self, sealed: &str, code: &str, now: Timestamp) -> Option<i64> {
        let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
        let step = totp(&self.opened(sealed)?)?.check(&code, u64::try_from(now.seconds()).ok()?)?;
        i64::try_from(step).ok()
    }

    fn tries(&self) -> &Tries {
        &self.tries
    }
}

fn argon() -> Result<Argon2<'static>, GuardError> {
    let (memory, passes, lanes) = ARGON;
    let params = Params::new(memory, passes, lanes, None).map_err(|_| GuardError("parameters of Argon2"))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn hash(password: &[u8], salt: &[u8; 32]) -> Result<String, GuardError> {
    let salt = salt.get(..SALT).unwrap_or(salt);
    argon()?.hash_password_with_salt(password, salt).map(|hash| hash.to_string()).map_err(|_| GuardError("hashing"))
}

/// Six digits, SHA-1, 30 seconds, one step either way: what every authenticator app does.
fn totp(secret: &[u8]) -> Option<Totp> {
    Builder::new().with_secret(Secret::new(secret.into())).with_skew(1).build().ok()
}

/// Unreserved characters of RFC 3986 stay, the rest is percent-encoded.
fn in_uri(text: &str) -> String {
    text.bytes().fold(String::with_capacity(text.len()), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}

/// A QR code as an SVG element; empty when the text does not fit, which an address of this kind always does.
fn drawn(text: &str) -> String {
    let Ok(code) = QrCode::with_error_correction_level(text, EcLevel::M) else { return String::new() };
    let document = code.render::<svg::Color<'_>>().min_dimensions(200, 200).build();
    // Without the XML declaration: it stands in the middle of a page.
    document.find("<svg").and_then(|at| document.get(at..)).unwrap_or("").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::randomness::OsRandom;

    fn guard(secret: &str) -> LocalGuard {
        LocalGuard::new(&SecretString::from(secret), Arc::new(OsRandom), "All Gems").expect("a guard")
    }

    #[tokio::test]
    async fn a_password_belongs_to_its_own_hash_only() {
        let guard = guard("a secret of the shop");
        let hash = guard.hash_password("drie geiten op het dak").await.expect("hashed");

        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert_eq!(guard.verify_password("drie geiten op het dak", Some(&hash)).await, Ok(true));
        assert_eq!(guard.verify_password("drie geiten op het Dak", Some(&hash)).await, Ok(false));
        assert_eq!(guard.verify_password("drie geiten op het dak", Some("$argon2id$nonsense")).await, Ok(false));
    }

    #[tokio::test]
    async fn nobody_has_a_password_not_even_the_one_of_nobody() {
        assert_eq!(guard("a").verify_password("nobody has this password", None).await, Ok(false));
    }

    #[test]
    fn a_code_names_its_step_and_drifts_one_step_at_most() {
        let guard = guard("a secret of the shop");
        let shown = guard.new_totp("anna@voorbeeld.nl");
        let secret = guard.opened(&shown.sealed).expect("our seal");
        let code = totp(&secret).expect("a second factor").generate(1_795_362_840).to_string();
        let step = 1_795_362_840 / 30;
        let at = |seconds: i64| Timestamp::from_micros((1_795_362_840 + seconds) * 1_000_000);

        assert_eq!(guard.check_totp(&shown.sealed, &code, at(0)), Some(step));
        assert_eq!(guard.check_totp(&shown.sealed, &format!(" {} {} ", &code[..3], &code[3..]), at(30)), Some(step));
        assert_eq!(guard.check_totp(&shown.sealed, &code, at(-1)), Some(step));
        assert_eq!(guard.check_totp(&shown.sealed, &code, at(61)), None);
        assert_eq!(guard.check_totp(&shown.sealed, "", at(0)), None);
    }

    #[test]
    fn a_seal_opens_only_with_the_secret_that_closed_it() {
        let shown = guard("one secret").new_totp("anna@voorbeeld.nl");

        assert_eq!(guard("one secret").open_totp("anna@voorbeeld.nl", &shown.sealed), Some(shown.clone()));
        assert_eq!(guard("another secret").open_totp("anna@voorbeeld.nl", &shown.sealed), None);
        assert_eq!(guard("one secret").open_totp("anna@voorbeeld.nl", &shown.sealed.replacen("1.", "2.", 1)), None);
        assert!(!shown.sealed.contains(&shown.text.replace(' ', "")));
    }

    #[test]
    fn an_authenticator_app_reads_the_address() {
        let shown = guard("a").new_totp("anna@voorbeeld.nl");

        assert!(shown.uri.starts_with("otpauth://totp/All%20Gems:anna%40voorbeeld.nl?secret="), "{}", shown.uri);
        assert!(shown.uri.ends_with("&issuer=All%20Gems&algorithm=SHA1&digits=6&period=30"), "{}", shown.uri);
        assert_eq!(shown.text.len(), 32 + 7);
        assert!(shown.qr.starts_with("<svg") && !shown.qr.contains("style="));
    }
}
