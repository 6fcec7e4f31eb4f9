//! What a shop is. Pure: no clock, no randomness, no network, no floats; it compiles for the server and for the browser,
//! so both show the same totals and the same sentences.
//!
//! - [`id`], [`time`], [`money`], [`vat`]: the small words.
//! - [`email`], [`address`]: what people type, parsed once; [`typed`]: how much of it is shown to them again.
//! - [`catalog`], [`stock`], [`shipping`]: what is sold, what is left, how it gets there.
//! - [`cart`], [`discount`], [`checkout`], [`order`], [`payment`]: the way of one order.
//! - [`consent`]: what a visitor may say yes or no to.
//! - [`ledger`]: where the money of each order is, in double entry.
//! - [`privacy`]: why it keeps what, how long, and who receives it.
//! - [`newsletter`]: who gets letters, and the letters.
//! - [`error`]: everything a person can be told; [`shop`]: who the shop is.

#![deny(clippy::float_arithmetic, clippy::indexing_slicing)]

pub mod address;
pub mod cart;
pub mod catalog;
pub mod checkout;
pub mod consent;
pub mod discount;
pub mod email;
pub mod error;
pub mod id;
pub mod ledger;
pub mod money;
pub mod newsletter;
pub mod order;
pub mod payment;
pub mod privacy;
pub mod shipping;
pub mod shop;
pub mod stock;
pub mod time;
pub mod typed;
pub mod vat;

pub use error::ShopError;
