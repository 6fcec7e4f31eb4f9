//! The files that browsers download: the module with its glue, style sheets, fonts, icons. They lie inside the program, packed
//! beforehand; a debug build reads them from the folder instead.

use super::coding::Coding;
use super::policy::Policy;
use axum::body::Body;
use axum::response::Response;
use bytes::Bytes;
use http::header::{CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, HeaderMap, HeaderValue, IF_NONE_MATCH, VARY};
use http::{Method, StatusCode};
use rust_embed::{Embed, EmbeddedFile};
use serde::Deserialize;
use shop_app::Assets;
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

#[derive(Embed)]
#[folder = "$SITE_DIR"]
#[allow_missing = true]
struct Files;

/// One file in the codings that were made of it.
struct File {
    media_type: HeaderValue,
    mark: String,
    is_permanent: bool,
    identity: Bytes,
    gzip: Option<Bytes>,
    brotli: Option<Bytes>,
}

/// What the build of the site wrote down.
#[derive(Debug, Clone, Default, Deserialize)]
struct Manifest {
    js: String,
    wasm: String,
    css: String,
    beheer_css: String,
}

/// All files. Clones share them.
#[derive(Clone)]
pub struct Site(Arc<Inner>);

struct Inner {
    files: HashMap<String, File>,
    manifest: Option<Manifest>,
}

impl Site {
    /// The files that came with the program.
    pub fn load() -> Self {
        let manifest = Files::get("manifest.json").and_then(|file| serde_json::from_slice(&file.data).ok());
        let is_source = |name: &str| !name.ends_with(".br") && !name.ends_with(".gz") && name != "manifest.json";
        let files = Files::iter()
            .filter(|name| is_source(name))
            .filter_map(|name| Some((format!("/{name}"), file(&name)?)))
            .collect();
        Self(Arc::new(Inner { files, manifest }))
    }

    /// Whether the site was built before the program. Without it pages work as plain ones, but unstyled.
    pub fn is_built(&self) -> bool {
        self.0.manifest.is_some()
    }

    /// The addresses that every page names.
    pub fn assets(&self) -> Assets {
        let at = |name: &str| format!("/pkg/{name}");
        match self.0.manifest.clone() {
            Some(Manifest { js, wasm, css, .. }) => Assets { js, wasm, css },
            None => Assets { js: at("allgems.js"), wasm: at("allgems.wasm"), css: at("allgems.css") },
        }
    }

    /// The address of the style sheet of the dashboard.
    pub fn dashboard_css(&self) -> &str {
        self.0.manifest.as_ref().map_or("/pkg/beheer.css", |manifest| manifest.beheer_css.as_str())
    }

    /// The answer to a request for one of the files; `None` when the address is of something else.
    pub fn answer(&self, method: &Method, path: &str, asked: &HeaderMap, policy: &Policy) -> Option<Response> {
        // No page has a dot in its address, and every file has one.
        if !path.contains('.') || (method != Method::GET && method != Method::HEAD) {
            return None;
        }
        self.0.files.get(path).map(|file| file.answer(asked, policy))
    }
}

impl File {
    fn answer(&self, asked: &HeaderMap, policy: &Policy) -> Response {
        let (coding, body) = match (Coding::wanted(asked), &self.brotli, &self.gzip) {
            (Coding::Brotli, Some(brotli), _) => (Coding::Brotli, brotli),
            (Coding::Brotli | Coding::Gzip, _, Some(gzip)) => (Coding::Gzip, gzip),
            _ => (Coding::Identity, &self.identity),
        };
        let is_known =
            asked.get_all(IF_NONE_MATCH).iter().any(|list| list.to_str().is_ok_and(|list| list.contains(&self.mark)));
        let mut response =
            if is_known { Response::new(Body::empty()) } else { Response::new(Body::from(body.clone())) };
        if is_known {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
        }
        let headers = response.headers_mut();
        if let Ok(mark) = HeaderValue::from_str(&format!("\"{}-{}\"", self.mark, coding.name().unwrap_or("id"))) {
            headers.insert(ETAG, mark);
        }
        let keep = if self.is_permanent { "public, max-age=31536000, immutable" } else { "public, max-age=3600" };
        headers.insert(CACHE_CONTROL, HeaderValue::from_static(keep));
        headers.insert(CONTENT_TYPE, self.media_type.clone());
        headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
        if let Some(name) = coding.name().filter(|_| !is_known) {
            headers.insert(CONTENT_ENCODING, HeaderValue::from_static(name));
        }
        policy.complete(headers);
        response
    }
}

fn file(name: &str) -> Option<File> {
    let EmbeddedFile { data, metadata } = Files::get(name)?;
    let twin = |ending: &str| Files::get(&format!("{name}.{ending}")).map(|file| bytes(file.data));
    let media_type = match name.rsplit('.').next() {
        Some("wasm") => HeaderValue::from_static("application/wasm"),
        Some("webmanifest") => HeaderValue::from_static("application/manifest+json"),
        Some("woff2") => HeaderValue::from_static("font/woff2"),
        _ => {
            let guess = mime_guess::from_path(name).first_or_octet_stream();
            let text = guess.type_() == "text";
            HeaderValue::from_str(&if text { format!("{guess}; charset=utf-8") } else { guess.to_string() }).ok()?
        }
    };
    let mut mark = hex::encode(metadata.sha256_hash());
    mark.truncate(20);
    Some(File {
        media_type,
        mark,
        // Their names change with their contents; fonts change with a release at most, under another name.
        is_permanent: name.starts_with("pkg/") || name.starts_with("fonts/"),
        identity: bytes(data),
        gzip: twin("gz"),
        brotli: twin("br"),
    })
}

fn bytes(data: Cow<'static, [u8]>) -> Bytes {
    match data {
        Cow::Borrowed(bytes) => Bytes::from_static(bytes),
        Cow::Owned(bytes) => Bytes::from(bytes),
    }
}
