//! What the pages about personal data have in common: the way from one to the other.

use super::paths;
use leptos::prelude::*;

const PAGES: [(&str, &str); 2] = [(paths::KEEPING, "Bewaren en wissen"), (paths::REGISTER, "Register")];

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
