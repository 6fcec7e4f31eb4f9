//! The provider's own words: the JSON of Rabo OmniKassa (Rabo Smart Pay, online payment API v2) as it travels.
//! Timestamps stay text exactly as received, because signatures cover them.

use serde::{Deserialize, Deserializer, Serialize};
use shop_core::privacy::Given;
use shop_core::privacy::party::to;

/// The one event of the webhook.
pub(super) const EVENT_NAME: &str = "merchant.order.status.changed";
/// Most that one order may cost, in cents.
pub(super) const LARGEST_AMOUNT: i64 = 9_999_999;

/// What we send by name, as their refusals repeat it.
pub(super) const FIELDS: &[&str] = &[
    "timestamp",
    "merchantOrderId",
    "description",
    "amount",
    "currency",
    "language",
    "merchantReturnURL",
    "paymentBrand",
    "paymentBrandForce",
    "money",
    "vatCategory",
];

/// Paths, relative to the host.
pub(super) mod path {
    pub const REFRESH: &str = "omnikassa-api/gatekeeper/refresh";
    pub const ANNOUNCE: &str = "omnikassa-api/order/server/api/v2/order";
    pub const RESULTS: &str = "omnikassa-api/order/server/api/v2/events/results";
    pub const ORDERS: &str = "v2/orders";
    pub const TRANSACTIONS: &str = "omnikassa-api/order/server/api/v2/refund/transactions";
}

/// An amount in whole cents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Amount {
    pub currency: String,
    pub amount: i64,
}

impl Amount {
    pub(super) fn euro(cents: i64) -> Self {
        Self { currency: "EUR".to_owned(), amount: cents }
    }

    /// The cents, when they are euro cents.
    pub(super) fn euro_cents(&self) -> Option<i64> {
        (self.currency == "EUR").then_some(self.amount)
    }
}

/// A new order. Nothing about the shopper: order id, amount, description, return address and brand are enough.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Announcement<'a> {
    pub timestamp: String,
    pub merchant_order_id: Given<to::OmniKassa, &'a str>,
    pub description: Given<to::OmniKassa, String>,
    pub amount: Given<to::OmniKassa, Amount>,
    pub language: &'static str,
    #[serde(rename = "merchantReturnURL")]
    pub merchant_return_url: Given<to::OmniKassa, &'a str>,
    pub payment_brand: &'static str,
    pub payment_brand_force: &'static str,
}

/// The answer to a new order.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Announced {
    pub redirect_url: String,
    pub omnikassa_order_id: String,
}

/// The answer to a refresh. `validUntil` says the same again and depends on two clocks; the length depends on one.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Refreshed {
    pub token: String,
    pub duration_in_millis: i64,
}

/// The body of the webhook.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Notification {
    pub authentication: String,
    pub expiry: String,
    pub event_name: String,
    #[serde(deserialize_with = "text_of_number")]
    pub poi_id: String,
    pub signature: String,
}

/// The answer to a pull.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Results {
    pub more_order_results_available: bool,
    #[serde(default, deserialize_with = "null_is_none")]
    pub order_results: Vec<OrderResult>,
    pub signature: String,
}

/// One order in a pull.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct OrderResult {
    pub merchant_order_id: String,
    pub omnikassa_order_id: String,
    #[serde(deserialize_with = "text_of_number")]
    pub poi_id: String,
    pub order_status: String,
    pub order_status_date_time: Option<String>,
    pub error_code: Option<String>,
    pub paid_amount: Option<Amount>,
    pub total_amount: Option<Amount>,
    #[serde(default, deserialize_with = "null_is_none")]
    pub transactions: Vec<Transaction>,
}

/// One try to pay, inside their order. The pull and the details call name its times differently.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Transaction {
    pub id: String,
    pub payment_brand: Option<String>,
    #[serde(rename = "type")]
    pub kind: Option<String>,
    pub status: String,
    pub amount: Option<Amount>,
    pub confirmed_amount: Option<Amount>,
    pub start_time: Option<String>,
    pub last_update_time: Option<String>,
}

impl Transaction {
    /// Whether it brought the money. The manual's tables name one or the other; the status of the order decides.
    pub(super) fn succeeded(&self) -> bool {
        matches!(self.status.as_str(), "SUCCESS" | "ACCEPTED")
    }

    /// Whether the bank or the card said no.
    pub(super) fn failed(&self) -> bool {
        self.status == "FAILURE"
    }
}

/// The answer to the details call.
#[derive(Debug, Deserialize)]
pub(super) struct Details {
    pub order: DetailedOrder,
}

/// One order in the details call. What they know about the shopper is not read.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct DetailedOrder {
    pub id: String,
    pub merchant_order_id: String,
    pub status: String,
    #[serde(default, deserialize_with = "null_is_none")]
    pub transactions: Vec<Transaction>,
}

/// How much of a transaction can still be paid back.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Refundable {
    pub refundable_money: Amount,
}

/// A refund to start. `vat_category` is left to them: the order is not announced with its lines either.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RefundWish {
    pub money: Given<to::OmniKassa, Amount>,
    pub description: &'static str,
    pub vat_category: Option<&'static str>,
}

/// A refund as they know it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Refund {
    pub refund_id: String,
    pub status: Option<String>,
}

/// A refusal.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Problem {
    pub error_code: i64,
    pub consumer_message: Option<String>,
    pub error_message: Option<String>,
}

impl Results {
    /// What the signature covers. A missing value is an empty one; its comma stays.
    pub(super) fn signed_message(&self) -> String {
        let mut fields = vec![self.more_order_results_available.to_string()];
        for order in &self.order_results {
            fields.extend([
                order.merchant_order_id.clone(),
                order.omnikassa_order_id.clone(),
                order.poi_id.clone(),
                order.order_status.clone(),
                order.order_status_date_time.clone().unwrap_or_default(),
                order.error_code.clone().unwrap_or_default(),
            ]);
            fields.extend(amount_fields(order.paid_amount.as_ref()));
            fields.extend(amount_fields(order.total_amount.as_ref()));
            for transaction in &order.transactions {
                fields.extend([
                    transaction.id.clone(),
                    transaction.payment_brand.clone().unwrap_or_default(),
                    transaction.kind.clone().unwrap_or_default(),
                    transaction.status.clone(),
                ]);
                fields.extend(amount_fields(transaction.amount.as_ref()));
                fields.extend(amount_fields(transaction.confirmed_amount.as_ref()));
                fields.extend([
                    transaction.start_time.clone().unwrap_or_default(),
                    transaction.last_update_time.clone().unwrap_or_default(),
                ]);
            }
        }
        fields.join(",")
    }
}

fn amount_fields(amount: Option<&Amount>) -> [String; 2] {
    amount.map(|amount| [amount.currency.clone(), amount.amount.to_string()]).unwrap_or_default()
}

/// `poiId` arrives as a number or as text; its text counts.
fn text_of_number<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Either {
        Text(String),
        Number(i64),
    }
    Ok(match Either::deserialize(from)? {
        Either::Text(text) => text,
        Either::Number(number) => number.to_string(),
    })
}

/// `null` for an empty list.
fn null_is_none<'de, D: Deserializer<'de>, T: Deserialize<'de>>(from: D) -> Result<Vec<T>, D::Error> {
    Ok(Option::deserialize(from)?.unwrap_or_default())
}
