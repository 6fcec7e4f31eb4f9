//! Their list of a day in our words: what came in and what went back, as the shop compares it with its own books.

use super::client::word;
use super::wire::TransactionInfo;
use shop_core::time::Timestamp;
use shop_flows::ports::{Booked, PaymentError};
use std::collections::HashMap;

/// Money that really moved. Fees, withdrawals to the bank and what PayPal only holds are not payments; one of ours that
/// cannot be read is an error, because a list with a hole compares with nothing.
pub(super) fn booked(
    list: &[TransactionInfo],
    of_other_days: &HashMap<String, String>,
) -> Result<Vec<Booked>, PaymentError> {
    let of_this_day = list.iter().filter_map(|entry| Some((entry.transaction_id.as_str(), named(entry)?)));
    let references: HashMap<&str, &str> = of_other_days
        .iter()
        .map(|(capture, reference)| (capture.as_str(), reference.as_str()))
        .chain(of_this_day)
        .collect();
    list.iter().filter(|entry| is_done(entry)).filter_map(|entry| read(entry, &references).transpose()).collect()
}

/// The captures of other days, which must be asked for the reference of what went back from them.
pub(super) fn captures_of_other_days(list: &[TransactionInfo]) -> Vec<String> {
    let listed = |capture: &str| list.iter().any(|entry| entry.transaction_id == capture);
    let is_back = |entry: &&TransactionInfo| {
        entry.transaction_event_code.as_deref().is_some_and(|code| code.starts_with("T11") || code.starts_with("T12"))
    };
    let mut captures: Vec<String> = list
        .iter()
        .filter(is_back)
        .filter(|entry| named(entry).is_none())
        .filter_map(|entry| entry.paypal_reference_id.clone())
        .filter(|capture| !listed(capture))
        .collect();
    captures.sort();
    captures.dedup();
    captures
}

fn read(entry: &TransactionInfo, references: &HashMap<&str, &str>) -> Result<Option<Booked>, PaymentError> {
    let of_capture = || entry.paypal_reference_id.as_deref().and_then(|capture| references.get(capture).copied());
    // T00 is a payment, T11 one that went back, T12 one that the payer's bank took back; the other groups are the
    // account's own housekeeping.
    let code = entry.transaction_event_code.as_deref().unwrap_or_default();
    let reference = match code.get(..3) {
        Some("T00") => named(entry),
        Some("T11" | "T12") => named(entry).or_else(of_capture),
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
        // Money of the account that bears no number of ours goes by theirs.
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
