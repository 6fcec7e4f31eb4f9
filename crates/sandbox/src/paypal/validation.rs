//! The rules for a new order, stricter than they need be: an unknown field is refused too, because it is a spelling mistake
//! that the real PayPal may pass over in silence. Fields for shipping, items and the payer's look are checked, not kept.

use serde_json::{Map, Value};

use super::money::{self, missing, syntax};
use super::problem::{Detail, Problem};

/// What we keep of a new order.
#[derive(Debug, PartialEq)]
pub(super) struct Draft {
    pub amount: i64,
    pub reference_id: String,
    pub invoice_id: Option<String>,
    pub custom_id: Option<String>,
    pub description: Option<String>,
    pub return_url: String,
    pub cancel_url: String,
    pub named_source: bool,
}

type Object = Map<String, Value>;

const UNIT: &[&str] =
    &["reference_id", "description", "custom_id", "invoice_id", "soft_descriptor", "amount", "items", "shipping"];
const CONTEXT: &[&str] = &[
    "brand_name",
    "locale",
    "shipping_preference",
    "landing_page",
    "user_action",
    "payment_method_preference",
    "return_url",
    "cancel_url",
];
/// Enumerated fields of the context with their words.
const CHOICES: &[(&str, &[&str])] = &[
    ("shipping_preference", &["GET_FROM_FILE", "NO_SHIPPING", "SET_PROVIDED_ADDRESS"]),
    ("landing_page", &["LOGIN", "GUEST_CHECKOUT", "NO_PREFERENCE"]),
    ("user_action", &["CONTINUE", "PAY_NOW"]),
    ("payment_method_preference", &["UNRESTRICTED", "IMMEDIATE_PAYMENT_REQUIRED"]),
];
/// The parts of an amount and whether they add or take away.
const BREAKDOWN: &[(&str, i64)] = &[
    ("item_total", 1),
    ("shipping", 1),
    ("handling", 1),
    ("tax_total", 1),
    ("insurance", 1),
    ("shipping_discount", -1),
    ("discount", -1),
];

/// Checks a new order.
pub(super) fn draft(body: &[u8]) -> Result<Draft, Problem> {
    let malformed =
        || Problem::invalid(Detail::field("", "MALFORMED_REQUEST_JSON", "The request JSON is not well formed."));
    let fields: Object = serde_json::from_slice(body).map_err(|_| malformed())?;
    only(&fields, "", &["intent", "purchase_units", "payment_source", "application_context"])?;
    match fields.get("intent") {
        None => return Err(missing("/intent")),
        Some(intent) if intent == "CAPTURE" => {}
        // AUTHORIZE exists; a shop that takes the money at once has no use for it, so it is not played here.
        Some(_) => return Err(value("/intent", "must be CAPTURE")),
    }
    let units = fields.get("purchase_units").ok_or_else(|| missing("/purchase_units"))?;
    let units = units.as_array().ok_or_else(|| syntax("/purchase_units", "must be a list"))?;
    let [Value::Object(unit)] = units.as_slice() else {
        let detail = Detail::field("/purchase_units", "INVALID_ARRAY_MAX_ITEMS", "this sandbox takes exactly one");
        return Err(Problem::invalid(detail));
    };
    let at = "/purchase_units/0";
    only(unit, at, UNIT)?;
    let amount = amount(unit, at)?;
    text(unit, at, "soft_descriptor", 22)?;
    let (context, place, named_source) = context(&fields)?;
    Ok(Draft {
        amount,
        reference_id: text(unit, at, "reference_id", 256)?.unwrap_or_else(|| "default".to_owned()),
        invoice_id: text(unit, at, "invoice_id", 127)?,
        custom_id: text(unit, at, "custom_id", 127)?,
        description: text(unit, at, "description", 127)?,
        return_url: address(context, place, "return_url")?,
        cancel_url: address(context, place, "cancel_url")?,
        named_source,
    })
}

/// The look and the addresses: inside the payment source, or at their older place.
fn context(fields: &Object) -> Result<(&Object, &'static str, bool), Problem> {
    let (context, place, named) = match (fields.get("payment_source"), fields.get("application_context")) {
        (Some(source), None) => {
            let source = source.as_object().ok_or_else(|| syntax("/payment_source", "must be an object"))?;
            only(source, "/payment_source", &["paypal"])?;
            let paypal = source.get("paypal").ok_or_else(|| missing("/payment_source/paypal"))?;
            let paypal = paypal.as_object().ok_or_else(|| syntax("/payment_source/paypal", "must be an object"))?;
            only(paypal, "/payment_source/paypal", &["experience_context"])?;
            (paypal.get("experience_context"), "/payment_source/paypal/experience_context", true)
        }
        (None, older) => (older, "/application_context", false),
        (Some(_), Some(_)) => return Err(value("/application_context", "cannot stand beside payment_source")),
    };
    let context = context.and_then(Value::as_object).ok_or_else(|| missing(place))?;
    only(context, place, CONTEXT)?;
    text(context, place, "brand_name", 127)?;
    text(context, place, "locale", 10)?;
    for (name, words) in CHOICES {
        if let Some(given) = text(context, place, name, 255)?
            && !words.contains(&given.as_str())
        {
            return Err(value(&format!("{place}/{name}"), "is not one of the known words"));
        }
    }
    Ok((context, place, named))
}

fn address(context: &Object, place: &str, name: &str) -> Result<String, Problem> {
    let pointer = format!("{place}/{name}");
    let address = text(context, place, name, 2048)?.ok_or_else(|| missing(&pointer))?;
    match reqwest::Url::parse(&address) {
        Ok(url) if matches!(url.scheme(), "http" | "https") => Ok(address),
        _ => Err(syntax(&pointer, "must be an absolute web address")),
    }
}

fn amount(unit: &Object, at: &str) -> Result<i64, Problem> {
    let pointer = format!("{at}/amount");
    let amount = unit.get("amount").ok_or_else(|| missing(&pointer))?;
    let cents = money::read(amount, &pointer, "CURRENCY_NOT_SUPPORTED")?;
    if cents <= 0 {
        return Err(Problem::unprocessable_field(&format!("{pointer}/value"), "CANNOT_BE_ZERO_OR_NEGATIVE"));
    }
    let items = items(unit, at)?;
    let Some(breakdown) = amount.get("breakdown") else {
        if items.is_some() {
            return Err(Problem::unprocessable_field(
                &format!("{pointer}/breakdown/item_total"),
                "ITEM_TOTAL_REQUIRED",
            ));
        }
        return Ok(cents);
    };
    let pointer = format!("{pointer}/breakdown");
    let parts = breakdown.as_object().ok_or_else(|| syntax(&pointer, "must be an object"))?;
    let known: Vec<&str> = BREAKDOWN.iter().map(|(name, _)| *name).collect();
    only(parts, &pointer, &known)?;
    let mut sum = 0_i64;
    for (name, sign) in BREAKDOWN {
        if let Some(part) = parts.get(*name) {
            let part = money::read(part, &format!("{pointer}/{name}"), "CURRENCY_NOT_SUPPORTED")?;
            if let (Some(items), "item_total") = (items, *name)
                && items != part
            {
                return Err(Problem::unprocessable_field(&format!("{pointer}/item_total"), "ITEM_TOTAL_MISMATCH"));
            }
            sum = sum.saturating_add(sign * part);
        }
    }
    if items.is_some() && !parts.contains_key("item_total") {
        return Err(Problem::unprocessable_field(&format!("{pointer}/item_total"), "ITEM_TOTAL_REQUIRED"));
    }
    if sum != cents {
        return Err(Problem::unprocessable_field(&format!("{at}/amount/value"), "AMOUNT_MISMATCH"));
    }
    Ok(cents)
}

/// The sum of the items, when there are any.
fn items(unit: &Object, at: &str) -> Result<Option<i64>, Problem> {
    let Some(items) = unit.get("items") else { return Ok(None) };
    let items = items.as_array().ok_or_else(|| syntax(&format!("{at}/items"), "must be a list"))?;
    let mut sum = 0_i64;
    for (index, item) in items.iter().enumerate() {
        let at = format!("{at}/items/{index}");
        let item = item.as_object().ok_or_else(|| syntax(&at, "must be an object"))?;
        only(item, &at, &["name", "quantity", "unit_amount", "description", "sku", "category"])?;
        text(item, &at, "name", 127)?.ok_or_else(|| missing(&format!("{at}/name")))?;
        text(item, &at, "description", 127)?;
        text(item, &at, "sku", 127)?;
        let quantity = text(item, &at, "quantity", 10)?.ok_or_else(|| missing(&format!("{at}/quantity")))?;
        let quantity: i64 =
            quantity.parse().map_err(|_| syntax(&format!("{at}/quantity"), "must be a whole number as text"))?;
        let unit_amount = item.get("unit_amount").ok_or_else(|| missing(&format!("{at}/unit_amount")))?;
        let unit_amount = money::read(unit_amount, &format!("{at}/unit_amount"), "CURRENCY_NOT_SUPPORTED")?;
        sum = sum.saturating_add(unit_amount.saturating_mul(quantity));
    }
    Ok(Some(sum))
}

fn text(fields: &Object, at: &str, name: &str, longest: usize) -> Result<Option<String>, Problem> {
    match fields.get(name) {
        None => Ok(None),
        Some(Value::String(text)) if (1..=longest).contains(&text.chars().count()) => Ok(Some(text.clone())),
        Some(Value::String(_)) => {
            let why = format!("must have 1 to {longest} characters");
            Err(Problem::invalid(Detail::field(format!("{at}/{name}"), "INVALID_STRING_LENGTH", why)))
        }
        Some(_) => Err(syntax(&format!("{at}/{name}"), "must be text")),
    }
}

pub(super) fn only(fields: &Object, at: &str, known: &[&str]) -> Result<(), Problem> {
    match fields.keys().find(|key| !known.contains(&key.as_str())) {
        Some(unknown) => Err(syntax(&format!("{at}/{unknown}"), "is unknown")),
        None => Ok(()),
    }
}

fn value(pointer: &str, why: &str) -> Problem {
    Problem::invalid(Detail::field(pointer, "INVALID_PARAMETER_VALUE", why))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn order() -> Value {
        json!({ "intent": "CAPTURE",
            "purchase_units": [{ "reference_id": "default", "invoice_id": "KW100042", "custom_id": "KW100042",
                "amount": { "currency_code": "EUR", "value": "54.85", "breakdown": {
                    "item_total": { "currency_code": "EUR", "value": "49.90" },
                    "shipping": { "currency_code": "EUR", "value": "4.95" } } },
                "items": [{ "name": "Rompertje maat 68", "sku": "ROM-68", "quantity": "2", "category": "PHYSICAL_GOODS",
                    "unit_amount": { "currency_code": "EUR", "value": "24.95" } }] }],
            "payment_source": { "paypal": { "experience_context": { "locale": "nl-NL", "user_action": "PAY_NOW",
                "shipping_preference": "NO_SHIPPING", "return_url": "https://shop.example/betaling/paypal/terug",
                "cancel_url": "https://shop.example/betaling/paypal/annuleer" } } } })
    }

    fn issue(order: &Value) -> String {
        match draft(order.to_string().as_bytes()) {
            Err(Problem::Invalid(detail) | Problem::Unprocessable(detail, _)) => {
                format!("{} {}", detail.issue, detail.field)
            }
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn the_worked_example_is_accepted() {
        let draft = draft(order().to_string().as_bytes()).unwrap();

        assert_eq!((draft.amount, draft.invoice_id.as_deref()), (5485, Some("KW100042")));
        assert!(draft.named_source);
    }

    #[test]
    fn each_broken_rule_has_its_issue_and_its_place() {
        let unit = "/purchase_units/0";
        let context = "/payment_source/paypal/experience_context";
        let cases = [
            ("/intent", json!("TAKE"), "INVALID_PARAMETER_VALUE /intent"),
            (
                &format!("{unit}/invoice_id"),
                json!("x".repeat(128)),
                "INVALID_STRING_LENGTH /purchase_units/0/invoice_id",
            ),
            (&format!("{unit}/amount/value"), json!("54.86"), "AMOUNT_MISMATCH /purchase_units/0/amount/value"),
            (
                &format!("{unit}/amount/value"),
                json!("0.00"),
                "CANNOT_BE_ZERO_OR_NEGATIVE /purchase_units/0/amount/value",
            ),
            (
                &format!("{unit}/items/0/quantity"),
                json!("3"),
                "ITEM_TOTAL_MISMATCH /purchase_units/0/amount/breakdown/item_total",
            ),
            (
                &format!("{unit}/items/0/quantity"),
                json!(2),
                "INVALID_PARAMETER_SYNTAX /purchase_units/0/items/0/quantity",
            ),
            (
                &format!("{context}/user_action"),
                json!("PAY"),
                "INVALID_PARAMETER_VALUE /payment_source/paypal/experience_context/user_action",
            ),
            (
                &format!("{context}/return_url"),
                json!("terug"),
                "INVALID_PARAMETER_SYNTAX /payment_source/paypal/experience_context/return_url",
            ),
        ];

        for (pointer, wrong, expected) in cases {
            let mut order = order();
            *order.pointer_mut(pointer).unwrap() = wrong;
            assert_eq!(issue(&order), expected);
        }
    }

    #[test]
    fn an_unknown_field_and_a_missing_one_are_refused() {
        let mut misspelt = order();
        misspelt["purchase_units"][0]["invoiceId"] = json!("KW100042");
        let mut empty = order();
        empty["purchase_units"][0].as_object_mut().unwrap().remove("amount");

        assert_eq!(issue(&misspelt), "INVALID_PARAMETER_SYNTAX /purchase_units/0/invoiceId");
        assert_eq!(issue(&empty), "MISSING_REQUIRED_PARAMETER /purchase_units/0/amount");
    }
}
