//! Sizes: body height in centimetres, mostly two at a time (`98/104`), or a plain label (`one size`).

use serde::{Deserialize, Serialize};

/// A size as printed on the label.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Size(String);

/// Children by height, as parents look for them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum AgeGroup {
    /// Up to 80 cm: about 18 months.
    Baby,
    /// 86 to 98 cm: about 3 years.
    Toddler,
    /// 104 to 122 cm: about 7 years.
    Kid,
    /// 128 cm and more: 8 years and older.
    Big,
}

impl AgeGroup {
    /// All, youngest first.
    pub const ALL: [Self; 4] = [Self::Baby, Self::Toddler, Self::Kid, Self::Big];

    /// The value in a URL.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Baby => "0-1",
            Self::Toddler => "2-3",
            Self::Kid => "4-7",
            Self::Big => "8-plus",
        }
    }

    /// What people read.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Baby => "0 tot 1,5 jaar",
            Self::Toddler => "1,5 tot 3 jaar",
            Self::Kid => "4 tot 7 jaar",
            Self::Big => "8 jaar en ouder",
        }
    }

    /// Reads the value of a URL.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|group| group.slug() == text)
    }

    const fn of_height(cm: u16) -> Self {
        match cm {
            0..=82 => Self::Baby,
            83..=98 => Self::Toddler,
            99..=122 => Self::Kid,
            _ => Self::Big,
        }
    }
}

impl Size {
    /// A label, trimmed; `None` when it is empty or longer than 24 characters.
    pub fn parse(text: &str) -> Option<Self> {
        crate::address::one_line(text, 24).map(Self)
    }

    /// `98/104`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The heights in centimetres that the label names: `98/104` gives both. Empty for head sizes and plain labels.
    pub fn heights(&self) -> Vec<u16> {
        let text = self.0.strip_suffix("cm").unwrap_or(&self.0);
        let numbers: Vec<u16> = text.split(['/', '-', '–']).filter_map(|part| part.trim().parse().ok()).collect();
        let parts = text.split(['/', '-', '–']).count();
        if numbers.len() == parts && numbers.iter().all(|cm| (44..=188).contains(cm)) && !self.0.ends_with("cm") {
            numbers
        } else {
            Vec::new()
        }
    }

    /// The age groups that the label covers.
    pub fn age_groups(&self) -> Vec<AgeGroup> {
        let mut groups: Vec<AgeGroup> = self.heights().into_iter().map(AgeGroup::of_height).collect();
        groups.dedup();
        groups
    }

    /// About how old a child of this size is, from the size table of the shop: `3-4 jaar`, `3-9 maanden`. `None` for labels without a
    /// height.
    pub fn age_hint(&self) -> Option<String> {
        super::size_table::usual_age(&self.heights())
    }

    /// The value in a URL: lower case, `/` written as `-`.
    pub fn slug(&self) -> String {
        super::slug(&self.0)
    }

    /// Order on the shelf: by height, then by label.
    pub fn shelf_key(&self) -> (u16, &str) {
        (self.heights().first().copied().unwrap_or(u16::MAX), &self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn size(text: &str) -> Size {
        Size::parse(text).expect("a size")
    }

    #[test]
    fn a_double_size_covers_both_heights() {
        assert_eq!(size("98/104").heights(), [98, 104]);
        assert_eq!(size("98/104").age_groups(), [AgeGroup::Toddler, AgeGroup::Kid]);
        assert_eq!(size("98/104").age_hint().as_deref(), Some("3-4 jaar"));
        assert_eq!(size("86/92").age_hint().as_deref(), Some("1,5-2 jaar"));
        assert_eq!(size("134/140").age_hint().as_deref(), Some("9-10 jaar"));
    }

    #[test]
    fn head_sizes_and_labels_have_no_height() {
        for label in ["48–50 cm", "one size", "M", "19/22"] {
            assert!(size(label).heights().is_empty(), "{label}");
        }
        assert_eq!(Size::parse("  "), None);
    }

    #[test]
    fn sizes_stand_on_the_shelf_by_height() {
        let mut shelf = [size("110/116"), size("one size"), size("74/80"), size("98/104")];
        shelf.sort_by(|a, b| a.shelf_key().cmp(&b.shelf_key()));
        assert_eq!(shelf.map(|s| s.as_str().to_owned()), ["74/80", "98/104", "110/116", "one size"]);
    }
}
