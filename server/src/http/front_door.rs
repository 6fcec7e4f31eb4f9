//! What every request meets first: a finished page leaves right here, before sessions, layers and routes. Everything else
//! goes on inside.

use super::address;
use super::consent::Granted;
use super::cookie::CookiePolicy;
use super::page_cache::PageCache;
use super::policy::Policy;
use super::site::Site;
use axum::Router;
use axum::extract::Request;
use axum::response::Response;
use http::header::CONTENT_TYPE;
use http::{Method, StatusCode};
use shop_app::measure::Tools;
use shop_app::routes;
use shop_flows::Shop;
use shop_flows::counts::Counted;
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
    tools: Arc<Tools>,
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
        tools: Arc<Tools>,
    ) -> Self {
        Self { inside, shop, cache, cookie, site, policy, tools }
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
        let granted = Granted::of(&self.tools, request.uri(), request.headers());
        granted.tidy(request.headers_mut());
        let (tools, shop, counted) = (self.tools.clone(), self.shop.clone(), counted(&request));
        let finish = move |mut response: Response| {
            granted.allow(&tools, response.headers_mut());
            if let Some(counted) = counted.filter(|_| was_shown(&response)) {
                shop.counts.add(counted);
            }
            response
        };
        let has_session = self.cookie.session(request.headers()).is_some();
        let key = address::shared(request.method(), request.uri(), has_session)
            .map(|address| self.cache.key(self.shop.catalogue.version(), address));
        let inside = self.inside.clone();
        let Some(key) = key else {
            let file = self.site.answer(request.method(), request.uri().path(), request.headers(), &self.policy);
            return match file {
                Some(file) => Box::pin(ready(Ok(file))),
                None => Box::pin(async move { inside.oneshot(request).await.map(finish) }),
            };
        };
        let cache = self.cache.clone();
        Box::pin(async move {
            let response = match cache.get(&key).await {
                Some(page) => page.answer(request.headers()),
                None => inside.oneshot(request).await?,
            };
            Ok(finish(response))
        })
    }
}

/// How the app is answered.
const POSTCARD: &[u8] = b"application/x-postcard";

/// What an opened page is counted as; `None` for what nobody looks at: machines, the dashboard, and what a browser fetches ahead.
fn counted(request: &Request) -> Option<Counted> {
    if *request.method() != Method::GET || request.headers().contains_key("sec-purpose") {
        return None;
    }
    let path = request.uri().path();
    match path {
        routes::HOME | "/api/catalog/home" => Some(Counted::Home),
        routes::SEARCH | "/api/catalog/search" => Some(Counted::Search),
        "/api/catalog/list" => Some(Counted::List),
        "/api/catalog/product" => Some(Counted::Product),
        routes::DETAILS => Some(Counted::Checkout),
        _ if path.starts_with("/product/") => Some(Counted::Product),
        _ if path.starts_with("/collectie") => Some(Counted::List),
        _ if path.starts_with("/api/") || path.starts_with(routes::MANAGE) => None,
        _ => Some(Counted::Other),
    }
}

/// Whether an answer is a page that somebody saw, or the part of one that the running app asked for.
fn was_shown(response: &Response) -> bool {
    let kind = response.headers().get(CONTENT_TYPE).map(|kind| kind.as_bytes());
    let is_page = kind.is_some_and(|kind| kind.starts_with(b"text/html") || kind.starts_with(POSTCARD));
    response.status() == StatusCode::NOT_MODIFIED || (response.status() == StatusCode::OK && is_page)
}
