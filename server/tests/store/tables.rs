//! Both migrations make the same tables.

use super::base;
use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection};
use std::collections::BTreeMap;

/// Whether a column may be null, by `table.column`.
pub type Columns = BTreeMap<String, bool>;

#[tokio::test]
async fn both_engines_have_the_same_tables_columns_and_nullability() {
    let sqlite = on_sqlite().await;
    assert!(sqlite.contains_key("jobs.job_key") && sqlite.len() > 150, "{} columns", sqlite.len());

    let Some(postgres) = on_postgres().await else { return };
    assert_eq!(sqlite, postgres);
}

pub async fn on_sqlite() -> Columns {
    let base = base::sqlite().await;
    let mut connection = SqliteConnection::connect(&base.url).await.expect("the file is there");
    columns_of(&mut connection).await
}

pub async fn columns_of(connection: &mut SqliteConnection) -> Columns {
    let tables: Vec<(String, i64)> = sqlx::query_as("select name, strict from pragma_table_list where schema = 'main' and name not like 'sqlite%' and name not like '_sqlx%'")
        .fetch_all(&mut *connection)
        .await
        .expect("a list of tables");
    let mut columns = Columns::new();
    for (table, strict) in tables {
        assert_eq!(strict, 1, "{table} is strict");
        let rows: Vec<(String, bool)> =
            sqlx::query_as(AssertSqlSafe(format!("select name, \"notnull\" from pragma_table_info('{table}')")))
                .fetch_all(&mut *connection)
                .await
                .expect("its columns");
        columns.extend(rows.into_iter().map(|(column, not_null)| (format!("{table}.{column}"), !not_null)));
    }
    columns
}

pub async fn on_postgres() -> Option<Columns> {
    let base = base::postgres().await?;
    let mut connection = PgConnection::connect(&base.url).await.expect("the schema is there");
    let rows: Vec<(String, String, String)> = sqlx::query_as(
        "select table_name::text, column_name::text, is_nullable::text
         from information_schema.columns
         where table_schema = current_schema() and table_name not like '\\_sqlx%'",
    )
    .fetch_all(&mut connection)
    .await
    .expect("a list of columns");
    base.remove().await;
    Some(rows.into_iter().map(|(table, column, nullable)| (format!("{table}.{column}"), nullable == "YES")).collect())
}
