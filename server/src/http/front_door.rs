//! What every request meets first: a finished page leaves right here, before sessions, layers and routes. Everything else
//! goes on inside.

use super::address;
use super::cookie::CookiePolicy;
use super::page_cache::PageCache;
use super::policy::Policy;
use super::site::Site;
use axum::Router;
use axum::extract::Request;
use axum::response::Response;
use shop_flows::Shop;
use std::convert::Infallible;
use std::future::{Future, ready};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use tower::{Service, ServiceExt};

/// The service that the listener talks to.
#[derive(Clone)]
pub struct FrontDoor {
    inside: Router,
    shop: Shop,
    cache: PageCache,
    cookie: CookiePolicy,
    site: Site,
    policy: Arc<Policy>,
}

impl FrontDoor {
    /// Before `inside`, for the pages in `cache` and the files of `site`.
    pub const fn new(
        inside: Router,
        shop: Shop,
        cache: PageCache,
        cookie: CookiePolicy,
        site: Site,
        policy: Arc<Policy>,
    ) -> Self {
        Self { inside, shop, cache, cookie, site, policy }
    }
}

impl Service<Request> for FrontDoor {
    type Response = Response;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Response, Infallible>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        // A router is always ready.
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, mut request: Request) -> Self::Future {
        address::forget_foreign_referer(&mut request);
        let has_session = self.cookie.session(request.headers()).is_some();
        let key = address::shared(request.method(), request.uri(), has_session)
            .map(|address| self.cache.key(self.shop.catalogue.version(), address));
        let inside = self.inside.clone();
        let Some(key) = key else {
            let file = self.site.answer(request.method(), request.uri().path(), request.headers(), &self.policy);
            return match file {
                Some(file) => Box::pin(ready(Ok(file))),
                None => Box::pin(inside.oneshot(request)),
            };
        };
        let cache = self.cache.clone();
        Box::pin(async move {
            match cache.get(&key).await {
                Some(page) => Ok(page.answer(request.headers())),
                None => inside.oneshot(request).await,
            }
        })
    }
}
