//! Search in memory: words and their beginnings, article numbers, sizes in the query (`broek 98`), one or two typos,
//! small things and other words for the same ([`crate::dutch`]).

use crate::dutch;
use shop_core::catalog::{Product, slug};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Words of the catalogue with the articles that hold them.
#[derive(Default)]
pub struct SearchIndex {
    words: BTreeMap<String, Vec<(usize, u32)>>,
    numbers: Vec<(String, usize)>,
}

/// Positions of articles with how well they fit.
type Scores = BTreeMap<usize, u32>;

/// What a query found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Found {
    /// Positions of the articles, best first.
    pub products: Vec<usize>,
    /// What was searched instead, when words had typos, other names, or a colour that nothing has.
    pub corrected: Option<String>,
    /// A height in the query, in centimetres.
    pub height: Option<u16>,
    /// Words nearby, when nothing was found.
    pub nearby: Vec<String>,
}

const IGNORED: [&str; 12] = ["de", "het", "een", "voor", "van", "met", "in", "maat", "en", "cm", "mt", "kind"];

impl SearchIndex {
    /// The index over `products`.
    pub fn of(products: &[Arc<Product>]) -> Self {
        let mut index = Self::default();
        for (at, product) in products.iter().enumerate() {
            let colour =
                product.colour.as_ref().map(|colour| format!("{} {}", colour.name, colour.family)).unwrap_or_default();
            let category = product.category.title();
            for (text, weight) in [
                (&product.title, 8),
                (&product.kind, 6),
                (&category, 5),
                (&colour, 5),
                (&product.brand, 3),
                (&product.fabric, 2),
                (&product.fibre, 1),
            ] {
                for word in words(text) {
                    let entries = index.words.entry(word).or_default();
                    match entries.last_mut() {
                        Some((last, score)) if *last == at => *score = (*score).max(weight),
                        _ => entries.push((at, weight)),
                    }
                }
            }
            for variant in &product.variants {
                index.numbers.push((variant.sku.as_str().to_ascii_uppercase(), at));
                index.numbers.extend(variant.barcode.iter().map(|code| (code.clone(), at)));
            }
        }
        index
    }

    /// The articles that fit every word of `query`.
    pub fn find(&self, query: &str) -> Found {
        let upper = query.trim().to_ascii_uppercase();
        if upper.len() >= 4 {
            let by_number: BTreeSet<usize> =
                self.numbers.iter().filter(|(number, _)| number.starts_with(&upper)).map(|(_, at)| *at).collect();
            if !by_number.is_empty() {
                return Found { products: by_number.into_iter().collect(), ..Found::default() };
            }
        }
        let mut found = Found::default();
        let mut searched: Vec<String> = Vec::new();
        let mut scores: Option<Scores> = None;
        let mut colours: Vec<(String, Scores)> = Vec::new();
        let mut otherwise = false;
        for word in words(query) {
            if let Some(height) = word.parse::<u16>().ok().filter(|cm| (44..=188).contains(cm)) {
                found.height = Some(height);
                searched.push(word);
            } else if let Some(colour) = dutch::colour(&word) {
                colours.push((colour.to_owned(), self.hits(colour)));
            } else {
                let (used, hits) = self.understood(&word);
                otherwise |= used.as_ref().is_some_and(|used| !dutch::without_small(&word).contains(&used.as_str()));
                searched.push(used.unwrap_or(word));
                scores = Some(both(scores, hits));
            }
        }
        // A colour that nothing of this kind has is left out rather than leaving nobody with anything.
        for (colour, hits) in colours {
            let narrowed = both(scores.clone(), hits);
            if narrowed.is_empty() && scores.as_ref().is_some_and(|scores| !scores.is_empty()) {
                otherwise = true;
            } else {
                scores = Some(narrowed);
                searched.push(colour);
            }
        }
        let mut ranked: Vec<(usize, u32)> = scores.unwrap_or_default().into_iter().collect();
        ranked.sort_by_key(|(at, score)| (std::cmp::Reverse(*score), *at));
        found.products = ranked.into_iter().map(|(at, _)| at).collect();
        found.corrected = (otherwise && !found.products.is_empty()).then(|| searched.join(" "));
        if found.products.is_empty() {
            found.nearby = words(query).iter().filter_map(|word| self.nearest(word)).collect();
        }
        found
    }

    /// The articles for a word as it is, as a small thing, by another word for the same, or without its typo; and which word that
    /// was, when it was another one.
    fn understood(&self, word: &str) -> (Option<String>, Scores) {
        let hits = self.hits(word);
        if !hits.is_empty() {
            return (None, hits);
        }
        let stems = dutch::without_small(word);
        let others = stems.iter().chain([&word]).flat_map(|word| dutch::same(word));
        for meant in stems.iter().chain(others) {
            let hits = self.hits(meant);
            if !hits.is_empty() {
                return (Some((*meant).to_owned()), hits);
            }
        }
        match self.nearest(word) {
            Some(near) => {
                let hits = self.hits(&near);
                (Some(near), hits)
            }
            None => (None, Scores::new()),
        }
    }

    /// Words that begin with `start`, for suggestions.
    pub fn beginning_with(&self, start: &str, most: usize) -> Vec<String> {
        let start = slug(start);
        if start.is_empty() {
            return Vec::new();
        }
        self.words
            .range(start.clone()..)
            .take_while(|(word, _)| word.starts_with(&start))
            .take(most)
            .map(|(word, _)| word.clone())
            .collect()
    }

    fn hits(&self, word: &str) -> Scores {
        let mut hits = Scores::new();
        // Dutch plurals: `jurken` must find `jurk`, and `jurk` must find `jurken` (its beginning).
        let singular = word.strip_suffix("en").or_else(|| word.strip_suffix('s')).filter(|stem| stem.len() >= 4);
        for start in [Some(word), singular].into_iter().flatten() {
            for (found, entries) in
                self.words.range(start.to_owned()..).take_while(|(found, _)| found.starts_with(start))
            {
                let whole = u32::from(found == word) * 4;
                for (at, weight) in entries {
                    let score = hits.entry(*at).or_default();
                    *score = (*score).max(weight + whole);
                }
            }
        }
        hits
    }

    /// The word of the catalogue that was probably meant: one typo from four letters, two from seven.
    fn nearest(&self, word: &str) -> Option<String> {
        let letters = word.chars().count();
        let allowed = match letters {
            0..4 => return None,
            4..7 => 1,
            _ => 2,
        };
        let candidates = self
            .words
            .iter()
            .filter(|(other, _)| other.chars().count().abs_diff(letters) <= allowed || other.len() > word.len());
        let near = candidates.filter_map(|(other, entries)| {
            let beginning: String = other.chars().take(letters).collect();
            let distance = strsim::damerau_levenshtein(word, other)
                .min(strsim::damerau_levenshtein(word, &beginning) + usize::from(other.chars().count() > letters));
            (distance <= allowed).then_some((distance, std::cmp::Reverse(entries.len()), other))
        });
        near.min().map(|(_, _, other)| other.clone())
    }
}

/// What fits the words before and the next one too.
fn both(before: Option<Scores>, next: Scores) -> Scores {
    match before {
        None => next,
        Some(before) => {
            before.into_iter().filter_map(|(at, score)| next.get(&at).map(|more| (at, score + more))).collect()
        }
    }
}

fn words(text: &str) -> Vec<String> {
    slug(text).split('-').filter(|word| !word.is_empty() && !IGNORED.contains(word)).map(str::to_owned).collect()
}
