//! What is bought, by whom and where it goes: the fields that a payment session and a placed order share.

use serde_json::Value;

use super::fields::{self, Checked, LARGEST_AMOUNT, Object};
use super::lines;

const KNOWN: &[&str] = &[
    "purchase_country",
    "purchase_currency",
    "order_amount",
    "order_lines",
    "order_tax_amount",
    "locale",
    "intent",
    "acquiring_channel",
    "merchant_reference1",
    "merchant_reference2",
    "merchant_data",
    "billing_address",
    "shipping_address",
    "customer",
    "merchant_urls",
    "options",
    "auto_capture",
];
/// What the shopper agreed to: the order that is placed must say the same.
const AGREED: &[&str] = &[
    "purchase_country",
    "purchase_currency",
    "order_amount",
    "order_tax_amount",
    "order_lines",
    "billing_address",
    "shipping_address",
];
const ADDRESS: &[(&str, usize)] = &[
    ("given_name", 99),
    ("family_name", 99),
    ("email", 99),
    ("phone", 99),
    ("street_address", 99),
    ("street_address2", 99),
    ("city", 99),
    ("postal_code", 10),
    ("country", 2),
    ("title", 20),
];
const URLS: &[&str] = &["confirmation", "notification", "push", "authorization"];

/// Where these fields stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Session,
    Order,
}

/// Checks all fields and gives them with the lines in their full form.
pub(super) fn check(mut fields: Object, kind: Kind) -> Checked<Object> {
    fields::only(&fields, KNOWN, "")?;
    if kind == Kind::Session && fields.contains_key("auto_capture") {
        return Err("Unknown field: auto_capture".to_owned());
    }
    let country = fields::needed(fields::text(&fields, "purchase_country", "", 2)?, "purchase_country", "")?;
    if !is_country(country) {
        return Err("Bad value: purchase_country (must be two capitals)".to_owned());
    }
    fields::needed(fields::one_of(&fields, "purchase_currency", "", &["EUR"])?, "purchase_currency", "")?;
    fields::one_of(&fields, "intent", "", &["buy", "tokenize", "buy_and_tokenize"])?;
    fields::one_of(&fields, "acquiring_channel", "", &["ECOMMERCE", "IN_STORE", "TELESALES"])?;
    fields::flag(&fields, "auto_capture", "")?;
    locale(&fields)?;
    fields::text(&fields, "merchant_reference1", "", 255)?;
    fields::text(&fields, "merchant_reference2", "", 255)?;
    fields::text(&fields, "merchant_data", "", 6000)?;
    fields::object(&fields, "options", "")?;
    for key in ["billing_address", "shipping_address"] {
        address(&fields, key)?;
    }
    customer(&fields)?;
    if let Some(urls) = fields::object(&fields, "merchant_urls", "")? {
        fields::only(urls, URLS, "merchant_urls.")?;
        for key in URLS {
            fields::address(urls, key, "merchant_urls.", 2000)?;
        }
    }
    sums(&mut fields)?;
    Ok(fields)
}

fn sums(fields: &mut Object) -> Checked<()> {
    let amount = fields::whole(fields, "order_amount", "", 0, LARGEST_AMOUNT)?;
    let amount = fields::needed(amount, "order_amount", "")?;
    let tax = fields::whole(fields, "order_tax_amount", "", 0, LARGEST_AMOUNT)?;
    let sums = fields::needed(lines::order_lines(fields)?, "order_lines", "")?;
    if sums.amount != amount {
        return Err("Bad value: order_amount (not the sum of order_lines.total_amount)".to_owned());
    }
    if tax.is_some_and(|tax| tax != sums.tax) {
        return Err("Bad value: order_tax_amount (not the sum of order_lines.total_tax_amount)".to_owned());
    }
    Ok(())
}

fn locale(fields: &Object) -> Checked<()> {
    let Some(locale) = fields::text(fields, "locale", "", 5)? else { return Ok(()) };
    match locale.split_once('-') {
        Some((language, country))
            if language.len() == 2 && language.bytes().all(|byte| byte.is_ascii_lowercase()) && is_country(country) =>
        {
            Ok(())
        }
        _ => Err("Bad value: locale (must be like nl-NL)".to_owned()),
    }
}

fn address(fields: &Object, key: &str) -> Checked<()> {
    let Some(address) = fields::object(fields, key, "")? else { return Ok(()) };
    let place = format!("{key}.");
    let known: Vec<&str> = ADDRESS.iter().map(|(name, _)| *name).collect();
    fields::only(address, &known, &place)?;
    for (name, max) in ADDRESS {
        if fields::text(address, name, &place, *max)?.is_some_and(|text| text.trim().is_empty()) {
            return Err(format!("Bad value: {place}{name} (is empty)"));
        }
    }
    for name in ["given_name", "family_name"] {
        if let Some(text) = fields::text(address, name, &place, 99)?
            && (text.chars().count() < 2 || text.chars().all(|c| c.is_ascii_digit()))
        {
            return Err(format!("Bad value: {place}{name} (more than one character, not only digits)"));
        }
    }
    let country = fields::text(address, "country", &place, 2)?;
    if country.is_some_and(|country| !is_country(country)) {
        return Err(format!("Bad value: {place}country (must be two capitals)"));
    }
    if fields::text(address, "email", &place, 99)?.is_some_and(|email| !email.contains('@')) {
        return Err(format!("Bad value: {place}email"));
    }
    let postcode = fields::text(address, "postal_code", &place, 10)?;
    if country == Some("NL") && postcode.is_some_and(|postcode| !is_dutch_postcode(postcode)) {
        return Err(format!("Bad value: {place}postal_code (must be four digits and two letters)"));
    }
    Ok(())
}

fn customer(fields: &Object) -> Checked<()> {
    let Some(customer) = fields::object(fields, "customer", "")? else { return Ok(()) };
    fields::only(customer, &["date_of_birth", "type", "gender", "title"], "customer.")?;
    fields::one_of(customer, "type", "customer.", &["person", "organization"])?;
    fields::one_of(customer, "gender", "customer.", &["male", "female"])?;
    if let Some(born) = fields::text(customer, "date_of_birth", "customer.", 10)?
        && born.parse::<jiff::civil::Date>().is_err()
    {
        return Err("Bad value: customer.date_of_birth (must be yyyy-mm-dd)".to_owned());
    }
    Ok(())
}

/// The first field in which an order differs from what the shopper agreed to.
pub(super) fn difference(agreed: &Object, order: &Object) -> Option<&'static str> {
    AGREED.iter().copied().find(|key| agreed.get(*key) != order.get(*key))
}

/// The cents of a checked purchase.
pub(super) fn amount(purchase: &Object) -> i64 {
    purchase.get("order_amount").and_then(Value::as_i64).unwrap_or_default()
}

/// A text of a checked purchase, e.g. `merchant_reference1`.
pub(super) fn word<'a>(purchase: &'a Object, key: &str) -> Option<&'a str> {
    purchase.get(key).and_then(Value::as_str)
}

/// A field of the billing address.
pub(super) fn of_buyer<'a>(purchase: &'a Object, key: &str) -> Option<&'a str> {
    purchase.get("billing_address").and_then(|address| address.get(key)).and_then(Value::as_str)
}

/// One of the callbacks or pages, with its placeholders.
pub(super) fn url<'a>(purchase: &'a Object, key: &str) -> Option<&'a str> {
    purchase.get("merchant_urls").and_then(|urls| urls.get(key)).and_then(Value::as_str)
}

fn is_country(text: &str) -> bool {
    text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_uppercase())
}

fn is_dutch_postcode(text: &str) -> bool {
    let compact: String = text.chars().filter(|c| *c != ' ').collect();
    compact.len() == 6
        && compact.chars().take(4).all(|c| c.is_ascii_digit())
        && compact.chars().skip(4).all(|c| c.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// The worked example of Klarna's manual for this shop.
    fn example() -> Value {
        json!({
            "purchase_country": "NL", "purchase_currency": "EUR", "locale": "nl-NL", "intent": "buy",
            "order_amount": 5485, "order_tax_amount": 952, "merchant_reference1": "KW100042",
            "order_lines": [
                { "type": "physical", "reference": "ROM-68", "name": "Rompertje maat 68", "quantity": 2,
                  "unit_price": 2495, "tax_rate": 2100, "total_amount": 4990, "total_discount_amount": 0,
                  "total_tax_amount": 866 },
                { "type": "shipping_fee", "name": "Verzending", "quantity": 1, "unit_price": 495, "tax_rate": 2100,
                  "total_amount": 495, "total_tax_amount": 86 } ],
            "merchant_urls": { "confirmation": "https://shop.example/bestelling/bedankt",
                               "authorization": "https://shop.example/hooks/klarna/geheim/{session.id}" },
            "billing_address": { "given_name": "Test", "family_name": "Person-nl", "email": "customer@email.nl",
                "phone": "+31689124321", "street_address": "Osdorpplein 137", "postal_code": "1068 SR",
                "city": "Amsterdam", "country": "NL" }
        })
    }

    fn with(path: &str, value: Value) -> Checked<Object> {
        let mut example = example();
        *example.pointer_mut(path).unwrap_or_else(|| panic!("{path}")) = value;
        let mut fields = example.as_object().unwrap().clone();
        fields.retain(|_, value| !value.is_null());
        check(fields, Kind::Session)
    }

    #[test]
    fn the_worked_example_is_accepted() {
        let accepted = with("/locale", json!("nl-NL")).unwrap();

        assert_eq!((amount(&accepted), word(&accepted, "merchant_reference1")), (5485, Some("KW100042")));
    }

    #[test]
    fn mistakes_are_refused_with_the_name_of_the_field() {
        let mistakes = [
            ("/purchase_country", json!("nl"), "purchase_country"),
            ("/purchase_country", Value::Null, "purchase_country"),
            ("/purchase_currency", json!("USD"), "purchase_currency"),
            ("/order_amount", json!(5484), "order_amount"),
            ("/order_amount", json!(54.85), "order_amount"),
            ("/order_amount", Value::Null, "order_amount"),
            ("/order_tax_amount", json!(951), "order_tax_amount"),
            ("/order_lines", json!([]), "order_lines"),
            ("/order_lines", Value::Null, "order_lines"),
            ("/locale", json!("nl_NL"), "locale"),
            ("/intent", json!("sell"), "intent"),
            ("/merchant_reference1", json!("A".repeat(256)), "merchant_reference1"),
            ("/merchant_urls/authorization", json!("/hooks"), "merchant_urls.authorization"),
            ("/billing_address/given_name", json!("T"), "billing_address.given_name"),
            ("/billing_address/family_name", json!("123"), "billing_address.family_name"),
            ("/billing_address/postal_code", json!("1068"), "billing_address.postal_code"),
            ("/billing_address/city", json!(""), "billing_address.city"),
            ("/billing_address/country", json!("Nederland"), "billing_address.country"),
        ];

        for (path, value, field) in mistakes {
            let refusal = with(path, value.clone()).expect_err(&format!("{path} {value}"));
            assert!(refusal.contains(field), "{refusal}");
        }
    }

    #[test]
    fn an_order_is_compared_with_what_was_agreed_but_not_with_the_names_the_shop_gives_it() {
        let agreed = with("/locale", json!("nl-NL")).unwrap();
        let other_city = with("/billing_address/city", json!("Almelo")).unwrap();
        let mut other_number = agreed.clone();
        other_number.insert("merchant_reference1".to_owned(), json!("KW100043"));

        assert_eq!(difference(&agreed, &agreed), None);
        assert_eq!(difference(&agreed, &other_city), Some("billing_address"));
        assert_eq!(difference(&agreed, &other_number), None);
    }
}
