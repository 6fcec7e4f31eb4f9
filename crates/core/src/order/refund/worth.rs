//! What can still be refunded of an order, and what a refund is worth. Cents only: what fell on a line by a discount falls on its
//! pieces, so that refunding piece by piece gives back exactly what was paid for the line, and exactly the VAT in it.

use super::{Credit, Pieces, RefundError, RefundOf};
use crate::cart::VatLine;
use crate::money::Money;
use crate::order::Order;
use crate::vat::VatRate;

/// What somebody wants to give back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RefundWish {
    /// Pieces of lines, and perhaps the delivery.
    Goods {
        /// Which pieces.
        pieces: Vec<Pieces>,
        /// Whether the delivery too.
        shipping: bool,
    },
    /// All that is left.
    Rest,
    /// An amount out of goodwill.
    Amount {
        /// How much.
        amount: Money,
        /// Why; the shopper reads it.
        reason: String,
    },
}

/// A line with what was paid for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct LineLeft {
    /// Paid for all pieces, after the discount.
    paid: Money,
    quantity: u32,
    refunded: u32,
    rate: VatRate,
}

/// What can still be refunded of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refundable {
    lines: Vec<LineLeft>,
    /// The delivery per rate; empty when it was free or was paid back.
    shipping: Vec<VatLine>,
    /// What was sold and not taken back, per rate.
    vat: Vec<VatLine>,
    amount: Money,
}

impl Refundable {
    /// What is left of an order after these credits, when so much money came in for it. Money that was never a sale does not count.
    pub fn of<'a>(order: &Order, received: Money, before: impl IntoIterator<Item = &'a Credit>) -> Self {
        let lines: Vec<LineLeft> = order
            .lines
            .iter()
            .map(|line| LineLeft {
                paid: less(line.unit.times(line.quantity).unwrap_or(Money::ZERO), line.discount),
                quantity: line.quantity,
                refunded: 0,
                rate: line.rate,
            })
            .collect();
        let shipping = delivery(&lines, &order.totals.vat);
        let amount = order.totals.total.min(received);
        let mut left = Self { lines, shipping, vat: order.totals.vat.clone(), amount };
        for credit in before {
            left.take_off(credit);
        }
        left
    }

    /// The money that can still go back for the sale.
    pub const fn amount(&self) -> Money {
        self.amount
    }

    /// The pieces of each line that were not refunded, in the order of the lines.
    pub fn pieces(&self) -> Vec<u32> {
        self.lines.iter().map(|line| line.quantity.saturating_sub(line.refunded)).collect()
    }

    /// What the delivery cost, if it can still be paid back.
    pub fn shipping(&self) -> Money {
        sum(&self.shipping)
    }

    /// What that wish is worth. Refuses what is not there, and more than was received.
    pub fn credit(&self, wish: RefundWish) -> Result<Credit, RefundError> {
        let (of, amount, parts) = match wish {
            RefundWish::Goods { pieces, shipping } => {
                let pieces = together(&pieces);
                let mut parts = Vec::new();
                for wanted in &pieces {
                    self.add_pieces(*wanted, &mut parts)?;
                }
                if shipping {
                    if self.shipping.is_empty() {
                        return Err(RefundError::NoShipping);
                    }
                    self.shipping.iter().for_each(|part| add(&mut parts, *part));
                }
                let amount = sum(&parts);
                (RefundOf::Goods { pieces, shipping }, amount, parts)
            }
            RefundWish::Rest => (RefundOf::Rest, self.amount, self.spread(self.amount)),
            RefundWish::Amount { amount, reason } => {
                let reason = reason.trim().to_owned();
                if amount > Money::ZERO && reason.is_empty() {
                    return Err(RefundError::NoReason);
                }
                (RefundOf::Goodwill { reason }, amount, self.spread(amount))
            }
        };
        if amount <= Money::ZERO {
            return Err(RefundError::Nothing);
        }
        if amount > self.amount {
            return Err(RefundError::TooMuch { left: self.amount });
        }
        Ok(Credit { of, amount, vat: self.within_what_is_left(parts) })
    }

    fn add_pieces(&self, wanted: Pieces, parts: &mut Vec<VatLine>) -> Result<(), RefundError> {
        let line =
            usize::try_from(wanted.line).ok().and_then(|at| self.lines.get(at)).ok_or(RefundError::NoSuchLine)?;
        let left = line.quantity.saturating_sub(line.refunded);
        if wanted.count > left {
            return Err(RefundError::MorePieces { line: wanted.line, left });
        }
        let (before, after) = (line.paid_for(line.refunded), line.paid_for(line.refunded + wanted.count));
        // The difference of two rounded sums, so that the VAT of all pieces adds up to that of the line.
        let vat = less(line.rate.within(after), line.rate.within(before));
        add(parts, VatLine { rate: line.rate, gross: less(after, before), vat });
        Ok(())
    }

    /// An amount over the rates, in proportion to what is left of each and rounded down, the rest to the highest rate.
    fn spread(&self, amount: Money) -> Vec<VatLine> {
        let left = i128::from(sum(&self.vat).in_cents());
        let mut rest = amount;
        let mut parts: Vec<VatLine> = Vec::with_capacity(self.vat.len());
        for line in self.vat.iter().skip(1).filter(|_| left > 0) {
            let part = i128::from(amount.in_cents()) * i128::from(line.gross.in_cents()) / left;
            let gross = Money::cents(i64::try_from(part).unwrap_or(0));
            rest = less(rest, gross);
            parts.push(VatLine { rate: line.rate, gross, vat: line.rate.within(gross) });
        }
        if let Some(first) = self.vat.first() {
            parts.insert(0, VatLine { rate: first.rate, gross: rest, vat: first.rate.within(rest) });
        }
        parts
    }

    /// No more of a rate than is left of it: what an amount of goodwill took off before falls on the other rates. The last cent of
    /// a rate takes the last cent of its VAT along.
    fn within_what_is_left(&self, parts: Vec<VatLine>) -> Vec<VatLine> {
        let mut over = sum(&parts);
        let mut taken: Vec<VatLine> = Vec::with_capacity(self.vat.len());
        for left in &self.vat {
            let wanted = parts.iter().find(|part| part.rate == left.rate).map_or(Money::ZERO, |part| part.gross);
            let gross = wanted.min(left.gross);
            over = less(over, gross);
            taken.push(VatLine { rate: left.rate, gross, vat: Money::ZERO });
        }
        for (line, left) in taken.iter_mut().zip(&self.vat) {
            let more = over.min(less(left.gross, line.gross));
            line.gross = Money::cents(line.gross.in_cents() + more.in_cents());
            over = less(over, more);
            let computed = parts.iter().find(|part| part.rate == line.rate && part.gross == line.gross);
            line.vat = if line.gross == left.gross {
                left.vat
            } else {
                computed.map_or_else(|| line.rate.within(line.gross), |part| part.vat).min(left.vat)
            };
        }
        taken.retain(|line| line.gross != Money::ZERO);
        taken
    }

    fn take_off(&mut self, credit: &Credit) {
        if !credit.of.takes_back_a_sale() {
            return;
        }
        self.amount = less(self.amount, credit.amount).max(Money::ZERO);
        for off in &credit.vat {
            if let Some(line) = self.vat.iter_mut().find(|line| line.rate == off.rate) {
                line.gross = less(line.gross, off.gross);
                line.vat = less(line.vat, off.vat);
            }
        }
        match &credit.of {
            RefundOf::Goods { pieces, shipping } => {
                for back in pieces {
                    if let Some(line) = usize::try_from(back.line).ok().and_then(|at| self.lines.get_mut(at)) {
                        line.refunded = line.refunded.saturating_add(back.count).min(line.quantity);
                    }
                }
                if *shipping {
                    self.shipping.clear();
                }
            }
            RefundOf::Rest => {
                self.lines.iter_mut().for_each(|line| line.refunded = line.quantity);
                self.shipping.clear();
                self.amount = Money::ZERO;
            }
            RefundOf::Goodwill { .. } | RefundOf::Surplus => {}
        }
    }
}

impl LineLeft {
    /// What was paid for the first `count` pieces. The first ones are a cent dearer when the line does not divide evenly.
    fn paid_for(&self, count: u32) -> Money {
        let parts = self.paid.split(self.quantity);
        let cents = parts.iter().take(usize::try_from(count).unwrap_or(usize::MAX)).map(|part| part.in_cents()).sum();
        Money::cents(cents)
    }
}

/// What the totals hold under each rate beyond the goods: the delivery.
fn delivery(lines: &[LineLeft], totals: &[VatLine]) -> Vec<VatLine> {
    let beyond = totals.iter().map(|total| {
        let goods = lines.iter().filter(|line| line.rate == total.rate);
        goods.fold(*total, |left, line| VatLine {
            rate: left.rate,
            gross: less(left.gross, line.paid),
            vat: less(left.vat, line.rate.within(line.paid)),
        })
    });
    beyond.filter(|line| line.gross > Money::ZERO).collect()
}

/// Pieces of the same line as one, lines without pieces left out.
fn together(pieces: &[Pieces]) -> Vec<Pieces> {
    let mut out: Vec<Pieces> = Vec::with_capacity(pieces.len());
    for wanted in pieces.iter().filter(|wanted| wanted.count > 0) {
        match out.iter_mut().find(|known| known.line == wanted.line) {
            Some(known) => known.count = known.count.saturating_add(wanted.count),
            None => out.push(*wanted),
        }
    }
    out
}

fn add(parts: &mut Vec<VatLine>, more: VatLine) {
    match parts.iter_mut().find(|part| part.rate == more.rate) {
        Some(part) => {
            part.gross = Money::cents(part.gross.in_cents() + more.gross.in_cents());
            part.vat = Money::cents(part.vat.in_cents() + more.vat.in_cents());
        }
        None => parts.push(more),
    }
}

fn sum(parts: &[VatLine]) -> Money {
    Money::cents(parts.iter().map(|part| part.gross.in_cents()).sum())
}

fn less(from: Money, off: Money) -> Money {
    Money::cents(from.in_cents().saturating_sub(off.in_cents()))
}

#[cfg(test)]
#[path = "worth_tests.rs"]
mod tests;
