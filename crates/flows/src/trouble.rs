//! Where a failure of a port becomes what a shopper is told. It is logged here, once, with the reference that she sees.

use crate::ports::StoreError;
use shop_core::ShopError;
use shop_core::money::Overflow;
use std::sync::atomic::{AtomicU32, Ordering};

/// Turns a failure that no shopper can do anything about into a [`ShopError`].
pub(crate) trait Trouble<T> {
    /// Logs the cause and keeps the reference.
    fn trouble(self) -> Result<T, ShopError>;
}

impl<T> Trouble<T> for Result<T, StoreError> {
    fn trouble(self) -> Result<T, ShopError> {
        self.map_err(|error| match error {
            StoreError::Conflict => ShopError::Conflict,
            StoreError::Duplicate | StoreError::Unavailable(_) | StoreError::Broken(_) => unavailable(&error),
        })
    }
}

impl<T> Trouble<T> for Result<T, Overflow> {
    fn trouble(self) -> Result<T, ShopError> {
        self.map_err(|_| unavailable(&"an amount does not fit"))
    }
}

/// Logs `cause` under a new reference.
pub(crate) fn unavailable(cause: &dyn std::fmt::Display) -> ShopError {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let mut rest = COUNT.fetch_add(1, Ordering::Relaxed).wrapping_mul(2_654_435_761) >> 2;
    // Without 0, O, 1 and I, because people read it aloud on the phone.
    let letters = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    let reference: String = (0..6)
        .filter_map(|_| {
            let letter = letters.get(usize::try_from(rest % 32).unwrap_or(0)).map(|byte| char::from(*byte));
            rest /= 32;
            letter
        })
        .collect();
    tracing::error!(%reference, %cause, "unavailable");
    ShopError::Unavailable { reference }
}
