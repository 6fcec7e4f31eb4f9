//! Why a picture was refused or could not be written.

use std::path::PathBuf;

/// What is wrong with a picture, with the facts; the sentence for the shop owner is made elsewhere.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    /// The file is larger than [`Limits::max_bytes`](crate::Limits::max_bytes).
    #[error("the file has {bytes} bytes, {max_bytes} are allowed")]
    TooManyBytes { bytes: usize, max_bytes: usize },
    /// The picture has more pixels than [`Limits::max_pixels`](crate::Limits::max_pixels); found before decoding.
    #[error("the picture has {width} x {height} pixels, {max_pixels} in all are allowed")]
    TooManyPixels { width: u32, height: u32, max_pixels: u64 },
    /// Decoding would take more memory than [`Limits::max_alloc`](crate::Limits::max_alloc).
    #[error("decoding needs more than {max_alloc} bytes of memory")]
    TooMuchMemory { max_alloc: u64 },
    /// A strip: one side is more than [`MAX_RATIO`](crate::MAX_RATIO) times the other. Nothing on a page shows
    /// such a picture, and WebP cannot hold the tall ones.
    #[error("a picture of {width} x {height} is too narrow or too wide")]
    Strip { width: u32, height: u32 },
    /// The content (never the name) is not JPEG, PNG or WebP.
    #[error("not a JPEG, PNG or WebP picture: {0}")]
    NotAccepted(NotAccepted),
    /// The file stops before the picture does, as after a broken upload.
    #[error("the file ends before the picture does")]
    Truncated,
    /// The format is right, the content makes no sense to the decoder.
    #[error("the picture cannot be decoded: {0}")]
    Broken(String),
    /// An encoder or the resizer gave up; does not happen with a decoded picture unless memory is short.
    #[error("the {what} could not be made: {reason}")]
    Encoding { what: &'static str, reason: String },
    /// The folder or a file in it could not be written.
    #[error("cannot write {path}: {source}", path = path.display())]
    Disk { path: PathBuf, source: std::io::Error },
}

/// What a refused file turned out to be, so the owner can be told what to do about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAccepted {
    /// An animation format with 256 colours; export as JPEG.
    #[error("GIF")]
    Gif,
    /// A drawing that can carry scripts, so it is never served from the shop.
    #[error("SVG")]
    Svg,
    /// A web page, usually saved in place of the picture.
    #[error("HTML")]
    Html,
    /// The default of iPhones; "most compatible" in the camera settings gives JPEG.
    #[error("HEIC")]
    Heic,
    /// We write AVIF, we do not read it.
    #[error("AVIF")]
    Avif,
    #[error("TIFF")]
    Tiff,
    #[error("BMP")]
    Bmp,
    #[error("PDF")]
    Pdf,
    #[error("an empty file")]
    Empty,
    #[error("unknown content")]
    Unknown,
}
