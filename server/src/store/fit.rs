//! Votes on fit, one per line of an order.

use super::DbTx;
use super::cells::{broken, count};
use super::engine::{Column, Engine, Row};
use super::error::from_sqlx;
use async_trait::async_trait;
use shop_core::catalog::{Fit, FitTally};
use shop_core::id::{OrderId, ProductId};
use shop_flows::ports::{FitVotes, StoreError};
use sqlx::{Executor, FromRow, query, query_as};
use std::collections::BTreeMap;
use uuid::Uuid;

#[derive(FromRow)]
struct VoteRow {
    position: i64,
    fit: String,
}

#[derive(FromRow)]
struct TallyRow {
    product_id: Uuid,
    fit: String,
    votes: i64,
}

fn fit(name: &str) -> Result<Fit, StoreError> {
    Fit::parse(name).ok_or_else(|| broken("fit_votes.fit"))
}

#[async_trait]
impl<DB> FitVotes for DbTx<DB>
where
    DB: Engine,
    for<'c> &'c mut DB::Connection: Executor<'c, Database = DB>,
    VoteRow: Row<DB>,
    TallyRow: Row<DB>,
    Uuid: Column<DB>,
    String: Column<DB>,
    i64: Column<DB>,
{
    async fn save_fit(&mut self, order: OrderId, line: u32, fit: Fit) -> Result<(), StoreError> {
        query::<DB>(
            "insert into fit_votes (order_id, position, fit)
             values ($1, $2, $3)
             on conflict (order_id, position) do update set fit = excluded.fit",
        )
        .bind(order.uuid())
        .bind(i64::from(line))
        .bind(fit.name().to_owned())
        .execute(&mut *self.inner)
        .await
        .map(drop)
        .map_err(from_sqlx)
    }

    async fn fits(&mut self, order: OrderId) -> Result<Vec<(u32, Fit)>, StoreError> {
        let rows: Vec<VoteRow> =
            query_as::<DB, _>("select position, fit from fit_votes where order_id = $1 order by position")
                .bind(order.uuid())
                .fetch_all(&mut *self.inner)
                .await
                .map_err(from_sqlx)?;
        rows.into_iter().map(|row| Ok((count(row.position, "fit_votes.position")?, fit(&row.fit)?))).collect()
    }

    async fn fit_tallies(&mut self) -> Result<Vec<(ProductId, FitTally)>, StoreError> {
        let rows: Vec<TallyRow> = query_as::<DB, _>(
            "select variants.product_id as product_id, fit_votes.fit as fit, count(*) as votes
             from fit_votes
             join order_lines on order_lines.order_id = fit_votes.order_id and order_lines.position = fit_votes.position
             join variants on variants.id = order_lines.variant_id
             group by variants.product_id, fit_votes.fit",
        )
        .fetch_all(&mut *self.inner)
        .await
        .map_err(from_sqlx)?;
        let mut tallies: BTreeMap<Uuid, FitTally> = BTreeMap::new();
        for row in rows {
            let votes = count(row.votes, "count(fit_votes)")?;
            tallies.entry(row.product_id).or_default().add(fit(&row.fit)?, votes);
        }
        Ok(tallies.into_iter().map(|(product, tally)| (ProductId::new(product), tally)).collect())
    }
}
