//! Bank statements, as the owner downloads them from her bank: CAMT.053 (versions 001.02 and 001.08) and the structured MT940 of
//! Dutch banks become bookings that add up. Which order a booking pays is decided in `shop_core::payment`; nothing is stored here.
//!
//! A booking has no field for the payer's account number: the reader of CAMT.053 keeps only the elements that `camt/element.rs` names,
//! and the reader of MT940 passes over the parts that hold it. A payer's name and text are read for matching and do not show in debug
//! output; a bank that writes no parts may put an account into the text, one reason more to keep none of it.
//!
//! The way through: `file` decides what the bytes are → `camt` or `mt940` reads drafts → `statement` checks that they add up.
//! Sources: the message definitions of ISO 20022 for CAMT.053; the format descriptions of ING and Rabobank for MT940.

#![deny(clippy::float_arithmetic, clippy::indexing_slicing)]

mod amount;
mod camt;
mod error;
mod file;
mod key;
mod mt940;
mod statement;
#[cfg(feature = "testing")]
pub mod testing;

pub use error::{Kind, Unreadable};
pub use key::BookingId;
pub use statement::{Booking, Confidential, Statement};

/// The largest file that is read, in bytes. A year of a busy small shop is about a tenth of it.
pub const LARGEST: usize = 10 * 1024 * 1024;

/// The statements in a file, in the order of the file; the name of the file does not matter. All or nothing: with one booking that
/// cannot be read, or sums that do not come out, there are none, because half a statement would look like all of it.
pub fn read(bytes: &[u8]) -> Result<Vec<Statement>, Unreadable> {
    match file::recognise(bytes)? {
        file::Contents::Xml(text) => camt::read(&text),
        file::Contents::Mt940(text) => mt940::read(&text),
    }
}
