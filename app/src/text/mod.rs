//! Every sentence that more than one place says. Voice: design.md section 2.

mod nl;

pub use nl::*;
