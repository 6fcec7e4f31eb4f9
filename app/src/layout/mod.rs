//! What stands around every page.

pub mod consent;
pub mod footer;
pub mod header;
pub mod live;
pub mod menu;

pub use consent::ConsentBanner;
pub use footer::Footer;
pub use header::Header;
pub use live::Live;
