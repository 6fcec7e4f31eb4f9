//! Orders: the list, one file, packing slips, and the steps that the owner takes.

use super::desk::Desk;
use axum::extract::{Form, Path, Query};
use axum::response::Response;
use http::StatusCode;
use serde::Deserialize;
use shop_app::manage::order::Typed;
use shop_app::manage::orders::{Asked, PER_PAGE};
use shop_app::manage::{order as order_page, orders as list_page, packing_slip, paths, words};
use shop_core::ShopError;
use shop_core::order::{OrderNumber, Tracking};
use shop_flows::manage::OrderFile;
use shop_flows::ports::OrderQuery;

/// Slips on one page; more is a long print.
const SLIPS: u32 = 50;
/// Letters of a search that are looked at.
const LONGEST_SEARCH: usize = 100;

#[derive(Deserialize)]
pub(super) struct ListQuery {
    #[serde(default)]
    staat: String,
    #[serde(default)]
    zoek: String,
    #[serde(default)]
    pagina: String,
}

#[derive(Deserialize)]
pub(super) struct ShipForm {
    #[serde(default)]
    code: String,
}

impl ListQuery {
    /// What was asked; a state or page that does not exist is none.
    fn understood(&self) -> Asked {
        let is_known = words::STATES.contains(&self.staat.as_str());
        let state = if is_known { self.staat.clone() } else { String::new() };
        let text = self.zoek.trim().chars().take(LONGEST_SEARCH).collect();
        Asked { state, text, page: self.pagina.parse().unwrap_or(1).max(1) }
    }
}

pub(super) async fn list(desk: Desk, Query(query): Query<ListQuery>) -> Response {
    let asked = query.understood();
    let filled = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
    let query = OrderQuery {
        state: filled(&asked.state),
        text: filled(&asked.text),
        customer: None,
        page: asked.page,
        per_page: PER_PAGE,
    };
    match desk.shop().order_list(&desk.member, &query).await {
        Ok(list) => {
            let clock = desk.shop().clock.clone();
            desk.show(move |frame| list_page::page(frame, &*clock, &asked, &list)).await
        }
        Err(error) => desk.troubled(&error).await,
    }
}

pub(super) async fn one(desk: Desk, Path(number): Path<String>) -> Response {
    match file(&desk, &number).await {
        Ok(file) => {
            let (clock, fresh) = (desk.shop().clock.clone(), desk.shop().new_refund_id());
            desk.show(move |frame| order_page::page(frame, &*clock, file, &Typed::default(), fresh)).await
        }
        Err(error) => desk.troubled(&error).await,
    }
}

pub(super) async fn slip(desk: Desk, Path(number): Path<String>) -> Response {
    match file(&desk, &number).await {
        Ok(file) => {
            let shop = desk.shop().clone();
            desk.show(move |frame| packing_slip::page(frame, &*shop.clock, &shop.settings.identity, &[file.order]))
                .await
        }
        Err(error) => desk.troubled(&error).await,
    }
}

pub(super) async fn slips(desk: Desk) -> Response {
    match to_pack(&desk).await {
        Ok(files) => {
            let shop = desk.shop().clone();
            let orders: Vec<_> = files.into_iter().map(|file| file.order).collect();
            desk.show(move |frame| packing_slip::page(frame, &*shop.clock, &shop.settings.identity, &orders)).await
        }
        Err(error) => desk.troubled(&error).await,
    }
}

pub(super) async fn confirm_transfer(desk: Desk, Path(number): Path<String>) -> Response {
    match file(&desk, &number).await {
        Ok(file) if file.awaited_transfer().is_some() => {
            desk.show(move |frame| order_page::confirm_transfer(frame, &file)).await
        }
        Ok(file) => desk.failed(&paths::order(&file.order.number), &ShopError::TooLate).await,
        Err(error) => desk.troubled(&error).await,
    }
}

pub(super) async fn transfer(desk: Desk, Path(number): Path<String>) -> Response {
    let Some(number) = OrderNumber::parse(&number) else { return desk.not_found().await };
    let page = paths::order(&number);
    let had_left = desk.shop().order_file(&desk.member, &number).await.is_ok_and(|file| file.order.state.is_paid());
    match desk.shop().book_transfer(&desk.member, &number).await {
        Ok(()) if had_left => desk.done(&page, "Geboekt. De rekening is betaald.").await,
        Ok(()) => desk.done(&page, "Geboekt. De bestelling is betaald en kan ingepakt worden.").await,
        Err(error) => desk.failed(&page, &error).await,
    }
}

pub(super) async fn confirm_cancel(desk: Desk, Path(number): Path<String>) -> Response {
    match file(&desk, &number).await {
        Ok(file) if file.can_cancel() => desk.show(move |frame| order_page::confirm_cancel(frame, &file)).await,
        Ok(file) => desk.failed(&paths::order(&file.order.number), &ShopError::TooLate).await,
        Err(error) => desk.troubled(&error).await,
    }
}

pub(super) async fn cancel(desk: Desk, Path(number): Path<String>) -> Response {
    let Some(number) = OrderNumber::parse(&number) else { return desk.not_found().await };
    let page = paths::order(&number);
    match desk.shop().end_order(&desk.member, &number).await {
        Ok(()) => desk.done(&page, "Geannuleerd. De artikelen zijn weer te koop.").await,
        Err(error) => desk.failed(&page, &error).await,
    }
}

pub(super) async fn ship(desk: Desk, Path(number): Path<String>, Form(form): Form<ShipForm>) -> Response {
    let Some(number) = OrderNumber::parse(&number) else { return desk.not_found().await };
    let page = paths::order(&number);
    let Some(tracking) = Tracking::parse(&form.code) else {
        return match desk.shop().order_file(&desk.member, &number).await {
            Ok(file) => {
                let (clock, fresh) = (desk.shop().clock.clone(), desk.shop().new_refund_id());
                let typed = Typed { code: Some(form.code), ..Typed::default() };
                desk.show_as(StatusCode::UNPROCESSABLE_ENTITY, move |frame| {
                    order_page::page(frame, &*clock, file, &typed, fresh)
                })
                .await
            }
            Err(error) => desk.troubled(&error).await,
        };
    };
    match desk.shop().ship_order(&desk.member, &number, tracking).await {
        Ok(()) => desk.done(&page, "Onderweg. De klant krijgt een mail met de track-en-tracelink.").await,
        Err(error) => desk.failed(&page, &error).await,
    }
}

pub(super) async fn finish_task(desk: Desk, Path(id): Path<String>) -> Response {
    let Ok(id) = id.parse() else { return desk.not_found().await };
    match desk.shop().finish_task(&desk.member, id).await {
        Ok(()) => desk.done(paths::OVERVIEW, "Afgehandeld.").await,
        Err(error) => desk.failed(paths::OVERVIEW, &error).await,
    }
}

pub(super) async fn file(desk: &Desk, number: &str) -> Result<OrderFile, ShopError> {
    let number = OrderNumber::parse(number).ok_or(ShopError::NotFound)?;
    desk.shop().order_file(&desk.member, &number).await
}

/// What is to be packed, oldest first.
async fn to_pack(desk: &Desk) -> Result<Vec<OrderFile>, ShopError> {
    let query = OrderQuery { state: Some("paid".to_owned()), page: 1, per_page: SLIPS, ..OrderQuery::default() };
    let list = desk.shop().order_list(&desk.member, &query).await?;
    let mut files = Vec::with_capacity(list.rows.len());
    for row in list.rows.iter().rev() {
        files.push(desk.shop().order_file(&desk.member, &row.number).await?);
    }
    Ok(files)
}
