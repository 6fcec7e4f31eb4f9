//! What server functions have in common: the shop, the visitor, cookies, redirects and statuses.

use super::ApiError;
use super::error::status_of;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use serde::Serialize;
use serde::de::DeserializeOwned;
use shop_core::ShopError;
use shop_core::catalog::Picture;
use shop_core::time::Timestamp;
use shop_flows::{Shop, Visitor};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Reads the session cookie of a request.
pub type ReadCookie = Arc<dyn Fn(&HeaderMap) -> Option<String> + Send + Sync>;
/// The cookies to set for a new session.
pub type SetCookies = Arc<dyn Fn(&str) -> Vec<HeaderValue> + Send + Sync>;

/// What the server gives to every page and server function, as Leptos context.
#[derive(Clone)]
pub struct ServerContext {
    /// The shop.
    pub shop: Shop,
    /// Reads the session cookie.
    pub read_cookie: ReadCookie,
    /// Makes the cookies of a new session.
    pub set_cookies: SetCookies,
    /// Pictures that belong to no product: hero and tiles, by file name without ending.
    pub decor: Arc<BTreeMap<String, Picture>>,
}

pub(super) fn context() -> Result<ServerContext, ApiError> {
    use_context::<ServerContext>().ok_or(ApiError(ShopError::NotFound))
}

/// The shop.
pub fn shop() -> Result<Shop, ApiError> {
    Ok(context()?.shop)
}

fn parts() -> Result<Parts, ApiError> {
    use_context::<Parts>().ok_or(ApiError(ShopError::NotFound))
}

/// Who asks.
pub async fn visitor() -> Result<Visitor, ApiError> {
    let (context, parts) = (context()?, parts()?);
    let cookie = (context.read_cookie)(&parts.headers);
    let visitor = context.shop.visitor(cookie.as_deref()).await?;
    keep(&visitor)?;
    Ok(visitor)
}

/// Sets the cookies of a visitor whose session is new.
pub fn keep(visitor: &Visitor) -> Result<(), ApiError> {
    if let (Some(cookie), Some(response)) = (&visitor.new_cookie, use_context::<ResponseOptions>()) {
        for value in (context()?.set_cookies)(cookie) {
            response.append_header(header::SET_COOKIE, value);
        }
    }
    Ok(())
}

/// Whether a plain form was sent, which wants a page; a call from the running application wants data.
pub fn is_form() -> bool {
    let accept = use_context::<Parts>()
        .and_then(|parts| parts.headers.get(header::ACCEPT).and_then(|value| value.to_str().ok().map(str::to_owned)));
    accept.is_some_and(|accept| accept.contains("text/html"))
}

/// Sends a browser there: 303 after a form, a client-side navigation for a running application. Only addresses of ours and the
/// payment page that a provider gave us come here.
pub fn go(path: &str) {
    leptos_axum::redirect(path, false);
    if is_form()
        && let Some(response) = use_context::<ResponseOptions>()
    {
        response.set_status(StatusCode::SEE_OTHER);
    }
}

/// A path that a form names to come back to: of ours, or the cart.
pub fn own_path(path: &str) -> &str {
    let is_ours = path.starts_with('/')
        && !path.starts_with("//")
        && !path.contains('\\')
        && !path.chars().any(char::is_control)
        && path.len() <= 200;
    if is_ours { path } else { crate::routes::CART }
}

/// A result about which the page is: its error sets the status of the answer.
pub fn answer<T>(result: Result<T, ShopError>) -> Result<T, ApiError> {
    result.map_err(refuse)
}

/// An error that sets the status of the answer, also of one to a form, which otherwise goes back to where it came from.
pub(super) fn refuse(error: ShopError) -> ApiError {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.set_status(status_of(&error));
    }
    ApiError(error)
}

/// Something left for the next page of this visitor.
#[derive(Debug, Clone, Serialize, serde::Deserialize)]
pub enum Flash {
    /// A sentence.
    Sentence(String),
    /// A discount code that was refused.
    Code(super::cart::RefusedCode),
    /// Signing in: the address and what was wrong.
    SignIn(super::account::SignInPage),
    /// An address that was not understood.
    Address(super::account::AddressForm),
    /// The contact form.
    Contact(super::account::ContactForm),
    /// The withdrawal form.
    Withdrawal(super::account::WithdrawalForm),
    /// The address for the mail about a size.
    Alert(super::views::AlertForm),
    /// The form of the newsletter.
    Newsletter(super::views::NewsletterForm),
    /// What she is called.
    Contacts(super::my_data::ContactDetails),
    /// How far an erasure is.
    Erasure(super::my_data::ErasureForm),
    /// What an erasure left.
    Erased(shop_flows::my_data::Receipt),
}

/// Leaves something for the next page.
pub async fn leave(visitor: &mut Visitor, flash: &Flash) -> Result<(), ApiError> {
    let text = serde_json::to_string(flash).ok();
    shop()?.set_flash(visitor, text).await?;
    keep(visitor)
}

/// What was left for this page. It stays until something else is left, so a reload shows it again.
pub fn left<T: DeserializeOwned>(visitor: &Visitor) -> Option<T> {
    let text = visitor.session.as_ref()?.flash.as_ref()?;
    serde_json::from_str(text).ok()
}

/// `22 november 2026, 14.05 uur`.
pub fn moment(shop: &Shop, at: Timestamp) -> String {
    let clock = &shop.clock;
    format!("{}, {}.{:02} uur", clock.day(at).long(), clock.hour(at), clock.minute(at))
}

/// A QR code as an inline SVG; empty when the text does not fit.
pub fn qr(text: &str) -> String {
    use_context::<QrCode>().map(|draw| (draw.0)(text)).unwrap_or_default()
}

/// Draws QR codes; given by the server, so that the pages need no codec.
#[derive(Clone)]
pub struct QrCode(pub Arc<dyn Fn(&str) -> String + Send + Sync>);
