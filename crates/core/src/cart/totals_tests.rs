use super::*;
use proptest::prelude::*;
use uuid::Uuid;

fn line(cents: i64, quantity: u32, rate: VatRate) -> PricedLine {
    PricedLine { variant: VariantId::new(Uuid::nil()), unit: Money::cents(cents), quantity, rate }
}

#[test]
fn a_dress_with_delivery_costs_49_90_of_which_8_66_is_vat() {
    let totals = price(&[line(4495, 1, VatRate::STANDARD)], Money::ZERO, Money::cents(495)).expect("fits");

    assert_eq!(totals.goods, Money::cents(4495));
    assert_eq!(totals.total, Money::cents(4990));
    assert_eq!(totals.vat, [VatLine { rate: VatRate::STANDARD, gross: Money::cents(4990), vat: Money::cents(866) }]);
}

#[test]
fn delivery_is_shared_over_the_rates_by_value() {
    let lines = [line(3000, 1, VatRate::STANDARD), line(1000, 1, VatRate::REDUCED)];
    let totals = price(&lines, Money::ZERO, Money::cents(495)).expect("fits");

    let gross: Vec<i64> = totals.vat.iter().map(|line| line.gross.in_cents()).collect();
    assert_eq!(gross, [3372, 1123]);
}

#[test]
fn an_empty_cart_costs_nothing() {
    let nothing = Money::ZERO;
    let totals = price(&[], nothing, nothing).expect("fits");

    assert_eq!(totals, Totals { goods: nothing, discount: nothing, shipping: nothing, total: nothing, vat: vec![] });
}

#[test]
fn an_amount_that_does_not_fit_is_an_error_not_a_wrong_total() {
    assert_eq!(price(&[line(i64::MAX, 2, VatRate::ZERO)], Money::ZERO, Money::ZERO), Err(Overflow));
}

#[test]
fn five_euro_off_a_dress_lowers_its_vat_too() {
    let totals = price(&[line(4495, 1, VatRate::STANDARD)], Money::cents(500), Money::cents(495)).expect("fits");

    assert_eq!((totals.goods, totals.goods_to_pay()), (Money::cents(4495), Money::cents(3995)));
    assert_eq!(totals.total, Money::cents(4490));
    // 6,93 in the dress and 0,86 in the delivery.
    assert_eq!(totals.vat, [VatLine { rate: VatRate::STANDARD, gross: Money::cents(4490), vat: Money::cents(779) }]);
}

#[test]
fn the_cent_that_is_left_goes_to_the_line_that_lost_most_and_then_to_the_first() {
    let spread = |lines: &[PricedLine], cents| spread(lines, Money::cents(cents)).expect("fits");
    let thirds = [line(1000, 1, VatRate::STANDARD), line(500, 2, VatRate::STANDARD), line(1000, 1, VatRate::REDUCED)];
    assert_eq!(spread(&thirds, 500), [167, 167, 166].map(Money::cents));

    // 3,75 and 1,25: the fraction of the first is larger.
    let quarters = [line(1000, 1, VatRate::STANDARD), line(3000, 1, VatRate::STANDARD)];
    assert_eq!(spread(&quarters, 5), [1, 4].map(Money::cents));
    assert_eq!(spread(&quarters, 0), [0, 0].map(Money::cents));
    assert_eq!(spread(&[], 500), []);
}

#[test]
fn a_discount_larger_than_the_goods_or_below_zero_makes_nothing_negative() {
    let lines = [line(300, 1, VatRate::STANDARD), line(0, 2, VatRate::STANDARD)];

    let all = price(&lines, Money::cents(500), Money::cents(495)).expect("fits");
    assert_eq!((all.discount, all.total), (Money::cents(300), Money::cents(495)));
    let none = price(&lines, Money::cents(-500), Money::cents(495)).expect("fits");
    assert_eq!((none.discount, none.total), (Money::ZERO, Money::cents(795)));
}

proptest! {
    #[test]
    fn the_parts_always_add_up(
        lines in proptest::collection::vec((0i64..50_000, 1u32..20, prop_oneof![Just(2100u16), Just(900), Just(0)]), 0..20),
        discount in 0i64..2_000_000,
        shipping in 0i64..2_000,
    ) {
        let lines: Vec<PricedLine> = lines.into_iter()
            .map(|(cents, quantity, rate)| line(cents, quantity, VatRate::basis_points(rate).expect("valid")))
            .collect();

        let totals = price(&lines, Money::cents(discount), Money::cents(shipping)).expect("fits");
        let parts = spread(&lines, Money::cents(discount)).expect("fits");

        let by_hand: i64 = lines.iter().map(|l| l.unit.in_cents() * i64::from(l.quantity)).sum();
        prop_assert_eq!(totals.goods.in_cents(), by_hand);
        prop_assert_eq!(totals.discount.in_cents(), discount.min(by_hand));
        prop_assert_eq!(totals.total.in_cents(), by_hand - discount.min(by_hand) + shipping);
        prop_assert_eq!(Money::sum(parts.iter().copied()), Ok(totals.discount));
        for (line, part) in lines.iter().zip(&parts) {
            let sum = line.unit.in_cents() * i64::from(line.quantity);
            prop_assert!((0..=sum).contains(&part.in_cents()));
            // Fair to the cent.
            let exact = i128::from(totals.discount.in_cents()) * i128::from(sum);
            prop_assert!((i128::from(part.in_cents()) * i128::from(by_hand) - exact).abs() < i128::from(by_hand.max(1)));
        }
        prop_assert_eq!(totals.vat.iter().map(|v| v.gross.in_cents()).sum::<i64>(), totals.total.in_cents());
        prop_assert!(totals.vat.iter().all(|v| Money::ZERO <= v.vat && v.vat <= v.gross));
        // Per rate: the VAT of each line after its part, and of the share of delivery.
        for booked in &totals.vat {
            let of_rate = lines.iter().zip(&parts).filter(|(line, _)| line.rate == booked.rate);
            let (mut gross, mut vat) = (0, 0);
            for (line, part) in of_rate {
                let paid = line.unit.in_cents() * i64::from(line.quantity) - part.in_cents();
                gross += paid;
                vat += line.rate.within(Money::cents(paid)).in_cents();
            }
            let delivery = booked.gross.in_cents() - gross;
            prop_assert!((0..=shipping).contains(&delivery));
            prop_assert_eq!(booked.vat.in_cents(), vat + booked.rate.within(Money::cents(delivery)).in_cents());
        }
    }
}
