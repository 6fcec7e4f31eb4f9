//! Their list of a day in our words: what came in and what went back, as the shop compares it with its own books.

use super::client::word;
use super::wire::TransactionInfo;
use shop_core::time::Timestamp;
use shop_flows::ports::{Booked, PaymentError};
use std::collections::HashMap;

/// Money that really moved. Fees, withdrawals to the bank and what PayPal only holds are not payments; one of ours that
/// cannot be read is an error, because a list with a hole compares with nothing.
pub(super) fn booked(list: &[TransactionInfo]) -> Result<Vec<Booked>, PaymentError> {
    let references: HashMap<&str, &str> =
        list.iter().filter_map(|entry| Some((entry.transaction_id.as_str(), named(entry)?))).collect();
    list.iter().filter(|entry| is_done(entry)).filter_map(|entry| read(entry, &references).transpose()).collect()
}

fn read(entry: &TransactionInfo, references: &HashMap<&str, &str>) -> Result<Option<Booked>, PaymentError> {
    let of_capture = || entry.paypal_reference_id.as_deref().and_then(|capture| references.get(capture).copied());
    // T00 is a payment, T11 one that went back; the other groups are the account's own housekeeping.
    let code = entry.transaction_event_code.as_deref().unwrap_or_default();
    let reference = match code.get(..3) {
        Some("T00") => named(entry),
        Some("T11") => named(entry).or_else(of_capture),
        _ => return Ok(None),
    };
    let unreadable = || {
        tracing::error!(transaction = word(&entry.transaction_id), code = word(code), "a movement was not understood");
        PaymentError::OutcomeUnknown("a movement of the day was not understood".to_owned())
    };
    let amount = entry.transaction_amount.as_ref().and_then(|amount| amount.in_euro()).ok_or_else(unreadable)?;
    let at: jiff::Timestamp = jiff::fmt::strtime::parse("%Y-%m-%dT%H:%M:%S%z", &entry.transaction_updated_date)
        .and_then(|read| read.to_timestamp())
        .map_err(|_| unreadable())?;
    Ok(Some(Booked {
        // Money of the account that bears no number of ours, or a refund of another day, goes by their own number.
        reference: reference.unwrap_or(&entry.transaction_id).to_owned(),
        at: Timestamp::from_micros(at.as_microsecond()),
        amount,
    }))
}

fn named(entry: &TransactionInfo) -> Option<&str> {
    entry.invoice_id.as_deref().or(entry.custom_field.as_deref())
}

fn is_done(entry: &TransactionInfo) -> bool {
    entry.transaction_status.as_deref() == Some("S")
}
