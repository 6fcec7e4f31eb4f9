//! Whose rows are whose. Most tables say it by the name of a column; those that do not are named here.

use crate::store::columns::{Class, Column, Export, Table, tables};
use shop_core::privacy::Purpose;
use shop_flows::ports::{HeldColumn, LeftOut};

/// A condition on the rows of a table, with one parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tie {
    /// By the id of the account.
    Customer(&'static str),
    /// By the folded address.
    Email(&'static str),
}

/// The name, e-mail address and articles of a withdrawal stand in one line, as the flow writes it: `order, name, address: articles`. Compared
/// by replacing, because an address may hold what is a pattern for `like`.
pub const WITHDRAWAL_NAMES: &str =
    "kind = 'withdrawn' and lower(detail) || ':' <> replace(lower(detail) || ':', ', ' || $1 || ':', '')";

/// How the rows of a table are hers; `None` when nobody said.
pub fn tie(table: &Table) -> Option<Tie> {
    let has = |wanted: &str| table.columns.iter().any(|(column, _)| *column == wanted);
    Some(match table.name {
        "customers" => Tie::Customer("id = $1"),
        "carts" => Tie::Customer("id in (select cart_id from sessions where customer_id = $1)"),
        "tasks" => Tie::Email(WITHDRAWAL_NAMES),
        _ if has("customer_id") => Tie::Customer("customer_id = $1"),
        _ if has("email_folded") => Tie::Email("email_folded = $1"),
        _ if has("order_id") => Tie::Customer("order_id in (select id from orders where customer_id = $1)"),
        _ if has("cart_id") => Tie::Customer("cart_id in (select cart_id from sessions where customer_id = $1)"),
        _ => return None,
    })
}

/// The number of the order that a row belongs to.
pub fn order_of(table: &Table) -> &'static str {
    let has = |wanted: &str| table.columns.iter().any(|(column, _)| *column == wanted);
    match table.name {
        "orders" => "number",
        _ if has("order_id") => "(select orders.number from orders where orders.id = order_id)",
        _ => "null",
    }
}

/// What is read of a column, as text. A size is said as it is on the label, not by its id.
pub fn expression(column: &str) -> String {
    match column {
        "variant_id" => {
            "(select variants.sku || ', maat ' || variants.size from variants where variants.id = variant_id)"
                .to_owned()
        }
        other => format!("cast({other} as text)"),
    }
}

/// Who works in the shop sees her own in the dashboard, behind both factors: a code by mail alone opens none of it.
const AT_THE_DESK: &str = "Gaat over wie in de winkel werkt; die ziet het na inloggen in de winkel zelf.";

fn shown((name, class): &'static Column) -> Option<HeldColumn> {
    match *class {
        Class::Personal { purpose, categories, retention, export: Export::Yes } if purpose != Purpose::Team => {
            Some(HeldColumn { name, purpose, categories, retention })
        }
        _ => None,
    }
}

/// Tables of which a shopper gets to see something, with those columns.
pub fn shown_tables() -> impl Iterator<Item = (Table, Vec<HeldColumn>)> {
    tables().filter_map(|table| {
        let columns: Vec<HeldColumn> = table.columns.iter().filter_map(shown).collect();
        (!columns.is_empty()).then_some((table, columns))
    })
}

/// What she does not get to see.
pub fn left_out() -> Vec<LeftOut> {
    let why = |class: &Class| match *class {
        Class::Personal { export: Export::No(why), .. } => Some(why),
        Class::Personal { purpose: Purpose::Team, .. } => Some(AT_THE_DESK),
        _ => None,
    };
    tables()
        .flat_map(|table| table.columns.iter().map(move |(column, class)| (table.name, *column, class)))
        .filter_map(|(table, column, class)| Some(LeftOut { table, column, why: why(class)? }))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_every_table_that_a_person_sees_it_is_said_whose_its_rows_are() {
        let untied: Vec<&str> =
            shown_tables().filter(|(table, _)| tie(table).is_none()).map(|(table, _)| table.name).collect();

        assert_eq!(untied, [""; 0], "say in `tie` how their rows belong to a person");
    }

    #[test]
    fn every_column_about_persons_is_shown_or_has_a_reason_why_not() {
        let personal = tables()
            .flat_map(|table| table.columns)
            .filter(|(_, class)| matches!(class, Class::Personal { .. }))
            .count();

        let shown: usize = shown_tables().map(|(_, columns)| columns.len()).sum();

        assert_eq!(shown + left_out().len(), personal);
        assert!(left_out().iter().all(|left| left.why.ends_with('.')));
    }
}
