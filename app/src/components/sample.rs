//! A colour to look at.

use leptos::prelude::*;

/// A sample of a colour. The colour is data, so it is an attribute of a drawing, not a style.
pub fn sample(hex: &str) -> AnyView {
    view! {
        <span class="staal">
            <svg aria-hidden="true">
                <rect fill=hex.to_owned()></rect>
            </svg>
        </span>
    }
    .into_any()
}
