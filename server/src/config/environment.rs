//! The environment of the process, read once. Secrets may stand in files that `NAME_FILE` names, as containers hand them over.

use crate::private;
use secrecy::SecretString;
use std::collections::HashMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

/// Variables and their values. Values do not print: some are secrets.
#[derive(Clone, Default)]
pub struct Environment(HashMap<String, String>);

impl Environment {
    /// The variables of this process. What is not text is left out.
    pub fn of_process() -> Self {
        let text = |(name, value): (std::ffi::OsString, std::ffi::OsString)| {
            Some((name.into_string().ok()?, value.into_string().ok()?))
        };
        Self(std::env::vars_os().filter_map(text).collect())
    }

    /// These variables, for tests.
    pub fn of<const N: usize>(pairs: [(&str, &str); N]) -> Self {
        Self(pairs.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect())
    }

    /// These variables too, for tests.
    #[cfg(test)]
    pub(super) fn extend(&mut self, more: Self) {
        self.0.extend(more.0);
    }

    /// A variable; an empty one counts as not set.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(|value| value.trim()).filter(|value| !value.is_empty())
    }

    /// A path.
    pub fn path(&self, name: &str) -> Option<PathBuf> {
        self.text(name).map(PathBuf::from)
    }

    /// An address to listen on, or the usual one.
    pub(super) fn addr(&self, name: &str, usual: SocketAddr, mistakes: &mut Vec<String>) -> SocketAddr {
        let Some(text) = self.text(name) else { return usual };
        text.parse().unwrap_or_else(|_| {
            mistakes.push(format!("{name} must be an address and a port, such as {usual}"));
            usual
        })
    }

    /// A secret: the variable itself, or the contents of the file that `NAME_FILE` names.
    pub(super) fn secret(&self, name: &str, mistakes: &mut Vec<String>) -> Option<SecretString> {
        if let Some(value) = self.text(name) {
            return Some(SecretString::from(value));
        }
        let file = format!("{name}_FILE");
        let path = self.text(&file)?;
        private::warn_when_open(Path::new(path), &file);
        match std::fs::read_to_string(path) {
            Ok(text) if !text.trim().is_empty() => Some(SecretString::from(text.trim())),
            Ok(_) => {
                mistakes.push(format!("{file} names an empty file"));
                None
            }
            Err(error) => {
                mistakes.push(format!("{file} names a file that cannot be read ({})", error.kind()));
                None
            }
        }
    }
}
