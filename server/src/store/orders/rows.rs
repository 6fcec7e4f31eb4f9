//! Orders between tables and types.

use crate::store::cells::{broken, count, from_json, to_json};
use serde::{Deserialize, Serialize};
use shop_core::address::Address;
use shop_core::cart::Totals;
use shop_core::discount::DiscountCode;
use shop_core::id::{CartId, CustomerId, OrderId};
use shop_core::money::Money;
use shop_core::order::{Agreed, Contact, Happening, Order, OrderLine, OrderNumber, OrderState, Tracking};
use shop_core::payment::Method;
use shop_core::time::Timestamp;
use shop_flows::ports::{OrderSummary, StateCount, StoreError};
use sqlx::FromRow;
use uuid::Uuid;

#[derive(FromRow)]
pub struct OrderRow {
    id: Uuid,
    number: String,
    cart_id: Uuid,
    customer_id: Uuid,
    state_json: String,
    method: String,
    placed_at: i64,
    version: i64,
    body: String,
}

#[derive(FromRow)]
pub(super) struct SummaryRow {
    id: Uuid,
    number: String,
    placed_at: i64,
    name: String,
    city: String,
    state: String,
    method: String,
    total_cents: i64,
    pieces: i64,
}

#[derive(FromRow)]
pub(super) struct CountRow {
    state: String,
    orders: i64,
    total_cents: i64,
}

#[derive(FromRow)]
pub(super) struct EventRow {
    at: i64,
    event: String,
    detail: String,
    actor: String,
}

/// What no list or search looks at.
#[derive(Serialize, Deserialize)]
struct Body {
    contact: Contact,
    address: Address,
    lines: Vec<OrderLine>,
    totals: Totals,
    /// Orders of before there were codes have none.
    #[serde(default)]
    code: Option<DiscountCode>,
    agreed: Agreed,
    tracking: Option<Tracking>,
}

/// The body column of an order.
pub(in crate::store) fn body(order: &Order) -> Result<String, StoreError> {
    let order = order.clone();
    to_json(&Body {
        contact: order.contact,
        address: order.address,
        lines: order.lines,
        totals: order.totals,
        code: order.code,
        agreed: order.agreed,
        tracking: order.tracking,
    })
}

/// What the order list searches: number, name, town and e-mail address, one per line, so that no match spans two of them.
pub(super) fn search_text(order: &Order) -> String {
    let parts = [order.number.as_str(), &order.address.name.full(), &order.address.city, order.contact.email.as_str()];
    parts.join("\n").to_ascii_lowercase()
}

/// The pattern that finds `text` in [`search_text`]; what people type is no pattern.
pub(super) fn search_pattern(text: &str) -> String {
    let mut pattern = String::from("%");
    for letter in text.trim().chars() {
        if matches!(letter, '!' | '%' | '_') {
            pattern.push('!');
        }
        pattern.push(letter.to_ascii_lowercase());
    }
    pattern.push('%');
    pattern
}

/// When the hold of an unpaid order ends.
pub(super) const fn until(state: OrderState) -> Option<i64> {
    match state {
        OrderState::AwaitingPayment { until } => Some(until.micros()),
        _ => None,
    }
}

fn number(text: &str) -> Result<OrderNumber, StoreError> {
    OrderNumber::parse(text).ok_or_else(|| broken("orders.number"))
}

fn method(text: &str) -> Result<Method, StoreError> {
    Method::parse(text).ok_or_else(|| broken("orders.method"))
}

impl TryFrom<OrderRow> for Order {
    type Error = StoreError;

    fn try_from(row: OrderRow) -> Result<Self, StoreError> {
        let body: Body = from_json(&row.body, "orders.body")?;
        Ok(Self {
            id: OrderId::new(row.id),
            number: number(&row.number)?,
            cart: CartId::new(row.cart_id),
            customer: CustomerId::new(row.customer_id),
            contact: body.contact,
            address: body.address,
            lines: body.lines,
            totals: body.totals,
            code: body.code,
            method: method(&row.method)?,
            state: from_json(&row.state_json, "orders.state_json")?,
            agreed: body.agreed,
            placed_at: Timestamp::from_micros(row.placed_at),
            tracking: body.tracking,
            version: row.version,
        })
    }
}

impl TryFrom<SummaryRow> for OrderSummary {
    type Error = StoreError;

    fn try_from(row: SummaryRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: OrderId::new(row.id),
            number: number(&row.number)?,
            placed_at: Timestamp::from_micros(row.placed_at),
            name: row.name,
            city: row.city,
            state: row.state,
            method: method(&row.method)?,
            total: Money::cents(row.total_cents),
            pieces: count(row.pieces, "orders.pieces")?,
        })
    }
}

impl From<CountRow> for StateCount {
    fn from(row: CountRow) -> Self {
        Self { state: row.state, count: row.orders, total: Money::cents(row.total_cents) }
    }
}

impl From<EventRow> for Happening {
    fn from(row: EventRow) -> Self {
        Self { at: Timestamp::from_micros(row.at), event: row.event, detail: row.detail, actor: row.actor }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_type_is_no_pattern() {
        assert_eq!(search_pattern(" Vries "), "%vries%");
        assert_eq!(search_pattern("100%_!"), "%100!%!_!!%");
    }
}
