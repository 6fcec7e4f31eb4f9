//! The folder with the owner's pictures. Only what was found in it is ever opened, so a path in the file can lead nowhere else,
//! and nothing is fetched from the internet.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// Folders in folders are looked into this deep.
const DEPTH: u8 = 4;

/// The pictures of a folder by path and by name.
#[derive(Debug, Default)]
pub(super) struct Folder {
    /// Path from the folder, with slashes and in lower case.
    by_path: BTreeMap<String, PathBuf>,
    /// Name alone; the first path when two pictures have it.
    by_name: BTreeMap<String, PathBuf>,
}

impl Folder {
    /// Looks into `root` and its folders; links to folders are not followed.
    pub fn open(root: &Path) -> io::Result<Self> {
        let mut folder = Self::default();
        folder.look(root, "", DEPTH)?;
        for (path, place) in &folder.by_path {
            let name = path.rsplit('/').next().unwrap_or(path).to_owned();
            folder.by_name.entry(name).or_insert_with(|| place.clone());
        }
        Ok(folder)
    }

    fn look(&mut self, at: &Path, prefix: &str, depth: u8) -> io::Result<()> {
        for entry in fs::read_dir(at)? {
            let entry = entry?;
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy().to_lowercase());
            if entry.file_type()?.is_dir() {
                if depth > 0 {
                    self.look(&entry.path(), &format!("{name}/"), depth - 1)?;
                }
            } else if is_picture(&name) {
                self.by_path.insert(name, entry.path());
            }
        }
        Ok(())
    }

    /// The file for what a product file names: a path in the folder, or an address of which only the last part counts.
    pub fn find(&self, source: &str) -> Option<&Path> {
        let path = source.split(['?', '#']).next().unwrap_or(source).replace('\\', "/");
        let path = percent_decoded(&path).to_lowercase();
        let name = path.rsplit('/').next().unwrap_or(&path);
        let inside = path.trim_start_matches("./").trim_start_matches('/');
        self.by_path.get(inside).or_else(|| self.by_name.get(name)).map(PathBuf::as_path)
    }

    /// The pictures of the home page: `hero-…` and `tegel-…`, by name without extension.
    pub fn decor(&self) -> impl Iterator<Item = (&str, &Path)> {
        self.by_name.iter().filter_map(|(name, path)| {
            let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
            (stem.starts_with("hero-") || stem.starts_with("tegel-")).then_some((stem, path.as_path()))
        })
    }
}

fn is_picture(name: &str) -> bool {
    // Formats that we refuse are listed too: then the owner hears why, instead of "not found".
    let kinds = ["jpg", "jpeg", "png", "webp", "gif", "heic", "avif", "tif", "tiff", "bmp", "svg"];
    name.rsplit_once('.').is_some_and(|(_, kind)| kinds.contains(&kind))
}

/// `jurk%20rood.jpg` as `jurk rood.jpg`.
fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = after.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        match code.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) if *first == b'%' => {
                bytes.push(byte);
                rest = &after[2..];
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_are_found_by_path_by_name_and_by_address() {
        let root = tempfile::tempdir().expect("a folder");
        fs::create_dir(root.path().join("images")).expect("a folder in it");
        for name in ["images/Jurk Rood.jpg", "images/hero-baby.jpg", "images/tekst.txt"] {
            fs::write(root.path().join(name), "x").expect("a file");
        }
        let folder = Folder::open(root.path()).expect("readable");
        let dress = root.path().join("images/Jurk Rood.jpg");

        for source in [
            "images/jurk rood.jpg",
            "foto/Jurk Rood.jpg",
            "https://cdn.example/s/files/1/jurk%20rood.jpg?v=17",
            "..\\Jurk Rood.JPG",
        ] {
            assert_eq!(folder.find(source), Some(dress.as_path()), "{source}");
        }
        for source in ["../../etc/passwd", "images/tekst.txt", "", "/"] {
            assert_eq!(folder.find(source), None, "{source}");
        }
        assert_eq!(folder.decor().map(|(name, _)| name).collect::<Vec<_>>(), ["hero-baby"]);
    }
}
