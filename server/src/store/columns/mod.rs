//! What every column of the database is in the words of the register: for what, which kind of data, how long, and whether a person gets
//! to see it when she asks for her data (AVG art. 15). A test reads the real tables of both engines; a column that is not here fails it,
//! and so does a line without a column. Who adds a column says here what it is.

mod desk;
mod orders;
mod people;
mod shop;

use shop_core::privacy::{Category, Purpose, Retention};

/// Whether it is in what a person gets when she asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Export {
    /// It is.
    Yes,
    /// It is not, because.
    No(&'static str),
}

/// What a column is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// Nothing about a person; what it is about.
    Impersonal(&'static str),
    /// Something about a person.
    Personal {
        /// For what.
        purpose: Purpose,
        /// Which kinds; a column of JSON has several.
        categories: &'static [Category],
        /// How long.
        retention: Retention,
        /// Whether she gets to see it.
        export: Export,
    },
}

/// A column with what it is.
pub type Column = (&'static str, Class);

/// A table.
#[derive(Debug, Clone, Copy)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// All its columns.
    pub columns: &'static [Column],
}

/// Every table.
pub fn tables() -> impl Iterator<Item = Table> {
    shop::TABLES.iter().chain(people::TABLES).chain(orders::TABLES).chain(desk::TABLES).copied()
}

/// Why what the shop needs to find or order its rows is not shown.
const WIRING: Export = Export::No("Zegt alleen hoe de winkel het terugvindt; staat leesbaar in een andere kolom.");
/// Why a key is not shown.
const SECRET: Export = Export::No("Een sleutel; wie hem heeft kan erbij.");

const fn plain(about: &'static str) -> Class {
    Class::Impersonal(about)
}

/// Columns of one purpose and one period.
#[derive(Clone, Copy)]
struct Of(Purpose, Retention);

impl Of {
    const fn shown(self, categories: &'static [Category]) -> Class {
        Class::Personal { purpose: self.0, categories, retention: self.1, export: Export::Yes }
    }

    const fn hidden(self, categories: &'static [Category], why: Export) -> Class {
        Class::Personal { purpose: self.0, categories, retention: self.1, export: why }
    }
}
