//! Looking up an address by postal code and house number. It helps, it never blocks: the shopper may always overrule it.

use async_trait::async_trait;
use shop_core::address::{HouseNumber, PostalCode};

/// Street and town.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundAddress {
    /// Street.
    pub street: String,
    /// Town.
    pub city: String,
}

/// The register could not be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RegisterError;

/// A register of Dutch addresses.
#[async_trait]
pub trait AddressRegister: Send + Sync {
    /// The address, or `None` when the register does not know it.
    async fn find(&self, code: &PostalCode, house: &HouseNumber) -> Result<Option<FoundAddress>, RegisterError>;
}
