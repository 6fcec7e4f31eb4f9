//! How did it fit? One vote for each line of an order that was sent, by the person who placed it.

use crate::trouble::Trouble;
use crate::{Shop, Visitor};
use shop_core::ShopError;
use shop_core::catalog::Fit;
use shop_core::order::{OrderNumber, OrderState};

/// Whether an order has reached the point where one can know how its articles fit.
pub const fn can_vote(state: OrderState) -> bool {
    matches!(state, OrderState::Shipped { .. } | OrderState::Delivered { .. })
}

impl Shop {
    /// What she said about the lines of her order, by the place of the line, from 0.
    pub async fn fits(&self, visitor: &Visitor, number: &OrderNumber) -> Result<Vec<(u32, Fit)>, ShopError> {
        let mut tx = self.store.read().await.trouble()?;
        let order = self.own_order(&mut *tx, visitor, number).await?;
        tx.fits(order.id).await.trouble()
    }

    /// Says how a line of her order fits; a later answer replaces it. `TooLate` before it was sent and after it was cancelled,
    /// `NotFound` for a line that the order does not have.
    pub async fn vote_fit(
        &self,
        visitor: &Visitor,
        number: &OrderNumber,
        line: u32,
        fit: Fit,
    ) -> Result<(), ShopError> {
        let mut tx = self.store.begin().await.trouble()?;
        let order = self.own_order(&mut *tx, visitor, number).await?;
        if !can_vote(order.state) {
            return Err(ShopError::TooLate);
        }
        let bought = usize::try_from(line).ok().and_then(|line| order.lines.get(line)).ok_or(ShopError::NotFound)?;
        tx.save_fit(order.id, line, fit).await.trouble()?;
        if self.catalogue.current().product_of(bought.variant).is_some() {
            // The page of the article may say something else now; every machine loads it anew within seconds.
            tx.raise_catalogue_version().await.trouble()?;
        }
        tx.commit().await.trouble()
    }
}
