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
    /// The goods, before anything is taken off.
    pub goods: Money,
    /// What a discount code takes off the goods. Orders of before there were codes have none.
    #[serde(default)]
    pub discount: Money,
    /// Delivery.
    pub shipping: Money,
    /// All of it: goods less discount, and delivery, VAT included.
    pub total: Money,
    /// VAT per rate, highest rate first. Delivery follows the goods in proportion to their value.
    pub vat: Vec<VatLine>,
}

impl Totals {
    /// The goods after the discount: what free delivery and the gem are measured by.
    pub fn goods_to_pay(&self) -> Money {
        Money::cents(self.goods.in_cents().saturating_sub(self.discount.in_cents()))
    }
}

/// What the goods cost, before anything is taken off. Fails only when an amount does not fit.
pub fn goods(lines: &[PricedLine]) -> Result<Money, Overflow> {
    lines.iter().try_fold(Money::ZERO, |sum, line| sum.plus(line.unit.times(line.quantity)?))
}

/// Adds up lines, discount and delivery. Fails only when an amount does not fit. A discount below zero is none, and one that is
/// larger than the goods takes off the goods, so nothing ever becomes negative.
///
/// The discount is spread over the lines ([`spread`]) and VAT is that of what is left of each line: a discount at the sale
/// lowers the price that VAT is owed over (BTW-richtlijn 2006/112 art. 79(b)). VAT is rounded once per line; delivery is a line
/// of its own, shared over the rates by the value of the goods (side service follows the main one, HvJ EU C-349/96), so parts
/// always add up to the total.
pub fn price(lines: &[PricedLine], discount: Money, shipping: Money) -> Result<Totals, Overflow> {
    let goods = goods(lines)?;
    let discount = discount.clamp(Money::ZERO, goods.max(Money::ZERO));
    let mut vat: Vec<VatLine> = Vec::new();
    for (line, off) in lines.iter().zip(spread(lines, discount)?) {
        book(&mut vat, line.rate, line.unit.times(line.quantity)?.minus(off)?)?;
    }
    vat.sort_by_key(|line| std::cmp::Reverse(line.rate));
    let to_pay = goods.minus(discount)?;
    let shares: Vec<(VatRate, Money)> = share(shipping, to_pay, &vat);
    for (rate, part) in shares {
        book(&mut vat, rate, part)?;
    }
    Ok(Totals { goods, discount, shipping, total: to_pay.plus(shipping)?, vat })
}

/// A discount over the lines, in proportion to their value and to the cent: each line its part rounded down, then a cent more for
/// the lines that lost the largest fraction, the first line first when they lost the same. The parts add up to the discount, and
/// no part is larger than its line. The same lines give the same parts, so a refund gives back exactly what was paid for a line.
pub fn spread(lines: &[PricedLine], discount: Money) -> Result<Vec<Money>, Overflow> {
    let goods = i128::from(goods(lines)?.in_cents());
    let discount = i128::from(discount.in_cents()).clamp(0, goods.max(0));
    let mut parts: Vec<i64> = Vec::with_capacity(lines.len());
    let mut lost: Vec<(i128, usize)> = Vec::with_capacity(lines.len());
    let mut left = discount;
    for (at, line) in lines.iter().enumerate() {
        let exact = discount * i128::from(line.unit.times(line.quantity)?.in_cents());
        let (part, rest) = if goods > 0 { (exact / goods, exact % goods) } else { (0, 0) };
        parts.push(i64::try_from(part).map_err(|_| Overflow)?);
        lost.push((rest, at));
        left -= part;
    }
    // Stable: of equal ones the first line stays first.
    lost.sort_by_key(|(rest, _)| std::cmp::Reverse(*rest));
    for (_, at) in lost.into_iter().take(usize::try_from(left).unwrap_or(0)) {
        if let Some(part) = parts.get_mut(at) {
            *part += 1;
        }
    }
    Ok(parts.into_iter().map(Money::cents).collect())
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
#[path = "totals_tests.rs"]
mod tests;
