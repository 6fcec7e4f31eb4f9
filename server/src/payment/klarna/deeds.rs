//! What becomes of a promise: taken when the parcel leaves, given back when it returns. Each with what it gives away.

use super::wire::{CaptureWish, RefundWish};
use shop_core::money::Money;
use shop_core::order::OrderNumber;
use shop_core::privacy::disclosure::fact;
use shop_core::privacy::party::to;
use shop_core::privacy::{Disclosed, Disclosure, Purpose};
use shop_flows::ports::Transfer;

pub(super) fn capture<'a>(transfer: &Transfer<'a>) -> (CaptureWish<'a>, Disclosed) {
    let mut out = Disclosure::<to::Klarna>::new(Purpose::Payment);
    let wish = CaptureWish {
        captured_amount: out.give::<fact::Amount, _>(transfer.amount).map(Money::in_cents),
        reference: out.give::<fact::Reference, _>(&transfer.order.number).map(OrderNumber::as_str),
    };
    (wish, out.done())
}

pub(super) fn refund<'a>(transfer: &Transfer<'a>) -> (RefundWish<'a>, Disclosed) {
    let mut out = Disclosure::<to::Klarna>::new(Purpose::Payment);
    let wish = RefundWish {
        refunded_amount: out.give::<fact::Amount, _>(transfer.amount).map(Money::in_cents),
        description: "Terugbetaling",
        reference: out.give::<fact::Reference, _>(&transfer.order.number).map(OrderNumber::as_str),
    };
    (wish, out.done())
}
