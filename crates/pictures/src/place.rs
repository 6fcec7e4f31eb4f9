//! Puts a file in its place in one step: readers see the whole file or none.

use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use crate::error::PictureError;

/// Left-overs of interrupted runs and files of runs beside this one that are stepped over before giving up.
const ATTEMPTS: u32 = 1000;

/// Writes `folder/name` by way of a hidden file beside it, flushed to the disk first: an existing file is never looked
/// at again, so it must not be half a file after a power cut.
pub(crate) fn put(folder: &Path, name: &str, bytes: &[u8]) -> Result<(), PictureError> {
    let (mut file, waiting) = open_beside(folder, name)?;
    let target = folder.join(name);
    let written = file.write_all(bytes).and_then(|()| file.sync_all()).and_then(|()| fs::rename(&waiting, &target));
    written.map_err(|source| {
        // Nothing depends on this; the first error is the one worth telling.
        let _ = fs::remove_file(&waiting);
        PictureError::Disk { path: target, source }
    })
}

fn open_beside(folder: &Path, name: &str) -> Result<(File, PathBuf), PictureError> {
    let mut attempt = 0;
    loop {
        let path = folder.join(format!(".{name}.{attempt}.tmp"));
        match OpenOptions::new().write(true).create_new(true).open(&path) {
            Ok(file) => return Ok((file, path)),
            Err(error) if error.kind() == ErrorKind::AlreadyExists && attempt < ATTEMPTS => attempt += 1,
            Err(source) => return Err(PictureError::Disk { path, source }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_left_over_of_an_interrupted_run_is_stepped_over() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(".a.jpg.0.tmp"), b"half").unwrap();

        put(folder.path(), "a.jpg", b"whole").unwrap();

        assert_eq!(fs::read(folder.path().join("a.jpg")).unwrap(), b"whole");
        assert!(!folder.path().join(".a.jpg.1.tmp").exists());
    }

    #[test]
    fn a_failed_write_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("a.jpg/in the way")).unwrap();

        let refused = put(folder.path(), "a.jpg", b"whole");

        assert!(matches!(refused, Err(PictureError::Disk { .. })));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
