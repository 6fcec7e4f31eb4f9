//! Letters of the newsletter: list, writing, a trial, the step before sending, calling back. Nothing that was typed is lost when it is wrong.

use super::desk::Desk;
use axum::extract::{Form, Path};
use axum::response::Response;
use http::StatusCode;
use serde::Deserialize;
use shop_app::manage::letters::{self as page, Typed};
use shop_app::manage::paths;
use shop_core::id::LetterId;
use shop_core::newsletter::letter::blocks;
use shop_core::time::Day;
use shop_flows::manage::LetterTrouble;

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct LetterForm {
    onderwerp: String,
    tekst: String,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct SendForm {
    wanneer: String,
    dag: String,
    tijd: String,
}

pub(super) async fn list(desk: Desk) -> Response {
    listed(desk, StatusCode::OK, Typed::default()).await
}

pub(super) async fn make(desk: Desk, Form(form): Form<LetterForm>) -> Response {
    match desk.shop().write_letter(&desk.member, None, &form.onderwerp, &form.tekst).await {
        Ok(id) => desk.done(&paths::letter(id), "Bewaard. Zo ziet de brief eruit.").await,
        Err(trouble) => listed(desk, StatusCode::UNPROCESSABLE_ENTITY, typed(form, &trouble)).await,
    }
}

pub(super) async fn one(desk: Desk, Path(id): Path<String>) -> Response {
    let Some(id) = LetterId::parse(&id) else { return desk.not_found().await };
    shown(desk, StatusCode::OK, id, None).await
}

pub(super) async fn write(desk: Desk, Path(id): Path<String>, Form(form): Form<LetterForm>) -> Response {
    let Some(id) = LetterId::parse(&id) else { return desk.not_found().await };
    match desk.shop().write_letter(&desk.member, Some(id), &form.onderwerp, &form.tekst).await {
        Ok(id) => desk.done(&paths::letter(id), "Bewaard. Zo ziet de brief eruit.").await,
        Err(trouble) => shown(desk, StatusCode::UNPROCESSABLE_ENTITY, id, Some(typed(form, &trouble))).await,
    }
}

pub(super) async fn trial(desk: Desk, Path(id): Path<String>) -> Response {
    let Some(id) = LetterId::parse(&id) else { return desk.not_found().await };
    match desk.shop().try_letter(&desk.member, id).await {
        Ok(()) => desk.done(&paths::letter(id), "De proef is onderweg naar het adres van de winkel.").await,
        Err(error) => desk.failed(&paths::letter(id), &error).await,
    }
}

pub(super) async fn confirm(desk: Desk, Path(id): Path<String>) -> Response {
    let Some(id) = LetterId::parse(&id) else { return desk.not_found().await };
    asked(desk, StatusCode::OK, id, None).await
}

pub(super) async fn send(desk: Desk, Path(id): Path<String>, Form(form): Form<SendForm>) -> Response {
    let Some(id) = LetterId::parse(&id) else { return desk.not_found().await };
    let when = match form.wanneer.as_str() {
        "nu" => Ok(None),
        "later" => moment(&form.dag, &form.tijd).map(Some).ok_or("Vul een dag en een tijd in."),
        _ => Err("Kies wanneer de brief weggaat."),
    };
    let when = match when {
        Ok(when) => when,
        Err(text) => return asked(desk, StatusCode::UNPROCESSABLE_ENTITY, id, Some(text.to_owned())).await,
    };
    match desk.shop().send_letter(&desk.member, id, when).await {
        Ok(()) => desk.done(&paths::letter(id), "De brief staat klaar en gaat vanzelf op weg.").await,
        Err(trouble) => asked(desk, StatusCode::UNPROCESSABLE_ENTITY, id, Some(page::trouble(&trouble))).await,
    }
}

pub(super) async fn recall(desk: Desk, Path(id): Path<String>) -> Response {
    let Some(id) = LetterId::parse(&id) else { return desk.not_found().await };
    match desk.shop().recall_letter(&desk.member, id).await {
        Ok(()) => desk.done(&paths::letter(id), "De brief is weer een concept.").await,
        Err(LetterTrouble::Shop(error)) => desk.failed(&paths::letter(id), &error).await,
        Err(trouble) => {
            let text = Typed { trouble: Some(page::trouble(&trouble)), ..Typed::default() };
            shown(desk, StatusCode::CONFLICT, id, Some(text)).await
        }
    }
}

async fn listed(desk: Desk, status: StatusCode, typed: Typed) -> Response {
    match desk.shop().letters(&desk.member).await {
        Ok((letters, subscribers)) => {
            let clock = desk.shop().clock.clone();
            desk.show_as(status, move |frame| page::list(frame, &*clock, &letters, subscribers, typed)).await
        }
        Err(error) => desk.troubled(&error).await,
    }
}

async fn shown(desk: Desk, status: StatusCode, id: LetterId, typed: Option<Typed>) -> Response {
    match desk.shop().letter(&desk.member, id).await {
        Ok(file) => {
            let clock = desk.shop().clock.clone();
            let parts = desk.shop().letter_parts(&blocks(&file.letter.text).unwrap_or_default());
            let typed = typed.unwrap_or_else(|| Typed {
                subject: file.letter.subject.clone(),
                text: file.letter.text.clone(),
                trouble: None,
            });
            desk.show_as(status, move |frame| page::one(frame, &*clock, &file, &parts, typed)).await
        }
        Err(error) => desk.troubled(&error).await,
    }
}

async fn asked(desk: Desk, status: StatusCode, id: LetterId, problem: Option<String>) -> Response {
    match desk.shop().letter(&desk.member, id).await {
        Ok(file) => desk.show_as(status, move |frame| page::confirm(frame, &file, problem)).await,
        Err(error) => desk.troubled(&error).await,
    }
}

fn typed(form: LetterForm, trouble: &LetterTrouble) -> Typed {
    Typed { subject: form.onderwerp, text: form.tekst, trouble: Some(page::trouble(trouble)) }
}

/// `2026-12-05` and `08:30`, as browsers send them.
fn moment(day: &str, time: &str) -> Option<(Day, u8, u8)> {
    let day = Day::parse(day.trim())?;
    let (hour, rest) = time.trim().split_once(':')?;
    let minute = rest.split(':').next()?;
    let (hour, minute) = (hour.parse::<u8>().ok()?, minute.parse::<u8>().ok()?);
    (hour < 24 && minute < 60).then_some((day, hour, minute))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_and_a_time_are_read_as_browsers_send_them() {
        let day = Day { year: 2026, month: 12, day: 5 };

        assert_eq!(moment("2026-12-05", "08:30"), Some((day, 8, 30)));
        assert_eq!(moment("2026-12-05", "23:59:00"), Some((day, 23, 59)));
        for (day, time) in [("", "08:30"), ("2026-12-05", ""), ("2026-12-05", "24:00"), ("5 december", "08:30")] {
            assert_eq!(moment(day, time), None, "{day} {time}");
        }
    }
}
