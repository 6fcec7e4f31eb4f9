//! Colours: everything becomes opaque 8-bit sRGB, and one colour stands in for the picture while it loads.

use image::{DynamicImage, RgbImage};
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};

const WHITE: u16 = 255;

/// The picture without transparency (on white, as most shops photograph) and in 8 bits per channel.
pub(crate) fn flatten(picture: DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.into_rgb8();
    }
    let picture = picture.into_rgba8();
    let (width, height) = picture.dimensions();
    RgbImage::from_fn(width, height, |x, y| {
        let [red, green, blue, alpha] = picture.get_pixel(x, y).0;
        image::Rgb([red, green, blue].map(|channel| over_white(channel, alpha)))
    })
}

fn over_white(channel: u8, alpha: u8) -> u8 {
    let (channel, alpha) = (u16::from(channel), u16::from(alpha));
    let mixed = (channel * alpha + WHITE * (WHITE - alpha) + WHITE / 2) / WHITE;
    u8::try_from(mixed).unwrap_or(u8::MAX)
}

/// Converts from the embedded colour profile to sRGB, in place of the profile that re-encoding drops. Phones photograph
/// in Display P3: read as sRGB, the colour of a garment would look duller than it is.
///
/// A profile that cannot be read, or is not about RGB (grey, or CMYK that the decoder has turned into RGB already),
/// leaves the picture as it is.
pub(crate) fn to_srgb(picture: &mut RgbImage, profile: &[u8]) {
    let Ok(profile) = ColorProfile::new_from_slice(profile) else {
        return;
    };
    if profile.color_space != DataColorSpace::Rgb {
        return;
    }
    let srgb = ColorProfile::new_srgb();
    let Ok(transform) = profile.create_transform_8bit(Layout::Rgb, &srgb, Layout::Rgb, TransformOptions::default())
    else {
        return;
    };
    let mut converted = vec![0; picture.as_raw().len()];
    if transform.transform(picture.as_raw(), &mut converted).is_ok() {
        picture.copy_from_slice(&converted);
    }
}

/// About how many pixels are looked at for the dominant colour; more changes nothing that can be seen.
const SAMPLES: usize = 16_384;

/// The colour the picture has most of: pixels are put in 4,096 boxes of similar colours, and the fullest box gives its
/// average. Exact for a flat picture; for a photograph on a plain background, usually that background.
pub(crate) fn dominant(picture: &RgbImage) -> [u8; 3] {
    let step = (picture.as_raw().len() / 3 / SAMPLES).max(1);
    let mut boxes = vec![([0_u32; 3], 0_u32); 4096];
    for pixel in picture.pixels().step_by(step) {
        let number = pixel.0.iter().fold(0, |number, channel| number * 16 + usize::from(channel >> 4));
        let (sums, count) = &mut boxes[number];
        for (sum, channel) in sums.iter_mut().zip(pixel.0) {
            *sum += u32::from(channel);
        }
        *count += 1;
    }
    let Some((sums, count)) = boxes.into_iter().max_by_key(|(_, count)| *count) else {
        return [u8::MAX; 3];
    };
    let count = count.max(1);
    sums.map(|sum| u8::try_from((sum + count / 2) / count).unwrap_or(u8::MAX))
}

#[cfg(test)]
mod tests {
    use image::{Rgb, RgbImage, RgbaImage};

    use super::*;

    #[test]
    fn the_dominant_colour_of_a_flat_picture_is_that_colour() {
        let flat = RgbImage::from_pixel(200, 120, Rgb([201, 87, 64]));

        assert_eq!(dominant(&flat), [201, 87, 64]);
    }

    #[test]
    fn the_larger_surface_decides_the_dominant_colour() {
        let picture = RgbImage::from_fn(100, 10, |x, _| if x < 60 { Rgb([240, 232, 220]) } else { Rgb([20, 60, 90]) });

        assert_eq!(dominant(&picture), [240, 232, 220]);
    }

    #[test]
    fn transparency_becomes_white() {
        let mut picture = RgbaImage::from_pixel(3, 1, image::Rgba([10, 20, 30, 255]));
        picture.put_pixel(1, 0, image::Rgba([10, 20, 30, 0]));
        picture.put_pixel(2, 0, image::Rgba([0, 0, 0, 128]));

        let flat = flatten(DynamicImage::ImageRgba8(picture));

        assert_eq!(flat.into_raw(), vec![10, 20, 30, 255, 255, 255, 127, 127, 127]);
    }

    #[test]
    fn display_p3_becomes_srgb() {
        let profile = ColorProfile::new_display_p3().encode().unwrap();
        let mut picture = RgbImage::from_pixel(2, 2, Rgb([200, 100, 50]));

        to_srgb(&mut picture, &profile);

        // The same colour, computed from the primaries of both spaces.
        assert_eq!(picture.get_pixel(1, 1).0, [215, 93, 31]);
    }

    #[test]
    fn a_profile_that_is_nonsense_changes_nothing() {
        let mut picture = RgbImage::from_pixel(1, 1, Rgb([200, 100, 50]));

        to_srgb(&mut picture, b"no profile");

        assert_eq!(picture.get_pixel(0, 0).0, [200, 100, 50]);
    }
}
