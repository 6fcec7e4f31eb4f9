//! Bank transfer: the creditor reference (ISO 11649) and the text of the EPC QR code (EPC069-12).

use crate::money::Money;
use serde::{Deserialize, Serialize};

/// `RF85KW100042`: a reference with check digits that banks verify while it is typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreditorReference(String);

impl CreditorReference {
    /// The reference for up to 21 letters and digits; `None` for anything else.
    pub fn of(text: &str) -> Option<Self> {
        let text = text.to_ascii_uppercase();
        if text.is_empty() || text.len() > 21 || !text.bytes().all(|b| b.is_ascii_alphanumeric()) {
            return None;
        }
        let check = 98 - remainder(&format!("{text}RF00"));
        Some(Self(format!("RF{check:02}{text}")))
    }

    /// Reads a reference as banks and people write it: spaces and case do not matter, the check digits do.
    pub fn parse(text: &str) -> Option<Self> {
        let text: String = text.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_uppercase();
        let rest = text.strip_prefix("RF")?.get(2..)?;
        (Self::of(rest)?.0 == text).then_some(Self(text))
    }

    /// `RF85KW100042`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What stands behind the check digits: `KW100042`.
    pub fn inner(&self) -> &str {
        self.0.get(4..).unwrap_or("")
    }

    /// In groups of four, as people copy it.
    pub fn grouped(&self) -> String {
        let letters: Vec<char> = self.0.chars().collect();
        letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
    }
}

/// Letters become 10 to 35; the number is taken modulo 97 digit by digit.
fn remainder(text: &str) -> u32 {
    text.chars().filter_map(|c| c.to_digit(36)).fold(0, |rest, value| {
        let shift = if value > 9 { 100 } else { 10 };
        (rest * shift + value) % 97
    })
}

/// Whether an IBAN has valid check digits (ISO 13616).
pub fn iban_is_valid(iban: &str) -> bool {
    let iban: String = iban.chars().filter(|c| !c.is_whitespace()).collect();
    let valid = (15..=34).contains(&iban.len()) && iban.bytes().all(|b| b.is_ascii_alphanumeric());
    valid && iban.split_at_checked(4).is_some_and(|(head, tail)| remainder(&format!("{tail}{head}")) == 1)
}

/// What a banking app reads from the QR code: account, amount and reference.
pub fn epc_text(holder: &str, iban: &str, amount: Money, reference: &CreditorReference) -> String {
    let holder: String = holder.chars().filter(|c| !c.is_control()).take(70).collect();
    let iban: String = iban.chars().filter(|c| !c.is_whitespace()).collect();
    format!("BCD\n002\n1\nSCT\n\n{holder}\n{iban}\nEUR{}\n\n{}", amount.decimal(), reference.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn published_references_have_these_check_digits() {
        let cases = [("KW100042", "RF85KW100042"), ("100042", "RF29100042"), ("539007547034", "RF18539007547034")];

        for (inner, whole) in cases {
            assert_eq!(CreditorReference::of(inner).expect("valid").as_str(), whole);
            assert_eq!(CreditorReference::parse(&whole.to_lowercase()).expect("valid").inner(), inner);
        }
        assert_eq!(CreditorReference::parse("RF84KW100042"), None);
        assert_eq!(CreditorReference::of("KW-1"), None);
    }

    #[test]
    fn the_qr_text_is_the_worked_example() {
        let reference = CreditorReference::of("KW100042").expect("valid");
        let text = epc_text("Voorbeeld Kinderkleding B.V.", "NL20 INGB 0001 2345 67", Money::cents(5485), &reference);

        assert_eq!(
            text,
            "BCD\n002\n1\nSCT\n\nVoorbeeld Kinderkleding B.V.\nNL20INGB0001234567\nEUR54.85\n\nRF85KW100042"
        );
        assert_eq!(text.len(), 85);
    }

    #[test]
    fn ibans_are_checked() {
        for valid in ["NL91ABNA0417164300", "NL44 RABO 0123 4567 89", "NL20INGB0001234567"] {
            assert!(iban_is_valid(valid), "{valid}");
        }
        for wrong in ["NL21INGB0001234567", "", "NL", "NL20INGB000123456é"] {
            assert!(!iban_is_valid(wrong), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn a_made_reference_reads_back(inner in "[A-Z0-9]{1,21}") {
            let reference = CreditorReference::of(&inner).expect("valid");
            prop_assert_eq!(CreditorReference::parse(&reference.grouped()), Some(reference));
        }
    }
}
