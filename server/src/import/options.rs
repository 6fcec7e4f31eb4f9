//! What the options of a product are: a size, a colour, or nothing to choose.

use super::columns::Column;
use super::csv_file::Row;
use super::report::Remarks;
use super::rows::Article;
use shop_core::catalog::slug;

/// What shops call a size, as slugs.
const SIZE_NAMES: [&str; 12] = [
    "maat",
    "maten",
    "kindermaat",
    "kledingmaat",
    "size",
    "sizes",
    "grootte",
    "gro-e",
    "grosse",
    "groesse",
    "taille",
    "lengte",
];

/// What shops call a colour, as slugs.
const COLOUR_NAMES: [&str; 7] = ["kleur", "kleuren", "color", "colour", "colors", "farbe", "couleur"];

/// The numbers of the options that hold size and colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Options {
    size: Option<u8>,
    colour: Option<u8>,
}

impl Options {
    /// Finds out which option is which. An option with another name counts as the size when there is no other choice to make;
    /// `None`, with a fault, when there are more choices than a product can have.
    pub fn of(article: &Article, remarks: &mut Remarks) -> Option<Self> {
        let mut options = Self { size: None, colour: None };
        let mut others = Vec::new();
        for number in 1..=3 {
            let name = article.text(Column::OptionName(number));
            let values = values(article, number);
            let word = slug(name);
            if values.is_empty() || values == ["Default Title"] {
                continue;
            }
            if options.size.is_none() && SIZE_NAMES.contains(&word.as_str()) {
                options.size = Some(number);
            } else if options.colour.is_none() && COLOUR_NAMES.contains(&word.as_str()) {
                options.colour = Some(number);
            } else if values.len() > 1 {
                others.push((number, name));
            }
        }
        match (others.as_slice(), options.size) {
            ([], _) => Some(options),
            ([(number, name)], None) => {
                remarks.note(article.row(), article.handle, format!("De optie ‘{name}’ staat in de winkel als maat."));
                Some(Self { size: Some(*number), ..options })
            }
            ([(_, name), ..], _) => {
                let text = format!(
                    "De optie ‘{name}’ heeft meer dan één waarde. Een product in de winkel kan alleen verschillen in maat en kleur; maak er aparte producten van."
                );
                remarks.fault(article.row(), article.handle, text);
                None
            }
        }
    }

    /// The size of a row; `None` when the product has no sizes.
    pub fn size<'s>(&self, article: &Article<'s>, row: &'s Row) -> Option<&'s str> {
        self.size.map(|number| article.cell(row, Column::OptionValue(number)))
    }

    /// The colour of a row; empty when the product has no colours.
    pub fn colour<'s>(&self, article: &Article<'s>, row: &'s Row) -> &'s str {
        self.colour.map_or("", |number| article.cell(row, Column::OptionValue(number)))
    }

    /// The colours of a product in the order of the file; one empty text when it has none.
    pub fn colours<'s>(&self, article: &Article<'s>) -> Vec<&'s str> {
        self.colour.map_or_else(|| vec![""], |number| values(article, number))
    }
}

fn values<'s>(article: &Article<'s>, number: u8) -> Vec<&'s str> {
    let mut values = Vec::new();
    for row in article.lines() {
        let value = article.cell(row, Column::OptionValue(number));
        if !value.is_empty() && !values.contains(&value) {
            values.push(value);
        }
    }
    values
}
