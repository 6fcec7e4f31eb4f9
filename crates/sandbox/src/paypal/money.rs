//! PayPal's amounts: a currency and a decimal string. No floating point touches them.

use serde_json::{Value, json};

use super::problem::{Detail, Problem};

/// `{"currency_code":"EUR","value":"54.85"}`.
pub(super) fn wire(cents: i64) -> Value {
    json!({ "currency_code": "EUR", "value": decimal(cents) })
}

/// `54.85`, `-0.05`.
pub(super) fn decimal(cents: i64) -> String {
    let sign = if cents < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", (cents / 100).abs(), (cents % 100).abs())
}

/// The cents of a money object at `pointer`; `mismatch` is the issue for another currency.
pub(super) fn read(money: &Value, pointer: &str, mismatch: &str) -> Result<i64, Problem> {
    let Value::Object(fields) = money else {
        return Err(syntax(pointer, "must be an object with currency_code and value"));
    };
    if let Some(unknown) = fields.keys().find(|key| !["currency_code", "value", "breakdown"].contains(&key.as_str())) {
        return Err(syntax(&format!("{pointer}/{unknown}"), "is unknown"));
    }
    let part = |name: &str| match fields.get(name) {
        Some(Value::String(text)) => Ok(text.as_str()),
        None | Some(Value::Null) => Err(missing(&format!("{pointer}/{name}"))),
        Some(_) => Err(syntax(&format!("{pointer}/{name}"), "must be text; an amount is a decimal string")),
    };
    let currency = part("currency_code")?;
    if currency.len() != 3 {
        let detail =
            Detail::field(format!("{pointer}/currency_code"), "INVALID_STRING_LENGTH", "must be three letters");
        return Err(Problem::invalid(detail));
    }
    let value = part("value")?;
    if currency != "EUR" {
        return Err(Problem::unprocessable_field(&format!("{pointer}/currency_code"), mismatch));
    }
    cents(value, &format!("{pointer}/value"))
}

fn cents(text: &str, pointer: &str) -> Result<i64, Problem> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if text.len() > 32 || whole.is_empty() || !is_number(whole) || !is_number(fraction) || digits.ends_with('.') {
        return Err(syntax(pointer, "must be a decimal number of at most 32 characters"));
    }
    if fraction.len() > 2 {
        return Err(Problem::unprocessable_field(pointer, "DECIMAL_PRECISION"));
    }
    let whole: i64 = whole.parse().map_err(|_| syntax(pointer, "is too large"))?;
    let fraction: i64 = format!("{fraction:0<2}").parse().map_err(|_| syntax(pointer, "is not a number"))?;
    let cents = whole.checked_mul(100).and_then(|cents| cents.checked_add(fraction));
    cents.map(|cents| sign * cents).ok_or_else(|| syntax(pointer, "is too large"))
}

pub(super) fn missing(pointer: &str) -> Problem {
    Problem::invalid(Detail::field(pointer, "MISSING_REQUIRED_PARAMETER", "A required field / parameter is missing."))
}

pub(super) fn syntax(pointer: &str, why: &str) -> Problem {
    Problem::invalid(Detail::field(pointer, "INVALID_PARAMETER_SYNTAX", why))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decimal_string_and_cents_say_the_same() {
        for (text, value) in [("54.85", 5485), ("0.05", 5), ("20", 2000), ("20.5", 2050), ("-4.95", -495)] {
            assert_eq!(cents(text, "/value"), Ok(value), "{text}");
        }
        assert_eq!((decimal(5485), decimal(5), decimal(-495)), ("54.85".into(), "0.05".into(), "-4.95".into()));
    }

    #[test]
    fn what_is_no_amount_in_euro_has_its_own_issue() {
        let issue = |money: Value| match read(&money, "/amount", "CURRENCY_NOT_SUPPORTED") {
            Err(Problem::Invalid(detail) | Problem::Unprocessable(detail, _)) => detail.issue,
            other => format!("{other:?}"),
        };

        assert_eq!(issue(json!({ "currency_code": "EUR", "value": 54.85 })), "INVALID_PARAMETER_SYNTAX");
        assert_eq!(issue(json!({ "currency_code": "EUR", "value": "54,85" })), "INVALID_PARAMETER_SYNTAX");
        assert_eq!(issue(json!({ "currency_code": "EUR", "value": "54.855" })), "DECIMAL_PRECISION");
        assert_eq!(issue(json!({ "currency_code": "USD", "value": "54.85" })), "CURRENCY_NOT_SUPPORTED");
        assert_eq!(issue(json!({ "currency_code": "EUR" })), "MISSING_REQUIRED_PARAMETER");
    }
}
