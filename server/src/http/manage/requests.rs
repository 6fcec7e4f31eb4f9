//! Requests about personal data, over HTTP.

use super::desk::Desk;
use axum::extract::{Form, Path};
use axum::response::Response;
use http::StatusCode;
use serde::Deserialize;
use shop_app::manage::paths;
use shop_app::manage::requests::{self as page, TypedEnd};
use shop_core::id::RequestId;
use shop_flows::manage::{DeskError, RequestField, TypedRequest};

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct NewForm {
    soort: String,
    kanaal: String,
    ontvangen: String,
    naam: String,
    contact: String,
    over: String,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct EndForm {
    reden: String,
    uitkomst: String,
    antwoord: String,
}

pub(super) async fn list(desk: Desk) -> Response {
    show_list(desk, StatusCode::OK, TypedRequest::default(), Vec::new()).await
}

pub(super) async fn enter(desk: Desk, Form(form): Form<NewForm>) -> Response {
    let typed = TypedRequest {
        kind: form.soort,
        channel: form.kanaal,
        name: form.naam,
        contact: form.contact,
        about: form.over,
        received: form.ontvangen,
    };
    match desk.shop().enter_request(&desk.member, &typed).await {
        Ok(id) => desk.done(&paths::request(id), "Het verzoek staat op de lijst.").await,
        Err(DeskError::Fields(wrong)) => show_list(desk, StatusCode::UNPROCESSABLE_ENTITY, typed, wrong).await,
        Err(DeskError::Shop(error)) => desk.failed(paths::REQUESTS, &error).await,
    }
}

pub(super) async fn one(desk: Desk, Path(id): Path<String>) -> Response {
    let Some(id) = RequestId::parse(&id) else { return desk.not_found().await };
    show_one(desk, id, StatusCode::OK, TypedEnd::default()).await
}

pub(super) async fn extend(desk: Desk, Path(id): Path<String>, Form(form): Form<EndForm>) -> Response {
    let Some(id) = RequestId::parse(&id) else { return desk.not_found().await };
    let done = desk.shop().extend_request(&desk.member, id, &form.reden).await;
    settle(desk, id, form, done, "De termijn is twee maanden langer. Vertel het de klant vandaag.").await
}

pub(super) async fn close(desk: Desk, Path(id): Path<String>, Form(form): Form<EndForm>) -> Response {
    let Some(id) = RequestId::parse(&id) else { return desk.not_found().await };
    let done = desk.shop().close_request(&desk.member, id, &form.uitkomst, &form.antwoord).await;
    settle(desk, id, form, done, "Het verzoek is afgehandeld. Stuur het antwoord zoals het hieronder staat.").await
}

async fn settle(
    desk: Desk,
    id: RequestId,
    form: EndForm,
    done: Result<(), DeskError<RequestField>>,
    said: &str,
) -> Response {
    match done {
        Ok(()) => desk.done(&paths::request(id), said).await,
        Err(DeskError::Fields(wrong)) => {
            let typed = TypedEnd { reason: form.reden, outcome: form.uitkomst, answer: form.antwoord, wrong };
            show_one(desk, id, StatusCode::UNPROCESSABLE_ENTITY, typed).await
        }
        Err(DeskError::Shop(error)) => desk.failed(&paths::request(id), &error).await,
    }
}

async fn show_list(desk: Desk, status: StatusCode, typed: TypedRequest, wrong: Vec<RequestField>) -> Response {
    match desk.shop().requests(&desk.member).await {
        Ok(requests) => desk.show_as(status, move |frame| page::page(frame, &requests, &typed, &wrong)).await,
        Err(error) => desk.troubled(&error).await,
    }
}

async fn show_one(desk: Desk, id: RequestId, status: StatusCode, typed: TypedEnd) -> Response {
    match desk.shop().request_file(&desk.member, id).await {
        Ok(file) => {
            let clock = desk.shop().clock.clone();
            desk.show_as(status, move |frame| page::one(frame, &*clock, &file, &typed)).await
        }
        Err(error) => desk.troubled(&error).await,
    }
}
