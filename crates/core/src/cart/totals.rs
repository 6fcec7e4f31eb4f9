//! The only place that adds up money.

use crate::id::VariantId;
use crate::money::{Money, Overflow};
use crate::vat::VatRate;
use serde::{Deserialize, Serialize};

/// A line with what it costs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PricedLine {
    /// Which size.
    pub variant: VariantId,
    /// Price of one piece, VAT included.
    pub unit: Money,
    /// How many.
    pub quantity: u32,
    /// The VAT rate of the article.
    pub rate: VatRate,
}

/// What is owed per VAT rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct VatLine {
    /// The rate.
    pub rate: VatRate,
    /// The part of the total under that rate, VAT included.
    pub gross: Money,
    /// The VAT in it.
    pub vat: Money,
}

/// Everything a shopper pays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    /// The goods.
    pub goods: Money,
    /// Delivery.
    pub shipping: Money,
    /// All of it: goods and delivery, VAT included.
    pub total: Money,
    /// VAT per rate, highest rate first. Delivery follows the goods in proportion to their value.
    pub vat: Vec<VatLine>,
}

/// Adds up lines and delivery. Fails only when an amount does not fit.
///
/// VAT is rounded once per line; delivery is a line of its own, shared over the rates by the value of the goods
/// (side service follows the main one, HvJ EU C-349/96), so parts always add up to the total.
pub fn price(lines: &[PricedLine], shipping: Money) -> Result<Totals, Overflow> {
    let mut vat: Vec<VatLine> = Vec::new();
    let mut goods = Money::ZERO;
    for line in lines {
        let gross = line.unit.times(line.quantity)?;
        goods = goods.plus(gross)?;
        book(&mut vat, line.rate, gross)?;
    }
    vat.sort_by_key(|line| std::cmp::Reverse(line.rate));
    let shares: Vec<(VatRate, Money)> = share(shipping, goods, &vat);
    for (rate, part) in shares {
        book(&mut vat, rate, part)?;
    }
    Ok(Totals { goods, shipping, total: goods.plus(shipping)?, vat })
}

fn book(vat: &mut Vec<VatLine>, rate: VatRate, gross: Money) -> Result<(), Overflow> {
    let within = rate.within(gross);
    if let Some(line) = vat.iter_mut().find(|line| line.rate == rate) {
        line.gross = line.gross.plus(gross)?;
        line.vat = line.vat.plus(within)?;
    } else if gross != Money::ZERO {
        vat.push(VatLine { rate, gross, vat: within });
    }
    Ok(())
}

/// Delivery over the rates: each rate its part rounded down, the rest to the highest rate.
fn share(shipping: Money, goods: Money, vat: &[VatLine]) -> Vec<(VatRate, Money)> {
    if shipping == Money::ZERO || goods.in_cents() <= 0 {
        return if shipping == Money::ZERO { Vec::new() } else { vec![(VatRate::STANDARD, shipping)] };
    }
    let mut left = shipping.in_cents();
    let mut shares: Vec<(VatRate, Money)> = Vec::new();
    for line in vat.iter().skip(1) {
        let part = i128::from(shipping.in_cents()) * i128::from(line.gross.in_cents()) / i128::from(goods.in_cents());
        let part = i64::try_from(part).unwrap_or(0);
        left -= part;
        shares.push((line.rate, Money::cents(part)));
    }
    if let Some(first) = vat.first() {
        shares.push((first.rate, Money::cents(left)));
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn line(cents: i64, quantity: u32, rate: VatRate) -> PricedLine {
        PricedLine { variant: VariantId::new(Uuid::nil()), unit: Money::cents(cents), quantity, rate }
    }

    #[test]
    fn a_dress_with_delivery_costs_49_90_of_which_8_66_is_vat() {
        let totals = price(&[line(4495, 1, VatRate::STANDARD)], Money::cents(495)).expect("fits");

        assert_eq!(totals.goods, Money::cents(4495));
        assert_eq!(totals.total, Money::cents(4990));
        assert_eq!(
            totals.vat,
            [VatLine { rate: VatRate::STANDARD, gross: Money::cents(4990), vat: Money::cents(866) }]
        );
    }

    #[test]
    fn delivery_is_shared_over_the_rates_by_value() {
        let totals = price(&[line(3000, 1, VatRate::STANDARD), line(1000, 1, VatRate::REDUCED)], Money::cents(495))
            .expect("fits");

        let gross: Vec<i64> = totals.vat.iter().map(|line| line.gross.in_cents()).collect();
        assert_eq!(gross, [3372, 1123]);
    }

    #[test]
    fn an_empty_cart_costs_nothing() {
        let totals = price(&[], Money::ZERO).expect("fits");
        assert_eq!(totals, Totals { goods: Money::ZERO, shipping: Money::ZERO, total: Money::ZERO, vat: vec![] });
    }

    #[test]
    fn an_amount_that_does_not_fit_is_an_error_not_a_wrong_total() {
        assert_eq!(price(&[line(i64::MAX, 2, VatRate::ZERO)], Money::ZERO), Err(Overflow));
    }

    proptest! {
        #[test]
        fn the_parts_always_add_up(
            lines in proptest::collection::vec((0i64..50_000, 1u32..20, prop_oneof![Just(2100u16), Just(900), Just(0)]), 0..20),
            shipping in 0i64..2_000,
        ) {
            let lines: Vec<PricedLine> = lines.into_iter()
                .map(|(cents, quantity, rate)| line(cents, quantity, VatRate::basis_points(rate).expect("valid")))
                .collect();

            let totals = price(&lines, Money::cents(shipping)).expect("fits");

            let by_hand: i64 = lines.iter().map(|l| l.unit.in_cents() * i64::from(l.quantity)).sum();
            prop_assert_eq!(totals.goods.in_cents(), by_hand);
            prop_assert_eq!(totals.total.in_cents(), by_hand + shipping);
            prop_assert_eq!(totals.vat.iter().map(|v| v.gross.in_cents()).sum::<i64>(), totals.total.in_cents());
            prop_assert!(totals.vat.iter().all(|v| v.vat <= v.gross));
        }
    }
}
