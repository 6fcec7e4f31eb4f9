//! An order at the provider, its attempts to pay, and the steps it may take.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Where an order stands. Everything but `InProgress` is final.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum OrderStatus {
    /// Announced, not paid.
    InProgress,
    /// Paid in full.
    Completed,
    /// Given up by the shopper.
    Cancelled,
    /// Not paid in time.
    Expired,
}

impl OrderStatus {
    /// The provider's word.
    pub fn wire(self) -> &'static str {
        match self {
            Self::InProgress => "IN_PROGRESS",
            Self::Completed => "COMPLETED",
            Self::Cancelled => "CANCELLED",
            Self::Expired => "EXPIRED",
        }
    }

    /// Whether nothing changes any more.
    pub fn is_final(self) -> bool {
        self != Self::InProgress
    }

    pub(crate) fn in_dutch(self) -> &'static str {
        match self {
            Self::InProgress => "nog niet betaald",
            Self::Completed => "betaald",
            Self::Cancelled => "geannuleerd",
            Self::Expired => "verlopen",
        }
    }
}

/// Where an attempt to pay stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[expect(missing_docs, reason = "the provider's own words")]
pub enum TransactionStatus {
    Open,
    Success,
    Cancelled,
    Expired,
    Failure,
}

impl TransactionStatus {
    /// The provider's word.
    pub fn wire(self) -> &'static str {
        match self {
            Self::Open => "OPEN",
            Self::Success => "SUCCESS",
            Self::Cancelled => "CANCELLED",
            Self::Expired => "EXPIRED",
            Self::Failure => "FAILURE",
        }
    }
}

/// One attempt to pay.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Transaction {
    /// The provider's id; refunds name it.
    pub id: Uuid,
    /// E.g. `IDEAL`.
    pub payment_brand: String,
    /// Where it stands.
    pub status: TransactionStatus,
    /// Cents asked.
    pub amount: i64,
    /// Cents received; only of a success.
    pub confirmed_amount: Option<i64>,
    /// When it began.
    pub start_time: Timestamp,
    /// When it last changed.
    pub last_update_time: Timestamp,
}

/// What happens to an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The shopper pays.
    Pay,
    /// The shopper gives up and goes back.
    Cancel,
    /// The bank refuses and the shopper may try again.
    Decline,
    /// The shopper breaks off at the bank and may try again.
    Abandon,
    /// The bank refuses and the shopper goes back: the order is cancelled.
    Fail,
    /// The bank takes its time; the shopper goes back meanwhile.
    Open,
    /// The time to pay passes.
    Expire,
}

/// An order as the provider knows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Order {
    /// The provider's id (`omnikassaOrderId`).
    #[serde(rename = "omnikassaOrderId")]
    pub id: Uuid,
    /// The shop's id.
    pub merchant_order_id: String,
    /// Where it stands.
    pub status: OrderStatus,
    /// Cents asked, euro.
    pub amount: i64,
    /// Cents received; 0 unless completed.
    pub paid_amount: i64,
    /// What the shopper reads.
    pub description: Option<String>,
    /// The brand the shop asked for.
    pub payment_brand: Option<String>,
    /// The shop's address to return to, without our fields.
    pub merchant_return_url: String,
    /// When it was announced.
    pub created_at: Timestamp,
    /// When it can no longer be paid.
    pub expires_at: Timestamp,
    /// When the status last changed.
    pub status_at: Timestamp,
    /// All attempts, oldest first.
    pub transactions: Vec<Transaction>,
}

impl Order {
    /// Takes the step; `false` when the order is final and nothing happens. `paid` replaces the amount received.
    pub(super) fn apply(&mut self, outcome: Outcome, now: Timestamp, transaction: Uuid, paid: Option<i64>) -> bool {
        if self.status.is_final() {
            return false;
        }
        match outcome {
            Outcome::Pay => {
                let received = paid.unwrap_or(self.amount);
                self.attempt(TransactionStatus::Success, Some(received), now, transaction);
                self.paid_amount = received;
                self.become_final(OrderStatus::Completed, now);
            }
            Outcome::Cancel => {
                self.attempt(TransactionStatus::Cancelled, None, now, transaction);
                self.become_final(OrderStatus::Cancelled, now);
            }
            Outcome::Decline => self.attempt(TransactionStatus::Failure, None, now, transaction),
            Outcome::Abandon => self.attempt(TransactionStatus::Cancelled, None, now, transaction),
            Outcome::Fail => {
                self.attempt(TransactionStatus::Failure, None, now, transaction);
                self.become_final(OrderStatus::Cancelled, now);
            }
            Outcome::Open => self.attempt(TransactionStatus::Open, None, now, transaction),
            Outcome::Expire => {
                if self.has_open_attempt() {
                    self.attempt(TransactionStatus::Expired, None, now, transaction);
                }
                self.become_final(OrderStatus::Expired, now);
            }
        }
        true
    }

    /// The attempt that brought money.
    pub fn success(&self) -> Option<&Transaction> {
        self.transactions.iter().find(|attempt| attempt.status == TransactionStatus::Success)
    }

    /// Whether the last attempt was refused.
    pub(super) fn was_declined(&self) -> bool {
        self.transactions.last().is_some_and(|attempt| attempt.status == TransactionStatus::Failure)
    }

    fn has_open_attempt(&self) -> bool {
        self.transactions.iter().any(|attempt| attempt.status == TransactionStatus::Open)
    }

    fn become_final(&mut self, status: OrderStatus, now: Timestamp) {
        self.status = status;
        self.status_at = now;
    }

    /// Ends the open attempt with this status, or records a new one.
    fn attempt(&mut self, status: TransactionStatus, confirmed: Option<i64>, now: Timestamp, id: Uuid) {
        if let Some(open) = self.transactions.iter_mut().find(|attempt| attempt.status == TransactionStatus::Open) {
            open.status = status;
            open.confirmed_amount = confirmed;
            open.last_update_time = now;
            return;
        }
        let payment_brand = match self.payment_brand.as_deref() {
            Some("CARDS") => "MASTERCARD",
            Some(brand) => brand,
            None => "IDEAL",
        };
        self.transactions.push(Transaction {
            id,
            payment_brand: payment_brand.to_owned(),
            status,
            amount: self.amount,
            confirmed_amount: confirmed,
            start_time: now,
            last_update_time: now,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order() -> Order {
        Order {
            id: Uuid::from_u128(1),
            merchant_order_id: "KW100042".to_owned(),
            status: OrderStatus::InProgress,
            amount: 5485,
            paid_amount: 0,
            description: None,
            payment_brand: Some("IDEAL".to_owned()),
            merchant_return_url: "https://shop.example/terug".to_owned(),
            created_at: Timestamp::UNIX_EPOCH,
            expires_at: Timestamp::UNIX_EPOCH,
            status_at: Timestamp::UNIX_EPOCH,
            transactions: Vec::new(),
        }
    }

    fn statuses(order: &Order) -> Vec<TransactionStatus> {
        order.transactions.iter().map(|attempt| attempt.status).collect()
    }

    #[test]
    fn a_broken_off_attempt_and_a_payment_are_two_transactions_of_one_order() {
        let mut order = order();

        order.apply(Outcome::Abandon, Timestamp::UNIX_EPOCH, Uuid::from_u128(2), None);
        order.apply(Outcome::Pay, Timestamp::UNIX_EPOCH, Uuid::from_u128(3), None);

        assert_eq!(order.status, OrderStatus::Completed);
        assert_eq!(statuses(&order), [TransactionStatus::Cancelled, TransactionStatus::Success]);
        assert_eq!(order.transactions[0].confirmed_amount, None);
        assert_eq!(order.transactions[1].confirmed_amount, Some(5485));
    }

    #[test]
    fn paying_twice_takes_the_money_once() {
        let mut order = order();

        assert!(order.apply(Outcome::Pay, Timestamp::UNIX_EPOCH, Uuid::from_u128(2), None));
        assert!(!order.apply(Outcome::Pay, Timestamp::UNIX_EPOCH, Uuid::from_u128(3), None));

        assert_eq!(order.paid_amount, 5485);
        assert_eq!(statuses(&order), [TransactionStatus::Success]);
    }

    #[test]
    fn an_open_attempt_is_the_one_that_succeeds_later() {
        let mut order = order();

        order.apply(Outcome::Open, Timestamp::UNIX_EPOCH, Uuid::from_u128(2), None);
        assert_eq!(order.status, OrderStatus::InProgress);
        order.apply(Outcome::Pay, Timestamp::UNIX_EPOCH, Uuid::from_u128(3), None);

        assert_eq!(order.success().map(|attempt| attempt.id), Some(Uuid::from_u128(2)));
    }

    #[test]
    fn a_cancelled_order_cannot_be_paid_any_more() {
        let mut order = order();
        order.apply(Outcome::Cancel, Timestamp::UNIX_EPOCH, Uuid::from_u128(2), None);

        assert!(!order.apply(Outcome::Pay, Timestamp::UNIX_EPOCH, Uuid::from_u128(3), None));

        assert_eq!((order.status, order.paid_amount), (OrderStatus::Cancelled, 0));
    }
}
