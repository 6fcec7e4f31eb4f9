//! Which words stand at which address. Server only; see [`super::words`].

use super::{account, checkout, contact, content, cookies, my_data, order, shipping, sign_in, sizes};
use crate::api::catalog::shop_facts;
use crate::api::words::Words;
use crate::api::{ApiError, answer, views};
use crate::routes;
use crate::state::shop::plain;
use leptos_router::params::ParamsMap;
use shop_core::ShopError;
use shop_flows::payments::STOPPED;
use std::future::Future;
use std::pin::Pin;

/// A page on its way.
pub type Page = Pin<Box<dyn Future<Output = Result<Words, ApiError>> + Send>>;

/// The page at `path`.
pub async fn page(path: String, query: ParamsMap) -> Result<Words, ApiError> {
    let part = |name: &str| query.get(name).unwrap_or_default();
    match path.trim_end_matches('/') {
        routes::DETAILS => checkout::details::words().await,
        routes::PAYMENT => checkout::payment::words().await,
        routes::REVIEW => checkout::review::words().await,
        routes::SIGN_IN => sign_in::words().await,
        routes::ACCOUNT => account::words().await,
        routes::ACCOUNT_ORDERS => account::orders::words().await,
        routes::ACCOUNT_ADDRESSES => account::addresses::words().await,
        routes::ACCOUNT_DATA => account::data::words().await,
        routes::ACCOUNT_ERASE => account::erase::words().await,
        routes::MY_DATA => my_data::words().await,
        routes::WITHDRAW => content::withdraw::words(part("bestelling")).await,
        routes::CONTACT => contact::words(&part("over")).await,
        routes::SHIPPING => shipping::words().await,
        routes::COOKIE_SETTINGS => cookies::words().await,
        routes::SIZES => sizes::words().await,
        routes::PRIVACY => content::privacy::words().await,
        routes::ALERT => views::alert_page(part("maat"), part("sleutel"), query.get("verstuurd").is_some()).await,
        routes::NEWSLETTER => views::newsletter_page(query.get("verstuurd").is_some()).await,
        routes::NEWSLETTER_CONFIRM => {
            views::newsletter_confirm_page(part("sleutel"), query.get("gelukt").is_some()).await
        }
        routes::NEWSLETTER_LEAVE => views::newsletter_leave_page(part("sleutel"), query.get("gelukt").is_some()).await,
        other => match (other.strip_prefix("/bestelling/"), other.strip_prefix(routes::PRIVACY_VERSIONS)) {
            (Some(number), _) => order::words(number.to_owned(), query.get(STOPPED).is_some()).await,
            (None, Some(day)) => content::privacy::version_words(day).await,
            (None, None) => text(other).await,
        },
    }
}

/// A legal or help text.
async fn text(path: &str) -> Result<Words, ApiError> {
    let facts = shop_facts().await.unwrap_or_else(|_| plain());
    match content::page(path, &facts) {
        Some((title, view)) => Ok(Words::public(title, String::new(), path, view)),
        None => answer(Err(ShopError::NotFound)),
    }
}
