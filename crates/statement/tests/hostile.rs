//! Bytes that nobody meant as a statement. Reading them ends, with statements or with an error, and never in a panic.

use proptest::prelude::*;
use shop_statement::{LARGEST, Unreadable, read};

const FILES: [&str; 4] = [
    include_str!("files/camt-02.xml"),
    include_str!("files/camt-08.xml"),
    include_str!("files/ing.940"),
    include_str!("files/rabobank.940"),
];

#[test]
fn a_file_that_was_cut_off_anywhere_is_read_whole_or_not_at_all() {
    for file in FILES {
        let whole = read(file.as_bytes()).expect("readable");
        for end in 0..file.len() {
            if let Ok(statements) = read(&file.as_bytes()[..end]) {
                // Only what follows the last closing balance can be missed without harm, and in MT940 a whole statement.
                assert_eq!(statements, whole[..statements.len()], "cut at {end}");
            }
        }
    }
}

#[test]
fn the_largest_files_of_nonsense_are_refused() {
    let filled = |head: &str, piece: &str| {
        let room = LARGEST - head.len();
        format!("{head}{}", piece.repeat(room / piece.len()))
    };
    let document = "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.02\">";

    let elements = filled(document, "<Id/>");
    let attributes = filled("<Document ", "a='' ");
    let fields = filled(":20:1\n", ":86:\n");
    let continued = filled(":20:1\n:86:", "/REMI/\n");

    assert_eq!(read(elements.as_bytes()), Err(Unreadable::TooComplex { line: 1 }));
    assert!(read(attributes.as_bytes()).is_err());
    assert!(read(fields.as_bytes()).is_err());
    assert!(read(continued.as_bytes()).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn random_bytes_end_in_an_error_or_a_statement(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = read(&bytes);
        let _ = read(&[b"<Document>".as_slice(), &bytes].concat());
        let _ = read(&[b":20:1\n:25:A\n:60F:".as_slice(), &bytes].concat());
    }

    #[test]
    fn a_file_with_changed_bytes_never_breaks_the_reader(
        file in proptest::sample::select(FILES.to_vec()),
        changes in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>(), 0usize..4), 1..12),
    ) {
        let mut bytes = file.as_bytes().to_vec();
        for (place, byte, kind) in changes {
            let at = place.index(bytes.len());
            match kind {
                0 => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                2 => { bytes.remove(at); }
                _ => {
                    let other = bytes.len() - 1 - at;
                    bytes.swap(at, other);
                }
            }
        }
        if let Ok(statements) = read(&bytes) {
            for one in statements {
                let booked: i64 = one.bookings.iter().map(|booking| booking.amount.in_cents()).sum();
                prop_assert_eq!(one.opening.in_cents() + booked, one.closing.in_cents());
            }
        }
    }

    #[test]
    fn fields_in_any_order_never_break_the_reader(
        lines in proptest::collection::vec(
            prop_oneof![
                Just(":20:1".to_owned()), Just(":25:NL20INGB0001234567".to_owned()), Just(":60F:C260302EUR0,00".to_owned()),
                Just(":62F:C260302EUR0,00".to_owned()), Just("-}".to_owned()), "[:0-9FMRC/]{0,12}", ":61:[0-9CDRN,/]{0,30}",
                ":86:(/(EREF|REMI|CNTP|USTD|NAME)/|[a-z/]){0,20}",
            ],
            0..20,
        ),
    ) {
        let _ = read(lines.join("\n").as_bytes());
    }
}
