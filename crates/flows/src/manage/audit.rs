//! The audit trail: who changed what. No personal data of shoppers ever stands in it.

use super::Member;
use crate::Shop;
use crate::ports::Audit;
use crate::trouble::Trouble;
use shop_core::ShopError;
use shop_core::time::Timestamp;

/// Lines on the page.
const NEWEST: u32 = 200;

impl Member {
    /// A line of the trail.
    pub(super) fn did(&self, action: &str, subject: &str, detail: &str, at: Timestamp) -> Audit {
        Audit {
            at,
            actor: self.name.clone(),
            action: action.to_owned(),
            subject: subject.to_owned(),
            detail: detail.to_owned(),
        }
    }
}

impl Shop {
    /// The newest lines of the trail, newest first.
    pub async fn audit_trail(&self, _: &Member) -> Result<Vec<Audit>, ShopError> {
        let mut tx = self.store.read().await.trouble()?;
        tx.audit_trail(NEWEST).await.trouble()
    }

    /// Writes a line about what another flow did and committed; its own timeline names the member too.
    pub(crate) async fn note(
        &self,
        member: &Member,
        action: &str,
        subject: &str,
        detail: &str,
    ) -> Result<(), ShopError> {
        let mut tx = self.store.begin().await.trouble()?;
        tx.audit(&member.did(action, subject, detail, self.clock.now())).await.trouble()?;
        tx.commit().await.trouble()
    }
}
