//! One mail, decoded far enough to read it.

use jiff::Timestamp;
use mail_parser::{Address, Message, MessageParser, MimeHeaders, PartType};
use serde::Serialize;

/// A mail as a person reads it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Mail {
    /// Counts from 1 in the order of arrival.
    pub number: u64,
    /// Moment of arrival.
    pub received_at: Timestamp,
    /// The `From` header, decoded, e.g. `All Gems <winkel@shop.example>`.
    pub from: String,
    /// Addresses of the envelope: who really gets it.
    pub to: Vec<String>,
    /// The sender of the envelope; bounces go there.
    pub envelope_from: String,
    /// Decoded.
    pub subject: String,
    /// The plain text part; empty when there is none.
    pub text: String,
    /// The HTML part; empty when there is none.
    pub html: String,
    /// Files that came along.
    pub attachments: Vec<Attachment>,
    /// All headers, name and undecoded value, in their order.
    pub headers: Vec<(String, String)>,
    /// The message as it came over the wire.
    #[serde(skip)]
    pub raw: Vec<u8>,
}

/// A file in a mail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Attachment {
    /// File name; empty when it has none.
    pub name: String,
    /// E.g. `application/pdf`.
    pub content_type: String,
    /// Bytes after decoding.
    pub size: usize,
}

impl Mail {
    /// The first header of this name, undecoded; case does not matter.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    pub(super) fn went_to(&self, part: &str) -> bool {
        let part = part.to_lowercase();
        self.to.iter().any(|to| to.to_lowercase().contains(&part))
    }

    /// Decodes a message. What is not a mail at all is shown as text.
    pub(super) fn read(from: &str, to: &[String], raw: Vec<u8>, received_at: Timestamp) -> Mail {
        let mut mail = Mail {
            number: 0,
            received_at,
            from: from.to_owned(),
            to: to.to_vec(),
            envelope_from: from.to_owned(),
            subject: String::new(),
            text: String::new(),
            html: String::new(),
            attachments: Vec::new(),
            headers: Vec::new(),
            raw: Vec::new(),
        };
        match MessageParser::default().parse(&raw) {
            Some(message) => mail.fill(&message),
            None => mail.text = String::from_utf8_lossy(&raw).into_owned(),
        }
        mail.raw = raw;
        mail
    }

    fn fill(&mut self, message: &Message<'_>) {
        if let Some(sender) = message.from().and_then(in_words) {
            self.from = sender;
        }
        self.subject = message.subject().unwrap_or_default().to_owned();
        self.headers = message.headers_raw().map(|(name, value)| (name.to_owned(), value.trim().to_owned())).collect();
        let bodies = message.text_body.iter().chain(&message.html_body);
        for part in bodies.filter_map(|index| message.part(*index)) {
            // The parser offers each part as text and as HTML; here a mail shows what was really written.
            match &part.body {
                PartType::Text(text) if self.text.is_empty() => self.text = text.to_string(),
                PartType::Html(html) if self.html.is_empty() => self.html = html.to_string(),
                _ => {}
            }
        }
        self.attachments = message
            .attachments()
            .map(|part| Attachment {
                name: part.attachment_name().unwrap_or_default().to_owned(),
                content_type: part.content_type().map(in_one_word).unwrap_or_default(),
                size: part.contents().len(),
            })
            .collect();
    }
}

fn in_one_word(kind: &mail_parser::ContentType<'_>) -> String {
    match kind.subtype() {
        Some(subtype) => format!("{}/{subtype}", kind.ctype()),
        None => kind.ctype().to_owned(),
    }
}

fn in_words(address: &Address<'_>) -> Option<String> {
    let first = address.first()?;
    let mail = first.address.as_deref().unwrap_or_default();
    Some(match first.name.as_deref() {
        Some(name) => format!("{name} <{mail}>"),
        None => mail.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(raw: &str) -> Mail {
        let raw = raw.replace('\n', "\r\n").into_bytes();
        Mail::read("bounce@shop.example", &["sam@mail.example".to_owned()], raw, Timestamp::UNIX_EPOCH)
    }

    #[test]
    fn a_mail_in_two_forms_with_a_file_is_taken_apart() {
        let mail = read(concat!(
            "From: =?utf-8?Q?Caf=C3=A9?= <winkel@shop.example>\nTo: sam@mail.example\n",
            "Subject: =?utf-8?B?SmUgYmVzdGVsbGluZyDigqwgNTQsODU=?=\nMIME-Version: 1.0\n",
            "Content-Type: multipart/mixed; boundary=m\n\n--m\n",
            "Content-Type: multipart/alternative; boundary=a\n\n--a\n",
            "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n",
            "Dank je, Zo=C3=AB. Een lange =\nregel.\n--a\n",
            "Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: base64\n\nPHA+RGFuayBqZSwgWm/Dqy48L3A+\n",
            "--a--\n--m\nContent-Type: application/pdf; name=\"factuur.pdf\"\n",
            "Content-Disposition: attachment; filename=\"factuur.pdf\"\nContent-Transfer-Encoding: base64\n\nJVBERg==\n--m--\n",
        ));

        assert_eq!(mail.from, "Café <winkel@shop.example>");
        assert_eq!(mail.subject, "Je bestelling € 54,85");
        assert_eq!(mail.text.trim_end(), "Dank je, Zoë. Een lange regel.");
        assert_eq!(mail.html, "<p>Dank je, Zoë.</p>");
        let file = Attachment { name: "factuur.pdf".to_owned(), content_type: "application/pdf".to_owned(), size: 4 };
        assert_eq!(mail.attachments, [file]);
    }

    #[test]
    fn a_mail_with_text_only_has_no_html() {
        let mail = read("Subject: Hoi\nList-Unsubscribe: <https://shop.example/af>\n\nAlleen tekst.\n");

        assert_eq!((mail.text.trim_end(), mail.html.as_str()), ("Alleen tekst.", ""));
        assert_eq!(mail.header("list-unsubscribe"), Some("<https://shop.example/af>"));
    }
}
