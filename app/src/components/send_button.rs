//! The button that sends a form once. The form has `data-eenmaal`; `behaviour::sending` makes the button say that it is busy.

use leptos::prelude::*;

/// The button.
#[component]
pub fn SendButton(
    /// What it says.
    label: &'static str,
    /// What it says while the form is on its way.
    #[prop(default = "Een moment…")]
    busy: &'static str,
    /// Its classes.
    #[prop(default = "btn")]
    class: &'static str,
) -> impl IntoView {
    view! {
        <button type="submit" class=class data-bezig=busy>
            {label}
        </button>
    }
    .into_any()
}
