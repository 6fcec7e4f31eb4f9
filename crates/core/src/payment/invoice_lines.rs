//! An order taken apart into lines with their VAT, as a provider that sends the invoice wants it. The lines come from the
//! totals of the order, so invoice, order and VAT agree to the cent; when they do not add up, there are no lines.

use crate::cart::{Totals, VatLine};
use crate::money::{Money, Overflow};
use crate::vat::VatRate;

/// What stands in a line of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sold {
    /// Price of one piece, VAT included.
    pub unit: Money,
    /// How many.
    pub quantity: u32,
    /// What was taken off the line.
    pub discount: Money,
    /// The VAT rate.
    pub rate: VatRate,
}

/// What a line is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Billed {
    /// The line of the order at this place.
    Goods(usize),
    /// The part of the delivery that falls under this rate.
    Delivery,
}

/// One line of an invoice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvoiceLine {
    /// What it is about.
    pub of: Billed,
    /// What was sold.
    pub sold: Sold,
    /// `quantity × unit − discount`.
    pub total: Money,
    /// The VAT in it, rounded once.
    pub vat: Money,
}

/// The lines and totals of an order contradict each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DoesNotAddUp;

impl From<Overflow> for DoesNotAddUp {
    fn from(_: Overflow) -> Self {
        Self
    }
}

/// The lines of an invoice: the goods as sold, then delivery per rate, which is what the totals hold under that rate beyond the
/// goods. Fails when that is not the delivery of the totals, or when amounts or VAT do not add up to them.
pub fn invoice_lines(sold: &[Sold], totals: &Totals) -> Result<Vec<InvoiceLine>, DoesNotAddUp> {
    let mut lines = Vec::with_capacity(sold.len() + totals.vat.len());
    for (place, sold) in sold.iter().enumerate() {
        lines.push(line(Billed::Goods(place), *sold)?);
    }
    let goods = lines.clone();
    for VatLine { rate, gross, .. } in &totals.vat {
        let of_goods = Money::sum(under(&goods, *rate).map(|line| line.total))?;
        let delivery = gross.minus(of_goods)?;
        if delivery > Money::ZERO {
            let sold = Sold { unit: delivery, quantity: 1, discount: Money::ZERO, rate: *rate };
            lines.push(line(Billed::Delivery, sold)?);
        }
    }
    check(&lines, totals)?;
    Ok(lines)
}

fn line(of: Billed, sold: Sold) -> Result<InvoiceLine, DoesNotAddUp> {
    let total = sold.unit.times(sold.quantity)?.minus(sold.discount)?;
    Ok(InvoiceLine { of, sold, total, vat: sold.rate.within(total) })
}

fn check(lines: &[InvoiceLine], totals: &Totals) -> Result<(), DoesNotAddUp> {
    let delivery = lines.iter().filter(|line| line.of == Billed::Delivery).map(|line| line.total);
    let vat_fits = |booked: &VatLine| {
        let vat = Money::sum(under(lines, booked.rate).map(|line| line.vat));
        vat == Ok(booked.vat)
    };
    let fits = Money::sum(lines.iter().map(|line| line.total))? == totals.total
        && Money::sum(delivery)? == totals.shipping
        && totals.vat.iter().all(vat_fits)
        && lines.iter().all(|line| line.vat == Money::ZERO || totals.vat.iter().any(|vat| vat.rate == line.sold.rate));
    if fits { Ok(()) } else { Err(DoesNotAddUp) }
}

fn under(lines: &[InvoiceLine], rate: VatRate) -> impl Iterator<Item = &InvoiceLine> {
    lines.iter().filter(move |line| line.sold.rate == rate)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cart::{PricedLine, price, spread};
    use crate::id::VariantId;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn sold(cents: i64, quantity: u32, points: u16) -> Sold {
        let rate = VatRate::basis_points(points).expect("valid");
        Sold { unit: Money::cents(cents), quantity, discount: Money::ZERO, rate }
    }

    fn priced(sold: &[Sold]) -> Vec<PricedLine> {
        let variant = VariantId::new(Uuid::from_u128(1));
        sold.iter()
            .map(|sold| PricedLine { variant, unit: sold.unit, quantity: sold.quantity, rate: sold.rate })
            .collect()
    }

    fn totals(sold: &[Sold], shipping: i64) -> Totals {
        price(&priced(sold), Money::ZERO, Money::cents(shipping)).expect("fits")
    }

    /// Klarna's rule for the tax of a line: within one cent of `total − total × 10000 / (10000 + rate)`.
    fn klarna_accepts(line: &InvoiceLine) -> bool {
        let rate = i128::from(line.sold.rate.in_basis_points());
        let (total, tax) = (i128::from(line.total.in_cents()), i128::from(line.vat.in_cents()));
        (tax * (10_000 + rate) - total * rate).abs() <= 10_000 + rate
    }

    #[test]
    fn the_worked_example_of_klarna_comes_out() {
        let rompers = [sold(2495, 2, 2100)];

        let lines = invoice_lines(&rompers, &totals(&rompers, 495)).expect("adds up");

        let seen: Vec<(Billed, i64, i64)> =
            lines.iter().map(|line| (line.of, line.total.in_cents(), line.vat.in_cents())).collect();
        assert_eq!(seen, [(Billed::Goods(0), 4990, 866), (Billed::Delivery, 495, 86)]);
    }

    #[test]
    fn free_delivery_has_no_line_and_delivery_over_two_rates_has_two() {
        let both = [sold(3000, 1, 2100), sold(1000, 1, 900)];

        let free = invoice_lines(&both, &totals(&both, 0)).expect("adds up");
        let paid = invoice_lines(&both, &totals(&both, 495)).expect("adds up");

        assert_eq!(free.len(), 2);
        assert_eq!(paid.iter().skip(2).map(|line| line.total.in_cents()).collect::<Vec<_>>(), [372, 123]);
    }

    #[test]
    fn totals_of_another_order_give_no_lines() {
        let (dress, two) = ([sold(4495, 1, 2100)], [sold(4495, 2, 2100)]);

        assert_eq!(invoice_lines(&dress, &totals(&two, 495)), Err(DoesNotAddUp));
        assert_eq!(invoice_lines(&two, &totals(&dress, 495)), Err(DoesNotAddUp));
        assert_eq!(invoice_lines(&[sold(4495, 1, 900)], &totals(&dress, 495)), Err(DoesNotAddUp));
        let discounted = [Sold { discount: Money::cents(500), ..dress[0] }];
        assert_eq!(invoice_lines(&discounted, &totals(&dress, 495)), Err(DoesNotAddUp));
    }

    proptest! {
        #[test]
        fn every_order_becomes_lines_that_klarna_accepts_and_that_agree_with_our_own_vat(
            sold_lines in proptest::collection::vec((1i64..50_000, 1u32..20, prop_oneof![Just(2100u16), Just(900), Just(0)]), 1..20),
            discount in 0i64..200_000,
            shipping in 0i64..2_000,
        ) {
            let mut sold_lines: Vec<Sold> =
                sold_lines.into_iter().map(|(cents, quantity, points)| sold(cents, quantity, points)).collect();
            let totals = price(&priced(&sold_lines), Money::cents(discount), Money::cents(shipping)).expect("fits");
            let parts = spread(&priced(&sold_lines), totals.discount).expect("fits");
            for (line, part) in sold_lines.iter_mut().zip(parts) {
                line.discount = part;
            }

            let lines = invoice_lines(&sold_lines, &totals).expect("adds up");

            prop_assert!(lines.iter().all(klarna_accepts));
            prop_assert_eq!(Money::sum(lines.iter().map(|line| line.total)), Ok(totals.total));
            prop_assert_eq!(Money::sum(lines.iter().map(|line| line.vat)), Money::sum(totals.vat.iter().map(|vat| vat.vat)));
        }
    }
}
