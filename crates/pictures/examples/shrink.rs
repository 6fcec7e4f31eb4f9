//! Re-encodes a folder of pictures as JPEG under the same names: smaller, sRGB, without metadata.
//!
//! `shrink DIR_IN DIR_OUT MAX_WIDTH QUALITY [NAME_START]`; with NAME_START only the files whose name begins with it.
#![expect(clippy::print_stdout, reason = "a command line program reports on standard output")]

use std::error::Error;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::{env, fs};

use shop_pictures::{Limits, inspect};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [from, to, max_width, quality, rest @ ..] = arguments.as_slice() else {
        return Err("usage: shrink DIR_IN DIR_OUT MAX_WIDTH QUALITY [NAME_START]".into());
    };
    let (max_width, quality) = (max_width.parse()?, quality.parse()?);
    let name_start = rest.first().map_or("", String::as_str);
    fs::create_dir_all(to)?;

    let (mut count, mut before, mut after) = (0_usize, 0, 0);
    for path in pictures_in(Path::new(from), name_start)? {
        let original = fs::read(&path)?;
        let smaller = inspect(&original, &Limits::default())?.to_jpeg(max_width, quality)?;
        let name = path.file_stem().map(Path::new).ok_or("a file without a name")?.with_extension("jpg");
        fs::write(Path::new(to).join(name), &smaller)?;
        count += 1;
        before += original.len();
        after += smaller.len();
    }
    println!("{count} pictures, {} KB became {} KB", before / 1000, after / 1000);
    Ok(())
}

fn pictures_in(folder: &Path, name_start: &str) -> Result<Vec<PathBuf>, std::io::Error> {
    let mut paths = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>, std::io::Error>>()?;
    paths.retain(|path| {
        let extension = path.extension().and_then(OsStr::to_str).unwrap_or_default().to_ascii_lowercase();
        let name = path.file_name().and_then(OsStr::to_str).unwrap_or_default();
        ["jpg", "jpeg", "png", "webp"].contains(&extension.as_str()) && name.starts_with(name_start)
    });
    paths.sort();
    Ok(paths)
}
