//! From the bytes of a file to a picture we trust: checked, upright, opaque, sRGB and not larger than we can use.

use std::io::Cursor;

use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, RgbImage};
use sha2::{Digest, Sha256};

use crate::colour;
use crate::error::PictureError;
use crate::format::recognise;
use crate::size::{height_at, resize};
use crate::truncation::is_cut_off;

/// What may come in. The default fits any camera or phone and keeps the server's memory safe.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Size of the file in bytes; 20 MB.
    pub max_bytes: usize,
    /// Width times height; 40 million.
    pub max_pixels: u64,
    /// Memory for the decoded picture in bytes; 192 MiB: 40 million pixels of 3 bytes, with room to work.
    pub max_alloc: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { max_bytes: 20_000_000, max_pixels: 40_000_000, max_alloc: 192 * 1024 * 1024 }
    }
}

/// How many times longer than the other one side of a picture may be.
pub const MAX_RATIO: u32 = 8;

/// Wider pictures are brought back to this at once: twice the widest file we make, so nothing can be seen of it, and a
/// picture waiting in the background takes 15 MB instead of 120.
const KEPT_WIDTH: u32 = 2560;

/// Hexadecimal digits of a key: 64 bits, plenty for the pictures of one shop.
const KEY_LENGTH: usize = 16;

/// A picture ready to be made into files: upright, opaque, 8-bit sRGB, without any metadata.
#[derive(Clone)]
pub struct Decoded {
    key: String,
    width: u32,
    height: u32,
    dominant: [u8; 3],
    pixels: RgbImage,
}

impl Decoded {
    /// The name of the picture: the first 16 hexadecimal digits of the SHA-256 of the file it came from.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Width of the upright original in pixels.
    pub fn width(&self) -> u32 {
        self.width
    }

    /// Height of the upright original in pixels.
    pub fn height(&self) -> u32 {
        self.height
    }

    /// The colour the picture has most of, as red, green, blue: shown while it loads.
    pub fn dominant(&self) -> [u8; 3] {
        self.dominant
    }

    /// The picture `width` pixels wide, or as wide as it is when that is less.
    pub(crate) fn at_width(&self, width: u32) -> Result<std::borrow::Cow<'_, RgbImage>, PictureError> {
        let width = width.min(self.pixels.width());
        resize(&self.pixels, width, height_at(width, self.width, self.height))
    }
}

impl std::fmt::Debug for Decoded {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Decoded({}, {} x {})", self.key, self.width, self.height)
    }
}

/// The key of the picture in this file, without decoding it: to see whether it is known already.
pub fn key_of(bytes: &[u8]) -> String {
    let mut key = hex::encode(Sha256::digest(bytes));
    key.truncate(KEY_LENGTH);
    key
}

/// Decodes a JPEG, PNG or WebP file, recognised by its content. The EXIF orientation and the colour profile are applied;
/// they and all other metadata (place, camera, owner) stay behind. An animation gives its first picture.
///
/// Fails when the file is too large in bytes, pixels, memory or shape, is something else, stops early or makes no sense.
/// Sizes are checked before anything is decoded.
pub fn inspect(bytes: &[u8], limits: &Limits) -> Result<Decoded, PictureError> {
    if bytes.len() > limits.max_bytes {
        return Err(PictureError::TooManyBytes { bytes: bytes.len(), max_bytes: limits.max_bytes });
    }
    let format = recognise(bytes).map_err(PictureError::NotAccepted)?;
    if is_cut_off(bytes, format) {
        return Err(PictureError::Truncated);
    }
    let (pixels, width, height) = decode(bytes, format, limits)?;
    Ok(Decoded { key: key_of(bytes), width, height, dominant: colour::dominant(&pixels), pixels })
}

/// The pixels, at most [`KEPT_WIDTH`] wide, and the width and height of the upright original.
fn decode(bytes: &[u8], format: ImageFormat, limits: &Limits) -> Result<(RgbImage, u32, u32), PictureError> {
    let explain = |error| explain(error, limits);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut decoder_limits = image::Limits::default();
    decoder_limits.max_alloc = Some(limits.max_alloc);
    reader.limits(decoder_limits);
    let mut decoder = reader.into_decoder().map_err(explain)?;

    let (stored_width, stored_height) = decoder.dimensions();
    check_size(stored_width, stored_height, limits)?;
    if decoder.total_bytes() > limits.max_alloc {
        return Err(PictureError::TooMuchMemory { max_alloc: limits.max_alloc });
    }

    // Neither is worth refusing a picture for: cameras write strange metadata.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let profile = decoder.icc_profile().ok().flatten();
    let stored = colour::flatten(DynamicImage::from_decoder(decoder).map_err(explain)?);

    let turned = is_turned(orientation);
    let (width, height) = if turned { (stored_height, stored_width) } else { (stored_width, stored_height) };
    let kept_width = width.min(KEPT_WIDTH);
    let kept_height = height_at(kept_width, width, height);
    let (kept_across, kept_down) = if turned { (kept_height, kept_width) } else { (kept_width, kept_height) };
    let mut kept = if stored.dimensions() == (kept_across, kept_down) {
        stored
    } else {
        resize(&stored, kept_across, kept_down)?.into_owned()
    };

    if let Some(profile) = profile {
        colour::to_srgb(&mut kept, &profile);
    }
    let mut upright = DynamicImage::ImageRgb8(kept);
    upright.apply_orientation(orientation);
    Ok((upright.into_rgb8(), width, height))
}

fn check_size(width: u32, height: u32, limits: &Limits) -> Result<(), PictureError> {
    if u64::from(width) * u64::from(height) > limits.max_pixels {
        return Err(PictureError::TooManyPixels { width, height, max_pixels: limits.max_pixels });
    }
    if width.max(height) / MAX_RATIO > width.min(height) {
        return Err(PictureError::Strip { width, height });
    }
    Ok(())
}

/// Whether width and height change places.
fn is_turned(orientation: Orientation) -> bool {
    matches!(
        orientation,
        Orientation::Rotate90 | Orientation::Rotate270 | Orientation::Rotate90FlipH | Orientation::Rotate270FlipH
    )
}

fn explain(error: ImageError, limits: &Limits) -> PictureError {
    match error {
        ImageError::Limits(_) => PictureError::TooMuchMemory { max_alloc: limits.max_alloc },
        ImageError::IoError(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => PictureError::Truncated,
        other => PictureError::Broken(other.to_string()),
    }
}
