//! A shop without products, a folder for pictures, and pictures of a few pixels.

use flate2::Crc;
use flate2::write::ZlibEncoder;
use shop_core::catalog::Product;
use shop_core::time::{Day, Seconds, Timestamp};
use shop_flows::job::Job;
use shop_flows::ports::{Clock, Random, Store};
use shop_server::import::{ImportError, ImportOptions, Progress, Report, import};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use tempfile::TempDir;
use uuid::Uuid;

/// Every look at it is a minute later.
#[derive(Default)]
struct TickingClock(AtomicU32);

impl Clock for TickingClock {
    fn now(&self) -> Timestamp {
        let minutes = i64::from(self.0.fetch_add(1, Ordering::Relaxed));
        Timestamp::from_micros(1_795_000_000_000_000).plus(Seconds::minutes(minutes))
    }

    fn day(&self, at: Timestamp) -> Day {
        Day::from_number(at.seconds() / 86_400)
    }

    fn hour(&self, _: Timestamp) -> u8 {
        12
    }

    fn minute(&self, _: Timestamp) -> u8 {
        0
    }
}

#[derive(Default)]
struct Counting(AtomicU64);

impl Random for Counting {
    fn id(&self) -> Uuid {
        Uuid::from_u128(u128::from(self.0.fetch_add(1, Ordering::Relaxed) + 1))
    }

    fn token(&self) -> [u8; 32] {
        [7; 32]
    }

    fn number(&self, _: u32) -> u32 {
        0
    }
}

pub struct Given {
    store: Arc<dyn Store>,
    clock: TickingClock,
    random: Counting,
    folder: TempDir,
}

impl Given {
    pub async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("in")).unwrap();
        let url = format!("sqlite:{}", folder.path().join("shop.db").display());
        let store = shop_server::store::open(&url).await.unwrap();
        Self { store, clock: TickingClock::default(), random: Counting::default(), folder }
    }

    pub fn images(&self) -> PathBuf {
        self.folder.path().join("in")
    }

    pub fn pictures_dir(&self) -> PathBuf {
        self.folder.path().join("out")
    }

    pub fn file_path(&self) -> PathBuf {
        self.folder.path().join("products.csv")
    }

    pub fn file(&self, text: &str) -> PathBuf {
        fs::write(self.file_path(), text).unwrap();
        self.file_path()
    }

    /// Puts a picture into the folder; another number is another picture.
    pub fn picture(&self, name: &str, number: u8) -> Vec<u8> {
        let place = self.images().join(name);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(place, png(number)).unwrap();
        png(number)
    }

    pub fn options(&self, file: impl AsRef<Path>) -> ImportOptions {
        ImportOptions {
            file: file.as_ref().to_owned(),
            images: None,
            pictures_dir: self.pictures_dir(),
            dry_run: false,
            set_stock: false,
            actor: "test".to_owned(),
            avif: false,
        }
    }

    pub fn with_images(&self, file: impl AsRef<Path>) -> ImportOptions {
        ImportOptions { images: Some(self.images()), ..self.options(file) }
    }

    pub async fn import(&self, options: ImportOptions) -> Result<Report, ImportError> {
        self.import_telling(options, &mut |_| {}).await
    }

    pub async fn import_text(&self, text: &str) -> Result<Report, ImportError> {
        self.import(self.options(self.file(text))).await
    }

    pub async fn import_telling(
        &self,
        options: ImportOptions,
        progress: &mut (dyn FnMut(Progress) + Send),
    ) -> Result<Report, ImportError> {
        import(&self.store, &self.clock, &self.random, &options, progress).await
    }

    pub async fn products(&self) -> Vec<Product> {
        self.store.read().await.unwrap().products().await.unwrap()
    }

    pub async fn version(&self) -> i64 {
        self.store.read().await.unwrap().catalogue_version().await.unwrap()
    }

    /// Takes all jobs that wait.
    pub async fn jobs(&self) -> Vec<Job> {
        let mut tx = self.store.begin().await.unwrap();
        let now = self.clock.now().plus(Seconds::days(1));
        let mut jobs = Vec::new();
        while let Some(claimed) = tx.claim(now, now.plus(Seconds::hours(1))).await.unwrap() {
            tx.finish(claimed.id).await.unwrap();
            jobs.push(claimed.job);
        }
        tx.commit().await.unwrap();
        jobs
    }
}

pub fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

/// A PNG of 40 x 30 pixels in one colour.
pub fn png(number: u8) -> Vec<u8> {
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    let size = [40_u32.to_be_bytes(), 30_u32.to_be_bytes()].concat();
    chunk(&mut file, b"IHDR", &[size.as_slice(), &[8, 2, 0, 0, 0]].concat());
    let line = [&[0_u8][..], &[number, 100, 110].repeat(40)].concat();
    let mut pixels = ZlibEncoder::new(Vec::new(), flate2::Compression::none());
    pixels.write_all(&line.repeat(30)).unwrap();
    chunk(&mut file, b"IDAT", &pixels.finish().unwrap());
    chunk(&mut file, b"IEND", &[]);
    file
}

fn chunk(file: &mut Vec<u8>, kind: &[u8; 4], data: &[u8]) {
    let mut sum = Crc::new();
    sum.update(kind);
    sum.update(data);
    file.extend(u32::try_from(data.len()).unwrap().to_be_bytes());
    file.extend(kind);
    file.extend(data);
    file.extend(sum.sum().to_be_bytes());
}
