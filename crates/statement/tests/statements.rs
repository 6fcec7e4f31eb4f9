//! Files as banks give them, read booking by booking.

use shop_core::money::Money;
use shop_statement::{Booking, Statement, read};

const CAMT_02: &str = include_str!("files/camt-02.xml");
const CAMT_08: &str = include_str!("files/camt-08.xml");
const ING: &str = include_str!("files/ing.940");
const RABOBANK: &str = include_str!("files/rabobank.940");

/// Cents, reference, text, payer, and whether it came back.
type Seen<'a> = (i64, &'a str, &'a str, &'a str, bool);

fn seen(booking: &Booking) -> Seen<'_> {
    let reference = booking.reference.as_ref().map_or("", |reference| reference.as_str());
    (booking.amount.in_cents(), reference, booking.text.as_str(), booking.payer.as_str(), booking.returned)
}

fn all(statement: &Statement) -> Vec<Seen<'_>> {
    statement.bookings.iter().map(seen).collect()
}

fn only(file: &str) -> Statement {
    let mut statements = read(file.as_bytes()).expect("readable");
    assert_eq!(statements.len(), 1);
    statements.remove(0)
}

#[test]
fn camt_053_version_2_is_read_with_its_batch_reversal_and_refund_and_without_what_is_pending() {
    let statement = only(CAMT_02);

    assert_eq!(statement.account.as_str(), "NL20INGB0001234567");
    assert_eq!(statement.number, "NL20INGB0001234567.2026-03-02");
    assert_eq!((statement.opening, statement.closing), (Money::cents(100_000), Money::cents(116_480)));
    assert_eq!(statement.until.iso(), "2026-03-02");
    assert_eq!(
        all(&statement),
        [
            (5485, "RF29100042", "", "A. Jansen", false),
            (6005, "", "Bestelling AG100043", "Zoë & Co", false),
            (3995, "", "AG100044", "B. de Vries", false),
            (-2000, "", "Terugbetaling AG100030", "C. Bos", false),
            (2995, "", "Storno incasso", "", true),
        ]
    );
    assert!(statement.bookings.iter().all(|booking| booking.day.iso() == "2026-03-02"));
}

#[test]
fn camt_053_version_8_is_read_with_prefixes_and_parts_of_both_directions() {
    let statement = only(CAMT_08);

    assert_eq!((statement.opening, statement.closing), (Money::cents(-2550), Money::cents(8435)));
    // The reference has wrong check digits, so it is only text.
    assert_eq!(
        all(&statement),
        [(5485, "", "RF28100042", "A. Jansen", false), (6000, "", "AG100050", "", false), (-500, "", "", "", true)]
    );
}

#[test]
fn a_batch_whose_payments_have_no_amounts_stays_one_booking() {
    let bare = CAMT_02
        .replace("<TxDtls><AmtDtls><TxAmt><Amt Ccy=\"EUR\">60.05</Amt></TxAmt></AmtDtls>", "<TxDtls>")
        .replace("<TxDtls><AmtDtls><TxAmt><Amt Ccy=\"EUR\">39.95</Amt></TxAmt></AmtDtls>", "<TxDtls>");

    assert_eq!(all(&only(&bare))[1], (10_000, "", "", "", false));
}

#[test]
fn what_is_only_announced_is_left_out_in_version_8_too() {
    for status in ["PDNG", "INFO", "FUTR"] {
        let announced = CAMT_08.replacen("<ns2:Cd>BOOK</ns2:Cd>", &format!("<ns2:Cd>{status}</ns2:Cd>"), 1);
        let without = announced.replace(">84.35<", ">29.50<");

        assert_eq!(only(&without).bookings.len(), 2);
    }
}

#[test]
fn a_statement_over_two_pages_is_read_page_by_page() {
    let pages = ":20:1\n:25:NL20INGB0001234567\n:28C:1/1\n:60F:C260302EUR1,00\n:61:260302C5,00NTRFNONREF//A\n:86:AG100042\n\
                 :62M:C260302EUR6,00\n-\n:20:1\n:25:NL20INGB0001234567\n:28C:1/2\n:60M:C260302EUR6,00\n:61:260302D2,00NTRFNONREF//B\n\
                 :62F:C260302EUR4,00\n-\n";

    let statements = read(pages.as_bytes()).expect("readable");

    let booked: Vec<i64> = statements.iter().flat_map(|page| &page.bookings).map(|one| one.amount.in_cents()).collect();
    assert_eq!(booked, [500, -200]);
    assert_eq!(statements[0].closing, statements[1].opening);
}

#[test]
fn mt940_of_ing_is_read_across_its_cuts() {
    for file in [ING.to_owned(), ING.replace('\n', "\r\n"), ING.replace("{4:\n", "{4:"), ING.replace("-}", "-")] {
        let statement = only(&file);

        assert_eq!(statement.account.as_str(), "NL20INGB0001234567");
        assert_eq!((statement.opening, statement.closing), (Money::cents(100_000), Money::cents(109_480)));
        let text = "Bestelling AG100042 en nog wat woorden zodat de regel precies hier wordt geknipt";
        assert_eq!(
            all(&statement),
            [
                (5485, "", text, "A. Jansen", false),
                (3995, "RF29100042", "", "B. de Vries", false),
                (-2000, "", "Terugbetaling AG100030", "C. Bos", false),
                (2000, "", "Terugbetaling AG100030", "C. Bos", true),
            ]
        );
    }
}

#[test]
fn mt940_of_rabobank_is_read_with_a_day_on_which_nothing_happened() {
    let statements = read(RABOBANK.replace('\n', "\r\n").as_bytes()).expect("readable");

    let [busy, quiet] = statements.as_slice() else { panic!("two statements") };
    assert_eq!(
        all(busy),
        [(5485, "", "Bestelling AG100042", "A. Jansen", false), (3995, "RF29100042", "", "B. de Vries", false)]
    );
    assert_eq!(
        (quiet.number.as_str(), quiet.until.iso().as_str(), quiet.bookings.len()),
        ("940S260303", "2026-03-03", 0)
    );
    assert_eq!(quiet.account.as_str(), "NL44RABO0123456789");
}

#[test]
fn a_windows_1252_file_keeps_its_letters() {
    let latin: Vec<u8> =
        ING.replace("A. Jansen", "Zo\u{eb}.Jong").chars().map(|c| u8::try_from(c).expect("Latin 1")).collect();

    let statements = read(&latin).expect("readable");

    assert_eq!(statements[0].bookings[0].payer.as_str(), "Zoë.Jong");
}

#[test]
fn every_booking_has_a_key_of_its_own_that_stays_the_same() {
    let keys = |file: &str| -> Vec<String> {
        let statements = read(file.as_bytes()).expect("readable");
        statements.iter().flat_map(|one| &one.bookings).map(|booking| booking.id.to_string()).collect()
    };
    for file in [CAMT_02, CAMT_08, ING, RABOBANK] {
        let mut known = keys(file);
        assert_eq!(known, keys(file));
        assert!(known.iter().all(|key| key.len() == 32 && key.bytes().all(|byte| byte.is_ascii_hexdigit())));
        let count = known.len();
        known.sort();
        known.dedup();
        assert_eq!(known.len(), count);
    }
    // The key of a stored booking must never change, or all of them would look new.
    assert_eq!(keys(ING)[0], "8ffe8b81d80458681c8bcd7f15a5b55a");
    // A letter of the name changes no key: the bank's reference decides.
    assert_eq!(keys(ING), keys(&ING.replace("A. Jansen", "B. Jansen")));
}

#[test]
fn bookings_without_a_reference_of_the_bank_are_told_apart_by_text_and_count() {
    let twins = ":20:1\n:25:NL20INGB0001234567\n:60F:C260302EUR0,00\n:61:260302C5,00NTRFNONREF\n:86:AG100042\n\
                 :61:260302C5,00NTRFNONREF\n:86:AG100042\n:61:260302C5,00NTRFNONREF\n:86:AG100043\n:62F:C260302EUR15,00\n";

    let statement = only(twins);

    let keys: Vec<&str> = statement.bookings.iter().map(|booking| booking.id.as_str()).collect();
    assert!(keys[0] != keys[1] && keys[0] != keys[2] && keys[1] != keys[2]);
    assert_eq!(only(twins), statement);
}

#[test]
fn no_name_text_or_account_shows_in_debug_output() {
    for file in [CAMT_02, CAMT_08, ING, RABOBANK] {
        let shown = format!("{:?}", read(file.as_bytes()).expect("readable"));
        for secret in ["Jansen", "Vries", "Bos", "Bestelling", "Storno", "ABNA", "RABO0"] {
            assert!(!shown.contains(secret), "{secret} in {shown}");
        }
    }
}
