//! Writing a product: the article, its sizes with their price history, its pictures. Never its stock.

use super::rows::{body, status_name};
use crate::store::DbTx;
use crate::store::cells::{index, to_json};
use crate::store::engine::{Column, Engine, Row};
use crate::store::error::from_sqlx;
use shop_core::catalog::{Product, Sku, Variant};
use shop_core::money::Money;
use shop_core::time::Timestamp;
use shop_flows::ports::StoreError;
use sqlx::{Executor, FromRow, query, query_as};
use std::collections::HashMap;
use uuid::Uuid;

/// A size as it was before.
#[derive(FromRow)]
pub(in crate::store) struct KnownRow {
    id: Uuid,
    price_cents: i64,
}

impl<DB> DbTx<DB>
where
    DB: Engine,
    for<'c> &'c mut DB::Connection: Executor<'c, Database = DB>,
    KnownRow: Row<DB>,
    (Uuid,): Row<DB>,
    Uuid: Column<DB>,
    String: Column<DB>,
    i64: Column<DB>,
    bool: Column<DB>,
    Option<i64>: Column<DB>,
    Option<String>: Column<DB>,
{
    /// `Duplicate` when another product has the slug, or another product's size the article number. Asked first, because an
    /// insert that fails ends the transaction on PostgreSQL; the unique indexes stay the last word.
    pub(super) async fn check_names(&mut self, product: &Product) -> Result<(), StoreError> {
        let same_slug: Option<(Uuid,)> = query_as::<DB, _>("select id from products where slug = $1 and id <> $2")
            .bind(product.slug.clone())
            .bind(product.id.uuid())
            .fetch_optional(&mut *self.inner)
            .await
            .map_err(from_sqlx)?;
        if same_slug.is_some() {
            return Err(StoreError::Duplicate);
        }
        let mut numbers: Vec<&Sku> = product.variants.iter().map(|variant| &variant.sku).collect();
        numbers.sort_unstable();
        if numbers.windows(2).any(|pair| matches!(pair, [one, other] if one == other)) {
            return Err(StoreError::Duplicate);
        }
        for sku in numbers {
            let same_sku: Option<(Uuid,)> =
                query_as::<DB, _>("select id from variants where sku = $1 and removed_at is null and product_id <> $2")
                    .bind(sku.as_str().to_owned())
                    .bind(product.id.uuid())
                    .fetch_optional(&mut *self.inner)
                    .await
                    .map_err(from_sqlx)?;
            if same_sku.is_some() {
                return Err(StoreError::Duplicate);
            }
        }
        Ok(())
    }

    pub(super) async fn write_article(&mut self, product: &Product, position: i64) -> Result<(), StoreError> {
        query::<DB>(
            "insert into products (id, slug, title, brand, kind, category, status, position, is_new, is_organic,
                                   vat_basis_points, body, created_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
             on conflict (id) do update set
                 slug = excluded.slug,
                 title = excluded.title,
                 brand = excluded.brand,
                 kind = excluded.kind,
                 category = excluded.category,
                 status = excluded.status,
                 position = excluded.position,
                 is_new = excluded.is_new,
                 is_organic = excluded.is_organic,
                 vat_basis_points = excluded.vat_basis_points,
                 body = excluded.body,
                 created_at = excluded.created_at",
        )
        .bind(product.id.uuid())
        .bind(product.slug.clone())
        .bind(product.title.clone())
        .bind(product.brand.clone())
        .bind(product.kind.clone())
        .bind(product.category.as_str().to_owned())
        .bind(status_name(product.status).to_owned())
        .bind(position)
        .bind(product.is_new)
        .bind(product.is_organic)
        .bind(i64::from(product.vat.in_basis_points()))
        .bind(body(product)?)
        .bind(product.created_at.micros())
        .execute(&mut *self.inner)
        .await
        .map(drop)
        .map_err(from_sqlx)
    }

    pub(super) async fn write_sizes(&mut self, product: &Product, now: Timestamp) -> Result<(), StoreError> {
        // All leave the shop first and those that are named come back, so that sizes can exchange article numbers.
        let known: Vec<KnownRow> = query_as::<DB, _>(
            "update variants
             set removed_at = coalesce(removed_at, $2)
             where product_id = $1
             returning id, price_cents",
        )
        .bind(product.id.uuid())
        .bind(now.micros())
        .fetch_all(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        let prices: HashMap<Uuid, i64> = known.into_iter().map(|row| (row.id, row.price_cents)).collect();
        for (position, variant) in product.variants.iter().enumerate() {
            self.write_size(product, variant, index(position)?).await?;
            let price = variant.price.now.in_cents();
            if prices.get(&variant.id.uuid()) != Some(&price) {
                query::<DB>("insert into price_history (variant_id, price_cents, from_at) values ($1, $2, $3)")
                    .bind(variant.id.uuid())
                    .bind(price)
                    .bind(now.micros())
                    .execute(&mut *self.inner)
                    .await
                    .map_err(from_sqlx)?;
            }
        }
        Ok(())
    }

    /// `Duplicate` when the id is a size of another product.
    async fn write_size(&mut self, product: &Product, variant: &Variant, position: i64) -> Result<(), StoreError> {
        let written: Option<(Uuid,)> = query_as::<DB, _>(
            "insert into variants (id, product_id, position, sku, size, price_cents, lowest_30_days_cents, grams, barcode,
                                   on_hand, held, removed_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, 0, null)
             on conflict (id) do update set
                 position = excluded.position,
                 sku = excluded.sku,
                 size = excluded.size,
                 price_cents = excluded.price_cents,
                 lowest_30_days_cents = excluded.lowest_30_days_cents,
                 grams = excluded.grams,
                 barcode = excluded.barcode,
                 removed_at = null
             where variants.product_id = excluded.product_id
             returning id",
        )
        .bind(variant.id.uuid())
        .bind(product.id.uuid())
        .bind(position)
        .bind(variant.sku.as_str().to_owned())
        .bind(variant.size.as_str().to_owned())
        .bind(variant.price.now.in_cents())
        .bind(variant.price.lowest_30_days.map(Money::in_cents))
        .bind(i64::from(variant.grams))
        .bind(variant.barcode.clone())
        .fetch_optional(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        written.map(drop).ok_or(StoreError::Duplicate)
    }

    pub(super) async fn write_pictures(&mut self, product: &Product) -> Result<(), StoreError> {
        query::<DB>("delete from pictures where product_id = $1")
            .bind(product.id.uuid())
            .execute(&mut *self.inner)
            .await
            .map_err(from_sqlx)?;
        for (position, picture) in product.pictures.iter().enumerate() {
            // A product that was read before the AVIF files were made must not unmake them.
            query::<DB>(
                "insert into picture_facts (key, width, height, widths, has_avif, dominant)
                 values ($1, $2, $3, $4, $5, $6)
                 on conflict (key) do update set
                     width = excluded.width,
                     height = excluded.height,
                     widths = excluded.widths,
                     has_avif = excluded.has_avif or (picture_facts.has_avif and picture_facts.widths = excluded.widths),
                     dominant = excluded.dominant",
            )
            .bind(picture.key.clone())
            .bind(i64::from(picture.width))
            .bind(i64::from(picture.height))
            .bind(to_json(&picture.widths)?)
            .bind(picture.has_avif)
            .bind(picture.dominant.clone())
            .execute(&mut *self.inner)
            .await
            .map_err(from_sqlx)?;
            query::<DB>("insert into pictures (product_id, position, key, alt) values ($1, $2, $3, $4)")
                .bind(product.id.uuid())
                .bind(index(position)?)
                .bind(picture.key.clone())
                .bind(picture.alt.clone())
                .execute(&mut *self.inner)
                .await
                .map_err(from_sqlx)?;
        }
        Ok(())
    }
}
