//! The rules for an announced order, stricter than they need be: an unknown field is refused too, because it is
//! a spelling mistake that the real provider would pass over in silence.

use serde_json::{Map, Value};

/// What we keep of an announced order.
#[derive(Debug, PartialEq)]
pub(super) struct Announcement {
    pub merchant_order_id: String,
    pub amount: i64,
    pub return_url: String,
    pub description: Option<String>,
    pub payment_brand: Option<String>,
}

type Object = Map<String, Value>;
type Checked<T> = Result<T, String>;

const KNOWN: &[&str] = &[
    "timestamp",
    "merchantOrderId",
    "shopperBankstatementReference",
    "amount",
    "merchantReturnURL",
    "description",
    "language",
    "orderItems",
    "shippingCost",
    "shippingDetail",
    "billingDetail",
    "customerInformation",
    "paymentBrand",
    "paymentBrandForce",
    "paymentBrandMetaData",
    "skipHppResultPage",
    "initiatingParty",
    "enableCardOnFile",
    "shopperRef",
];
const ITEM: &[&str] = &["id", "name", "description", "quantity", "amount", "tax", "category", "vatCategory"];
const ADDRESS: &[(&str, usize)] = &[
    ("firstName", 50),
    ("middleName", 20),
    ("lastName", 50),
    ("street", 100),
    ("houseNumber", 100),
    ("houseNumberAddition", 6),
    ("postalCode", 10),
    ("city", 40),
    ("countryCode", 2),
];
const CUSTOMER: &[(&str, usize)] = &[
    ("emailAddress", 45),
    ("dateOfBirth", 10),
    ("gender", 1),
    ("initials", 256),
    ("telephoneNumber", 31),
    ("fullName", 128),
];
/// Every brand the API knows.
pub(super) const BRANDS: &[&str] =
    &["IDEAL", "PAYPAL", "MASTERCARD", "VISA", "BANCONTACT", "MAESTRO", "V_PAY", "SOFORT", "BILLINK", "CARDS"];
const MAX_AMOUNT: i64 = 9_999_999;

/// Checks all fields but the timestamp; the error is the text for `consumerMessage`.
pub(super) fn announcement(fields: &Object) -> Checked<Announcement> {
    only(fields, KNOWN, "order")?;
    let statement_reference = text(fields, "shopperBankstatementReference", 24)?;
    if statement_reference.as_deref().is_some_and(|reference| !is_alphanumeric(reference)) {
        return Err("shopperBankstatementReference may hold letters and digits only".to_owned());
    }
    let merchant_order_id = merchant_order_id(fields, statement_reference.is_some())?;
    let amount = money(fields, "amount")?.ok_or("amount is missing")?;
    if !(1..=MAX_AMOUNT).contains(&amount) {
        return Err(format!("amount must be above zero and at most {MAX_AMOUNT}"));
    }
    let return_url = text(fields, "merchantReturnURL", 1024)?.ok_or("merchantReturnURL is missing")?;
    if !reqwest::Url::parse(&return_url).is_ok_and(|url| matches!(url.scheme(), "http" | "https")) {
        return Err("merchantReturnURL must be an absolute web address".to_owned());
    }
    let description = text(fields, "description", 35)?;
    one_of(fields, "language", &["NL", "EN", "FR", "DE"])?;
    items(fields)?;
    money(fields, "shippingCost")?;
    address(fields, "shippingDetail")?;
    address(fields, "billingDetail")?;
    customer(fields)?;
    let payment_brand = brand(fields)?;
    boolean(fields, "skipHppResultPage")?;
    boolean(fields, "enableCardOnFile")?;
    text(fields, "initiatingParty", 255)?;
    text(fields, "shopperRef", 255)?;
    Ok(Announcement { merchant_order_id, amount, return_url, description, payment_brand })
}

fn merchant_order_id(fields: &Object, has_statement_reference: bool) -> Checked<String> {
    let id = text(fields, "merchantOrderId", 255)?.filter(|id| !id.is_empty()).ok_or("merchantOrderId is missing")?;
    // The longer form in any printable ASCII exists only beside a reference for the bank statement.
    let allowed = if has_statement_reference {
        id.chars().all(|c| c.is_ascii_graphic())
    } else {
        id.len() <= 24 && is_alphanumeric(&id)
    };
    if allowed { Ok(id) } else { Err("merchantOrderId must be at most 24 letters and digits".to_owned()) }
}

fn brand(fields: &Object) -> Checked<Option<String>> {
    let brand = one_of(fields, "paymentBrand", BRANDS)?;
    let force = one_of(fields, "paymentBrandForce", &["FORCE_ONCE", "FORCE_ALWAYS"])?;
    if brand.is_some() != force.is_some() {
        return Err("paymentBrand and paymentBrandForce belong together".to_owned());
    }
    if let Some(meta) = object(fields, "paymentBrandMetaData")? {
        only(meta, &["issuerId", "fastCheckout"], "paymentBrandMetaData")?;
        text(meta, "issuerId", 11)?;
        if let Some(fast) = object(meta, "fastCheckout")? {
            only(fast, &["requiredCheckoutFields"], "fastCheckout")?;
        }
    }
    Ok(brand)
}

fn items(fields: &Object) -> Checked<()> {
    let list = match fields.get("orderItems") {
        None | Some(Value::Null) => return Ok(()),
        Some(Value::Array(list)) if list.len() <= 99 => list,
        Some(_) => return Err("orderItems must be a list of at most 99".to_owned()),
    };
    // A list that does not add up to the amount is dropped, not refused; we do not show it either way.
    for item in list {
        let item = item.as_object().ok_or("orderItems must hold objects")?;
        only(item, ITEM, "orderItems")?;
        text(item, "id", 25)?;
        text(item, "name", 50)?.ok_or("orderItems.name is missing")?;
        text(item, "description", 100)?;
        if item.get("quantity").and_then(Value::as_i64).is_none_or(|quantity| quantity <= 0) {
            return Err("orderItems.quantity must be a whole number above zero".to_owned());
        }
        money(item, "amount")?.ok_or("orderItems.amount is missing")?;
        money(item, "tax")?;
        one_of(item, "category", &["PHYSICAL", "DIGITAL"])?.ok_or("orderItems.category is missing")?;
        one_of(item, "vatCategory", &["1", "2", "3", "4"])?;
    }
    Ok(())
}

fn address(fields: &Object, key: &str) -> Checked<()> {
    let Some(address) = object(fields, key)? else {
        return Ok(());
    };
    limited(address, ADDRESS, key)?;
    for required in ["firstName", "lastName", "street", "postalCode", "city", "countryCode"] {
        if text(address, required, 100)?.is_none_or(|value| value.is_empty()) {
            return Err(format!("{key}.{required} is missing"));
        }
    }
    let country = text(address, "countryCode", 2)?.unwrap_or_default();
    if country.len() != 2 || !country.chars().all(|c| c.is_ascii_uppercase()) {
        return Err(format!("{key}.countryCode must be two capitals"));
    }
    let postcode = text(address, "postalCode", 10)?.unwrap_or_default();
    if country == "NL" && !is_dutch_postcode(&postcode) {
        return Err(format!("{key}.postalCode must be four digits and two letters"));
    }
    Ok(())
}

fn customer(fields: &Object) -> Checked<()> {
    let Some(customer) = object(fields, "customerInformation")? else {
        return Ok(());
    };
    limited(customer, CUSTOMER, "customerInformation")?;
    one_of(customer, "gender", &["M", "F", "O"])?;
    Ok(())
}

fn only(fields: &Object, known: &[&str], place: &str) -> Checked<()> {
    match fields.keys().find(|key| !known.contains(&key.as_str())) {
        Some(key) => Err(format!("{place}: field {key} is unknown")),
        None => Ok(()),
    }
}

fn limited(fields: &Object, limits: &[(&str, usize)], place: &str) -> Checked<()> {
    let names: Vec<&str> = limits.iter().map(|(name, _)| *name).collect();
    only(fields, &names, place)?;
    for (name, max) in limits {
        text(fields, name, *max)?;
    }
    Ok(())
}

fn text(fields: &Object, key: &str, max: usize) -> Checked<Option<String>> {
    match fields.get(key) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) if text.chars().count() <= max => Ok(Some(text.clone())),
        Some(Value::String(_)) => Err(format!("{key} may have at most {max} characters")),
        Some(_) => Err(format!("{key} must be text")),
    }
}

fn one_of(fields: &Object, key: &str, allowed: &[&str]) -> Checked<Option<String>> {
    match text(fields, key, 255)? {
        Some(value) if !allowed.contains(&value.as_str()) => {
            Err(format!("{key} must be one of {}", allowed.join(", ")))
        }
        value => Ok(value),
    }
}

fn boolean(fields: &Object, key: &str) -> Checked<()> {
    match fields.get(key) {
        None | Some(Value::Null | Value::Bool(_)) => Ok(()),
        Some(_) => Err(format!("{key} must be true or false")),
    }
}

fn object<'a>(fields: &'a Object, key: &str) -> Checked<Option<&'a Object>> {
    match fields.get(key) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Object(object)) => Ok(Some(object)),
        Some(_) => Err(format!("{key} must be an object")),
    }
}

/// Euro cents under `key`.
pub(super) fn money(fields: &Object, key: &str) -> Checked<Option<i64>> {
    let Some(money) = object(fields, key)? else {
        return Ok(None);
    };
    only(money, &["currency", "amount"], key)?;
    if money.get("currency").and_then(Value::as_str) != Some("EUR") {
        return Err(format!("{key}.currency is not in the list"));
    }
    let cents = money.get("amount").and_then(Value::as_i64);
    cents.map(Some).ok_or_else(|| format!("{key}.amount must be a whole number of cents"))
}

fn is_alphanumeric(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_alphanumeric())
}

fn is_dutch_postcode(text: &str) -> bool {
    text.len() == 6
        && text.chars().take(4).all(|c| c.is_ascii_digit())
        && text.chars().skip(4).all(|c| c.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn with(key: &str, value: Value) -> Checked<Announcement> {
        let mut order = json!({
            "merchantOrderId": "KW100042",
            "description": "Bestelling KW100042",
            "amount": { "currency": "EUR", "amount": 5485 },
            "language": "NL",
            "merchantReturnURL": "https://shop.example/betaling/omnikassa/terug",
            "paymentBrand": "IDEAL",
            "paymentBrandForce": "FORCE_ONCE"
        });
        order[key] = value;
        announcement(order.as_object().unwrap())
    }

    #[test]
    fn the_minimal_order_of_this_shop_is_accepted() {
        let accepted = with("description", Value::Null).unwrap();

        assert_eq!((accepted.merchant_order_id.as_str(), accepted.amount), ("KW100042", 5485));
    }

    #[test]
    fn mistakes_are_refused_with_the_name_of_the_field() {
        let mistakes = [
            ("merchantOrderId", json!("KW-100042")),
            ("merchantOrderId", json!("A".repeat(25))),
            ("amount", json!({ "currency": "EUR", "amount": 54.85 })),
            ("amount", json!({ "currency": "EUR", "amount": 5485.0 })),
            ("amount", json!({ "currency": "EUR", "amount": 0 })),
            ("amount", json!({ "currency": "EUR", "amount": 10_000_000 })),
            ("amount", json!({ "currency": "XXX", "amount": 5485 })),
            ("description", json!("d".repeat(36))),
            ("language", json!("nl")),
            ("merchantReturnURL", json!("/terug")),
            ("paymentBrand", json!("IDEAAL")),
            ("paymentBrandForce", Value::Null),
            ("paymentbrand", json!("IDEAL")),
            (
                "billingDetail",
                json!({ "firstName": "Sam", "lastName": "Vos", "street": "Kade", "postalCode": "1234 AB", "city": "Delft", "countryCode": "NL" }),
            ),
        ];

        for (field, value) in mistakes {
            let refusal = with(field, value.clone()).expect_err(&format!("{field} {value}"));
            assert!(refusal.contains(field), "{refusal}");
        }
    }

    #[test]
    fn a_longer_order_id_needs_a_reference_for_the_bank_statement() {
        let mut order = json!({
            "merchantOrderId": "winkel/2026-000042/betaling-1",
            "amount": { "currency": "EUR", "amount": 5485 },
            "merchantReturnURL": "https://shop.example/terug"
        });

        assert!(announcement(order.as_object().unwrap()).is_err());
        order["shopperBankstatementReference"] = json!("KW100042");
        assert!(announcement(order.as_object().unwrap()).is_ok());
    }
}
