//! The entry of the browser module.

use wasm_bindgen::prelude::wasm_bindgen;

/// Takes over the page that the server sent.
#[wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_body(shop_app::App);
}
