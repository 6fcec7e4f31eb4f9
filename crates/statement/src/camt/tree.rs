//! XML becomes a small tree of the elements that are kept; any other is passed over with all that is in it. The limits are here.

use super::element::{Element, kept};
use crate::error::Unreadable;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::name::{Namespace, ResolveResult};
use quick_xml::reader::NsReader;

/// Deeper than any path of the message definition that we read.
const DEEPEST: usize = 40;
/// More elements than fit in the largest file when they have contents.
const MOST: usize = 1_000_000;

/// The root of the document and its namespace. Fails for XML that is not well formed, for a document type, and past the limits.
pub(super) fn parse(text: &str) -> Result<(Element, String), Unreadable> {
    let mut reader = NsReader::from_str(text);
    let mut building = Building::default();
    let mut lines = Lines { text, at: 0, line: 1 };
    loop {
        let line = lines.at(reader.buffer_position());
        let broken = |_| Unreadable::Broken { line };
        let (namespace, event) = reader.read_resolved_event().map_err(broken)?;
        match event {
            Event::Start(start) => building.open(&start, &namespace, line)?,
            Event::Empty(start) => {
                building.open(&start, &namespace, line)?;
                building.close(line)?;
            }
            Event::End(_) => building.close(line)?,
            Event::Text(text) => building.write(&text.xml10_content(), line)?,
            Event::CData(text) => building.write(&text.xml10_content(), line)?,
            Event::GeneralRef(reference) => {
                let resolved = resolve(&reference).ok_or(Unreadable::Broken { line })?;
                building.write(&resolved, line)?;
            }
            Event::DocType(_) => return Err(Unreadable::Doctype { line }),
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
            Event::Eof => return building.finish(line),
        }
    }
}

/// `&amp;` and its four siblings, and `&#233;`. There are no others, because nothing may declare any.
fn resolve(reference: &BytesRef<'_>) -> Option<String> {
    match reference.resolve_char_ref().ok()? {
        Some(letter) => Some(letter.to_string()),
        None => resolve_xml_entity(reference).map(str::to_owned),
    }
}

/// A tree while it grows. The stack is ours, so no nesting can exhaust the program's.
#[derive(Default)]
struct Building {
    namespace: Option<String>,
    open: Vec<Element>,
    /// How many elements are open below the last one that is kept.
    passed_over: usize,
    elements: usize,
    root: Option<Element>,
}

impl Building {
    fn open(&mut self, start: &BytesStart<'_>, namespace: &ResolveResult<'_>, line: usize) -> Result<(), Unreadable> {
        self.elements += 1;
        if self.elements > MOST || self.open.len() + self.passed_over >= DEEPEST {
            return Err(Unreadable::TooComplex { line });
        }
        let namespace = match namespace {
            ResolveResult::Bound(Namespace(name)) => *name,
            ResolveResult::Unbound => "",
            ResolveResult::Unknown(_) => return Err(Unreadable::Broken { line }),
        };
        if self.root.is_some() {
            return Err(Unreadable::Broken { line });
        }
        let known = self.namespace.get_or_insert_with(|| namespace.to_owned()) == namespace;
        match kept(start.local_name().as_ref()) {
            Some(name) if known && self.passed_over == 0 => {
                let currency = currency(start, line)?;
                self.open.push(Element { name, line, currency, ..Element::default() });
            }
            // Somebody else's document has another root; its namespace says which.
            None if self.open.is_empty() && self.passed_over == 0 => {
                self.open.push(Element { line, ..Element::default() })
            }
            _ => self.passed_over += 1,
        }
        Ok(())
    }

    fn close(&mut self, line: usize) -> Result<(), Unreadable> {
        if self.passed_over > 0 {
            self.passed_over -= 1;
            return Ok(());
        }
        let done = self.open.pop().ok_or(Unreadable::Broken { line })?;
        match self.open.last_mut() {
            Some(parent) => parent.children.push(done),
            None => self.root = Some(done),
        }
        Ok(())
    }

    fn write(&mut self, text: &str, line: usize) -> Result<(), Unreadable> {
        match self.open.last_mut() {
            Some(element) if self.passed_over == 0 => element.content.push_str(text),
            Some(_) => {}
            None if text.trim().is_empty() => {}
            None => return Err(Unreadable::Broken { line }),
        }
        Ok(())
    }

    fn finish(self, line: usize) -> Result<(Element, String), Unreadable> {
        if !self.open.is_empty() {
            return Err(Unreadable::Broken { line });
        }
        Ok((self.root.ok_or(Unreadable::Broken { line })?, self.namespace.unwrap_or_default()))
    }
}

/// The attribute `Ccy`. Attributes are not compared with each other, because that takes a time that grows with the square of their
/// number; only a second `Ccy` is looked for.
fn currency(start: &BytesStart<'_>, line: usize) -> Result<Option<String>, Unreadable> {
    let mut found = None;
    for attribute in start.attributes().with_checks(false) {
        let attribute = attribute.map_err(|_| Unreadable::Broken { line })?;
        if attribute.key.as_ref() == "Ccy" && found.replace(attribute.value.into_owned()).is_some() {
            return Err(Unreadable::Broken { line });
        }
    }
    Ok(found)
}

/// Counts lines up to a place that only moves forward.
struct Lines<'a> {
    text: &'a str,
    at: usize,
    line: usize,
}

impl Lines<'_> {
    fn at(&mut self, position: u64) -> usize {
        let position = usize::try_from(position).unwrap_or(usize::MAX).min(self.text.len());
        let passed = self.text.as_bytes().get(self.at..position).unwrap_or_default();
        self.line += passed.iter().filter(|byte| **byte == b'\n').count();
        self.at = self.at.max(position);
        self.line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_named_elements_of_the_namespace_are_kept() {
        let (root, namespace) = parse(
            "<n:Document xmlns:n='urn:one'>\n<n:Stmt><n:Id> 1 &amp; &#50;<![CDATA[<3>]]> </n:Id>\
             <n:DbtrAcct><n:Id>NL44RABO0123456789</n:Id></n:DbtrAcct><Id xmlns='urn:two'>other</Id></n:Stmt></n:Document>",
        )
        .expect("well formed");

        let statement = root.at(&["Stmt"]).expect("kept");
        assert_eq!(namespace, "urn:one");
        assert_eq!((statement.line, statement.text_at(&["Id"])), (2, "1 & 2<3>"));
        assert_eq!(statement.children.len(), 1);
    }

    #[test]
    fn a_document_type_is_refused_before_anything_can_grow() {
        let bomb =
            "<?xml version='1.0'?>\n<!DOCTYPE d [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]>\n<Document>&b;</Document>";

        assert_eq!(parse(bomb).err(), Some(Unreadable::Doctype { line: 2 }));
        assert_eq!(parse("<Document>&b;</Document>").err(), Some(Unreadable::Broken { line: 1 }));
    }

    #[test]
    fn broken_xml_is_refused_with_its_line() {
        for text in [
            "<Document>\n<Stmt>",
            "<Document>\n</Stmt></Document>",
            "<Document/>\n<Document/>",
            "<Document/>\nx",
            "<a:b>\n</a:b>",
        ] {
            assert!(matches!(parse(text).err(), Some(Unreadable::Broken { line: 1 | 2 })), "{text}");
        }
    }

    #[test]
    fn nesting_ends_at_forty() {
        let deep = |levels: usize| format!("<Document>{}{}</Document>", "<x>".repeat(levels), "</x>".repeat(levels));

        assert!(parse(&deep(39)).is_ok());
        assert_eq!(parse(&deep(40)).err(), Some(Unreadable::TooComplex { line: 1 }));
        assert_eq!(parse(&"<x>".repeat(100_000)).err(), Some(Unreadable::TooComplex { line: 1 }));
    }
}
