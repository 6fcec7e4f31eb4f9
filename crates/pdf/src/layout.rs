//! Where every line stands: lines are broken at spaces, a heading stays with what follows it, a row stays whole.

use crate::Block;
use crate::face::{Face, Faces};

/// A4 in points.
pub(crate) const WIDTH: f32 = 595.28;
pub(crate) const HEIGHT: f32 = 841.89;
pub(crate) const MARGIN: f32 = 56.0;
/// Nothing but the foot stands below.
const BOTTOM: f32 = HEIGHT - 72.0;
const INNER: f32 = WIDTH - 2.0 * MARGIN;
/// What amounts may take at the right.
const AMOUNT: f32 = 110.0;
const INDENT: f32 = 14.0;

/// How a line looks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Style {
    pub(crate) size: f32,
    pub(crate) semibold: bool,
    /// From one baseline to the next.
    leading: f32,
    before: f32,
}

const TITLE: Style = Style { size: 22.0, semibold: true, leading: 27.0, before: 0.0 };
const HEADING: Style = Style { size: 13.0, semibold: true, leading: 17.0, before: 16.0 };
const TEXT: Style = Style { size: 10.0, semibold: false, leading: 14.5, before: 5.0 };
const STRONG: Style = Style { semibold: true, ..TEXT };
const SMALL: Style = Style { size: 8.5, semibold: false, leading: 12.0, before: 4.0 };
const ITEM: Style = Style { before: 2.5, ..TEXT };
pub(crate) const FOOT: Style = Style { size: 8.0, semibold: false, leading: 11.0, before: 0.0 };

/// A line of text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Line {
    pub(crate) page: usize,
    pub(crate) x: f32,
    /// The baseline, from the top of the page.
    pub(crate) y: f32,
    pub(crate) style: Style,
    pub(crate) text: String,
}

/// What a block became: one part, or two for a row.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Laid {
    pub(crate) parts: Vec<Vec<Line>>,
    /// Page and height of the thin line above a row.
    pub(crate) rule: Option<(usize, f32)>,
}

/// All blocks, and how many pages they take.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Sheets {
    pub(crate) blocks: Vec<Laid>,
    pub(crate) pages: usize,
}

struct Pen<'a> {
    faces: &'a Faces,
    page: usize,
    y: f32,
}

pub(crate) fn lay_out(blocks: &[Block], faces: &Faces) -> Sheets {
    let mut pen = Pen { faces, page: 0, y: MARGIN };
    let laid = blocks.iter().map(|block| pen.block(block)).collect();
    Sheets { blocks: laid, pages: pen.page + 1 }
}

impl Pen<'_> {
    fn block(&mut self, block: &Block) -> Laid {
        let plain = |lines| Laid { parts: vec![lines], rule: None };
        match block {
            Block::Title(text) => plain(self.lines(text, TITLE, 0.0, INNER, 0.0)),
            // A heading at the very foot would stand alone: two lines of text must fit under it.
            Block::Heading(text) => plain(self.lines(text, HEADING, 0.0, INNER, 2.0 * TEXT.leading)),
            Block::Text(text) => plain(self.lines(text, TEXT, 0.0, INNER, 0.0)),
            Block::Small(text) => plain(self.lines(text, SMALL, 0.0, INNER, 0.0)),
            Block::Item(text) => {
                let mut lines = self.lines(text, ITEM, INDENT, INNER - INDENT, 0.0);
                if let Some(first) = lines.first() {
                    lines.insert(0, Line { x: MARGIN, text: "•".to_owned(), ..first.clone() });
                }
                plain(lines)
            }
            Block::Row { label, detail, amount, strong } => self.row(label, detail, amount, *strong),
        }
    }

    /// The lines of a text. `and_then` is what must still fit below its first line.
    fn lines(&mut self, text: &str, style: Style, indent: f32, width: f32, and_then: f32) -> Vec<Line> {
        self.y += if self.is_at_the_top() { 0.0 } else { style.before };
        let face = self.faces.of(style.semibold);
        broken(text, face, style.size, width)
            .into_iter()
            .map(|text| {
                self.make_room(style.leading + and_then);
                self.y += style.leading;
                Line { page: self.page, x: MARGIN + indent, y: self.y, style, text }
            })
            .collect()
    }

    fn row(&mut self, label: &str, detail: &str, amount: &str, strong: bool) -> Laid {
        let style = if strong { STRONG } else { TEXT };
        let face = self.faces.of(strong);
        let width = INNER - AMOUNT;
        let names = broken(label, face, style.size, width);
        let details =
            if detail.is_empty() { Vec::new() } else { broken(detail, self.faces.of(false), SMALL.size, width) };
        let height = style.leading * count(names.len()) + SMALL.leading * count(details.len()) + 10.0;
        self.make_room(height);
        self.y += 5.0;
        let rule = Some((self.page, self.y));
        self.y += 3.0;
        let mut left = Vec::new();
        let mut put = |pen: &mut Self, text: String, style: Style| {
            pen.y += style.leading;
            left.push(Line { page: pen.page, x: MARGIN, y: pen.y, style, text });
        };
        names.into_iter().for_each(|text| put(self, text, style));
        details.into_iter().for_each(|text| put(self, text, SMALL));
        let amount = face.drawable(amount);
        let x = WIDTH - MARGIN - face.width(&amount, style.size);
        let y = left.first().map_or(self.y, |line| line.y);
        let right = vec![Line { page: self.page, x, y, style, text: amount }];
        Laid { parts: vec![left, right], rule }
    }

    fn is_at_the_top(&self) -> bool {
        self.y <= MARGIN
    }

    /// Goes to the next page when this much does not fit on this one.
    fn make_room(&mut self, height: f32) {
        if self.y + height > BOTTOM && !self.is_at_the_top() {
            self.page += 1;
            self.y = MARGIN;
        }
    }
}

/// A small number of lines as a measure.
fn count(lines: usize) -> f32 {
    u16::try_from(lines).map_or(f32::MAX, f32::from)
}

/// The text in lines that are no wider than `width`. A word that is too wide by itself is cut.
fn broken(text: &str, face: &Face, size: f32, width: f32) -> Vec<String> {
    let mut lines = Vec::new();
    for hard in text.split('\n') {
        let hard = face.drawable(hard);
        let mut line = String::new();
        for word in hard.split(' ').filter(|word| !word.is_empty()) {
            let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
            if face.width(&longer, size) <= width {
                line = longer;
                continue;
            }
            if !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            for letter in word.chars() {
                line.push(letter);
                if face.width(&line, size) > width && line.chars().count() > 1 {
                    line.pop();
                    lines.push(std::mem::replace(&mut line, letter.to_string()));
                }
            }
        }
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faces() -> Faces {
        Faces::load().expect("our own fonts")
    }

    #[test]
    fn lines_are_broken_at_spaces_and_never_wider_than_the_page() {
        let faces = faces();
        let text = "Passen en bekijken mag, zoals in een winkel. ".repeat(20) + &"a".repeat(300);

        let lines = broken(&text, faces.of(false), 10.0, INNER);

        assert!(lines.iter().all(|line| faces.of(false).width(line, 10.0) <= INNER));
        assert_eq!(
            lines.join(" ").split(' ').take(8).collect::<Vec<_>>().join(" "),
            "Passen en bekijken mag, zoals in een winkel."
        );
        assert_eq!(lines.concat().matches('a').count(), text.matches('a').count());
    }

    #[test]
    fn a_heading_never_stands_alone_at_the_foot_and_a_row_stays_whole() {
        let faces = faces();
        for filler in 20..60 {
            let mut blocks: Vec<Block> = (0..filler).map(|_| Block::Text("regel".to_owned())).collect();
            blocks.push(Block::Heading("Kop".to_owned()));
            blocks.push(Block::Text("eronder".to_owned()));
            blocks.push(Block::Row {
                label: "Jurk".to_owned(),
                detail: "een\ntwee".to_owned(),
                amount: "€ 1,00".to_owned(),
                strong: false,
            });

            let sheets = lay_out(&blocks, &faces);

            let page = |at: usize| sheets.blocks[at].parts[0][0].page;
            assert_eq!(page(filler), page(filler + 1), "{filler}");
            let row = &sheets.blocks[filler + 2].parts;
            assert!(row.iter().flatten().all(|line| line.page == row[0][0].page), "{filler}");
            let lowest = sheets.blocks.iter().flat_map(|laid| laid.parts.iter().flatten()).map(|line| line.y);
            assert!(lowest.fold(0.0, f32::max) <= BOTTOM, "{filler}");
        }
    }
}
