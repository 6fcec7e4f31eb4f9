//! A bank, for tests: writes the statements that [`crate::read`] reads, with everything that payers and banks do to a payment. Only
//! with the feature `testing`; no program contains it. Accounts and names are made up.

mod camt;
mod mt940;

use shop_core::money::Money;
use shop_core::payment::CreditorReference;
use shop_core::time::Day;

/// In which form a statement is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// CAMT.053, version 001.02.
    Camt02,
    /// CAMT.053, version 001.08.
    Camt08,
    /// MT940 in ING's form.
    IngMt940,
    /// MT940 in Rabobank's form.
    RabobankMt940,
}

impl Format {
    /// All.
    pub const ALL: [Self; 4] = [Self::Camt02, Self::Camt08, Self::IngMt940, Self::RabobankMt940];

    /// Whether payments that were booked together can be told apart. MT940 has only their sum.
    pub const fn tells_parts(self) -> bool {
        matches!(self, Self::Camt02 | Self::Camt08)
    }
}

/// One payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transfer {
    /// What came in; negative when it went out.
    pub amount: Money,
    /// The free text. A payment has this or a reference, never both.
    pub text: String,
    /// The structured reference as it was typed.
    pub reference: Option<String>,
    /// The other party.
    pub payer: String,
    /// Whether it is a payment that came back.
    pub returned: bool,
}

impl Transfer {
    /// A payment with free text.
    pub fn with_text(amount: Money, text: &str, payer: &str) -> Self {
        Self { amount, text: text.to_owned(), reference: None, payer: payer.to_owned(), returned: false }
    }

    /// A payment as the shop asks for it.
    pub fn with_reference(amount: Money, reference: &CreditorReference, payer: &str) -> Self {
        Self { reference: Some(reference.as_str().to_owned()), ..Self::with_text(amount, "", payer) }
    }

    /// The reference as free text in groups of four, as people copy it from a page.
    #[must_use]
    pub fn spaced(self, reference: &CreditorReference) -> Self {
        Self { text: reference.grouped(), reference: None, ..self }
    }

    /// The reference as free text with its last two characters in each other's place; the same when they are equal.
    #[must_use]
    pub fn mistyped(self, reference: &CreditorReference) -> Self {
        let mut letters: Vec<char> = reference.as_str().chars().collect();
        let last = letters.pop();
        let place = letters.len().saturating_sub(1);
        letters.splice(place..place, last);
        Self { text: letters.into_iter().collect(), reference: None, ..self }
    }

    /// One payment for two orders: both are named, and `amount` is added.
    #[must_use]
    pub fn together_with(self, own: &str, other: &str, amount: Money) -> Self {
        let amount = self.amount.plus(amount).unwrap_or(self.amount);
        Self { amount, text: format!("{own} en {other}"), reference: None, ..self }
    }

    /// Half of the amount, the odd cent included.
    #[must_use]
    pub fn half(self) -> Self {
        Self { amount: self.amount.split(2).first().copied().unwrap_or(self.amount), ..self }
    }

    /// The bank says that it came back.
    #[must_use]
    pub fn sent_back(self) -> Self {
        Self { returned: true, ..self }
    }
}

/// What is booked as one amount.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// A payment.
    Single(Transfer),
    /// Several payments in one direction.
    Batch(Vec<Transfer>),
}

impl Entry {
    /// The payments in it.
    pub fn transfers(&self) -> &[Transfer] {
        match self {
            Self::Single(transfer) => std::slice::from_ref(transfer),
            Self::Batch(transfers) => transfers,
        }
    }

    /// What is booked.
    pub fn amount(&self) -> Money {
        Money::sum(self.transfers().iter().map(|transfer| transfer.amount)).unwrap_or_default()
    }
}

/// A day on an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BankDay {
    /// The account of the shop.
    pub account: String,
    /// The day.
    pub day: Day,
    /// What was on it in the morning.
    pub opening: Money,
    /// What was booked.
    pub entries: Vec<Entry>,
}

impl BankDay {
    /// What is on the account in the evening.
    pub fn closing(&self) -> Money {
        let booked = Money::sum(self.entries.iter().map(Entry::amount)).unwrap_or_default();
        self.opening.plus(booked).unwrap_or_default()
    }

    /// The file with this day.
    pub fn write(&self, format: Format) -> String {
        write(std::slice::from_ref(self), format)
    }

    /// The bank's reference of an entry, the same in every format.
    fn bank_reference(&self, place: usize) -> String {
        format!("{}{:06}", self.day.iso().replace('-', ""), place + 1)
    }
}

/// One file with several days; the same day twice is what a bank sends when it delivers twice.
pub fn write(days: &[BankDay], format: Format) -> String {
    match format {
        Format::Camt02 => camt::write(days, camt::Version::V02),
        Format::Camt08 => camt::write(days, camt::Version::V08),
        Format::IngMt940 => mt940::write(days, mt940::Bank::Ing),
        Format::RabobankMt940 => mt940::write(days, mt940::Bank::Rabobank),
    }
}

/// The account of everybody who pays here.
const PAYER_ACCOUNT: &str = "NL44RABO0123456789";

/// The amount without its sign, and whether it came in.
fn unsigned(amount: Money) -> (String, bool) {
    (amount.decimal().trim_start_matches('-').to_owned(), amount >= Money::ZERO)
}
