//! An order at PayPal with its one capture, refunds of it, and the steps they may take.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Where an order stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum OrderStatus {
    /// Made without a payment source; nobody approved it.
    Created,
    /// Made with PayPal as the payment source; nobody approved it, or her means were refused and she must choose others.
    PayerActionRequired,
    /// The payer said yes. No money moved.
    Approved,
    /// Captured; the capture tells whether the money is there.
    Completed,
    /// Withdrawn.
    Voided,
}

impl OrderStatus {
    /// PayPal's word.
    pub fn wire(self) -> &'static str {
        match self {
            Self::Created => "CREATED",
            Self::PayerActionRequired => "PAYER_ACTION_REQUIRED",
            Self::Approved => "APPROVED",
            Self::Completed => "COMPLETED",
            Self::Voided => "VOIDED",
        }
    }

    /// Whether the payer may still say yes.
    pub fn awaits_payer(self) -> bool {
        matches!(self, Self::Created | Self::PayerActionRequired)
    }
}

/// Where a capture stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum CaptureStatus {
    /// The money is there.
    Completed,
    /// The money is on its way, or PayPal looks into it.
    Pending,
    /// The money will not come.
    Declined,
}

/// Where the money of an approved order comes from: what its capture will do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Funds {
    /// There at once.
    Immediate,
    /// The card behind the account is refused.
    Declined,
    /// An eCheck: takes days.
    Slow,
}

/// The money of an order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Capture {
    /// PayPal's id; refunds name it.
    pub id: String,
    /// Where it stands.
    pub status: CaptureStatus,
    /// Cents.
    pub amount: i64,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

/// Money that went back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Refund {
    /// PayPal's id.
    pub id: String,
    /// The capture it was taken from.
    pub capture_id: String,
    /// Cents.
    pub amount: i64,
    /// The shop's number for it.
    pub invoice_id: Option<String>,
    /// The shop's own words for it.
    pub custom_id: Option<String>,
    /// What the payer reads.
    pub note_to_payer: Option<String>,
    /// When it was made.
    pub created_at: Timestamp,
}

/// What happens to an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The payer approves and goes back; capturing brings the money.
    Pay,
    /// The payer goes back without approving. The order stays as it is.
    Cancel,
    /// The payer approves with means that are refused at the capture.
    Decline,
    /// The payer closes the window without approving.
    Open,
    /// The payer approves and closes the window: the shop learns it by webhook only.
    Approve,
    /// The payer approves with an eCheck: the capture stays pending.
    Pending,
    /// The money of a pending capture arrives.
    Clear,
    /// The money of a pending capture does not come.
    Deny,
    /// The time to approve or capture passes.
    Expire,
}

/// An order as PayPal knows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Order {
    /// PayPal's id.
    pub id: String,
    /// Where it stands.
    pub status: OrderStatus,
    /// Cents asked, euro.
    pub amount: i64,
    /// The name of the purchase unit.
    pub reference_id: String,
    /// The shop's number, unique among what was paid.
    pub invoice_id: Option<String>,
    /// The shop's own words.
    pub custom_id: Option<String>,
    /// What the payer reads.
    pub description: Option<String>,
    /// Where the payer goes after approving.
    pub return_url: String,
    /// Where the payer goes otherwise.
    pub cancel_url: String,
    /// Whether PayPal was named as the payment source, which is what new integrations do.
    pub named_source: bool,
    /// Whether its time has passed.
    pub expired: bool,
    /// What the capture will find; only of an approved order.
    pub funds: Option<Funds>,
    /// The money, once captured.
    pub capture: Option<Capture>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

impl Order {
    /// Takes the step; `false` when it does not fit where the order stands and nothing happens.
    pub(super) fn apply(&mut self, outcome: Outcome, now: Timestamp) -> bool {
        let changed = match outcome {
            Outcome::Pay | Outcome::Approve => self.approve(Funds::Immediate),
            Outcome::Decline => self.approve(Funds::Declined),
            Outcome::Pending => self.approve(Funds::Slow),
            Outcome::Clear => self.decide(CaptureStatus::Completed, now),
            Outcome::Deny => self.decide(CaptureStatus::Declined, now),
            Outcome::Expire => {
                let can = !self.expired && self.status != OrderStatus::Completed;
                self.expired |= can;
                can
            }
            Outcome::Cancel | Outcome::Open => false,
        };
        if changed {
            self.updated_at = now;
        }
        changed
    }

    fn approve(&mut self, funds: Funds) -> bool {
        let can = self.status.awaits_payer() && !self.expired;
        if can {
            self.status = OrderStatus::Approved;
            self.funds = Some(funds);
        }
        can
    }

    fn decide(&mut self, status: CaptureStatus, now: Timestamp) -> bool {
        match &mut self.capture {
            Some(capture) if capture.status == CaptureStatus::Pending => {
                capture.status = status;
                capture.updated_at = now;
                true
            }
            _ => false,
        }
    }

    /// Cents that really came in.
    pub fn received(&self) -> i64 {
        match &self.capture {
            Some(capture) if capture.status == CaptureStatus::Completed => capture.amount,
            _ => 0,
        }
    }

    pub(crate) fn in_dutch(&self) -> &'static str {
        match (self.status, &self.capture) {
            (OrderStatus::Completed, Some(capture)) => match capture.status {
                CaptureStatus::Completed => "betaald",
                CaptureStatus::Pending => "betaling onderweg",
                CaptureStatus::Declined => "alsnog geweigerd",
            },
            _ if self.expired => "verlopen",
            (OrderStatus::Approved, _) => "goedgekeurd, nog niet geïnd",
            (OrderStatus::Voided, _) => "ingetrokken",
            _ => "nog niet goedgekeurd",
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub fn order() -> Order {
        Order {
            id: "5O190127TN364715T".to_owned(),
            status: OrderStatus::PayerActionRequired,
            amount: 5485,
            reference_id: "default".to_owned(),
            invoice_id: Some("AG100042P1".to_owned()),
            custom_id: None,
            description: None,
            return_url: "https://shop.example/terug".to_owned(),
            cancel_url: "https://shop.example/annuleer".to_owned(),
            named_source: true,
            expired: false,
            funds: None,
            capture: None,
            created_at: Timestamp::UNIX_EPOCH,
            updated_at: Timestamp::UNIX_EPOCH,
        }
    }

    #[test]
    fn approving_twice_counts_once_and_going_back_changes_nothing() {
        let mut order = order();

        assert!(!order.apply(Outcome::Cancel, Timestamp::UNIX_EPOCH));
        assert!(order.apply(Outcome::Pay, Timestamp::UNIX_EPOCH));
        assert!(!order.apply(Outcome::Decline, Timestamp::UNIX_EPOCH));

        assert_eq!((order.status, order.funds), (OrderStatus::Approved, Some(Funds::Immediate)));
        assert_eq!(order.received(), 0);
    }

    #[test]
    fn an_expired_order_cannot_be_approved() {
        let mut order = order();
        order.apply(Outcome::Expire, Timestamp::UNIX_EPOCH);

        assert!(!order.apply(Outcome::Pay, Timestamp::UNIX_EPOCH));

        assert_eq!(order.status, OrderStatus::PayerActionRequired);
    }
}
