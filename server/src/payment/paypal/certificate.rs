//! Whose signature counts: the certificate that a webhook names, fetched from PayPal's hosts only, its chain checked up to
//! a root we trust. `rustls-webpki` does both, the chain and the signature; it is in the tree as the heart of our TLS,
//! and its roots (`webpki-roots`) are those that our mail trusts.

use super::wire::path;
use reqwest::{StatusCode, Url};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, SubjectPublicKeyInfoDer, TrustAnchor, UnixTime};
use shop_core::time::Timestamp;
use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;
use tokio::sync::Mutex;
use webpki::{EndEntityCert, KeyUsage, RawPublicKeyEntity};

/// Longest address of a certificate (PayPal's own limit for it).
const LONGEST_ADDRESS: usize = 500;
/// Largest file of certificates that is read.
const LARGEST_FILE: usize = 64 * 1024;
/// Certificates that are kept. PayPal uses one at a time.
const KEPT: usize = 8;
/// A notice waits for its certificate; PayPal waits for the answer.
const PATIENCE: Duration = Duration::from_secs(8);

/// Whose certificates are accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CertificateSource {
    /// Hosts of `paypal.com`, encrypted, under the roots that the web trusts.
    PayPal,
    /// A sandbox beside the demo. Never in a real shop: everybody knows its key.
    Sandbox {
        /// `http://127.0.0.1:3080`.
        origin: String,
        /// Its root, PEM.
        root: String,
    },
}

/// Why a certificate proves nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CertificateError {
    /// An address that PayPal would not name; it is not even asked.
    Address,
    /// It could not be fetched now.
    Unreachable,
    /// Not a certificate, out of date, of somebody else, or under a root that we do not trust.
    Untrusted,
}

/// The certificates that were fetched, and those who may be asked for more.
pub(super) struct Certificates {
    source: CertificateSource,
    anchors: Vec<TrustAnchor<'static>>,
    http: reqwest::Client,
    known: RwLock<HashMap<String, Arc<Chain>>>,
    /// Held while one is fetched: a flood of forged notices costs one request at a time, and known ones do not wait.
    fetching: Mutex<()>,
}

impl Certificates {
    /// `None` when the root of a sandbox is no certificate.
    pub(super) fn new(source: CertificateSource, http: reqwest::Client) -> Option<Self> {
        let anchors = match &source {
            CertificateSource::PayPal => webpki_roots::TLS_SERVER_ROOTS.to_vec(),
            CertificateSource::Sandbox { root, .. } => {
                let root = CertificateDer::from_pem_slice(root.as_bytes()).ok()?;
                vec![webpki::anchor_from_trusted_cert(&root).ok()?.to_owned()]
            }
        };
        Some(Self { source, anchors, http, known: RwLock::default(), fetching: Mutex::new(()) })
    }

    /// The key of the certificate at this address, when its chain is good at this moment.
    pub(super) async fn key(&self, address: &str, now: Timestamp) -> Result<PublicKey, CertificateError> {
        let url = self.allowed(address).ok_or(CertificateError::Address)?;
        if let Some(chain) = self.kept(address) {
            return chain.key(&self.anchors, now);
        }
        let _one_at_a_time = self.fetching.lock().await;
        if let Some(chain) = self.kept(address) {
            return chain.key(&self.anchors, now);
        }
        let chain = Chain::parse(&self.fetch(url).await?)?;
        let key = chain.key(&self.anchors, now)?;
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= KEPT {
            known.clear();
        }
        known.insert(address.to_owned(), Arc::new(chain));
        Ok(key)
    }

    fn kept(&self, address: &str) -> Option<Arc<Chain>> {
        self.known.read().unwrap_or_else(PoisonError::into_inner).get(address).cloned()
    }

    /// The address, when it is one that we dare to fetch from.
    fn allowed(&self, address: &str) -> Option<Url> {
        let url = Url::parse(address).ok().filter(|_| address.len() <= LONGEST_ADDRESS)?;
        let is_plain = url.username().is_empty() && url.password().is_none() && url.query().is_none();
        let is_theirs = match &self.source {
            CertificateSource::PayPal => {
                url.scheme() == "https" && url.port().is_none() && url.host_str().is_some_and(is_paypal)
            }
            CertificateSource::Sandbox { origin, .. } => url.origin().ascii_serialization() == *origin,
        };
        (is_plain && is_theirs && url.path().starts_with(path::CERTIFICATES)).then_some(url)
    }

    async fn fetch(&self, url: Url) -> Result<Vec<u8>, CertificateError> {
        let unreachable = |error: reqwest::Error| {
            tracing::warn!(error = %error.without_url(), "the certificate of a notice cannot be fetched");
            CertificateError::Unreachable
        };
        let mut response = self.http.get(url).timeout(PATIENCE).send().await.map_err(unreachable)?;
        if response.status() != StatusCode::OK {
            tracing::warn!(status = %response.status(), "the certificate of a notice cannot be fetched");
            return Err(CertificateError::Unreachable);
        }
        let mut file = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(unreachable)? {
            if file.len() + chunk.len() > LARGEST_FILE {
                return Err(CertificateError::Untrusted);
            }
            file.extend_from_slice(&chunk);
        }
        Ok(file)
    }
}

/// `paypal.com` and what is below it.
fn is_paypal(name: &str) -> bool {
    name == "paypal.com" || name.ends_with(".paypal.com")
}

/// A certificate with those that issued it, as they were served.
struct Chain(Vec<CertificateDer<'static>>);

impl Chain {
    fn parse(pem: &[u8]) -> Result<Self, CertificateError> {
        let certificates: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem).collect();
        match certificates {
            Ok(certificates) if !certificates.is_empty() => Ok(Self(certificates)),
            _ => Err(CertificateError::Untrusted),
        }
    }

    /// The key of the first, when it bears a name of PayPal, is in date, and leads to one of the roots. Checked each time,
    /// because a kept certificate ends too.
    fn key(&self, anchors: &[TrustAnchor<'_>], now: Timestamp) -> Result<PublicKey, CertificateError> {
        let untrusted = |error: webpki::Error| {
            tracing::warn!(%error, "the certificate of a notice is not trusted");
            CertificateError::Untrusted
        };
        let (first, issuers) = self.0.split_first().ok_or(CertificateError::Untrusted)?;
        let certificate = EndEntityCert::try_from(first).map_err(untrusted)?;
        let seconds = u64::try_from(now.seconds()).map_err(|_| CertificateError::Untrusted)?;
        let at = UnixTime::since_unix_epoch(Duration::from_secs(seconds));
        certificate
            .verify_for_usage(webpki::ALL_VERIFICATION_ALGS, anchors, issuers, at, KeyUsage::server_auth(), None, None)
            .map_err(untrusted)?;
        if !certificate.valid_dns_names().any(is_paypal) {
            tracing::warn!("the certificate of a notice bears no name of PayPal");
            return Err(CertificateError::Untrusted);
        }
        Ok(PublicKey(certificate.subject_public_key_info()))
    }
}

/// A key that signs notices.
pub(super) struct PublicKey(SubjectPublicKeyInfoDer<'static>);

impl PublicKey {
    /// Whether it signed this: RSA PKCS#1 v1.5 with SHA-256, which PayPal calls `SHA256withRSA`.
    pub(super) fn signed(&self, message: &[u8], signature: &[u8]) -> bool {
        RawPublicKeyEntity::try_from(&self.0)
            .is_ok_and(|key| key.verify_signature(webpki::ring::RSA_PKCS1_2048_8192_SHA256, message, signature).is_ok())
    }

    #[cfg(test)]
    pub(super) fn of_pem(pem: &str) -> Self {
        Self(SubjectPublicKeyInfoDer::from_pem_slice(pem.as_bytes()).unwrap())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn certificates(source: CertificateSource) -> Certificates {
        Certificates::new(source, crate::payment::http::client(PATIENCE, PATIENCE).unwrap()).unwrap()
    }

    #[test]
    fn only_encrypted_hosts_of_paypal_are_asked_for_a_certificate() {
        let real = certificates(CertificateSource::PayPal);

        for good in [
            "https://api.paypal.com/v1/notifications/certs/CERT-1",
            "https://api.sandbox.paypal.com/v1/notifications/certs/CERT-1",
        ] {
            assert!(real.allowed(good).is_some(), "{good}");
        }
        for bad in [
            "http://api.paypal.com/v1/notifications/certs/CERT-1",
            "https://paypal.com.evil.example/v1/notifications/certs/CERT-1",
            "https://evilpaypal.com/v1/notifications/certs/CERT-1",
            "https://api.paypal.com@evil.example/v1/notifications/certs/CERT-1",
            "https://user@api.paypal.com/v1/notifications/certs/CERT-1",
            "https://api.paypal.com:8443/v1/notifications/certs/CERT-1",
            "https://api.paypal.com/v1/notifications/certs/../../redirect",
            "https://api.paypal.com/v1/notifications/certs/CERT-1?to=elsewhere",
            "https://127.0.0.1/v1/notifications/certs/CERT-1",
            "file:///etc/passwd",
            "",
        ] {
            assert!(real.allowed(bad).is_none(), "{bad}");
        }
        assert!(real.allowed(&format!("https://api.paypal.com{}{}", path::CERTIFICATES, "x".repeat(500))).is_none());
    }

    #[test]
    fn a_sandbox_is_asked_at_its_own_address_and_nowhere_else() {
        let root = include_str!("../../../../crates/sandbox/src/paypal/keys/root.pem").to_owned();
        let sandbox = certificates(CertificateSource::Sandbox { origin: "http://127.0.0.1:3080".to_owned(), root });

        assert!(sandbox.allowed("http://127.0.0.1:3080/v1/notifications/certs/CERT-1").is_some());
        assert!(sandbox.allowed("http://127.0.0.1:3081/v1/notifications/certs/CERT-1").is_none());
        assert!(sandbox.allowed("https://api.paypal.com/v1/notifications/certs/CERT-1").is_none());
    }
}
