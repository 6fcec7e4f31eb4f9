//! What stands around every page.

pub mod footer;
pub mod header;
pub mod live;
pub mod menu;

pub use footer::Footer;
pub use header::Header;
pub use live::Live;
