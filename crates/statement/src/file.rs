//! What the bytes are: looked up in the bytes, never in the name of the file, and turned into text. Not what the text means.

use crate::LARGEST;
use crate::error::{Kind, Unreadable};
use encoding_rs::{Encoding, ISO_8859_15, UTF_8, WINDOWS_1252};
use std::borrow::Cow;

/// A file worth reading further.
#[derive(Debug)]
pub(crate) enum Contents<'a> {
    /// Some XML.
    Xml(Cow<'a, str>),
    /// The lines of MT940.
    Mt940(Cow<'a, str>),
}

/// How far into a file its first tag may be; banks write a few lines of envelope before it.
const ENVELOPE: usize = 20;

/// Decides by the contents. Fails for everything that is no statement, and says what it is instead where that can be seen.
pub(crate) fn recognise(bytes: &[u8]) -> Result<Contents<'_>, Unreadable> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Unreadable::Empty);
    }
    if bytes.len() > LARGEST {
        return Err(Unreadable::TooLarge);
    }
    if let Some(kind) = by_signature(bytes) {
        return Err(Unreadable::Other(kind));
    }
    let text = decode(bytes)?;
    let start = text.trim_start();
    if is_html(start) {
        return Err(Unreadable::Other(Kind::Html));
    }
    if start.starts_with('<') {
        return Ok(Contents::Xml(text));
    }
    if is_mt940(start) {
        return Ok(Contents::Mt940(text));
    }
    Err(Unreadable::Other(if is_list(start) { Kind::Csv } else { Kind::Unknown }))
}

/// The first bytes by which programs know each other's files.
fn by_signature(bytes: &[u8]) -> Option<Kind> {
    const KNOWN: [(&[u8], Kind); 7] = [
        (b"%PDF-", Kind::Pdf),
        (b"PK\x03\x04", Kind::Zip),
        (b"PK\x05\x06", Kind::Zip),
        (b"\xd0\xcf\x11\xe0", Kind::Excel),
        (b"\x89PNG", Kind::Picture),
        (b"\xff\xd8\xff", Kind::Picture),
        (b"GIF8", Kind::Picture),
    ];
    KNOWN.iter().find(|(signature, _)| bytes.starts_with(signature)).map(|(_, kind)| *kind)
}

/// UTF-8 when it is that, unless the file declares otherwise, else windows-1252. A wrong guess can only garble a name: amounts, days
/// and references have the same bytes in both. UTF-16 is refused.
fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, Unreadable> {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        let rest = bytes.get(length..).unwrap_or_default();
        return if encoding == UTF_8 { strict(UTF_8, rest) } else { Err(Unreadable::Encoding) };
    }
    match declared(bytes)? {
        None => strict(UTF_8, bytes).or_else(|_| strict(WINDOWS_1252, bytes)),
        Some(encoding) => strict(encoding, bytes),
    }
}

fn strict<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> Result<Cow<'a, str>, Unreadable> {
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes).ok_or(Unreadable::Encoding)?;
    // Neither format has a place for it; in UTF-16 without a mark every second byte is one.
    if text.contains('\0') { Err(Unreadable::Encoding) } else { Ok(text) }
}

/// The encoding of the XML declaration, when it is not UTF-8. ASCII and Latin 1 are read as windows-1252, which contains both.
fn declared(bytes: &[u8]) -> Result<Option<&'static Encoding>, Unreadable> {
    let head = String::from_utf8_lossy(bytes.get(..200).unwrap_or(bytes));
    let Some(declaration) = head.trim_start().strip_prefix("<?xml").and_then(|rest| rest.split_once("?>")) else {
        return Ok(None);
    };
    let Some((_, label)) = declaration.0.split_once("encoding") else { return Ok(None) };
    let label = label.trim_start_matches(|c: char| c == '=' || c.is_ascii_whitespace());
    let label = label.trim_start_matches(['"', '\'']).split(['"', '\'']).next().unwrap_or("");
    match Encoding::for_label(label.as_bytes()) {
        Some(encoding) if encoding == UTF_8 => Ok(None),
        Some(encoding) if encoding == WINDOWS_1252 || encoding == ISO_8859_15 => Ok(Some(encoding)),
        _ => Err(Unreadable::Encoding),
    }
}

fn is_html(start: &str) -> bool {
    let head: String = start.chars().take(100).collect::<String>().to_ascii_lowercase();
    head.starts_with("<!doctype html") || head.starts_with("<html") || head.starts_with("<head")
}

fn is_mt940(start: &str) -> bool {
    start.lines().take(ENVELOPE).any(|line| line.starts_with(":20:") || line.contains("{4::20:"))
}

/// Whether the first lines have the same number of separators.
fn is_list(start: &str) -> bool {
    let mut lines = start.lines().take(2);
    let (first, second) = (lines.next().unwrap_or(""), lines.next().unwrap_or(""));
    [';', ',', '\t'].into_iter().any(|separator| {
        let columns = first.matches(separator).count();
        columns >= 3 && second.matches(separator).count().abs_diff(columns) <= 2
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text_of(bytes: &[u8]) -> String {
        match recognise(bytes).expect("recognised") {
            Contents::Xml(text) | Contents::Mt940(text) => text.into_owned(),
        }
    }

    #[test]
    fn letters_are_read_in_the_encodings_of_banks() {
        assert_eq!(text_of("<a>Zoë €</a>".as_bytes()), "<a>Zoë €</a>");
        assert_eq!(text_of("\u{feff}<a>Zoë</a>".as_bytes()), "<a>Zoë</a>");
        assert_eq!(text_of(b"<a>Zo\xeb \x80</a>"), "<a>Zoë €</a>");
        let declared = b"<?xml version=\"1.0\" encoding=\"ISO-8859-15\"?><a>\xa4</a>";
        assert!(text_of(declared).ends_with("<a>€</a>"));
        // Two letters that happen to be one in UTF-8 stay two when the file says so.
        let latin = b"<?xml version='1.0' encoding='iso-8859-1'?><a>\xc3\xab</a>";
        assert!(text_of(latin).ends_with("<a>Ã«</a>"));
    }

    #[test]
    fn other_encodings_are_refused() {
        let utf16: Vec<u8> = "<a/>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let marked = [b"\xff\xfe".as_slice(), &utf16].concat();

        for bytes in [utf16.as_slice(), &marked, b"<?xml version=\"1.0\" encoding=\"EBCDIC\"?><a/>"] {
            assert_eq!(recognise(bytes).err(), Some(Unreadable::Encoding));
        }
    }

    #[test]
    fn a_line_of_envelope_may_come_first() {
        for start in ["ABNANL2A\n940\nABNANL2A\n:20:1", "{1:F01INGBNL2ABXXX0000000000}{4:\r\n:20:1", ":940:\n:20:1"] {
            assert!(matches!(recognise(start.as_bytes()), Ok(Contents::Mt940(_))), "{start}");
        }
    }
}
