//! Background work that was given up, for a person to look at.

use super::Member;
use crate::Shop;
use crate::ports::DeadJob;
use crate::trouble::Trouble;
use shop_core::ShopError;
use shop_core::id::JobId;

impl Shop {
    /// Jobs that were given up, newest first.
    pub async fn failed_jobs(&self, _: &Member) -> Result<Vec<DeadJob>, ShopError> {
        let mut tx = self.store.read().await.trouble()?;
        tx.dead_jobs().await.trouble()
    }

    /// Gives a job another chance. `NotFound` when it is not among the failed ones any more.
    pub async fn retry_job(&self, member: &Member, id: JobId) -> Result<(), ShopError> {
        let now = self.clock.now();
        let mut tx = self.store.begin().await.trouble()?;
        let kind = tx.dead_jobs().await.trouble()?.into_iter().find(|job| job.id == id).map(|job| job.kind);
        let kind = kind.ok_or(ShopError::NotFound)?;
        if !tx.revive(id, now).await.trouble()? {
            return Err(ShopError::NotFound);
        }
        tx.audit(&member.did("job.retry", &id.to_string(), &kind, now)).await.trouble()?;
        tx.commit().await.trouble()
    }
}
