//! One row per way in which a booking can look, and the properties that must hold for all of them.

use super::*;
use proptest::prelude::*;
use std::collections::BTreeMap;

fn order(number: i64) -> OrderNumber {
    OrderNumber::of(number)
}

fn expected(number: i64, owed: i64, received: i64, ended: bool, last_name: &str) -> Expected {
    let order = order(number);
    let reference = CreditorReference::of(order.as_str()).expect("valid");
    let (owed, received) = (Money::cents(owed), Money::cents(received));
    Expected { order, reference, owed, received, ended, last_name: last_name.to_owned() }
}

/// Two open orders, one half paid, one paid, one lapsed, and two of the same amount.
fn book() -> Vec<Expected> {
    vec![
        expected(100_042, 5485, 0, false, "Jansen"),
        expected(100_043, 3995, 0, false, "de Vries"),
        expected(100_044, 8000, 3000, false, "Bakker"),
        expected(100_045, 2495, 2495, false, "Visser"),
        expected(100_046, 6000, 0, true, "Smit"),
        expected(100_047, 1200, 0, false, "Mulder"),
        expected(100_048, 1200, 0, false, "Mulder"),
    ]
}

fn reference(number: i64) -> CreditorReference {
    CreditorReference::of(order(number).as_str()).expect("valid")
}

fn facts<'a>(cents: i64, reference: Option<&'a CreditorReference>, text: &'a str, payer: &'a str) -> Facts<'a> {
    Facts { amount: Money::cents(cents), returned: false, reference, text, payer }
}

#[test]
fn a_structured_reference_decides_with_the_amount() {
    let cases = [
        (100_042, 5485, Match::Exact { order: order(100_042) }),
        (100_042, 5484, Match::Partial { order: order(100_042), missing: Money::cents(1) }),
        (100_042, 6000, Match::Over { order: order(100_042), surplus: Money::cents(515) }),
        (100_044, 5000, Match::Exact { order: order(100_044) }),
        (100_044, 8000, Match::Over { order: order(100_044), surplus: Money::cents(3000) }),
        (100_044, 2000, Match::Partial { order: order(100_044), missing: Money::cents(3000) }),
        (100_045, 2495, Match::Double { order: order(100_045) }),
        (100_046, 6000, Match::AfterEnd { order: order(100_046) }),
        (100_042, 0, Match::Unknown { named: vec![order(100_042)] }),
        (100_099, 5485, Match::Unknown { named: vec![] }),
    ];

    for (number, cents, wanted) in cases {
        let reference = reference(number);
        assert_eq!(match_booking(&book(), &facts(cents, Some(&reference), "", "")), wanted, "{number} {cents}");
    }
}

#[test]
fn a_free_text_decides_with_the_amount() {
    let whole = reference(100_042).grouped();
    let one = || order(100_042);
    let cases = [
        ("Bestelling AG100042", 5485, Match::ByNumber { order: one() }),
        ("best. ag-100 042, dank!", 5485, Match::ByNumber { order: one() }),
        (whole.as_str(), 5485, Match::ByNumber { order: one() }),
        ("AG1OOO42", 5485, Match::ByNumber { order: one() }),
        ("AG100042", 5000, Match::Partial { order: one(), missing: Money::cents(485) }),
        ("AG100042", 5500, Match::Over { order: one(), surplus: Money::cents(15) }),
        ("AG100045", 2495, Match::Double { order: order(100_045) }),
        ("AG100046", 6000, Match::AfterEnd { order: order(100_046) }),
        ("AG100042 en AG100043", 9480, Match::SeveralOrders { orders: vec![one(), order(100_043)] }),
        ("AG100043+AG100042", 9480, Match::SeveralOrders { orders: vec![one(), order(100_043)] }),
        ("AG100042 en AG100043", 5485, Match::Unknown { named: vec![one(), order(100_043)] }),
        ("AG100042 en AG100045", 5485, Match::Unknown { named: vec![one(), order(100_045)] }),
        ("100042", 5485, Match::Likely { order: one(), because: Because::BareNumber }),
        ("100042", 5484, Match::Unknown { named: vec![] }),
        ("AG100099", 5485, Match::Unknown { named: vec![] }),
        ("", 5485, Match::Unknown { named: vec![] }),
    ];

    for (text, cents, wanted) in cases {
        assert_eq!(match_booking(&book(), &facts(cents, None, text, "")), wanted, "{text} {cents}");
    }
}

#[test]
fn a_mistyped_reference_is_likely_and_never_booked() {
    let right = reference(100_042).as_str().to_owned();
    let wrong = [
        right.replace("042", "043"),
        right.replace("RF", "RG"),
        right.replace("042", "402"),
        right.replace("042", "42"),
    ];

    for text in wrong {
        let found = match_booking(&book(), &facts(5485, None, &text, ""));
        assert_eq!(found, Match::Likely { order: order(100_042), because: Because::Mistyped }, "{text}");
        assert_eq!(found.books(), None);
        assert_eq!(match_booking(&book(), &facts(5484, None, &text, "")), Match::Unknown { named: vec![] }, "{text}");
    }
}

#[test]
fn amount_and_name_point_to_one_order_or_to_none() {
    let cases = [
        (5485, "A. JANSEN", Match::Likely { order: order(100_042), because: Because::Name }),
        (3995, "VRIES B DE", Match::Likely { order: order(100_043), because: Because::Name }),
        (5000, "Bakker", Match::Likely { order: order(100_044), because: Because::Name }),
        (8000, "Bakker", Match::Unknown { named: vec![] }),
        (3995, "A. JANSEN", Match::Unknown { named: vec![] }),
        (2495, "Visser", Match::Unknown { named: vec![] }),
        (6000, "Smit", Match::Unknown { named: vec![] }),
        (1200, "Mulder", Match::Unknown { named: vec![] }),
    ];

    for (cents, payer, wanted) in cases {
        let found = match_booking(&book(), &facts(cents, None, "", payer));
        assert_eq!(found, wanted, "{payer} {cents}");
        assert_eq!(found.books(), None);
    }
}

#[test]
fn what_went_out_or_came_back_pays_nothing() {
    let reference = reference(100_042);
    let out = facts(-5485, Some(&reference), "", "A. Jansen");
    let back = Facts { returned: true, ..facts(5485, None, "Terugbetaling AG100042", "A. Jansen") };
    let nameless = Facts { returned: true, ..facts(5485, None, "", "A. Jansen") };

    assert_eq!(match_booking(&book(), &out), Match::Return { order: Some(order(100_042)) });
    assert_eq!(match_booking(&book(), &back), Match::Return { order: Some(order(100_042)) });
    assert_eq!(match_booking(&book(), &nameless), Match::Return { order: None });
}

#[test]
fn two_contradicting_references_are_for_a_person() {
    let (ours, foreign) = (reference(100_042), CreditorReference::of("539007547034").expect("valid"));

    let both_ours = match_booking(&book(), &facts(5485, Some(&ours), "AG100043", ""));
    let not_ours = match_booking(&book(), &facts(5485, Some(&foreign), "AG100042", ""));

    assert_eq!(both_ours, Match::Unknown { named: vec![order(100_042), order(100_043)] });
    assert_eq!(not_ours, Match::Unknown { named: vec![order(100_042)] });
}

#[test]
fn a_transfer_that_is_listed_twice_books_nothing() {
    let twice = vec![expected(100_042, 5485, 0, false, "Jansen"); 2];
    let reference = reference(100_042);

    for cents in [5485, 10_970] {
        assert_eq!(match_booking(&twice, &facts(cents, Some(&reference), "", "")).books(), None);
    }
}

#[test]
fn neither_names_nor_texts_show_in_debug_output() {
    let shown = format!("{:?} {:?}", book(), facts(1, None, "Bestelling voor Fien", "A. Jansen"));

    for secret in ["Jansen", "Vries", "Fien"] {
        assert!(!shown.contains(secret), "{shown}");
    }
}

/// A booking with everything of its own, for lists that are shuffled.
#[derive(Debug, Clone)]
struct Owned {
    cents: i64,
    returned: bool,
    structured: Option<i64>,
    text: String,
    payer: &'static str,
}

fn bookings() -> impl Strategy<Value = Owned> {
    let number = 100_040i64..100_050;
    let amount = prop_oneof![Just(5485i64), Just(3995), Just(5000), Just(2495), Just(1200), Just(9480), -6000i64..9000];
    let text = prop_oneof![
        number.clone().prop_map(|number| format!("AG{number}")),
        number.clone().prop_map(|number| reference(number).grouped()),
        (number.clone(), number.clone()).prop_map(|(one, two)| format!("ag {one} & ag {two}")),
        number.clone().prop_map(|number| reference(number).as_str().replace("04", "40")),
        "[ -~é]{0,30}",
    ];
    let payer = prop_oneof![Just("A. JANSEN"), Just("B DE VRIES"), Just("MULDER"), Just("")];
    (amount, any::<bool>(), proptest::option::of(number), text, payer).prop_map(
        |(cents, returned, structured, text, payer)| Owned {
            cents,
            returned: returned && cents % 7 == 0,
            structured,
            text,
            payer,
        },
    )
}

/// Books what may be booked without a person, one booking after the other, and gives what each order received.
fn book_all(bookings: &[Owned]) -> BTreeMap<OrderNumber, Money> {
    let mut transfers = book();
    for one in bookings {
        let structured = one.structured.map(reference);
        let facts = Facts { returned: one.returned, ..facts(one.cents, structured.as_ref(), &one.text, one.payer) };
        let found = match_booking(&transfers, &facts);
        let Some(paid) = found.books() else { continue };
        let transfer = transfers.iter_mut().find(|transfer| transfer.order == *paid).expect("one of ours");
        assert_eq!(transfer.open(), Some(facts.amount), "exactly what is open, for an order that waits");
        assert!(!facts.returned && !transfer.ended);
        transfer.received = transfer.received.plus(facts.amount).expect("fits");
        assert_eq!(transfer.received, transfer.owed);
    }
    transfers.into_iter().map(|transfer| (transfer.order, transfer.received)).collect()
}

proptest! {
    #[test]
    fn no_order_gets_more_than_it_costs_and_the_order_of_bookings_does_not_matter(
        (given, shuffled) in proptest::collection::vec(bookings(), 0..12)
            .prop_flat_map(|list| (Just(list.clone()), Just(list).prop_shuffle())),
    ) {
        prop_assert_eq!(book_all(&given), book_all(&shuffled));
    }

    #[test]
    fn the_order_of_the_list_of_transfers_does_not_matter(one in bookings(), list in Just(book()).prop_shuffle()) {
        let structured = one.structured.map(reference);
        let facts = Facts { returned: one.returned, ..facts(one.cents, structured.as_ref(), &one.text, one.payer) };

        let sorted = |found: Match| match found {
            Match::SeveralOrders { mut orders } => { orders.sort(); Match::SeveralOrders { orders } }
            Match::Unknown { mut named } => { named.sort(); Match::Unknown { named } }
            other => other,
        };
        prop_assert_eq!(sorted(match_booking(&list, &facts)), sorted(match_booking(&book(), &facts)));
    }

    #[test]
    fn no_text_name_or_amount_breaks_it(text in any::<String>(), payer in any::<String>(), cents in any::<i64>()) {
        let found = match_booking(&book(), &facts(cents, None, &text, &payer));

        prop_assert!(found.books().is_none() || [5485, 3995, 5000, 1200].contains(&cents));
    }
}
