//! The bodies of the server functions: they ask the shop and turn what it says into what a page shows.

mod account;
mod alert;
mod cart;
mod catalog;
mod checkout;
mod money;
mod my_data;
mod newsletter;
mod order;
mod withdrawal;

pub use account::*;
pub use alert::*;
pub use cart::*;
pub use catalog::*;
pub use checkout::*;
pub use my_data::*;
pub use newsletter::*;
pub use order::*;
pub use withdrawal::*;
