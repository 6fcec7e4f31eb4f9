//! Reads our own papers back with another library.

use lopdf::{Document, Object};
use shop_pdf::{Block, Paper, write};

fn paper() -> Paper {
    let row = |label: &str, detail: &str, amount: &str, strong| Block::Row {
        label: label.to_owned(),
        detail: detail.to_owned(),
        amount: amount.to_owned(),
        strong,
    };
    let mut blocks = vec![
        Block::Title("Je bestelling AG100042".to_owned()),
        Block::Text("Łukasz de Vries\nGrotestraat 12 bis\n7607 AB Almelo".to_owned()),
        Block::Heading("Artikelen".to_owned()),
        row("2 × Jurk Madelief, weidebloemen, maat 98/104", "Artikelnummer AG-1", "€\u{a0}89,90", false),
        row("Totaal", "", "€\u{a0}94,85", true),
        Block::Heading("Herroepingsrecht".to_owned()),
        Block::Item("online: https://www.allgems.nl/herroepen".to_owned()),
        Block::Item("per brief".to_owned()),
    ];
    blocks.extend((0..60).map(|n| Block::Text(format!("Alinea {n} over het herroepingsrecht."))));
    Paper {
        title: "Bestelling AG100042".to_owned(),
        author: "All Gems".to_owned(),
        foot: "All Gems, KvK 72829737".to_owned(),
        date: (2026, 11, 24),
        blocks,
    }
}

fn read(bytes: &[u8]) -> Document {
    Document::load_mem(bytes).expect("a PDF file")
}

fn words(document: &Document) -> String {
    let pages: Vec<u32> = document.get_pages().into_keys().collect();
    let text = document.extract_text(&pages).expect("text with a map to letters");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn every_word_can_be_read_back_in_order_on_numbered_pages() {
    let document = read(&write(&paper()).expect("a paper"));

    let text = words(&document);
    let mut rest = text.as_str();
    for expected in [
        "Je bestelling AG100042",
        "Łukasz de Vries",
        "7607 AB Almelo",
        "2 × Jurk Madelief, weidebloemen, maat 98/104",
        "Artikelnummer AG-1",
        "€ 89,90",
        "Totaal",
        "€ 94,85",
        "Herroepingsrecht",
        "https://www.allgems.nl/herroepen",
        "per brief",
        "All Gems, KvK 72829737, bladzijde 1 van 2",
        "Alinea 59 over het herroepingsrecht.",
        "bladzijde 2 van 2",
    ] {
        let (_, after) = rest.split_once(expected).unwrap_or_else(|| panic!("{expected} is not in {rest}"));
        rest = after;
    }
    assert_eq!(document.get_pages().len(), 2);
}

#[test]
fn it_is_tagged_has_a_language_and_brings_its_fonts() {
    let bytes = write(&paper()).expect("a paper");
    let document = read(&bytes);

    let root = document.catalog().expect("a root");
    assert_eq!(root.get(b"Lang").and_then(Object::as_str).ok(), Some(&b"nl"[..]));
    assert!(root.get(b"StructTreeRoot").is_ok() && root.get(b"MarkInfo").is_ok());
    let kinds: Vec<Vec<u8>> = document
        .objects
        .values()
        .filter_map(|object| object.as_dict().ok())
        .filter_map(|dict| dict.get(b"S").and_then(Object::as_name).ok().map(<[u8]>::to_vec))
        .collect();
    let count = |kind: &[u8]| kinds.iter().filter(|found| found.as_slice() == kind).count();
    assert_eq!(
        [count(b"H1"), count(b"H2"), count(b"Table"), count(b"TR"), count(b"L"), count(b"LI")],
        [1, 2, 1, 2, 1, 2]
    );
    let embedded = document.objects.values().filter_map(|object| object.as_dict().ok());
    let embedded = embedded.filter(|dict| dict.has(b"FontFile2") || dict.has(b"FontFile3")).count();
    assert_eq!(embedded, 2, "both weights, and no font from elsewhere");
    assert!(bytes.len() < 60_000, "{} bytes: only the letters that are used", bytes.len());
}

#[test]
fn the_same_words_make_the_same_bytes() {
    assert_eq!(write(&paper()), write(&paper()));
}
