//! Finished pages that are the same for everybody: rendered once, packed once, sent as they lie here. A page belongs to a
//! version of the catalogue and to the delivery day it promises; when either changes nobody asks for the old one any more,
//! and it falls out.

use super::coding::{Coding, ONCE};
use super::policy::{Policy, Scripts};
use super::scripts::seal;
use axum::body::Body;
use axum::response::Response;
use bytes::Bytes;
use http::header::{
    CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, HeaderMap, HeaderValue,
    IF_NONE_MATCH, VARY,
};
use http::{HeaderMap as Headers, StatusCode};
use moka::future::Cache;
use sha2::{Digest, Sha256};
use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

/// Bytes of all pages together, in every coding.
const MOST: u64 = 64 * 1024 * 1024;
/// What depends on the day (new articles, periods of a sale) may be this old.
const OLDEST: Duration = Duration::from_secs(300);

/// Which page: the state of the shop that it shows, and its tidy address.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Key {
    /// Version of the catalogue.
    pub version: u64,
    /// Number of the delivery promise; see [`PageCache::set_promise`].
    pub promise: i64,
    /// Tidy path and query.
    pub address: String,
}

/// One coding of a page, with the headers that go with it.
struct Packed {
    headers: Headers,
    unchanged: Headers,
    body: Bytes,
}

/// A finished page.
pub struct Page {
    mark: String,
    identity: Packed,
    gzip: Packed,
    brotli: Packed,
}

impl Page {
    /// Seals and packs a page that was rendered with `nonce`. `None` when it cannot be kept; see [`seal`].
    pub fn finish(html: &str, nonce: &str, policy: &Policy) -> Option<Self> {
        let sealed = seal(html, nonce)?;
        let csp = policy.of_page(Scripts::Hashes(&sealed.hashes));
        let mut hash = Sha256::new_with_prefix(sealed.html.as_bytes());
        hash.update(csp.as_bytes());
        let mut mark = hex::encode(hash.finalize());
        mark.truncate(20);

        let pack = |coding: Coding| {
            let mut unchanged = policy.always().clone();
            unchanged.insert(CONTENT_SECURITY_POLICY, csp.clone());
            // Asked again each time, but kept: going back shows it at once.
            unchanged.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
            unchanged.insert(VARY, HeaderValue::from_static("accept-encoding"));
            let name = coding.name().unwrap_or("id");
            unchanged.insert(ETAG, HeaderValue::from_str(&format!("\"{mark}-{name}\"")).ok()?);
            let mut headers = unchanged.clone();
            headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
            if let Some(name) = coding.name() {
                headers.insert(CONTENT_ENCODING, HeaderValue::from_static(name));
            }
            Some(Packed { headers, unchanged, body: Bytes::from(coding.pack(sealed.html.as_bytes(), ONCE)) })
        };
        Some(Self { identity: pack(Coding::Identity)?, gzip: pack(Coding::Gzip)?, brotli: pack(Coding::Brotli)?, mark })
    }

    /// The answer to a request with these headers: the page in the best coding, or 304 when the browser has it.
    pub fn answer(&self, request: &HeaderMap) -> Response {
        let packed = match Coding::wanted(request) {
            Coding::Identity => &self.identity,
            Coding::Gzip => &self.gzip,
            Coding::Brotli => &self.brotli,
        };
        let is_known =
            request.get_all(IF_NONE_MATCH).iter().any(|list| list.to_str().is_ok_and(|list| list.contains(&self.mark)));
        let (status, headers, body) = if is_known {
            (StatusCode::NOT_MODIFIED, &packed.unchanged, Body::empty())
        } else {
            (StatusCode::OK, &packed.headers, Body::from(packed.body.clone()))
        };
        let mut response = Response::new(body);
        *response.status_mut() = status;
        *response.headers_mut() = headers.clone();
        response
    }

    fn weight(&self) -> usize {
        self.identity.body.len() + self.gzip.body.len() + self.brotli.body.len()
    }
}

/// The pages. Clones share them.
#[derive(Clone)]
pub struct PageCache {
    pages: Cache<Key, Arc<Page>>,
    promise: Arc<AtomicI64>,
}

impl PageCache {
    /// Without pages.
    pub fn new() -> Self {
        let pages = Cache::builder()
            .max_capacity(MOST)
            .weigher(|key: &Key, page: &Arc<Page>| {
                u32::try_from(key.address.len() + page.weight() + 4096).unwrap_or(u32::MAX)
            })
            .time_to_live(OLDEST)
            .build();
        Self { pages, promise: Arc::default() }
    }

    /// The key of an address as the shop stands now.
    pub fn key(&self, version: u64, address: String) -> Key {
        Key { version, promise: self.promise.load(Ordering::Relaxed), address }
    }

    /// The delivery promise that pages show now, as any number that changes with it.
    pub fn set_promise(&self, promise: i64) {
        self.promise.store(promise, Ordering::Relaxed);
    }

    /// The page, if it is there.
    pub async fn get(&self, key: &Key) -> Option<Arc<Page>> {
        self.pages.get(key).await
    }

    /// The page, made now when it is not there. However many ask at once, it is made once; when that fails all of them get the
    /// same failure, and nothing is kept.
    pub async fn get_or_make<E>(
        &self,
        key: Key,
        make: impl Future<Output = Result<Arc<Page>, E>>,
    ) -> Result<Arc<Page>, Arc<E>>
    where
        E: Send + Sync + 'static,
    {
        self.pages.try_get_with(key, make).await
    }
}

impl Default for PageCache {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::header::ACCEPT_ENCODING;
    use std::sync::atomic::AtomicU32;

    const HTML: &str = r#"<!DOCTYPE html><script nonce="N1">start()</script><h1>Jurken</h1>"#;

    fn page() -> Page {
        Page::finish(HTML, "N1", &Policy::new("http://127.0.0.1:3000", &[])).unwrap()
    }

    fn request(pairs: &[(http::HeaderName, &str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.clone(), HeaderValue::from_str(value).unwrap())).collect()
    }

    #[test]
    fn one_page_serves_every_coding_with_its_own_mark() {
        let page = page();
        let packed = page.answer(&request(&[(ACCEPT_ENCODING, "gzip, br")]));
        let plain = page.answer(&request(&[]));

        assert_eq!(packed.headers()[CONTENT_ENCODING], "br");
        assert!(!plain.headers().contains_key(CONTENT_ENCODING));
        assert_ne!(packed.headers()[ETAG], plain.headers()[ETAG]);
        assert!(plain.headers()[CONTENT_SECURITY_POLICY].to_str().unwrap().contains("'sha256-"));
    }

    #[test]
    fn a_browser_that_has_it_gets_no_bytes() {
        let page = page();
        let mark = page.answer(&request(&[(ACCEPT_ENCODING, "br")])).headers()[ETAG].clone();

        let answer = page.answer(&request(&[(ACCEPT_ENCODING, "br"), (IF_NONE_MATCH, mark.to_str().unwrap())]));

        assert_eq!(answer.status(), StatusCode::NOT_MODIFIED);
        assert_eq!(answer.headers()[ETAG], mark);
    }

    #[tokio::test]
    async fn a_page_is_made_once_however_many_ask() {
        let cache = PageCache::new();
        let made = AtomicU32::new(0);
        let ask = || {
            cache.get_or_make(cache.key(1, "/".to_owned()), async {
                made.fetch_add(1, Ordering::Relaxed);
                tokio::task::yield_now().await;
                Ok::<_, ()>(Arc::new(page()))
            })
        };

        let (a, b, c) = tokio::join!(ask(), ask(), ask());

        assert!(a.is_ok() && b.is_ok() && c.is_ok());
        assert_eq!(made.load(Ordering::Relaxed), 1);
    }

    #[tokio::test]
    async fn a_change_of_the_catalogue_or_the_promise_asks_for_another_page() {
        let cache = PageCache::new();
        let key = cache.key(1, "/".to_owned());
        cache.get_or_make(key.clone(), async { Ok::<_, ()>(Arc::new(page())) }).await.unwrap();

        assert!(cache.get(&key).await.is_some());
        assert!(cache.get(&cache.key(2, "/".to_owned())).await.is_none());
        cache.set_promise(7);
        assert!(cache.get(&cache.key(1, "/".to_owned())).await.is_none());
    }

    #[tokio::test]
    async fn a_failure_is_not_kept() {
        let cache = PageCache::new();
        let key = cache.key(1, "/".to_owned());

        let failed = cache.get_or_make(key.clone(), async { Err("no") }).await;

        assert_eq!(failed.err().map(|why| *why), Some("no"));
        assert!(cache.get(&key).await.is_none());
    }
}
