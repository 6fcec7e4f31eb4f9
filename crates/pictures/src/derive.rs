//! Makes the files of a picture: the quick formats first, AVIF later.

use std::fs;
use std::path::Path;

use crate::decode::Decoded;
use crate::encode::encode;
use crate::error::PictureError;
use crate::format::{Format, file_name};
use crate::place::put;
use crate::size::{height_at, widths_for};

/// What a page needs to know to show a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// The first part of the names of its files; see [`file_name`].
    pub key: String,
    /// Width of the upright original in pixels.
    pub width: u32,
    /// Height of the upright original in pixels.
    pub height: u32,
    /// Red, green, blue: shown while the picture loads.
    pub dominant: [u8; 3],
    /// The widths there are files of, rising; never empty.
    pub widths: Vec<u32>,
}

impl Picture {
    /// The height of the files that are `width` pixels wide.
    pub fn height_at(&self, width: u32) -> u32 {
        height_at(width, self.width, self.height)
    }

    fn of(decoded: &Decoded) -> Self {
        Self {
            key: decoded.key().to_owned(),
            width: decoded.width(),
            height: decoded.height(),
            dominant: decoded.dominant(),
            widths: widths_for(decoded.width()),
        }
    }
}

/// Makes the JPEG and WebP files at all widths in `folder`, which is created when missing. Files that are there already
/// are left alone, so after an interruption a second run does only what is missing.
pub fn make_fast(decoded: &Decoded, folder: &Path) -> Result<Picture, PictureError> {
    make(decoded, folder, &[Format::WebP, Format::Jpeg])
}

/// Makes the AVIF files at all widths, the smallest first. Takes seconds to tens of seconds on one core: for a
/// background job. Like [`make_fast`], it goes on where an earlier run stopped.
pub fn make_avif(decoded: &Decoded, folder: &Path) -> Result<Picture, PictureError> {
    make(decoded, folder, &[Format::Avif])
}

/// Whether `folder` has the files of `format` in all these widths: offer AVIF to browsers only then.
pub fn is_complete(folder: &Path, key: &str, widths: &[u32], format: Format) -> bool {
    widths.iter().all(|&width| folder.join(file_name(key, width, format)).is_file())
}

fn make(decoded: &Decoded, folder: &Path, formats: &[Format]) -> Result<Picture, PictureError> {
    fs::create_dir_all(folder).map_err(|source| PictureError::Disk { path: folder.to_owned(), source })?;
    let picture = Picture::of(decoded);
    for &width in &picture.widths {
        let missing: Vec<Format> =
            formats.iter().copied().filter(|&format| !is_complete(folder, &picture.key, &[width], format)).collect();
        if missing.is_empty() {
            continue;
        }
        let sized = decoded.at_width(width)?;
        for format in missing {
            put(folder, &file_name(&picture.key, width, format), &encode(&sized, format)?)?;
        }
    }
    Ok(picture)
}
