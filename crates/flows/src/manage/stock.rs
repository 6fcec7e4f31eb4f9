//! Counting the shelf.

use super::Member;
use crate::Shop;
use crate::trouble::Trouble;
use shop_core::ShopError;
use shop_core::id::{ProductId, VariantId};

/// A size that the owner counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted {
    /// Which size.
    pub variant: VariantId,
    /// What the page said lay there.
    pub was: u32,
    /// What she counted.
    pub on_hand: u32,
}

impl Shop {
    /// Writes what was counted; sizes whose number stayed the same are left alone. How many changed.
    /// `Conflict` when something was sold or counted since the page was shown; nothing is written then.
    pub async fn count_shelf(&self, member: &Member, id: ProductId, counted: &[Counted]) -> Result<usize, ShopError> {
        let now = self.clock.now();
        let mut tx = self.store.begin().await.trouble()?;
        let product = tx.product(id).await.trouble()?.ok_or(ShopError::NotFound)?;
        let (mut changes, mut detail) = (Vec::new(), Vec::new());
        for count in counted.iter().filter(|count| count.was != count.on_hand) {
            let size = product.variant(count.variant).ok_or(ShopError::NotFound)?;
            let stock = tx.stock(count.variant).await.trouble()?.ok_or(ShopError::NotFound)?;
            if stock.on_hand != count.was {
                return Err(ShopError::Conflict);
            }
            changes.extend(tx.count_stock(count.variant, count.on_hand, member.name(), now).await.trouble()?);
            detail.push(format!("{}: {} → {}", size.size.as_str(), count.was, count.on_hand));
        }
        if detail.is_empty() {
            return Ok(0);
        }
        self.announce(&mut *tx, &changes).await?;
        tx.audit(&member.did("stock.count", &product.slug, &detail.join("; "), now)).await.trouble()?;
        tx.commit().await.trouble()?;
        self.stock_changed(&changes);
        Ok(detail.len())
    }
}
