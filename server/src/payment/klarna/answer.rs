//! Their states in our words. Who has approved nothing owes nothing; only an order in their books, of our amount and under our
//! references, counts as a promise.

use super::wire::{Order, Page};
use shop_core::money::Money;
use shop_core::payment::{Attempt, AttemptEvent};
use shop_flows::ports::{Answer, PaymentError};

/// Where the hosted page has brought us.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    /// She is still busy, or did not come yet.
    Busy,
    /// She went back to the shop; the page would let her come again.
    WentBack,
    /// Klarna said yes; the order is ours to place.
    Approved,
    /// It is over, in this way.
    Over(AttemptEvent),
}

/// What the status of a page means.
pub(super) fn stage(page: &Page) -> Result<Stage, PaymentError> {
    Ok(match page.status.as_str() {
        "WAITING" | "IN_PROGRESS" | "MANUAL_ID_CHECK" => Stage::Busy,
        "BACK" => Stage::WentBack,
        "COMPLETED" => Stage::Approved,
        "CANCELLED" => Stage::Over(AttemptEvent::Cancelled),
        // Klarna said no, or its page broke: either way she can pay in another way.
        "FAILED" | "ERROR" => Stage::Over(AttemptEvent::Failed),
        "DISABLED" | "TIMEOUT" => Stage::Over(AttemptEvent::Expired),
        other => return Err(odd("page", other)),
    })
}

/// What an order in their books means. It must be the one that was asked about: another amount, currency or reference is an
/// alarm, not an answer.
pub(super) fn of_order(order: &Order, attempt: &Attempt, number: &str) -> Result<Answer, PaymentError> {
    let ours = order.purchase_currency == "EUR"
        && order.order_amount == attempt.amount.in_cents()
        && order.merchant_reference1.as_deref() == Some(number)
        && order.merchant_reference2.as_deref() == Some(attempt.reference.as_str());
    if !ours {
        tracing::error!(order = order.order_id, reference = %attempt.reference, "Klarna's order is not the one that was placed");
        return Err(PaymentError::OutcomeUnknown("another amount, currency or reference".to_owned()));
    }
    let event = event(order)?;
    let promised = event == AttemptEvent::Paid;
    let answer = self::over(attempt, event);
    let transaction = Some(order.order_id.clone()).filter(|_| promised);
    Ok(Answer { paid: if promised { attempt.amount } else { Money::ZERO }, transaction, ..answer })
}

fn event(order: &Order) -> Result<AttemptEvent, PaymentError> {
    Ok(match (order.status.as_str(), order.fraud_status.as_str()) {
        (_, "REJECTED") => AttemptEvent::Failed,
        ("AUTHORIZED", "PENDING") => AttemptEvent::Opened,
        ("AUTHORIZED" | "PART_CAPTURED" | "CAPTURED", "ACCEPTED") => AttemptEvent::Paid,
        ("CANCELLED", "ACCEPTED" | "PENDING") => AttemptEvent::Cancelled,
        ("EXPIRED", "ACCEPTED" | "PENDING") => AttemptEvent::Expired,
        (status, fraud) => return Err(odd("order", &format!("{status}/{fraud}"))),
    })
}

/// An answer without money.
pub(super) fn over(attempt: &Attempt, event: AttemptEvent) -> Answer {
    Answer {
        reference: attempt.reference.clone(),
        provider_id: attempt.provider_id.clone().unwrap_or_default(),
        event,
        paid: Money::ZERO,
        transaction: None,
    }
}

/// A word of theirs that is not in the manual, short and printable enough for a log.
fn odd(what: &str, word: &str) -> PaymentError {
    let word: String = word.chars().filter(char::is_ascii_graphic).take(40).collect();
    tracing::error!(what, word, "a state of Klarna was not understood");
    PaymentError::OutcomeUnknown(format!("{what} in state {word}"))
}
