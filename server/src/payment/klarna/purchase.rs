//! An order of ours in Klarna's words: lines with their tax, and who buys.

use super::wire::{Callbacks, Line, Person, Purchase};
use shop_core::order::Order;
use shop_core::payment::{Attempt, Billed, DoesNotAddUp, Sold, invoice_lines};

/// The purchase of an order. It is the same each time, so that what is placed cannot differ from what was approved.
/// Fails when the order does not add up.
pub(super) fn of<'a>(
    order: &'a Order,
    attempt: &'a Attempt,
    callbacks: Option<Callbacks<'a>>,
) -> Result<Purchase<'a>, DoesNotAddUp> {
    let lines = lines(order)?;
    let person = person(order);
    Ok(Purchase {
        purchase_country: order.address.country.code(),
        purchase_currency: "EUR",
        locale: "nl-NL",
        intent: "buy",
        order_amount: order.totals.total.in_cents(),
        order_tax_amount: lines.iter().map(|line| line.total_tax_amount).sum(),
        merchant_reference1: order.number.as_str(),
        merchant_reference2: &attempt.reference,
        order_lines: lines,
        billing_address: person.clone(),
        shipping_address: person,
        merchant_urls: callbacks,
    })
}

fn lines(order: &Order) -> Result<Vec<Line<'_>>, DoesNotAddUp> {
    let sold: Vec<Sold> = order
        .lines
        .iter()
        .map(|line| Sold { unit: line.unit, quantity: line.quantity, discount: line.discount, rate: line.rate })
        .collect();
    let lines = invoice_lines(&sold, &order.totals)?;
    Ok(lines
        .iter()
        .map(|line| {
            let article = match line.of {
                Billed::Goods(place) => order.lines.get(place),
                Billed::Delivery => None,
            };
            Line {
                kind: if article.is_some() { "physical" } else { "shipping_fee" },
                reference: article.map(|article| article.sku.as_str()),
                name: article.map_or_else(|| "Verzending".to_owned(), |article| name(&article.title, &article.size)),
                quantity: line.sold.quantity,
                unit_price: line.sold.unit.in_cents(),
                tax_rate: line.sold.rate.in_basis_points(),
                total_amount: line.total.in_cents(),
                total_discount_amount: line.sold.discount.in_cents(),
                total_tax_amount: line.vat.in_cents(),
            }
        })
        .collect())
}

fn name(title: &str, size: &str) -> String {
    let name = if size.is_empty() { title.to_owned() } else { format!("{title}, maat {size}") };
    name.chars().take(255).collect()
}

/// Only what Klarna needs to assess the person and to send the invoice. The birth date is asked on Klarna's own page.
fn person(order: &Order) -> Person<'_> {
    Person {
        given_name: &order.address.name.given,
        family_name: &order.address.name.family,
        email: order.contact.email.as_str(),
        phone: order.contact.phone.as_ref().map(|phone| phone.as_str()),
        street_address: order.address.street_line(),
        postal_code: order.address.postal_code.as_str(),
        city: &order.address.city,
        country: order.address.country.code(),
    }
}
