//! The link to an order in a mail. Its key becomes part of the browser's session and leaves the address at once, so that it
//! stays out of histories, screenshots and logs.

use super::{Web, address, pages};
use axum::extract::{Path, Request, State};
use axum::response::{IntoResponse, Redirect, Response};
use http::header::{CACHE_CONTROL, HeaderValue, SET_COOKIE};
use shop_app::routes;
use shop_core::ShopError;
use shop_core::order::OrderNumber;

/// An order: opens the link when the address holds a key, shows the page otherwise.
pub async fn order(State(web): State<Web>, Path(number): Path<String>, request: Request) -> Response {
    let key = address::pairs(request.uri()).into_iter().find(|(name, _)| name == "sleutel").map(|(_, key)| key);
    let (Some(key), Some(number)) = (key, OrderNumber::parse(&number)) else {
        return pages::page(State(web), request).await;
    };
    let mut response = Redirect::to(&routes::order(number.as_str())).into_response();
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    let cookie = web.cookie.session(request.headers()).map(str::to_owned);
    drop(request);
    match open(&web, cookie.as_deref(), &number, &key).await {
        Ok(cookies) => {
            for cookie in cookies {
                response.headers_mut().append(SET_COOKIE, cookie);
            }
        }
        // The page says that there is nothing to see.
        Err(error) => tracing::info!(?error, "a link to an order did not open"),
    }
    response
}

async fn open(web: &Web, cookie: Option<&str>, number: &OrderNumber, key: &str) -> Result<Vec<HeaderValue>, ShopError> {
    let mut visitor = web.shop.visitor(cookie).await?;
    web.shop.open_order_link(&mut visitor, number, key).await?;
    Ok(visitor.new_cookie.map(|cookie| web.cookie.set(&cookie)).unwrap_or_default())
}
