//! A placed order in Klarna's order management, and the steps it may take.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::Uuid;

use super::fields::Object;
use super::problem::Problem;
use super::{purchase, time};

/// Where an order stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[expect(missing_docs, reason = "Klarna's own words")]
pub enum OrderStatus {
    Authorized,
    PartCaptured,
    Captured,
    Cancelled,
    Expired,
}

impl OrderStatus {
    /// Klarna's word.
    pub fn wire(self) -> &'static str {
        match self {
            Self::Authorized => "AUTHORIZED",
            Self::PartCaptured => "PART_CAPTURED",
            Self::Captured => "CAPTURED",
            Self::Cancelled => "CANCELLED",
            Self::Expired => "EXPIRED",
        }
    }

    pub(crate) fn in_dutch(self) -> &'static str {
        match self {
            Self::Authorized => "goedgekeurd",
            Self::PartCaptured => "deels gefactureerd",
            Self::Captured => "gefactureerd",
            Self::Cancelled => "geannuleerd",
            Self::Expired => "verlopen",
        }
    }
}

/// What Klarna thinks of the buyer's honesty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[expect(missing_docs, reason = "Klarna's own words")]
pub enum FraudStatus {
    Accepted,
    Pending,
    Rejected,
}

impl FraudStatus {
    /// Klarna's word.
    pub fn wire(self) -> &'static str {
        match self {
            Self::Accepted => "ACCEPTED",
            Self::Pending => "PENDING",
            Self::Rejected => "REJECTED",
        }
    }
}

/// How the review of a pending order ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// `FRAUD_RISK_ACCEPTED`.
    Accept,
    /// `FRAUD_RISK_REJECTED`.
    Reject,
    /// `FRAUD_RISK_STOPPED`: accepted before, withdrawn now.
    Stop,
}

/// One invoice: Klarna makes one per capture, at capture.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "Klarna's own words")]
pub struct Capture {
    pub capture_id: Uuid,
    pub captured_amount: i64,
    pub captured_at: Timestamp,
    pub klarna_reference: String,
    pub reference: Option<String>,
    pub description: Option<String>,
    pub shipping_info: Vec<Value>,
}

/// Money given back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "Klarna's own words")]
pub struct Refund {
    pub refund_id: Uuid,
    pub refunded_amount: i64,
    pub refunded_at: Timestamp,
    pub reference: Option<String>,
    pub description: Option<String>,
}

/// An order as Klarna knows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Order {
    /// Klarna's id.
    pub order_id: Uuid,
    /// What Klarna's people call it.
    pub klarna_reference: String,
    /// Where it stands.
    pub status: OrderStatus,
    /// The review.
    pub fraud_status: FraudStatus,
    /// Cents that were authorised.
    pub order_amount: i64,
    /// Cents on invoices.
    pub captured_amount: i64,
    /// Cents given back.
    pub refunded_amount: i64,
    /// Cents that can still be captured.
    pub remaining_authorized_amount: i64,
    /// Whether the shop confirmed that it knows the order.
    pub acknowledged: bool,
    /// When it was placed.
    pub created_at: Timestamp,
    /// When the authorisation ends.
    pub expires_at: Timestamp,
    /// The invoices.
    pub captures: Vec<Capture>,
    /// The refunds.
    pub refunds: Vec<Refund>,
    /// Days to pay in.
    pub number_of_days: u32,
    pub(super) purchase: Object,
}

impl Order {
    pub(super) fn capture(&mut self, capture: Capture) -> Result<(), Problem> {
        let refused = |why: &str| Err(Problem::NotAllowed("CAPTURE_NOT_ALLOWED", why.to_owned()));
        if self.fraud_status != FraudStatus::Accepted {
            return refused("the order is not accepted");
        }
        if !matches!(self.status, OrderStatus::Authorized | OrderStatus::PartCaptured) {
            return refused("the order is cancelled, expired or captured already");
        }
        if capture.captured_amount > self.remaining_authorized_amount {
            return refused("captured_amount is more than the remaining authorized amount");
        }
        self.captured_amount += capture.captured_amount;
        self.remaining_authorized_amount -= capture.captured_amount;
        self.captures.push(capture);
        self.status =
            if self.remaining_authorized_amount == 0 { OrderStatus::Captured } else { OrderStatus::PartCaptured };
        Ok(())
    }

    /// Cancelling what is cancelled changes nothing.
    pub(super) fn cancel(&mut self) -> Result<(), Problem> {
        match self.status {
            OrderStatus::Authorized | OrderStatus::Cancelled => {
                self.end(OrderStatus::Cancelled);
                Ok(())
            }
            _ => Err(Problem::NotAllowed("CANCEL_NOT_ALLOWED", "the order is captured or closed".to_owned())),
        }
    }

    pub(super) fn release(&mut self) -> Result<(), Problem> {
        match self.status {
            OrderStatus::PartCaptured | OrderStatus::Captured => {
                self.end(OrderStatus::Captured);
                Ok(())
            }
            _ => Err(Problem::NotAllowed("NOT_ALLOWED", "the order is cancelled or nothing was captured".to_owned())),
        }
    }

    pub(super) fn extend(&mut self, until: Timestamp) -> Result<(), Problem> {
        if matches!(self.status, OrderStatus::Authorized | OrderStatus::PartCaptured) {
            self.expires_at = until.max(self.expires_at);
            return Ok(());
        }
        Err(Problem::NotAllowed("NOT_ALLOWED", "the authorization is over".to_owned()))
    }

    pub(super) fn refund(&mut self, refund: Refund) -> Result<(), Problem> {
        if refund.refunded_amount > self.captured_amount - self.refunded_amount {
            let why = "refunded_amount is more than was captured and not refunded yet";
            return Err(Problem::NotAllowed("REFUND_NOT_ALLOWED", why.to_owned()));
        }
        self.refunded_amount += refund.refunded_amount;
        self.refunds.push(refund);
        Ok(())
    }

    /// Ends the review. `false` when there is nothing to decide any more.
    pub(super) fn decide(&mut self, decision: Decision) -> bool {
        let possible = match decision {
            Decision::Accept | Decision::Reject => self.fraud_status == FraudStatus::Pending,
            Decision::Stop => self.fraud_status == FraudStatus::Accepted && self.captured_amount == 0,
        };
        if !possible || self.status != OrderStatus::Authorized {
            return false;
        }
        match decision {
            Decision::Accept => self.fraud_status = FraudStatus::Accepted,
            Decision::Reject | Decision::Stop => {
                self.fraud_status = FraudStatus::Rejected;
                self.end(OrderStatus::Cancelled);
            }
        }
        true
    }

    /// Lets the authorisation run out. What was captured stays.
    pub(super) fn pass_time(&mut self, now: Timestamp) {
        if self.expires_at > now {
            return;
        }
        match self.status {
            OrderStatus::Authorized => self.end(OrderStatus::Expired),
            OrderStatus::PartCaptured => self.end(OrderStatus::Captured),
            OrderStatus::Captured | OrderStatus::Cancelled | OrderStatus::Expired => {}
        }
    }

    fn end(&mut self, status: OrderStatus) {
        self.status = status;
        self.remaining_authorized_amount = 0;
    }

    /// The order as `GET` tells it. It holds who bought, as the real one does: a shop must not keep that.
    pub(super) fn answer(&self) -> Value {
        let bought = |key: &str| self.purchase.get(key).cloned().unwrap_or(Value::Null);
        json!({
            "order_id": self.order_id,
            "status": self.status.wire(),
            "fraud_status": self.fraud_status.wire(),
            "order_amount": self.order_amount,
            "original_order_amount": self.order_amount,
            "captured_amount": self.captured_amount,
            "refunded_amount": self.refunded_amount,
            "remaining_authorized_amount": self.remaining_authorized_amount,
            "purchase_currency": bought("purchase_currency"),
            "purchase_country": bought("purchase_country"),
            "locale": bought("locale"),
            "order_lines": bought("order_lines"),
            "merchant_reference1": bought("merchant_reference1"),
            "merchant_reference2": bought("merchant_reference2"),
            "merchant_data": bought("merchant_data"),
            "klarna_reference": self.klarna_reference,
            "billing_address": bought("billing_address"),
            "shipping_address": bought("shipping_address"),
            "created_at": time(self.created_at),
            "expires_at": time(self.expires_at),
            "captures": self.captures.iter().map(Capture::answer).collect::<Vec<_>>(),
            "refunds": self.refunds.iter().map(Refund::answer).collect::<Vec<_>>(),
            "initial_payment_method": {
                "type": "INVOICE", "description": "Betaal achteraf", "number_of_installments": 0,
                "number_of_days": self.number_of_days
            },
        })
    }

    /// The shop's number of the order.
    pub fn merchant_reference(&self) -> &str {
        purchase::word(&self.purchase, "merchant_reference1").unwrap_or_default()
    }
}

impl Capture {
    pub(super) fn answer(&self) -> Value {
        json!({
            "capture_id": self.capture_id,
            "klarna_reference": self.klarna_reference,
            "captured_amount": self.captured_amount,
            "captured_at": time(self.captured_at),
            "description": self.description,
            "reference": self.reference,
            "shipping_info": self.shipping_info,
        })
    }
}

impl Refund {
    pub(super) fn answer(&self) -> Value {
        json!({
            "refund_id": self.refund_id,
            "refunded_amount": self.refunded_amount,
            "refunded_at": time(self.refunded_at),
            "description": self.description,
            "reference": self.reference,
        })
    }
}

/// When an authorisation ends that begins now.
pub(super) fn authorised_until(now: Timestamp, days: i64) -> Timestamp {
    now.checked_add(SignedDuration::from_hours(24 * days)).unwrap_or(now)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    pub(in crate::klarna) fn order(fraud_status: FraudStatus) -> Order {
        Order {
            order_id: Uuid::from_u128(1),
            klarna_reference: "K0000001".to_owned(),
            status: OrderStatus::Authorized,
            fraud_status,
            order_amount: 5485,
            captured_amount: 0,
            refunded_amount: 0,
            remaining_authorized_amount: 5485,
            acknowledged: false,
            created_at: NOW,
            expires_at: authorised_until(NOW, 28),
            captures: Vec::new(),
            refunds: Vec::new(),
            number_of_days: 14,
            purchase: Object::new(),
        }
    }

    fn capture(cents: i64) -> Capture {
        Capture {
            capture_id: Uuid::from_u128(2),
            captured_amount: cents,
            captured_at: NOW,
            klarna_reference: "K0000001-1".to_owned(),
            reference: None,
            description: None,
            shipping_info: Vec::new(),
        }
    }

    fn refund(cents: i64) -> Refund {
        Refund {
            refund_id: Uuid::from_u128(3),
            refunded_amount: cents,
            refunded_at: NOW,
            reference: None,
            description: None,
        }
    }

    #[test]
    fn parts_are_captured_up_to_what_was_authorised_and_the_rest_can_be_let_go() {
        let mut order = order(FraudStatus::Accepted);

        assert_eq!(order.capture(capture(4000)), Ok(()));
        assert_eq!((order.status, order.remaining_authorized_amount), (OrderStatus::PartCaptured, 1485));
        assert!(order.capture(capture(1486)).is_err());
        assert!(order.cancel().is_err());
        assert_eq!(order.release(), Ok(()));

        assert_eq!((order.status, order.captured_amount, order.captures.len()), (OrderStatus::Captured, 4000, 1));
        assert!(order.capture(capture(1)).is_err());
    }

    #[test]
    fn no_more_is_given_back_than_was_captured() {
        let mut order = order(FraudStatus::Accepted);
        assert!(order.refund(refund(1)).is_err());
        order.capture(capture(5485)).unwrap();

        assert_eq!(order.refund(refund(5000)), Ok(()));
        assert!(order.refund(refund(486)).is_err());

        assert_eq!((order.status, order.refunded_amount), (OrderStatus::Captured, 5000));
    }

    #[test]
    fn an_order_under_review_cannot_be_captured_and_a_rejected_one_is_over() {
        let mut order = order(FraudStatus::Pending);
        assert!(order.capture(capture(5485)).is_err());

        assert!(order.decide(Decision::Reject));

        assert_eq!((order.status, order.fraud_status), (OrderStatus::Cancelled, FraudStatus::Rejected));
        assert!(!order.decide(Decision::Accept));
        assert!(order.capture(capture(5485)).is_err());
    }

    #[test]
    fn an_authorisation_ends_with_its_time_unless_it_was_extended() {
        let mut order = order(FraudStatus::Accepted);
        let day_29 = authorised_until(NOW, 29);

        order.extend(authorised_until(NOW, 56)).unwrap();
        order.pass_time(day_29);
        assert_eq!(order.status, OrderStatus::Authorized);
        order.pass_time(authorised_until(NOW, 56));

        assert_eq!((order.status, order.remaining_authorized_amount), (OrderStatus::Expired, 0));
        assert!(order.extend(day_29).is_err() && order.cancel().is_err());
    }
}
