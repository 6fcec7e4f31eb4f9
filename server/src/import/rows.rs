//! Rows of one product together: a product takes as many rows as it has sizes or pictures, all with its handle.

use super::columns::{Column, Columns};
use super::csv_file::{Row, Sheet};
use super::report::Remarks;
use std::collections::HashMap;

/// Longer texts are no description; mostly a quote is missing.
const MAX_CELL: usize = 100_000;

/// The rows of one handle.
#[derive(Debug)]
pub(super) struct Article<'s> {
    pub handle: &'s str,
    columns: &'s Columns,
    rows: Vec<&'s Row>,
}

impl<'s> Article<'s> {
    /// The number of its first row.
    pub fn row(&self) -> usize {
        self.rows.first().map_or(0, |row| row.number)
    }

    /// What stands in a column that belongs to the whole product: exports fill it in the first row only.
    pub fn text(&self, column: Column) -> &'s str {
        self.rows.iter().map(|row| self.columns.get(row, column)).find(|text| !text.is_empty()).unwrap_or("")
    }

    /// What a row has in a column.
    pub fn cell<'r>(&self, row: &'r Row, column: Column) -> &'r str {
        self.columns.get(row, column)
    }

    /// The rows that describe something to buy.
    pub fn lines(&self) -> impl Iterator<Item = &'s Row> {
        let (columns, rows) = (self.columns, self.rows.clone());
        let marks = [Column::Price, Column::Sku, Column::OptionValue(1)];
        rows.into_iter().filter(move |row| marks.iter().any(|column| !columns.get(row, *column).is_empty()))
    }

    /// All its rows.
    pub fn rows(&self) -> impl Iterator<Item = &'s Row> {
        self.rows.clone().into_iter()
    }
}

/// Puts the rows of each handle together, in the order of the file. Rows that cannot be read become faults.
pub(super) fn group<'s>(sheet: &'s Sheet, columns: &'s Columns, remarks: &mut Remarks) -> Vec<Article<'s>> {
    let mut articles: Vec<Article> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    for row in &sheet.rows {
        let handle = columns.get(row, Column::Handle);
        check_cells(row, handle, columns, remarks);
        if handle.is_empty() {
            remarks.fault(row.number, "", "Deze rij heeft geen handle, dus ik weet niet bij welk product hij hoort.");
            continue;
        }
        let place = *places.entry(handle).or_insert_with(|| {
            articles.push(Article { handle, columns, rows: Vec::new() });
            articles.len() - 1
        });
        if let Some(article) = articles.get_mut(place) {
            let (known, title) = (article.text(Column::Title), columns.get(row, Column::Title));
            if !known.is_empty() && !title.is_empty() && known != title {
                let text = format!("Deze handle is ook van ‘{known}’. Geef ‘{title}’ een eigen handle.");
                remarks.fault(row.number, handle, text);
            }
            article.rows.push(row);
        }
    }
    articles
}

fn check_cells(row: &Row, handle: &str, columns: &Columns, remarks: &mut Remarks) {
    if row.cells.iter().skip(columns.count).any(|cell| !cell.trim().is_empty()) {
        let text = "Deze rij heeft meer cellen dan er kolommen zijn. Staat er ergens een komma of puntkomma zonder aanhalingstekens?";
        remarks.fault(row.number, handle, text);
    }
    if let Some(cell) = row.cells.iter().find(|cell| cell.len() > MAX_CELL) {
        let start: String = cell.chars().take(30).collect();
        let text = format!(
            "De tekst die begint met ‘{start}’ is te lang (meer dan 100.000 tekens). Mist er een aanhalingsteken?"
        );
        remarks.fault(row.number, handle, text);
    }
}
