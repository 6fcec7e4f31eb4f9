//! Klarna's own words: the JSON of Payments v1, the Hosted Payment Page v1 and Order Management v1 as it travels. What they
//! tell about the person (birth date, address, how she pays them, what they think of her) has no field here and is not read.
//! Nothing with a name in it can be printed.

use serde::{Deserialize, Serialize};
use shop_core::privacy::Given;
use shop_core::privacy::party::to;

/// A value that Klarna may receive.
type Sent<T> = Given<to::Klarna, T>;

/// Most that one order may cost, in cents.
pub(super) const LARGEST_AMOUNT: i64 = 100_000_000;

/// What we send by name, as their refusals repeat it.
pub(super) const FIELDS: &[&str] = &[
    "purchase_country",
    "purchase_currency",
    "locale",
    "order_amount",
    "order_tax_amount",
    "order_lines",
    "merchant_reference1",
    "merchant_reference2",
    "billing_address",
    "shipping_address",
    "given_name",
    "family_name",
    "email",
    "phone",
    "street_address",
    "postal_code",
    "city",
    "country",
    "name",
    "quantity",
    "unit_price",
    "tax_rate",
    "total_amount",
    "total_discount_amount",
    "total_tax_amount",
    "merchant_urls",
    "payment_session_url",
    "payment_method_category",
    "captured_amount",
    "refunded_amount",
];

/// Paths, relative to the host.
pub(super) mod path {
    pub const SESSIONS: &str = "payments/v1/sessions";
    pub const AUTHORIZATIONS: &str = "payments/v1/authorizations";
    pub const PAGES: &str = "hpp/v1/sessions";
    pub const ORDERS: &str = "ordermanagement/v1/orders";
}

/// What is bought, by whom: once to ask whether Klarna lets her pay afterwards, and the same again to place the order.
#[derive(Serialize)]
pub(super) struct Purchase<'a> {
    pub purchase_country: Sent<&'static str>,
    pub purchase_currency: &'static str,
    pub locale: &'static str,
    pub intent: &'static str,
    pub order_amount: Sent<i64>,
    pub order_tax_amount: Sent<i64>,
    /// The number of the order, which stands on Klarna's invoice.
    pub merchant_reference1: Sent<&'a str>,
    /// The attempt.
    pub merchant_reference2: Sent<&'a str>,
    pub order_lines: Sent<Vec<Line<'a>>>,
    pub billing_address: Person<'a>,
    pub shipping_address: Person<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub merchant_urls: Option<Callbacks<'a>>,
}

/// A line of the invoice. No picture and no page: Klarna needs neither.
#[derive(Serialize)]
pub(super) struct Line<'a> {
    #[serde(rename = "type")]
    pub kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference: Option<&'a str>,
    pub name: String,
    pub quantity: u32,
    pub unit_price: i64,
    pub tax_rate: u16,
    pub total_amount: i64,
    pub total_discount_amount: i64,
    pub total_tax_amount: i64,
}

/// Who buys.
#[derive(Serialize, Clone)]
pub(super) struct Person<'a> {
    pub given_name: Sent<&'a str>,
    pub family_name: Sent<&'a str>,
    pub email: Sent<&'a str>,
    #[serde(skip_serializing_if = "Sent::is_none")]
    pub phone: Sent<Option<&'a str>>,
    pub street_address: Sent<String>,
    pub postal_code: Sent<&'a str>,
    pub city: Sent<&'a str>,
    pub country: Sent<&'static str>,
}

/// Where Klarna rings. Each address says by itself which attempt it is about.
#[derive(Serialize)]
pub(super) struct Callbacks<'a> {
    pub authorization: Sent<&'a str>,
    pub notification: Sent<&'a str>,
}

/// The answer to a new session. The token for the widget is not read: there is none in our pages.
#[derive(Debug, Deserialize)]
pub(super) struct Session {
    pub session_id: String,
    #[serde(default)]
    pub payment_method_categories: Vec<Category>,
}

/// A way to pay that this account offers for this session.
#[derive(Debug, Deserialize)]
pub(super) struct Category {
    pub identifier: String,
}

/// A session as it stands.
#[derive(Debug, Deserialize)]
pub(super) struct SessionState {
    pub status: String,
}

/// A hosted page to make.
#[derive(Serialize)]
pub(super) struct PageWish<'a> {
    pub payment_session_url: String,
    pub merchant_urls: WaysBack<'a>,
    pub options: PageOptions<'a>,
}

/// Where the browser goes, and where Klarna rings when the page moves.
#[derive(Serialize)]
pub(super) struct WaysBack<'a> {
    pub success: Sent<&'a str>,
    pub cancel: Sent<&'a str>,
    pub back: Sent<&'a str>,
    pub failure: Sent<&'a str>,
    pub error: Sent<&'a str>,
    pub status_update: Sent<&'a str>,
}

/// How the page behaves.
#[derive(Serialize)]
pub(super) struct PageOptions<'a> {
    /// `NONE`: the shop places the order itself, from its own books.
    pub place_order_mode: &'static str,
    pub payment_method_category: &'a str,
}

/// The answer to a new page.
#[derive(Debug, Deserialize)]
pub(super) struct PageMade {
    pub session_id: String,
    pub redirect_url: String,
}

/// A page as it stands. The token opens an order, so it does not print.
#[derive(Deserialize)]
pub(super) struct Page {
    pub session_id: String,
    pub status: String,
    pub authorization_token: Option<String>,
}

/// The answer to a placed order.
#[derive(Debug, Deserialize)]
pub(super) struct Placed {
    pub order_id: String,
    pub authorized_payment_method: Option<PaymentMethod>,
}

/// How long she has to pay.
#[derive(Debug, Deserialize)]
pub(super) struct PaymentMethod {
    pub number_of_days: Option<u32>,
}

/// An order in their books.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Order {
    pub order_id: String,
    pub status: String,
    pub fraud_status: String,
    pub purchase_currency: String,
    pub order_amount: i64,
    pub captured_amount: i64,
    pub refunded_amount: i64,
    pub remaining_authorized_amount: i64,
    pub expires_at: Option<String>,
    pub merchant_reference1: Option<String>,
    pub merchant_reference2: Option<String>,
}

/// A capture to make.
#[derive(Debug, Serialize)]
pub(super) struct CaptureWish<'a> {
    pub captured_amount: Sent<i64>,
    pub reference: Sent<&'a str>,
}

/// A refund to make.
#[derive(Debug, Serialize)]
pub(super) struct RefundWish<'a> {
    pub refunded_amount: Sent<i64>,
    pub description: &'static str,
    pub reference: Sent<&'a str>,
}

/// A refund in their books.
#[derive(Debug, Deserialize)]
pub(super) struct Refund {
    pub refund_id: String,
}

/// A refusal.
#[derive(Debug, Deserialize)]
pub(super) struct Problem {
    pub error_code: String,
    #[serde(default)]
    pub error_messages: Vec<String>,
    pub correlation_id: Option<String>,
}
