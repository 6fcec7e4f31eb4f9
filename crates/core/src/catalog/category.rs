//! Categories: the words of the menu, and which type of article belongs where.

use serde::{Deserialize, Serialize};

/// The slug of a category: lower case letters, digits and dashes.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Category(String);

/// Our categories with their titles, in the order of the menu.
const KNOWN: [(&str, &str); 9] = [
    ("baby", "Baby"),
    ("jurken", "Jurken"),
    ("shirts", "Shirts"),
    ("broeken", "Broeken"),
    ("truien", "Truien en vesten"),
    ("rokken", "Rokken"),
    ("nachtmode", "Nachtmode"),
    ("jassen", "Jassen"),
    ("accessoires", "Accessoires"),
];

/// Which types of article, as product files name them, belong to which category.
const TYPES: [(&str, &str); 18] = [
    ("jurken", "jurken"),
    ("t-shirts", "shirts"),
    ("longsleeves", "shirts"),
    ("blouses", "shirts"),
    ("broeken", "broeken"),
    ("leggings", "broeken"),
    ("tuinbroeken", "broeken"),
    ("truien", "truien"),
    ("vesten", "truien"),
    ("rokken", "rokken"),
    ("rompers", "baby"),
    ("boxpakken", "baby"),
    ("pyjama-s", "nachtmode"),
    ("jassen", "jassen"),
    ("mutsen", "accessoires"),
    ("sokken", "accessoires"),
    ("petten-en-hoeden", "accessoires"),
    ("accessoires", "accessoires"),
];

impl Category {
    /// Reads a slug from a URL or a database; `None` when it is no slug.
    pub fn parse(text: &str) -> Option<Self> {
        let valid = !text.is_empty()
            && text.len() <= 60
            && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        valid.then(|| Self(text.to_owned()))
    }

    /// The category of a type of article. A type that we do not know becomes a category of its own.
    pub fn of_type(kind: &str) -> Self {
        let kind = slug(kind);
        let known = TYPES.iter().find(|(name, _)| *name == kind).map(|(_, category)| (*category).to_owned());
        Self(known.unwrap_or(if kind.is_empty() { "overig".to_owned() } else { kind }))
    }

    /// The categories of the menu, in its order.
    pub fn menu() -> impl Iterator<Item = Self> {
        KNOWN.iter().map(|(slug, _)| Self((*slug).to_owned()))
    }

    /// The slug.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The title people read.
    pub fn title(&self) -> String {
        let known = KNOWN.iter().find(|(slug, _)| *slug == self.0).map(|(_, title)| (*title).to_owned());
        known.unwrap_or_else(|| {
            let words = self.0.replace('-', " ");
            let mut letters = words.chars();
            letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
        })
    }
}

/// Any text as a slug: `Pyjama’s` becomes `pyjama-s`. Letters with accents lose them; empty when nothing is left.
pub fn slug(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        let plain = match letter {
            'à'..='å' | 'À'..='Å' => 'a',
            'è'..='ë' | 'È'..='Ë' => 'e',
            'ì'..='ï' | 'Ì'..='Ï' => 'i',
            'ò'..='ö' | 'Ò'..='Ö' => 'o',
            'ù'..='ü' | 'Ù'..='Ü' => 'u',
            'ç' | 'Ç' => 'c',
            'ñ' | 'Ñ' => 'n',
            other => other.to_ascii_lowercase(),
        };
        if plain.is_ascii_alphanumeric() {
            out.push(plain);
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    out.truncate(80);
    while out.ends_with('-') {
        out.pop();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_of_the_demo_catalogue_land_in_the_menu() {
        assert_eq!(Category::of_type("Pyjama’s").as_str(), "nachtmode");
        assert_eq!(Category::of_type("T-shirts").title(), "Shirts");
        assert_eq!(Category::of_type("Zwemkleding").title(), "Zwemkleding");
        assert_eq!(Category::of_type("").as_str(), "overig");
    }

    #[test]
    fn slugs_are_plain() {
        assert_eq!(slug("  Jurk “Madelief” – crème  "), "jurk-madelief-creme");
        assert_eq!(slug("★"), "");
        assert_eq!(Category::parse("../etc"), None);
    }
}
