//! The life of a refund. As long as nobody knows whether the provider has it, it stays wanted and is asked for again with the
//! same key. Money that a provider cannot send is paid by hand, and only then.

use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// How far a refund has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum RefundState {
    /// Decided; the provider was not asked yet, or its answer never came.
    Wanted,
    /// Decided; nobody but the owner can send it (bank transfer).
    ByHand,
    /// The provider took it; the money is on its way.
    Sent {
        /// When we learned it.
        at: Timestamp,
    },
    /// The shopper has it.
    Done {
        /// When we learned it.
        at: Timestamp,
        /// Whether the owner paid it from her own account.
        by_hand: bool,
    },
    /// The provider does not do it; the money is still owed.
    Failed {
        /// When we learned it.
        at: Timestamp,
    },
}

/// What can happen to a refund.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum RefundEvent {
    /// The provider took it.
    Accepted,
    /// The provider has paid it.
    Done,
    /// The provider does not do it.
    Refused,
    /// The owner has paid it from her own account.
    PaidByHand,
}

/// What news about a refund means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum RefundNews {
    /// It moves to this state.
    Moved(RefundState),
    /// We knew that already.
    Known,
    /// It contradicts what we know; a person must look.
    Contradiction,
}

impl RefundState {
    /// What `event` means in this state.
    pub const fn apply(self, event: RefundEvent, now: Timestamp) -> RefundNews {
        use RefundEvent as E;
        match (self, event) {
            (Self::Wanted, E::Accepted) => RefundNews::Moved(Self::Sent { at: now }),
            // A refusal that a provider takes back: the money went after all.
            (Self::Wanted | Self::Sent { .. } | Self::Failed { .. }, E::Done) => {
                RefundNews::Moved(Self::Done { at: now, by_hand: false })
            }
            (Self::Wanted | Self::Sent { .. }, E::Refused) => RefundNews::Moved(Self::Failed { at: now }),
            (Self::ByHand | Self::Failed { .. }, E::PaidByHand) => {
                RefundNews::Moved(Self::Done { at: now, by_hand: true })
            }
            (Self::Sent { .. } | Self::Failed { .. }, E::Accepted)
            | (Self::Failed { .. }, E::Refused)
            | (Self::Done { .. }, E::Accepted | E::Done | E::PaidByHand) => RefundNews::Known,
            // While the provider may still send it, paying by hand would pay twice.
            (Self::Wanted | Self::Sent { .. }, E::PaidByHand)
            | (Self::ByHand, E::Accepted | E::Done | E::Refused)
            | (Self::Done { .. }, E::Refused) => RefundNews::Contradiction,
        }
    }

    /// The word in the database and in the diagram.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Wanted => "wanted",
            Self::ByHand => "by_hand",
            Self::Sent { .. } => "sent",
            Self::Done { .. } => "done",
            Self::Failed { .. } => "failed",
        }
    }

    /// Whether the shopper still waits for the money.
    pub const fn is_owed(self) -> bool {
        !matches!(self, Self::Done { .. })
    }

    /// Whether the owner is the one to pay it.
    pub const fn needs_a_hand(self) -> bool {
        matches!(self, Self::ByHand | Self::Failed { .. })
    }
}

impl RefundEvent {
    /// The word in the diagram.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Done => "done",
            Self::Refused => "refused",
            Self::PaidByHand => "paid_by_hand",
        }
    }
}

/// The arrows of the machine, found by trying every event in every state; the text that `docs/states.md` must hold.
pub fn diagram() -> Vec<String> {
    let now = Timestamp::from_micros(0);
    let states = [
        RefundState::Wanted,
        RefundState::ByHand,
        RefundState::Sent { at: now },
        RefundState::Done { at: now, by_hand: false },
        RefundState::Failed { at: now },
    ];
    let events = [RefundEvent::Accepted, RefundEvent::Done, RefundEvent::Refused, RefundEvent::PaidByHand];
    let arrow = |state: RefundState, event: RefundEvent| match state.apply(event, now) {
        RefundNews::Moved(to) => Some(format!("{} --> {}: {}", state.name(), to.name(), event.name())),
        RefundNews::Known => None,
        RefundNews::Contradiction => Some(format!("{} --> alarm: {}", state.name(), event.name())),
    };
    states.into_iter().flat_map(|state| events.into_iter().filter_map(move |event| arrow(state, event))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_diagram_in_the_documents_shows_exactly_this_machine() {
        let document = include_str!("../../../../../docs/states.md");
        let section = document.split("## Refund").nth(1).and_then(|rest| rest.split("\n## ").next()).unwrap_or("");
        let drawn: Vec<&str> =
            section.lines().map(str::trim).filter(|line| line.contains(" --> ") && !line.contains("[*]")).collect();

        assert_eq!(drawn, diagram());
    }

    #[test]
    fn nobody_pays_by_hand_what_the_provider_may_still_send() {
        let at = Timestamp::from_micros(5);
        for state in [RefundState::Wanted, RefundState::Sent { at }] {
            assert_eq!(state.apply(RefundEvent::PaidByHand, at), RefundNews::Contradiction);
        }
    }

    #[test]
    fn the_same_news_twice_is_known() {
        let at = Timestamp::from_micros(5);
        assert_eq!(RefundState::Sent { at }.apply(RefundEvent::Accepted, at), RefundNews::Known);
        assert_eq!(RefundState::Done { at, by_hand: false }.apply(RefundEvent::Done, at), RefundNews::Known);
    }
}
