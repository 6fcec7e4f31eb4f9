//! The versions of the statement, newest first (S13). A text that was published never changes: what is written from the register today is
//! the first entry, and its date changes with its words.

use crate::time::Day;

/// A version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Version {
    /// Since when.
    pub day: Day,
    /// What changed with it.
    pub changes: &'static [&'static str],
}

/// The one that holds today, and what it was before.
pub const VERSIONS: [Version; 1] = [Version {
    day: Day { year: 2026, month: 11, day: 27 },
    changes: &[
        "De verklaring wordt gemaakt uit het register waar de winkel zelf mee werkt: doelen, ontvangers, termijnen en cookies.",
        "Bij elk doel staat waarom het mag, en wat er gebeurt als je iets niet geeft.",
        "Alle termijnen staan erin, met de reden.",
        "De cookies staan op een eigen pagina.",
        "Inzien, meenemen, verbeteren en wissen kun je nu ook zelf, bij Mijn gegevens.",
    ],
}];

/// The one that holds.
pub const fn current() -> Version {
    let [first, ..] = VERSIONS;
    first
}

/// The version of a day, written `2026-11-27`.
pub fn of(day: &str) -> Option<Version> {
    let day = Day::parse(day)?;
    VERSIONS.into_iter().find(|version| version.day == day)
}
