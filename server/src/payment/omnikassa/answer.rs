//! Their states in our words. The status of the order decides; its transactions only say why, and what to refund.

use super::wire::{Amount, DetailedOrder, OrderResult, Transaction};
use shop_core::money::Money;
use shop_core::payment::AttemptEvent;
use shop_flows::ports::{Answer, PaymentError};

/// Something about an order that we do not understand. Holds their word for it.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Odd {
    /// A status that is not in the manual.
    Status(String),
    /// Paid, but not in euro, or without an amount.
    NoEuro(String),
    /// Money without a payment.
    MoneyWithout(String),
}

impl Odd {
    /// The error for the caller; the log learns which order of theirs it is about.
    pub(super) fn reported(&self, provider_id: &str) -> PaymentError {
        tracing::error!(provider_id, odd = ?self, "an order of the provider was not understood");
        PaymentError::OutcomeUnknown(format!("{self:?}"))
    }
}

/// An order in a pull.
pub(super) fn of_result(order: &OrderResult) -> Result<Answer, Odd> {
    let event = event(&order.order_status, &order.transactions)?;
    let paid = match event {
        AttemptEvent::Paid => euro(order.paid_amount.as_ref())?,
        AttemptEvent::Opened => Money::ZERO,
        _ if order.paid_amount.as_ref().is_some_and(|paid| paid.amount != 0) => {
            return Err(Odd::MoneyWithout(word(&order.order_status)));
        }
        _ => Money::ZERO,
    };
    Ok(answer(&order.merchant_order_id, &order.omnikassa_order_id, event, paid, &order.transactions))
}

/// An order in the details call, which names no paid amount: it is the sum of what succeeded.
pub(super) fn of_details(order: &DetailedOrder) -> Result<Answer, Odd> {
    let event = event(&order.status, &order.transactions)?;
    let paid = if event == AttemptEvent::Paid { succeeded(&order.transactions)? } else { Money::ZERO };
    Ok(answer(&order.merchant_order_id, &order.id, event, paid, &order.transactions))
}

fn answer(
    reference: &str,
    provider_id: &str,
    event: AttemptEvent,
    paid: Money,
    transactions: &[Transaction],
) -> Answer {
    let transaction = transactions.iter().rev().find(|transaction| transaction.succeeded());
    Answer {
        reference: reference.to_owned(),
        provider_id: provider_id.to_owned(),
        event,
        paid,
        transaction: transaction.filter(|_| event == AttemptEvent::Paid).map(|transaction| transaction.id.clone()),
    }
}

fn event(status: &str, transactions: &[Transaction]) -> Result<AttemptEvent, Odd> {
    Ok(match status {
        "IN_PROGRESS" => AttemptEvent::Opened,
        "COMPLETED" => AttemptEvent::Paid,
        // A refused card or bank ends as a cancelled order; the shopper should read which of the two it was.
        "CANCELLED" if transactions.iter().any(Transaction::failed) => AttemptEvent::Failed,
        "CANCELLED" => AttemptEvent::Cancelled,
        "EXPIRED" => AttemptEvent::Expired,
        other => return Err(Odd::Status(word(other))),
    })
}

fn succeeded(transactions: &[Transaction]) -> Result<Money, Odd> {
    let good: Vec<&Transaction> = transactions.iter().filter(|transaction| transaction.succeeded()).collect();
    if good.is_empty() {
        return Err(Odd::NoEuro("no successful transaction".to_owned()));
    }
    let amounts: Vec<Money> = good
        .iter()
        .map(|transaction| euro(transaction.confirmed_amount.as_ref().or(transaction.amount.as_ref())))
        .collect::<Result<_, _>>()?;
    Money::sum(amounts).map_err(|_| Odd::NoEuro("too much".to_owned()))
}

fn euro(amount: Option<&Amount>) -> Result<Money, Odd> {
    let amount = amount.ok_or_else(|| Odd::NoEuro("no amount".to_owned()))?;
    amount.euro_cents().map(Money::cents).ok_or_else(|| Odd::NoEuro(word(&amount.currency)))
}

/// A word of theirs, short and printable enough for a log.
fn word(text: &str) -> String {
    text.chars().filter(char::is_ascii_graphic).take(40).collect()
}
