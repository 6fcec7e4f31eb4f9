//! MT940, the older statement of SWIFT, as Dutch banks write it: ING's structured form, and where it differs Rabobank's and ABN
//! AMRO's. Where a bank offers both, CAMT.053 says more and is cut nowhere.

mod details;
mod fields;
mod line;

use crate::amount;
use crate::error::Unreadable;
use crate::statement::{Draft, Frame, Statement, signed};
use details::Details;
use fields::Field;
use line::Line;
use shop_core::money::Money;
use shop_core::time::Day;

/// The statements in the file. A statement over several pages (`60M`, `62M`) is read page by page; each adds up by itself.
pub(crate) fn read(text: &str) -> Result<Vec<Statement>, Unreadable> {
    let fields = fields::split(text);
    let mut statements = Vec::new();
    let mut rest = fields.as_slice();
    while let Some((first, after)) = rest.split_first() {
        let end = after.iter().position(|field| field.tag == "20").unwrap_or(after.len());
        let (own, next) = after.split_at_checked(end).unwrap_or((after, &[]));
        statements.push(statement(first, own)?);
        rest = next;
    }
    if statements.is_empty() { Err(Unreadable::NoStatement) } else { Ok(statements) }
}

fn statement(first: &Field<'_>, fields: &[Field<'_>]) -> Result<Statement, Unreadable> {
    let missing = |what| Unreadable::Missing { line: first.line, what };
    let find = |tags: &[&str]| fields.iter().find(|field| tags.contains(&field.tag));
    let account = find(&["25"]).map(|field| account(field.head())).filter(|account| !account.is_empty());
    let opening = find(&["60F", "60M"]).ok_or(missing("het beginsaldo"))?;
    let closing = find(&["62F", "62M"]).ok_or(missing("het eindsaldo"))?;
    let (_, opening) = balance(*opening)?;
    let (until, closed) = balance(*closing)?;
    let frame = Frame {
        line: first.line,
        account: account.ok_or(missing("het rekeningnummer"))?,
        number: first.head().chars().take(35).collect(),
        opening,
        closing: closed,
        until,
    };
    // What stands after the closing balance is about the statement as a whole.
    let booked = fields.iter().take_while(|field| field.line < closing.line);
    frame.with(drafts(booked)?)
}

/// The bookings: each `:61:` with the `:86:` after it, or several of them as some banks write it.
fn drafts<'a>(fields: impl Iterator<Item = &'a Field<'a>>) -> Result<Vec<Draft>, Unreadable> {
    let mut lines: Vec<(Line, String)> = Vec::new();
    for field in fields {
        match (field.tag, lines.last_mut()) {
            ("61", _) => lines.push((line::read(*field)?, String::new())),
            ("86", Some((_, details))) => details.push_str(&field.joined()),
            _ => {}
        }
    }
    Ok(lines.into_iter().map(|(line, details)| draft(line, details::read(&details))).collect())
}

fn draft(line: Line, details: Details) -> Draft {
    let Details { returned, end_to_end, payer, reference, text } = details;
    Draft {
        day: line.day,
        amount: line.amount,
        returned: line.returned || returned,
        bank_reference: line.bank_reference,
        end_to_end,
        reference,
        text,
        payer,
        part: 0,
    }
}

/// `NL20INGB0001234567EUR` or `NL44RABO0123456789 EUR` without the currency, which the balances say too.
fn account(text: &str) -> String {
    let account: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    account.strip_suffix("EUR").map(str::to_owned).unwrap_or(account)
}

/// `C260302EUR1094,80`: direction, day, currency and amount.
fn balance(field: Field<'_>) -> Result<(Day, Money), Unreadable> {
    let malformed = |what| Unreadable::Malformed { line: field.line, what };
    let (credit, rest) = match (field.head().strip_prefix('C'), field.head().strip_prefix('D')) {
        (Some(rest), _) => (true, rest),
        (_, Some(rest)) => (false, rest),
        _ => return Err(malformed("de richting (bij of af)")),
    };
    let (day, rest) = rest.split_at_checked(6).ok_or(malformed("de datum"))?;
    let (currency, digits) = rest.split_at_checked(3).ok_or(malformed("de munt"))?;
    amount::only_euro(currency, field.line)?;
    let day = line::short_day(day).ok_or(malformed("de datum"))?;
    Ok((day, signed(amount::read(digits, ',', field.line)?, credit, field.line)?))
}
