//! Measures sizes and times of the files made of some pictures: `measure FILE...`. Run it in release.
#![expect(clippy::print_stdout, reason = "a command line program reports on standard output")]

use std::error::Error;
use std::time::Instant;
use std::{env, fs};

use shop_pictures::{Format, Limits, WIDTHS, file_name, inspect, make_avif, make_fast};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = env::temp_dir().join("shop-pictures-measure");
    for path in env::args().skip(1) {
        // Files that are there already would be skipped, and nothing measured.
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        let bytes = fs::read(&path)?;

        let start = Instant::now();
        let decoded = inspect(&bytes, &Limits::default())?;
        let decoding = start.elapsed().as_millis();
        let start = Instant::now();
        let picture = make_fast(&decoded, &folder)?;
        let fast = start.elapsed().as_millis();
        let start = Instant::now();
        make_avif(&decoded, &folder)?;
        let avif = start.elapsed().as_millis();

        println!(
            "{path} ({} x {}): decode {decoding} ms, fast {fast} ms, avif {avif} ms",
            picture.width, picture.height
        );
        for format in Format::ALL {
            let mut line = format!("  {:4} KB", format.extension());
            for width in WIDTHS.into_iter().filter(|width| picture.widths.contains(width)) {
                let size = fs::metadata(folder.join(file_name(&picture.key, width, format)))?.len();
                line += &format!("  {width}: {:.1}", u32::try_from(size).map(f64::from)? / 1000.0);
            }
            println!("{line}");
        }
    }
    Ok(())
}
