//! The life of an order. The whole machine is one function; `docs/states.md` shows it as a picture and a test compares the two.

use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// Each state carries exactly what is known in it; a paid order without a payment date cannot be written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum OrderState {
    /// Placed; stock is held until then.
    AwaitingPayment {
        /// When the hold ends and the order lapses.
        until: Timestamp,
    },
    /// Paid in full, promised, or left open on an invoice of our own: to be packed.
    Paid {
        /// When it was paid, or agreed that it is paid afterwards.
        at: Timestamp,
    },
    /// Handed to the carrier.
    Shipped {
        /// When it was paid.
        paid_at: Timestamp,
        /// When it left.
        at: Timestamp,
    },
    /// At the shopper's door.
    Delivered {
        /// When it was paid.
        paid_at: Timestamp,
        /// When it arrived.
        at: Timestamp,
    },
    /// It will not be delivered.
    Cancelled {
        /// When.
        at: Timestamp,
        /// Why.
        reason: CancelReason,
        /// When it was paid, if it was: then money must go back.
        paid_at: Option<Timestamp>,
    },
}

/// Why an order was cancelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum CancelReason {
    /// The shopper wished it.
    Shopper,
    /// The owner decided.
    Owner,
    /// It was not paid in time.
    NotPaid,
}

impl CancelReason {
    /// The word in the timeline.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Shopper => "shopper",
            Self::Owner => "owner",
            Self::NotPaid => "not_paid",
        }
    }
}

/// What can happen to an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum OrderEvent {
    /// All that is owed was received.
    Paid,
    /// What is asked in advance is here, and the rest is paid afterwards on an invoice of our own.
    Invoiced,
    /// Another attempt to pay starts: the hold is renewed.
    PaymentRetried {
        /// The new end of the hold.
        until: Timestamp,
    },
    /// It left the shop.
    Shipped,
    /// It arrived.
    Delivered,
    /// It ends here.
    Cancelled(CancelReason),
    /// It had lapsed; its money came late, its pieces are still there, and the owner delivers it after all.
    Revived,
}

/// The event makes no sense in that state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct IllegalTransition {
    /// Name of the state.
    pub from: &'static str,
    /// Name of the event.
    pub event: &'static str,
}

impl OrderState {
    /// The state after `event`. Anything not written here is illegal.
    pub const fn apply(self, event: OrderEvent, now: Timestamp) -> Result<Self, IllegalTransition> {
        use OrderEvent as E;
        Ok(match (self, event) {
            (Self::AwaitingPayment { .. }, E::Paid | E::Invoiced) => Self::Paid { at: now },
            (Self::AwaitingPayment { .. }, E::PaymentRetried { until }) => Self::AwaitingPayment { until },
            (Self::AwaitingPayment { .. }, E::Cancelled(reason)) => Self::Cancelled { at: now, reason, paid_at: None },
            (Self::Paid { at }, E::Cancelled(reason)) => Self::Cancelled { at: now, reason, paid_at: Some(at) },
            (Self::Paid { at: paid_at }, E::Shipped) => Self::Shipped { paid_at, at: now },
            (Self::Shipped { paid_at, .. }, E::Delivered) => Self::Delivered { paid_at, at: now },
            (Self::Cancelled { paid_at: None, .. }, E::Revived) => Self::Paid { at: now },
            (from, event) => return Err(IllegalTransition { from: from.name(), event: event.name() }),
        })
    }

    /// The word in the database and in the diagram.
    pub const fn name(self) -> &'static str {
        match self {
            Self::AwaitingPayment { .. } => "awaiting_payment",
            Self::Paid { .. } => "paid",
            Self::Shipped { .. } => "shipped",
            Self::Delivered { .. } => "delivered",
            Self::Cancelled { .. } => "cancelled",
        }
    }

    /// Whether its goods may leave or have left: money for it was received, promised or agreed to come afterwards, and is not
    /// owed back.
    pub const fn is_paid(self) -> bool {
        matches!(self, Self::Paid { .. } | Self::Shipped { .. } | Self::Delivered { .. })
    }
}

impl OrderEvent {
    /// The word in the timeline and in the diagram.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Paid => "paid",
            Self::Invoiced => "invoiced",
            Self::PaymentRetried { .. } => "payment_retried",
            Self::Shipped => "shipped",
            Self::Delivered => "delivered",
            Self::Cancelled(_) => "cancelled",
            Self::Revived => "revived",
        }
    }
}

/// The arrows of the machine, found by trying every event in every state; the text that `docs/states.md` must hold.
pub fn diagram() -> Vec<String> {
    let now = Timestamp::from_micros(0);
    let states = [
        OrderState::AwaitingPayment { until: now },
        OrderState::Paid { at: now },
        OrderState::Shipped { paid_at: now, at: now },
        OrderState::Delivered { paid_at: now, at: now },
        OrderState::Cancelled { at: now, reason: CancelReason::Owner, paid_at: None },
    ];
    let events = [
        OrderEvent::Paid,
        OrderEvent::Invoiced,
        OrderEvent::PaymentRetried { until: now },
        OrderEvent::Shipped,
        OrderEvent::Delivered,
        OrderEvent::Cancelled(CancelReason::Owner),
        OrderEvent::Revived,
    ];
    let arrow = |state: OrderState, event: OrderEvent| {
        let to = state.apply(event, now).ok()?;
        Some(format!("{} --> {}: {}", state.name(), to.name(), event.name()))
    };
    states.into_iter().flat_map(|state| events.into_iter().filter_map(move |event| arrow(state, event))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_diagram_in_the_documents_shows_exactly_this_machine() {
        let document = include_str!("../../../../docs/states.md");
        let section = document.split("## Order").nth(1).and_then(|rest| rest.split("\n## ").next()).unwrap_or("");
        let drawn: Vec<&str> =
            section.lines().map(str::trim).filter(|line| line.contains(" --> ") && !line.contains("[*]")).collect();

        assert_eq!(drawn, diagram());
    }

    #[test]
    fn a_shipped_order_cannot_be_cancelled() {
        let now = Timestamp::from_micros(1);
        let shipped = OrderState::Shipped { paid_at: now, at: now };

        let refused = shipped.apply(OrderEvent::Cancelled(CancelReason::Owner), now);

        assert_eq!(refused, Err(IllegalTransition { from: "shipped", event: "cancelled" }));
    }

    #[test]
    fn an_order_that_was_paid_and_cancelled_is_not_revived_because_its_money_goes_back() {
        let now = Timestamp::from_micros(1);
        let over = |paid_at| OrderState::Cancelled { at: now, reason: CancelReason::NotPaid, paid_at };

        assert_eq!(over(None).apply(OrderEvent::Revived, now), Ok(OrderState::Paid { at: now }));
        assert!(over(Some(now)).apply(OrderEvent::Revived, now).is_err());
    }

    #[test]
    fn a_cancelled_order_remembers_that_it_was_paid() {
        let (paid, later) = (Timestamp::from_micros(1), Timestamp::from_micros(2));
        let state = OrderState::Paid { at: paid }.apply(OrderEvent::Cancelled(CancelReason::Shopper), later);

        assert_eq!(state, Ok(OrderState::Cancelled { at: later, reason: CancelReason::Shopper, paid_at: Some(paid) }));
    }
}
