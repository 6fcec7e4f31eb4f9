//! The log of breaches, over HTTP.

use super::desk::Desk;
use axum::extract::{Form, Path};
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use serde::Deserialize;
use shop_app::manage::{breaches as page, paths};
use shop_core::id::BreachId;
use shop_flows::manage::{BreachField, DeskError, TypedBreach};

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct BreachForm {
    dag: String,
    tijd: String,
    feiten: String,
    gevolgen: String,
    maatregelen: String,
    besluit: String,
    reden: String,
    sluiten: String,
}

impl BreachForm {
    fn typed(self) -> TypedBreach {
        TypedBreach {
            day: self.dag,
            time: self.tijd,
            facts: self.feiten,
            effects: self.gevolgen,
            measures: self.maatregelen,
            decision: self.besluit,
            reason: self.reden,
        }
    }
}

pub(super) async fn list(desk: Desk) -> Response {
    show_list(desk, StatusCode::OK, TypedBreach::default(), Vec::new()).await
}

pub(super) async fn enter(desk: Desk, Form(form): Form<BreachForm>) -> Response {
    let typed = form.typed();
    match desk.shop().log_breach(&desk.member, &typed).await {
        Ok(id) => desk.done(&paths::breach(id), "Het datalek staat in het logboek. De 72 uur lopen.").await,
        Err(DeskError::Fields(wrong)) => show_list(desk, StatusCode::UNPROCESSABLE_ENTITY, typed, wrong).await,
        Err(DeskError::Shop(error)) => desk.failed(paths::BREACHES, &error).await,
    }
}

pub(super) async fn one(desk: Desk, Path(id): Path<String>) -> Response {
    let Some(id) = BreachId::parse(&id) else { return desk.not_found().await };
    show_one(desk, id, StatusCode::OK, None, Vec::new()).await
}

pub(super) async fn change(desk: Desk, Path(id): Path<String>, Form(form): Form<BreachForm>) -> Response {
    let Some(id) = BreachId::parse(&id) else { return desk.not_found().await };
    let close = form.sluiten == "ja";
    let typed = form.typed();
    match desk.shop().change_breach(&desk.member, id, &typed, close).await {
        Ok(()) if close => desk.done(paths::BREACHES, "Het datalek is afgehandeld.").await,
        Ok(()) => desk.done(&paths::breach(id), "Bewaard.").await,
        Err(DeskError::Fields(wrong)) => show_one(desk, id, StatusCode::UNPROCESSABLE_ENTITY, Some(typed), wrong).await,
        Err(DeskError::Shop(error)) => desk.failed(&paths::breach(id), &error).await,
    }
}

pub(super) async fn file(desk: Desk, Path(id): Path<String>) -> Response {
    let Some(id) = BreachId::parse(&id) else { return desk.not_found().await };
    match desk.shop().breach_file(&desk.member, id).await {
        Ok(file) => {
            let shop = desk.shop();
            let text = page::report(&*shop.clock, &shop.settings.identity, &file.breach);
            let day = shop.clock.day(file.breach.aware_at).iso();
            let name = ["attachment; filename=\"datalek-", &day, ".txt\""].concat();
            let headers = [(CONTENT_TYPE, "text/plain; charset=utf-8".to_owned()), (CONTENT_DISPOSITION, name)];
            (headers, text).into_response()
        }
        Err(error) => desk.troubled(&error).await,
    }
}

async fn show_list(desk: Desk, status: StatusCode, typed: TypedBreach, wrong: Vec<BreachField>) -> Response {
    match desk.shop().breaches(&desk.member).await {
        Ok(breaches) => {
            let clock = desk.shop().clock.clone();
            desk.show_as(status, move |frame| page::page(frame, &*clock, &breaches, &typed, &wrong)).await
        }
        Err(error) => desk.troubled(&error).await,
    }
}

async fn show_one(
    desk: Desk,
    id: BreachId,
    status: StatusCode,
    typed: Option<TypedBreach>,
    wrong: Vec<BreachField>,
) -> Response {
    match desk.shop().breach_file(&desk.member, id).await {
        Ok(file) => {
            let clock = desk.shop().clock.clone();
            desk.show_as(status, move |frame| page::one(frame, &*clock, &file, typed.as_ref(), &wrong)).await
        }
        Err(error) => desk.troubled(&error).await,
    }
}
