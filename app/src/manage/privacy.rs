//! What the pages about personal data have in common: the way from one to the other, a trail, and text as it was typed.

use super::{paths, words};
use leptos::prelude::*;
use shop_flows::ports::{Clock, Step};

const PAGES: [(&str, &str); 4] = [
    (paths::REQUESTS, "Verzoeken"),
    (paths::BREACHES, "Datalekken"),
    (paths::KEEPING, "Bewaren en wissen"),
    (paths::REGISTER, "Register"),
];

/// The pages about personal data; `here` is the one that is shown.
pub fn tabs(here: &str) -> AnyView {
    let entries = PAGES
        .into_iter()
        .map(|(href, name)| {
            let current = (href == here).then_some("true");
            view! {
                <a class="chip" href=href aria-current=current>
                    {name}
                </a>
            }
        })
        .collect_view();
    view! {
        <nav class="row" aria-label="Privacy">
            {entries}
        </nav>
    }
    .into_any()
}

/// Who did what, first one first.
pub fn trail(clock: &dyn Clock, steps: &[Step]) -> AnyView {
    let rows = steps
        .iter()
        .map(|step| {
            view! {
                <tr>
                    <td class="grijs nowrap">{words::moment(clock, step.at)}</td>
                    <td class="woord">{step.actor.clone()}</td>
                    <td class="breed">{words::step(&step.what)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <section class="paneel">
            <h2>"Wie wat deed"</h2>
            <table class="tabel tabel--stapel">
                <thead>
                    <tr>
                        <th scope="col">"Wanneer"</th>
                        <th scope="col">"Wie"</th>
                        <th scope="col">"Wat"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
    }
    .into_any()
}

/// A text with its line breaks.
pub fn lines(text: &str) -> AnyView {
    let lines = text.split('\n').map(|line| view! { {line.to_owned()}<br /> }).collect_view();
    view! { <p class="breek">{lines}</p> }.into_any()
}
