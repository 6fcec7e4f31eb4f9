//! The catalogue in memory: products, list index and search, rebuilt when the owner changes something and touched up when
//! stock passes a point that visitors can see. Readers never wait.

use crate::Shop;
use crate::ports::{Left, Tx};
use crate::search::SearchIndex;
use crate::trouble::Trouble;
use arc_swap::ArcSwap;
use shop_core::ShopError;
use shop_core::catalog::{Availability, FitTally, Index, Product, Status, Variant};
use shop_core::id::{ProductId, VariantId};
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

/// What visitors can see, at one moment.
#[derive(Default)]
pub struct Snapshot {
    products: Arc<Vec<Arc<Product>>>,
    fixed: Arc<Fixed>,
    /// Lists and filters.
    pub index: Index,
}

#[derive(Default)]
struct Fixed {
    by_slug: HashMap<String, usize>,
    by_variant: HashMap<VariantId, usize>,
    groups: HashMap<String, Vec<usize>>,
    search: SearchIndex,
    organic: u32,
    fits: HashMap<ProductId, FitTally>,
}

impl Snapshot {
    fn of(products: Vec<Product>, fits: Vec<(ProductId, FitTally)>) -> Self {
        let products: Vec<Arc<Product>> =
            products.into_iter().filter(|product| product.status == Status::Active).map(Arc::new).collect();
        let mut fixed =
            Fixed { search: SearchIndex::of(&products), fits: fits.into_iter().collect(), ..Fixed::default() };
        for (at, product) in products.iter().enumerate() {
            fixed.by_slug.insert(product.slug.clone(), at);
            fixed.by_variant.extend(product.variants.iter().map(|variant| (variant.id, at)));
            if let Some(group) = &product.group {
                fixed.groups.entry(group.clone()).or_default().push(at);
            }
            fixed.organic += u32::from(product.is_organic);
        }
        Self { index: Index::of(&products), products: Arc::new(products), fixed: Arc::new(fixed) }
    }

    /// The products that visitors see, in the owner's order.
    pub fn products(&self) -> &[Arc<Product>] {
        &self.products
    }

    /// The product with that slug.
    pub fn product(&self, slug: &str) -> Option<&Arc<Product>> {
        self.fixed.by_slug.get(slug).and_then(|at| self.products.get(*at))
    }

    /// The product that has that size.
    pub fn product_of(&self, variant: VariantId) -> Option<(&Arc<Product>, &Variant)> {
        let product = self.fixed.by_variant.get(&variant).and_then(|at| self.products.get(*at))?;
        Some((product, product.variant(variant)?))
    }

    /// The same article in its colours, this one included; empty when there is only one.
    pub fn colours(&self, product: &Product) -> Vec<&Arc<Product>> {
        let positions = product.group.as_ref().and_then(|group| self.fixed.groups.get(group));
        let colours: Vec<&Arc<Product>> =
            positions.into_iter().flatten().filter_map(|at| self.products.get(*at)).collect();
        if colours.len() > 1 { colours } else { Vec::new() }
    }

    /// What those who bought an article say about its size, in any of its colours: the cut is the same.
    pub fn fit(&self, product: &Product) -> FitTally {
        let votes = |id: ProductId| self.fixed.fits.get(&id).copied().unwrap_or_default();
        let colours = self.colours(product);
        if colours.is_empty() {
            return votes(product.id);
        }
        colours.iter().fold(FitTally::default(), |mut all, colour| {
            all.join(votes(colour.id));
            all
        })
    }

    /// Search over it.
    pub fn search(&self) -> &SearchIndex {
        &self.fixed.search
    }

    /// How many articles hold at least 70 % organic fibre.
    pub fn organic(&self) -> u32 {
        self.fixed.organic
    }

    fn restocked(&self, changes: &[Left]) -> Self {
        let mut products = (*self.products).clone();
        let mut index = self.index.clone();
        for change in changes {
            let Some(at) = self.fixed.by_variant.get(&change.variant).copied() else { continue };
            let Some(slot) = products.get_mut(at) else { continue };
            let mut product = (**slot).clone();
            for variant in product.variants.iter_mut().filter(|variant| variant.id == change.variant) {
                variant.available = change.now;
            }
            index.restock(at, &product);
            *slot = Arc::new(product);
        }
        Self { products: Arc::new(products), fixed: self.fixed.clone(), index }
    }
}

/// The current snapshot with its version.
#[derive(Default)]
pub struct LiveCatalogue {
    current: ArcSwap<Snapshot>,
    version: AtomicU64,
    stored: AtomicI64,
}

impl LiveCatalogue {
    /// What visitors see now.
    pub fn current(&self) -> Arc<Snapshot> {
        self.current.load_full()
    }

    /// Raised by every visible change; the key of the page cache.
    pub fn version(&self) -> u64 {
        self.version.load(Ordering::Acquire)
    }

    fn publish(&self, snapshot: Snapshot) {
        self.current.store(Arc::new(snapshot));
        self.version.fetch_add(1, Ordering::AcqRel);
    }
}

/// Whether a change of stock can be seen: only "op" and "nog 2" are ever said.
fn is_visible(change: &Left) -> bool {
    Availability::of(change.before) != Availability::of(change.now)
}

impl Shop {
    /// Tells other machines that serve the same shop, and notes who waits for what came back; in the transaction of the change.
    pub(crate) async fn announce(&self, tx: &mut dyn Tx, changes: &[Left]) -> Result<(), ShopError> {
        if changes.iter().any(is_visible) {
            tx.raise_catalogue_version().await.trouble()?;
        }
        for change in changes {
            crate::alerts::note_return(tx, &*self.random, change, self.clock.now()).await.trouble()?;
        }
        Ok(())
    }

    /// Loads the catalogue anew, after a change by the owner.
    pub async fn reload_catalogue(&self) -> Result<(), ShopError> {
        let mut tx = self.store.read().await.trouble()?;
        let stored = tx.catalogue_version().await.trouble()?;
        let products = tx.products().await.trouble()?;
        let fits = tx.fit_tallies().await.trouble()?;
        drop(tx);
        self.catalogue.stored.store(stored, Ordering::Release);
        self.catalogue.publish(Snapshot::of(products, fits));
        Ok(())
    }

    /// Loads the catalogue anew when another process changed it. Called every few seconds.
    pub async fn refresh_catalogue(&self) -> Result<(), ShopError> {
        let mut tx = self.store.read().await.trouble()?;
        let stored = tx.catalogue_version().await.trouble()?;
        drop(tx);
        if stored == self.catalogue.stored.load(Ordering::Acquire) { Ok(()) } else { self.reload_catalogue().await }
    }

    /// Touches up what visitors see after a committed change of stock.
    pub fn stock_changed(&self, changes: &[Left]) {
        let visible: Vec<Left> = changes.iter().copied().filter(is_visible).collect();
        if !visible.is_empty() {
            self.catalogue.publish(self.catalogue.current().restocked(&visible));
        }
    }
}
