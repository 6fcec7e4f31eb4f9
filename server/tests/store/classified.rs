//! Every column of the real tables is in the register, and every line of the register has a column.

use super::base;
use super::tables::{on_postgres, on_sqlite};
use shop_core::privacy::{Category, Purpose, Retention, Standing};
use shop_server::store::columns::{Class, tables};
use std::collections::BTreeSet;

fn classified() -> BTreeSet<String> {
    tables().flat_map(|table| table.columns.iter().map(move |(column, _)| format!("{}.{column}", table.name))).collect()
}

fn personal() -> impl Iterator<Item = (String, Purpose, &'static [Category], Retention)> {
    tables().flat_map(|table| {
        table.columns.iter().filter_map(move |(column, class)| match *class {
            Class::Personal { purpose, categories, retention, .. } => {
                Some((format!("{}.{column}", table.name), purpose, categories, retention))
            }
            Class::Impersonal(_) => None,
        })
    })
}

#[tokio::test]
async fn every_column_of_both_engines_is_classified_and_no_line_is_without_a_column() {
    let lines: usize = tables().map(|table| table.columns.len()).sum();
    assert_eq!(lines, classified().len(), "a column is classified twice");

    let sqlite: BTreeSet<String> = on_sqlite().await.into_keys().collect();
    assert_eq!(missing(&sqlite), (Vec::new(), Vec::new()), "(not classified, without a column) on SQLite");

    let Some(postgres) = on_postgres().await else { return };
    let postgres: BTreeSet<String> = postgres.into_keys().collect();
    assert_eq!(missing(&postgres), (Vec::new(), Vec::new()), "(not classified, without a column) on PostgreSQL");
}

fn missing(real: &BTreeSet<String>) -> (Vec<String>, Vec<String>) {
    let lines = classified();
    (real.difference(&lines).cloned().collect(), lines.difference(real).cloned().collect())
}

#[tokio::test]
async fn a_column_that_nobody_classified_is_found() {
    let base = base::sqlite().await;
    let mut connection =
        <sqlx::SqliteConnection as sqlx::Connection>::connect(&base.url).await.expect("the file is there");
    sqlx::query("alter table customers add column birthday integer").execute(&mut connection).await.expect("added");

    let real: BTreeSet<String> = super::tables::columns_of(&mut connection).await.into_keys().collect();

    assert_eq!(missing(&real), (vec!["customers.birthday".to_owned()], Vec::new()));
}

#[test]
fn a_column_serves_a_purpose_that_the_statement_tells_with_its_kinds_and_period() {
    for (column, purpose, categories, retention) in personal() {
        assert_eq!(
            purpose.standing(),
            Standing::Now,
            "{column} serves {}, of which no text says anything",
            purpose.name()
        );
        assert!(!categories.is_empty(), "{column} is of no kind");
        for category in categories {
            assert!(
                purpose.categories().contains(category),
                "{column}: {category:?} is not told of {}",
                purpose.name()
            );
        }
        assert!(purpose.retentions().contains(&retention), "{column}: {retention:?} is not told of {}", purpose.name());
        assert_eq!(retention.standing(), Standing::Now, "{column} is kept for a period that no text tells");
    }
}

#[test]
fn what_the_statement_tells_is_kept_somewhere() {
    let kept: BTreeSet<(Purpose, Category)> = personal()
        .flat_map(|(_, purpose, categories, _)| categories.iter().map(move |kind| (purpose, *kind)))
        .collect();

    for purpose in Purpose::ALL.into_iter().filter(|purpose| purpose.standing() == Standing::Now) {
        for category in purpose.categories() {
            assert!(
                kept.contains(&(purpose, *category)),
                "{} tells of {category:?}, and no column holds it",
                purpose.name()
            );
        }
    }
}

#[test]
fn the_schedule_says_what_housekeeping_does() {
    assert_eq!(Retention::Session.length(), Some(shop_flows::visitor::SESSION_LENGTH));
    assert_eq!(Retention::UnconfirmedAlert.length(), Some(shop_flows::alerts::TIME_TO_CONFIRM));
    assert_eq!(Retention::UnconfirmedLetter.length(), Some(shop_flows::newsletter::UNCONFIRMED_FOR));
    assert_eq!(Retention::Alert.length(), Some(shop_flows::alerts::LONGEST_WAIT));
}
