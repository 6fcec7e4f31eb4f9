//! Requests of people about their data, and breaches, each with its trail. A trail is added to and read, never changed.

use super::StoreError;
use async_trait::async_trait;
use shop_core::id::{BreachId, RequestId};
use shop_core::privacy::breach::Breach;
use shop_core::privacy::request::Request;
use shop_core::time::Timestamp;

/// A line of a trail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub actor: String,
    /// What: `entered`, `extended`, `closed`, `changed`.
    pub what: String,
}

/// What lies on the desk about personal data.
#[async_trait]
pub trait PrivacyDesk {
    /// Writes a new request.
    async fn insert_request(&mut self, request: &Request) -> Result<(), StoreError>;
    /// Writes extension and end if nobody changed it since it was read; raises its version. `Conflict` otherwise.
    async fn save_request(&mut self, request: &mut Request) -> Result<(), StoreError>;
    /// One request.
    async fn request(&mut self, id: RequestId) -> Result<Option<Request>, StoreError>;
    /// Open ones, the oldest first, or the closed ones that were closed last.
    async fn requests(&mut self, open: bool, most: u32) -> Result<Vec<Request>, StoreError>;
    /// Adds to the trail of a request.
    async fn add_request_step(&mut self, request: RequestId, step: &Step) -> Result<(), StoreError>;
    /// Its trail, first one first.
    async fn request_steps(&mut self, request: RequestId) -> Result<Vec<Step>, StoreError>;
    /// Writes a new breach.
    async fn insert_breach(&mut self, breach: &Breach) -> Result<(), StoreError>;
    /// Writes all but the moment of awareness if nobody changed it since it was read; raises its version. `Conflict` otherwise.
    async fn save_breach(&mut self, breach: &mut Breach) -> Result<(), StoreError>;
    /// One breach.
    async fn breach(&mut self, id: BreachId) -> Result<Option<Breach>, StoreError>;
    /// All, the newest first.
    async fn breaches(&mut self, most: u32) -> Result<Vec<Breach>, StoreError>;
    /// Adds to the trail of a breach.
    async fn add_breach_step(&mut self, breach: BreachId, step: &Step) -> Result<(), StoreError>;
    /// Its trail, first one first.
    async fn breach_steps(&mut self, breach: BreachId) -> Result<Vec<Step>, StoreError>;
}
