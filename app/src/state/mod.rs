//! What the browser remembers while the shop is open. Made once, at the root of the app, so no signal outlives its owner.

pub mod cart;
pub mod notice;
pub mod place;
pub mod rows;
pub mod shop;
pub mod tabs;

pub use cart::{CartState, use_cart};
pub use notice::{Notices, Toast, ToastAction, use_notices};
pub use rows::{Added, MoreRows, use_more_rows};
pub use shop::{provide_shop, use_shop};
