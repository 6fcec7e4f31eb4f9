//! A shop on a PostgreSQL server, 15 or newer.

use super::DbStore;
use super::error::{from_migration, from_sqlx};
use shop_flows::ports::StoreError;
use sqlx::Postgres;
use sqlx::migrate::Migrator;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use std::str::FromStr;
use std::time::Duration;

static MIGRATIONS: Migrator = sqlx::migrate!("migrations/postgres");

/// Pages wait at most this long for a connection; after that it is better to say so.
const PATIENCE: Duration = Duration::from_secs(5);
const CONNECTIONS: u32 = 10;

/// Reaches the server and brings the tables up to date. Several programs may start at once: the migrations wait for each other.
pub(super) async fn connect(url: &str) -> Result<DbStore<Postgres>, StoreError> {
    let options = PgConnectOptions::from_str(url)
        .map_err(from_sqlx)?
        .application_name("allgems")
        .statement_cache_capacity(200)
        // No query of a shop takes this long, and nobody may hold a row while doing nothing.
        .options([
            ("statement_timeout", "15s"),
            ("lock_timeout", "5s"),
            ("idle_in_transaction_session_timeout", "30s"),
        ]);

    let pool = PgPoolOptions::new()
        .max_connections(CONNECTIONS)
        .acquire_timeout(PATIENCE)
        .idle_timeout(Duration::from_secs(600))
        .max_lifetime(Duration::from_secs(3600))
        .connect_with(options)
        .await
        .map_err(from_sqlx)?;
    MIGRATIONS.run(&pool).await.map_err(|error| from_migration(&error))?;
    Ok(DbStore { writer: pool.clone(), reader: pool })
}
