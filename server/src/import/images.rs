//! Makes the files of pictures before anything is written to the database: two at a time, because decoding takes a core each,
//! and nothing at all for pictures that are known and complete.

use super::ImportError;
use shop_core::catalog::Picture;
use shop_pictures::{
    Decoded, Format, Limits, NotAccepted, PictureError, height_at, inspect, is_complete, key_of, make_fast, widths_for,
};
use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::sync::mpsc;

const WORKERS: usize = 2;

/// A picture, or why it cannot be used, in words for the owner.
pub(super) type Prepared = Result<Picture, String>;

/// What came of the pictures.
#[derive(Debug, Default)]
pub(super) struct Gallery {
    pub by_path: HashMap<PathBuf, Prepared>,
    /// How many were not known yet.
    pub made: usize,
}

/// What a worker needs to know.
pub(super) struct Task {
    pub paths: Vec<PathBuf>,
    /// Where the files go; also the originals, for the AVIF files that are made later.
    pub pictures_dir: PathBuf,
    /// Pictures of the shop by key.
    pub known: HashMap<String, Picture>,
    /// Only look, write nothing.
    pub dry_run: bool,
}

/// Where the original of a picture is kept: its content tells the format. It is never served; it may hold a place and a name.
pub fn original_path(pictures_dir: &Path, key: &str) -> PathBuf {
    pictures_dir.join("originals").join(key)
}

/// Prepares all pictures and tells after each how many are done. Fails when files cannot be read or written; a picture that
/// is no good is no failure.
pub(super) async fn prepare(
    task: Task,
    progress: &mut (dyn FnMut(usize, usize) + Send),
) -> Result<Gallery, ImportError> {
    let total = task.paths.len();
    let task = Arc::new(task);
    let next = Arc::new(AtomicUsize::new(0));
    let (results, mut arriving) = mpsc::channel(WORKERS);
    for _ in 0..WORKERS {
        let (task, next, results) = (Arc::clone(&task), Arc::clone(&next), results.clone());
        tokio::task::spawn_blocking(move || {
            while let Some(path) = task.paths.get(next.fetch_add(1, Ordering::Relaxed)) {
                // Nobody listens any more when the import was stopped or has failed.
                if results.blocking_send((path.clone(), one(path, &task))).is_err() {
                    break;
                }
            }
        });
    }
    drop(results);
    let mut gallery = Gallery::default();
    while let Some((path, result)) = arriving.recv().await {
        let (prepared, is_made) = result?;
        gallery.made += usize::from(is_made);
        gallery.by_path.insert(path, prepared);
        progress(gallery.by_path.len(), total);
    }
    // A worker that panicked took its picture along.
    if gallery.by_path.len() == total { Ok(gallery) } else { Err(ImportError::Stopped) }
}

/// One picture, and whether it was new.
fn one(path: &Path, task: &Task) -> Result<(Prepared, bool), ImportError> {
    let unreadable = |source| ImportError::Unreadable { path: path.to_owned(), source };
    let limits = Limits::default();
    let size = fs::metadata(path).map_err(unreadable)?.len();
    if usize::try_from(size).map_or(true, |size| size > limits.max_bytes) {
        return Ok((Err("het bestand is groter dan 20 MB".to_owned()), false));
    }
    let bytes = fs::read(path).map_err(unreadable)?;
    let key = key_of(&bytes);
    if let Some(known) = task.known.get(&key) {
        let ready =
            [Format::WebP, Format::Jpeg].iter().all(|f| is_complete(&task.pictures_dir, &key, &known.widths, *f));
        if task.dry_run || (ready && original_path(&task.pictures_dir, &key).is_file()) {
            return Ok((Ok(known.clone()), false));
        }
    }
    let decoded = match inspect(&bytes, &limits) {
        Ok(decoded) => decoded,
        Err(error) => return Ok((Err(reason(&error)), false)),
    };
    if !task.dry_run {
        make_fast(&decoded, &task.pictures_dir).map_err(ImportError::Picture)?;
        keep_original(&bytes, &key, &task.pictures_dir)?;
    }
    Ok((Ok(facts(&decoded, &task.pictures_dir)), true))
}

/// Writes the original by way of a file beside it, so that it is whole or not there.
fn keep_original(bytes: &[u8], key: &str, pictures_dir: &Path) -> Result<(), ImportError> {
    let place = original_path(pictures_dir, key);
    if place.is_file() {
        return Ok(());
    }
    let beside = place.with_extension("tmp");
    let written = fs::create_dir_all(pictures_dir.join("originals"))
        .and_then(|()| fs::write(&beside, bytes))
        .and_then(|()| fs::rename(&beside, &place));
    written.map_err(|source| ImportError::Unwritable { path: place, source })
}

fn facts(decoded: &Decoded, pictures_dir: &Path) -> Picture {
    let widths = widths_for(decoded.width());
    let width = widths.last().copied().unwrap_or(decoded.width());
    let [red, green, blue] = decoded.dominant();
    Picture {
        key: decoded.key().to_owned(),
        width,
        height: height_at(width, decoded.width(), decoded.height()),
        has_avif: is_complete(pictures_dir, decoded.key(), &widths, Format::Avif),
        widths,
        dominant: format!("#{red:02x}{green:02x}{blue:02x}"),
        alt: String::new(),
    }
}

/// Why a picture cannot be used.
fn reason(error: &PictureError) -> String {
    match error {
        PictureError::TooManyBytes { .. } => "het bestand is groter dan 20 MB".to_owned(),
        PictureError::TooManyPixels { width, height, .. } => {
            format!("de foto is met {width} × {height} beeldpunten te groot")
        }
        PictureError::TooMuchMemory { .. } => "de foto is te groot".to_owned(),
        PictureError::Strip { width, height } => {
            format!("met {width} × {height} beeldpunten is dit een strook, geen foto")
        }
        PictureError::NotAccepted(NotAccepted::Heic) => {
            "dit is HEIC van een iPhone; bewaar de foto als JPEG".to_owned()
        }
        PictureError::NotAccepted(NotAccepted::Empty) => "het bestand is leeg".to_owned(),
        PictureError::NotAccepted(NotAccepted::Unknown) => "dit is geen foto".to_owned(),
        PictureError::NotAccepted(kind) => format!("dit is {kind}; bewaar de foto als JPEG, PNG of WebP"),
        PictureError::Truncated => "het bestand houdt te vroeg op; kopieer de foto opnieuw".to_owned(),
        PictureError::Broken(_) | PictureError::Encoding { .. } | PictureError::Disk { .. } => {
            "het bestand is beschadigd; kopieer de foto opnieuw".to_owned()
        }
    }
}
