//! The shop behind its front door, and browsers of different networks that come to it.

use crate::support::TestShop;
use axum::body::Body;
use axum::extract::ConnectInfo;
use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE, COOKIE, HOST, LOCATION, SET_COOKIE};
use http::{HeaderMap, Request, StatusCode};
use http_body_util::BodyExt;
use shop_app::api::QrCode;
use shop_app::measure::Tools;
use shop_server::http::site::Site;
use shop_server::http::{Allowance, FrontDoor, Press, Web, WebConfig, front_door};
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use tokio::sync::Notify;
use tower::ServiceExt;

/// So much that nobody waits, for whoever tests something else.
pub const PLENTY: Allowance = Allowance {
    forms_per_minute: 100_000,
    sign_ins_per_ten_minutes: 100_000,
    notices_per_minute: 100_000,
    behind_proxy: false,
};

/// A shop that answers.
pub struct Shop {
    pub at: TestShop,
    door: FrontDoor,
}

/// A browser with its cookies, somewhere.
#[derive(Clone)]
pub struct Browser {
    door: FrontDoor,
    from: SocketAddr,
    pub cookies: BTreeMap<String, String>,
}

pub struct Answer {
    pub status: StatusCode,
    pub location: String,
    pub headers: HeaderMap,
    pub body: String,
    pub bytes: Bytes,
}

impl Shop {
    pub async fn open() -> Self {
        Self::allowing(PLENTY).await
    }

    pub async fn allowing(allowance: Allowance) -> Self {
        Self::made(allowance, Tools::default(), false).await
    }

    /// A shop with these tools to consent to, which keeps finished pages as a real one does.
    pub async fn measuring(tools: Tools) -> Self {
        Self::made(PLENTY, tools, true).await
    }

    async fn made(allowance: Allowance, tools: Tools, keep_pages: bool) -> Self {
        let at = TestShop::open().await;
        let config = WebConfig {
            shop: at.shop.clone(),
            qr: QrCode(Arc::new(|_: &str| String::new())),
            press: Press(Arc::new(|_| None)),
            decor: BTreeMap::new(),
            pictures: PathBuf::from("nowhere"),
            keep_pages,
            pay_origins: Vec::new(),
            allowance,
            wake: Arc::new(Notify::new()),
            site: Site::load(),
            tools,
        };
        let (web, cache) = Web::new(config);
        Self { at, door: front_door(web, cache) }
    }

    /// A new browser at this IP address.
    pub fn browser(&self, from: &str) -> Browser {
        let from = SocketAddr::new(from.parse().unwrap(), 5000);
        Browser { door: self.door.clone(), from, cookies: BTreeMap::new() }
    }
}

impl Browser {
    /// Opens a page.
    pub async fn get(&mut self, address: &str) -> Answer {
        self.send(Request::get(address).header(ACCEPT, "text/html").body(Body::empty()).unwrap()).await
    }

    /// Sends a form, as a browser without script does.
    pub async fn post(&mut self, address: &str, form: &[(&str, &str)]) -> Answer {
        let request = Request::post(address)
            .header(ACCEPT, "text/html")
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(encoded(form))).unwrap()).await
    }

    /// Sends what no form would.
    pub async fn call(&mut self, address: &str, kind: Option<&str>, body: &[u8]) -> Answer {
        let mut request = Request::post(address);
        if let Some(kind) = kind {
            request = request.header(CONTENT_TYPE, kind);
        }
        self.send(request.body(Body::from(body.to_vec())).unwrap()).await
    }

    pub async fn send(&mut self, mut request: Request<Body>) -> Answer {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        if !cookies.is_empty() {
            request.headers_mut().insert(COOKIE, cookies.join("; ").parse().unwrap());
        }
        request.headers_mut().insert(HOST, "winkel.example".parse().unwrap());
        request.extensions_mut().insert(ConnectInfo(self.from));
        let response = self.door.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        for line in parts.headers.get_all(SET_COOKIE).iter().filter_map(|line| line.to_str().ok()) {
            let (name, value) = line.split(';').next().unwrap().split_once('=').unwrap();
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        let location = parts.headers.get(LOCATION).and_then(|value| value.to_str().ok()).unwrap_or("").to_owned();
        let bytes = body.collect().await.unwrap().to_bytes();
        let body = String::from_utf8_lossy(&bytes).replace("<!>", "");
        Answer { status: parts.status, location, headers: parts.headers, body, bytes }
    }
}

/// As a form travels.
pub fn encoded(form: &[(&str, &str)]) -> String {
    let mut url = reqwest::Url::parse("http://form.example").unwrap();
    url.query_pairs_mut().extend_pairs(form);
    url.query().unwrap_or("").to_owned()
}

/// What stands between two marks.
pub fn between(text: &str, before: &str, after: &str) -> String {
    let rest = text.split(before).nth(1).unwrap_or_else(|| panic!("{before} in {text}"));
    rest.split(after).next().unwrap_or("").to_owned()
}
