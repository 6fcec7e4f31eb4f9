//! The whole way from a file to the files in the folder, with tiny pictures made on the spot.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::fs;
use std::path::Path;

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use shop_pictures::{
    Format, Limits, NotAccepted, PictureError, file_name, inspect, is_complete, key_of, make_avif, make_fast,
};

const CLAY: [u8; 3] = [201, 87, 64];
const SECRET: &[u8] = b"52.3702 N, 4.8952 E";

fn flat(width: u32, height: u32) -> RgbImage {
    RgbImage::from_pixel(width, height, Rgb(CLAY))
}

/// Red on the left, blue on the right.
fn halves(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, _| if x < width / 2 { Rgb([220, 0, 0]) } else { Rgb([0, 0, 220]) })
}

fn file(picture: RgbImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(picture).write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// A JPEG with an EXIF segment that holds an orientation and, as a description, a secret.
fn photo(picture: &RgbImage, orientation: u8) -> Vec<u8> {
    let mut tiff = b"MM\0*\0\0\0\x08\0\x02".to_vec();
    tiff.extend([0x01, 0x0E, 0, 2, 0, 0, 0, u8::try_from(SECRET.len()).unwrap(), 0, 0, 0, 38]); // ImageDescription
    tiff.extend([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0]); // Orientation
    tiff.extend([0; 4]); // no further directory
    tiff.extend(SECRET);
    let exif = [b"Exif\0\0".as_slice(), &tiff].concat();
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();

    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, 95).encode_image(picture).unwrap();
    let (start, rest) = bytes.split_at(2);
    [start, &[0xFF, 0xE1], &length, &exif, rest].concat()
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn size_of(path: &Path) -> (u32, u32) {
    image::image_dimensions(path).unwrap()
}

#[test]
fn every_accepted_format_gives_its_size_and_colour() {
    for format in [ImageFormat::Png, ImageFormat::WebP] {
        let decoded = inspect(&file(flat(64, 40), format), &Limits::default()).unwrap();

        assert_eq!((decoded.width(), decoded.height()), (64, 40), "{format:?}");
        assert_eq!(decoded.dominant(), CLAY, "{format:?}");
    }
    let decoded = inspect(&file(flat(64, 40), ImageFormat::Jpeg), &Limits::default()).unwrap();
    assert_eq!((decoded.width(), decoded.height()), (64, 40));
}

#[test]
fn the_quick_files_are_made_in_the_widths_that_fit() {
    let folder = tempfile::tempdir().unwrap();
    let bytes = file(flat(500, 400), ImageFormat::Png);

    let picture = make_fast(&inspect(&bytes, &Limits::default()).unwrap(), folder.path()).unwrap();

    assert_eq!(picture.widths, vec![320, 480]);
    assert_eq!((picture.width, picture.height, picture.dominant), (500, 400, CLAY));
    assert_eq!(picture.key, key_of(&bytes));
    assert_eq!(picture.key.len(), 16);
    let key = &picture.key;
    let expected =
        [format!("{key}-320.jpg"), format!("{key}-320.webp"), format!("{key}-480.jpg"), format!("{key}-480.webp")];
    assert_eq!(names(folder.path()), expected);
    for width in [320, 480] {
        for format in [Format::Jpeg, Format::WebP] {
            let path = folder.path().join(file_name(key, width, format));
            assert_eq!(size_of(&path), (width, picture.height_at(width)));
        }
    }
    assert_eq!(picture.height_at(320), 256);
}

#[test]
fn a_small_picture_is_not_enlarged() {
    let folder = tempfile::tempdir().unwrap();
    let decoded = inspect(&file(flat(50, 30), ImageFormat::Png), &Limits::default()).unwrap();

    let picture = make_fast(&decoded, folder.path()).unwrap();

    assert_eq!(picture.widths, vec![50]);
    assert_eq!(size_of(&folder.path().join(file_name(&picture.key, 50, Format::WebP))), (50, 30));
}

#[test]
fn avif_is_complete_only_after_it_was_made() {
    let folder = tempfile::tempdir().unwrap();
    let decoded = inspect(&file(halves(48, 32), ImageFormat::Png), &Limits::default()).unwrap();
    let picture = make_fast(&decoded, folder.path()).unwrap();
    assert!(!is_complete(folder.path(), &picture.key, &picture.widths, Format::Avif));

    make_avif(&decoded, folder.path()).unwrap();

    assert!(is_complete(folder.path(), &picture.key, &picture.widths, Format::Avif));
    let avif = fs::read(folder.path().join(file_name(&picture.key, 48, Format::Avif))).unwrap();
    assert_eq!(&avif[4..12], b"ftypavif");
}

#[test]
fn a_second_run_writes_nothing_that_is_there_and_all_that_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let decoded = inspect(&file(flat(330, 200), ImageFormat::Png), &Limits::default()).unwrap();
    let first = make_fast(&decoded, folder.path()).unwrap();
    let kept = folder.path().join(file_name(&first.key, 320, Format::Jpeg));
    let lost = folder.path().join(file_name(&first.key, 320, Format::WebP));
    fs::write(&kept, b"marked").unwrap();
    fs::remove_file(&lost).unwrap();

    let second = make_fast(&decoded, folder.path()).unwrap();

    assert_eq!(second, first);
    assert_eq!(fs::read(&kept).unwrap(), b"marked");
    assert_eq!(size_of(&lost), (320, 194));
    assert_eq!(names(folder.path()).len(), 2);
}

#[test]
fn a_photo_taken_sideways_stands_upright() {
    let upright = |orientation| inspect(&photo(&halves(64, 32), orientation), &Limits::default()).unwrap();
    let colours_of = |orientation| {
        let decoded = upright(orientation);
        let picture = image::load_from_memory(&decoded.to_jpeg(64, 95).unwrap()).unwrap().into_rgb8();
        let (right, bottom) = (picture.width() - 3, picture.height() - 3);
        let red = |x, y| picture.get_pixel(x, y).0[0] > 128;
        (picture.dimensions(), [red(2, 2), red(right, 2), red(2, bottom), red(right, bottom)])
    };

    // Corners: top left, top right, bottom left, bottom right; true is red.
    assert_eq!(colours_of(1), ((64, 32), [true, false, true, false]));
    assert_eq!(colours_of(3), ((64, 32), [false, true, false, true]));
    assert_eq!(colours_of(6), ((32, 64), [true, true, false, false]));
    assert_eq!(colours_of(8), ((32, 64), [false, false, true, true]));
    assert_eq!((upright(6).width(), upright(6).height()), (32, 64));
}

#[test]
fn a_wide_photo_taken_sideways_keeps_its_size_on_record() {
    let decoded = inspect(&photo(&halves(600, 3000), 6), &Limits::default()).unwrap();

    assert_eq!((decoded.width(), decoded.height()), (3000, 600));
    let widest = image::load_from_memory(&decoded.to_jpeg(u32::MAX, 80).unwrap()).unwrap();
    assert_eq!((widest.width(), widest.height()), (2560, 512));
}

#[test]
fn no_metadata_reaches_the_files() {
    let folder = tempfile::tempdir().unwrap();
    let original = photo(&halves(64, 32), 1);
    let holds = |bytes: &[u8], what: &[u8]| bytes.windows(what.len()).any(|window| window == what);
    assert!(holds(&original, SECRET) && holds(&original, b"Exif"));

    let decoded = inspect(&original, &Limits::default()).unwrap();
    make_fast(&decoded, folder.path()).unwrap();
    make_avif(&decoded, folder.path()).unwrap();

    assert_eq!(names(folder.path()).len(), 3);
    for name in names(folder.path()) {
        let bytes = fs::read(folder.path().join(&name)).unwrap();
        assert!(!holds(&bytes, SECRET) && !holds(&bytes, b"Exif"), "{name}");
    }
}

#[test]
fn a_colour_profile_is_applied_before_it_is_dropped() {
    let profile = moxcms::ColorProfile::new_display_p3().encode().unwrap();
    let mut bytes = Vec::new();
    let mut encoder = image::codecs::png::PngEncoder::new(&mut bytes);
    image::ImageEncoder::set_icc_profile(&mut encoder, profile).unwrap();
    RgbImage::from_pixel(16, 16, Rgb([200, 100, 50])).write_with_encoder(encoder).unwrap();

    let decoded = inspect(&bytes, &Limits::default()).unwrap();

    assert_eq!(decoded.dominant(), [215, 93, 31]);
}

#[test]
fn limits_are_checked_on_both_sides() {
    let bytes = file(flat(100, 50), ImageFormat::Png);
    let just = Limits { max_bytes: bytes.len(), max_pixels: 5000, max_alloc: 15_000 };
    let refusal = |limits| inspect(&bytes, &limits).unwrap_err();

    assert!(inspect(&bytes, &Limits { max_alloc: 1_000_000, ..just }).is_ok());
    assert!(matches!(
        refusal(Limits { max_bytes: bytes.len() - 1, ..just }),
        PictureError::TooManyBytes { bytes: actual, max_bytes } if actual == bytes.len() && max_bytes == actual - 1
    ));
    assert!(matches!(
        refusal(Limits { max_pixels: 4999, max_alloc: 1_000_000, ..just }),
        PictureError::TooManyPixels { width: 100, height: 50, max_pixels: 4999 }
    ));
    assert!(matches!(refusal(Limits { max_alloc: 14_999, ..just }), PictureError::TooMuchMemory { max_alloc: 14_999 }));
}

#[test]
fn a_header_that_promises_a_huge_picture_is_refused_before_decoding() {
    let mut bytes = file(flat(8, 8), ImageFormat::Jpeg);
    let frame = bytes.windows(2).position(|window| window == [0xFF, 0xC0]).unwrap();
    bytes[frame + 5..frame + 9].copy_from_slice(&[0xFF, 0xFF, 0xFF, 0xFF]);

    let refused = inspect(&bytes, &Limits::default()).unwrap_err();

    assert!(matches!(refused, PictureError::TooManyPixels { width: 65535, height: 65535, max_pixels: 40_000_000 }));
}

#[test]
fn a_strip_is_refused() {
    let limits = Limits::default();

    assert!(inspect(&file(flat(80, 10), ImageFormat::Png), &limits).is_ok());
    let refused = inspect(&file(flat(10, 90), ImageFormat::Png), &limits).unwrap_err();
    assert!(matches!(refused, PictureError::Strip { width: 10, height: 90 }));
}

#[test]
fn no_piece_of_a_file_is_taken_for_a_picture() {
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
        let bytes = file(halves(40, 30), format);
        // A PNG has all its pixels some bytes before its end: what is missing then is only the closing mark.
        let enough = if format == ImageFormat::Png { bytes.len() - 16 } else { bytes.len() };

        for length in 0..enough {
            let refused = inspect(&bytes[..length], &Limits::default()).unwrap_err();
            let expected =
                matches!(refused, PictureError::Truncated | PictureError::Broken(_) | PictureError::NotAccepted(_));
            assert!(expected, "{format:?}, {length} bytes: {refused}");
        }
        assert!(inspect(&bytes, &Limits::default()).is_ok());
    }
}

#[test]
fn a_picture_under_a_false_name_is_known_by_its_content() {
    let limits = Limits::default();

    let gif = inspect(b"GIF89a\x01\0\x01\0\0\0\0;", &limits).unwrap_err();
    let svg = inspect(b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", &limits).unwrap_err();
    let html = inspect(b"<!doctype html><p>Not found", &limits).unwrap_err();

    assert!(matches!(gif, PictureError::NotAccepted(NotAccepted::Gif)));
    assert!(matches!(svg, PictureError::NotAccepted(NotAccepted::Svg)));
    assert!(matches!(html, PictureError::NotAccepted(NotAccepted::Html)));
}

#[test]
fn the_key_depends_on_the_bytes_alone() {
    assert_eq!(key_of(b"abc"), "ba7816bf8f01cfea");
}
