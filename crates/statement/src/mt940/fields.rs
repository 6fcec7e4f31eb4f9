//! The lines of MT940 as fields: a tag between colons, and what follows until the next one.

/// A field of a statement.
#[derive(Clone, Copy)]
pub(super) struct Field<'a> {
    /// Where it begins.
    pub line: usize,
    /// `61`, `60F`.
    pub tag: &'a str,
    /// Its first line, after the tag.
    first: &'a str,
    /// The lines after that, with their line ends.
    rest: &'a str,
}

impl<'a> Field<'a> {
    /// Its lines.
    pub fn lines(self) -> impl Iterator<Item = &'a str> {
        std::iter::once(self.first).chain(self.rest.lines())
    }

    /// Its first line, without the space around it.
    pub fn head(self) -> &'a str {
        self.first.trim()
    }

    /// Its lines as one. Banks cut at 65 characters, wherever that falls, so nothing is put between them.
    pub fn joined(self) -> String {
        self.lines().collect()
    }
}

/// The fields of a file. What stands before the first and between statements is envelope and left out.
pub(super) fn split(text: &str) -> Vec<Field<'_>> {
    let mut fields: Vec<Field<'_>> = Vec::new();
    let mut inside = false;
    let mut begin = 0;
    for (number, whole) in text.split_inclusive('\n').enumerate() {
        let end = begin + whole.len();
        let line = whole.trim_end_matches(['\r', '\n']);
        // The envelope can end on the line of the first tag. Not inside a statement, where a payer could write one.
        let line = if inside { line } else { line.split_once("{4:").map_or(line, |(_, first)| first) };
        if let Some((tag, first)) = tagged(line) {
            fields.push(Field { line: number + 1, tag, first, rest: text.get(end..end).unwrap_or("") });
            inside = true;
        } else if line == "-" || line.starts_with("-}") {
            inside = false;
        } else if let Some(field) = fields.last_mut().filter(|_| inside) {
            let from = end - whole.len() - field.rest.len();
            field.rest = text.get(from..end).unwrap_or("");
        }
        begin = end;
    }
    fields
}

/// The tag and what follows it: two digits, perhaps a letter, between colons. A line of text cannot begin like that: banks keep
/// colons from the beginning of a line (SWIFT, MT940, character set X).
fn tagged(line: &str) -> Option<(&str, &str)> {
    let (tag, rest) = line.strip_prefix(':')?.split_once(':')?;
    let digits = tag.strip_suffix(|c: char| c.is_ascii_uppercase()).unwrap_or(tag);
    (digits.len() == 2 && digits.bytes().all(|byte| byte.is_ascii_digit())).then_some((tag, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(text: &str) -> Vec<(usize, String, String)> {
        split(text).into_iter().map(|field| (field.line, field.tag.to_owned(), field.joined())).collect()
    }

    #[test]
    fn a_cut_line_is_joined_without_a_space() {
        let text = "{1:F01}{4:\r\n:20:P1\r\n:86:/EREF/A//R\r\nEMI/USTD//Bes\r\n telling/\r\n-}{5:}\r\nrest\r\n:20:P2";

        let expected = [(2, "20", "P1"), (3, "86", "/EREF/A//REMI/USTD//Bes telling/"), (8, "20", "P2")];
        assert_eq!(seen(text), expected.map(|(line, tag, text)| (line, tag.to_owned(), text.to_owned())));
    }

    #[test]
    fn an_envelope_is_none_inside_a_statement() {
        assert_eq!(seen("{1:F01}{4::20:P1\n:86:x\n{4::61:y\n").len(), 2);
    }

    #[test]
    fn a_colon_alone_makes_no_field() {
        assert_eq!(seen(":20:P1\n:: x\n:1:\n:é0:\n"), [(1, "20".to_owned(), "P1:: x:1::é0:".to_owned())]);
        assert!(seen("\n").is_empty());
    }
}
