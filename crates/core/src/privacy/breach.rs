//! A breach of personal data (AVG art. 33 and 34): what the log says of it, and the clock of 72 hours. The hours run through nights, weekends
//! and holidays; the shop does not count on the relief that Regulation 1182/71 may give.

use crate::id::BreachId;
use crate::time::{Seconds, Timestamp};

/// After so long the authority must know, unless a risk is unlikely.
pub const TIME_TO_REPORT: Seconds = Seconds::hours(72);

/// When the authority must know of what the shop became aware of then.
pub const fn report_by(aware: Timestamp) -> Timestamp {
    aware.plus(TIME_TO_REPORT)
}

/// What was decided about telling others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// No risk is likely: nobody is told.
    Keep,
    /// The authority is told (art. 33).
    Authority,
    /// The authority and the people it is about are told (art. 34).
    People,
}

impl Decision {
    /// All, from little to much.
    pub const ALL: [Self; 3] = [Self::Keep, Self::Authority, Self::People];

    /// The word in the database and in forms.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Keep => "keep",
            Self::Authority => "authority",
            Self::People => "people",
        }
    }

    /// Reads that word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|decision| decision.name() == text)
    }

    /// What the owner reads.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Keep => "niet melden: een risico voor mensen is niet waarschijnlijk",
            Self::Authority => "melden bij de Autoriteit Persoonsgegevens",
            Self::People => "melden bij de Autoriteit Persoonsgegevens en aan de mensen om wie het gaat: hoog risico",
        }
    }
}

/// A breach, told or not (art. 33(5)). Written without names: who it was about is not needed to show what was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Breach {
    /// Its id.
    pub id: BreachId,
    /// When the shop became aware of it.
    pub aware_at: Timestamp,
    /// What happened, with which data, of how many people.
    pub facts: String,
    /// What it may do to them.
    pub effects: String,
    /// What was done about it.
    pub measures: String,
    /// Who is told; `None` until that was decided.
    pub decision: Option<Decision>,
    /// Why.
    pub reason: String,
    /// When it was done with.
    pub closed_at: Option<Timestamp>,
    /// Raised by every change.
    pub version: i64,
}

impl Breach {
    /// When the authority must know, unless a risk is unlikely.
    pub const fn report_by(&self) -> Timestamp {
        report_by(self.aware_at)
    }

    /// Whether it can be closed: everything the log must hold is there.
    pub fn is_complete(&self) -> bool {
        let texts = [&self.facts, &self.effects, &self.measures, &self.reason];
        self.decision.is_some() && texts.iter().all(|text| !text.trim().is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_runs_through_the_weekend() {
        // Friday 27 November 2026, 18.00 in Amsterdam; then Monday 30 November, 18.00.
        let friday = Timestamp::from_micros(1_795_798_800_000_000);

        assert_eq!(report_by(friday), Timestamp::from_micros(1_796_058_000_000_000));
    }

    #[test]
    fn a_decision_reads_back() {
        for decision in Decision::ALL {
            assert_eq!(Decision::parse(decision.name()), Some(decision));
        }
        assert_eq!(Decision::parse("forget"), None);
    }
}
