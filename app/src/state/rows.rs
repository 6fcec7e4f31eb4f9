//! Rows that "Meer tonen" added to a list. Kept at the root, so going back to the list shows them again.

use crate::api::words::Html;
use leptos::prelude::*;

/// Rows beyond the page that stands in the address.
#[derive(Debug, Clone, Copy)]
pub struct MoreRows {
    list: StoredValue<String>,
    /// The cards, in order, as items of the list; each the rows of one page.
    pub cards: RwSignal<Vec<Html>>,
    /// How many cards they are.
    pub count: RwSignal<u32>,
    /// How many pages were added.
    pub pages: RwSignal<u32>,
}

impl MoreRows {
    /// Makes an empty one and hands it to everything below.
    pub fn provide() -> Self {
        let rows = Self {
            list: StoredValue::new(String::new()),
            cards: RwSignal::new(Vec::new()),
            count: RwSignal::new(0),
            pages: RwSignal::new(0),
        };
        provide_context(rows);
        rows
    }

    /// Says which list is shown; rows of another list are forgotten.
    pub fn of_list(self, address: &str) {
        if self.list.with_value(|list| list != address) {
            self.list.set_value(address.to_owned());
            self.cards.set(Vec::new());
            self.count.set(0);
            self.pages.set(0);
        }
    }

    /// Adds a page, when it is still the same list.
    pub fn append(self, address: &str, count: u32, more: Html) {
        if self.list.with_value(|list| list == address) {
            self.cards.update(|cards| cards.push(more));
            self.count.update(|all| *all += count);
            self.pages.update(|pages| *pages += 1);
        }
    }
}

/// The rows of the list on screen.
pub fn use_more_rows() -> MoreRows {
    expect_context()
}
