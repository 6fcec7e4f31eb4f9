use super::*;
use crate::order::given::{Sold, order};
use proptest::prelude::*;

fn piece(line: u32) -> RefundWish {
    RefundWish::Goods { pieces: vec![Pieces { line, count: 1 }], shipping: false }
}

const SHIPPING: RefundWish = RefundWish::Goods { pieces: Vec::new(), shipping: true };

fn goodwill(cents: i64) -> RefundWish {
    RefundWish::Amount { amount: Money::cents(cents), reason: "een los knoopje".to_owned() }
}

fn vat(credits: &[Credit], rate: VatRate) -> (i64, i64) {
    let lines = credits.iter().flat_map(|credit| &credit.vat).filter(|line| line.rate == rate);
    lines.fold((0, 0), |(gross, vat), line| (gross + line.gross.in_cents(), vat + line.vat.in_cents()))
}

fn total(credits: &[Credit]) -> i64 {
    credits.iter().map(|credit| credit.amount.in_cents()).sum()
}

#[test]
fn three_pieces_with_a_discount_give_back_every_cent() {
    // Three at 14,95 with five euro off: 39,85 for all, so 13,29 for the first and 13,28 for each of the others.
    let order = order(&[(1495, 3, 2100)], 500, 495);
    let mut credits: Vec<Credit> = Vec::new();

    for _ in 0..3 {
        let left = Refundable::of(&order, order.totals.total, &credits);
        credits.push(left.credit(piece(0)).expect("there is one"));
    }

    let amounts: Vec<i64> = credits.iter().map(|credit| credit.amount.in_cents()).collect();
    assert_eq!(amounts, [1329, 1328, 1328]);
    assert_eq!(vat(&credits, VatRate::STANDARD), (3985, VatRate::STANDARD.within(Money::cents(3985)).in_cents()));
    let left = Refundable::of(&order, order.totals.total, &credits);
    assert_eq!((left.pieces(), left.shipping(), left.amount()), (vec![0], Money::cents(495), Money::cents(495)));
    assert_eq!(left.credit(piece(0)), Err(RefundError::MorePieces { line: 0, left: 0 }));
}

#[test]
fn delivery_goes_back_once_and_free_delivery_never() {
    let (paid, free) = (order(&[(4495, 1, 2100)], 0, 495), order(&[(4495, 1, 2100)], 0, 0));
    let left = Refundable::of(&paid, paid.totals.total, []);

    let credit = left.credit(SHIPPING).expect("it was paid");

    assert_eq!((credit.amount, vat(std::slice::from_ref(&credit), VatRate::STANDARD)), (Money::cents(495), (495, 86)));
    assert_eq!(Refundable::of(&paid, paid.totals.total, [&credit]).credit(SHIPPING), Err(RefundError::NoShipping));
    assert_eq!(Refundable::of(&free, free.totals.total, []).credit(SHIPPING), Err(RefundError::NoShipping));
}

#[test]
fn each_refusal_has_its_own_reason() {
    let order = order(&[(4495, 2, 2100)], 0, 495);
    let left = Refundable::of(&order, order.totals.total, []);
    let nothing = RefundWish::Goods { pieces: vec![Pieces { line: 0, count: 0 }], shipping: false };
    let too_many = RefundWish::Goods { pieces: vec![Pieces { line: 0, count: 3 }], shipping: false };
    // The same line named twice is still one line.
    let twice = RefundWish::Goods { pieces: vec![Pieces { line: 0, count: 2 }; 2], shipping: false };
    let bare = RefundWish::Amount { amount: Money::cents(100), reason: "  ".to_owned() };

    assert_eq!(left.credit(nothing), Err(RefundError::Nothing));
    assert_eq!(left.credit(too_many), Err(RefundError::MorePieces { line: 0, left: 2 }));
    assert_eq!(left.credit(twice), Err(RefundError::MorePieces { line: 0, left: 2 }));
    assert_eq!(left.credit(piece(7)), Err(RefundError::NoSuchLine));
    assert_eq!(left.credit(goodwill(9486)), Err(RefundError::TooMuch { left: Money::cents(9485) }));
    assert_eq!(left.credit(goodwill(0)), Err(RefundError::Nothing));
    assert_eq!(left.credit(goodwill(-1)), Err(RefundError::Nothing));
    assert_eq!(left.credit(bare), Err(RefundError::NoReason));
}

#[test]
fn nothing_is_refunded_before_money_came_in() {
    let order = order(&[(4495, 1, 2100)], 0, 495);

    let left = Refundable::of(&order, Money::ZERO, []);

    assert_eq!(left.credit(piece(0)), Err(RefundError::TooMuch { left: Money::ZERO }));
    assert_eq!(left.credit(RefundWish::Rest), Err(RefundError::Nothing));
}

#[test]
fn after_goodwill_the_rest_is_what_is_left() {
    let order = order(&[(4495, 1, 2100)], 0, 495);
    let first = Refundable::of(&order, order.totals.total, []).credit(goodwill(1000)).expect("fits");
    let left = Refundable::of(&order, order.totals.total, [&first]);

    let both = RefundWish::Goods { pieces: vec![Pieces { line: 0, count: 1 }], shipping: true };
    assert_eq!(left.credit(both), Err(RefundError::TooMuch { left: Money::cents(3990) }));
    let rest = left.credit(RefundWish::Rest).expect("something is left");

    assert_eq!(rest.amount, Money::cents(3990));
    assert_eq!(vat(&[first, rest], VatRate::STANDARD), (4990, order.totals.vat[0].vat.in_cents()));
}

#[test]
fn money_that_was_never_a_sale_leaves_the_sale_as_it_is() {
    let order = order(&[(4495, 1, 2100)], 0, 495);
    let surplus = Credit::surplus(order.totals.total);

    assert_eq!(Refundable::of(&order, order.totals.total, [&surplus]), Refundable::of(&order, order.totals.total, []));
}

fn sold() -> impl Strategy<Value = Vec<Sold>> {
    let rate = prop_oneof![Just(2100u16), Just(900), Just(0)];
    proptest::collection::vec((1i64..20_000, 1u32..6, rate), 1..6)
}

proptest! {
    #[test]
    fn piece_by_piece_adds_up_to_what_was_paid_and_to_the_vat_in_it(
        sold in sold(),
        discount in 0i64..30_000,
        shipping in 0i64..1_000,
        order_of_lines in any::<u64>(),
        when_shipping in 0usize..20,
    ) {
        let order = order(&sold, discount, shipping);
        let mut credits: Vec<Credit> = Vec::new();
        let mut seed = order_of_lines;
        let mut steps = 0;
        loop {
            let left = Refundable::of(&order, order.totals.total, &credits);
            if steps == when_shipping && left.shipping() > Money::ZERO {
                credits.push(left.credit(SHIPPING).expect("once"));
            }
            let left = Refundable::of(&order, order.totals.total, &credits);
            let open: Vec<u32> = (0..).zip(left.pieces()).filter(|(_, count)| *count > 0).map(|(line, _)| line).collect();
            if open.is_empty() {
                break;
            }
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let at = usize::try_from(seed >> 33).expect("fits") % open.len();
            match left.credit(piece(open[at])) {
                Ok(credit) => credits.push(credit),
                // A piece that the discount made free: nothing goes back for it.
                Err(RefundError::Nothing) => break,
                Err(other) => prop_assert!(false, "{other:?}"),
            }
            steps += 1;
        }
        if let Ok(rest) = Refundable::of(&order, order.totals.total, &credits).credit(RefundWish::Rest) {
            credits.push(rest);
        }

        prop_assert_eq!(total(&credits), order.totals.total.in_cents());
        for line in &order.totals.vat {
            prop_assert_eq!(vat(&credits, line.rate), (line.gross.in_cents(), line.vat.in_cents()));
        }
    }

    #[test]
    fn whatever_is_wished_no_more_goes_back_than_came_in_and_the_rest_ends_it(
        sold in sold(),
        shipping in 0i64..1_000,
        wishes in proptest::collection::vec((0u8..3, 0u32..6, 1i64..9_000), 0..12),
    ) {
        let order = order(&sold, 0, shipping);
        let mut credits: Vec<Credit> = Vec::new();
        for (kind, line, cents) in wishes {
            let wish = match kind { 0 => piece(line), 1 => SHIPPING, _ => goodwill(cents) };
            if let Ok(credit) = Refundable::of(&order, order.totals.total, &credits).credit(wish) {
                let parts: i64 = credit.vat.iter().map(|part| part.gross.in_cents()).sum();
                prop_assert_eq!(parts, credit.amount.in_cents());
                prop_assert!(credit.vat.iter().all(|part| part.gross > Money::ZERO && part.vat >= Money::ZERO));
                credits.push(credit);
            }
            prop_assert!(total(&credits) <= order.totals.total.in_cents());
        }
        if let Ok(rest) = Refundable::of(&order, order.totals.total, &credits).credit(RefundWish::Rest) {
            credits.push(rest);
        }

        prop_assert_eq!(total(&credits), order.totals.total.in_cents());
        for line in &order.totals.vat {
            prop_assert_eq!(vat(&credits, line.rate), (line.gross.in_cents(), line.vat.in_cents()));
        }
    }
}
