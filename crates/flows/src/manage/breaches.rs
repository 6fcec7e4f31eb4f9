//! The log of breaches (AVG art. 33(5)): every one is written down, told to the authority or not, with why.

use super::Member;
use super::requests::{DeskError, text};
use crate::Shop;
use crate::ports::Step;
use crate::trouble::Trouble;
use shop_core::ShopError;
use shop_core::id::BreachId;
use shop_core::privacy::breach::{Breach, Decision};
use shop_core::time::{Day, Seconds, Timestamp};

/// Breaches on the page.
const MOST: u32 = 100;

/// A field of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BreachField {
    /// When the shop became aware.
    Aware,
    /// What happened.
    Facts,
    /// What it may do.
    Effects,
    /// What was done.
    Measures,
    /// Who is told.
    Decision,
    /// Why.
    Reason,
}

/// The form, as typed. All but the moment and the facts may follow later.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TypedBreach {
    /// `2026-11-27`.
    pub day: String,
    /// `18:00`.
    pub time: String,
    /// What happened.
    pub facts: String,
    /// What it may do.
    pub effects: String,
    /// What was done.
    pub measures: String,
    /// Who is told, by name; empty until that was decided.
    pub decision: String,
    /// Why.
    pub reason: String,
}

/// A breach with its trail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BreachFile {
    /// The breach.
    pub breach: Breach,
    /// Who did what, first one first.
    pub steps: Vec<Step>,
}

impl Shop {
    /// All breaches, the newest first.
    pub async fn breaches(&self, _: &Member) -> Result<Vec<Breach>, ShopError> {
        let mut tx = self.store.read().await.trouble()?;
        tx.breaches(MOST).await.trouble()
    }

    /// One breach.
    pub async fn breach_file(&self, _: &Member, id: BreachId) -> Result<BreachFile, ShopError> {
        let mut tx = self.store.read().await.trouble()?;
        let breach = tx.breach(id).await.trouble()?.ok_or(ShopError::NotFound)?;
        let steps = tx.breach_steps(id).await.trouble()?;
        Ok(BreachFile { breach, steps })
    }

    /// Writes a breach down. The clock of 72 hours runs from the moment of awareness, which does not change any more.
    pub async fn log_breach(&self, member: &Member, typed: &TypedBreach) -> Result<BreachId, DeskError<BreachField>> {
        let now = self.clock.now();
        let aware = self.moment_of(&typed.day, &typed.time).filter(|aware| *aware <= now);
        let mut breach = Breach {
            id: BreachId::new(self.random.id()),
            aware_at: aware.unwrap_or(now),
            facts: String::new(),
            effects: String::new(),
            measures: String::new(),
            decision: None,
            reason: String::new(),
            closed_at: None,
            version: 1,
        };
        let mut wrong: Vec<BreachField> = aware.is_none().then_some(BreachField::Aware).into_iter().collect();
        wrong.extend(fill(&mut breach, typed));
        if !wrong.is_empty() {
            return Err(DeskError::Fields(wrong));
        }
        let mut tx = self.store.begin().await.trouble()?;
        tx.insert_breach(&breach).await.trouble()?;
        tx.add_breach_step(breach.id, &member.step("entered", now)).await.trouble()?;
        tx.audit(&member.did("breach.enter", &breach.id.to_string(), "", now)).await.trouble()?;
        tx.commit().await.trouble()?;
        Ok(breach.id)
    }

    /// Changes what is known of a breach, and closes it when that is wished and nothing is missing.
    pub async fn change_breach(
        &self,
        member: &Member,
        id: BreachId,
        typed: &TypedBreach,
        close: bool,
    ) -> Result<(), DeskError<BreachField>> {
        let now = self.clock.now();
        let mut tx = self.store.begin().await.trouble()?;
        let mut breach = tx.breach(id).await.trouble()?.ok_or(ShopError::NotFound)?;
        if breach.closed_at.is_some() {
            return Err(ShopError::TooLate.into());
        }
        let mut wrong = fill(&mut breach, typed);
        if close && !breach.is_complete() {
            let missing = [
                (BreachField::Effects, breach.effects.is_empty()),
                (BreachField::Measures, breach.measures.is_empty()),
                (BreachField::Decision, breach.decision.is_none()),
                (BreachField::Reason, breach.reason.is_empty()),
            ];
            wrong.extend(missing.into_iter().filter(|(_, is_missing)| *is_missing).map(|(field, _)| field));
        }
        if !wrong.is_empty() {
            return Err(DeskError::Fields(wrong));
        }
        breach.closed_at = close.then_some(now);
        tx.save_breach(&mut breach).await.trouble()?;
        let (what, action) = if close { ("closed", "breach.close") } else { ("changed", "breach.change") };
        tx.add_breach_step(id, &member.step(what, now)).await.trouble()?;
        tx.audit(&member.did(action, &id.to_string(), "", now)).await.trouble()?;
        Ok(tx.commit().await.trouble()?)
    }

    /// A day and a time of the clock in Amsterdam as a moment.
    fn moment_of(&self, day: &str, time: &str) -> Option<Timestamp> {
        let day = Day::parse(day.trim())?;
        let (hour, minute) = time.trim().split_once(':')?;
        let (hour, minute): (u8, u8) = (hour.parse().ok()?, minute.parse().ok()?);
        let from_midnight = Seconds(i64::from(hour) * 3600 + i64::from(minute) * 60);
        let around = self.beginning(day).plus(from_midnight);
        // On the two days on which the clock is changed the hours since midnight are not those on the clock.
        [0, -1, 1]
            .into_iter()
            .map(|hours| around.plus(Seconds::hours(hours)))
            .find(|at| (self.clock.day(*at), self.clock.hour(*at), self.clock.minute(*at)) == (day, hour, minute))
    }
}

/// Takes over what was typed; what of it cannot be.
fn fill(breach: &mut Breach, typed: &TypedBreach) -> Vec<BreachField> {
    let mut wrong = Vec::new();
    let fields = [
        (BreachField::Facts, &typed.facts, &mut breach.facts),
        (BreachField::Effects, &typed.effects, &mut breach.effects),
        (BreachField::Measures, &typed.measures, &mut breach.measures),
        (BreachField::Reason, &typed.reason, &mut breach.reason),
    ];
    for (field, typed, kept) in fields {
        let may_be_empty = field != BreachField::Facts && typed.trim().is_empty();
        match text(typed) {
            Some(words) => *kept = words,
            None if may_be_empty => kept.clear(),
            None => wrong.push(field),
        }
    }
    breach.decision = Decision::parse(&typed.decision);
    if breach.decision.is_none() && !typed.decision.is_empty() {
        wrong.push(BreachField::Decision);
    }
    wrong
}
