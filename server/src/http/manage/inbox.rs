//! Questions of the contact form on the owner's desk.

use super::desk::Desk;
use axum::extract::{Form, Path};
use axum::response::Response;
use http::StatusCode;
use serde::Deserialize;
use shop_app::manage::inbox::{self as page, TypedAnswer};
use shop_app::manage::{paths, words};
use shop_core::ShopError;
use shop_core::id::QuestionId;

#[derive(Deserialize)]
pub(super) struct AnswerForm {
    #[serde(default)]
    antwoord: String,
    #[serde(default)]
    open: String,
}

#[derive(Deserialize)]
pub(super) struct CloseForm {
    #[serde(default)]
    sluiten: String,
}

pub(super) async fn list(desk: Desk) -> Response {
    match desk.shop().inbox(&desk.member).await {
        Ok(inbox) => {
            let clock = desk.shop().clock.clone();
            desk.show(move |frame| page::page(frame, &*clock, &inbox)).await
        }
        Err(error) => desk.troubled(&error).await,
    }
}

pub(super) async fn one(desk: Desk, Path(id): Path<String>) -> Response {
    let Some(id) = QuestionId::parse(&id) else { return desk.not_found().await };
    show(desk, id, StatusCode::OK, TypedAnswer::default()).await
}

pub(super) async fn answer(desk: Desk, Path(id): Path<String>, Form(form): Form<AnswerForm>) -> Response {
    let Some(id) = QuestionId::parse(&id) else { return desk.not_found().await };
    match desk.shop().answer_question(&desk.member, id, &form.antwoord, form.open.is_empty()).await {
        Ok(()) => desk.done(paths::INBOX, "Je antwoord gaat per mail op weg.").await,
        Err(ShopError::Fields(errors)) => {
            let mistake = errors.first().map(|error| words::answer_mistake(error.mistake).to_owned());
            let typed = TypedAnswer { text: form.antwoord, mistake };
            show(desk, id, StatusCode::UNPROCESSABLE_ENTITY, typed).await
        }
        Err(error) => desk.failed(&paths::question(id), &error).await,
    }
}

pub(super) async fn close(desk: Desk, Path(id): Path<String>, Form(form): Form<CloseForm>) -> Response {
    let Some(id) = QuestionId::parse(&id) else { return desk.not_found().await };
    let close = form.sluiten == "ja";
    match desk.shop().close_question(&desk.member, id, close).await {
        Ok(()) if close => desk.done(paths::INBOX, "De vraag is afgehandeld.").await,
        Ok(()) => desk.done(&paths::question(id), "De vraag staat weer open.").await,
        Err(error) => desk.failed(&paths::question(id), &error).await,
    }
}

async fn show(desk: Desk, id: QuestionId, status: StatusCode, typed: TypedAnswer) -> Response {
    match desk.shop().question_file(&desk.member, id).await {
        Ok(file) => {
            let clock = desk.shop().clock.clone();
            desk.show_as(status, move |frame| page::one(frame, &*clock, &file, &typed)).await
        }
        Err(error) => desk.troubled(&error).await,
    }
}
