//! One address of the newsletter: its proof, and taking it off. The address comes in a form, never in an address bar or a log.

use super::desk::Desk;
use axum::extract::Form;
use axum::response::Response;
use http::StatusCode;
use serde::Deserialize;
use shop_app::manage::readers as page;
use shop_app::manage::{paths, words};
use shop_app::text;
use shop_core::ShopError;

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct ReaderForm {
    email: String,
}

pub(super) async fn ask(desk: Desk) -> Response {
    desk.show_as(StatusCode::OK, |frame| page::ask(frame, "", None)).await
}

pub(super) async fn show(desk: Desk, Form(form): Form<ReaderForm>) -> Response {
    match desk.shop().reader(&desk.member, &form.email).await {
        Ok(file) => {
            let clock = desk.shop().clock.clone();
            desk.show_as(StatusCode::OK, move |frame| page::one(frame, &*clock, &file)).await
        }
        Err(error) => wrong(desk, form, &error).await,
    }
}

pub(super) async fn take_off(desk: Desk, Form(form): Form<ReaderForm>) -> Response {
    match desk.shop().take_reader_off(&desk.member, &form.email).await {
        Ok(()) => desk.done(paths::READER, "Dit adres krijgt geen brieven meer.").await,
        Err(error) => wrong(desk, form, &error).await,
    }
}

async fn wrong(desk: Desk, form: ReaderForm, error: &ShopError) -> Response {
    let problem = match error {
        ShopError::Fields(errors) => errors.first().map(|wrong| text::mistake(wrong.field, wrong.mistake).to_owned()),
        error => Some(words::trouble(error)),
    };
    desk.show_as(StatusCode::UNPROCESSABLE_ENTITY, move |frame| page::ask(frame, &form.email, problem)).await
}
