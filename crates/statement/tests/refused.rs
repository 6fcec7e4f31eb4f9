//! Files that are no statement, or not a right one, and what the owner is told.

use shop_core::money::Money;
use shop_statement::{Kind, LARGEST, Unreadable, read};

const CAMT_02: &str = include_str!("files/camt-02.xml");
const ING: &str = include_str!("files/ing.940");

fn refused(file: &str) -> Unreadable {
    read(file.as_bytes()).expect_err("refused")
}

#[test]
fn a_wrong_file_is_called_by_its_name() {
    let cases: [(&[u8], Kind); 7] = [
        (b"%PDF-1.7\n%\xe2\xe3", Kind::Pdf),
        (b"PK\x03\x04\x14\x00", Kind::Zip),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", Kind::Excel),
        (b"\x89PNG\r\n", Kind::Picture),
        (b"\n<!DOCTYPE HTML><html><body>Inloggen</body></html>", Kind::Html),
        (b"\"Datum\";\"Naam\";\"Rekening\";\"Bedrag\"\n\"20260302\";\"A\";\"B\";\"54,85\"", Kind::Csv),
        (b"Hallo", Kind::Unknown),
    ];

    for (bytes, kind) in cases {
        let error = read(bytes).expect_err("refused");
        assert_eq!(error, Unreadable::Other(kind));
        assert!(error.to_string().contains("CAMT.053"), "{error}");
    }
    assert_eq!(
        Unreadable::Other(Kind::Pdf).to_string(),
        "Dit is een PDF, om te lezen. Kies bij je bank bij downloaden CAMT.053 (XML) of MT940."
    );
}

#[test]
fn nothing_and_too_much_are_refused() {
    assert_eq!(read(b" \n"), Err(Unreadable::Empty));
    assert_eq!(read(&vec![b'x'; LARGEST + 1]), Err(Unreadable::TooLarge));
    assert_eq!(
        Unreadable::TooLarge.to_string(),
        "Dit bestand is groter dan 10 MB. Kies bij je bank een kortere periode."
    );
}

#[test]
fn other_messages_and_versions_are_refused_by_name() {
    let other = |name: &str| refused(&CAMT_02.replace("camt.053.001.02", name));

    assert_eq!(other("camt.052.001.02"), Unreadable::OtherMessage { found: "camt.052.001.02".into() });
    assert_eq!(other("camt.053.001.13"), Unreadable::OtherMessage { found: "camt.053.001.13".into() });
    assert_eq!(other("A. Jansen"), Unreadable::OtherMessage { found: "XML".into() });
    assert_eq!(refused("<rss><channel/></rss>"), Unreadable::OtherMessage { found: "XML".into() });
    assert_eq!(
        other("pain.001.001.03").to_string(),
        "Dit is een pain.001.001.03-bestand en geen afschrift dat we kennen. Kies bij je bank CAMT.053, versie 001.02 of 001.08."
    );
}

#[test]
fn a_message_without_a_statement_is_refused() {
    let empty = "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.02\"><BkToCstmrStmt/></Document>";

    assert_eq!(refused(empty), Unreadable::NoStatement);
}

#[test]
fn a_sum_that_does_not_come_out_names_the_difference() {
    let camt = refused(&CAMT_02.replace("1164.80", "1164.81"));
    let ing = refused(&ING.replace(":62F:C260302EUR1094,80", ":62F:C260302EUR1040,00"));

    assert_eq!(camt, Unreadable::DoesNotAddUp { line: 5, difference: Money::cents(1) });
    assert_eq!(ing, Unreadable::DoesNotAddUp { line: 4, difference: Money::cents(-5480) });
    assert_eq!(
        camt.to_string(),
        "Het afschrift bij regel 5 klopt niet: het eindsaldo is €\u{a0}0,01 anders dan beginsaldo en boekingen samen. \
         Er is niets overgenomen."
    );
}

#[test]
fn a_batch_must_come_to_its_parts() {
    let wrong = refused(&CAMT_02.replace(">39.95<", ">39.96<"));
    let without = refused(&CAMT_02.replace("<AmtDtls><TxAmt><Amt Ccy=\"EUR\">39.95</Amt></TxAmt></AmtDtls>", ""));

    assert_eq!(wrong, Unreadable::PartsDiffer { line: 18, booked: Money::cents(10_000), parts: Money::cents(10_001) });
    assert!(matches!(without, Unreadable::Missing { line: 23, .. }), "{without}");
}

#[test]
fn only_euro_is_read() {
    let camt = refused(&CAMT_02.replacen("Ccy=\"EUR\"", "Ccy=\"USD\"", 1));
    let ing = refused(&ING.replace("C260227EUR", "C260227USD"));

    assert_eq!(camt, Unreadable::Currency { line: 8, found: "USD".into() });
    assert_eq!(ing, Unreadable::Currency { line: 7, found: "USD".into() });
    assert_eq!(ing.to_string(), "In regel 7 staat een bedrag in USD. De winkel rekent alleen in euro.");
}

#[test]
fn what_is_missing_or_unreadable_is_named_with_its_line() {
    let cases = [
        (CAMT_02.replace("PRCD", "ITBD"), "Bij regel 5 ontbreekt het beginsaldo."),
        (CAMT_02.replace("CLBD", "CLAV"), "Bij regel 5 ontbreekt het eindsaldo."),
        (CAMT_02.replace("<IBAN>NL20INGB0001234567</IBAN>", ""), "Bij regel 5 ontbreekt het rekeningnummer."),
        (
            CAMT_02.replace(">54.85</Amt><CdtDbtInd>", ">54,85</Amt><CdtDbtInd>"),
            "Bij regel 10 is het bedrag niet te lezen.",
        ),
        (
            CAMT_02.replacen("<CdtDbtInd>CRDT", "<CdtDbtInd>DEBT", 1),
            "Bij regel 8 is de richting (bij of af) niet te lezen.",
        ),
        (
            CAMT_02.replace("<BookgDt><Dt>2026-03-02", "<BookgDt><Dt>2026-02-30"),
            "Bij regel 11 is de datum niet te lezen.",
        ),
        (ING.replace(":62F:", ":62X:"), "Bij regel 4 ontbreekt het eindsaldo."),
        (ING.replace(":25:NL20INGB0001234567EUR", ":25:"), "Bij regel 4 ontbreekt het rekeningnummer."),
        (ING.replace("C54,85", "C54.85"), "Bij regel 8 is het bedrag niet te lezen."),
    ];

    for (file, sentence) in cases {
        let told = refused(&file).to_string();
        assert!(told.starts_with(sentence), "{told}");
    }
}

#[test]
fn a_document_type_and_a_cut_off_file_are_refused() {
    let bomb = CAMT_02.replace("<Document", "<!DOCTYPE Document [<!ENTITY a \"aaaa\">]>\n<Document");
    let cut = &CAMT_02[..CAMT_02.len() - 12];

    assert_eq!(refused(&bomb), Unreadable::Doctype { line: 2 });
    assert_eq!(refused(cut), Unreadable::Broken { line: 35 });
}

#[test]
fn an_error_never_repeats_a_name_or_a_text_of_the_file() {
    let broken = [
        CAMT_02.replace("<Nm>A. Jansen</Nm>", "<Nm>A. Jansen"),
        CAMT_02.replace("Ccy=\"EUR\"", "Ccy=\"A. Jansen\""),
        CAMT_02.replace("54.85", "A. Jansen"),
        ING.replace("C54,85", "A. Jansen"),
    ];

    for file in broken {
        let error = refused(&file);
        assert!(!format!("{error} {error:?}").contains("Jansen"), "{error:?}");
    }
}
