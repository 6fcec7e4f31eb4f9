//! How the providers are, as the owner may see it: when they last did what they were asked, and what went wrong since. Kinds only:
//! no payload, no secret.

use super::StoreError;
use async_trait::async_trait;
use shop_core::time::{Day, Timestamp};

/// What went wrong with a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failing {
    /// They do not let us in: our own credentials are refused.
    Credentials,
    /// They were not reached, or turned us away.
    Unavailable,
    /// They answered too late, broke off, or said something that nobody understands.
    Unclear,
}

impl Failing {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Credentials, Self::Unavailable, Self::Unclear];

    /// The word in the database.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Credentials => "credentials",
            Self::Unavailable => "unavailable",
            Self::Unclear => "unclear",
        }
    }

    /// Reads that word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|failing| failing.name() == text)
    }
}

/// How one provider is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderHealth {
    /// Its name.
    pub provider: String,
    /// When it last answered in a way that we understand. A refusal in its own words is such an answer.
    pub answered_at: Option<Timestamp>,
    /// What went wrong last, and when.
    pub failed: Option<(Failing, Timestamp)>,
    /// Since when nothing but failures came; `None` while it is well.
    pub failing_since: Option<Timestamp>,
    /// The last day that was compared with our books, and how many differences there were.
    pub compared: Option<(Day, u32)>,
}

impl ProviderHealth {
    /// Nothing is known yet.
    pub fn unknown(provider: &str) -> Self {
        Self { provider: provider.to_owned(), answered_at: None, failed: None, failing_since: None, compared: None }
    }

    /// After a call: `None` when it was answered.
    pub fn after(&mut self, failing: Option<Failing>, now: Timestamp) {
        match failing {
            None => (self.answered_at, self.failing_since) = (Some(now), None),
            Some(failing) => {
                self.failed = Some((failing, now));
                self.failing_since = self.failing_since.or(Some(now));
            }
        }
    }
}

/// The record of it.
#[async_trait]
pub trait Health {
    /// How every provider is that was ever called, by name.
    async fn health(&mut self) -> Result<Vec<ProviderHealth>, StoreError>;
    /// Writes down what calls brought. What was compared is left as it is.
    async fn save_health(&mut self, health: &ProviderHealth) -> Result<(), StoreError>;
    /// Writes down that a day was compared.
    async fn save_comparison(&mut self, provider: &str, day: Day, differences: u32) -> Result<(), StoreError>;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outage_begins_with_its_first_failure_and_ends_with_an_answer() {
        let at = |seconds: i64| Timestamp::from_micros(seconds * 1_000_000);
        let mut health = ProviderHealth::unknown("paypal");

        health.after(None, at(1));
        health.after(Some(Failing::Unavailable), at(2));
        health.after(Some(Failing::Unclear), at(3));
        assert_eq!(
            (health.answered_at, health.failed, health.failing_since),
            (Some(at(1)), Some((Failing::Unclear, at(3))), Some(at(2)))
        );

        health.after(None, at(4));
        assert_eq!((health.answered_at, health.failing_since), (Some(at(4)), None));
        assert_eq!(health.failed, Some((Failing::Unclear, at(3))), "what went wrong last stays known");
    }
}
