//! Somebody's own data as files that other programs read (AVG art. 15(3), 20): JSON with everything, and a list for a spreadsheet. Described in
//! `docs/my-data-schema.md` and `public/mijn-gegevens.schema.json`; whoever changes the form changes those and the number of the version.

use super::labels::{self, is_json, is_moment, iso};
use crate::pages::content::privacy::parts::period;
use serde_json::{Map, Value, json};
use shop_core::privacy::{Purpose, Retention};
use shop_core::shop::Identity;
use shop_core::time::Timestamp;
use shop_flows::my_data::MyData;
use shop_flows::ports::{Clock, HeldTable};

/// The version of the form.
pub const VERSION: u32 = 1;
/// Where the form is described to machines.
pub const SCHEMA: &str = "/mijn-gegevens.schema.json";

/// All of it.
pub fn json(shop: &Identity, public_url: &str, data: &MyData) -> String {
    let left_out: Vec<Value> = data
        .left_out
        .iter()
        .map(|left| json!({ "table": left.table, "column": left.column, "why": left.why }))
        .collect();
    let schema = [public_url, SCHEMA].concat();
    let all = json!({
        "$schema": schema,
        "version": VERSION,
        "made_at": iso(data.at),
        "shop": { "name": shop.name, "email": shop.email, "privacy_contact": shop.privacy_contact },
        "email": data.customer.email.as_str(),
        "groups": data.held.iter().map(group).collect::<Vec<_>>(),
        "left_out": left_out,
    });
    // Pretty, because people open it too.
    serde_json::to_string_pretty(&all).unwrap_or_default()
}

fn group(held: &HeldTable) -> Value {
    let (title, source) = labels::table(held);
    let purposes: Vec<Value> = purposes(held)
        .into_iter()
        .map(|purpose| {
            json!({
                "name": purpose.name(),
                "title": purpose.title(),
                "what_for": purpose.words(),
                "basis": purpose.basis().article(),
            })
        })
        .collect();
    let kept: Vec<Value> = retentions(held)
        .into_iter()
        .map(|retention| json!({ "period": period(retention), "why": retention.reason() }))
        .collect();
    let rows: Vec<Value> = held
        .rows
        .iter()
        .map(|row| {
            let mut fields = Map::new();
            if let Some(order) = &row.order {
                fields.insert("order".to_owned(), json!(order));
            }
            for (column, value) in held.columns.iter().zip(&row.values) {
                fields.insert(
                    column.name.to_owned(),
                    value.as_deref().map_or(Value::Null, |text| cell(column.name, text)),
                );
            }
            Value::Object(fields)
        })
        .collect();
    json!({
        "table": held.table, "title": title, "source": source, "purposes": purposes, "kept": kept, "rows": rows,
    })
}

fn cell(name: &str, text: &str) -> Value {
    let number = text.parse::<i64>();
    match number {
        Ok(micros) if is_moment(name) => json!(iso(Timestamp::from_micros(micros))),
        Ok(number) if name.ends_with("_cents") || name == "quantity" => json!(number),
        _ if is_json(name) => serde_json::from_str(text).unwrap_or_else(|_| json!(text)),
        _ => json!(text),
    }
}

/// The same as one long list: a line per value, so that any spreadsheet opens it.
pub fn csv(clock: &dyn Clock, data: &MyData) -> String {
    // The mark tells spreadsheets that this is UTF-8.
    let mut out = "\u{feff}".to_owned();
    line(&mut out, &["Onderdeel", "Bestelling", "Rij", "Gegeven", "Waarde", "Waarvoor", "Hoe lang"]);
    for held in &data.held {
        let (title, _) = labels::table(held);
        for (row, place) in held.rows.iter().zip(1_u32..) {
            let (order, place) = (row.order.as_deref().unwrap_or_default(), place.to_string());
            for (column, value) in held.columns.iter().zip(&row.values) {
                let Some(value) = value.as_deref() else { continue };
                let (what_for, kept) = (column.purpose.title(), period(column.retention));
                let name = labels::column(column);
                if is_json(column.name) {
                    for (path, value) in labels::leaves(value) {
                        line(
                            &mut out,
                            &[title, order, &place, &[&name, ": ", &path].concat(), &value, what_for, &kept],
                        );
                    }
                } else {
                    let value = labels::value(clock, held.table, column.name, value);
                    line(&mut out, &[title, order, &place, &name, &value, what_for, &kept]);
                }
            }
        }
    }
    out
}

fn line(out: &mut String, cells: &[&str]) {
    let cells: Vec<String> =
        cells.iter().map(|cell| ["\"", &harmless(cell).replace('"', "\"\""), "\""].concat()).collect();
    out.push_str(&cells.join(";"));
    out.push_str("\r\n");
}

/// What a spreadsheet would calculate with is told to be text. A phone number is left as it is.
fn harmless(cell: &str) -> String {
    let is_number = cell.chars().skip(1).all(|letter| letter.is_ascii_digit() || " .,-".contains(letter));
    let calculates = cell.starts_with(['=', '@', '\t', '\r']) || (cell.starts_with(['+', '-']) && !is_number);
    if calculates { ["'", cell].concat() } else { cell.to_owned() }
}

/// The purposes of what a table holds, each once.
pub fn purposes(held: &HeldTable) -> Vec<Purpose> {
    Purpose::ALL.into_iter().filter(|purpose| held.columns.iter().any(|column| column.purpose == *purpose)).collect()
}

/// How long what a table holds is kept, each period once.
pub fn retentions(held: &HeldTable) -> Vec<Retention> {
    Retention::ALL.into_iter().filter(|kept| held.columns.iter().any(|column| column.retention == *kept)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_that_a_spreadsheet_would_run_is_text() {
        assert_eq!(harmless("=1+1"), "'=1+1");
        assert_eq!(harmless("-cmd"), "'-cmd");
        assert_eq!(harmless("+31612345678"), "+31612345678");
        let mut out = String::new();
        line(&mut out, &["zo \"heet\" het", ""]);
        assert_eq!(out, "\"zo \"\"heet\"\" het\";\"\"\r\n");
    }
}
