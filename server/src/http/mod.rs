//! The shop over HTTP. It speaks to [`Shop`] and to nothing behind it: no database, no provider, no mail.
//!
//! A request meets, in this order:
//! 1. the front door: finished pages and files leave here;
//! 2. catching of panics, outermost, so that nothing below can break a connection;
//! 3. request id and log line;
//! 4. a time limit, so that a slow answer does not hold on to what it uses;
//! 5. security headers, also on refusals below;
//! 6. refusal of forms from other sites, before anything is read;
//! 7. limits on how often and how much is sent;
//! 8. routes.

mod address;
mod alert_link;
mod apology;
pub mod coding;
mod consent;
pub mod cookie;
mod feeds;
mod front_door;
mod functions;
mod health;
mod limits;
pub mod manage;
mod my_data;
mod newsletter_link;
mod order_link;
pub mod page_cache;
mod pages;
mod paper;
mod pictures;
pub mod policy;
mod scripts;
pub mod site;
mod trace;
mod webhooks;

pub use front_door::FrontDoor;
pub use paper::Press;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn_with_state, map_response_with_state};
use axum::response::Response;
use axum::routing::{any, get, post};
use cookie::CookiePolicy;
use http::StatusCode;
use leptos::context::provide_context;
use limits::RateLimits;
use page_cache::PageCache;
use pages::Pages;
use pictures::PictureFiles;
use policy::Policy;
use shop_app::api::{QrCode, ServerContext};
use shop_app::components::seo::Origin;
use shop_app::measure::{Consenting, Tools};
use shop_app::routes;
use shop_core::catalog::Picture;
use shop_flows::Shop;
use site::Site;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Notify;
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::csrf::CsrfLayer;
use tower_http::timeout::TimeoutLayer;

/// The longest an answer may take.
const PATIENCE: Duration = Duration::from_secs(30);
/// The largest form.
const LARGEST_FORM: usize = 256 * 1024;

/// How often one address may send something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowance {
    /// Forms in a minute.
    pub forms_per_minute: u32,
    /// Sign-in codes asked for or entered in ten minutes.
    pub sign_ins_per_ten_minutes: u32,
    /// Notices of providers in a minute.
    pub notices_per_minute: u32,
    /// Whether a proxy in front of the shop names the client in `X-Forwarded-For`.
    pub behind_proxy: bool,
}

/// What the server is built from.
pub struct WebConfig {
    /// The shop.
    pub shop: Shop,
    /// Draws QR codes.
    pub qr: QrCode,
    /// Makes the papers of orders.
    pub press: Press,
    /// Pictures of the home page by name.
    pub decor: BTreeMap<String, Picture>,
    /// Folder of the pictures.
    pub pictures: PathBuf,
    /// Whether finished pages are kept and sent again.
    pub keep_pages: bool,
    /// Origins that shoppers are sent to for paying.
    pub pay_origins: Vec<String>,
    /// How often one address may send something.
    pub allowance: Allowance,
    /// Told after each request that may have left work for the worker.
    pub wake: Arc<Notify>,
    /// The files that browsers download.
    pub site: Site,
    /// What of other companies may run after consent.
    pub tools: Tools,
}

/// What pages and server functions are given as context.
#[derive(Clone)]
pub struct Given {
    context: ServerContext,
    qr: QrCode,
    public_url: String,
    consenting: Consenting,
}

impl Given {
    fn provide(&self) {
        provide_context(self.context.clone());
        provide_context(self.qr.clone());
        provide_context(self.consenting.clone());
        provide_context(Origin(self.public_url.clone()));
    }
}

/// What handlers share. Cloning is cheap.
#[derive(Clone)]
pub struct Web {
    /// The shop.
    pub shop: Shop,
    /// Cookies.
    pub cookie: CookiePolicy,
    /// The files that browsers download.
    pub site: Site,
    tools: Arc<Tools>,
    given: Given,
    pages: Pages,
    press: Press,
    files: PictureFiles,
    policy: Arc<Policy>,
    limits: Arc<RateLimits>,
    wake: Arc<Notify>,
}

impl Web {
    /// The parts, ready to serve, with the cache of finished pages. Must be made inside a Tokio runtime.
    pub fn new(config: WebConfig) -> (Self, PageCache) {
        let public_url = config.shop.settings.public_url.clone();
        let cookie = CookiePolicy::of(&public_url);
        let policy = Policy::new(&public_url, &config.pay_origins);
        let cache = PageCache::new();
        let kept = config.keep_pages.then(|| cache.clone());
        let context = ServerContext {
            shop: config.shop.clone(),
            read_cookie: Arc::new(move |headers| cookie.session(headers).map(str::to_owned)),
            set_cookies: Arc::new(move |value| cookie.set(value)),
            decor: Arc::new(config.decor),
        };
        let tools = Arc::new(config.tools);
        let given = Given { context, qr: config.qr, public_url, consenting: consent::given(tools.clone()) };
        let web = Self {
            pages: Pages::new(given.clone(), config.site.assets(), policy.clone(), kept),
            press: config.press,
            files: PictureFiles::new(config.pictures),
            limits: Arc::new(RateLimits::new(config.allowance)),
            policy: Arc::new(policy),
            shop: config.shop,
            site: config.site,
            tools,
            wake: config.wake,
            cookie,
            given,
        };
        (web, cache)
    }
}

/// The whole of it, for a listener.
pub fn front_door(web: Web, cache: PageCache) -> FrontDoor {
    let (shop, cookie, site, policy) = (web.shop.clone(), web.cookie, web.site.clone(), web.policy.clone());
    let tools = web.tools.clone();
    FrontDoor::new(router(web), shop, cache, cookie, site, policy, tools)
}

fn router(web: Web) -> Router {
    let layers = ServiceBuilder::new()
        .layer(CatchPanicLayer::custom(apology::after_panic))
        .layer(from_fn_with_state(web.clone(), trace::trace))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, PATIENCE))
        .layer(map_response_with_state(web.clone(), secured))
        .layer(
            CsrfLayer::new()
                // Mail programs press this button for their readers, from their own pages; the key in the address is the permission.
                .with_insecure_bypass(|method, uri| {
                    method == http::Method::POST && newsletter_link::is_one_click(uri.path())
                })
                .with_rejection_response(apology::after_forgery),
        )
        .layer(from_fn_with_state(web.clone(), limits::limit))
        .layer(DefaultBodyLimit::max(LARGEST_FORM));
    let dashboard = manage::Assets { beheer_css: web.site.dashboard_css().to_owned() };
    let dashboard = manage::router(web.shop.clone(), web.cookie, dashboard);
    Router::new()
        .route("/api/{*function}", any(functions::call))
        .route("/img/{file}", get(pictures::picture))
        .route("/bestelling/{number}", get(order_link::order))
        .route("/bestelling/{number}/bevestiging.pdf", get(paper::confirmation))
        .route(routes::ACCOUNT_DATA_JSON, get(my_data::json))
        .route(routes::ACCOUNT_DATA_CSV, get(my_data::csv))
        .route(routes::ALERT, get(alert_link::alert))
        .route(routes::COOKIE_SETTINGS, get(pages::page).post(consent::choose))
        .route("/keuze.css", get(consent::style))
        .route("/toestemming.js", get(consent::script))
        .route(routes::NEWSLETTER_CONFIRM, get(newsletter_link::page))
        .route("/nieuwsbrief/bevestigen/{key}", get(newsletter_link::confirm))
        .route(routes::NEWSLETTER_LEAVE, get(newsletter_link::page))
        .route("/nieuwsbrief/afmelden/{key}", get(newsletter_link::leave).post(newsletter_link::one_click))
        .route("/betaling/{provider}/terug", get(webhooks::returned))
        .route("/webhooks/{provider}", post(webhooks::notice).layer(DefaultBodyLimit::max(webhooks::LARGEST_NOTICE)))
        .route(
            "/webhooks/{provider}/{ticket}",
            post(webhooks::notice_about).layer(DefaultBodyLimit::max(webhooks::LARGEST_NOTICE)),
        )
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .route("/robots.txt", get(feeds::robots))
        .route("/sitemap.xml", get(feeds::sitemap))
        .route("/.well-known/security.txt", get(feeds::security))
        .fallback(pages::page)
        .with_state(web)
        .merge(dashboard)
        .layer(layers)
}

async fn secured(axum::extract::State(web): axum::extract::State<Web>, mut response: Response) -> Response {
    web.policy.complete(response.headers_mut());
    response
}
