//! One file per page, or per way that belongs together.

pub mod account;
pub mod alert;
pub mod cart;
pub mod checkout;
pub mod collection;
pub mod contact;
#[cfg(feature = "ssr")]
pub mod content;
pub mod home;
pub mod not_found;
pub mod order;
pub mod product;
pub mod search;
pub mod shipping;
pub mod sign_in;
pub mod sizes;
pub mod text_page;
