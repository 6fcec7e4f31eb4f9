//! Order numbers and references in what a payer wrote. People add spaces, dots and dashes, mix cases, and write O for 0; that changes
//! nothing. A reference whose check digits are wrong does not count as its order number: what is wrong may be the number.

use crate::order::OrderNumber;
use crate::payment::CreditorReference;

/// Remittance text has 140 characters (SEPA rulebook); what comes after this is not looked at.
const LONGEST: usize = 1_000;

/// A text as the letters and digits that are compared.
pub(super) struct Written(Vec<Mark>);

/// A letter or digit, in upper case.
#[derive(Clone, Copy)]
struct Mark {
    /// Letters outside ASCII are `?`, which is like nothing.
    symbol: u8,
    /// Whether something else stands before it, or nothing does.
    apart: bool,
}

impl Written {
    pub fn of(text: &str) -> Self {
        let mut apart = true;
        let mut marks = Vec::new();
        for letter in text.chars().take(LONGEST) {
            if letter.is_alphanumeric() {
                let symbol = u8::try_from(letter).ok().filter(u8::is_ascii).unwrap_or(b'?').to_ascii_uppercase();
                marks.push(Mark { symbol, apart });
            }
            apart = !letter.is_alphanumeric();
        }
        Self(marks)
    }

    /// Whether the whole reference is there, check digits and all.
    pub fn has_reference(&self, reference: &CreditorReference) -> bool {
        self.places(reference.as_str()).any(|place| self.ends_after(place, reference.as_str()))
    }

    /// Whether the number is there with its letters, and not as the end of a reference or of another code.
    pub fn has_number(&self, order: &OrderNumber) -> bool {
        let number = order.as_str();
        self.places(number).any(|place| self.ends_after(place, number) && self.begins_at(place))
    }

    /// Whether the digits of the number stand alone.
    pub fn has_bare_number(&self, order: &OrderNumber) -> bool {
        let digits = order.as_str().trim_start_matches(|c: char| c.is_ascii_alphabetic());
        self.0.windows(digits.len().max(1)).enumerate().any(|(place, marks)| {
            let together = marks.iter().enumerate().all(|(nth, mark)| mark.apart == (nth == 0));
            let same = marks.iter().map(|mark| mark.symbol).eq(digits.bytes());
            same && together && self.0.get(place + digits.len()).is_none_or(|next| next.apart)
        })
    }

    /// Whether the reference is there with at most one mistake: one more, one less, one other, or two changed places.
    pub fn has_nearly(&self, reference: &CreditorReference) -> bool {
        let wanted = reference.as_str().as_bytes();
        let symbols: Vec<u8> = self.0.iter().map(|mark| mark.symbol).collect();
        let lengths = [wanted.len().saturating_sub(1).max(1), wanted.len(), wanted.len() + 1];
        lengths.into_iter().any(|length| symbols.windows(length).any(|part| differs_by_one(part, wanted)))
    }

    /// Where the text reads like `wanted`, whatever stands between its letters.
    fn places<'a>(&'a self, wanted: &'a str) -> impl Iterator<Item = usize> + 'a {
        let reads = |mark: &Mark, wanted: u8| {
            mark.symbol == wanted || (wanted.is_ascii_digit() && digit(mark.symbol) == Some(wanted))
        };
        self.0.windows(wanted.len().max(1)).enumerate().filter_map(move |(place, marks)| {
            marks.iter().zip(wanted.bytes()).all(|(mark, wanted)| reads(mark, wanted)).then_some(place)
        })
    }

    /// Whether no digit follows directly, which would make it a longer number.
    fn ends_after(&self, place: usize, wanted: &str) -> bool {
        self.0.get(place + wanted.len()).is_none_or(|next| next.apart || digit(next.symbol).is_none())
    }

    /// Whether a number begins there: no digit directly before it, and no `RF12` as of a reference, of which one letter may be lost.
    fn begins_at(&self, place: usize) -> bool {
        let before = self.0.get(..place).unwrap_or_default();
        let digits = before.iter().rev().take_while(|mark| mark.symbol.is_ascii_digit()).count();
        if digits == 0 {
            return true;
        }
        let apart = self.0.get(place).is_some_and(|mark| mark.apart);
        let word = before.get(..place - digits).unwrap_or_default();
        let start = word.iter().rposition(|mark| mark.apart || mark.symbol.is_ascii_digit()).unwrap_or(0);
        let word: Vec<u8> = word.get(start..).unwrap_or_default().iter().map(|mark| mark.symbol).collect();
        apart && !(word.ends_with(b"RF") || word == b"R" || word == b"F")
    }
}

/// The digit that a symbol is or looks like.
const fn digit(symbol: u8) -> Option<u8> {
    match symbol {
        b'0'..=b'9' => Some(symbol),
        b'O' => Some(b'0'),
        b'I' | b'L' => Some(b'1'),
        _ => None,
    }
}

/// Whether one edit at most makes the one of the other; changing places with the next is one (Damerau).
fn differs_by_one(one: &[u8], other: &[u8]) -> bool {
    let same = one.iter().zip(other).take_while(|(one, other)| one == other).count();
    let (one, other) = (one.get(same..).unwrap_or_default(), other.get(same..).unwrap_or_default());
    let same = one.iter().rev().zip(other.iter().rev()).take_while(|(one, other)| one == other).count();
    match (one.get(..one.len() - same).unwrap_or_default(), other.get(..other.len() - same).unwrap_or_default()) {
        ([] | [_], []) | ([] | [_], [_]) => true,
        ([a, b], [c, d]) => a == d && b == c,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reference() -> CreditorReference {
        CreditorReference::of("AG100042").expect("valid")
    }

    #[test]
    fn spaces_dashes_cases_and_look_alikes_do_not_hide_a_number() {
        let order = OrderNumber::of(100_042);
        for text in [
            "AG100042",
            "bestelling ag 100 042",
            "A.G.-1000/42!",
            "AG1OOO42",
            "betalingAG100042dank",
            "2x AG100042",
            "AG100042 2 st.",
        ] {
            assert!(Written::of(text).has_number(&order), "{text}");
        }
        for text in ["AG1000421", "AG10004", "AG1000420", "AG100042O", "AG100043", "100042", "12AG100042", ""] {
            assert!(!Written::of(text).has_number(&order), "{text}");
        }
    }

    #[test]
    fn a_reference_counts_whole_or_not_at_all() {
        let order = OrderNumber::of(100_042);
        let whole = reference();
        for text in [whole.as_str().to_owned(), whole.grouped(), format!("kenmerk:{}", whole.as_str().to_lowercase())] {
            assert!(Written::of(&text).has_reference(&whole), "{text}");
        }
        let check = whole.as_str().get(2..4).expect("two digits");
        let mistyped = [
            "RF00AG100042".to_owned(),
            format!("RF {check}9 AG100042"),
            format!("R{check}AG100042"),
            format!("{check}AG100042"),
        ];
        for text in mistyped {
            assert!(!Written::of(&text).has_reference(&whole) && !Written::of(&text).has_number(&order), "{text}");
        }
        assert!(Written::of("ref 1 AG100042").has_number(&order));
    }

    #[test]
    fn one_mistake_is_near_and_two_are_not() {
        let whole = reference();
        let right = whole.as_str();
        let near = [
            right.replace("42", "43"),
            right.replace("42", "24"),
            right.replace("42", "4"),
            right.replace("42", "452"),
            right.replace("RF", "R"),
        ];
        for text in near {
            assert!(Written::of(&format!("x {text} y")).has_nearly(&whole), "{text}");
        }
        for text in [right.replace("42", "53"), right.replace("AG1", "1"), String::new()] {
            assert!(!Written::of(&text).has_nearly(&whole), "{text}");
        }
    }

    #[test]
    fn bare_digits_count_only_alone() {
        let order = OrderNumber::of(100_042);
        for (text, found) in [
            ("best. 100042", true),
            ("100042", true),
            ("1100042", false),
            ("x100042", false),
            ("100 042", false),
            ("100042a", false),
        ] {
            assert_eq!(Written::of(text).has_bare_number(&order), found, "{text}");
        }
    }
}
