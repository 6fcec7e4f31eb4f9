//! Icons from the sprite `/icons.svg`.

use leptos::prelude::*;

/// An icon of 24 pixels beside a word, hidden for readers.
pub fn icon(name: &'static str) -> impl IntoView {
    drawing(name, "i")
}

/// The same at 20 pixels.
pub fn small_icon(name: &'static str) -> impl IntoView {
    drawing(name, "i i--s")
}

fn drawing(name: &'static str, class: &'static str) -> impl IntoView {
    view! {
        <svg class=class aria-hidden="true">
            <use href=["/icons.svg#", name].concat()></use>
        </svg>
    }
}

/// An icon. Same as [`icon`], as a component.
#[component]
pub fn Icon(
    /// Name in the sprite.
    name: &'static str,
    /// 20 pixels instead of 24.
    #[prop(optional)]
    small: bool,
) -> impl IntoView {
    drawing(name, if small { "i i--s" } else { "i" })
}

/// The logo's octagon.
pub fn logo_mark() -> impl IntoView {
    view! {
        <svg aria-hidden="true" viewBox="0 0 32 32">
            <use href="/icons.svg#logo"></use>
        </svg>
    }
}

/// The large grey stone of empty pages.
pub fn gem() -> impl IntoView {
    view! {
        <svg class="gem" aria-hidden="true" viewBox="0 0 32 32">
            <use href="/icons.svg#gem"></use>
        </svg>
    }
}
