//! The link in the mail about a size. Like that of an order its key leaves the address at once, so that it stays out of histories and
//! screenshots. It waits in a cookie that only this page gets: a session would keep it for weeks, and it changes nothing by itself.

use super::{Web, address, pages};
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Redirect, Response};
use http::Uri;
use http::header::{CACHE_CONTROL, HeaderValue, SET_COOKIE};
use shop_app::routes;

/// Letters of a key at most.
const LONGEST: usize = 80;

/// The page about a size: takes the key out of the address, and shows what is behind it afterwards.
pub async fn alert(State(web): State<Web>, mut request: Request) -> Response {
    let pairs = address::pairs(request.uri());
    let part = |wanted: &str| pairs.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str());
    if let Some(key) = part("sleutel").and_then(key) {
        let mut response = Redirect::to(routes::ALERT).into_response();
        response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(line) = web.cookie.set_alert(key) {
            response.headers_mut().append(SET_COOKIE, line);
        }
        return response;
    }
    let kept = web.cookie.alert(request.headers()).and_then(key);
    if let (None, Some(key)) = (part("maat"), kept) {
        let inside: Option<Uri> = format!("{}?sleutel={key}", routes::ALERT).parse().ok();
        if let Some(inside) = inside {
            // Only for the page that is made here; the browser keeps the address without it.
            *request.uri_mut() = inside;
        }
    }
    pages::page(State(web), request).await
}

/// A key is letters and digits.
fn key(text: &str) -> Option<&str> {
    let fits = (1..=LONGEST).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
    fits.then_some(text)
}
