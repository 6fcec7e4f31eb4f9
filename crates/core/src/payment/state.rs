//! The life of one try to pay. Duplicate news changes nothing; news that contradicts a final state is an alarm, never a change.

use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// Where a try to pay stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum AttemptState {
    /// Written down; the provider was not asked yet, or its answer never came. Nobody knows whether it exists there.
    Created,
    /// The provider knows it; the shopper can pay.
    Open,
    /// The provider has the money, or promises it.
    Paid {
        /// When we learned it.
        at: Timestamp,
    },
    /// The shopper stopped it.
    Cancelled {
        /// When we learned it.
        at: Timestamp,
    },
    /// The bank or card said no, or the provider refused it.
    Failed {
        /// When we learned it.
        at: Timestamp,
    },
    /// It was not paid in time.
    Expired {
        /// When we learned it.
        at: Timestamp,
    },
}

/// What the provider's own answer says. Never what a browser or a notice claims.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum AttemptEvent {
    /// It exists there and waits for the shopper.
    Opened,
    /// It is paid.
    Paid,
    /// The shopper stopped it.
    Cancelled,
    /// It was refused.
    Failed,
    /// Its time is over.
    Expired,
}

/// What news about an attempt means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum News {
    /// The attempt moves to this state.
    Moved(AttemptState),
    /// We knew that already.
    Known,
    /// It contradicts what we know for sure; a person must look. "Paid" after an end is the important one: money arrived for
    /// something we gave up.
    Contradiction,
}

impl AttemptState {
    /// What `event` means in this state.
    pub const fn apply(self, event: AttemptEvent, now: Timestamp) -> News {
        use AttemptEvent as E;
        match (self, event) {
            (Self::Created, E::Opened) => News::Moved(Self::Open),
            (Self::Open, E::Opened) => News::Known,
            (Self::Created | Self::Open, E::Paid) => News::Moved(Self::Paid { at: now }),
            (Self::Created | Self::Open, E::Cancelled) => News::Moved(Self::Cancelled { at: now }),
            (Self::Created | Self::Open, E::Failed) => News::Moved(Self::Failed { at: now }),
            (Self::Created | Self::Open, E::Expired) => News::Moved(Self::Expired { at: now }),
            // Money that arrives after an end is never lost: the try becomes paid and the order decides what that means.
            (Self::Cancelled { .. } | Self::Failed { .. } | Self::Expired { .. }, E::Paid) => {
                News::Moved(Self::Paid { at: now })
            }
            // A late "opened" is an old message overtaken by a newer one.
            (_, E::Opened) => News::Known,
            (Self::Paid { .. }, E::Paid)
            | (Self::Cancelled { .. }, E::Cancelled)
            | (Self::Failed { .. }, E::Failed)
            | (Self::Expired { .. }, E::Expired) => News::Known,
            // Ways to end without money say the same in the end.
            (Self::Cancelled { .. } | Self::Failed { .. } | Self::Expired { .. }, _) => News::Known,
            (Self::Paid { .. }, E::Cancelled | E::Failed | E::Expired) => News::Contradiction,
        }
    }

    /// The word in the database and in the diagram.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Open => "open",
            Self::Paid { .. } => "paid",
            Self::Cancelled { .. } => "cancelled",
            Self::Failed { .. } => "failed",
            Self::Expired { .. } => "expired",
        }
    }

    /// Whether the provider may still change its mind.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Created | Self::Open)
    }
}

impl AttemptEvent {
    /// The word in the timeline and in the diagram.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Opened => "opened",
            Self::Paid => "paid",
            Self::Cancelled => "cancelled",
            Self::Failed => "failed",
            Self::Expired => "expired",
        }
    }
}

const EVENTS: [AttemptEvent; 5] =
    [AttemptEvent::Opened, AttemptEvent::Paid, AttemptEvent::Cancelled, AttemptEvent::Failed, AttemptEvent::Expired];

/// The arrows of the machine, found by trying every event in every state; the text that `docs/states.md` must hold.
pub fn diagram() -> Vec<String> {
    let now = Timestamp::from_micros(0);
    let states = [
        AttemptState::Created,
        AttemptState::Open,
        AttemptState::Paid { at: now },
        AttemptState::Cancelled { at: now },
        AttemptState::Failed { at: now },
        AttemptState::Expired { at: now },
    ];
    let arrow = |state: AttemptState, event: AttemptEvent| match state.apply(event, now) {
        News::Moved(to) => Some(format!("{} --> {}: {}", state.name(), to.name(), event.name())),
        News::Known => None,
        News::Contradiction => Some(format!("{} --> alarm: {}", state.name(), event.name())),
    };
    states.into_iter().flat_map(|state| EVENTS.into_iter().filter_map(move |event| arrow(state, event))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_diagram_in_the_documents_shows_exactly_this_machine() {
        let document = include_str!("../../../../docs/states.md");
        let section = document.split("## Attempt").nth(1).and_then(|rest| rest.split("\n## ").next()).unwrap_or("");
        let drawn: Vec<&str> =
            section.lines().map(str::trim).filter(|line| line.contains(" --> ") && !line.contains("[*]")).collect();

        assert_eq!(drawn, diagram());
    }

    #[test]
    fn a_late_cancel_never_undoes_a_payment() {
        let at = Timestamp::from_micros(5);
        for event in [AttemptEvent::Cancelled, AttemptEvent::Failed, AttemptEvent::Expired] {
            assert_eq!(AttemptState::Paid { at }.apply(event, at), News::Contradiction);
        }
    }

    #[test]
    fn money_for_a_given_up_attempt_is_not_lost() {
        let (then, now) = (Timestamp::from_micros(5), Timestamp::from_micros(9));
        assert_eq!(
            AttemptState::Expired { at: then }.apply(AttemptEvent::Paid, now),
            News::Moved(AttemptState::Paid { at: now })
        );
    }

    #[test]
    fn the_same_news_twice_is_known() {
        let at = Timestamp::from_micros(5);
        assert_eq!(AttemptState::Paid { at }.apply(AttemptEvent::Paid, at), News::Known);
        assert_eq!(AttemptState::Open.apply(AttemptEvent::Opened, at), News::Known);
    }
}
