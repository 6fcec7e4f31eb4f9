//! Pictures of the home page. They belong to no product, so they stand in a small file beside the pictures.

use super::ImportError;
use serde::{Deserialize, Serialize};
use shop_core::catalog::Picture;
use shop_pictures::{Format, is_complete};
use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// Name (`hero-baby`, `tegel-jurken`) and picture.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Decor(pub BTreeMap<String, Picture>);

fn place(pictures_dir: &Path) -> PathBuf {
    pictures_dir.join("decor.json")
}

/// The pictures of the home page by name. Empty when there are none; also, with a warning in the log, when the file cannot be
/// read: a home page without pictures is better than none. Whether AVIF files exist is looked up, because the job that makes
/// them does not know this file.
pub fn read_decor(pictures_dir: &Path) -> BTreeMap<String, Picture> {
    let bytes = match fs::read(place(pictures_dir)) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound => return BTreeMap::new(),
        Err(error) => {
            tracing::warn!(%error, "decor.json cannot be read");
            return BTreeMap::new();
        }
    };
    let Decor(mut decor) = serde_json::from_slice(&bytes).unwrap_or_else(|error| {
        tracing::warn!(%error, "decor.json makes no sense");
        Decor::default()
    });
    for picture in decor.values_mut() {
        picture.has_avif = is_complete(pictures_dir, &picture.key, &picture.widths, Format::Avif);
    }
    decor
}

/// Writes the file in one step.
pub(super) fn write(pictures_dir: &Path, decor: &Decor) -> Result<(), ImportError> {
    let path = place(pictures_dir);
    let beside = path.with_extension("tmp");
    // Strings and numbers always have a JSON form; the error is carried on all the same.
    let json = serde_json::to_vec_pretty(decor).map_err(std::io::Error::from);
    json.and_then(|json| fs::write(&beside, json))
        .and_then(|()| fs::rename(&beside, &path))
        .map_err(|source| ImportError::Unwritable { path, source })
}
