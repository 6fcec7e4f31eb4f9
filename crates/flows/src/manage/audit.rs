//! The audit trail: who changed what, and who looked at whose order (AVG art. 32, legal.md AC5). No personal data of shoppers ever stands in it.

use super::Member;
use crate::Shop;
use crate::ports::{Audit, Step, Trail};
use crate::trouble::Trouble;
use shop_core::ShopError;
use shop_core::order::OrderNumber;
use shop_core::time::{Seconds, Timestamp};

/// Lines on the page.
const NEWEST: u32 = 200;
/// Whoever packs a parcel opens its page some times; one line tells it.
const ONE_LOOK: Seconds = Seconds::hours(-1);

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

impl Member {
    /// A line of the trail of one request or breach.
    pub(super) fn step(&self, what: &str, at: Timestamp) -> Step {
        Step { at, actor: self.name.clone(), what: what.to_owned() }
    }
}

impl Shop {
    /// The newest lines of the trail, newest first.
    pub async fn audit_trail(&self, _: &Member, trail: Trail) -> Result<Vec<Audit>, ShopError> {
        let mut tx = self.store.read().await.trouble()?;
        tx.audit_trail(trail, NEWEST).await.trouble()
    }

    /// Writes down that a member looked at an order.
    pub(super) async fn looked(&self, member: &Member, number: &OrderNumber) -> Result<(), ShopError> {
        let now = self.clock.now();
        let mut tx = self.store.begin().await.trouble()?;
        tx.audit_look(&member.did("order.look", number.as_str(), "", now), now.plus(ONE_LOOK)).await.trouble()?;
        tx.commit().await.trouble()
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
