//! CAMT.053 as banks write it.

use super::{BankDay, Entry, PAYER_ACCOUNT, Transfer, unsigned};
use shop_core::money::Money;

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Version {
    V02,
    V08,
}

pub(super) fn write(days: &[BankDay], version: Version) -> String {
    let number = if version == Version::V02 { "02" } else { "08" };
    let statements: String = days.iter().map(|day| statement(day, version)).collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.{number}\"><BkToCstmrStmt>\n\
         <GrpHdr><MsgId>M1</MsgId></GrpHdr>\n{statements}</BkToCstmrStmt></Document>\n"
    )
}

fn statement(day: &BankDay, version: Version) -> String {
    let (account, date) = (&day.account, day.day.iso());
    let (opening, closing) = (balance("OPBD", day.opening, &date), balance("CLBD", day.closing(), &date));
    let entries: String = day
        .entries
        .iter()
        .enumerate()
        .map(|(place, one)| entry(one, &date, &day.bank_reference(place), version))
        .collect();
    format!(
        "<Stmt><Id>{date}</Id><Acct><Id><IBAN>{account}</IBAN></Id><Ccy>EUR</Ccy></Acct>\n{opening}{closing}{entries}</Stmt>\n"
    )
}

fn balance(code: &str, amount: Money, date: &str) -> String {
    let amount = money(amount);
    format!("<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp>{amount}<Dt><Dt>{date}</Dt></Dt></Bal>\n")
}

fn money(amount: Money) -> String {
    let (amount, incoming) = unsigned(amount);
    let direction = if incoming { "CRDT" } else { "DBIT" };
    format!("<Amt Ccy=\"EUR\">{amount}</Amt><CdtDbtInd>{direction}</CdtDbtInd>")
}

fn entry(entry: &Entry, date: &str, reference: &str, version: Version) -> String {
    let amount = money(entry.amount());
    let status = if version == Version::V02 { "BOOK" } else { "<Cd>BOOK</Cd>" };
    let in_batch = matches!(entry, Entry::Batch(_));
    let details: String = entry.transfers().iter().map(|one| transfer(one, in_batch, version)).collect();
    format!(
        "<Ntry>{amount}<Sts>{status}</Sts><BookgDt><Dt>{date}</Dt></BookgDt><ValDt><Dt>{date}</Dt></ValDt>\
         <AcctSvcrRef>{reference}</AcctSvcrRef><NtryDtls>{details}</NtryDtls></Ntry>\n"
    )
}

fn transfer(transfer: &Transfer, in_batch: bool, version: Version) -> String {
    let (amount, incoming) = unsigned(transfer.amount);
    let amount = match (in_batch, version) {
        (false, _) => String::new(),
        (true, Version::V02) => format!("<AmtDtls><TxAmt><Amt Ccy=\"EUR\">{amount}</Amt></TxAmt></AmtDtls>"),
        (true, Version::V08) => money(transfer.amount),
    };
    let role = if incoming { "Dbtr" } else { "Cdtr" };
    let name = format!("<Nm>{}</Nm>", escaped(&transfer.payer));
    let party = if version == Version::V02 { name } else { format!("<Pty>{name}</Pty>") };
    let remittance = transfer.reference.as_ref().map_or_else(
        || format!("<Ustrd>{}</Ustrd>", escaped(&transfer.text)),
        |reference| {
            let kind = "<Tp><CdOrPrtry><Cd>SCOR</Cd></CdOrPrtry><Issr>ISO</Issr></Tp>";
            format!("<Strd><CdtrRefInf>{kind}<Ref>{}</Ref></CdtrRefInf></Strd>", escaped(reference))
        },
    );
    let back = if transfer.returned { "<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf>" } else { "" };
    format!(
        "<TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs>{amount}<RltdPties><{role}>{party}</{role}>\
         <{role}Acct><Id><IBAN>{PAYER_ACCOUNT}</IBAN></Id></{role}Acct></RltdPties><RmtInf>{remittance}</RmtInf>{back}</TxDtls>"
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
