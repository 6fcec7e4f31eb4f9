//! The part of a CAMT.053 message that we read. An element that is not named here is passed over with all that is in it; a payer's
//! account number is not named, so it never gets into memory of ours.

/// Elements that are kept. The names are those of the message definition (ISO 20022, camt.053).
const KEPT: [&str; 41] = [
    "Document",
    "BkToCstmrStmt",
    "Stmt",
    "Id",
    "Acct",
    "IBAN",
    "Othr",
    "Bal",
    "Tp",
    "CdOrPrtry",
    "Cd",
    "Amt",
    "CdtDbtInd",
    "Dt",
    "DtTm",
    "Ntry",
    "RvslInd",
    "Sts",
    "BookgDt",
    "ValDt",
    "AcctSvcrRef",
    "NtryDtls",
    "TxDtls",
    "Refs",
    "EndToEndId",
    "AmtDtls",
    "TxAmt",
    "RltdPties",
    "Dbtr",
    "Cdtr",
    "UltmtDbtr",
    "UltmtCdtr",
    "Pty",
    "Nm",
    "RmtInf",
    "Ustrd",
    "Strd",
    "CdtrRefInf",
    "Ref",
    "RtrInf",
    "AddtlNtryInf",
];

/// The name, when elements of that name are kept.
pub(super) fn kept(name: &str) -> Option<&'static str> {
    KEPT.into_iter().find(|kept| *kept == name)
}

/// An element with what we keep of it.
#[derive(Default)]
pub(super) struct Element {
    /// One of the names that are kept; empty for the root of another message.
    pub name: &'static str,
    /// Where it begins.
    pub line: usize,
    /// The attribute `Ccy`.
    pub currency: Option<String>,
    /// Its text as it stands.
    pub content: String,
    /// What is kept of what is in it.
    pub children: Vec<Element>,
}

impl Element {
    /// Its children with that name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Element> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The first element at the end of the path.
    pub fn at(&self, path: &[&str]) -> Option<&Element> {
        path.iter().try_fold(self, |element, name| element.children.iter().find(|child| child.name == *name))
    }

    /// The text of the first element at the end of the path; empty when there is none.
    pub fn text_at(&self, path: &[&str]) -> &str {
        self.at(path).map_or("", Element::text)
    }

    /// Its own text, without the space around it.
    pub fn text(&self) -> &str {
        self.content.trim()
    }
}
