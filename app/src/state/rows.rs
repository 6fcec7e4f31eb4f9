//! Rows that "Meer tonen" added to a list. Kept at the root, so going back to the list shows them again.

use crate::api::words::Html;
use leptos::prelude::*;

/// What was added to one list. Its copies are one; the view of a list that was left keeps its own and hears nothing of the next.
#[derive(Debug, Clone)]
pub struct Added {
    /// The address of the list.
    list: String,
    rows: ArcRwSignal<Rows>,
}

#[derive(Debug, Default)]
struct Rows {
    /// Items of the list, the ones of a page together.
    cards: Vec<Html>,
    /// How many items they are.
    count: u32,
}

impl Added {
    fn to(list: &str) -> Self {
        Self { list: list.to_owned(), rows: ArcRwSignal::default() }
    }

    /// Adds a page of `count` cards.
    pub fn append(&self, count: u32, cards: Html) {
        self.rows.update(|rows| {
            rows.cards.push(cards);
            rows.count += count;
        });
    }

    /// How many pages were added.
    pub fn pages(&self) -> u32 {
        self.rows.with(|rows| u32::try_from(rows.cards.len()).unwrap_or(u32::MAX))
    }

    /// How many cards were added.
    pub fn count(&self) -> u32 {
        self.rows.with(|rows| rows.count)
    }

    /// Hands out the cards, page by page.
    pub fn each(&self, mut show: impl FnMut(&Html)) {
        self.rows.with(|rows| rows.cards.iter().for_each(&mut show));
    }
}

/// What was added to the list that is shown.
#[derive(Debug, Clone, Copy)]
pub struct MoreRows(StoredValue<Added>);

impl MoreRows {
    /// Makes an empty one and hands it to everything below.
    pub fn provide() -> Self {
        let rows = Self(StoredValue::new(Added::to("")));
        provide_context(rows);
        rows
    }

    /// What was added to the list at `address`, which is shown from now on; rows of another list are forgotten.
    pub fn of_list(self, address: &str) -> Added {
        if self.0.with_value(|added| added.list != address) {
            self.0.set_value(Added::to(address));
        }
        self.0.get_value()
    }

    /// Whether that list is the one that is shown.
    pub fn shows(self, added: &Added) -> bool {
        self.0.with_value(|shown| shown.list == added.list)
    }
}

/// The rows of the list on screen.
pub fn use_more_rows() -> MoreRows {
    expect_context()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(words: &str) -> Html {
        Html(words.to_owned())
    }

    #[test]
    fn a_list_that_is_shown_again_has_its_rows_and_another_list_has_none() {
        let owner = Owner::new();
        owner.set();
        let rows = MoreRows::provide();
        let all = rows.of_list("/collectie");
        all.append(24, page("<li>Jurk</li>"));
        all.append(9, page("<li>Broek</li>"));

        let again = rows.of_list("/collectie");
        assert_eq!((again.pages(), again.count()), (2, 33));

        let third = rows.of_list("/collectie?pagina=3");
        assert_eq!((third.pages(), third.count()), (0, 0));
        // The view of the first list is still on screen for a moment, and nothing changes under it.
        assert_eq!((all.pages(), all.count(), rows.shows(&all)), (2, 33, false));
    }
}
