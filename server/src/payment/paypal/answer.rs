//! Their states in our words. Nothing counts before reference, currency and amount are those of the attempt.

use super::client::word;
use super::wire::{Amount, Capture, Order, Refund, Unit};
use shop_core::money::Money;
use shop_core::payment::{Attempt, AttemptEvent};
use shop_flows::ports::{Answer, PaymentError, RefundStanding};

/// Something about an order that we do not understand. Holds their word for it.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Odd {
    /// A status that is not in their documents.
    Status(String),
    /// Not one purchase unit, or several captures that brought money.
    Shape(&'static str),
    /// Another reference than that of the attempt.
    Reference(String),
    /// Another amount or currency than that of the attempt.
    Amount(String),
}

impl Odd {
    /// The error for the caller; the log learns which order of theirs it is about.
    pub(super) fn reported(&self, provider_id: &str) -> PaymentError {
        tracing::error!(provider_id, odd = ?self, "an order of PayPal was not understood");
        PaymentError::OutcomeUnknown(format!("{self:?}"))
    }
}

/// The one purchase unit of an order, when it is that of the attempt: same reference, euro, same amount.
pub(super) fn unit_of<'a>(order: &'a Order, attempt: &Attempt) -> Result<&'a Unit, Odd> {
    let [unit] = order.purchase_units.as_slice() else {
        return Err(Odd::Shape("an order must have one purchase unit"));
    };
    let reference = unit.invoice_id.as_deref().or(unit.custom_id.as_deref()).unwrap_or_default();
    if reference != attempt.reference {
        return Err(Odd::Reference(word(reference)));
    }
    if euro(unit.amount.as_ref())? != attempt.amount {
        return Err(Odd::Amount(unit.amount.as_ref().map(|amount| word(&amount.value)).unwrap_or_default()));
    }
    Ok(unit)
}

/// What an order says about the attempt. What was captured is told as it is: the caller compares it once more.
pub(super) fn of_order(order: &Order, attempt: &Attempt) -> Result<Answer, Odd> {
    let unit = unit_of(order, attempt)?;
    let captures = unit.payments.as_ref().map(|payments| payments.captures.as_slice()).unwrap_or_default();
    let none = |event| answer(attempt, &order.id, event, Money::ZERO, None);
    Ok(match order.status.as_str() {
        // Approved says what the payer wants; the money is still hers.
        "CREATED" | "SAVED" | "PAYER_ACTION_REQUIRED" | "APPROVED" => none(AttemptEvent::Opened),
        "VOIDED" => none(AttemptEvent::Cancelled),
        "COMPLETED" => of_captures(order, attempt, captures)?,
        other => return Err(Odd::Status(word(other))),
    })
}

fn of_captures(order: &Order, attempt: &Attempt, captures: &[Capture]) -> Result<Answer, Odd> {
    let mut paid = None;
    let mut is_pending = false;
    for capture in captures {
        match capture.status.as_str() {
            // Money that went back later was there.
            "COMPLETED" | "PARTIALLY_REFUNDED" | "REFUNDED" if paid.is_none() => paid = Some(capture),
            "COMPLETED" | "PARTIALLY_REFUNDED" | "REFUNDED" => {
                return Err(Odd::Shape("an order was captured twice"));
            }
            "PENDING" => is_pending = true,
            "DECLINED" | "FAILED" => {}
            other => return Err(Odd::Status(word(other))),
        }
    }
    Ok(match paid {
        Some(capture) => {
            let amount = euro(capture.amount.as_ref())?;
            answer(attempt, &order.id, AttemptEvent::Paid, amount, Some(capture.id.clone()))
        }
        None if is_pending => answer(attempt, &order.id, AttemptEvent::Opened, Money::ZERO, None),
        None if captures.is_empty() => return Err(Odd::Shape("completed without a capture")),
        None => answer(attempt, &order.id, AttemptEvent::Failed, Money::ZERO, None),
    })
}

/// An end without money, as a refused capture or a vanished order tells it.
pub(super) fn ended(attempt: &Attempt, provider_id: &str, event: AttemptEvent) -> Answer {
    answer(attempt, provider_id, event, Money::ZERO, None)
}

/// Where a refund stands.
pub(super) fn of_refund(refund: &Refund) -> Result<RefundStanding, PaymentError> {
    match refund.status.as_str() {
        "COMPLETED" => Ok(RefundStanding::Done),
        "PENDING" => Ok(RefundStanding::Pending),
        "FAILED" | "CANCELLED" => Ok(RefundStanding::Failed),
        other => Err(PaymentError::OutcomeUnknown(format!("the refund is {}", word(other)))),
    }
}

fn answer(
    attempt: &Attempt,
    provider_id: &str,
    event: AttemptEvent,
    paid: Money,
    transaction: Option<String>,
) -> Answer {
    Answer { reference: attempt.reference.clone(), provider_id: provider_id.to_owned(), event, paid, transaction }
}

fn euro(amount: Option<&Amount>) -> Result<Money, Odd> {
    let amount = amount.ok_or(Odd::Shape("no amount"))?;
    amount.in_euro().ok_or_else(|| Odd::Amount(word(&amount.currency_code)))
}
