//! A statement that adds up, and its bookings.

use crate::amount::negative;
use crate::error::Unreadable;
use crate::key::{self, BookingId};
use shop_core::money::Money;
use shop_core::payment::{CreditorReference, Facts};
use shop_core::time::Day;
use std::collections::HashMap;
use std::fmt;

/// One statement of one account, in euro. Opening balance and bookings come to the closing balance; that was checked. Whether one
/// statement follows another is not: then the closing balance of the earlier is the opening balance of the later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// Our own account (an IBAN without spaces, or an older number). Compare it with the account of the shop before booking anything.
    pub account: Confidential,
    /// What the bank calls this statement.
    pub number: String,
    /// What was on the account before the first booking.
    pub opening: Money,
    /// What was on it after the last one.
    pub closing: Money,
    /// The day of the closing balance.
    pub until: Day,
    /// What was booked, in the order of the file. What is only announced is not among it.
    pub bookings: Vec<Booking>,
}

/// One payment to or from the account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Booking {
    /// The same in every file that holds this booking.
    pub id: BookingId,
    /// When it was booked.
    pub day: Day,
    /// What came in; negative when it went out.
    pub amount: Money,
    /// Whether the bank calls it a payment that came back, or one that it undid. Such money pays no order.
    pub returned: bool,
    /// The structured reference, when there is one with right check digits.
    pub reference: Option<CreditorReference>,
    /// What the payer wrote, or the bank where the payer wrote nothing.
    pub text: Confidential,
    /// The other party's name as the bank gives it; may be empty.
    pub payer: Confidential,
}

impl Booking {
    /// What `match_booking` looks at.
    pub fn facts(&self) -> Facts<'_> {
        Facts {
            amount: self.amount,
            returned: self.returned,
            reference: self.reference.as_ref(),
            text: self.text.as_str(),
            payer: self.payer.as_str(),
        }
    }
}

/// A text of the file that may be looked at but not kept (the privacy statement stores the method of a payment, never who paid from
/// where). It prints as `…` and cannot be serialised.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Confidential(String);

impl Confidential {
    /// The text, to compare and to show to the owner.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<String> for Confidential {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl fmt::Debug for Confidential {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("…")
    }
}

/// A booking as a format gives it, before it has a key.
#[derive(Clone)]
pub(crate) struct Draft {
    pub day: Day,
    pub amount: Money,
    pub returned: bool,
    /// The bank's reference; empty when it gives none.
    pub bank_reference: String,
    /// The payer's own reference; empty when there is none.
    pub end_to_end: String,
    pub reference: Option<CreditorReference>,
    pub text: String,
    pub payer: String,
    /// Place in a batch, from 0.
    pub part: usize,
}

/// The frame of a statement: all but its bookings.
pub(crate) struct Frame {
    /// Where it begins.
    pub line: usize,
    pub account: String,
    pub number: String,
    pub opening: Money,
    pub closing: Money,
    pub until: Day,
}

impl Frame {
    /// The statement. Fails when the sums do not come out.
    pub(crate) fn with(self, drafts: Vec<Draft>) -> Result<Statement, Unreadable> {
        let too_large = |_| Unreadable::Malformed { line: self.line, what: "het bedrag" };
        let booked = Money::sum(drafts.iter().map(|draft| draft.amount)).map_err(too_large)?;
        let reached = self.opening.plus(booked).map_err(too_large)?;
        let difference = self.closing.minus(reached).map_err(too_large)?;
        if difference != Money::ZERO {
            return Err(Unreadable::DoesNotAddUp { line: self.line, difference });
        }
        let mut seen: HashMap<Vec<String>, usize> = HashMap::new();
        let mut bookings = Vec::with_capacity(drafts.len());
        for draft in drafts {
            let identity = key::identity(&self.account, &draft);
            let nth = seen.get(&identity).copied().unwrap_or(0);
            let id = key::key(&identity, nth);
            seen.insert(identity, nth + 1);
            bookings.push(draft.booking(id));
        }
        let Self { account, number, opening, closing, until, .. } = self;
        Ok(Statement { account: Confidential(account), number, opening, closing, until, bookings })
    }
}

impl Draft {
    fn booking(self, id: BookingId) -> Booking {
        let Self { day, amount, returned, reference, text, payer, .. } = self;
        Booking { id, day, amount, returned, reference, text: Confidential(text), payer: Confidential(payer) }
    }
}

/// The amount with its sign: what goes out is negative.
pub(crate) fn signed(amount: Money, incoming: bool, line: usize) -> Result<Money, Unreadable> {
    if incoming {
        return Ok(amount);
    }
    negative(amount).ok_or(Unreadable::Malformed { line, what: "het bedrag" })
}

/// One space between words and none around them, as people read it.
pub(crate) fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A bank's or payer's reference; empty when the field only says that there is none.
pub(crate) fn given(reference: &str) -> String {
    let reference = reference.trim();
    let absent = ["NOTPROVIDED", "NONREF", "EREF", "PREF", "MARF"].contains(&reference)
        || reference.bytes().all(|byte| byte == b'0');
    if absent { String::new() } else { reference.to_owned() }
}

/// The structured reference when its check digits are right; otherwise it joins the free text, where a person sees it.
pub(crate) fn structured(raw: &str, text: &str) -> (Option<CreditorReference>, String) {
    match CreditorReference::parse(raw) {
        Some(reference) => (Some(reference), tidy(text)),
        None => (None, tidy(&format!("{raw} {text}"))),
    }
}
