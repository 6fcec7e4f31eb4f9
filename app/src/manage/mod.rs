//! The pages of the dashboard. They are made on the server and sent as they are: no module runs in the browser, every action is
//! a plain form, so they work on an old phone in the stockroom as well.
//!
//! Each page is a function from what the flows know to a document; who may see it was decided before.

pub mod audit;
pub mod bank;
pub mod breaches;
pub mod discounts;
pub mod form;
pub mod inbox;
pub mod jobs;
pub mod keeping;
pub mod layout;
pub mod letters;
pub mod order;
pub mod orders;
pub mod overview;
pub mod packing_slip;
pub mod paths;
pub mod privacy;
pub mod product;
pub mod products;
pub mod readers;
pub mod refunds;
pub mod register;
pub mod requests;
pub mod sign_in;
mod visits;
pub mod welcome;
pub mod words;

pub use layout::{Frame, Notice};
