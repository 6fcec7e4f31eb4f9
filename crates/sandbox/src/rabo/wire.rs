//! The messages that carry a signature, field by field as they travel.

use serde::{Deserialize, Serialize};

/// The one event of the legacy webhook.
pub const EVENT_NAME: &str = "merchant.order.status.changed";

/// Money: ISO currency and integer minor units.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the provider's own words")]
pub struct MoneyDto {
    pub currency: String,
    pub amount: i64,
}

impl MoneyDto {
    /// This many cents.
    pub fn euro(cents: i64) -> Self {
        Self { currency: "EUR".to_owned(), amount: cents }
    }
}

/// The webhook body: something changed, come and pull.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the provider's own words")]
pub struct Notification {
    pub authentication: String,
    pub expiry: String,
    pub event_name: String,
    pub poi_id: String,
    pub signature: String,
}

/// The answer to a pull.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the provider's own words")]
pub struct OrderResults {
    pub more_order_results_available: bool,
    pub order_results: Vec<OrderResult>,
    pub signature: String,
}

/// One order in a pull answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the provider's own words")]
pub struct OrderResult {
    pub merchant_order_id: String,
    pub omnikassa_order_id: String,
    pub poi_id: String,
    pub order_status: String,
    pub order_status_date_time: String,
    pub error_code: String,
    pub paid_amount: MoneyDto,
    pub total_amount: MoneyDto,
    pub transactions: Vec<TransactionResult>,
}

/// One attempt to pay in a pull answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the provider's own words")]
pub struct TransactionResult {
    pub id: String,
    pub payment_brand: String,
    #[serde(rename = "type")]
    pub kind: String,
    pub status: String,
    pub amount: MoneyDto,
    pub confirmed_amount: Option<MoneyDto>,
    pub start_time: String,
    pub last_update_time: String,
}
