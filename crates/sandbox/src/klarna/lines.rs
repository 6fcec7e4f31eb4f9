//! Order lines and their sums, as Klarna checks them.

use serde_json::Value;

use super::fields::{self, Checked, LARGEST_AMOUNT, Object};

const KNOWN: &[&str] = &[
    "name",
    "quantity",
    "unit_price",
    "total_amount",
    "tax_rate",
    "total_tax_amount",
    "total_discount_amount",
    "reference",
    "type",
    "quantity_unit",
    "image_url",
    "product_url",
];
const TYPES: &[&str] = &[
    "physical",
    "discount",
    "shipping_fee",
    "sales_tax",
    "digital",
    "gift_card",
    "store_credit",
    "surcharge",
    "return_fee",
];
/// Only these take something off.
const NEGATIVE: &[&str] = &["discount", "gift_card", "store_credit"];
const MOST_LINES: usize = 1000;

/// What the lines come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sums {
    pub amount: i64,
    pub tax: i64,
}

/// Checks the lines under `order_lines` and fills in what Klarna assumes for fields that are not there, so that two
/// spellings of the same lines are equal. `None` when there are no lines.
pub(super) fn order_lines(fields: &mut Object) -> Checked<Option<Sums>> {
    let Some(list) = fields::list(fields, "order_lines", "", MOST_LINES)? else { return Ok(None) };
    if list.is_empty() {
        return Err("Bad value: order_lines (must hold at least one)".to_owned());
    }
    let mut sums = Sums { amount: 0, tax: 0 };
    let mut normal = Vec::with_capacity(list.len());
    for (index, line) in list.iter().enumerate() {
        let place = format!("order_lines[{index}].");
        let mut line = line.as_object().cloned().ok_or_else(|| format!("Bad value: order_lines[{index}]"))?;
        line.retain(|_, value| !value.is_null());
        let (amount, tax) = check_line(&line, &place)?;
        sums.amount += amount;
        sums.tax += tax;
        for key in ["tax_rate", "total_tax_amount", "total_discount_amount"] {
            line.entry(key).or_insert(Value::from(0));
        }
        line.entry("type").or_insert(Value::from("physical"));
        normal.push(Value::Object(line));
    }
    fields.insert("order_lines".to_owned(), Value::Array(normal));
    Ok(Some(sums))
}

fn check_line(line: &Object, place: &str) -> Checked<(i64, i64)> {
    fields::only(line, KNOWN, place)?;
    let name = fields::needed(fields::text(line, "name", place, 255)?, "name", place)?;
    if name.trim().is_empty() {
        return Err(format!("Bad value: {place}name (is empty)"));
    }
    fields::text(line, "reference", place, 255)?;
    fields::text(line, "quantity_unit", place, 8)?;
    fields::address(line, "image_url", place, 1024)?;
    fields::address(line, "product_url", place, 1024)?;
    let kind = fields::one_of(line, "type", place, TYPES)?.unwrap_or("physical");
    let amount = |key: &str| fields::whole(line, key, place, -LARGEST_AMOUNT, LARGEST_AMOUNT);

    let quantity = fields::needed(fields::whole(line, "quantity", place, 1, LARGEST_AMOUNT)?, "quantity", place)?;
    let unit = fields::needed(amount("unit_price")?, "unit_price", place)?;
    let total = fields::needed(amount("total_amount")?, "total_amount", place)?;
    let discount = amount("total_discount_amount")?.unwrap_or(0);
    let rate = fields::whole(line, "tax_rate", place, 0, 10_000)?.unwrap_or(0);
    let tax = amount("total_tax_amount")?.unwrap_or(0);

    if unit < 0 && !NEGATIVE.contains(&kind) {
        return Err(format!("Bad value: {place}unit_price (a {kind} line cannot be negative)"));
    }
    if discount < 0 {
        return Err(format!("Bad value: {place}total_discount_amount (cannot be negative)"));
    }
    let expected = quantity.checked_mul(unit).and_then(|gross| gross.checked_sub(discount));
    if expected != Some(total) {
        return Err(format!("Bad value: {place}total_amount (not quantity × unit_price − total_discount_amount)"));
    }
    if !tax_fits(total, rate, tax) {
        return Err(format!("Bad value: {place}total_tax_amount (not the tax of total_amount at tax_rate)"));
    }
    Ok((total, tax))
}

/// Whether `tax` is within one cent of `total − total × 10000 / (10000 + rate)`, without dividing.
fn tax_fits(total: i64, rate: i64, tax: i64) -> bool {
    let (total, rate, tax) = (i128::from(total), i128::from(rate), i128::from(tax));
    let base = 10_000 + rate;
    (tax * base - total * rate).abs() <= base
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn dress(change: &[(&str, Value)]) -> Checked<Option<Sums>> {
        let mut line = json!({
            "type": "physical", "reference": "ROM-68", "name": "Rompertje maat 68", "quantity": 2, "unit_price": 2495,
            "tax_rate": 2100, "total_amount": 4990, "total_discount_amount": 0, "total_tax_amount": 866
        });
        for (key, value) in change {
            line[*key] = value.clone();
        }
        order_lines(json!({ "order_lines": [line] }).as_object_mut().unwrap())
    }

    #[test]
    fn the_tax_of_the_worked_example_may_be_one_cent_off_and_no_more() {
        for (tax, fits) in [(864, false), (865, false), (866, true), (867, true), (868, false)] {
            assert_eq!(dress(&[("total_tax_amount", json!(tax))]).is_ok(), fits, "{tax}");
        }
        assert!(tax_fits(495, 2100, 86) && tax_fits(-495, 2100, -86));
    }

    #[test]
    fn mistakes_are_refused_with_the_place_of_the_field() {
        let mistakes = [
            ("name", json!("")),
            ("name", Value::Null),
            ("quantity", json!(0)),
            ("quantity", json!(2.0)),
            ("unit_price", json!(24.95)),
            ("unit_price", json!("2495")),
            ("total_amount", json!(4989)),
            ("total_discount_amount", json!(-1)),
            ("tax_rate", json!(10_001)),
            ("type", json!("kledingstuk")),
            ("total_tax", json!(866)),
            ("image_url", json!("/plaatje.jpg")),
        ];

        for (field, value) in mistakes {
            let refusal = dress(&[(field, value.clone())]).expect_err(&format!("{field} {value}"));
            assert!(refusal.contains(&format!("order_lines[0].{field}")), "{refusal}");
        }
    }

    #[test]
    fn only_a_line_that_takes_something_off_is_negative() {
        let negative = [
            ("quantity", json!(1)),
            ("unit_price", json!(-500)),
            ("total_amount", json!(-500)),
            ("total_tax_amount", json!(-87)),
        ];

        assert!(dress(&negative).is_err());
        let discount = [&negative[..], &[("type", json!("discount"))]].concat();
        assert_eq!(dress(&discount), Ok(Some(Sums { amount: -500, tax: -87 })));
    }

    #[test]
    fn what_is_left_out_equals_what_klarna_assumes() {
        let mut short =
            json!({ "order_lines": [{ "name": "Bon", "quantity": 1, "unit_price": 500, "total_amount": 500 }] });
        let mut long = json!({ "order_lines": [{
            "name": "Bon", "quantity": 1, "unit_price": 500, "total_amount": 500, "type": "physical", "tax_rate": 0,
            "total_tax_amount": 0, "total_discount_amount": 0, "reference": null
        }] });

        order_lines(short.as_object_mut().unwrap()).unwrap();
        order_lines(long.as_object_mut().unwrap()).unwrap();

        assert_eq!(short, long);
    }
}
