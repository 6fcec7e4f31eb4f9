//! Turns a page that was rendered with a nonce into one that can be kept: the hashes of its own inline scripts take the
//! nonce's place. Only scripts that carried the nonce of this very rendering get a hash; whatever else looks like a script
//! in the page stays forbidden.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

/// A page without nonces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    /// The page.
    pub html: String,
    /// `sha256-…` of each inline script.
    pub hashes: Vec<String>,
}

/// Seals a page. `None` when the nonce stands anywhere but in a `nonce` attribute: such a page must not be kept.
pub fn seal(html: &str, nonce: &str) -> Option<Sealed> {
    let attribute = format!(" nonce=\"{nonce}\"");
    let mut hashes = Vec::new();
    let mut sealed = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find(&attribute) {
        let (before, after) = rest.split_at(at);
        sealed.push_str(before);
        rest = after.get(attribute.len()..)?;
        if let Some(contents) = script(&sealed, rest) {
            let hash = format!("sha256-{}", STANDARD.encode(Sha256::digest(contents.as_bytes())));
            if !hashes.contains(&hash) {
                hashes.push(hash);
            }
        }
    }
    sealed.push_str(rest);
    (!sealed.contains(nonce)).then_some(Sealed { html: sealed, hashes })
}

/// The contents of the inline script whose opening tag is cut between `before` and `after`; `None` for another element and for
/// a script of its own address.
fn script<'a>(before: &str, after: &'a str) -> Option<&'a str> {
    let tag = before.get(before.rfind('<')?..)?;
    let is_script =
        tag.strip_prefix("<script").is_some_and(|next| next.is_empty() || next.starts_with(char::is_whitespace));
    let end = after.find('>')?;
    let attributes = [tag, after.get(..end)?];
    if !is_script || attributes.iter().any(|part| part.contains(" src=")) {
        return None;
    }
    let contents = after.get(end + 1..)?;
    contents.get(..contents.find("</script")?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_inline_scripts_get_a_hash_and_lose_the_nonce() {
        let page = r#"<head><script type="module" nonce="N1">start()</script><link nonce="N1"><script nonce="N1" src="/x.js"></script></head>"#;

        let sealed = seal(page, "N1").unwrap();

        assert_eq!(
            sealed.html,
            r#"<head><script type="module">start()</script><link><script src="/x.js"></script></head>"#
        );
        assert_eq!(sealed.hashes, [format!("sha256-{}", STANDARD.encode(Sha256::digest(b"start()")))]);
    }

    #[test]
    fn a_script_without_the_nonce_gets_no_hash() {
        let page = r#"<script>evil()</script><script nonce="other">evil()</script><script nonce="N1">a()</script>"#;

        assert_eq!(seal(page, "N1").unwrap().hashes.len(), 1);
    }

    #[test]
    fn a_page_that_shows_its_nonce_elsewhere_is_not_kept() {
        assert_eq!(seal(r#"<link crossorigin="N1"><script nonce="N1">a()</script>"#, "N1"), None);
    }
}
