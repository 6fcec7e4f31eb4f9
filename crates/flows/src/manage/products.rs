//! Articles on the owner's desk: title, whether it is in the shop, and what each size costs.

use super::Member;
use crate::Shop;
use crate::ports::Tx;
use crate::trouble::Trouble;
use shop_core::ShopError;
use shop_core::catalog::{Picture, Price, Product, Status, Variant};
use shop_core::id::{ProductId, VariantId};
use shop_core::money::Money;
use shop_core::stock::Stock;
use shop_core::time::{Seconds, Timestamp};

/// The window of the reference price of a reduction (Prijzenwet art. 5a).
const WINDOW: Seconds = Seconds::days(30);

/// A row of the list.
#[derive(Debug, Clone, PartialEq)]
pub struct ProductRow {
    /// Its id.
    pub id: ProductId,
    /// Title.
    pub title: String,
    /// Colour; empty when it has none.
    pub colour: String,
    /// Whether it is in the shop.
    pub status: Status,
    /// Lowest price of its sizes.
    pub price: Option<Price>,
    /// Sizes.
    pub sizes: usize,
    /// Sizes of which nothing is left.
    pub sold_out: usize,
    /// Pieces that may still be promised.
    pub available: u32,
    /// Its first photo.
    pub picture: Option<Picture>,
}

/// A size with its shelf.
#[derive(Debug, Clone, PartialEq)]
pub struct SizeFile {
    /// The size.
    pub variant: Variant,
    /// What lies there, and what is promised of it.
    pub stock: Stock,
    /// The lowest price of the last 30 days.
    pub lowest: Option<Money>,
}

/// Everything about one article.
#[derive(Debug, Clone, PartialEq)]
pub struct ProductFile {
    /// The article.
    pub product: Product,
    /// Its sizes, in shelf order.
    pub sizes: Vec<SizeFile>,
}

/// What the owner wants to be true of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductChange {
    /// Title.
    pub title: String,
    /// Whether it is in the shop.
    pub status: Status,
    /// New price per size. Sizes that are not named keep theirs.
    pub prices: Vec<(VariantId, Money)>,
    /// Whether a lower price is announced as a reduction, beside the lowest price of the 30 days before.
    pub announced: bool,
}

impl Shop {
    /// Articles whose title, brand, address or article number contains the text; all for an empty one. In the owner's order.
    pub async fn product_list(&self, _: &Member, text: &str) -> Result<Vec<ProductRow>, ShopError> {
        let wanted = text.trim().to_lowercase();
        let mut tx = self.store.read().await.trouble()?;
        let products = tx.products().await.trouble()?;
        Ok(products.into_iter().filter(|product| matches(product, &wanted)).map(row).collect())
    }

    /// One article with its shelf.
    pub async fn product_file(&self, _: &Member, id: ProductId) -> Result<ProductFile, ShopError> {
        let now = self.clock.now();
        let mut tx = self.store.read().await.trouble()?;
        let product = tx.product(id).await.trouble()?.ok_or(ShopError::NotFound)?;
        let mut sizes = Vec::with_capacity(product.variants.len());
        for variant in &product.variants {
            let stock = tx.stock(variant.id).await.trouble()?.unwrap_or(Stock { on_hand: 0, held: 0 });
            let lowest = tx
                .lowest_price(variant.id, Timestamp::from_micros(now.micros() - WINDOW.0 * 1_000_000), now)
                .await
                .trouble()?;
            sizes.push(SizeFile { variant: variant.clone(), stock, lowest });
        }
        Ok(ProductFile { product, sizes })
    }

    /// Changes an article; visitors see it at once. The store keeps every old price.
    pub async fn change_product(
        &self,
        member: &Member,
        id: ProductId,
        change: &ProductChange,
    ) -> Result<(), ShopError> {
        let now = self.clock.now();
        let mut tx = self.store.begin().await.trouble()?;
        let all = tx.products().await.trouble()?;
        let (position, old) = (0i64..).zip(all).find(|(_, product)| product.id == id).ok_or(ShopError::NotFound)?;
        let mut product = old.clone();
        product.title = change.title.clone();
        product.status = change.status;
        for variant in &mut product.variants {
            let wanted = change.prices.iter().find(|(size, _)| *size == variant.id).map(|(_, price)| *price);
            variant.price = new_price(&mut *tx, variant, wanted, change.announced, now).await?;
        }
        if product == old {
            return Ok(());
        }
        tx.save_product(&product, position, now).await.trouble()?;
        tx.raise_catalogue_version().await.trouble()?;
        tx.audit(&member.did("product.change", &product.slug, &difference(&old, &product), now)).await.trouble()?;
        tx.commit().await.trouble()?;
        self.reload_catalogue().await
    }
}

/// The price of a size after the change. An announced reduction gets the lowest price of the 30 days before now beside it; a
/// price that is not below that is no reduction and gets none.
async fn new_price(
    tx: &mut dyn Tx,
    variant: &Variant,
    wanted: Option<Money>,
    announced: bool,
    now: Timestamp,
) -> Result<Price, ShopError> {
    let now_costs = wanted.unwrap_or(variant.price.now);
    if !announced {
        return Ok(Price::plain(now_costs));
    }
    if now_costs == variant.price.now && variant.price.reference().is_some() {
        return Ok(variant.price);
    }
    let from = Timestamp::from_micros(now.micros() - WINDOW.0 * 1_000_000);
    let lowest_30_days = tx.lowest_price(variant.id, from, now).await.trouble()?.filter(|lowest| *lowest > now_costs);
    Ok(Price { now: now_costs, lowest_30_days })
}

fn matches(product: &Product, wanted: &str) -> bool {
    let in_article =
        [&product.title, &product.brand, &product.slug].into_iter().any(|text| text.to_lowercase().contains(wanted));
    in_article || product.variants.iter().any(|variant| variant.sku.as_str().to_lowercase().contains(wanted))
}

fn row(product: Product) -> ProductRow {
    ProductRow {
        id: product.id,
        price: product.price(),
        sizes: product.variants.len(),
        sold_out: product.variants.iter().filter(|variant| variant.available == 0).count(),
        available: product.variants.iter().map(|variant| variant.available).fold(0, u32::saturating_add),
        picture: product.pictures.into_iter().next(),
        colour: product.colour.map(|colour| colour.name).unwrap_or_default(),
        title: product.title,
        status: product.status,
    }
}

/// What changed, for the audit trail.
fn difference(old: &Product, new: &Product) -> String {
    let mut parts = Vec::new();
    if old.title != new.title {
        parts.push(format!("titel: {} → {}", old.title, new.title));
    }
    if old.status != new.status {
        parts.push(format!("status: {:?} → {:?}", old.status, new.status));
    }
    for (before, after) in old.variants.iter().zip(&new.variants) {
        if before.price.now != after.price.now {
            parts.push(format!("prijs {}: {} → {}", after.size.as_str(), before.price.now, after.price.now));
        }
    }
    if parts.is_empty() {
        parts.push("aanbieding".to_owned());
    }
    parts.join("; ")
}
