//! The formats that come in, recognised by content, and the formats that go out, with their file names.

use image::ImageFormat;

use crate::error::NotAccepted;

/// A format of the files the browser gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// Smallest, slowest to make; offered once it exists.
    Avif,
    /// What nearly every browser takes.
    WebP,
    /// For mail programs, feeds and old browsers.
    Jpeg,
}

impl Format {
    /// All of them, best first: the order of the `<source>` elements.
    pub const ALL: [Self; 3] = [Self::Avif, Self::WebP, Self::Jpeg];

    /// The file name extension, without a dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Avif => "avif",
            Self::WebP => "webp",
            Self::Jpeg => "jpg",
        }
    }

    /// The media type for `Content-Type` and `<source type>`.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Avif => "image/avif",
            Self::WebP => "image/webp",
            Self::Jpeg => "image/jpeg",
        }
    }
}

/// The name of one file of a picture: `{key}-{width}.{extension}`. The key is a hash of the original, so what a name
/// stands for never changes and browsers may keep it for ever.
pub fn file_name(key: &str, width: u32, format: Format) -> String {
    format!("{key}-{width}.{}", format.extension())
}

/// The format of an incoming file by its first bytes; names and declared media types say nothing.
pub(crate) fn recognise(bytes: &[u8]) -> Result<ImageFormat, NotAccepted> {
    if bytes.is_empty() {
        return Err(NotAccepted::Empty);
    }
    if bytes.starts_with(&[0xFF, 0xD8, 0xFF]) {
        return Ok(ImageFormat::Jpeg);
    }
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        return Ok(ImageFormat::Png);
    }
    if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        return Ok(ImageFormat::WebP);
    }
    Err(refuse(bytes))
}

fn refuse(bytes: &[u8]) -> NotAccepted {
    if bytes.starts_with(b"GIF8") {
        return NotAccepted::Gif;
    }
    if bytes.starts_with(b"%PDF") {
        return NotAccepted::Pdf;
    }
    if bytes.starts_with(b"BM") {
        return NotAccepted::Bmp;
    }
    if bytes.starts_with(b"II*\0") || bytes.starts_with(b"MM\0*") {
        return NotAccepted::Tiff;
    }
    if bytes.get(4..8) == Some(b"ftyp") {
        return match bytes.get(8..12) {
            Some(b"avif" | b"avis") => NotAccepted::Avif,
            Some(b"heic" | b"heix" | b"hevc" | b"heim" | b"heis" | b"mif1" | b"msf1") => NotAccepted::Heic,
            _ => NotAccepted::Unknown,
        };
    }
    let start = String::from_utf8_lossy(bytes.get(..1024).unwrap_or(bytes)).to_ascii_lowercase();
    if start.contains("<svg") {
        return NotAccepted::Svg;
    }
    if start.contains("<!doctype html") || start.contains("<html") || start.contains("<script") {
        return NotAccepted::Html;
    }
    NotAccepted::Unknown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_name_is_key_width_and_extension() {
        assert_eq!(file_name("0a1b", 640, Format::Avif), "0a1b-640.avif");
        assert_eq!(file_name("0a1b", 320, Format::WebP), "0a1b-320.webp");
        assert_eq!(file_name("0a1b", 1280, Format::Jpeg), "0a1b-1280.jpg");
    }

    #[test]
    fn what_is_no_photograph_is_refused_by_what_it_is() {
        let cases: [(&[u8], NotAccepted); 10] = [
            (b"", NotAccepted::Empty),
            (b"GIF89a\x01\0\x01\0", NotAccepted::Gif),
            (b"<?xml version=\"1.0\"?>\n<SVG xmlns=\"\">", NotAccepted::Svg),
            (b"  <!DOCTYPE html><title>404</title>", NotAccepted::Html),
            (b"%PDF-1.7", NotAccepted::Pdf),
            (b"BM\x3a\0", NotAccepted::Bmp),
            (b"II*\0\x08", NotAccepted::Tiff),
            (b"\0\0\0\x18ftypheic", NotAccepted::Heic),
            (b"\0\0\0\x20ftypavif", NotAccepted::Avif),
            (b"hello", NotAccepted::Unknown),
        ];

        for (bytes, expected) in cases {
            assert_eq!(recognise(bytes), Err(expected));
        }
    }
}
