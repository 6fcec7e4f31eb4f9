//! What people see, on the server and in the browser.

pub mod api;
pub mod app;
pub mod components;
pub mod layout;
pub mod pages;
pub mod routes;
#[cfg(feature = "ssr")]
pub mod shell;
pub mod state;
pub mod text;

pub use app::App;
#[cfg(feature = "ssr")]
pub use shell::{Assets, shell};
