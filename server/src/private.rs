//! What the shop keeps on disk is nobody else's business: folders are made for their owner only, files too, and what is more open than
//! that is closed at start. On systems without these permissions nothing happens.

use std::fs::{self, OpenOptions};
use std::io;
use std::path::Path;

/// Makes a folder that only the shop may enter; closes one that is there. Fails when it cannot be made.
pub fn folder(path: &Path) -> io::Result<()> {
    if !path.is_dir() {
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        let mut builder = fs::DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        match builder.create(path) {
            // Another process was faster.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            other => return other,
        }
    }
    close(path, 0o700);
    Ok(())
}

/// Makes an empty file that only the shop may read, before somebody else makes an open one; closes one that is there.
pub fn file(path: &Path) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            close(path, 0o600);
            Ok(())
        }
        other => other.map(drop),
    }
}

/// Closes what is there; nothing when it is not.
pub fn close_file(path: &Path) {
    if path.is_file() {
        close(path, 0o600);
    }
}

/// Takes away what others may do with it, and says so. What belongs to somebody else is only reported.
#[cfg(unix)]
fn close(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt;
    let Ok(found) = fs::metadata(path).map(|facts| facts.permissions().mode() & 0o7777) else { return };
    if found & 0o077 == 0 {
        return;
    }
    match fs::set_permissions(path, fs::Permissions::from_mode(mode)) {
        Ok(()) => tracing::warn!(path = %path.display(), "others could read this; now only the shop can"),
        Err(error) => tracing::warn!(path = %path.display(), %error, "others can read this, and it cannot be closed"),
    }
}

#[cfg(not(unix))]
const fn close(_: &Path, _: u32) {}

/// Says that others can read a file which the owner keeps elsewhere: how it got there is hers to decide.
#[cfg(unix)]
pub fn warn_when_open(path: &Path, name: &str) {
    use std::os::unix::fs::PermissionsExt;
    if fs::metadata(path).is_ok_and(|facts| facts.permissions().mode() & 0o007 != 0) {
        tracing::warn!(name, "everybody on this machine can read the file of this secret; chmod 600 closes it");
    }
}

/// See above.
#[cfg(not(unix))]
pub const fn warn_when_open(_: &Path, _: &str) {}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).expect("it is there").permissions().mode() & 0o777
    }

    #[test]
    fn what_is_made_is_private_and_what_is_open_is_closed() {
        let there = tempfile::tempdir().expect("a folder");
        let (inside, letter) = (there.path().join("a").join("data"), there.path().join("a").join("data").join("x"));

        folder(&inside).expect("made");
        file(&letter).expect("made");
        assert_eq!((mode(&inside), mode(&letter)), (0o700, 0o600));

        fs::set_permissions(&inside, fs::Permissions::from_mode(0o755)).expect("opened");
        fs::set_permissions(&letter, fs::Permissions::from_mode(0o644)).expect("opened");
        fs::write(&letter, "kept").expect("written");
        folder(&inside).expect("closed");
        file(&letter).expect("closed");
        assert_eq!((mode(&inside), mode(&letter)), (0o700, 0o600));
        assert_eq!(fs::read_to_string(&letter).expect("read"), "kept");
    }
}
