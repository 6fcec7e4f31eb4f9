//! The widths a picture is made in, the heights that go with them, and the resizing itself.

use std::borrow::Cow;

use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{PixelType, Resizer};
use image::RgbImage;

use crate::error::PictureError;

/// The widths in pixels that pages choose from: half a phone, a phone, a large phone at double density, a tablet, and
/// the large picture of a product.
pub const WIDTHS: [u32; 5] = [320, 480, 640, 960, 1280];

/// The widths made of an original that is `original` wide, rising. Never wider than the original; an original narrower
/// than the smallest of [`WIDTHS`] is made in its own width.
pub fn widths_for(original: u32) -> Vec<u32> {
    let fitting: Vec<u32> = WIDTHS.into_iter().filter(|&width| width <= original).collect();
    if fitting.is_empty() { vec![original] } else { fitting }
}

/// The height in pixels when a picture of `width` x `height` is shown `wanted` wide: rounded, at least 1. It is what
/// the files have, so the `height` attribute that keeps the page from jumping agrees with them.
pub fn height_at(wanted: u32, width: u32, height: u32) -> u32 {
    let (wanted, width, height) = (u64::from(wanted), u64::from(width.max(1)), u64::from(height));
    let rounded = (height * wanted + width / 2) / width;
    u32::try_from(rounded).unwrap_or(u32::MAX).max(1)
}

/// The picture in exactly `width` x `height`, with the Lanczos filter; the same picture when it has that size already.
pub(crate) fn resize(picture: &RgbImage, width: u32, height: u32) -> Result<Cow<'_, RgbImage>, PictureError> {
    if picture.dimensions() == (width, height) {
        return Ok(Cow::Borrowed(picture));
    }
    let from = ImageRef::new(picture.width(), picture.height(), picture.as_raw(), PixelType::U8x3).map_err(failed)?;
    let mut to = Image::new(width, height, PixelType::U8x3);
    Resizer::new().resize(&from, &mut to, None).map_err(failed)?;
    RgbImage::from_raw(width, height, to.into_vec()).map(Cow::Owned).ok_or_else(|| failed("sizes disagree"))
}

fn failed(reason: impl ToString) -> PictureError {
    PictureError::Encoding { what: "smaller size", reason: reason.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_width_is_larger_than_the_original() {
        assert_eq!(widths_for(4000), vec![320, 480, 640, 960, 1280]);
        assert_eq!(widths_for(1280), vec![320, 480, 640, 960, 1280]);
        assert_eq!(widths_for(959), vec![320, 480, 640]);
        assert_eq!(widths_for(320), vec![320]);
    }

    #[test]
    fn a_small_original_keeps_its_own_width() {
        assert_eq!(widths_for(319), vec![319]);
        assert_eq!(widths_for(1), vec![1]);
    }

    #[test]
    fn heights_are_rounded_and_never_zero() {
        assert_eq!(height_at(640, 1600, 2000), 800);
        assert_eq!(height_at(320, 2400, 1350), 180);
        assert_eq!(height_at(2, 3, 2), 1);
        assert_eq!(height_at(1, 8, 1), 1);
    }
}
