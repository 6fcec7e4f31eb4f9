//! Amounts and currencies as banks write them. The sign is never in the amount; both formats say it apart.

use crate::error::Unreadable;
use shop_core::money::Money;

/// `54.85`, `54,85`, `54,`, `000000000054,85` or `54.85000` with the given separator. Fails for a sign, for parts of a cent and for
/// more than fifteen digits of euros.
pub(crate) fn read(text: &str, separator: char, line: usize) -> Result<Money, Unreadable> {
    cents(text, separator).map(Money::cents).ok_or(Unreadable::Malformed { line, what: "het bedrag" })
}

fn cents(text: &str, separator: char) -> Option<i64> {
    let (whole, decimals) = text.split_once(separator).unwrap_or((text, ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let decimals = decimals.trim_end_matches('0');
    if whole.is_empty() || whole.len() > 15 || decimals.len() > 2 || !digits(whole) || !digits(decimals) {
        return None;
    }
    let euros: i64 = whole.parse().ok()?;
    let cents: i64 = format!("{decimals:0<2}").parse().ok()?;
    euros.checked_mul(100)?.checked_add(cents)
}

/// Accepts euro and nothing else. Only a code is repeated in the error, so no text of the file gets into it.
pub(crate) fn only_euro(currency: &str, line: usize) -> Result<(), Unreadable> {
    if currency == "EUR" {
        return Ok(());
    }
    let is_code = currency.len() == 3 && currency.bytes().all(|byte| byte.is_ascii_uppercase());
    let found = if is_code { currency.to_owned() } else { "een andere munt".to_owned() };
    Err(Unreadable::Currency { line, found })
}

/// The amount with the sign turned; `None` only at the very end of the range.
pub(crate) fn negative(amount: Money) -> Option<Money> {
    Money::ZERO.minus(amount).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_of_both_formats_are_read_to_the_cent() {
        let cases = [
            ("54.85", '.', 5485),
            ("54.85000", '.', 5485),
            ("54", '.', 5400),
            ("54,5", ',', 5450),
            ("54,", ',', 5400),
            ("000000000054,85", ',', 5485),
        ];

        for (text, separator, cents) in cases {
            assert_eq!(read(text, separator, 1), Ok(Money::cents(cents)), "{text}");
        }
    }

    #[test]
    fn what_is_no_amount_is_refused() {
        for text in ["", "-54.85", "+1", "54.855", "54,85", "1.000.00", "1e3", "9999999999999999", "٣"] {
            assert_eq!(read(text, '.', 7), Err(Unreadable::Malformed { line: 7, what: "het bedrag" }), "{text}");
        }
    }

    #[test]
    fn only_euro_is_accepted() {
        assert_eq!(only_euro("EUR", 3), Ok(()));
        assert_eq!(only_euro("USD", 3), Err(Unreadable::Currency { line: 3, found: "USD".into() }));
        assert_eq!(only_euro("A. Jansen", 3), Err(Unreadable::Currency { line: 3, found: "een andere munt".into() }));
    }
}
