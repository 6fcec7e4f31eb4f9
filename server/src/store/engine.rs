//! What a database must offer us, and the dialect that all queries are written in.
//!
//! - `$1`, `$2`; `returning` and a look whether a row came back, instead of counting changed rows.
//! - `on conflict … do nothing returning …` for what may exist already: an insert that fails would end the transaction on
//!   PostgreSQL, while on SQLite it would not.
//! - `cast(sum(…) as bigint)`: PostgreSQL adds up to numeric.
//! - Moments are parameters (microseconds), JSON and folded text come from Rust: no `now()`, no `lower()`, no JSON operators.
//! - A `version` column, or an update that changes nothing, where others must wait; never `for update`.

use sqlx::{Database, Decode, Encode, FromRow, IntoArguments, Postgres, Sqlite, Type};

/// A database this shop can live on.
pub(super) trait Engine: Database<Arguments: IntoArguments<Self>> {
    /// How a transaction that will write begins. On SQLite it takes the write lock first: a read that turns into a write later
    /// can fail at once with "locked", whatever the busy timeout is.
    const BEGIN: &'static str;
    /// How a transaction that only reads begins: all its queries see the same moment.
    const READ: &'static str;
    /// Where the planner keeps samples of rows: how many such tables there are, and what empties them. They hold what stood in indexes, and
    /// would outlive the rows. PostgreSQL takes new samples by itself after changes.
    const SAMPLES: Option<(&'static str, &'static str)>;
    /// What empties the file in which changes wait for theirs, and says first whether somebody was in the way. PostgreSQL gives old pages
    /// out again by itself, and its log to whoever keeps the server.
    const SCRUB: Option<&'static str>;
}

impl Engine for Sqlite {
    const BEGIN: &'static str = "begin immediate";
    const READ: &'static str = "begin deferred";
    const SAMPLES: Option<(&'static str, &'static str)> =
        Some(("select count(*) from sqlite_master where name = 'sqlite_stat4'", "delete from sqlite_stat4"));
    const SCRUB: Option<&'static str> = Some("pragma wal_checkpoint(truncate)");
}

impl Engine for Postgres {
    const BEGIN: &'static str = "begin";
    const READ: &'static str = "begin isolation level repeatable read read only";
    const SAMPLES: Option<(&'static str, &'static str)> = None;
    const SCRUB: Option<&'static str> = None;
}

/// A Rust type that can be a column on `DB`.
pub(super) trait Column<DB: Database>: for<'q> Encode<'q, DB> + for<'r> Decode<'r, DB> + Type<DB> {}
impl<DB: Database, T> Column<DB> for T where T: for<'q> Encode<'q, DB> + for<'r> Decode<'r, DB> + Type<DB> {}

/// A struct that can be a row on `DB`.
pub(super) trait Row<DB: Database>: for<'r> FromRow<'r, DB::Row> + Send + Unpin {}
impl<DB: Database, T> Row<DB> for T where T: for<'r> FromRow<'r, DB::Row> + Send + Unpin {}
