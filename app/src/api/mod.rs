//! Server functions: the only way pages speak to the shop. Views hold what a page shows and nothing more, because they travel.
//!
//! Reads are GET and cacheable, changes are POST forms that also work without script.

pub mod account;
pub mod alert;
pub mod cart;
pub mod catalog;
pub mod checkout;
mod error;
#[cfg(feature = "ssr")]
mod server;
#[cfg(feature = "ssr")]
mod views;

pub use error::ApiError;
#[cfg(feature = "ssr")]
pub use server::*;

use codee::binary::PostcardCodec;
use leptos::prelude::*;
use std::future::Future;

/// Data of a page: loaded on the server before the page is sent, handed to the browser in the page, loaded again when `source` changes.
/// Postcard keeps it small and JSON out of the browser.
pub type Loaded<T> = Resource<Result<T, ApiError>, PostcardCodec>;

/// Loads the data of a page. See [`Loaded`].
pub fn load<S, T, Fut>(
    source: impl Fn() -> S + Send + Sync + 'static,
    fetch: impl Fn(S) -> Fut + Send + Sync + 'static,
) -> Loaded<T>
where
    S: PartialEq + Clone + Send + Sync + 'static,
    T: serde::Serialize + serde::de::DeserializeOwned + Send + Sync + 'static,
    Fut: Future<Output = Result<T, ApiError>> + Send + 'static,
{
    Resource::new_with_options(source, fetch, true)
}
