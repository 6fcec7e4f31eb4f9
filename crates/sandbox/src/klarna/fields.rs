//! Reading fields of a JSON object strictly. An unknown field is refused too, because it is a spelling mistake that the
//! real Klarna would pass over in silence. Errors name the field the way Klarna does: `order_lines[0].name`.

use axum::body::Bytes;
use serde_json::{Map, Value};

use super::problem::Problem;

pub(super) type Object = Map<String, Value>;
pub(super) type Checked<T> = Result<T, String>;

/// The largest amount of a line or an order, in cents.
pub(super) const LARGEST_AMOUNT: i64 = 100_000_000;

/// The body as an object; an empty one is an object without fields.
pub(super) fn body(bytes: &Bytes) -> Result<Object, Problem> {
    if bytes.is_empty() {
        return Ok(Object::new());
    }
    let mut fields: Object = serde_json::from_slice(bytes)
        .map_err(|_| Problem::BadValue("Bad format: the body is not a JSON object".to_owned()))?;
    fields.retain(|_, value| !value.is_null());
    Ok(fields)
}

/// Refuses fields that are not in the list.
pub(super) fn only(fields: &Object, known: &[&str], place: &str) -> Checked<()> {
    match fields.keys().find(|key| !known.contains(&key.as_str())) {
        Some(key) => Err(format!("Unknown field: {place}{key}")),
        None => Ok(()),
    }
}

pub(super) fn text<'a>(fields: &'a Object, key: &str, place: &str, max: usize) -> Checked<Option<&'a str>> {
    match fields.get(key) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) if text.chars().count() <= max => Ok(Some(text)),
        Some(Value::String(_)) => Err(format!("Bad value: {place}{key} (at most {max} characters)")),
        Some(_) => Err(format!("Bad value: {place}{key} (must be text)")),
    }
}

pub(super) fn needed<T>(value: Option<T>, key: &str, place: &str) -> Checked<T> {
    value.ok_or_else(|| format!("Missing value: {place}{key}"))
}

pub(super) fn one_of<'a>(fields: &'a Object, key: &str, place: &str, allowed: &[&str]) -> Checked<Option<&'a str>> {
    match text(fields, key, place, 255)? {
        Some(value) if !allowed.contains(&value) => {
            Err(format!("Bad value: {place}{key} (must be one of {})", allowed.join(", ")))
        }
        value => Ok(value),
    }
}

/// A whole number between the bounds; `54.85` and `"5485"` are none.
pub(super) fn whole(fields: &Object, key: &str, place: &str, least: i64, most: i64) -> Checked<Option<i64>> {
    match fields.get(key) {
        None | Some(Value::Null) => Ok(None),
        Some(value) => match value.as_i64() {
            Some(number) if (least..=most).contains(&number) => Ok(Some(number)),
            Some(_) => Err(format!("Bad value: {place}{key} (must be {least} to {most})")),
            None => Err(format!("Bad value: {place}{key} (must be a whole number)")),
        },
    }
}

pub(super) fn flag(fields: &Object, key: &str, place: &str) -> Checked<Option<bool>> {
    match fields.get(key) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Bool(value)) => Ok(Some(*value)),
        Some(_) => Err(format!("Bad value: {place}{key} (must be true or false)")),
    }
}

pub(super) fn object<'a>(fields: &'a Object, key: &str, place: &str) -> Checked<Option<&'a Object>> {
    match fields.get(key) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Object(object)) => Ok(Some(object)),
        Some(_) => Err(format!("Bad value: {place}{key} (must be an object)")),
    }
}

pub(super) fn list<'a>(fields: &'a Object, key: &str, place: &str, most: usize) -> Checked<Option<&'a [Value]>> {
    match fields.get(key) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Array(list)) if list.len() <= most => Ok(Some(list)),
        Some(_) => Err(format!("Bad value: {place}{key} (must be a list of at most {most})")),
    }
}

/// An absolute web address, once placeholders are filled in.
pub(super) fn address<'a>(fields: &'a Object, key: &str, place: &str, max: usize) -> Checked<Option<&'a str>> {
    let Some(url) = text(fields, key, place, max)? else { return Ok(None) };
    let filled = url.replace(['{', '}'], "");
    if reqwest::Url::parse(&filled).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host()) {
        return Ok(Some(url));
    }
    Err(format!("Bad value: {place}{key} (must be an absolute web address)"))
}
