//! MT940 as ING and Rabobank write it: details in lines of 65 characters, cut wherever that falls.

use super::{BankDay, Entry, PAYER_ACCOUNT, Transfer, unsigned};
use shop_core::money::Money;

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Bank {
    Ing,
    Rabobank,
}

const WIDTH: usize = 65;

pub(super) fn write(days: &[BankDay], bank: Bank) -> String {
    days.iter().map(|day| statement(day, bank)).collect()
}

fn statement(day: &BankDay, bank: Bank) -> String {
    let date = short(day);
    let (account, opening, closing) =
        (&day.account, balance(day.opening, &date, bank), balance(day.closing(), &date, bank));
    let bookings: String = day
        .entries
        .iter()
        .enumerate()
        .map(|(place, entry)| booking(entry, &date, &day.bank_reference(place), bank))
        .collect();
    match bank {
        Bank::Ing => format!(
            "{{1:F01INGBNL2ABXXX0000000000}}{{2:I940INGBNL2AXXXN}}{{4:\r\n:20:P{date}000000001\r\n:25:{account}EUR\r\n:28C:00000\r\n\
             :60F:{opening}\r\n{bookings}:62F:{closing}\r\n:64:{closing}\r\n:86:/SUM/1/1/0,00/0,00/\r\n-}}\r\n"
        ),
        Bank::Rabobank => format!(
            ":940:\r\n:20:940S{date}\r\n:25:{account} EUR\r\n:28C:26061\r\n:60F:{opening}\r\n{bookings}:62F:{closing}\r\n"
        ),
    }
}

/// `260302`.
fn short(day: &BankDay) -> String {
    day.day.iso().replace('-', "").chars().skip(2).collect()
}

fn balance(amount: Money, date: &str, bank: Bank) -> String {
    let (amount, incoming) = money(amount, bank);
    format!("{}{date}EUR{amount}", if incoming { 'C' } else { 'D' })
}

/// With a comma; at Rabobank fifteen characters long.
fn money(amount: Money, bank: Bank) -> (String, bool) {
    let (amount, incoming) = unsigned(amount);
    let amount = amount.replace('.', ",");
    (if bank == Bank::Rabobank { format!("{amount:0>15}") } else { amount }, incoming)
}

fn booking(entry: &Entry, date: &str, reference: &str, bank: Bank) -> String {
    let (amount, incoming) = money(entry.amount(), bank);
    let direction = if incoming { 'C' } else { 'D' };
    let transfer = if let Entry::Single(transfer) = entry { Some(transfer) } else { None };
    let returned = transfer.is_some_and(|transfer| transfer.returned);
    let month_and_day: String = date.chars().skip(2).collect();
    let line = match bank {
        Bank::Ing => {
            let (kind, code) =
                if returned { ("RTI", "00190") } else { ("TRF", if transfer.is_some() { "00100" } else { "00200" }) };
            format!(":61:{date}{month_and_day}{direction}{amount}N{kind}EREF//{reference}\r\n/TRCD/{code}/\r\n")
        }
        Bank::Rabobank => format!(":61:{date}{direction}{amount}N541EREF//{reference}\r\n{PAYER_ACCOUNT}\r\n"),
    };
    let details = transfer.map_or_else(|| "/PREF/BATCH".to_owned(), |transfer| details(transfer, incoming, bank));
    format!("{line}:86:{}\r\n", cut(&details))
}

fn details(transfer: &Transfer, incoming: bool, bank: Bank) -> String {
    let name = allowed(&transfer.payer);
    match bank {
        Bank::Ing => {
            let back = if transfer.returned { "/RTRN/AC04/" } else { "" };
            let remittance = transfer.reference.as_ref().map_or_else(
                || format!("USTD//{}/", allowed(&transfer.text)),
                |reference| format!("STRD/ISO/{}/", allowed(reference)),
            );
            format!("{back}/EREF/NOTPROVIDED//CNTP/{PAYER_ACCOUNT}/RABONL2U/{name}///REMI/{remittance}")
        }
        Bank::Rabobank => {
            let back = if transfer.returned { "/RTRN/AC04" } else { "" };
            let role = if incoming { "ORDP" } else { "BENM" };
            let remittance = transfer.reference.as_ref().map_or_else(
                || allowed(&transfer.text),
                |reference| format!("/CDTRREFTP//CD/SCOR/ISSR/ISO/CDTRREF/{}", allowed(reference)),
            );
            format!("/EREF/NOTPROVIDED/TRCD/541{back}/{role}//NAME/{name}/REMI/{remittance}/ISDT/2026-03-02")
        }
    }
}

/// The letters of SWIFT (character set X); a bank writes a dot for any other.
fn allowed(text: &str) -> String {
    let fits = |letter: char| letter.is_ascii_alphanumeric() || " /-?:().,'+".contains(letter);
    text.chars().map(|letter| if fits(letter) { letter } else { '.' }).collect()
}

/// Lines of 65 characters. None begins with a colon or a dash, which would look like a field or an end.
fn cut(text: &str) -> String {
    let mut lines: Vec<String> = vec![String::new()];
    for letter in text.chars() {
        let full = lines.last().is_some_and(|line| line.len() >= WIDTH);
        if full && ":-".contains(letter) {
            let moved = lines.last_mut().and_then(String::pop);
            lines.push(moved.into_iter().collect());
        } else if full {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            line.push(letter);
        }
    }
    lines.join("\r\n")
}
