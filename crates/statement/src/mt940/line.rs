//! Field `:61:`, the line of a booking: `2603020302C54,85NTRFEREF//00000000000001`.

use super::fields::Field;
use crate::amount;
use crate::error::Unreadable;
use crate::statement::{given, signed};
use shop_core::money::Money;
use shop_core::time::Day;

/// What the line says.
pub(super) struct Line {
    pub day: Day,
    pub amount: Money,
    pub returned: bool,
    pub bank_reference: String,
}

/// ING's codes for a payment that came back: a transfer, and iDEAL.
const RETURNS: [&str; 2] = ["/TRCD/00190/", "/TRCD/00196/"];

/// Reads the field. The line after the first holds ING's code, or at Rabobank the other account, which is not read.
pub(super) fn read(field: Field<'_>) -> Result<Line, Unreadable> {
    let malformed = |what| Unreadable::Malformed { line: field.line, what };
    let (value_day, rest) = field.head().split_at_checked(6).ok_or(malformed("de datum"))?;
    let value_day = short_day(value_day).ok_or(malformed("de datum"))?;
    let (day, rest) = match rest.split_at_checked(4) {
        Some((digits, after)) if digits.bytes().all(|byte| byte.is_ascii_digit()) => {
            (near(value_day, digits).ok_or(malformed("de datum"))?, after)
        }
        _ => (value_day, rest),
    };
    let (undone, rest) = match rest.strip_prefix('R') {
        Some(after) => (true, after),
        None => (false, rest),
    };
    let (credit, rest) = match (rest.strip_prefix('C'), rest.strip_prefix('D')) {
        (Some(after), _) => (true, after),
        (_, Some(after)) => (false, after),
        _ => return Err(malformed("de richting (bij of af)")),
    };
    // The third letter of the currency may stand here: `CR54,85`.
    let rest = rest.strip_prefix(|c: char| c.is_ascii_uppercase()).unwrap_or(rest);
    let end = rest.find(|c: char| !c.is_ascii_digit() && c != ',').unwrap_or(rest.len());
    let (digits, rest) = rest.split_at_checked(end).ok_or(malformed("het bedrag"))?;
    // Directly after the amount comes the kind of booking: a letter and three more.
    if rest.starts_with(|c: char| !c.is_ascii_uppercase()) {
        return Err(malformed("het bedrag"));
    }
    let amount = amount::read(digits, ',', field.line)?;
    let (kind, references) = rest.split_at_checked(4).ok_or(malformed("het soort boeking"))?;
    let bank_reference = references.split_once("//").map_or("", |(_, banks)| banks);
    Ok(Line {
        day,
        // A credit that is undone goes out, a debit that is undone comes in.
        amount: signed(amount, credit != undone, field.line)?,
        returned: undone || kind.ends_with("RTI") || field.lines().skip(1).any(|line| RETURNS.contains(&line.trim())),
        bank_reference: given(bank_reference),
    })
}

/// `260302`. MT940 came in the twentieth century and the shop in the twenty-first.
pub(super) fn short_day(digits: &str) -> Option<Day> {
    let (year, rest) = digits.split_at_checked(2)?;
    let (month, day) = rest.split_at_checked(2)?;
    Day::parse(&format!("20{year}-{month}-{day}"))
}

/// The day `MMDD` that is nearest to another: booked on 2 January with value of 31 December.
fn near(other: Day, digits: &str) -> Option<Day> {
    let (month, day) = digits.split_at_checked(2)?;
    let in_year = |year: i16| Day::parse(&format!("{year:04}-{month}-{day}"));
    let years = [other.year, other.year.checked_sub(1)?, other.year.checked_add(1)?];
    years.into_iter().filter_map(in_year).min_by_key(|day| day.number().abs_diff(other.number()))
}

#[cfg(test)]
mod tests {
    use super::super::fields::split;
    use super::*;

    fn line(text: &str) -> Result<Line, Unreadable> {
        read(split(text).into_iter().next().expect("a field"))
    }

    #[test]
    fn lines_of_both_banks_are_read() {
        let cases = [
            (":61:2603020302C54,85NTRFEREF//00000000000001\n/TRCD/00100/", "2026-03-02", 5485, false, "00000000000001"),
            (":61:260302D000000000054,85N501EREF//93381\nNL91ABNA0417164300", "2026-03-02", -5485, false, "93381"),
            (":61:2512310102C1,NTRFNONREF", "2026-01-02", 100, false, ""),
            (":61:2601021231CR1,5NTRFNONREF//A", "2025-12-31", 150, false, "A"),
            (":61:2603020302RC54,85NTRFEREF//1", "2026-03-02", -5485, true, "1"),
            (":61:2603020302RD54,85NTRFEREF//1", "2026-03-02", 5485, true, "1"),
            (":61:2603020302C54,85NRTIEREF//1", "2026-03-02", 5485, true, "1"),
            (":61:2603020302C54,85NTRFEREF//1\n/TRCD/00190/", "2026-03-02", 5485, true, "1"),
        ];

        for (text, day, cents, returned, reference) in cases {
            let line = line(text).expect(text);
            let seen = (line.day.iso(), line.amount.in_cents(), line.returned, line.bank_reference);
            assert_eq!(seen, (day.to_owned(), cents, returned, reference.to_owned()), "{text}");
        }
    }

    #[test]
    fn a_line_that_is_none_is_refused_for_what_is_wrong_with_it() {
        let cases = [
            (":61:", "de datum"),
            (":61:260230C1,00NTRF", "de datum"),
            (":61:2603021399C1,00NTRF", "de datum"),
            (":61:260302X1,00NTRF", "de richting (bij of af)"),
            (":61:260302CNTRF", "het bedrag"),
            (":61:260302C1,234NTRF", "het bedrag"),
            (":61:260302C1.23NTRF", "het bedrag"),
            (":61:260302C1,00", "het soort boeking"),
            (":61:26030é", "de datum"),
        ];

        for (text, what) in cases {
            assert_eq!(line(text).err(), Some(Unreadable::Malformed { line: 1, what }), "{text}");
        }
    }
}
