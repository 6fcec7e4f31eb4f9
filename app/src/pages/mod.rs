//! One file per page, or per way that belongs together.

#[cfg(feature = "ssr")]
pub mod account;
#[cfg(feature = "ssr")]
pub mod article;
pub mod cart;
#[cfg(feature = "ssr")]
pub mod checkout;
pub mod collection;
#[cfg(feature = "ssr")]
pub mod contact;
#[cfg(feature = "ssr")]
pub mod content;
#[cfg(feature = "ssr")]
pub mod cookies;
#[cfg(feature = "ssr")]
pub mod found;
#[cfg(feature = "ssr")]
pub mod front;
pub mod home;
pub mod not_found;
#[cfg(feature = "ssr")]
pub mod order;
pub mod product;
pub mod search;
#[cfg(feature = "ssr")]
pub mod shelf;
#[cfg(feature = "ssr")]
pub mod shipping;
#[cfg(feature = "ssr")]
pub mod sign_in;
#[cfg(feature = "ssr")]
pub mod sizes;
pub mod words;
#[cfg(feature = "ssr")]
mod written;
