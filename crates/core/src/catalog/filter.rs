//! A search as a value: what a list is narrowed down to. It is read from a URL and written back to one, so a pasted
//! link shows the same list. Unknown keys and values are dropped.

use super::{Category, Product};
use serde::{Deserialize, Serialize};

/// Order of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Sort {
    /// New articles first, then the order of the owner.
    #[default]
    Featured,
    /// Cheapest first.
    PriceUp,
    /// Dearest first.
    PriceDown,
    /// By name.
    Name,
}

impl Sort {
    /// All, in the order of the menu.
    pub const ALL: [Self; 4] = [Self::Featured, Self::PriceUp, Self::PriceDown, Self::Name];

    /// The value in a URL.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Featured => "nieuw",
            Self::PriceUp => "prijs-op",
            Self::PriceDown => "prijs-af",
            Self::Name => "naam",
        }
    }

    /// What people read.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Featured => "Nieuw eerst",
            Self::PriceUp => "Prijs: laag naar hoog",
            Self::PriceDown => "Prijs: hoog naar laag",
            Self::Name => "Naam",
        }
    }
}

/// The part of the year an article is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Season {
    /// Spring and summer.
    Summer,
    /// Autumn and winter.
    Winter,
    /// The whole year.
    AllYear,
}

impl Season {
    /// All, in the order of the filter.
    pub const ALL: [Self; 3] = [Self::Summer, Self::Winter, Self::AllYear];

    /// The value in a URL.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Summer => "zomer",
            Self::Winter => "winter",
            Self::AllYear => "hele-jaar",
        }
    }

    /// What people read.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Summer => "Lente en zomer",
            Self::Winter => "Herfst en winter",
            Self::AllYear => "Hele jaar",
        }
    }

    /// Reads the words of product files: `lente/zomer`, `herfst/winter`, `hele jaar`.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim().to_ascii_lowercase();
        let summer = text.contains("zomer") || text.contains("lente") || text.contains("summer");
        let winter = text.contains("winter") || text.contains("herfst");
        match (summer, winter) {
            (true, true) => Some(Self::AllYear),
            (true, false) => Some(Self::Summer),
            (false, true) => Some(Self::Winter),
            (false, false) => (text.contains("jaar") || text.contains("year")).then_some(Self::AllYear),
        }
    }
}

/// A range of prices in whole euros.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum PriceBand {
    /// Under € 15.
    Under15,
    /// € 15 to € 25.
    To25,
    /// € 25 to € 40.
    To40,
    /// € 40 to € 50.
    To50,
    /// € 50 and more.
    From50,
}

impl PriceBand {
    /// All, cheapest first.
    pub const ALL: [Self; 5] = [Self::Under15, Self::To25, Self::To40, Self::To50, Self::From50];

    /// The value in a URL.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Under15 => "0-15",
            Self::To25 => "15-25",
            Self::To40 => "25-40",
            Self::To50 => "40-50",
            Self::From50 => "50-plus",
        }
    }

    /// What people read.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Under15 => "tot € 15",
            Self::To25 => "€ 15 tot € 25",
            Self::To40 => "€ 25 tot € 40",
            Self::To50 => "€ 40 tot € 50",
            Self::From50 => "vanaf € 50",
        }
    }

    /// The band of an amount in cents.
    pub const fn of(cents: i64) -> Self {
        match cents {
            ..1500 => Self::Under15,
            1500..2500 => Self::To25,
            2500..4000 => Self::To40,
            4000..5000 => Self::To50,
            _ => Self::From50,
        }
    }
}

/// What a list shows.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Filter {
    /// Only this category.
    pub category: Option<Category>,
    /// Only new articles.
    pub new_only: bool,
    /// Only articles of which few are left or that are reduced: "Laatste maten".
    pub last_only: bool,
    /// Sizes that must be in stock, as slugs (`98-104`) or single heights (`98`).
    pub sizes: Vec<String>,
    /// Colour families, as slugs.
    pub colours: Vec<String>,
    /// Price bands, as slugs.
    pub prices: Vec<String>,
    /// Age groups, as slugs.
    pub ages: Vec<String>,
    /// Seasons, as slugs.
    pub seasons: Vec<String>,
    /// Order.
    pub sort: Sort,
    /// Page, from 1.
    pub page: u32,
}

/// The groups of the filter: key in the URL and title.
pub const GROUPS: [(&str, &str); 5] =
    [("maat", "Maat"), ("kleur", "Kleur"), ("prijs", "Prijs"), ("leeftijd", "Leeftijd"), ("seizoen", "Seizoen")];

/// Whether a value of a filter is what was wished: itself, or a size that covers the single height (`98-104` covers `98`).
pub(super) fn covers(value: &str, wish: &str) -> bool {
    wish == value || value.split('-').any(|part| part == wish)
}

impl Filter {
    /// Articles on one page.
    pub const PAGE: u32 = 24;
    const MOST: usize = 12;

    /// Reads the pairs of a query string. Several values of one key may repeat it or stand behind commas.
    pub fn read<'a>(category: Option<&str>, pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut filter = Self { page: 1, ..Self::default() };
        match category {
            Some("nieuw") => filter.new_only = true,
            Some("laatste-maten") => filter.last_only = true,
            Some(slug) => filter.category = Category::parse(slug),
            None => {}
        }
        for (key, value) in pairs {
            match key {
                "sorteer" => filter.sort = Sort::ALL.into_iter().find(|sort| sort.slug() == value).unwrap_or_default(),
                "pagina" => filter.page = value.parse().ok().filter(|page| (1..=10_000).contains(page)).unwrap_or(1),
                _ => {
                    if let Some(values) = filter.group_mut(key) {
                        values.extend(
                            value.split(',').filter(|v| super::slug(v) == *v && !v.is_empty()).map(str::to_owned),
                        );
                        values.sort_unstable();
                        values.dedup();
                        values.truncate(Self::MOST);
                    }
                }
            }
        }
        filter
    }

    /// The values chosen in a group; empty for an unknown key.
    pub fn group(&self, key: &str) -> &[String] {
        match key {
            "maat" => &self.sizes,
            "kleur" => &self.colours,
            "prijs" => &self.prices,
            "leeftijd" => &self.ages,
            "seizoen" => &self.seasons,
            _ => &[],
        }
    }

    fn group_mut(&mut self, key: &str) -> Option<&mut Vec<String>> {
        match key {
            "maat" => Some(&mut self.sizes),
            "kleur" => Some(&mut self.colours),
            "prijs" => Some(&mut self.prices),
            "leeftijd" => Some(&mut self.ages),
            "seizoen" => Some(&mut self.seasons),
            _ => None,
        }
    }

    /// Whether an article has one of the wanted sizes in stock; true when no size is wanted.
    pub fn has_wanted_size(&self, product: &Product) -> bool {
        let is_wanted = |slug: &str| self.sizes.iter().any(|wish| covers(slug, wish));
        self.sizes.is_empty() || product.variants.iter().any(|size| size.available > 0 && is_wanted(&size.size.slug()))
    }

    /// This filter with a value switched on or off, back on page 1.
    #[must_use]
    pub fn toggled(&self, key: &str, value: &str) -> Self {
        let mut other = self.clone();
        other.page = 1;
        if let Some(values) = other.group_mut(key) {
            if let Some(at) = values.iter().position(|chosen| chosen == value) {
                values.remove(at);
            } else {
                values.push(value.to_owned());
                values.sort_unstable();
            }
        }
        other
    }

    /// This filter without any choice, in the same category and order.
    #[must_use]
    pub fn cleared(&self) -> Self {
        Self {
            category: self.category.clone(),
            new_only: self.new_only,
            last_only: self.last_only,
            sort: self.sort,
            page: 1,
            ..Self::default()
        }
    }

    /// How many values are chosen.
    pub fn chosen(&self) -> usize {
        GROUPS.iter().map(|(key, _)| self.group(key).len()).sum()
    }

    /// The last part of the address: empty, or `jurken`, `nieuw`, `laatste-maten`.
    pub fn path_part(&self) -> &str {
        match &self.category {
            Some(category) => category.as_str(),
            None if self.new_only => "nieuw",
            None if self.last_only => "laatste-maten",
            None => "",
        }
    }

    /// The query string that `read` turns into this filter again; empty when nothing is chosen. One spelling per filter,
    /// so it can be the key of a cache.
    pub fn query(&self) -> String {
        let mut parts: Vec<String> = Vec::new();
        for (key, _) in GROUPS {
            if !self.group(key).is_empty() {
                parts.push(format!("{key}={}", self.group(key).join(",")));
            }
        }
        if self.sort != Sort::default() {
            parts.push(format!("sorteer={}", self.sort.slug()));
        }
        if self.page > 1 {
            parts.push(format!("pagina={}", self.page));
        }
        parts.join("&")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_filter_reads_back_from_its_own_address() {
        let filter = Filter::read(
            Some("jurken"),
            [("maat", "98-104,110-116"), ("kleur", "groen"), ("sorteer", "prijs-op"), ("pagina", "2")],
        );

        assert_eq!(filter.query(), "maat=110-116,98-104&kleur=groen&sorteer=prijs-op&pagina=2");
        assert_eq!(filter.path_part(), "jurken");
        assert_eq!(filter.chosen(), 3);
    }

    #[test]
    fn nonsense_in_the_address_is_dropped() {
        let filter =
            Filter::read(Some("../x"), [("maat", "<script>"), ("pagina", "-1"), ("utm_source", "x"), ("sorteer", "?")]);

        assert_eq!(filter, Filter { page: 1, ..Filter::default() });
    }

    #[test]
    fn seasons_are_read_as_owners_write_them() {
        assert_eq!(Season::read("lente/zomer"), Some(Season::Summer));
        assert_eq!(Season::read("Herfst / Winter"), Some(Season::Winter));
        assert_eq!(Season::read("hele jaar"), Some(Season::AllYear));
        assert_eq!(Season::read("?"), None);
    }

    proptest! {
        #[test]
        fn switching_twice_changes_nothing(values in proptest::collection::btree_set("[a-z0-9]{1,5}", 0..6), value in "[a-z0-9]{1,5}") {
            let filter = Filter { sizes: values.into_iter().collect(), page: 1, ..Filter::default() };
            prop_assert_eq!(filter.toggled("maat", &value).toggled("maat", &value), filter);
        }
    }
}
