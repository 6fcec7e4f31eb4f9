//! The program under test, its files and its addresses; and a source of chance.

use crate::goods::{DRESSES, SHELF};
use serde_json::Value;
use shop_core::time::Timestamp;
use sqlx::sqlite::{SqliteConnectOptions, SqlitePool, SqlitePoolOptions};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::str::FromStr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tokio::process::{Child, Command};

/// A small source of chance. With several users at once a seed gives the same numbers, but not to the same users.
pub struct Chance(AtomicU64);

impl Chance {
    pub fn new(seed: u64) -> Self {
        Self(AtomicU64::new(seed | 1))
    }

    pub fn below(&self, end: u64) -> u64 {
        let mut x = self.0.load(Ordering::Relaxed);
        x ^= x << 13;
        x ^= x >> 7;
        x ^= x << 17;
        self.0.store(x, Ordering::Relaxed);
        x % end
    }

    /// Whether something happens that happens so often in a hundred times.
    pub fn percent(&self, often: u64) -> bool {
        self.below(100) < often
    }

    pub fn one_of<T: Copy>(&self, these: &[T]) -> T {
        these[usize::try_from(self.below(u64::try_from(these.len()).unwrap())).unwrap()]
    }

    pub fn milliseconds(&self, from: u64, to: u64) -> Duration {
        Duration::from_millis(from + self.below(to - from))
    }
}

/// The program, its files and its addresses.
pub struct Shop {
    program: PathBuf,
    folder: tempfile::TempDir,
    pub url: String,
    pub sandbox: String,
    addresses: [String; 3],
    pub http: reqwest::Client,
    pub chance: Chance,
    /// A look into the file, past the shop.
    pub rows: SqlitePool,
}

impl Shop {
    pub async fn prepare(program: &str, seed: u64) -> Self {
        shop_server::tls::install();
        let folder = tempfile::tempdir().unwrap();
        fill_shelf(&database(folder.path())).await;
        let ports = [(); 3].map(|()| std::net::TcpListener::bind("127.0.0.1:0").unwrap());
        let addresses = ports.map(|port| port.local_addr().unwrap().to_string());
        let options = SqliteConnectOptions::from_str(&database(folder.path())).unwrap();
        Self {
            // Tests run in the folder of their crate; the name is meant from the root of the project.
            program: Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(program).canonicalize().unwrap(),
            url: format!("http://{}", addresses[0]),
            sandbox: format!("http://{}", addresses[1]),
            addresses,
            http: reqwest::Client::builder()
                .redirect(reqwest::redirect::Policy::none())
                .no_proxy()
                .timeout(Duration::from_secs(10))
                .build()
                .unwrap(),
            chance: Chance::new(seed),
            rows: SqlitePoolOptions::new().connect_with(options.busy_timeout(Duration::from_secs(20))).await.unwrap(),
            folder,
        }
    }

    pub fn database(&self) -> String {
        database(self.folder.path())
    }

    /// Starts the program and waits until it answers.
    pub async fn start(&self) -> Child {
        self.start_ahead(0).await
    }

    /// The same, when so many days have passed.
    pub async fn start_ahead(&self, days: u32) -> Child {
        let [shop, sandbox, mail] = &self.addresses;
        let child = Command::new(&self.program)
            .arg("demo")
            .current_dir(self.folder.path())
            .env("SHOP_ADDR", shop)
            .env("SANDBOX_ADDR", sandbox)
            .env("SANDBOX_SMTP_ADDR", mail)
            .env("SHOP_DATA", self.folder.path())
            .env("SHOP_SECRET", "the secret of a shop that is killed again and again")
            .env("SHOP_LOG", crate::setting("KILL_TEST_LOG").unwrap_or_else(|| "error".to_owned()))
            .env("DEMO_DAYS_AHEAD", days.to_string())
            .env_remove("DATABASE_URL")
            .stdin(Stdio::null())
            .stdout(File::options().create(true).append(true).open(self.said()).unwrap())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let patience = Instant::now() + Duration::from_secs(60);
        while !self
            .http
            .get(format!("{}/readyz", self.url))
            .send()
            .await
            .is_ok_and(|answer| answer.status().is_success())
        {
            assert!(Instant::now() < patience, "the shop does not start");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        child
    }

    /// Where it writes what it says at its starts.
    pub fn said(&self) -> PathBuf {
        self.folder.path().join("said.txt")
    }

    /// What the outside world says under `/_sim`.
    pub async fn outside(&self, path: &str) -> Value {
        self.http.get(format!("{}/_sim/{path}", self.sandbox)).send().await.unwrap().json().await.unwrap()
    }

    /// Something happens in the outside world; nothing when it is not there.
    pub async fn happens_outside(&self, path: &str, what: &Value) {
        let _ = self.http.post(format!("{}/_sim/{path}", self.sandbox)).json(what).send().await;
    }

    /// One number out of the file.
    pub async fn count(&self, query: &'static str) -> i64 {
        sqlx::query_as::<_, (i64,)>(query).fetch_one(&self.rows).await.unwrap().0
    }
}

fn database(folder: &Path) -> String {
    format!("sqlite:{}", folder.join("shop.db").display())
}

/// There are articles, so the demo has nothing to import.
async fn fill_shelf(url: &str) {
    let store = shop_server::store::open(url).await.unwrap();
    let mut tx = store.begin().await.unwrap();
    for (place, dress) in (1..).zip(DRESSES) {
        tx.save_product(&dress.product(), place, Timestamp::from_micros(0)).await.unwrap();
        tx.count_stock(dress.variant(), SHELF, "test", Timestamp::from_micros(0)).await.unwrap();
    }
    tx.commit().await.unwrap();
}
