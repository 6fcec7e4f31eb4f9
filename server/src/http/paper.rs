//! The confirmation of an order as a PDF, for whoever may see the order; see [`shop_flows::Shop::order`].

use super::{Web, pages};
use axum::extract::{Path, Request, State};
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use shop_core::ShopError;
use shop_core::order::{Order, OrderNumber};
use std::sync::Arc;

/// Makes the paper of an order; given by whoever knows the words. `None` when it cannot be made, which is logged there.
#[derive(Clone)]
pub struct Press(pub Arc<Make>);

/// An order becomes the bytes of a file; `None` when that failed, which was logged.
type Make = dyn Fn(&Order) -> Option<Vec<u8>> + Send + Sync;

/// The paper. Anybody else gets the page that says that there is nothing, as for the order itself.
pub async fn confirmation(State(web): State<Web>, Path(number): Path<String>, request: Request) -> Response {
    let cookie = web.cookie.session(request.headers()).map(str::to_owned);
    let order = match OrderNumber::parse(&number) {
        Some(number) => order(&web, cookie.as_deref(), &number).await,
        None => Err(ShopError::NotFound),
    };
    match order {
        Ok(order) => paper(&web, &order),
        Err(ShopError::Unavailable { .. }) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
        Err(_) => pages::page(State(web), request).await,
    }
}

async fn order(web: &Web, cookie: Option<&str>, number: &OrderNumber) -> Result<Order, ShopError> {
    let visitor = web.shop.visitor(cookie).await?;
    web.shop.order(&visitor, number).await.map(|(order, _, _)| order)
}

fn paper(web: &Web, order: &Order) -> Response {
    let Some(bytes) = (web.press.0)(order) else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    let name = format!("inline; filename=\"bestelling-{}.pdf\"", order.number);
    let headers = [
        (CONTENT_TYPE, "application/pdf".to_owned()),
        (CONTENT_DISPOSITION, name),
        (CACHE_CONTROL, "no-store".to_owned()),
    ];
    (headers, bytes).into_response()
}
