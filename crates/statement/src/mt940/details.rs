//! Field `:86:`, what stands with a booking, in the structured forms of Dutch banks. The other party's account is passed over.

use crate::statement::{given, structured, tidy};
use shop_core::payment::CreditorReference;

/// What the field says.
#[derive(Default)]
pub(super) struct Details {
    pub returned: bool,
    pub end_to_end: String,
    pub payer: String,
    pub reference: Option<CreditorReference>,
    pub text: String,
}

/// Words that begin a part: those of ING, then those that only Rabobank and ABN AMRO have.
const WORDS: [&str; 31] = [
    "RTRN", "BUSP", "CREF", "EREF", "PREF", "IREF", "MARF", "CSID", "CNTP", "BENM", "ORDP", "REMI", "ID", "PURP",
    "ULTB", "ULTC", "ULTD", "EXCH", "CHGS", "TRCD", "NAME", "ADDR", "OCMT", "INIT", "ISDT", "TRTP", "IBAN", "BIC",
    "RREF", "RCMT", "SVCL",
];
/// The only ones that are taken for a word after the text began, so that a payer cannot write parts of a booking.
const AFTER_TEXT: [&str; 13] =
    ["ID", "PURP", "ULTB", "ULTC", "ULTD", "EXCH", "CHGS", "OCMT", "INIT", "ISDT", "EREF", "CSID", "MARF"];

/// Reads the field, its lines joined. A field without any word of the list is text from beginning to end.
pub(super) fn read(joined: &str) -> Details {
    let parts = parts(joined);
    let part = |word: &str| parts.iter().find(|(known, _)| *known == word).map(|(_, value)| *value);
    if parts.is_empty() {
        return Details { text: tidy(joined), ..Details::default() };
    }
    let (reference, text) = remittance(part("REMI").unwrap_or(""));
    let payer = part("CNTP").map(counterparty).or_else(|| part("NAME")).unwrap_or("");
    let end_to_end = given(ended(part("EREF").unwrap_or("")));
    Details { returned: part("RTRN").is_some(), end_to_end, payer: tidy(payer), reference, text }
}

/// The parts by their word. Names may hold a slash, so only `/WORD/` divides; each word counts once.
fn parts(joined: &str) -> Vec<(&'static str, &str)> {
    let mut parts: Vec<(&'static str, &str)> = Vec::new();
    let mut open: Option<(&'static str, usize)> = None;
    for (at, _) in joined.match_indices('/') {
        if open.is_some_and(|(_, from)| at < from) {
            continue;
        }
        let rest = joined.get(at + 1..).unwrap_or("");
        let Some(word) =
            WORDS.into_iter().find(|word| rest.strip_prefix(word).is_some_and(|rest| rest.starts_with('/')))
        else {
            continue;
        };
        let in_text = open.is_some_and(|(word, _)| word == "REMI") || parts.iter().any(|(word, _)| *word == "REMI");
        let again = parts.iter().map(|(word, _)| *word).chain(open.map(|(word, _)| word)).any(|known| known == word);
        if again || (in_text && !AFTER_TEXT.contains(&word)) {
            continue;
        }
        if let Some((word, from)) = open.replace((word, at + word.len() + 2)) {
            parts.push((word, joined.get(from..at).unwrap_or("")));
        }
    }
    parts.extend(open.map(|(word, from)| (word, joined.get(from..).unwrap_or(""))));
    parts
}

/// ING ends each part with a slash of its own, Rabobank does not.
fn ended(value: &str) -> &str {
    value.strip_suffix('/').unwrap_or(value)
}

/// The name in `iban/bic/name/city/`. A slash in the name stays; one in the city would be taken for the name's.
fn counterparty(value: &str) -> &str {
    let named = ended(value).splitn(3, '/').nth(2).unwrap_or("");
    named.rsplit_once('/').map_or(named, |(name, _city)| name)
}

/// ING: `USTD//text/`, `STRD/ISO/reference/`, `STRD/CUR/sixteen digits/`. Rabobank: the text, or
/// `/CDTRREFTP//CD/SCOR/ISSR/…/CDTRREF/reference`.
fn remittance(value: &str) -> (Option<CreditorReference>, String) {
    if let Some(text) = value.strip_prefix("USTD/") {
        return (None, tidy(ended(text.strip_prefix('/').unwrap_or(text))));
    }
    if let Some((_, reference)) = value.strip_prefix("STRD/").and_then(|rest| rest.split_once('/')) {
        return structured(ended(reference), "");
    }
    if let Some((_, reference)) = value.strip_prefix("/CDTRREFTP/").and_then(|rest| rest.split_once("/CDTRREF/")) {
        return structured(ended(reference), "");
    }
    (None, tidy(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(joined: &str) -> (String, String, String, Option<String>, bool) {
        let Details { returned, end_to_end, payer, reference, text } = read(joined);
        (end_to_end, payer, text, reference.map(|reference| reference.as_str().to_owned()), returned)
    }

    #[test]
    fn the_parts_of_ing_are_read() {
        assert_eq!(
            seen("/EREF/NOTPROVIDED//CNTP/NL44RABO0123456789/RABONL2U/A. Jansen///REMI/USTD//Bestelling AG100042/"),
            (String::new(), "A. Jansen".into(), "Bestelling AG100042".into(), None, false)
        );
        assert_eq!(
            seen(
                "/EREF/E2E-77//CNTP/NL91ABNA0417164300/ABNANL2A/B. de Vries e/o C. Bos/Almelo//REMI/STRD/ISO/RF29100042/"
            ),
            ("E2E-77".into(), "B. de Vries e/o C. Bos".into(), String::new(), Some("RF29100042".into()), false)
        );
        assert_eq!(
            seen("/RTRN/AC04//EREF/X//CNTP/NL91ABNA0417164300/ABNANL2A/B. Bos///REMI/STRD/CUR/1234567890123456/"),
            ("X".into(), "B. Bos".into(), "1234567890123456".into(), None, true)
        );
    }

    #[test]
    fn the_parts_of_rabobank_and_abn_amro_are_read() {
        assert_eq!(
            seen(
                "/EREF/E2E-77/TRCD/541/ORDP//NAME/A. Jansen/ADDR/Dorpsstraat 1/REMI/Bestelling AG100042/ISDT/2026-03-02"
            ),
            ("E2E-77".into(), "A. Jansen".into(), "Bestelling AG100042".into(), None, false)
        );
        assert_eq!(
            seen(
                "/EREF/E2E-77/ORDP//NAME/A. Jansen/REMI//CDTRREFTP//CD/SCOR/ISSR/ISO/CDTRREF/RF29100042/ISDT/2026-03-02"
            ),
            ("E2E-77".into(), "A. Jansen".into(), String::new(), Some("RF29100042".into()), false)
        );
        assert_eq!(
            seen(
                "/TRTP/SEPA OVERBOEKING/IBAN/NL44RABO0123456789/BIC/RABONL2U/NAME/A. Jansen/REMI/AG100042/EREF/E2E-77"
            ),
            ("E2E-77".into(), "A. Jansen".into(), "AG100042".into(), None, false)
        );
    }

    #[test]
    fn a_payer_cannot_write_the_parts_of_a_booking() {
        let sly = seen(
            "/EREF/X//CNTP/NL44RABO0123456789/RABONL2U/A. Jansen///REMI/USTD//x/RTRN/AC04//CNTP/a/b/Koning//REMI/STRD/ISO/RF29100042/",
        );

        assert_eq!((sly.1.as_str(), sly.3, sly.4), ("A. Jansen", None, false));
        assert_eq!(sly.2, "x/RTRN/AC04//CNTP/a/b/Koning//REMI/STRD/ISO/RF29100042");
    }

    #[test]
    fn a_field_without_words_is_text() {
        assert_eq!(
            seen("GIRO 123  Bestelling AG100042"),
            (String::new(), String::new(), "GIRO 123 Bestelling AG100042".into(), None, false)
        );
        assert_eq!(seen(""), (String::new(), String::new(), String::new(), None, false));
    }
}
