//! The file as rows of cells. Which column means what is not known here.

use super::ImportError;
use csv::{ReaderBuilder, StringRecord};
use std::fs;
use std::path::Path;

/// A range of thousands of articles is a few MB; this is no product file.
const MAX_BYTES: u64 = 50_000_000;

/// Header and rows, without rows that are empty.
#[derive(Debug)]
pub(super) struct Sheet {
    pub header: StringRecord,
    pub rows: Vec<Row>,
}

/// A row with the number that a spreadsheet shows beside it.
#[derive(Debug, PartialEq)]
pub(super) struct Row {
    pub number: usize,
    pub cells: StringRecord,
}

impl Row {
    /// A cell without outer spaces; empty when the row is shorter.
    pub fn cell(&self, index: usize) -> &str {
        self.cells.get(index).unwrap_or("").trim()
    }
}

/// Why the file as a whole cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FileProblem {
    /// More than 50 MB.
    #[error("Dit bestand is groter dan 50 MB. Dat is geen productbestand; kies een ander bestand.")]
    TooLarge,
    /// Two bytes per letter.
    #[error("Dit bestand is opgeslagen als Unicode (UTF-16). Sla het op als ‘CSV UTF-8’ en probeer het nog eens.")]
    Utf16,
    /// Bytes that are no UTF-8, mostly Windows-1252. Guessing the encoding could spoil letters without anybody noticing.
    #[error(
        "Op regel {line} staat een teken in een oude tekenset (waarschijnlijk Windows-1252). Sla het bestand op als ‘CSV UTF-8’ en probeer het nog eens."
    )]
    NotUtf8 {
        /// Line of the file.
        line: usize,
    },
    /// A zero byte.
    #[error("Op regel {line} staat een nulteken. Het bestand is beschadigd, of het is geen CSV-bestand.")]
    Nul {
        /// Line of the file.
        line: usize,
    },
    /// No header.
    #[error("Dit bestand is leeg.")]
    Empty,
    /// A quoted cell without end has swallowed what follows.
    #[error(
        "In rij {row} begint een tekst met een aanhalingsteken dat nergens eindigt. Zet het sluitende aanhalingsteken erbij."
    )]
    UnclosedQuote {
        /// Row of the spreadsheet.
        row: usize,
    },
    /// Anything else the reader stumbles over.
    #[error("Dit bestand is niet te lezen als CSV: {0}")]
    Malformed(String),
}

/// Reads the file at `path`.
pub(super) fn open(path: &Path) -> Result<Sheet, ImportError> {
    let unreadable = |source| ImportError::Unreadable { path: path.to_owned(), source };
    if fs::metadata(path).map_err(unreadable)?.len() > MAX_BYTES {
        return Err(FileProblem::TooLarge.into());
    }
    Ok(parse(&fs::read(path).map_err(unreadable)?)?)
}

/// Reads comma or semicolon, UTF-8 with or without byte order mark, any line ends.
pub(super) fn parse(bytes: &[u8]) -> Result<Sheet, FileProblem> {
    let text = text(bytes)?;
    // Rows may be shorter than the header: spreadsheets drop empty cells at the end.
    let mut reader =
        ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter(text)).from_reader(text.as_bytes());
    let (mut header, mut rows, mut number) = (None, Vec::new(), 0);
    let mut last_is_open = false;
    loop {
        let mut cells = StringRecord::new();
        let before = reader.position().line();
        if !reader.read_record(&mut cells).map_err(|error| FileProblem::Malformed(error.to_string()))? {
            break;
        }
        // Empty lines are skipped by the reader, but a spreadsheet counts them. A line end inside a cell makes no new row.
        let lines = usize::try_from(reader.position().line() - before).unwrap_or(0);
        let inside: usize = cells.iter().map(|cell| cell.matches('\n').count()).sum();
        number += 1 + lines.saturating_sub(1 + inside);
        last_is_open = inside > 0;
        if header.is_none() {
            header = Some(cells);
        } else if cells.iter().any(|cell| !cell.trim().is_empty()) {
            rows.push(Row { number, cells });
        }
    }
    if last_is_open && text.matches('"').count() % 2 == 1 {
        return Err(FileProblem::UnclosedQuote { row: number });
    }
    Ok(Sheet { header: header.ok_or(FileProblem::Empty)?, rows })
}

fn text(bytes: &[u8]) -> Result<&str, FileProblem> {
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Err(FileProblem::Utf16);
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let line_of = |at: usize| 1 + bytes.iter().take(at).filter(|byte| **byte == b'\n').count();
    if let Some(at) = bytes.iter().position(|byte| *byte == 0) {
        return Err(FileProblem::Nul { line: line_of(at) });
    }
    std::str::from_utf8(bytes).map_err(|error| FileProblem::NotUtf8 { line: line_of(error.valid_up_to()) })
}

/// What stands most often between the names of the header: Dutch spreadsheets write semicolons.
fn delimiter(text: &str) -> u8 {
    let (mut quoted, mut commas, mut semicolons) = (false, 0_u32, 0_u32);
    for byte in text.trim_start().bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => break,
            b',' if !quoted => commas += 1,
            b';' if !quoted => semicolons += 1,
            _ => {}
        }
    }
    if semicolons > commas { b';' } else { b',' }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(text: &str) -> Vec<usize> {
        parse(text.as_bytes()).expect("a sheet").rows.iter().map(|row| row.number).collect()
    }

    #[test]
    fn rows_have_the_numbers_of_a_spreadsheet() {
        assert_eq!(numbers("a,b\n1,2\n\n,\n3,\"x\ny\"\n4,5"), [2, 5, 6]);
        assert_eq!(numbers("a,b\r\n1,2\r\n\r\n,\r\n3,\"x\r\ny\"\r\n4,5\r\n"), [2, 5, 6]);
    }

    #[test]
    fn the_header_tells_the_delimiter() {
        let sheet = parse("\u{feff}\"a;b\";c,d;e\n1;2;3\n".as_bytes()).expect("a sheet");

        assert_eq!(sheet.header, vec!["a;b", "c,d", "e"]);
        assert_eq!(sheet.rows[0].cells, vec!["1", "2", "3"]);
    }

    #[test]
    fn what_is_no_utf_8_text_is_refused_with_its_place() {
        assert_eq!(parse(b"a,b\ncr\xE8me,1\n").expect_err("refused"), FileProblem::NotUtf8 { line: 2 });
        assert_eq!(parse(b"a,b\n1,\0\n").expect_err("refused"), FileProblem::Nul { line: 2 });
        assert_eq!(parse(b"\xFF\xFEa\0").expect_err("refused"), FileProblem::Utf16);
        assert_eq!(parse(b"\n\n").expect_err("refused"), FileProblem::Empty);
        assert_eq!(parse(b"a,b\n1,\"2\n3,4\n").expect_err("refused"), FileProblem::UnclosedQuote { row: 2 });
    }
}
