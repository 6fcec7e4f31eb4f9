//! What a bank writes is what we read, to the cent, in every format; and what payers do to a payment leads to the right match.

use proptest::prelude::*;
use shop_core::money::Money;
use shop_core::order::OrderNumber;
use shop_core::payment::{Because, CreditorReference, Expected, Match, match_booking};
use shop_core::time::Day;
use shop_statement::testing::{BankDay, Entry, Format, Transfer, write};
use shop_statement::{Booking, Statement, read};

const ACCOUNT: &str = "NL20INGB0001234567";
const MONDAY: Day = Day { year: 2026, month: 3, day: 2 };

fn day(entries: Vec<Entry>) -> BankDay {
    BankDay { account: ACCOUNT.to_owned(), day: MONDAY, opening: Money::cents(100_000), entries }
}

fn read_back(day: &BankDay, format: Format) -> Statement {
    let mut statements = read(day.write(format).as_bytes()).expect("readable");
    assert_eq!(statements.len(), 1);
    statements.remove(0)
}

fn keys(statements: &[Statement]) -> Vec<&str> {
    statements.iter().flat_map(|one| &one.bookings).map(|booking| booking.id.as_str()).collect()
}

fn reference(number: i64) -> CreditorReference {
    CreditorReference::of(OrderNumber::of(number).as_str()).expect("valid")
}

/// What the shop says of the only booking of a day, in every format the same.
fn found(transfer: &Transfer) -> Match {
    let waiting = |number, owed, last_name: &str| Expected {
        order: OrderNumber::of(number),
        reference: reference(number),
        owed: Money::cents(owed),
        received: Money::ZERO,
        ended: false,
        last_name: last_name.to_owned(),
    };
    let book = [waiting(100_042, 5485, "Jansen"), waiting(100_043, 3995, "de Vries")];
    let day = day(vec![Entry::Single(transfer.clone())]);
    let matches = Format::ALL.map(|format| {
        let statement = read_back(&day, format);
        let [booking] = statement.bookings.as_slice() else { panic!("one booking") };
        match_booking(&book, &booking.facts())
    });
    let [first, ..] = &matches;
    assert!(matches.iter().all(|one| one == first), "{matches:?}");
    first.clone()
}

#[test]
fn what_payers_do_to_a_reference_is_matched_alike_in_every_format() {
    let order = || OrderNumber::of(100_042);
    let asked = Transfer::with_reference(Money::cents(5485), &reference(100_042), "A. JANSEN");
    let stranger = Transfer { payer: "D. Stam".to_owned(), ..asked.clone() };
    let other = Transfer::with_text(Money::cents(3995), "kleertjes", "B DE VRIES");
    let out = Transfer::with_text(Money::cents(-5485), "Terugbetaling AG100042", "A. JANSEN");

    let cases = [
        (asked.clone(), Match::Exact { order: order() }),
        (asked.clone().spaced(&reference(100_042)), Match::ByNumber { order: order() }),
        (stranger.mistyped(&reference(100_042)), Match::Likely { order: order(), because: Because::Mistyped }),
        (asked.clone().half(), Match::Partial { order: order(), missing: Money::cents(2742) }),
        (
            asked.clone().together_with("AG100042", "AG100043", Money::cents(3995)),
            Match::SeveralOrders { orders: vec![order(), OrderNumber::of(100_043)] },
        ),
        (other, Match::Likely { order: OrderNumber::of(100_043), because: Because::Name }),
        (asked.sent_back(), Match::Return { order: Some(order()) }),
        (out, Match::Return { order: Some(order()) }),
    ];

    for (transfer, wanted) in cases {
        assert_eq!(found(&transfer), wanted, "{transfer:?}");
    }
}

#[test]
fn the_same_day_delivered_twice_and_in_a_longer_file_gives_the_same_keys() {
    let monday = day(vec![
        Entry::Single(Transfer::with_text(Money::cents(5485), "AG100042", "A. Jansen")),
        Entry::Batch(vec![
            Transfer::with_text(Money::cents(3995), "AG100043", "B. de Vries"),
            Transfer::with_text(Money::cents(3995), "AG100044", "C. Bos"),
        ]),
    ]);
    let tuesday = BankDay { day: MONDAY.plus_days(1), opening: monday.closing(), ..monday.clone() };

    for format in Format::ALL {
        let once = read(monday.write(format).as_bytes()).expect("readable");
        let twice = read(write(&[monday.clone(), monday.clone()], format).as_bytes()).expect("readable");
        let longer = read(write(&[monday.clone(), tuesday.clone()], format).as_bytes()).expect("readable");

        let known = keys(&once);
        assert_eq!(known.len(), if format.tells_parts() { 3 } else { 2 });
        assert_eq!(keys(&twice), [known.as_slice(), &known].concat());
        assert_eq!(keys(&longer)[..known.len()], known);
        assert!(keys(&longer)[known.len()..].iter().all(|key| !known.contains(key)), "another day, another booking");
    }
}

#[test]
fn a_payment_has_the_same_key_in_every_format_in_which_the_bank_gives_it_the_same_reference() {
    let monday = day(vec![Entry::Single(Transfer::with_text(Money::cents(5485), "AG100042", "A. Jansen"))]);

    let keys = Format::ALL.map(|format| read_back(&monday, format).bookings[0].id.clone());

    assert!(keys.iter().all(|key| *key == keys[0]));
}

fn transfers() -> impl Strategy<Value = Transfer> {
    let text = prop_oneof![
        "[A-Za-z0-9]([A-Za-z0-9 .,:?()'+-]{0,130}[A-Za-z0-9])?",
        (100_000i64..999_999).prop_map(|number| format!("Bestelling AG{number}")),
    ];
    let payer = "[A-Z]\\. [A-Z][a-z]{2,12}( e/o [A-Z]\\. [A-Z][a-z]{2,20})?( [a-z:-]{0,30}[a-z])?";
    let structured = proptest::option::of(100_000i64..999_999);
    (1i64..50_000_000, text, payer, structured, any::<bool>()).prop_map(|(cents, text, payer, structured, returned)| {
        let amount = Money::cents(cents);
        let transfer = match structured {
            Some(number) => Transfer::with_reference(amount, &reference(number), &payer),
            None => Transfer::with_text(amount, &text, &payer),
        };
        Transfer { returned, ..transfer }
    })
}

fn entries() -> impl Strategy<Value = Entry> {
    let turned = |transfer: Transfer, out: bool| {
        let amount = if out { Money::cents(-transfer.amount.in_cents()) } else { transfer.amount };
        Transfer { amount, ..transfer }
    };
    let batch = (proptest::collection::vec(transfers(), 2..5), any::<bool>());
    prop_oneof![
        3 => (transfers(), any::<bool>()).prop_map(move |(transfer, out)| Entry::Single(turned(transfer, out))),
        1 => batch.prop_map(move |(parts, out)| Entry::Batch(parts.into_iter().map(|one| turned(one, out)).collect())),
    ]
}

fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn wanted(transfer: &Transfer) -> (Money, String, String, String, bool) {
    let reference = transfer.reference.clone().unwrap_or_default();
    (transfer.amount, reference, tidy(&transfer.text), tidy(&transfer.payer), transfer.returned)
}

fn seen(booking: &Booking) -> (Money, String, String, String, bool) {
    let reference = booking.reference.as_ref().map_or("", |reference| reference.as_str()).to_owned();
    let (text, payer) = (booking.text.as_str().to_owned(), booking.payer.as_str().to_owned());
    (booking.amount, reference, text, payer, booking.returned)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_a_bank_writes_is_read_back_to_the_cent(
        entries in proptest::collection::vec(entries(), 0..8),
        opening in -10_000_000i64..10_000_000,
    ) {
        let day = BankDay { opening: Money::cents(opening), ..day(entries) };
        for format in Format::ALL {
            let statement = read_back(&day, format);

            prop_assert_eq!((statement.opening, statement.closing), (day.opening, day.closing()));
            let transfers = day.entries.iter().flat_map(|entry| match entry {
                Entry::Batch(_) if !format.tells_parts() => vec![(entry.amount(), String::new(), String::new(), String::new(), false)],
                entry => entry.transfers().iter().map(wanted).collect(),
            });
            prop_assert_eq!(statement.bookings.iter().map(seen).collect::<Vec<_>>(), transfers.collect::<Vec<_>>());
            prop_assert!(statement.bookings.iter().all(|booking| booking.day == MONDAY));
        }
    }
}
