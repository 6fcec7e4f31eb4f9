//! Pictures as pages show them. A name holds the hash of the original, so a picture never changes and may be kept for ever.

use super::Web;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::StatusCode;
use http::header::{CACHE_CONTROL, CONTENT_TYPE};
use moka::future::Cache;
use shop_pictures::Format;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

/// Bytes of pictures that are kept in memory.
const MOST: u64 = 32 * 1024 * 1024;

/// The files, the most wanted ones in memory. Clones share them.
#[derive(Clone)]
pub struct PictureFiles {
    folder: Arc<PathBuf>,
    warm: Cache<String, Bytes>,
}

impl PictureFiles {
    /// The files of this folder.
    pub fn new(folder: PathBuf) -> Self {
        let warm = Cache::builder()
            .max_capacity(MOST)
            .weigher(|_: &String, bytes: &Bytes| u32::try_from(bytes.len()).unwrap_or(u32::MAX))
            .build();
        Self { folder: Arc::new(folder), warm }
    }

    async fn read(&self, name: String) -> Result<Bytes, Arc<io::Error>> {
        let path = self.folder.join(&name);
        self.warm.try_get_with(name, async move { tokio::fs::read(path).await.map(Bytes::from) }).await
    }
}

/// The format that a name stands for: `0123456789abcdef-640.avif`. `None` for any other name, so nothing else is ever read.
fn format_of(name: &str) -> Option<Format> {
    let (stem, extension) = name.split_once('.')?;
    let (key, width) = stem.split_once('-')?;
    let is_key = key.len() == 16 && key.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte));
    let is_width = (2..=4).contains(&width.len()) && width.bytes().all(|byte| byte.is_ascii_digit());
    let format = Format::ALL.into_iter().find(|format| format.extension() == extension)?;
    (is_key && is_width).then_some(format)
}

/// A picture.
pub async fn picture(State(web): State<Web>, Path(name): Path<String>) -> Response {
    let Some(format) = format_of(&name) else { return StatusCode::NOT_FOUND.into_response() };
    match web.files.read(name).await {
        // Other sites may show it: search engines and shared links do.
        Ok(bytes) => (
            [(CACHE_CONTROL, "public, max-age=31536000, immutable"), (CONTENT_TYPE, format.media_type())],
            [("cross-origin-resource-policy", "cross-origin")],
            bytes,
        )
            .into_response(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => StatusCode::NOT_FOUND.into_response(),
        Err(error) => {
            tracing::error!(%error, "a picture cannot be read");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_pictures_are_read() {
        assert_eq!(format_of("0123456789abcdef-640.avif"), Some(Format::Avif));
        assert_eq!(format_of("0123456789abcdef-1280.jpg"), Some(Format::Jpeg));
        for other in [
            "decor.json",
            "0123456789abcdef",
            "0123456789abcdef-640.png",
            "0123456789ABCDEF-640.avif",
            "0123456789abcdef-640.avif.0.tmp",
            "../0123456789abcde-640.avif",
            "0123456789abcdef-6.avif",
            "originals",
        ] {
            assert_eq!(format_of(other), None, "{other}");
        }
    }
}
