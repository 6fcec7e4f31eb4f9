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
    /// By what stands for the address where it is not kept.
    Hash(&'static str),
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
        "questions" => Tie::Email("lower(email) = $1"),
        "question_messages" => Tie::Email("question_id in (select id from questions where lower(email) = $1)"),
        "requests" => Tie::Email("lower(contact) = $1"),
        "request_events" => Tie::Email("request_id in (select id from requests where lower(contact) = $1)"),
        "letter_deliveries" => {
            Tie::Email("subscriber_id in (select id from newsletter_subscribers where email_folded = $1)")
        }
        "newsletter_suppressed" => Tie::Hash("address_hash = $1"),
        "newsletter_consents" => Tie::Hash("subject = $1"),
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

/// Which rows of a table an erasure deletes by her address; `None` when it deletes none so. What proves that a right was respected stays its
/// time (AVG art. 5(2)), and what the books need is written anew, not deleted.
pub fn erased_by_address(table: &Table) -> Option<&'static str> {
    let stays = |purpose| {
        matches!(
            purpose,
            Purpose::Proof | Purpose::Books | Purpose::Team | Purpose::Order | Purpose::Payment | Purpose::Account
        )
    };
    let is_code = table.name == "sign_in_codes";
    let has_address = table.columns.iter().any(|(column, _)| *column == "email_folded");
    match table.name {
        "questions" => Some("lower(email) = $1"),
        _ if has_address && (is_code || !purposes(table).any(stays)) => Some("email_folded = $1"),
        _ => None,
    }
}

fn purposes(table: &Table) -> impl Iterator<Item = Purpose> {
    table.columns.iter().filter_map(|(_, class)| match *class {
        Class::Personal { purpose, .. } => Some(purpose),
        Class::Impersonal(_) => None,
    })
}

/// What is read of a column, as text. A size is said as it is on the label, not by its id.
pub fn expression(column: &str) -> String {
    match column {
        "variant_id" => {
            "(select variants.sku || ', maat ' || variants.size from variants where variants.id = variant_id)"
                .to_owned()
        }
        "letter_id" => "(select letters.subject from letters where letters.id = letter_id)".to_owned(),
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

    /// What an erasure does with tables that it does not delete from by the address.
    const TOLD: [(&str, &str); 28] = [
        ("customers", "by the account"),
        ("addresses", "by the account"),
        ("sessions", "by the account, and where they know an order of hers"),
        ("carts", "by the account"),
        ("cart_lines", "with their bag"),
        ("checkout_drafts", "by the account, and by the address in them"),
        ("jobs", "by the address in them"),
        ("tasks", "the words of a withdrawal go"),
        ("orders", "written anew as nobody's"),
        ("order_lines", "the books"),
        ("order_events", "the code of the parcel goes"),
        ("reservations", "let go with the bag; an order that is done has none"),
        ("stock_movements", "the books"),
        ("discount_uses", "the books"),
        ("attempts", "the books; the address of the payment page goes"),
        ("refunds", "the books"),
        ("ledger", "the books"),
        ("bank_bookings", "the books"),
        ("fit_votes", "with their order"),
        ("disclosures", "with their order"),
        ("staff", "nobody who orders"),
        ("staff_links", "nobody who orders"),
        ("audit", "nobody who orders"),
        ("stock_counts", "nobody who orders"),
        ("consent_events", "names nobody"),
        ("erasures", "what an erasure leaves"),
        ("question_messages", "with their question"),
        ("forgetting", "empty outside of one transaction"),
    ];
    /// Of these the newsletter itself decides: the proof of a yes or no outlives the address.
    const OF_THE_LETTER: [&str; 3] = ["letter_deliveries", "newsletter_suppressed", "newsletter_consents"];

    #[test]
    fn of_every_table_about_persons_it_is_said_what_an_erasure_does() {
        let is_proof = |table: &Table| purposes(table).all(|purpose| matches!(purpose, Purpose::Proof | Purpose::Team));
        let unsaid: Vec<&str> = tables()
            .filter(|table| purposes(table).next().is_some() && erased_by_address(table).is_none())
            .filter(|table| !TOLD.iter().any(|(name, _)| *name == table.name) && !OF_THE_LETTER.contains(&table.name))
            .filter(|table| !is_proof(table))
            .map(|table| table.name)
            .collect();

        assert_eq!(unsaid, [""; 0], "say in `erase` and here what becomes of their rows");
        let deleted: Vec<&str> =
            tables().filter(|table| erased_by_address(table).is_some()).map(|table| table.name).collect();
        assert!(deleted.contains(&"stock_alerts") && deleted.contains(&"sign_in_codes"), "{deleted:?}");
        assert!(!deleted.contains(&"orders") && !deleted.contains(&"staff") && !deleted.contains(&"customers"));
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
