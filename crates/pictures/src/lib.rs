//! Turns an uploaded or imported picture into the files a web page shows: AVIF, WebP and JPEG at a few widths.
//!
//! Everything here is slow, blocking and pure apart from the files written to the folder that is handed in: callers run
//! it outside the async threads. What is not here: where originals are kept, which product a picture belongs to, and the
//! `<picture>` element.
//!
//! ```no_run
//! use shop_pictures::{Format, Limits, file_name, inspect, make_avif, make_fast};
//!
//! # fn main() -> Result<(), shop_pictures::PictureError> {
//! let upload = std::fs::read("romper.jpg").unwrap_or_default();
//! let folder = std::path::Path::new("pictures");
//! let decoded = inspect(&upload, &Limits::default())?;
//! let picture = make_fast(&decoded, folder)?; // a second or so: the page can show these at once
//! make_avif(&decoded, folder)?; // seconds to tens of seconds: from a background job
//! let grid = file_name(&picture.key, 640, Format::WebP);
//! # Ok(()) }
//! ```

mod colour;
mod decode;
mod derive;
mod encode;
mod error;
mod format;
mod place;
mod size;
mod truncation;

pub use decode::{Decoded, Limits, MAX_RATIO, inspect, key_of};
pub use derive::{Picture, is_complete, make_avif, make_fast};
pub use error::{NotAccepted, PictureError};
pub use format::{Format, file_name};
pub use size::{WIDTHS, height_at, widths_for};
