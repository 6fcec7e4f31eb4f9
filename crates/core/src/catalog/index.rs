//! The list pages: which articles fit a filter, in which order, and how many each further choice would leave.
//!
//! One bit per article and filter value, so a list of fifty thousand articles costs a few thousand word operations and
//! the count of a choice is a population count. Sizes count only where they are in stock.

use super::filter::{GROUPS, covers};
use super::{AgeGroup, Category, Filter, PriceBand, Product, Season, Sort};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A set of positions in the list of articles.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Bits(Vec<u64>);

impl Bits {
    fn set(&mut self, at: usize, on: bool) {
        let (word, mask) = (at / 64, 1u64 << (at % 64));
        if self.0.len() <= word {
            self.0.resize(word + 1, 0);
        }
        if let Some(bits) = self.0.get_mut(word) {
            if on { *bits |= mask } else { *bits &= !mask }
        }
    }

    fn has(&self, at: usize) -> bool {
        self.0.get(at / 64).is_some_and(|bits| bits & (1u64 << (at % 64)) != 0)
    }

    fn and(&mut self, other: &Self) {
        for (at, bits) in self.0.iter_mut().enumerate() {
            *bits &= other.0.get(at).copied().unwrap_or(0);
        }
    }

    fn or(&mut self, other: &Self) {
        self.0.resize(self.0.len().max(other.0.len()), 0);
        for (bits, more) in self.0.iter_mut().zip(&other.0) {
            *bits |= more;
        }
    }

    fn count(&self) -> u32 {
        self.0.iter().map(|bits| bits.count_ones()).sum()
    }

    fn count_and(&self, other: &Self) -> u32 {
        self.0.iter().zip(&other.0).map(|(a, b)| (a & b).count_ones()).sum()
    }
}

/// A value of a filter group with what it would leave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FacetValue {
    /// The value in the URL.
    pub slug: String,
    /// What people read.
    pub label: String,
    /// Articles that remain when it is chosen too.
    pub count: u32,
    /// Whether it is chosen.
    pub chosen: bool,
}

/// A group of the filter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facet {
    /// The key in the URL.
    pub key: String,
    /// What people read.
    pub title: String,
    /// Its values, in their natural order.
    pub values: Vec<FacetValue>,
}

/// A page of a list: positions of the articles, and the filter's counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    /// Positions in the list that the index was made from.
    pub found: Vec<usize>,
    /// Articles in all.
    pub total: u32,
    /// The page that is shown; the last one when the wish was beyond it.
    pub page: u32,
    /// Pages in all, at least 1.
    pub pages: u32,
    /// The groups.
    pub facets: Vec<Facet>,
}

#[derive(Debug, Clone, Default)]
struct Value {
    label: String,
    order: (u16, String),
    bits: Bits,
}

/// The index over a list of articles. Cloning shares everything that a change does not touch.
#[derive(Debug, Clone, Default)]
pub struct Index {
    shown: Arc<Bits>,
    new: Arc<Bits>,
    last: Arc<Bits>,
    categories: Arc<BTreeMap<Category, Bits>>,
    groups: Vec<Arc<BTreeMap<String, Value>>>,
    orders: Arc<Vec<Vec<u32>>>,
}

impl Index {
    /// The index over `products`; positions are theirs.
    pub fn of(products: &[Arc<Product>]) -> Self {
        let mut index = Self { groups: vec![Arc::default(); GROUPS.len()], ..Self::default() };
        for (at, product) in products.iter().enumerate() {
            index.put(at, product);
        }
        index.orders = Arc::new(Sort::ALL.iter().map(|sort| order(products, *sort)).collect());
        index
    }

    /// Brings the bits of one article up to date, after a change of stock.
    /// A new price or title needs a new index, because the order changes.
    pub fn restock(&mut self, at: usize, product: &Product) {
        for group in &mut self.groups {
            if group.values().any(|value| value.bits.has(at)) {
                for value in Arc::make_mut(group).values_mut() {
                    value.bits.set(at, false);
                }
            }
        }
        self.put(at, product);
    }

    fn put(&mut self, at: usize, product: &Product) {
        Arc::make_mut(&mut self.shown).set(at, true);
        Arc::make_mut(&mut self.new).set(at, product.is_new);
        let few = product.is_for_sale()
            && (product.variants.iter().map(|v| v.available).sum::<u32>() <= 6
                || product.price().is_some_and(|price| price.reference().is_some()));
        Arc::make_mut(&mut self.last).set(at, few);
        let categories = Arc::make_mut(&mut self.categories);
        categories.entry(product.category.clone()).or_default().set(at, true);
        for (group, (key, _)) in self.groups.iter_mut().zip(GROUPS) {
            for (slug, label, order) in values_of(product, key) {
                let value = Arc::make_mut(group).entry(slug).or_default();
                value.label = label;
                value.order = order;
                value.bits.set(at, true);
            }
        }
    }

    /// The categories that have articles, with how many.
    pub fn categories(&self) -> impl Iterator<Item = (&Category, u32)> {
        self.categories.iter().map(|(category, bits)| (category, bits.count()))
    }

    /// One page of the articles that fit `filter`.
    pub fn list(&self, filter: &Filter, per_page: u32) -> Listing {
        let mut base = (*self.shown).clone();
        if let Some(category) = &filter.category {
            base.and(self.categories.get(category).unwrap_or(&Bits::default()));
        }
        if filter.new_only {
            base.and(&self.new);
        }
        if filter.last_only {
            base.and(&self.last);
        }
        let masks: Vec<Option<Bits>> =
            self.groups.iter().zip(GROUPS).map(|(group, (key, _))| mask(group, filter.group(key))).collect();
        let mut fits = base.clone();
        masks.iter().flatten().for_each(|mask| fits.and(mask));
        let facets = self.groups.iter().zip(GROUPS).enumerate().map(|(at, (group, (key, title)))| {
            let mut others = base.clone();
            masks
                .iter()
                .enumerate()
                .filter(|(other, _)| *other != at)
                .filter_map(|(_, mask)| mask.as_ref())
                .for_each(|mask| others.and(mask));
            facet(key, title, group, &base, &others, filter.group(key))
        });
        let facets = facets.collect();

        let total = fits.count();
        let pages = total.div_ceil(per_page.max(1)).max(1);
        let page = filter.page.clamp(1, pages);
        let skip = usize::try_from((page - 1) * per_page).unwrap_or(usize::MAX);
        let take = usize::try_from(per_page).unwrap_or(0);
        let position = Sort::ALL.iter().position(|sort| *sort == filter.sort).unwrap_or(0);
        let order = self.orders.get(position).map_or(&[][..], Vec::as_slice);
        let found = order
            .iter()
            .filter_map(|at| usize::try_from(*at).ok())
            .filter(|at| fits.has(*at))
            .skip(skip)
            .take(take)
            .collect();
        Listing { found, total, page, pages, facets }
    }
}

/// The union of the chosen values; `None` when nothing is chosen. A single height chooses every size that covers it.
fn mask(group: &BTreeMap<String, Value>, chosen: &[String]) -> Option<Bits> {
    if chosen.is_empty() {
        return None;
    }
    let mut union = Bits::default();
    for (slug, value) in group {
        if chosen.iter().any(|wish| covers(slug, wish)) {
            union.or(&value.bits);
        }
    }
    Some(union)
}

fn facet(
    key: &str,
    title: &str,
    group: &BTreeMap<String, Value>,
    base: &Bits,
    others: &Bits,
    chosen: &[String],
) -> Facet {
    let mut values: Vec<(&String, &Value)> =
        group.iter().filter(|(slug, value)| base.count_and(&value.bits) > 0 || chosen.contains(slug)).collect();
    values.sort_by(|a, b| a.1.order.cmp(&b.1.order));
    let values = values.into_iter().map(|(slug, value)| FacetValue {
        slug: slug.clone(),
        label: value.label.clone(),
        count: others.count_and(&value.bits),
        chosen: chosen.contains(slug),
    });
    Facet { key: key.to_owned(), title: title.to_owned(), values: values.collect() }
}

fn values_of(product: &Product, key: &str) -> Vec<(String, String, (u16, String))> {
    let plain = |slug: &str, label: &str, rank: usize| {
        (slug.to_owned(), label.to_owned(), (u16::try_from(rank).unwrap_or(u16::MAX), label.to_owned()))
    };
    match key {
        "maat" => product
            .variants
            .iter()
            .filter(|variant| variant.available > 0)
            .map(|variant| {
                let (height, label) = variant.size.shelf_key();
                (variant.size.slug(), label.to_owned(), (height, label.to_owned()))
            })
            .collect(),
        "kleur" => product
            .colour
            .iter()
            .filter(|colour| !colour.family.is_empty())
            .map(|colour| plain(&super::slug(&colour.family), &colour.family, 0))
            .collect(),
        "prijs" => product
            .price()
            .iter()
            .map(|price| {
                let band = PriceBand::of(price.now.in_cents());
                plain(band.slug(), band.label(), PriceBand::ALL.iter().position(|b| *b == band).unwrap_or(0))
            })
            .collect(),
        "leeftijd" => product
            .ages_in_stock()
            .iter()
            .map(|age| plain(age.slug(), age.label(), AgeGroup::ALL.iter().position(|a| a == age).unwrap_or(0)))
            .collect(),
        "seizoen" => product
            .season
            .iter()
            .map(|season| {
                plain(season.slug(), season.label(), Season::ALL.iter().position(|s| s == season).unwrap_or(0))
            })
            .collect(),
        _ => Vec::new(),
    }
}

fn order(products: &[Arc<Product>], sort: Sort) -> Vec<u32> {
    let mut positions: Vec<(usize, &Arc<Product>)> = products.iter().enumerate().collect();
    let price = |product: &Product| product.price().map_or(i64::MAX, |price| price.now.in_cents());
    match sort {
        Sort::Featured => positions.sort_by_key(|(at, product)| (!product.is_new, *at)),
        Sort::PriceUp => positions.sort_by_key(|(at, product)| (price(product), *at)),
        Sort::PriceDown => positions.sort_by_key(|(at, product)| (std::cmp::Reverse(price(product)), *at)),
        Sort::Name => positions.sort_by(|a, b| (&a.1.title, a.0).cmp(&(&b.1.title, b.0))),
    }
    positions.into_iter().filter_map(|(at, _)| u32::try_from(at).ok()).collect()
}

#[cfg(test)]
#[path = "index_tests.rs"]
mod tests;
