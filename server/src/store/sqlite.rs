//! A shop in one file. One connection writes, four only read; readers and the writer never wait for each other (WAL).

use super::DbStore;
use super::error::{from_migration, from_sqlx};
use crate::private;
use shop_flows::ports::StoreError;
use sqlx::Sqlite;
use sqlx::migrate::Migrator;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use std::path::Path;
use std::str::FromStr;
use std::time::Duration;

static MIGRATIONS: Migrator = sqlx::migrate!("migrations/sqlite");

/// Pages wait at most this long for a connection; after that it is better to say so.
const PATIENCE: Duration = Duration::from_secs(5);
const READERS: u32 = 4;

/// Opens the file, making it when it is not there.
pub(super) async fn connect(url: &str) -> Result<DbStore<Sqlite>, StoreError> {
    let in_memory = url.contains(":memory:") || url.contains("mode=memory");
    let options = SqliteConnectOptions::from_str(url)
        .map_err(from_sqlx)?
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        // A confirmed order must survive a power cut, so each commit waits for the disk.
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(PATIENCE)
        .statement_cache_capacity(200)
        .pragma("temp_store", "MEMORY")
        .pragma("cache_size", "-16000")
        .pragma("journal_size_limit", "67108864")
        // What is deleted is overwritten, not only let go of (AVG art. 17).
        .pragma("secure_delete", "on")
        .optimize_on_close(true, 400_u32);

    if !in_memory {
        keep_private(options.get_filename());
    }
    // The first connection makes the file and its WAL, which the readers cannot.
    let writer = pool(1).connect_with(options.clone()).await.map_err(from_sqlx)?;
    MIGRATIONS.run(&writer).await.map_err(|error| from_migration(&error))?;
    let reader = if in_memory {
        writer.clone()
    } else {
        let options = options.read_only(true).create_if_missing(false).optimize_on_close(false, None::<u32>);
        pool(READERS).connect_with(options).await.map_err(from_sqlx)?
    };
    Ok(DbStore { writer, reader })
}

/// Nobody else on this machine may read orders and addresses. SQLite makes the files beside the database with its permissions; those of
/// an earlier start may be open.
fn keep_private(file: &Path) {
    // When it cannot be made, opening it says why.
    let _ = private::file(file);
    for beside in ["-wal", "-shm", "-journal"] {
        let mut name = file.as_os_str().to_owned();
        name.push(beside);
        private::close_file(Path::new(&name));
    }
}

/// Connections stay: they cost nothing while idle, keep their prepared statements, and with the last one a memory would be gone.
fn pool(connections: u32) -> SqlitePoolOptions {
    SqlitePoolOptions::new()
        .max_connections(connections)
        .min_connections(1)
        .acquire_timeout(PATIENCE)
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
}
