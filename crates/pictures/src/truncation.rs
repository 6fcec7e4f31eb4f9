//! Finds files that stop too early. The decoders are lenient and would fill the missing part with grey, which nobody
//! notices until the picture is in the shop.

use image::ImageFormat;

/// Whether the file ends before its format says it may. PNG is left to its decoder, which is strict.
pub(crate) fn is_cut_off(bytes: &[u8], format: ImageFormat) -> bool {
    match format {
        ImageFormat::Jpeg => jpeg_is_cut_off(bytes),
        ImageFormat::WebP => webp_is_cut_off(bytes),
        _ => false,
    }
}

/// Walks from marker to marker until "end of image". Looking at the last bytes would be wrong both ways: phones append
/// data after the picture, and the thumbnail inside the EXIF segment has an end marker of its own.
fn jpeg_is_cut_off(bytes: &[u8]) -> bool {
    let mut at = 2;
    loop {
        let Some(marker) = bytes.get(at..).and_then(|rest| rest.iter().position(|&byte| byte == 0xFF)) else {
            return true;
        };
        at += marker + 1;
        match bytes.get(at) {
            None => return true,
            Some(0xD9) => return false,
            // A fill byte; the marker's own byte follows.
            Some(0xFF) => {}
            // An escaped 0xFF in the compressed data, or a marker without a length.
            Some(0x00 | 0x01 | 0xD0..=0xD8) => at += 1,
            Some(_) => {
                let Some(&[high, low]) = bytes.get(at + 1..at + 3) else {
                    return true;
                };
                at += 1 + usize::from(u16::from_be_bytes([high, low]));
            }
        }
    }
}

/// The RIFF header states the length of what follows it.
fn webp_is_cut_off(bytes: &[u8]) -> bool {
    let Some(&[a, b, c, d]) = bytes.get(4..8) else {
        return true;
    };
    let stated = u64::from(u32::from_le_bytes([a, b, c, d])) + 8;
    u64::try_from(bytes.len()).is_ok_and(|actual| actual < stated)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Start, an application segment holding a whole thumbnail, compressed data with an escape and a restart.
    const OPEN_ENDED: &[u8] =
        &[0xFF, 0xD8, 0xFF, 0xE1, 0, 6, 0xFF, 0xD8, 0xFF, 0xD9, 0xFF, 0xDA, 0, 2, 7, 0xFF, 0x00, 7, 0xFF, 0xD0, 7];

    #[test]
    fn the_end_marker_of_a_thumbnail_does_not_end_the_picture() {
        assert!(jpeg_is_cut_off(OPEN_ENDED));
    }

    #[test]
    fn bytes_after_the_end_marker_do_no_harm() {
        let whole = [OPEN_ENDED, &[0xFF, 0xFF, 0xD9, 1, 2, 3]].concat();

        assert!(!jpeg_is_cut_off(&whole));
    }

    #[test]
    fn every_shorter_piece_of_a_jpeg_is_cut_off() {
        let whole = [OPEN_ENDED, &[0xFF, 0xD9]].concat();

        for length in 0..whole.len() {
            assert!(jpeg_is_cut_off(&whole[..length]), "{length} bytes");
        }
    }
}
