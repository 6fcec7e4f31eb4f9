//! Papers: words become PDF pages (A4) that people keep, print, and have read to them. What stands on a paper is decided elsewhere; this
//! crate knows type, line breaks and pages. The same words make the same bytes.
//!
//! The pages are tagged (headings, paragraphs, lists, tables) and refused when they break a rule of PDF/UA that can be checked.

mod draw;
mod face;
mod layout;

/// A paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// Title of the document: `Bestelling AG100042`.
    pub title: String,
    /// Who made it.
    pub author: String,
    /// Stands at the foot of every page, before the number of the page.
    pub foot: String,
    /// The day it belongs to: year, month, day.
    pub date: (u16, u8, u8),
    /// What stands on it, from top to bottom.
    pub blocks: Vec<Block>,
}

/// A part of a paper. `\n` starts a new line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// The first heading.
    Title(String),
    /// A heading above what follows.
    Heading(String),
    /// A paragraph.
    Text(String),
    /// A paragraph that may be small.
    Small(String),
    /// An item of a list; items after each other are one list.
    Item(String),
    /// A row of a table: words at the left, an amount at the right. Rows after each other are one table.
    Row {
        /// At the left.
        label: String,
        /// Smaller, under it; may be empty.
        detail: String,
        /// At the right.
        amount: String,
        /// Whether it is the sum.
        strong: bool,
    },
}

/// A paper could not be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PdfError {
    /// A font inside the program cannot be read.
    #[error("a font of the program is broken")]
    Font,
    /// The writer refused, for instance because of a rule of PDF/UA.
    #[error("the writer refused: {0}")]
    Refused(String),
}

/// The paper as a PDF file.
pub fn write(paper: &Paper) -> Result<Vec<u8>, PdfError> {
    let faces = face::Faces::load()?;
    let sheets = layout::lay_out(&paper.blocks, &faces);
    draw::draw(paper, &sheets, &faces)
}
