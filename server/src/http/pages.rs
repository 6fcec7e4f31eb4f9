//! Renders the pages of the app. A page that is the same for everybody goes through the cache; a personal one is made for its
//! reader, with a nonce, and kept nowhere.

use super::address;
use super::coding::{Coding, EACH_TIME};
use super::page_cache::{Page, PageCache};
use super::policy::{Policy, Scripts};
use super::{Given, Web};
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::header::{
    CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HOST, HeaderMap,
    HeaderValue, LOCATION, VARY,
};
use http::{Method, StatusCode, Uri};
use leptos::context::provide_context;
use leptos::nonce::Nonce;
use shop_app::{Assets, shell};
use std::sync::Arc;

/// Larger pages do not exist; a limit all the same, because they are held in memory.
pub(super) const LARGEST: usize = 8 * 1024 * 1024;
/// Where the page "niet gevonden" is rendered: an address that no page has.
const NOWHERE: &str = "/niet-gevonden";
/// Smaller bodies grow when they are packed.
const WORTH_PACKING: usize = 700;

/// Renders pages. Clones share everything.
#[derive(Clone)]
pub struct Pages(Arc<Inner>);

struct Inner {
    given: Given,
    assets: Assets,
    policy: Policy,
    /// `None`: every page is rendered each time, to measure what that costs.
    cache: Option<PageCache>,
    host: HeaderValue,
}

/// A page as it was rendered.
struct Rendered {
    nonce: String,
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

/// A page for everybody that is not kept: its status is not 200, or it could not be sealed.
struct NotKept(Rendered);

impl Pages {
    /// Pages over what the server gives to the app. Must be made inside a Tokio runtime.
    pub fn new(given: Given, assets: Assets, policy: Policy, cache: Option<PageCache>) -> Self {
        // Listing the routes, as Leptos' examples do, would prepare this too, but holds up the resources of every page in this process
        // meanwhile, and those of a page that begins just then for ever. An error only says that it was done before.
        _ = any_spawner::Executor::init_tokio();
        let host = given.public_url.split_once("://").map_or("", |(_, host)| host);
        let host = HeaderValue::from_str(host).unwrap_or(HeaderValue::from_static("localhost"));
        Self(Arc::new(Inner { given, assets, policy, cache, host }))
    }

    async fn render(&self, request: Request) -> Rendered {
        let nonce = Nonce::new();
        let context = {
            let (given, nonce) = (self.0.given.clone(), nonce.clone());
            move || {
                provide_context(nonce.clone());
                given.provide();
            }
        };
        let assets = self.0.assets.clone();
        let response =
            leptos_axum::render_app_async_with_context(context, move || shell(assets.clone()))(request).await;
        let (parts, body) = response.into_parts();
        let nonce = nonce.to_string();
        match to_bytes(body, LARGEST).await {
            Ok(body) => Rendered { nonce, status: parts.status, headers: parts.headers, body },
            Err(error) => {
                tracing::error!(%error, "a page broke off");
                Rendered {
                    nonce,
                    status: StatusCode::INTERNAL_SERVER_ERROR,
                    headers: HeaderMap::new(),
                    body: Bytes::new(),
                }
            }
        }
    }

    /// A page that is the same for everybody, by its tidy address.
    async fn shared(&self, address: String, asked: &HeaderMap) -> Response {
        let Some(cache) = &self.0.cache else {
            let rendered = self.render(self.plain_request(&address)).await;
            return self.personal(&rendered, asked);
        };
        let key = cache.key(self.0.given.context.shop.catalogue.version(), address);
        let make = {
            let (pages, address) = (self.clone(), key.address.clone());
            async move { pages.make(&address).await }
        };
        match cache.get_or_make(key, make).await {
            Ok(page) => page.answer(asked),
            Err(not_kept) => self.personal(&not_kept.0, asked),
        }
    }

    fn plain_request(&self, address: &str) -> Request {
        let mut request = Request::new(Body::empty());
        *request.uri_mut() = address.parse().unwrap_or(Uri::from_static(NOWHERE));
        request.headers_mut().insert(HOST, self.0.host.clone());
        request
    }

    /// Renders without anything of the one who asks: no cookie, no query but the tidy one.
    async fn make(&self, address: &str) -> Result<Arc<Page>, NotKept> {
        let rendered = self.render(self.plain_request(address)).await;
        if rendered.status != StatusCode::OK || rendered.headers.contains_key(LOCATION) {
            return Err(NotKept(rendered));
        }
        let policy = self.0.policy.clone();
        // Packing takes milliseconds of a processor, which other requests should not wait for.
        let finished = tokio::task::spawn_blocking(move || {
            let page =
                std::str::from_utf8(&rendered.body).ok().and_then(|html| Page::finish(html, &rendered.nonce, &policy));
            page.ok_or_else(|| Box::new(rendered))
        });
        match finished.await {
            Ok(Ok(page)) => Ok(Arc::new(page)),
            Ok(Err(rendered)) => {
                tracing::error!(address, "a page cannot be sealed");
                Err(NotKept(*rendered))
            }
            Err(error) => {
                tracing::error!(%error, "packing a page failed");
                Err(NotKept(Rendered {
                    nonce: String::new(),
                    status: StatusCode::INTERNAL_SERVER_ERROR,
                    headers: HeaderMap::new(),
                    body: Bytes::new(),
                }))
            }
        }
    }

    /// The answer with a page for one reader.
    fn personal(&self, rendered: &Rendered, asked: &HeaderMap) -> Response {
        let mut headers = rendered.headers.clone();
        headers.insert(CONTENT_SECURITY_POLICY, self.0.policy.of_page(Scripts::Nonce(&rendered.nonce)));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        headers.entry(CONTENT_TYPE).or_insert(HeaderValue::from_static("text/html; charset=utf-8"));
        let mut response = pack(headers, rendered.body.clone(), asked);
        *response.status_mut() = rendered.status;
        response
    }

    /// The page "niet gevonden".
    async fn nowhere(&self, mut request: Request) -> Response {
        *request.uri_mut() = Uri::from_static(NOWHERE);
        let asked = request.headers().clone();
        let mut rendered = self.render(request).await;
        rendered.status = StatusCode::NOT_FOUND;
        self.personal(&rendered, &asked)
    }
}

/// An answer with these headers, its body packed for the one who asks when that is worth it.
pub(super) fn pack(mut headers: HeaderMap, body: Bytes, asked: &HeaderMap) -> Response {
    let coding = Coding::wanted(asked);
    let name = coding.name().filter(|_| body.len() >= WORTH_PACKING && !headers.contains_key(CONTENT_ENCODING));
    headers.remove(CONTENT_LENGTH);
    headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
    let body = match name {
        Some(name) => {
            headers.insert(CONTENT_ENCODING, HeaderValue::from_static(name));
            Bytes::from(coding.pack(&body, EACH_TIME))
        }
        None => body,
    };
    let mut response = Response::new(Body::from(body));
    *response.headers_mut() = headers;
    response
}

/// Every address that nothing else answers.
pub async fn page(State(web): State<Web>, request: Request) -> Response {
    let pages = &web.pages;
    if request.method() != Method::GET && request.method() != Method::HEAD {
        return (StatusCode::METHOD_NOT_ALLOWED, [("allow", "GET, HEAD")]).into_response();
    }
    let path = request.uri().path();
    if path.starts_with("/pkg/") {
        // A file of another release. The app in the browser notices and loads the page anew.
        return StatusCode::NOT_FOUND.into_response();
    }
    if !address::is_well_formed(path) {
        return pages.nowhere(request).await;
    }
    if path.len() > 1 && path.ends_with('/') {
        return without_slash(request.uri());
    }
    let has_session = web.cookie.session(request.headers()).is_some();
    if let Some(address) = address::shared(request.method(), request.uri(), has_session) {
        return pages.shared(address, request.headers()).await;
    }
    let asked = request.headers().clone();
    let rendered = pages.render(request).await;
    pages.personal(&rendered, &asked)
}

/// 308 to the same address without slashes at the end.
fn without_slash(uri: &Uri) -> Response {
    let path = match uri.path().trim_end_matches('/') {
        "" => "/",
        path => path,
    };
    let to = uri.query().map_or_else(|| path.to_owned(), |query| format!("{path}?{query}"));
    match HeaderValue::from_str(&to) {
        Ok(to) => (StatusCode::PERMANENT_REDIRECT, [(LOCATION, to)]).into_response(),
        Err(_) => StatusCode::NOT_FOUND.into_response(),
    }
}
