//! The document around the app. Server only.

use crate::App;
use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_meta::MetaTags;

/// Addresses of the files that every page needs; they carry a hash, so they may be kept for ever.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assets {
    /// The glue of the browser module.
    pub js: String,
    /// The browser module.
    pub wasm: String,
    /// The style sheet.
    pub css: String,
}

/// What browsers without a running app fetch ahead: pages somebody points at. Lists and articles only; nothing personal, nothing that changes.
const AHEAD: &str = r#"{"prefetch":[{"where":{"or":[{"href_matches":"/collectie*"},{"href_matches":"/product/*"}]},"eagerness":"moderate"}]}"#;

/// Fetches the app when the page is at rest or somebody starts to use it, so it never stands before the main picture.
/// Without it every link and form is a plain one; when it breaks they become plain again.
const LOADER: &str = include_str!("loader.js");

/// Asks about cookies who has not answered, and starts what she said yes to. Only where there is something to choose.
const CONSENT: &str = include_str!("consent.js");

/// What runs after a yes; a file of its own, so nobody else downloads it.
pub const MEASURE: &str = include_str!("measure.js");

/// The document. `<` cannot occur in the addresses of the assets, which the build makes.
pub fn shell(assets: Assets) -> impl IntoView {
    let Assets { js, wasm, css } = assets;
    let loader = LOADER.replace("__JS__", &js).replace("__WASM__", &wasm);
    let asks = !crate::measure::tools().purposes().is_empty();
    let consent = asks.then(|| {
        view! {
            // Without script nothing else knows who has answered.
            <noscript>
                <link rel="stylesheet" href="/keuze.css" />
            </noscript>
            <script type="module" nonce=use_nonce()>
                {CONSENT}
            </script>
        }
    });
    view! {
        <!DOCTYPE html>
        <html lang="nl">
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
                <meta name="theme-color" content="#fbf7f0" media="(prefers-color-scheme: light)" />
                <meta name="theme-color" content="#1b1618" media="(prefers-color-scheme: dark)" />
                <link
                    rel="preload"
                    href="/fonts/familjen-grotesk-latin-wght-normal.woff2"
                    r#as="font"
                    r#type="font/woff2"
                    crossorigin="anonymous"
                />
                <link rel="stylesheet" href=css />
                <link rel="icon" href="/favicon.svg" r#type="image/svg+xml" />
                <link rel="icon" href="/favicon.ico" sizes="32x32" />
                <link rel="apple-touch-icon" href="/apple-touch-icon.png" />
                <link rel="manifest" href="/site.webmanifest" />
                <MetaTags />
                <script type="speculationrules" nonce=use_nonce()>
                    {AHEAD}
                </script>
                <script type="module" nonce=use_nonce()>
                    {loader}
                </script>
                {consent}
            </head>
            <body>
                <App />
            </body>
        </html>
    }
}
