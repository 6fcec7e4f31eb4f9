//! Content codings: what a browser takes, and how bytes are packed for it.

use http::HeaderMap;
use http::header::ACCEPT_ENCODING;
use std::io::{Cursor, Write};

/// How a body is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coding {
    /// As it is.
    Identity,
    /// For programs that know nothing better.
    Gzip,
    /// What every browser takes over HTTPS, and Chromium also without.
    Brotli,
}

/// For what is packed once and sent often.
pub const ONCE: u32 = 5;
/// For what is packed for one person.
pub const EACH_TIME: u32 = 4;

impl Coding {
    /// The best one that the other side takes.
    pub fn wanted(headers: &HeaderMap) -> Self {
        let mut best = Self::Identity;
        for list in headers.get_all(ACCEPT_ENCODING) {
            for offer in list.to_str().unwrap_or("").split(',') {
                let (name, weight) = offer.split_once(';').unwrap_or((offer, ""));
                let refused = weight.trim().strip_prefix("q=").is_some_and(|q| q.trim_matches(['0', '.']).is_empty());
                match name.trim() {
                    "br" if !refused => return Self::Brotli,
                    "gzip" if !refused => best = Self::Gzip,
                    _ => {}
                }
            }
        }
        best
    }

    /// The value of `Content-Encoding`; `None` for bytes as they are.
    pub const fn name(self) -> Option<&'static str> {
        match self {
            Self::Identity => None,
            Self::Gzip => Some("gzip"),
            Self::Brotli => Some("br"),
        }
    }

    /// Packs `bytes`. Takes milliseconds per hundred kilobytes at the qualities used here.
    pub fn pack(self, bytes: &[u8], quality: u32) -> Vec<u8> {
        match self {
            Self::Identity => bytes.to_vec(),
            Self::Gzip => gzip(bytes, quality),
            Self::Brotli => brotli(bytes, quality),
        }
    }
}

fn gzip(bytes: &[u8], quality: u32) -> Vec<u8> {
    let mut packer =
        flate2::write::GzEncoder::new(Vec::with_capacity(bytes.len() / 3), flate2::Compression::new(quality));
    // Writing to memory cannot fail.
    let _ = packer.write_all(bytes);
    packer.finish().unwrap_or_default()
}

fn brotli(bytes: &[u8], quality: u32) -> Vec<u8> {
    let settings = brotli::enc::BrotliEncoderParams {
        quality: i32::try_from(quality).unwrap_or(4),
        lgwin: 20,
        size_hint: bytes.len(),
        ..brotli::enc::BrotliEncoderParams::default()
    };
    let mut packed = Vec::with_capacity(bytes.len() / 3);
    // Writing to memory cannot fail.
    let _ = brotli::BrotliCompress(&mut Cursor::new(bytes), &mut packed, &settings);
    packed
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;
    use std::io::Read;

    fn wanted(accept: &'static str) -> Coding {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static(accept));
        Coding::wanted(&headers)
    }

    #[test]
    fn the_best_coding_that_is_not_refused_is_taken() {
        assert_eq!(wanted("gzip, deflate, br, zstd"), Coding::Brotli);
        assert_eq!(wanted("gzip;q=1.0, br;q=0"), Coding::Gzip);
        assert_eq!(wanted("br;q=0.0, gzip;q=0"), Coding::Identity);
        assert_eq!(wanted("identity"), Coding::Identity);
        assert_eq!(Coding::wanted(&HeaderMap::new()), Coding::Identity);
    }

    #[test]
    fn packed_bytes_unpack_to_what_they_were() {
        let text = "maat 98 en 104 ".repeat(500);
        let mut unpacked = String::new();

        let gzip = Coding::Gzip.pack(text.as_bytes(), ONCE);
        flate2::read::GzDecoder::new(gzip.as_slice()).read_to_string(&mut unpacked).unwrap();
        assert_eq!(unpacked, text);

        let mut unpacked = Vec::new();
        let packed = Coding::Brotli.pack(text.as_bytes(), ONCE);
        brotli::BrotliDecompress(&mut packed.as_slice(), &mut unpacked).unwrap();
        assert_eq!(unpacked, text.as_bytes());
        assert!(packed.len() < text.len() / 10);
    }
}
