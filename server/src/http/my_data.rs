//! Somebody's own data as files, for who is signed in. Nobody keeps a copy on the way.

use super::{Web, pages};
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use shop_app::pages::account::file;
use shop_app::routes;
use shop_core::ShopError;
use shop_flows::my_data::MyData;

/// Everything, for other programs.
pub async fn json(State(web): State<Web>, request: Request) -> Response {
    answer(web, request, "json", "application/json", |web, data| {
        let settings = &web.shop.settings;
        file::json(&settings.identity, &settings.public_url, data)
    })
    .await
}

/// A list, for spreadsheets.
pub async fn csv(State(web): State<Web>, request: Request) -> Response {
    answer(web, request, "csv", "text/csv; charset=utf-8", |web, data| file::csv(&*web.shop.clock, data)).await
}

async fn answer(
    web: Web,
    request: Request,
    ending: &str,
    kind: &str,
    write: impl FnOnce(&Web, &MyData) -> String,
) -> Response {
    let cookie = web.cookie.session(request.headers()).map(str::to_owned);
    match data(&web, cookie.as_deref()).await {
        Ok(data) => {
            // The name says the day and not the person: it stays in lists of downloads.
            let day = web.shop.clock.day(data.at).iso();
            let name = format!("attachment; filename=\"mijn-gegevens-{day}.{ending}\"");
            let headers =
                [(CONTENT_TYPE, kind.to_owned()), (CONTENT_DISPOSITION, name), (CACHE_CONTROL, "no-store".to_owned())];
            (headers, write(&web, &data)).into_response()
        }
        Err(ShopError::SignInNeeded) => ([(CACHE_CONTROL, "no-store")], Redirect::to(routes::SIGN_IN)).into_response(),
        Err(ShopError::Unavailable { .. }) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
        Err(_) => pages::page(State(web), request).await,
    }
}

async fn data(web: &Web, cookie: Option<&str>) -> Result<MyData, ShopError> {
    let visitor = web.shop.visitor(cookie).await?;
    web.shop.my_data(&visitor).await
}
