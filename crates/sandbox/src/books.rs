//! The books of a provider: what it remembers, behind a lock, and in a file when asked.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use anyhow::Context;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A ledger behind its lock and, when asked, its file.
pub(crate) struct Books<L> {
    ledger: Mutex<L>,
    file: Option<PathBuf>,
}

impl<L: Default + Serialize + DeserializeOwned> Books<L> {
    /// Reads the file when there is one; begins empty otherwise.
    pub fn open(file: Option<PathBuf>) -> anyhow::Result<Self> {
        let ledger = match &file {
            Some(path) if path.exists() => {
                let json = std::fs::read(path).with_context(|| format!("read {}", path.display()))?;
                serde_json::from_slice(&json).with_context(|| format!("understand {}", path.display()))?
            }
            _ => L::default(),
        };
        Ok(Self { ledger: Mutex::new(ledger), file })
    }

    pub fn read<T>(&self, look: impl FnOnce(&L) -> T) -> T {
        look(&self.ledger.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Changes the ledger and writes it before anybody else may look, so that what was answered is also kept.
    pub fn change<T>(&self, act: impl FnOnce(&mut L) -> T) -> T {
        let mut ledger = self.ledger.lock().unwrap_or_else(PoisonError::into_inner);
        let result = act(&mut ledger);
        if let Some(path) = &self.file
            && let Err(error) = write(path, &*ledger)
        {
            tracing::error!(%error, "sandbox could not keep its state");
        }
        result
    }
}

/// Writes beside the file and renames, so that a kill leaves either the old or the new state.
fn write(path: &Path, ledger: &impl Serialize) -> std::io::Result<()> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".new");
    std::fs::write(&beside, serde_json::to_vec(ledger)?)?;
    std::fs::rename(&beside, path)
}
