//! What makes a booking the same booking when it is delivered twice.

use crate::statement::Draft;
use sha2::{Digest, Sha256};
use std::fmt;

/// The stable key of a booking: 32 hexadecimal digits. The same file again, and another file over the same days, give the same keys.
///
/// It is a one-way hash of our account, the bank's reference, the day, the amount and the place in a batch. Neither the payer's name
/// nor the payer's account goes into it, so keeping it keeps nothing about the payer.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BookingId(String);

impl BookingId {
    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for BookingId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// What a draft has in common with itself in another file. A bank that gives no reference leaves only what the payer wrote.
pub(crate) fn identity(account: &str, draft: &Draft) -> Vec<String> {
    let mut parts =
        vec![account.to_owned(), draft.day.iso(), draft.amount.in_cents().to_string(), draft.part.to_string()];
    if draft.bank_reference.is_empty() {
        parts.extend(["text".to_owned(), draft.end_to_end.clone(), draft.text.clone()]);
        parts.extend(draft.reference.iter().map(|reference| reference.as_str().to_owned()));
    } else {
        parts.extend(["reference".to_owned(), draft.bank_reference.clone()]);
    }
    parts
}

/// The key; `nth` tells bookings apart that have nothing to tell them apart, and counts within one statement: a statement holds whole
/// days, so the count is the same in every file that has the day.
pub(crate) fn key(identity: &[String], nth: usize) -> BookingId {
    let mut hash = Sha256::new();
    for part in identity.iter().map(String::as_str).chain([nth.to_string().as_str()]) {
        hash.update(part.len().to_string());
        hash.update(b":");
        hash.update(part);
    }
    BookingId(hash.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect())
}
