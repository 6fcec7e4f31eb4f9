//! The links in the mails of the newsletter. Their keys leave the address at once, as that of a mail about a size does; opening one changes
//! nothing. The one exception is the bare POST of a mail program that takes its reader off the list (RFC 8058): it comes without a cookie and
//! from anywhere, and its key is all there is.

use super::{Web, address, pages};
use axum::extract::{Path, Request, State};
use axum::response::{IntoResponse, Redirect, Response};
use http::header::{CACHE_CONTROL, HeaderValue, SET_COOKIE};
use http::{StatusCode, Uri};
use shop_app::routes;
use shop_core::ShopError;
use shop_core::newsletter::Channel;

/// Letters of a key at most.
const LONGEST: usize = 80;

/// The link of the first mail.
pub async fn confirm(State(web): State<Web>, Path(typed): Path<String>) -> Response {
    away(&web, &typed, routes::NEWSLETTER_CONFIRM)
}

/// The link of a letter.
pub async fn leave(State(web): State<Web>, Path(typed): Path<String>) -> Response {
    away(&web, &typed, routes::NEWSLETTER_LEAVE)
}

/// The page that one of them leads to.
pub async fn page(State(web): State<Web>, mut request: Request) -> Response {
    let path = request.uri().path().to_owned();
    let is_done = address::pairs(request.uri()).iter().any(|(name, _)| name == "gelukt");
    let kept = web.cookie.letter(request.headers()).and_then(key);
    let inside = match kept {
        Some(key) if !is_done => format!("{path}?sleutel={key}"),
        // A key that was typed into the address is none.
        _ if is_done => format!("{path}?gelukt=1"),
        _ => path,
    };
    let inside: Option<Uri> = inside.parse().ok();
    if let Some(inside) = inside {
        // Only for the page that is made here; the browser keeps the address without it.
        *request.uri_mut() = inside;
    }
    pages::page(State(web), request).await
}

/// What a mail program sends when its reader presses "unsubscribe". No redirect, no page, and no word about who is on the list.
pub async fn one_click(State(web): State<Web>, Path(typed): Path<String>) -> Response {
    match web.shop.leave_newsletter(&typed, Channel::OneClick).await {
        Ok(()) => StatusCode::OK.into_response(),
        Err(ShopError::NotFound) => StatusCode::NOT_FOUND.into_response(),
        // It comes again later.
        Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

/// Whether this is that request; then it may come from anywhere.
pub fn is_one_click(path: &str) -> bool {
    path.strip_prefix(routes::NEWSLETTER_LEAVE).and_then(|rest| rest.strip_prefix('/')).and_then(key).is_some()
}

fn away(web: &Web, typed: &str, path: &str) -> Response {
    let mut response = Redirect::to(path).into_response();
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // What cannot be a key takes the place of one that was kept: the page then says that this link does not work.
    if let Some(line) = web.cookie.set_letter(key(typed).unwrap_or("0"), path) {
        response.headers_mut().append(SET_COOKIE, line);
    }
    response
}

/// A key is letters and digits.
fn key(text: &str) -> Option<&str> {
    let fits = (1..=LONGEST).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
    fits.then_some(text)
}
