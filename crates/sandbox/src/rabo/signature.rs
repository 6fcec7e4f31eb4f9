//! The provider's signatures: HMAC-SHA512 over field values joined with commas, lower-case hex.

use hmac::{Hmac, Mac};
use sha2::Sha512;

use super::wire::{MoneyDto, Notification, OrderResults};

/// The key of somebody else, for messages that a shop must refuse.
pub(crate) const ANOTHER_KEY: &[u8] = b"the-key-of-another-webshop";

/// The signature of `message` under the key **bytes** (the dashboard shows them base64-encoded): 128 hex digits.
pub fn sign(key: &[u8], message: &str) -> String {
    let mut mac = Hmac::<Sha512>::new_from_slice(key).expect("HMAC takes keys of any length");
    mac.update(message.as_bytes());
    hex::encode(mac.finalize().into_bytes())
}

/// What is signed in the return URL.
pub fn return_message(merchant_order_id: &str, status: &str) -> String {
    format!("{merchant_order_id},{status}")
}

/// What is signed in a notification.
pub fn notification_message(notification: &Notification) -> String {
    let Notification { authentication, expiry, event_name, poi_id, .. } = notification;
    format!("{authentication},{expiry},{event_name},{poi_id}")
}

/// What is signed in a pull answer.
pub fn results_message(results: &OrderResults) -> String {
    let mut fields = vec![results.more_order_results_available.to_string()];
    for order in &results.order_results {
        fields.extend([
            order.merchant_order_id.clone(),
            order.omnikassa_order_id.clone(),
            order.poi_id.clone(),
            order.order_status.clone(),
            order.order_status_date_time.clone(),
            order.error_code.clone(),
        ]);
        push_money(&mut fields, Some(&order.paid_amount));
        push_money(&mut fields, Some(&order.total_amount));
        for transaction in &order.transactions {
            fields.extend([
                transaction.id.clone(),
                transaction.payment_brand.clone(),
                transaction.kind.clone(),
                transaction.status.clone(),
            ]);
            push_money(&mut fields, Some(&transaction.amount));
            push_money(&mut fields, transaction.confirmed_amount.as_ref());
            fields.extend([transaction.start_time.clone(), transaction.last_update_time.clone()]);
        }
    }
    fields.join(",")
}

/// Absent money is two empty fields; the commas stay.
fn push_money(fields: &mut Vec<String>, money: Option<&MoneyDto>) {
    fields.push(money.map(|money| money.currency.clone()).unwrap_or_default());
    fields.push(money.map(|money| money.amount.to_string()).unwrap_or_default());
}
