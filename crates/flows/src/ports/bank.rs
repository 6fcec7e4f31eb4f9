//! Bookings on the owner's bank account that were read from her statements.

use super::StoreError;
use async_trait::async_trait;
use shop_core::id::OrderId;
use shop_core::money::Money;
use shop_core::order::Order;
use shop_core::time::{Day, Timestamp};

/// A booking as it is kept: without the payer's name, text and account number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FiledBooking {
    /// The key of the booking.
    pub id: String,
    /// The order that it is about, when it is one.
    pub order: Option<OrderId>,
    /// When it was booked.
    pub day: Day,
    /// What came in; negative when it went out.
    pub amount: Money,
    /// What it was found to be.
    pub verdict: String,
    /// When it was read.
    pub at: Timestamp,
}

/// An order that was to be paid by transfer, in advance or on an invoice of our own.
#[derive(Debug, Clone, PartialEq)]
pub struct TransferOrder {
    /// The order.
    pub order: Order,
    /// The parts that came in for it and were not booked as a payment.
    pub parts: Money,
    /// What is open on an invoice of our own.
    pub claim: Option<Money>,
}

/// Bookings, and the transfers that they may be.
#[async_trait]
pub trait BankBook {
    /// Whether a booking was read before.
    async fn has_booking(&mut self, id: &str) -> Result<bool, StoreError>;
    /// Keeps a booking; false, and nothing is written, when it was read before.
    async fn file_booking(&mut self, booking: &FiledBooking) -> Result<bool, StoreError>;
    /// Orders that were to be paid by transfer, newest first.
    async fn transfers(&mut self) -> Result<Vec<TransferOrder>, StoreError>;
    /// The parts that came in for an order and were not booked as a payment.
    async fn parts(&mut self, order: OrderId) -> Result<Money, StoreError>;
    /// The parts that came in for an order belong to a payment that was booked now.
    async fn book_parts(&mut self, order: OrderId) -> Result<(), StoreError>;
}
