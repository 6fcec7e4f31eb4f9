//! The privacy statement as data: for what the shop keeps which kinds of data, how long, who receives what, and what stands on a shopper's
//! device. The statement, the page about cookies and the record of art. 30 are written from it, and a column of the database or a field of
//! a call that is not in it fails the build. Dutch words stand here because they are the register; no page is laid out here.
//!
//! - [`purpose`]: why, with the legal basis; [`category`]: which kinds of data.
//! - [`retention`]: how long; [`ends`]: on which day that is over; [`device`]: cookies and storage in a browser.
//! - [`party`]: who receives what; [`disclosure`]: a value on its way to one of them.
//! - [`version`]: the versions of the statement.
//! - [`request`]: what somebody may ask about her data; [`deadline`]: until when it is answered; [`breach`]: the log of breaches.

pub mod breach;
pub mod category;
pub mod deadline;
pub mod device;
pub mod disclosure;
pub mod ends;
pub mod party;
pub mod purpose;
pub mod request;
pub mod retention;
#[cfg(test)]
mod tests;
pub mod version;

pub use category::Category;
pub use device::{DeviceItem, Kept};
pub use disclosure::{Disclosed, Disclosure, Given};
pub use party::{Field, Party};
pub use purpose::{Basis, ConsentPurpose, Purpose};
pub use retention::Retention;

/// Whether the software does it today. What it does not do yet is in the register, so that it can be built on, and in no text: the
/// statement says only what is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It does.
    Now,
    /// Not yet.
    NotYet,
}
