//! Errors of the driver in the words of the port.

use shop_flows::ports::StoreError;
use sqlx::Error;
use sqlx::error::ErrorKind;
use sqlx::migrate::MigrateError;

/// What an error of the driver means to a flow. Texts of databases name tables and constraints, never values.
pub(super) fn from_sqlx(error: Error) -> StoreError {
    match &error {
        Error::Database(database) if database.is_unique_violation() => StoreError::Duplicate,
        Error::Database(database) => match (database.code().as_deref(), database.kind()) {
            // PostgreSQL: serialization failure, deadlock. The other one went on; trying again is the cure.
            (Some("40001" | "40P01"), _) => StoreError::Conflict,
            (Some(code), ErrorKind::Other) if is_out_of_order(code) => {
                StoreError::Unavailable(database.message().to_owned())
            }
            _ => StoreError::Broken(database.message().to_owned()),
        },
        Error::RowNotFound
        | Error::TypeNotFound { .. }
        | Error::ColumnIndexOutOfBounds { .. }
        | Error::ColumnNotFound(_)
        | Error::ColumnDecode { .. }
        | Error::Encode(_)
        | Error::Decode(_) => StoreError::Broken(error.to_string()),
        _ => StoreError::Unavailable(error.to_string()),
    }
}

/// Why the tables could not be brought up to date.
pub(super) fn from_migration(error: &MigrateError) -> StoreError {
    StoreError::Unavailable(format!("a migration failed: {error}"))
}

/// Whether the database says that it cannot serve now. SQLite gives (extended) result codes, where the low byte is the kind:
/// 5 busy, 6 locked, 10 I/O, 13 full, 14 cannot open. PostgreSQL gives SQLSTATE classes: 08 connection, 53 resources,
/// 55 lock timeout, 57 statement timeout and shutdown, 58 system.
fn is_out_of_order(code: &str) -> bool {
    if code.len() == 5 {
        return ["08", "53", "55", "57", "58"].iter().any(|class| code.starts_with(class));
    }
    code.parse::<i32>().is_ok_and(|code| matches!(code & 0xff, 5 | 6 | 10 | 13 | 14))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn busy_databases_are_unavailable_and_wrong_statements_are_not() {
        for code in ["5", "517", "6", "13", "53300", "57014", "55P03", "08006"] {
            assert!(is_out_of_order(code), "{code}");
        }
        for code in ["1", "8", "19", "42601", "25006"] {
            assert!(!is_out_of_order(code), "{code}");
        }
    }
}
