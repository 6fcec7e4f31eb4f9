//! Reading what stands in a column. What cannot be read is an alarm that names the column, never a default.

use serde::Serialize;
use serde::de::DeserializeOwned;
use shop_flows::ports::StoreError;

/// The alarm for a column whose value makes no sense. The value itself is not told: it may be personal.
pub(super) fn broken(column: &str) -> StoreError {
    StoreError::Broken(format!("{column} holds something else"))
}

/// A count that cannot be negative.
pub(super) fn count(value: i64, column: &str) -> Result<u32, StoreError> {
    u32::try_from(value).map_err(|_| broken(column))
}

/// What may still be promised of a size. The owner can count fewer pieces than were promised; then it is none.
pub(super) fn available(on_hand: i64, held: i64) -> Result<u32, StoreError> {
    count(on_hand.saturating_sub(held).max(0), "variants.on_hand")
}

/// A place in a list, or how many there are.
pub(super) fn index(value: usize) -> Result<i64, StoreError> {
    i64::try_from(value).map_err(|_| StoreError::Broken("a list is too long".to_owned()))
}

/// Reads a column of JSON.
pub(super) fn from_json<T: DeserializeOwned>(text: &str, column: &str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|error| {
        // Category and place only: the message of serde may quote a value.
        StoreError::Broken(format!(
            "{column} holds other JSON ({:?} error at column {})",
            error.classify(),
            error.column()
        ))
    })
}

/// Writes a column of JSON.
pub(super) fn to_json<T: Serialize>(value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| StoreError::Broken(error.to_string()))
}
