//! PayPal's own words: the JSON of Orders v2, Payments v2, Webhooks v1 and Transaction Search v1 as it travels. What PayPal
//! knows about the payer (name, e-mail, payer id, address, card digits) has no field here, so it cannot be kept or logged.

use serde::{Deserialize, Serialize};
use shop_core::money::Money;
use shop_core::privacy::Given;
use shop_core::privacy::party::to;

/// Paths, relative to the host.
pub(super) mod path {
    pub const TOKEN: &str = "v1/oauth2/token";
    pub const ORDERS: &str = "v2/checkout/orders";
    pub const CAPTURES: &str = "v2/payments/captures";
    pub const REFUNDS: &str = "v2/payments/refunds";
    pub const TRANSACTIONS: &str = "v1/reporting/transactions";
    /// Where certificates of webhooks are served; a path on hosts of theirs, not on ours to choose.
    pub const CERTIFICATES: &str = "/v1/notifications/certs/";
}

/// An amount as a decimal string.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Amount {
    pub currency_code: String,
    pub value: String,
}

impl Amount {
    pub(super) fn euro(amount: Money) -> Self {
        Self { currency_code: "EUR".to_owned(), value: amount.decimal() }
    }

    /// The money, when it is in euro and a plain decimal number. Negative in the list of a day, for what went back.
    pub(super) fn in_euro(&self) -> Option<Money> {
        let digits = self.value.strip_prefix('-').unwrap_or(&self.value);
        let is_plain = digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        if self.currency_code != "EUR" || !is_plain {
            return None;
        }
        let amount = Money::parse(digits).ok()?;
        if digits.len() == self.value.len() { Some(amount) } else { Money::ZERO.minus(amount).ok() }
    }
}

/// The answer to a request for a token.
#[derive(Deserialize)]
pub(super) struct Token {
    pub access_token: String,
    /// Seconds.
    pub expires_in: i64,
}

/// A new order. Nothing about the shopper or what she bought: reference, amount and addresses are enough.
#[derive(Debug, Serialize)]
pub(super) struct NewOrder<'a> {
    pub intent: &'static str,
    pub purchase_units: [NewUnit<'a>; 1],
    pub payment_source: Source<'a>,
}

#[derive(Debug, Serialize)]
pub(super) struct NewUnit<'a> {
    pub reference_id: &'static str,
    pub description: Given<to::PayPal, String>,
    /// Unique per account at PayPal, so each try has its own.
    pub invoice_id: Given<to::PayPal, &'a str>,
    pub custom_id: Given<to::PayPal, &'a str>,
    pub amount: Given<to::PayPal, Amount>,
}

#[derive(Debug, Serialize)]
pub(super) struct Source<'a> {
    pub paypal: Experience<'a>,
}

#[derive(Debug, Serialize)]
pub(super) struct Experience<'a> {
    pub experience_context: Context<'a>,
}

#[derive(Debug, Serialize)]
pub(super) struct Context<'a> {
    pub locale: &'static str,
    /// The address stays with the shop: PayPal neither shows nor sends one.
    pub shipping_preference: &'static str,
    pub user_action: &'static str,
    pub return_url: Given<to::PayPal, &'a str>,
    pub cancel_url: Given<to::PayPal, &'a str>,
}

/// An order as they know it, in whole or in part.
#[derive(Debug, Deserialize)]
pub(super) struct Order {
    pub id: String,
    pub status: String,
    #[serde(default)]
    pub purchase_units: Vec<Unit>,
    #[serde(default)]
    pub links: Vec<Link>,
}

impl Order {
    /// The page where the payer approves.
    pub(super) fn page(&self) -> Option<&str> {
        let wanted = |link: &&Link| matches!(link.rel.as_str(), "payer-action" | "approve");
        self.links.iter().find(wanted).map(|link| link.href.as_str())
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct Unit {
    pub invoice_id: Option<String>,
    pub custom_id: Option<String>,
    pub amount: Option<Amount>,
    pub payments: Option<Payments>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Payments {
    #[serde(default)]
    pub captures: Vec<Capture>,
}

/// The money of an order.
#[derive(Debug, Deserialize)]
pub(super) struct Capture {
    pub id: String,
    pub status: String,
    pub amount: Option<Amount>,
    pub invoice_id: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Link {
    pub href: String,
    pub rel: String,
}

/// Money to give back.
#[derive(Debug, Serialize)]
pub(super) struct RefundWish {
    pub amount: Given<to::PayPal, Amount>,
}

/// Money that they gave back.
#[derive(Debug, Deserialize)]
pub(super) struct Refund {
    pub id: String,
    pub status: String,
}

/// A webhook: which order it is about, and nothing of what it claims about that order.
#[derive(Debug, Deserialize)]
pub(super) struct Event {
    pub id: String,
    pub event_type: String,
    pub resource: Resource,
}

/// An order, a capture or a refund.
#[derive(Debug, Deserialize)]
pub(super) struct Resource {
    pub invoice_id: Option<String>,
    pub custom_id: Option<String>,
    #[serde(default)]
    pub purchase_units: Vec<Named>,
}

/// The names that a purchase unit bears.
#[derive(Debug, Deserialize)]
pub(super) struct Named {
    pub invoice_id: Option<String>,
    pub custom_id: Option<String>,
}

/// One page of the list of a day.
#[derive(Debug, Deserialize)]
pub(super) struct Transactions {
    #[serde(default)]
    pub transaction_details: Vec<TransactionDetail>,
    #[serde(default)]
    pub total_pages: u32,
}

#[derive(Debug, Deserialize)]
pub(super) struct TransactionDetail {
    pub transaction_info: TransactionInfo,
}

/// One movement of money on the account.
#[derive(Debug, Deserialize)]
pub(super) struct TransactionInfo {
    pub transaction_id: String,
    pub paypal_reference_id: Option<String>,
    pub transaction_event_code: Option<String>,
    pub transaction_status: Option<String>,
    pub transaction_updated_date: String,
    pub transaction_amount: Option<Amount>,
    pub invoice_id: Option<String>,
    pub custom_field: Option<String>,
}

/// A refusal. `name` is in every one of theirs; the issue says which rule.
#[derive(Debug, Deserialize)]
pub(super) struct Problem {
    pub name: String,
    pub debug_id: Option<String>,
    #[serde(default)]
    pub details: Vec<Detail>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Detail {
    pub issue: Option<String>,
    pub field: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_decimal_euros_are_money() {
        let read = |currency_code: &str, value: &str| {
            Amount { currency_code: currency_code.to_owned(), value: value.to_owned() }.in_euro()
        };

        assert_eq!(read("EUR", "54.85"), Some(Money::cents(5485)));
        assert_eq!(read("EUR", "-19.95"), Some(Money::cents(-1995)));
        for (currency, value) in [
            ("USD", "54.85"),
            ("EUR", "54,85"),
            ("EUR", "€54.85"),
            ("EUR", "5e1"),
            ("EUR", "54.855"),
            ("EUR", ""),
            ("EUR", "--1"),
        ] {
            assert_eq!(read(currency, value), None, "{currency} {value}");
        }
        assert_eq!(Amount::euro(Money::cents(5)).value, "0.05");
    }
}
