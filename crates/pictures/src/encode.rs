//! The three encoders and how much quality each of them gets.
//!
//! The numbers were chosen by measuring (`examples/measure.rs`): a product picture 640 wide should be 40 KB or less in
//! WebP and look clean on a dense screen. Pictures made before a change keep their files, since names depend on the
//! original only.

use image::codecs::jpeg::JpegEncoder;
use image::{ExtendedColorType, RgbImage};

use crate::decode::Decoded;
use crate::error::PictureError;
use crate::format::Format;

const JPEG_QUALITY: u8 = 76;
const WEBP_QUALITY: f32 = 74.0;
const AVIF_QUALITY: f32 = 60.0;
/// 1 is slow and small, 10 is quick and large.
const AVIF_SPEED: u8 = 9;

/// The bytes of a file; no metadata is written.
pub(crate) fn encode(picture: &RgbImage, format: Format) -> Result<Vec<u8>, PictureError> {
    match format {
        Format::Jpeg => jpeg(picture, JPEG_QUALITY),
        Format::WebP => webp(picture),
        Format::Avif => avif(picture),
    }
}

impl Decoded {
    /// A JPEG at most `max_width` pixels wide, at a quality of 1 to 100: for places with a size of their own, such as a
    /// feed or a folder of originals. Fails only when memory is short.
    pub fn to_jpeg(&self, max_width: u32, quality: u8) -> Result<Vec<u8>, PictureError> {
        jpeg(self.at_width(max_width.max(1))?.as_ref(), quality.clamp(1, 100))
    }
}

fn jpeg(picture: &RgbImage, quality: u8) -> Result<Vec<u8>, PictureError> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, quality)
        .encode(picture.as_raw(), picture.width(), picture.height(), ExtendedColorType::Rgb8)
        .map_err(|error| failed("JPEG", error))?;
    Ok(bytes)
}

fn webp(picture: &RgbImage) -> Result<Vec<u8>, PictureError> {
    let file = webp::Encoder::from_rgb(picture.as_raw(), picture.width(), picture.height())
        .encode_simple(false, WEBP_QUALITY)
        .map_err(|error| failed("WebP", format!("{error:?}")))?;
    Ok(file.to_vec())
}

/// Uses one thread, so that a background job leaves the other cores to visitors.
fn avif(picture: &RgbImage) -> Result<Vec<u8>, PictureError> {
    let too_large = |error| failed("AVIF", error);
    let width = usize::try_from(picture.width()).map_err(too_large)?;
    let height = usize::try_from(picture.height()).map_err(too_large)?;
    let pixels: Vec<ravif::RGB8> = picture.pixels().map(|pixel| ravif::RGB8::from(pixel.0)).collect();
    let file = ravif::Encoder::new()
        .with_quality(AVIF_QUALITY)
        .with_speed(AVIF_SPEED)
        .with_num_threads(Some(1))
        .encode_rgb(ravif::Img::new(&pixels, width, height))
        .map_err(|error| failed("AVIF", error))?;
    Ok(file.avif_file)
}

fn failed(what: &'static str, reason: impl ToString) -> PictureError {
    PictureError::Encoding { what, reason: reason.to_string() }
}
