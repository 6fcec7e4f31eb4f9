//! One entry of CAMT.053 (`Ntry`): a payment, or a batch of payments (`TxDtls`) that were booked as one amount.

use super::{day, euros, is_incoming, money};
use crate::camt::element::Element;
use crate::error::Unreadable;
use crate::statement::{Draft, given, signed, structured, tidy};
use shop_core::money::Money;
use shop_core::time::Day;

/// Adds the bookings of an entry; none when it is not booked yet. Fails when the parts of a batch do not come to its amount.
pub(super) fn read(element: &Element, into: &mut Vec<Draft>) -> Result<(), Unreadable> {
    if status(element) != "BOOK" {
        return Ok(());
    }
    let amount = money(element)?;
    let details: Vec<&Element> = element.all("NtryDtls").flat_map(|details| details.all("TxDtls")).collect();
    let entry = Entry {
        element,
        day: day(element.at(&["BookgDt"]).or_else(|| element.at(&["ValDt"])), element.line)?,
        bank_reference: bank_reference(element, &details),
        reversed: matches!(element.text_at(&["RvslInd"]), "true" | "1"),
    };
    match details.as_slice() {
        [] => into.push(entry.payment(&Element::default(), amount, 0)),
        // The details of a single payment may name the amount before charges; what was booked is what came in.
        [only] => into.push(entry.payment(only, amount, 0)),
        // Details of a batch without any amount, as of one that the owner sent herself, do not say who paid what: one booking.
        parts if parts.iter().all(|part| own_amount(part).is_none()) => {
            into.push(entry.payment(&Element::default(), amount, 0))
        }
        parts => into.extend(entry.batch(parts, amount)?),
    }
    Ok(())
}

/// What all payments of an entry share.
struct Entry<'a> {
    element: &'a Element,
    day: Day,
    bank_reference: String,
    reversed: bool,
}

impl Entry<'_> {
    fn batch(&self, parts: &[&Element], booked: Money) -> Result<Vec<Draft>, Unreadable> {
        let line = self.element.line;
        let mut drafts = Vec::with_capacity(parts.len());
        for (place, details) in parts.iter().enumerate() {
            drafts.push(self.payment(details, self.part_amount(details)?, place));
        }
        let parts = Money::sum(drafts.iter().map(|draft| draft.amount));
        let parts = parts.map_err(|_| Unreadable::Malformed { line, what: "het bedrag" })?;
        if parts == booked { Ok(drafts) } else { Err(Unreadable::PartsDiffer { line, booked, parts }) }
    }

    /// The amount of one payment in a batch, with its own direction or that of the entry.
    fn part_amount(&self, details: &Element) -> Result<Money, Unreadable> {
        let what = "het bedrag van een betaling in een verzamelboeking";
        let amount = own_amount(details).ok_or(Unreadable::Missing { line: details.line, what })?;
        let direction = if details.at(&["CdtDbtInd"]).is_some() { details } else { self.element };
        signed(euros(amount)?, is_incoming(direction)?, details.line)
    }

    fn payment(&self, details: &Element, amount: Money, part: usize) -> Draft {
        let remittance: Vec<&Element> = details.all("RmtInf").collect();
        let free: Vec<&str> = remittance.iter().flat_map(|one| one.all("Ustrd")).map(Element::text).collect();
        let strict = remittance.iter().flat_map(|one| one.all("Strd")).find_map(|one| one.at(&["CdtrRefInf", "Ref"]));
        let raw = strict.map_or("", Element::text);
        let free = if free.is_empty() && raw.is_empty() {
            self.element.text_at(&["AddtlNtryInf"]).to_owned()
        } else {
            free.join(" ")
        };
        let (reference, text) = structured(raw, &free);
        Draft {
            day: self.day,
            amount,
            returned: self.reversed || details.at(&["RtrInf"]).is_some(),
            bank_reference: self.bank_reference.clone(),
            end_to_end: given(details.text_at(&["Refs", "EndToEndId"])),
            reference,
            text,
            payer: other_party(details, amount >= Money::ZERO),
            part,
        }
    }
}

/// `Amt` from 001.08 on, `AmtDtls/TxAmt/Amt` before.
fn own_amount(details: &Element) -> Option<&Element> {
    details.at(&["Amt"]).or_else(|| details.at(&["AmtDtls", "TxAmt", "Amt"]))
}

/// `<Sts>BOOK</Sts>`, and `<Sts><Cd>BOOK</Cd></Sts>` from version 001.08 on.
fn status(entry: &Element) -> &str {
    match entry.text_at(&["Sts", "Cd"]) {
        "" => entry.text_at(&["Sts"]),
        code => code,
    }
}

/// The bank's own reference. `NtryRef` is none: at some banks it only counts within the file, and another file counts otherwise.
fn bank_reference(entry: &Element, details: &[&Element]) -> String {
    let of_entry = given(entry.text_at(&["AcctSvcrRef"]));
    match details {
        [only] if of_entry.is_empty() => given(only.text_at(&["Refs", "AcctSvcrRef"])),
        _ => of_entry,
    }
}

/// The name of who paid us, or of whom we paid. Version 001.08 puts it one level deeper.
fn other_party(details: &Element, incoming: bool) -> String {
    let roles = if incoming { ["Dbtr", "UltmtDbtr", "Cdtr"] } else { ["Cdtr", "UltmtCdtr", "Dbtr"] };
    let name = |role: &str| match details.text_at(&["RltdPties", role, "Nm"]) {
        "" => tidy(details.text_at(&["RltdPties", role, "Pty", "Nm"])),
        name => tidy(name),
    };
    roles.into_iter().map(name).find(|name| !name.is_empty()).unwrap_or_default()
}
