//! Discount codes on the owner's desk: the list, a new one, and the end of one.

use super::Member;
use crate::Shop;
use crate::ports::{Clock, FiledDiscount, StoreError};
use crate::trouble::Trouble;
use shop_core::ShopError;
use shop_core::discount::{Discount, DiscountCode, Kind};
use shop_core::money::Money;
use shop_core::time::{Day, Seconds, Timestamp};

/// What the owner wants a new code to do. Days are those of the shop's calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDiscount {
    /// What people type.
    pub code: DiscountCode,
    /// What it takes off.
    pub kind: Kind,
    /// From this value of the goods.
    pub least_goods: Option<Money>,
    /// From the start of this day; at once when empty.
    pub first_day: Option<Day>,
    /// Until the end of this day; until she ends it when empty.
    pub last_day: Option<Day>,
    /// In so many orders at most.
    pub most_uses: Option<u32>,
    /// What she wants to remember about it.
    pub note: String,
}

/// Whether a code can be used now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DiscountStanding {
    /// Its first day has not come.
    Coming,
    /// It can be used.
    Running,
    /// It was used as often as it may be. An order that lapses makes it usable again.
    UsedUp,
    /// It is over.
    Ended,
}

impl FiledDiscount {
    /// Whether it can be used at that moment.
    pub fn standing(&self, now: Timestamp) -> DiscountStanding {
        let Discount { from, until, most_uses, .. } = &self.discount;
        if until.is_some_and(|until| now >= until) {
            DiscountStanding::Ended
        } else if now < *from {
            DiscountStanding::Coming
        } else if most_uses.is_some_and(|most| self.uses >= most) {
            DiscountStanding::UsedUp
        } else {
            DiscountStanding::Running
        }
    }
}

impl Shop {
    /// All codes, the newest first.
    pub async fn discounts(&self, _: &Member) -> Result<Vec<FiledDiscount>, ShopError> {
        let mut tx = self.store.read().await.trouble()?;
        tx.discounts().await.trouble()
    }

    /// Makes a code. False when there was one of that name before, also an ended one: orders name it.
    pub async fn make_discount(&self, member: &Member, new: NewDiscount) -> Result<bool, ShopError> {
        let now = self.clock.now();
        let NewDiscount { code, kind, least_goods, first_day, last_day, most_uses, note } = new;
        let from = first_day.map_or(now, |day| start_of(&*self.clock, day));
        let until = last_day.map(|day| start_of(&*self.clock, day.plus_days(1)));
        let discount = Discount { code, kind, least_goods, from, until, most_uses, note };
        let mut tx = self.store.begin().await.trouble()?;
        match tx.insert_discount(&discount, now).await {
            Err(StoreError::Duplicate) => return Ok(false),
            other => other.trouble()?,
        }
        tx.audit(&member.did("discount.make", discount.code.as_str(), &described(&discount), now)).await.trouble()?;
        tx.commit().await.trouble()?;
        Ok(true)
    }

    /// Ends a code now. Orders that used it keep their discount. False when it had ended before; `NotFound` when there is none.
    pub async fn end_discount(&self, member: &Member, code: &DiscountCode) -> Result<bool, ShopError> {
        let now = self.clock.now();
        let mut tx = self.store.begin().await.trouble()?;
        let filed = tx.discount(code).await.trouble()?.ok_or(ShopError::NotFound)?;
        if !tx.end_discount(code, now).await.trouble()? {
            return Ok(false);
        }
        let detail = format!("{} keer gebruikt", filed.uses);
        tx.audit(&member.did("discount.end", code.as_str(), &detail, now)).await.trouble()?;
        tx.commit().await.trouble()?;
        Ok(true)
    }
}

/// The first moment of a day in the shop's calendar. Clocks there change in the hours after midnight, never between the midnight
/// of UTC and that of Amsterdam, so the hour that it is there at the midnight of UTC is the difference.
pub(super) fn start_of(clock: &dyn Clock, day: Day) -> Timestamp {
    let midnight = Timestamp::from_micros(0).plus(Seconds::days(day.number()));
    let ahead = Seconds::days(clock.day(midnight).number() - day.number()).0
        + Seconds::hours(i64::from(clock.hour(midnight))).0
        + Seconds::minutes(i64::from(clock.minute(midnight))).0;
    midnight.plus(Seconds(-ahead))
}

/// What the code does, for the audit trail.
fn described(discount: &Discount) -> String {
    let mut parts = vec![match discount.kind {
        Kind::Percent(percent) => percent.label(),
        Kind::Amount(amount) => amount.to_string(),
    }];
    parts.extend(discount.least_goods.map(|least| format!("vanaf {least}")));
    parts.extend(discount.most_uses.map(|most| format!("hoogstens {most} keer")));
    parts.join("; ")
}
