//! CAMT.053, the statement of ISO 20022, in the two versions that Dutch banks give: 001.02 and 001.08. Other versions are refused,
//! because a field that moved would be read as absent.

mod element;
mod entry;
mod tree;

use crate::amount;
use crate::error::Unreadable;
use crate::statement::{Frame, Statement, signed};
use element::Element;
use shop_core::money::Money;
use shop_core::time::Day;

const SCHEMA: &str = "urn:iso:std:iso:20022:tech:xsd:";
const READ: [&str; 2] = ["camt.053.001.02", "camt.053.001.08"];

/// The statements in the message.
pub(crate) fn read(text: &str) -> Result<Vec<Statement>, Unreadable> {
    let (document, namespace) = tree::parse(text)?;
    let message = namespace.strip_prefix(SCHEMA).unwrap_or("");
    if !READ.contains(&message) {
        return Err(Unreadable::OtherMessage { found: named(message) });
    }
    let statements = document
        .at(&["BkToCstmrStmt"])
        .map(|message| message.all("Stmt").map(statement).collect::<Result<Vec<_>, _>>());
    match statements {
        Some(statements) => {
            statements.and_then(|found| if found.is_empty() { Err(Unreadable::NoStatement) } else { Ok(found) })
        }
        None => Err(Unreadable::NoStatement),
    }
}

/// The name of another message, when it is a name and not a story.
fn named(message: &str) -> String {
    let is_name = (1..=20).contains(&message.len())
        && message.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'.');
    if is_name { message.to_owned() } else { "XML".to_owned() }
}

fn statement(statement: &Element) -> Result<Statement, Unreadable> {
    let account = statement.at(&["Acct", "Id"]).map(|id| match id.text_at(&["IBAN"]) {
        "" => id.text_at(&["Othr", "Id"]),
        iban => iban,
    });
    let account: String = account.unwrap_or("").chars().filter(|c| !c.is_whitespace()).collect();
    if account.is_empty() {
        return Err(Unreadable::Missing { line: statement.line, what: "het rekeningnummer" });
    }
    // "Previously closed" is what some banks give for the opening balance; it is the same amount.
    let opening = balance(statement, "OPBD").or_else(|| balance(statement, "PRCD"));
    let opening = opening.ok_or(Unreadable::Missing { line: statement.line, what: "het beginsaldo" })?;
    let closing =
        balance(statement, "CLBD").ok_or(Unreadable::Missing { line: statement.line, what: "het eindsaldo" })?;
    let frame = Frame {
        line: statement.line,
        account,
        number: statement.text_at(&["Id"]).chars().take(35).collect(),
        opening: money(opening)?,
        closing: money(closing)?,
        until: day(closing.at(&["Dt"]), closing.line)?,
    };
    let mut drafts = Vec::new();
    for entry in statement.all("Ntry") {
        entry::read(entry, &mut drafts)?;
    }
    frame.with(drafts)
}

fn balance<'a>(statement: &'a Element, code: &str) -> Option<&'a Element> {
    statement.all("Bal").find(|balance| balance.text_at(&["Tp", "CdOrPrtry", "Cd"]) == code)
}

/// The signed amount of a balance or an entry: `Amt`, with the direction of `CdtDbtInd`.
fn money(of: &Element) -> Result<Money, Unreadable> {
    let amount = of.at(&["Amt"]).ok_or(Unreadable::Missing { line: of.line, what: "het bedrag" })?;
    signed(euros(amount)?, is_incoming(of)?, of.line)
}

/// An amount without its sign.
fn euros(amount: &Element) -> Result<Money, Unreadable> {
    amount::only_euro(amount.currency.as_deref().unwrap_or(""), amount.line)?;
    amount::read(amount.text(), '.', amount.line)
}

/// Whether `CdtDbtInd` says credit. It is the direction of the money itself, also in a reversal.
fn is_incoming(of: &Element) -> Result<bool, Unreadable> {
    match of.text_at(&["CdtDbtInd"]) {
        "CRDT" => Ok(true),
        "DBIT" => Ok(false),
        _ => Err(Unreadable::Malformed { line: of.line, what: "de richting (bij of af)" }),
    }
}

/// The day of a choice of `Dt` and `DtTm`.
fn day(choice: Option<&Element>, line: usize) -> Result<Day, Unreadable> {
    let choice = choice.ok_or(Unreadable::Missing { line, what: "de datum" })?;
    let text = match choice.text_at(&["Dt"]) {
        "" => choice.text_at(&["DtTm"]).split('T').next().unwrap_or(""),
        day => day,
    };
    // A day may carry a time zone (`2026-03-02+01:00`); it is the bank's own day all the same.
    Day::parse(text.get(..10).unwrap_or(text)).ok_or(Unreadable::Malformed { line: choice.line, what: "de datum" })
}
