//! Discount codes: the list with the form for a new one, making it, and ending one. Nothing that was typed is lost when it is wrong.

use super::desk::Desk;
use axum::extract::{Form, Path};
use axum::response::Response;
use http::StatusCode;
use serde::Deserialize;
use shop_app::manage::discounts::{self as page, Field, Typed};
use shop_app::manage::{paths, words};
use shop_core::address::one_line;
use shop_core::discount::{DiscountCode, Kind, Percent};
use shop_core::money::Money;
use shop_core::time::Day;
use shop_flows::manage::NewDiscount;

/// Letters of a note at most.
const LONGEST_NOTE: usize = 200;
/// The highest amount; more is a slip of the finger.
const HIGHEST: Money = Money::cents(100_000);
/// The most uses; more is no limit.
const MOST: u32 = 1_000_000;

#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
pub(super) struct NewForm {
    code: String,
    soort: String,
    waarde: String,
    vanaf: String,
    van: String,
    tot: String,
    hoogstens: String,
    notitie: String,
}

pub(super) async fn list(desk: Desk) -> Response {
    shown(desk, StatusCode::OK, Typed::default()).await
}

pub(super) async fn make(desk: Desk, Form(form): Form<NewForm>) -> Response {
    let today = desk.shop().clock.day(desk.shop().clock.now());
    let (mut typed, new) = understood(form, today);
    let Some(new) = new else { return shown(desk, StatusCode::UNPROCESSABLE_ENTITY, typed).await };
    let code = new.code.clone();
    match desk.shop().make_discount(&desk.member, new).await {
        Ok(true) => desk.done(paths::DISCOUNTS, &format!("{code} is gemaakt.")).await,
        Ok(false) => {
            typed.trouble = Some(format!("{code} is er al, of was er eerder. Kies een andere naam."));
            shown(desk, StatusCode::UNPROCESSABLE_ENTITY, typed).await
        }
        Err(error) => {
            typed.trouble = Some(words::trouble(&error));
            shown(desk, StatusCode::UNPROCESSABLE_ENTITY, typed).await
        }
    }
}

pub(super) async fn end(desk: Desk, Path(code): Path<String>) -> Response {
    let Some(code) = DiscountCode::parse(&code) else { return desk.not_found().await };
    match desk.shop().end_discount(&desk.member, &code).await {
        Ok(true) => desk.done(paths::DISCOUNTS, &format!("{code} is beëindigd.")).await,
        Ok(false) => desk.done(paths::DISCOUNTS, &format!("{code} was al afgelopen.")).await,
        Err(error) => desk.failed(paths::DISCOUNTS, &error).await,
    }
}

async fn shown(desk: Desk, status: StatusCode, typed: Typed) -> Response {
    match desk.shop().discounts(&desk.member).await {
        Ok(codes) => {
            let clock = desk.shop().clock.clone();
            desk.show_as(status, move |frame| page::page(frame, &*clock, &codes, typed)).await
        }
        Err(error) => desk.troubled(&error).await,
    }
}

/// The form as typed, with what is wrong in it, and what it says when nothing is.
fn understood(form: NewForm, today: Day) -> (Typed, Option<NewDiscount>) {
    let NewForm { code, soort, waarde, vanaf, van, tot, hoogstens, notitie } = form;
    let is_percent = soort == "procent";
    let mut wrong = Vec::new();
    let read_code = DiscountCode::parse(&code);
    let kind = if is_percent { percent(&waarde).map(Kind::Percent) } else { amount(&waarde).map(Kind::Amount) };
    let least_goods = or_empty(&vanaf, amount);
    let first_day = or_empty(&van, Day::parse);
    let last_day = or_empty(&tot, |text| {
        let earliest =
            first_day.flatten().map_or(today, |first: Day| if first.number() > today.number() { first } else { today });
        Day::parse(text).filter(|last| last.number() >= earliest.number())
    });
    let most_uses = or_empty(&hoogstens, |text| text.parse::<u32>().ok().filter(|most| (1..=MOST).contains(most)));
    let note = or_empty(&notitie, |text| one_line(text, LONGEST_NOTE));
    let checks = [
        (read_code.is_none(), Field::Code),
        (kind.is_none(), Field::Value),
        (least_goods.is_none(), Field::Least),
        (first_day.is_none(), Field::From),
        (last_day.is_none(), Field::Until),
        (most_uses.is_none(), Field::Most),
        (note.is_none(), Field::Note),
    ];
    wrong.extend(checks.into_iter().filter(|(is_wrong, _)| *is_wrong).map(|(_, field)| field));
    let new = match (read_code, kind, least_goods, first_day, last_day, most_uses, note) {
        (Some(code), Some(kind), Some(least_goods), Some(first_day), Some(last_day), Some(most_uses), Some(note)) => {
            let note = note.unwrap_or_default();
            Some(NewDiscount { code, kind, least_goods, first_day, last_day, most_uses, note })
        }
        _ => None,
    };
    let typed = Typed {
        code,
        is_percent,
        value: waarde,
        least: vanaf,
        from: van,
        until: tot,
        most: hoogstens,
        note: notitie,
        wrong,
        trouble: None,
    };
    (typed, new)
}

/// A field that may stay empty: `None` when something stands in it that cannot be read.
fn or_empty<T>(text: &str, read: impl FnOnce(&str) -> Option<T>) -> Option<Option<T>> {
    let text = text.trim();
    if text.is_empty() { Some(None) } else { read(text).map(Some) }
}

fn amount(text: &str) -> Option<Money> {
    Money::parse(text).ok().filter(|amount| *amount > Money::ZERO && *amount <= HIGHEST)
}

/// `10`, `12,5`, `10%`. The notation of an amount with two decimals is that of basis points too.
fn percent(text: &str) -> Option<Percent> {
    let points = Money::parse(text.trim().trim_end_matches('%')).ok()?.in_cents();
    Percent::basis_points(u16::try_from(points).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: Day = Day { year: 2026, month: 11, day: 24 };

    fn form(code: &str, value: &str) -> NewForm {
        NewForm { code: code.to_owned(), soort: "bedrag".to_owned(), waarde: value.to_owned(), ..NewForm::default() }
    }

    #[test]
    fn what_may_stay_empty_may_stay_empty() {
        let (typed, new) = understood(form(" welkom 5", "5"), TODAY);

        let new = new.expect("complete");
        assert_eq!((new.code.as_str(), new.kind), ("WELKOM5", Kind::Amount(Money::cents(500))));
        assert_eq!((new.least_goods, new.first_day, new.last_day, new.most_uses), (None, None, None, None));
        assert_eq!(typed.wrong, []);
    }

    #[test]
    fn every_wrong_field_is_named_and_nothing_is_lost() {
        let wrong = NewForm {
            vanaf: "veel".to_owned(),
            van: "2026-12-02".to_owned(),
            tot: "2026-12-01".to_owned(),
            hoogstens: "0".to_owned(),
            notitie: "x".repeat(201),
            ..form("<b>", "gratis")
        };

        let (typed, new) = understood(wrong, TODAY);

        assert_eq!(new, None);
        assert_eq!(typed.wrong, [Field::Code, Field::Value, Field::Least, Field::Until, Field::Most, Field::Note]);
        assert_eq!((typed.code.as_str(), typed.least.as_str()), ("<b>", "veel"));
    }

    #[test]
    fn percents_have_at_most_two_decimals_and_end_at_a_hundred() {
        for (text, points) in [("10", 1000), ("12,5", 1250), ("10%", 1000), ("100", 10_000)] {
            assert_eq!(percent(text).map(Percent::in_basis_points), Some(points), "{text}");
        }
        for text in ["0", "100,01", "-5", "tien", ""] {
            assert_eq!(percent(text), None, "{text}");
        }
    }

    #[test]
    fn a_last_day_in_the_past_is_wrong() {
        let last = |day: &str| understood(NewForm { tot: day.to_owned(), ..form("WELKOM5", "5") }, TODAY).0.wrong;

        assert_eq!(last("2026-11-24"), []);
        assert_eq!(last("2026-11-23"), [Field::Until]);
    }
}
