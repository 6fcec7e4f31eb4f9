//! A name and address as it is printed, line by line.

use leptos::prelude::*;

/// The lines.
#[component]
pub fn AddressLines(lines: Vec<String>) -> impl IntoView {
    let lines = lines.into_iter().map(|line| view! { <span>{line}</span><br /> }).collect_view();
    view! { <p class="breek">{lines}</p> }
}
