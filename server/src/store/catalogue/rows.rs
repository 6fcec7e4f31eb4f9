//! Products between tables and types: three result sets become whole products.

use crate::store::cells::{available, broken, count, from_json, to_json};
use serde::{Deserialize, Serialize};
use shop_core::catalog::{
    Category, Colour, Description, Maker, Picture, Price, Product, Season, Size, Sku, Status, Variant,
};
use shop_core::id::{ProductId, VariantId};
use shop_core::money::Money;
use shop_core::time::Timestamp;
use shop_core::vat::VatRate;
use shop_flows::ports::StoreError;
use sqlx::FromRow;
use std::collections::HashMap;
use uuid::Uuid;

#[derive(FromRow)]
pub(in crate::store) struct ProductRow {
    id: Uuid,
    slug: String,
    title: String,
    brand: String,
    kind: String,
    category: String,
    status: String,
    is_new: bool,
    is_organic: bool,
    vat_basis_points: i64,
    body: String,
    created_at: i64,
}

#[derive(FromRow)]
pub(in crate::store) struct VariantRow {
    id: Uuid,
    product_id: Uuid,
    sku: String,
    size: String,
    price_cents: i64,
    lowest_30_days_cents: Option<i64>,
    grams: i64,
    barcode: Option<String>,
    on_hand: i64,
    held: i64,
}

/// A picture of a product.
#[derive(FromRow)]
pub(in crate::store) struct PlacedRow {
    product_id: Uuid,
    #[sqlx(flatten)]
    picture: PictureRow,
}

#[derive(FromRow)]
pub(super) struct PictureRow {
    key: String,
    width: i64,
    height: i64,
    widths: String,
    has_avif: bool,
    dominant: String,
    alt: String,
}

/// What only the page of a product shows.
#[derive(Serialize, Deserialize)]
struct Body {
    description: Description,
    colour: Option<Colour>,
    group: Option<String>,
    fibre: String,
    fabric: String,
    care: String,
    fit: String,
    certificate: Option<String>,
    maker: Maker,
    season: Option<Season>,
    pairs_with: Vec<String>,
}

/// The word of a status in the database.
pub(super) const fn status_name(status: Status) -> &'static str {
    match status {
        Status::Active => "active",
        Status::Draft => "draft",
        Status::Archived => "archived",
    }
}

/// The body column of a product.
pub(super) fn body(product: &Product) -> Result<String, StoreError> {
    let product = product.clone();
    to_json(&Body {
        description: product.description,
        colour: product.colour,
        group: product.group,
        fibre: product.fibre,
        fabric: product.fabric,
        care: product.care,
        fit: product.fit,
        certificate: product.certificate,
        maker: product.maker,
        season: product.season,
        pairs_with: product.pairs_with,
    })
}

/// Products with their sizes and pictures, each in the order of its result set.
pub(super) fn assemble(
    products: Vec<ProductRow>,
    variants: Vec<VariantRow>,
    pictures: Vec<PlacedRow>,
) -> Result<Vec<Product>, StoreError> {
    let mut sizes: HashMap<Uuid, Vec<Variant>> = HashMap::with_capacity(products.len());
    for row in variants {
        sizes.entry(row.product_id).or_default().push(Variant::try_from(row)?);
    }
    let mut photos: HashMap<Uuid, Vec<Picture>> = HashMap::with_capacity(products.len());
    for row in pictures {
        photos.entry(row.product_id).or_default().push(Picture::try_from(row.picture)?);
    }
    let product = |row: ProductRow| {
        let variants = sizes.remove(&row.id).unwrap_or_default();
        let pictures = photos.remove(&row.id).unwrap_or_default();
        whole(row, variants, pictures)
    };
    products.into_iter().map(product).collect()
}

fn whole(row: ProductRow, variants: Vec<Variant>, pictures: Vec<Picture>) -> Result<Product, StoreError> {
    let body: Body = from_json(&row.body, "products.body")?;
    let status =
        [Status::Active, Status::Draft, Status::Archived].into_iter().find(|status| status_name(*status) == row.status);
    let vat = u16::try_from(row.vat_basis_points).ok().and_then(VatRate::basis_points);
    Ok(Product {
        id: ProductId::new(row.id),
        slug: row.slug,
        title: row.title,
        brand: row.brand,
        kind: row.kind,
        category: Category::parse(&row.category).ok_or_else(|| broken("products.category"))?,
        description: body.description,
        colour: body.colour,
        group: body.group,
        fibre: body.fibre,
        fabric: body.fabric,
        care: body.care,
        fit: body.fit,
        certificate: body.certificate,
        maker: body.maker,
        season: body.season,
        pairs_with: body.pairs_with,
        vat: vat.ok_or_else(|| broken("products.vat_basis_points"))?,
        is_new: row.is_new,
        is_organic: row.is_organic,
        status: status.ok_or_else(|| broken("products.status"))?,
        variants,
        pictures,
        created_at: Timestamp::from_micros(row.created_at),
    })
}

impl TryFrom<VariantRow> for Variant {
    type Error = StoreError;

    fn try_from(row: VariantRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: VariantId::new(row.id),
            sku: Sku::parse(&row.sku).map_err(|_| broken("variants.sku"))?,
            size: Size::parse(&row.size).ok_or_else(|| broken("variants.size"))?,
            price: Price {
                now: Money::cents(row.price_cents),
                lowest_30_days: row.lowest_30_days_cents.map(Money::cents),
            },
            grams: count(row.grams, "variants.grams")?,
            barcode: row.barcode,
            available: available(row.on_hand, row.held)?,
        })
    }
}

impl TryFrom<PictureRow> for Picture {
    type Error = StoreError;

    fn try_from(row: PictureRow) -> Result<Self, StoreError> {
        Ok(Self {
            key: row.key,
            width: count(row.width, "picture_facts.width")?,
            height: count(row.height, "picture_facts.height")?,
            widths: from_json(&row.widths, "picture_facts.widths")?,
            has_avif: row.has_avif,
            dominant: row.dominant,
            alt: row.alt,
        })
    }
}
