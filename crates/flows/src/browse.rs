//! Looking around: lists, product pages, search. Reads only memory; no database, no session.

use crate::Shop;
use crate::catalogue::Snapshot;
use crate::search::Found;
use shop_core::catalog::{Category, Filter, Listing, Product};
use shop_core::shipping::Arrival;
use std::sync::Arc;

impl Shop {
    /// A page of a list, with the snapshot that its positions belong to.
    pub fn list(&self, filter: &Filter) -> (Arc<Snapshot>, Listing) {
        let snapshot = self.catalogue.current();
        let listing = snapshot.index.list(filter, Filter::PAGE);
        (snapshot, listing)
    }

    /// A product that visitors may see.
    pub fn product(&self, slug: &str) -> Option<Arc<Product>> {
        self.catalogue.current().product(slug).cloned()
    }

    /// Whether a category has a page: it is in the menu, has articles, or is one of the special lists.
    pub fn has_category(&self, slug: &str) -> bool {
        matches!(slug, "" | "nieuw" | "laatste-maten")
            || Category::menu().any(|category| category.as_str() == slug)
            || self.catalogue.current().index.categories().any(|(category, _)| category.as_str() == slug)
    }

    /// What a search finds. A height in the query narrows it to what is in stock in that size; alone it lists that size.
    pub fn search(&self, query: &str) -> (Vec<Arc<Product>>, Found) {
        let snapshot = self.catalogue.current();
        let query: String = query.chars().take(100).collect();
        let found = snapshot.search().find(&query);
        let fits = |product: &&Arc<Product>| {
            found
                .height
                .is_none_or(|cm| product.variants.iter().any(|v| v.available > 0 && v.size.heights().contains(&cm)))
        };
        let only_a_size = found.products.is_empty()
            && found.height.is_some()
            && found.nearby.is_empty()
            && query.split_whitespace().count() == 1;
        let products = if only_a_size {
            snapshot.products().iter().filter(fits).cloned().collect()
        } else {
            found.products.iter().filter_map(|at| snapshot.products().get(*at)).filter(fits).cloned().collect()
        };
        (products, found)
    }

    /// When an order placed now arrives.
    pub fn arrival(&self) -> Arrival {
        let now = self.clock.now();
        self.settings.shipping.arrival(self.clock.day(now), self.clock.hour(now))
    }
}
