//! The record of processing (AVG art. 30), as a page and as a file, and what is kept how long.

use super::desk::Desk;
use axum::response::{IntoResponse, Response};
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use shop_app::manage::{keeping as keeping_page, register};

pub(super) async fn register(desk: Desk) -> Response {
    let shop = desk.shop().clone();
    desk.show(move |frame| register::page(frame, &shop.settings.identity, &shop.methods())).await
}

pub(super) async fn keeping(desk: Desk) -> Response {
    match desk.shop().keeping(&desk.member).await {
        Ok(page) => desk.show(move |frame| keeping_page::page(frame, page)).await,
        Err(error) => desk.troubled(&error).await,
    }
}

pub(super) async fn register_file(desk: Desk) -> Response {
    let shop = desk.shop();
    let name = format!("attachment; filename=\"register-{}.csv\"", shop.clock.day(shop.clock.now()).iso());
    let headers = [(CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (CONTENT_DISPOSITION, name)];
    (headers, register::file(&shop.settings.identity, &shop.methods())).into_response()
}
