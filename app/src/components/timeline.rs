//! The way of an order in steps: done, now, later. The points are the octagon.

use crate::api::checkout::Step;
use leptos::prelude::*;

/// The timeline.
#[component]
pub fn Timeline(steps: Vec<Step>) -> impl IntoView {
    let steps = steps
        .into_iter()
        .map(|step| {
            let (state, spoken) = match step.state.as_str() {
                "done" => ("klaar", "Gedaan: "),
                "now" => ("nu", "Nu: "),
                _ => ("straks", "Straks: "),
            };
            view! {
                <li data-staat=state aria-current=(state == "nu").then_some("step")>
                    <svg class="punt" viewBox="0 0 32 32" aria-hidden="true">
                        <path class="k" d="M10 3h12l7 7v12l-7 7H10l-7-7V10z" />
                        <path class="v" d="M10 16.5l4.2 4.2L22 12" />
                    </svg>
                    <div>
                        <span class="weg">{spoken}</span>
                        <strong>{step.title}</strong>
                        <br />
                        <span class="grijs klein">{step.when}</span>
                    </div>
                </li>
            }
        })
        .collect_view();
    view! { <ol class="tijdlijn">{steps}</ol> }
}
