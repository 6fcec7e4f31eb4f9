//! The two weights of our font: which glyph a letter is, and how wide.

use crate::PdfError;
use krilla::text::{Font, GlyphId, KrillaGlyph};
use skrifa::charmap::Charmap;
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::{FontRef, MetadataProvider};

const REGULAR: &[u8] = include_bytes!("../fonts/familjen-grotesk-400.ttf");
const SEMIBOLD: &[u8] = include_bytes!("../fonts/familjen-grotesk-600.ttf");

/// Both weights.
pub(crate) struct Faces {
    regular: Face,
    semibold: Face,
}

/// One weight.
pub(crate) struct Face {
    /// As the writer wants it.
    pub(crate) font: Font,
    letters: Charmap<'static>,
    widths: GlyphMetrics<'static>,
    units: f32,
}

impl Faces {
    pub(crate) fn load() -> Result<Self, PdfError> {
        Ok(Self { regular: Face::load(REGULAR)?, semibold: Face::load(SEMIBOLD)? })
    }

    pub(crate) const fn of(&self, semibold: bool) -> &Face {
        if semibold { &self.semibold } else { &self.regular }
    }
}

impl Face {
    fn load(bytes: &'static [u8]) -> Result<Self, PdfError> {
        let face = FontRef::new(bytes).map_err(|_| PdfError::Font)?;
        let units = face.metrics(Size::unscaled(), LocationRef::default()).units_per_em;
        Ok(Self {
            font: Font::new(bytes.into(), 0).ok_or(PdfError::Font)?,
            letters: face.charmap(),
            widths: face.glyph_metrics(Size::unscaled(), LocationRef::default()),
            units: f32::from(units),
        })
    }

    /// The text with only what the font can draw: another script becomes question marks, which is seen, instead of nothing.
    pub(crate) fn drawable(&self, text: &str) -> String {
        text.chars()
            .filter(|letter| !letter.is_control())
            .map(|letter| if self.letters.map(letter).is_some() { letter } else { '?' })
            .collect()
    }

    /// The width of a drawable text at a size.
    pub(crate) fn width(&self, text: &str, size: f32) -> f32 {
        text.chars().map(|letter| self.advance(letter)).sum::<f32>() * size
    }

    /// The glyphs of a drawable text.
    pub(crate) fn glyphs(&self, text: &str) -> Vec<KrillaGlyph> {
        text.char_indices()
            .map(|(at, letter)| {
                let glyph = self.letters.map(letter).map_or(0, |glyph| glyph.to_u32());
                let place = at..at + letter.len_utf8();
                KrillaGlyph::new(GlyphId::new(glyph), self.advance(letter), 0.0, 0.0, 0.0, place, None)
            })
            .collect()
    }

    /// The width of a letter, in parts of the size.
    fn advance(&self, letter: char) -> f32 {
        let width = self.letters.map(letter).and_then(|glyph| self.widths.advance_width(glyph));
        width.unwrap_or_default() / self.units
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_the_neighbours_can_be_drawn_and_other_scripts_are_marked() {
        let faces = Faces::load().expect("our own fonts");

        assert_eq!(faces.of(false).drawable("Łukasz Şahin, Zoë\u{a0}€ 1–2\t"), "Łukasz Şahin, Zoë\u{a0}€ 1–2");
        assert_eq!(faces.of(true).drawable("Анна 🌼"), "???? ?");
    }
}
