//! Products, sizes, pictures and the history of prices.

mod rows;
mod save;

use super::DbTx;
use super::engine::{Column, Engine, Row};
use super::error::from_sqlx;
use async_trait::async_trait;
use rows::{PictureRow, PlacedRow, ProductRow, VariantRow, assemble};
use save::KnownRow;
use shop_core::catalog::{Picture, Product};
use shop_core::id::{ProductId, VariantId};
use shop_core::money::Money;
use shop_core::time::Timestamp;
use shop_flows::ports::{Catalogue, StoreError};
use sqlx::{Executor, query, query_as};
use uuid::Uuid;

impl<DB> DbTx<DB>
where
    DB: Engine,
    for<'c> &'c mut DB::Connection: Executor<'c, Database = DB>,
    ProductRow: Row<DB>,
    VariantRow: Row<DB>,
    PlacedRow: Row<DB>,
    Option<Uuid>: Column<DB>,
{
    /// One product, or all: three queries, however many products there are.
    async fn whole_products(&mut self, only: Option<Uuid>) -> Result<Vec<Product>, StoreError> {
        let products: Vec<ProductRow> = query_as::<DB, _>(
            "select id, slug, title, brand, kind, category, status, is_new, is_organic, vat_basis_points, body, created_at
             from products
             where $1 is null or id = $1
             order by position, id",
        )
        .bind(only)
        .fetch_all(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        let variants: Vec<VariantRow> = query_as::<DB, _>(
            "select id, product_id, sku, size, price_cents, lowest_30_days_cents, grams, barcode, on_hand, held
             from variants
             where removed_at is null and ($1 is null or product_id = $1)
             order by product_id, position",
        )
        .bind(only)
        .fetch_all(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        let pictures: Vec<PlacedRow> = query_as::<DB, _>(
            "select pictures.product_id, pictures.key, pictures.alt, facts.width, facts.height, facts.widths, facts.has_avif,
                    facts.dominant
             from pictures
             join picture_facts facts on facts.key = pictures.key
             where $1 is null or pictures.product_id = $1
             order by pictures.product_id, pictures.position",
        )
        .bind(only)
        .fetch_all(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        assemble(products, variants, pictures)
    }
}

#[async_trait]
impl<DB> Catalogue for DbTx<DB>
where
    DB: Engine,
    for<'c> &'c mut DB::Connection: Executor<'c, Database = DB>,
    ProductRow: Row<DB>,
    VariantRow: Row<DB>,
    PlacedRow: Row<DB>,
    PictureRow: Row<DB>,
    KnownRow: Row<DB>,
    (i64,): Row<DB>,
    (Uuid,): Row<DB>,
    (Option<i64>,): Row<DB>,
    Uuid: Column<DB>,
    String: Column<DB>,
    i64: Column<DB>,
    bool: Column<DB>,
    Option<Uuid>: Column<DB>,
    Option<i64>: Column<DB>,
    Option<String>: Column<DB>,
{
    async fn products(&mut self) -> Result<Vec<Product>, StoreError> {
        self.whole_products(None).await
    }

    async fn product(&mut self, id: ProductId) -> Result<Option<Product>, StoreError> {
        Ok(self.whole_products(Some(id.uuid())).await?.pop())
    }

    async fn save_product(&mut self, product: &Product, position: i64, now: Timestamp) -> Result<(), StoreError> {
        self.check_names(product).await?;
        self.write_article(product, position).await?;
        self.write_sizes(product, now).await?;
        self.write_pictures(product).await
    }

    async fn lowest_price(
        &mut self,
        variant: VariantId,
        from: Timestamp,
        until: Timestamp,
    ) -> Result<Option<Money>, StoreError> {
        if until <= from {
            return Ok(None);
        }
        // A price is in force until the next one. It counts unless that next one came by `from`, or in the same moment.
        let (cents,): (Option<i64>,) = query_as::<DB, _>(
            "select min(price.price_cents)
             from price_history price
             where price.variant_id = $1
               and price.from_at < $3
               and not exists (
                   select 1
                   from price_history later
                   where later.variant_id = price.variant_id
                     and (later.from_at > price.from_at or (later.from_at = price.from_at and later.id > price.id))
                     and (later.from_at <= $2 or later.from_at = price.from_at)
               )",
        )
        .bind(variant.uuid())
        .bind(from.micros())
        .bind(until.micros())
        .fetch_one(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        Ok(cents.map(Money::cents))
    }

    async fn picture_has_avif(&mut self, key: &str) -> Result<(), StoreError> {
        query::<DB>("update picture_facts set has_avif = $2 where key = $1")
            .bind(key.to_owned())
            .bind(true)
            .execute(&mut *self.inner)
            .await
            .map(drop)
            .map_err(from_sqlx)
    }

    async fn picture(&mut self, key: &str) -> Result<Option<Picture>, StoreError> {
        let row: Option<PictureRow> = query_as::<DB, _>(
            "select facts.key, facts.width, facts.height, facts.widths, facts.has_avif, facts.dominant,
                    coalesce((select pictures.alt
                              from pictures
                              where pictures.key = facts.key
                              order by pictures.product_id, pictures.position
                              limit 1), '') as alt
             from picture_facts facts
             where facts.key = $1",
        )
        .bind(key.to_owned())
        .fetch_optional(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        row.map(Picture::try_from).transpose()
    }

    async fn catalogue_version(&mut self) -> Result<i64, StoreError> {
        let (version,): (i64,) = query_as::<DB, _>("select catalogue_version from shop_state where id = 1")
            .fetch_one(&mut *self.inner)
            .await
            .map_err(from_sqlx)?;
        Ok(version)
    }

    async fn raise_catalogue_version(&mut self) -> Result<i64, StoreError> {
        let (version,): (i64,) = query_as::<DB, _>(
            "update shop_state
             set catalogue_version = catalogue_version + 1
             where id = 1
             returning catalogue_version",
        )
        .fetch_one(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        Ok(version)
    }
}
