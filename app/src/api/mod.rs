//! Server functions: the only way pages speak to the shop. Views hold what a page shows and nothing more, because they travel.
//!
//! Reads are GET and cacheable, changes are POST forms that also work without script.

pub mod account;
pub mod alert;
pub mod cart;
pub mod catalog;
pub mod checkout;
mod error;
mod loaded;
pub mod my_data;
pub mod newsletter;
#[cfg(feature = "ssr")]
mod server;
#[cfg(feature = "ssr")]
pub(crate) mod views;
pub mod words;

pub use error::ApiError;
pub use loaded::{Asked, Loaded, load};
#[cfg(feature = "ssr")]
pub use server::*;
