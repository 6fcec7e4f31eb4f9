//! Statements of before, as they were published. When the register changes what the statement says, the page of that day is saved as a file in
//! this folder and named here, and the register gets a new version with its date.

use leptos::prelude::*;

/// Day and text.
const PAST: [(&str, &str); 0] = [];

/// The statement of a day in the past.
pub(super) fn text(day: &str) -> Option<AnyView> {
    let (_, html) = PAST.into_iter().find(|(since, _)| *since == day)?;
    Some(view! { <div inner_html=html></div> }.into_any())
}

#[cfg(test)]
mod tests {
    use super::*;
    use shop_core::privacy::version::{VERSIONS, current};

    #[test]
    fn every_version_but_the_one_that_holds_has_its_text_here() {
        for version in VERSIONS.iter().filter(|version| **version != current()) {
            assert!(text(&version.day.iso()).is_some(), "{}", version.day.iso());
        }
        assert_eq!(PAST.len() + 1, VERSIONS.len());
    }
}
