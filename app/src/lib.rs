//! What people see, on the server and in the browser.

// A page is one nested type; the default of 128 levels is too few to lay out the largest ones.
#![recursion_limit = "256"]

pub mod api;
pub mod app;
pub mod behaviour;
pub mod components;
pub mod layout;
#[cfg(feature = "ssr")]
pub mod manage;
#[cfg(feature = "ssr")]
pub mod measure;
pub mod pages;
pub mod routes;
#[cfg(feature = "ssr")]
pub mod shell;
pub mod state;
pub mod text;

pub use app::App;
#[cfg(feature = "ssr")]
pub use shell::{Assets, MEASURE, shell};
