//! What is kept how long, what goes next and when, and what went on the last nights: numbers of rows, never what they were.

use super::layout::{Frame, Place, desk};
use super::privacy::tabs;
use super::{paths, words};
use crate::pages::content::privacy::parts::period;
use leptos::prelude::*;
use shop_core::privacy::retention::EndedBy;
use shop_flows::manage::{KeepingPage, Kept};

/// The page.
pub fn page(frame: Frame, page: KeepingPage) -> String {
    let rows = page.kept.iter().map(row).collect_view();
    let last = match page.last_night {
        Some(day) => ["Het laatst gedaan: ", &day.long(), "."].concat(),
        None => "Nog niet gedaan. De eerste keer is vannacht na drie uur.".to_owned(),
    };
    let body = view! {
        <h1>"Bewaren en wissen"</h1>
        {tabs(paths::KEEPING)}
        <p>"Elke nacht na drie uur wist de winkel wat lang genoeg bewaard is. Daar hoef je niets voor te doen. " {last}</p>
        <section class="paneel">
            <h2>"Wat, hoe lang, en wat er als eerste gaat"</h2>
            <table class="tabel tabel--stapel">
                <thead>
                    <tr>
                        <th scope="col">"Wat"</th>
                        <th scope="col">"Hoe lang"</th>
                        <th scope="col">"Gewist door"</th>
                        <th scope="col">"Eerstvolgende"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
        <section class="paneel stack stack--s">
            <h2>"Gewist in de laatste maand"</h2>
            {went(&page)}
        </section>
    };
    desk(frame, Place::Privacy, "Bewaren en wissen", body.into_any())
}

fn row(kept: &Kept) -> AnyView {
    let retention = kept.retention;
    let next = match (kept.goes, kept.oldest, retention.last_day(shop_core::time::Day { year: 2026, month: 1, day: 1 }))
    {
        (Some(goes), _, _) => ["op zijn vroegst ", &goes.long()].concat(),
        (None, None, Some(_)) => "er is nog niets dat oud genoeg kan worden".to_owned(),
        _ if retention.ended_by() == EndedBy::Housekeeping => "de hele dag door, zodra de tijd om is".to_owned(),
        _ => "zie hiernaast".to_owned(),
    };
    view! {
        <tr>
            <td class="breed">
                <strong>{retention.title()}</strong>
                <br />
                <span class="klein grijs">{retention.reason()}</span>
            </td>
            <td class="breed">{period(retention)}</td>
            <td class="breed">{retention.ended_by().words()}</td>
            <td class="breed">{next}</td>
        </tr>
    }
    .into_any()
}

fn went(page: &KeepingPage) -> AnyView {
    if page.forgotten.is_empty() {
        return view! { <p class="grijs">"Niets. Dat klopt voor een winkel die nog niet lang bestaat."</p> }.into_any();
    }
    let rows = page
        .forgotten
        .iter()
        .map(|(day, retention, rows)| {
            let count = words::count_of(usize::try_from(*rows).unwrap_or(usize::MAX), "regel", "regels");
            view! {
                <tr>
                    <td class="nowrap">{day.long()}</td>
                    <td class="breed">{retention.title()}</td>
                    <td class="num">{count}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <table class="tabel tabel--stapel">
            <thead>
                <tr>
                    <th scope="col">"Nacht"</th>
                    <th scope="col">"Wat"</th>
                    <th scope="col" class="num">"Hoeveel"</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}
