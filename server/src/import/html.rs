//! Descriptions written in HTML, read into paragraphs and bullet points.
//!
//! Our own small reader: nothing is rendered and no tree is needed, only text with two kinds of block. The HTML crates bring a
//! full browser parser (dozens of crates), and none of them could make the result safer: what comes out is plain text, which
//! the pages escape like any other.

use shop_core::catalog::Description;

/// Elements whose contents are no text for people.
const DROPPED: [&str; 9] = ["script", "style", "head", "title", "template", "iframe", "object", "svg", "noscript"];

/// Elements that begin and end a paragraph.
const BLOCKS: [&str; 24] = [
    "p",
    "div",
    "ul",
    "ol",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "table",
    "tr",
    "tbody",
    "thead",
    "section",
    "article",
    "header",
    "footer",
    "blockquote",
    "pre",
    "hr",
    "dl",
    "dt",
    "dd",
];

const ENTITIES: [(&str, &str); 52] = [
    ("amp", "&"),
    ("lt", "<"),
    ("gt", ">"),
    ("quot", "\""),
    ("apos", "'"),
    ("nbsp", " "),
    ("ensp", " "),
    ("emsp", " "),
    ("thinsp", " "),
    ("shy", ""),
    ("ndash", "–"),
    ("mdash", "—"),
    ("hellip", "…"),
    ("lsquo", "‘"),
    ("rsquo", "’"),
    ("sbquo", "‚"),
    ("ldquo", "“"),
    ("rdquo", "”"),
    ("bdquo", "„"),
    ("laquo", "«"),
    ("raquo", "»"),
    ("bull", "•"),
    ("middot", "·"),
    ("deg", "°"),
    ("euro", "€"),
    ("copy", "©"),
    ("reg", "®"),
    ("trade", "™"),
    ("times", "×"),
    ("frac12", "½"),
    ("frac14", "¼"),
    ("frac34", "¾"),
    ("sup2", "²"),
    ("sup3", "³"),
    ("szlig", "ß"),
    ("eacute", "é"),
    ("egrave", "è"),
    ("ecirc", "ê"),
    ("euml", "ë"),
    ("aacute", "á"),
    ("agrave", "à"),
    ("acirc", "â"),
    ("auml", "ä"),
    ("ccedil", "ç"),
    ("iuml", "ï"),
    ("icirc", "î"),
    ("oacute", "ó"),
    ("ocirc", "ô"),
    ("ouml", "ö"),
    ("ucirc", "û"),
    ("uuml", "ü"),
    ("ntilde", "ñ"),
];

/// Reads a description; also plain text, where lines are paragraphs and lines that begin with a dash or a bullet are points.
pub(super) fn read(html: &str) -> Description {
    let mut reader = Reader { out: Description::default(), text: String::new(), in_point: false };
    if html.contains('<') {
        reader.markup(html);
    } else {
        reader.plain(html);
    }
    reader.out
}

struct Reader {
    out: Description,
    text: String,
    in_point: bool,
}

impl Reader {
    fn plain(&mut self, text: &str) {
        for line in text.lines() {
            let line = line.trim();
            let point = ["- ", "• ", "* ", "– "].iter().find_map(|mark| line.strip_prefix(mark));
            self.in_point = point.is_some();
            self.words(point.unwrap_or(line));
            self.end_block();
        }
    }

    fn markup(&mut self, html: &str) {
        // Lower case keeps every byte in its place.
        let lower = html.to_ascii_lowercase();
        let mut at = 0;
        while let Some(found) = html[at..].find('<') {
            self.words(&html[at..at + found]);
            at += found;
            at = self.tag(html, &lower, at);
        }
        self.words(&html[at..]);
        self.end_block();
    }

    /// Reads the tag that begins at `at`; gives where to go on.
    fn tag(&mut self, html: &str, lower: &str, at: usize) -> usize {
        let rest = &lower[at..];
        if rest.starts_with("<!--") {
            return rest.find("-->").map_or(html.len(), |end| at + end + 3);
        }
        let closes = rest.starts_with("</");
        let name_at = if closes { 2 } else { 1 };
        let name: &str = rest[name_at..].split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or("");
        let is_tag =
            name.starts_with(|c: char| c.is_ascii_alphabetic()) || rest.starts_with("<!") || rest.starts_with("<?");
        let Some(end) = tag_end(rest).filter(|_| is_tag) else {
            // "voor kinderen < 3 jaar"
            self.text.push('<');
            return at + 1;
        };
        if !closes && DROPPED.contains(&name) && !rest[..end].ends_with("/>") {
            return rest.find(&format!("</{name}")).map_or(html.len(), |close| {
                let close = at + close;
                lower[close..].find('>').map_or(html.len(), |end| close + end + 1)
            });
        }
        self.element(name, closes);
        at + end
    }

    fn element(&mut self, name: &str, closes: bool) {
        match name {
            "li" => {
                self.end_block();
                self.in_point = !closes;
            }
            "br" if !self.in_point => self.end_block(),
            "br" | "td" | "th" => self.text.push(' '),
            "ul" | "ol" => {
                self.end_block();
                self.in_point = false;
            }
            block if BLOCKS.contains(&block) => self.end_block(),
            _ => {}
        }
    }

    /// Adds text with its entities decoded; what is no entity stays as it is.
    fn words(&mut self, mut text: &str) {
        while let Some(at) = text.find('&') {
            self.text.push_str(&text[..at]);
            let rest = &text[at + 1..];
            let name = rest.find(';').filter(|end| *end <= 10).map(|end| &rest[..end]);
            if let Some(decoded) = name.and_then(entity) {
                self.text.push_str(&decoded);
                text = &rest[name.map_or(0, str::len) + 1..];
            } else {
                self.text.push('&');
                text = rest;
            }
        }
        self.text.push_str(text);
    }

    fn end_block(&mut self) {
        let plain: String = self.text.chars().filter(|c| c.is_whitespace() || !c.is_control()).collect();
        let block = plain.split_whitespace().collect::<Vec<_>>().join(" ");
        self.text.clear();
        if block.is_empty() {
            return;
        }
        if self.in_point {
            self.out.points.push(block);
        } else {
            self.out.paragraphs.push(block);
        }
    }
}

/// The end of a tag: a `>` outside quotes, or any when a quote is never closed.
fn tag_end(rest: &str) -> Option<usize> {
    let first = rest.find('>')?;
    let mut quote = None;
    for (at, byte) in rest.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(at + 1),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    Some(first + 1)
}

fn entity(name: &str) -> Option<String> {
    let Some(number) = name.strip_prefix('#') else {
        return ENTITIES.iter().find(|(known, _)| *known == name).map(|(_, text)| (*text).to_owned());
    };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16),
        None => number.parse(),
    };
    // Numbers of Windows-1252 that old editors write; browsers read them this way too.
    let letter = match code.ok()? {
        0x80 => '€',
        0x85 => '…',
        0x91 => '‘',
        0x92 => '’',
        0x93 => '“',
        0x94 => '”',
        0x95 => '•',
        0x96 => '–',
        0x97 => '—',
        code => char::from_u32(code)?,
    };
    Some(letter.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blocks(html: &str) -> (Vec<String>, Vec<String>) {
        let description = read(html);
        (description.paragraphs, description.points)
    }

    fn texts(list: &[&str]) -> Vec<String> {
        list.iter().map(|text| (*text).to_owned()).collect()
    }

    #[test]
    fn paragraphs_and_points_come_out_as_text() {
        let html = "<p class=\"a>b\">Zacht &amp; licht,\n <b>130&nbsp;g/m²</b>.</p><ul><li>Eén</li><li><p>Twee<br>regels</p></ul><div>Drie</div>Vier";

        assert_eq!(
            blocks(html),
            (texts(&["Zacht & licht, 130 g/m².", "Drie", "Vier"]), texts(&["Eén", "Twee regels"]))
        );
    }

    #[test]
    fn scripts_and_comments_leave_nothing_behind() {
        let html =
            "<SCRIPT>alert('<p>boe</p>')</SCRIPT>Een<!-- <p>geheim</p> --><style>p{}</style><p>Twee</p><script>weg";

        assert_eq!(blocks(html), (texts(&["Een", "Twee"]), vec![]));
    }

    #[test]
    fn numbers_of_letters_are_decoded_once() {
        assert_eq!(
            blocks("<p>&#233;&#xE9; &#8364;&#146; &amp;lt;b&amp;gt; &foo; & &#0;</p>").0,
            texts(&["éé €’ &lt;b&gt; &foo; &"])
        );
    }

    #[test]
    fn what_only_looks_like_a_tag_stays() {
        assert_eq!(blocks("Maat < 80 <3 <p>en <b").0, texts(&["Maat < 80 <3", "en <b"]));
    }

    #[test]
    fn plain_lines_are_paragraphs_and_dashes_are_points() {
        assert_eq!(blocks("Een jurk.\r\n\r\n- zacht\n• warm"), (texts(&["Een jurk."]), texts(&["zacht", "warm"])));
    }
}
