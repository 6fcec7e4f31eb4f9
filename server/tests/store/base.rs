//! Empty databases, one per claim.

use shop_flows::ports::Store;
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use std::io::Write;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Once};

pub struct Base {
    pub store: Arc<dyn Store>,
    pub url: String,
    _folder: Option<tempfile::TempDir>,
    schema: Option<(String, String)>,
}

pub async fn sqlite() -> Base {
    let folder = tempfile::tempdir().expect("a folder");
    let url = format!("sqlite:{}", folder.path().join("shop.db").display());
    let store = shop_server::store::open(&url).await.expect("a new file");
    Base { store, url, _folder: Some(folder), schema: None }
}

static NEXT: AtomicU32 = AtomicU32::new(1);

/// `None`, with a note, when no server was named.
#[expect(clippy::disallowed_methods, reason = "a test has no settings")]
pub async fn postgres() -> Option<Base> {
    let Ok(server) = std::env::var("TEST_DATABASE_URL") else {
        static NOTE: Once = Once::new();
        // Not `eprintln`: the test runner would hide it.
        NOTE.call_once(|| {
            let _ = writeln!(
                std::io::stderr(),
                "note: PostgreSQL is not tested; set TEST_DATABASE_URL=postgres://… to test it"
            );
        });
        return None;
    };
    // A claim that failed left its schema behind, to be looked at; the same name may come again after a while.
    let schema = format!("claim_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    let mut connection = PgConnection::connect(&server).await.expect("the server answers");
    let create = format!("drop schema if exists {schema} cascade; create schema {schema}");
    sqlx::raw_sql(AssertSqlSafe(create)).execute(&mut connection).await.expect("a new schema");
    let joint = if server.contains('?') { '&' } else { '?' };
    let url = format!("{server}{joint}options[search_path]={schema}");
    let store = shop_server::store::open(&url).await.expect("an empty schema");
    Some(Base { store, url, _folder: None, schema: Some((server, schema)) })
}

impl Base {
    pub async fn remove(self) {
        if let Some((server, schema)) = self.schema {
            let mut connection = PgConnection::connect(&server).await.expect("the server answers");
            let drop = AssertSqlSafe(format!("drop schema {schema} cascade"));
            sqlx::raw_sql(drop).execute(&mut connection).await.expect("the schema is ours");
        }
    }
}
