//! An order of ours in Klarna's words: lines with their tax, and who buys.

use super::wire::{Callbacks, Line, Person, Purchase};
use shop_core::cart::Totals;
use shop_core::email::EmailAddress;
use shop_core::money::Money;
use shop_core::order::{Order, OrderLine, OrderNumber};
use shop_core::payment::{Attempt, Billed, DoesNotAddUp, Sold, invoice_lines};
use shop_core::privacy::disclosure::fact;
use shop_core::privacy::party::to;
use shop_core::privacy::{Disclosed, Disclosure, Purpose};

type Out = Disclosure<to::Klarna>;

/// The purchase of an order, and what it gives away; with where to ring, when it is asked about for the first time. It is the same each
/// time, so that what is placed cannot differ from what was approved. Fails when the order does not add up.
pub(super) fn of<'a>(
    order: &'a Order,
    attempt: &'a Attempt,
    notice_url: Option<&'a str>,
) -> Result<(Purchase<'a>, Disclosed), DoesNotAddUp> {
    let mut out = Out::new(Purpose::Payment);
    let lines = out.give::<fact::Goods, _>((order.lines.as_slice(), &order.totals)).map(lines).ready()?;
    let person = person(&mut out, order);
    let purchase = Purchase {
        purchase_country: person.country.clone(),
        purchase_currency: "EUR",
        locale: "nl-NL",
        intent: "buy",
        order_amount: out.give::<fact::Amount, _>(order.totals.total).map(Money::in_cents),
        order_tax_amount: lines.part(|lines| lines.iter().map(|line| line.total_tax_amount).sum()),
        merchant_reference1: out.give::<fact::Reference, _>(&order.number).map(OrderNumber::as_str),
        merchant_reference2: out.give::<fact::Reference, _>(attempt.reference.as_str()),
        order_lines: lines,
        billing_address: person.clone(),
        shipping_address: person,
        merchant_urls: notice_url.map(|url| {
            let notice = out.give::<fact::WayBack, _>(url);
            Callbacks { authorization: notice.clone(), notification: notice }
        }),
    };
    Ok((purchase, out.done()))
}

fn lines<'a>((articles, totals): (&'a [OrderLine], &'a Totals)) -> Result<Vec<Line<'a>>, DoesNotAddUp> {
    let sold: Vec<Sold> = articles
        .iter()
        .map(|line| Sold { unit: line.unit, quantity: line.quantity, discount: line.discount, rate: line.rate })
        .collect();
    let lines = invoice_lines(&sold, totals)?;
    Ok(lines
        .iter()
        .map(|line| {
            let article = match line.of {
                Billed::Goods(place) => articles.get(place),
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
fn person<'a>(out: &mut Out, order: &'a Order) -> Person<'a> {
    let name = out.give::<fact::Name, _>(&order.address.name);
    let address = out.give::<fact::Address, _>(&order.address);
    Person {
        given_name: name.part(|name| name.given.as_str()),
        family_name: name.part(|name| name.family.as_str()),
        email: out.give::<fact::Email, _>(&order.contact.email).map(EmailAddress::as_str),
        phone: out
            .give_if_there::<fact::Phone, _>(order.contact.phone.as_ref())
            .map(|phone| phone.map(|phone| phone.as_str())),
        street_address: address.part(|address| address.street_line()),
        postal_code: address.part(|address| address.postal_code.as_str()),
        city: address.part(|address| address.city.as_str()),
        country: address.part(|address| address.country.code()),
    }
}
