//! Puts the lines on pages, and says what each of them is: readers of screens follow the tags, not the places.

use crate::face::Faces;
use crate::layout::{FOOT, HEIGHT, Laid, Line, MARGIN, Sheets, Style, WIDTH};
use crate::{Block, Paper, PdfError};
use krilla::color::rgb;
use krilla::configure::{Accessibility, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::{DateTime, Metadata};
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::Fill;
use krilla::surface::Surface;
use krilla::tagging::{
    Artifact, ArtifactType, ContentTag, Identifier, ListNumbering, Node, SpanTag, TableHeaderScope, Tag, TagGroup,
    TagTree,
};
use krilla::{Document, SerializeSettings};
use std::num::NonZeroU16;

/// `--text` and `--line` of the pages, in daylight: paper is white.
const INK: (u8, u8, u8) = (0x2a, 0x21, 0x26);
const THIN: (u8, u8, u8) = (0xc9, 0xbb, 0xa8);

/// The pieces of each part of each block, in reading order.
type Pieces = Vec<Vec<Vec<Identifier>>>;

pub(crate) fn draw(paper: &Paper, sheets: &Sheets, faces: &Faces) -> Result<Vec<u8>, PdfError> {
    let configuration = ConfigurationBuilder::new().with_accessibility_validator(Accessibility::UA1).finish();
    let configuration = configuration.map_err(|error| PdfError::Refused(format!("{error:?}")))?;
    let mut document = Document::new_with(SerializeSettings { configuration, ..SerializeSettings::default() });
    let mut pieces: Pieces = sheets.blocks.iter().map(|laid| vec![Vec::new(); laid.parts.len()]).collect();
    for page in 0..sheets.pages {
        let settings = PageSettings::from_wh(WIDTH, HEIGHT).ok_or_else(|| PdfError::Refused("no page".to_owned()))?;
        let mut sheet = document.start_page_with(settings);
        let mut surface = sheet.surface();
        for (laid, pieces) in sheets.blocks.iter().zip(&mut pieces) {
            block(&mut surface, faces, laid, page, pieces);
        }
        foot(&mut surface, faces, &format!("{}, bladzijde {} van {}", paper.foot, page + 1, sheets.pages));
        surface.finish();
        sheet.finish();
    }
    let (year, month, day) = paper.date;
    document.set_metadata(
        Metadata::new()
            .title(paper.title.clone())
            .authors(vec![paper.author.clone()])
            .language("nl".to_owned())
            .creation_date(DateTime::new(year).month(month).day(day)),
    );
    document.set_outline(outline(&paper.blocks, sheets));
    document.set_tag_tree(tree(&paper.blocks, pieces));
    document.finish().map_err(|error| PdfError::Refused(format!("{error:?}")))
}

fn fill((red, green, blue): (u8, u8, u8)) -> Option<Fill> {
    Some(Fill { paint: rgb::Color::new(red, green, blue).into(), ..Fill::default() })
}

fn block(surface: &mut Surface<'_>, faces: &Faces, laid: &Laid, page: usize, pieces: &mut [Vec<Identifier>]) {
    if let Some((_, y)) = laid.rule.filter(|(on, _)| *on == page) {
        let mut path = PathBuilder::new();
        if let Some(rect) = Rect::from_xywh(MARGIN, y, WIDTH - 2.0 * MARGIN, 0.6) {
            path.push_rect(rect);
        }
        if let Some(path) = path.finish() {
            surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)));
            surface.set_fill(fill(THIN));
            surface.draw_path(&path);
            surface.end_tagged();
        }
    }
    for (lines, pieces) in laid.parts.iter().zip(pieces) {
        for line in lines.iter().filter(|line| line.page == page && !line.text.is_empty()) {
            pieces.push(surface.start_tagged(ContentTag::Span(SpanTag::empty())));
            text(surface, faces, line);
            surface.end_tagged();
        }
    }
}

fn text(surface: &mut Surface<'_>, faces: &Faces, line: &Line) {
    let Style { size, semibold, .. } = line.style;
    let face = faces.of(semibold);
    // A space at the end keeps the last word of a line apart from the first of the next when it is read aloud or copied.
    let words = format!("{} ", line.text);
    surface.set_fill(fill(INK));
    surface.draw_glyphs(Point::from_xy(line.x, line.y), &face.glyphs(&words), face.font.clone(), &words, size, false);
}

fn foot(surface: &mut Surface<'_>, faces: &Faces, words: &str) {
    let face = faces.of(FOOT.semibold);
    let line = Line { page: 0, x: MARGIN, y: HEIGHT - 40.0, style: FOOT, text: face.drawable(words) };
    surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Footer)));
    text(surface, faces, &line);
    surface.end_tagged();
}

/// The headings, for finding one's way.
fn outline(blocks: &[Block], sheets: &Sheets) -> Outline {
    let mut outline = Outline::new();
    for (block, laid) in blocks.iter().zip(&sheets.blocks) {
        let (Block::Title(text) | Block::Heading(text)) = block else { continue };
        let Some(first) = laid.parts.first().and_then(|lines| lines.first()) else { continue };
        let place = XyzDestination::new(first.page, Point::from_xy(first.x, first.y - first.style.size));
        outline.push_child(OutlineNode::new(text.clone(), place));
    }
    outline
}

/// What the pieces are.
fn tree(blocks: &[Block], pieces: Pieces) -> TagTree {
    let mut tree = TagTree::new().with_lang(Some("nl".to_owned()));
    let mut list: Option<TagGroup> = None;
    let mut table: Option<TagGroup> = None;
    for (block, mut parts) in blocks.iter().zip(pieces) {
        if !matches!(block, Block::Item(_)) {
            tree_push(&mut tree, list.take());
        }
        if !matches!(block, Block::Row { .. }) {
            tree_push(&mut tree, table.take());
        }
        let mut next = || nodes(if parts.is_empty() { Vec::new() } else { parts.remove(0) });
        match block {
            Block::Title(text) => tree.push(heading(1, text, next())),
            Block::Heading(text) => tree.push(heading(2, text, next())),
            Block::Text(_) | Block::Small(_) => tree.push(TagGroup::with_children(Tag::P, next())),
            Block::Item(_) => {
                let body = TagGroup::with_children(Tag::LBody, next());
                let item = TagGroup::with_children(Tag::LI, vec![body.into()]);
                list.get_or_insert_with(|| TagGroup::new(Tag::L(ListNumbering::Disc))).push(item);
            }
            Block::Row { .. } => {
                let label = TagGroup::with_children(Tag::TH(TableHeaderScope::Row), next());
                let amount = TagGroup::with_children(Tag::TD, next());
                let row = TagGroup::with_children(Tag::TR, vec![label.into(), amount.into()]);
                table.get_or_insert_with(|| TagGroup::new(Tag::Table)).push(row);
            }
        }
    }
    tree_push(&mut tree, list);
    tree_push(&mut tree, table);
    tree
}

fn tree_push(tree: &mut TagTree, group: Option<TagGroup>) {
    if let Some(group) = group {
        tree.push(group);
    }
}

fn nodes(pieces: Vec<Identifier>) -> Vec<Node> {
    pieces.into_iter().map(Node::from).collect()
}

fn heading(level: u16, text: &str, pieces: Vec<Node>) -> TagGroup {
    let level = NonZeroU16::new(level).unwrap_or(NonZeroU16::MIN);
    TagGroup::with_children(Tag::Hn(level, Some(text.to_owned())), pieces)
}
