//! A backup knows who was erased since it was made. When one is put back, they are erased again before anybody is served (AVG art. 5(1)(e)).

use crate::Shop;
use crate::ports::Erased;
use crate::trouble::Trouble;
use shop_core::ShopError;
use shop_core::email::EmailAddress;
use std::collections::{BTreeMap, BTreeSet};

impl Shop {
    /// Erases again who was erased before and is here all the same; how many. Who came back afterwards by herself is known since later, and
    /// stays.
    pub async fn replay_erasures(&self) -> Result<u32, ShopError> {
        let mut tx = self.store.read().await.trouble()?;
        let erased: BTreeMap<String, _> =
            tx.erased().await.trouble()?.into_iter().map(|gone| (gone.email_hash, gone.at)).collect();
        if erased.is_empty() {
            return Ok(0);
        }
        let known = tx.known_addresses().await.trouble()?;
        drop(tx);
        let is_back = |folded: &str, since| erased.get(&self.erased_hash(folded)).is_some_and(|at| since <= *at);
        let back: BTreeSet<&String> =
            known.iter().filter(|(folded, since)| is_back(folded, *since)).map(|(folded, _)| folded).collect();
        let mut count = 0;
        for folded in back {
            let Ok(email) = EmailAddress::parse(folded) else { continue };
            let mut tx = self.store.begin().await.trouble()?;
            let customer = tx.customer_by_email(&email).await.trouble()?.map(|customer| customer.id);
            let orders = match customer {
                Some(customer) => tx.orders_of(customer).await.trouble()?,
                None => Vec::new(),
            };
            let changes = self.erase(&mut *tx, &self.person(customer, email), orders).await?;
            tx.commit().await.trouble()?;
            self.stock_changed(&changes);
            count += 1;
        }
        if count > 0 {
            tracing::warn!(count, "a backup was put back; who had been erased since was erased again");
            self.store.scrub().await.trouble()?;
        }
        Ok(count)
    }

    /// Who was erased, without saying who: to be kept beside the database, which a backup may replace.
    pub async fn erasures(&self) -> Result<Vec<Erased>, ShopError> {
        let mut tx = self.store.read().await.trouble()?;
        tx.erased().await.trouble()
    }

    /// Adds what was kept beside the database.
    pub async fn learn_erasures(&self, kept: &[Erased]) -> Result<(), ShopError> {
        let mut tx = self.store.begin().await.trouble()?;
        for erased in kept {
            tx.save_erased(erased).await.trouble()?;
        }
        tx.commit().await.trouble()
    }
}
