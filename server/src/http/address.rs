//! Which pages are the same for everybody, and the one spelling of their address. Unknown parts of a query (campaign marks
//! and the like) are dropped, so they neither make a second copy nor reach the page.

use axum::extract::{Query, Request};
use http::header::{HOST, REFERER};
use http::uri::Authority;
use http::{Method, Uri};
use shop_app::routes;
use shop_core::catalog::Filter;

/// The longest search that is looked at, in letters.
const LONGEST_SEARCH: usize = 100;
/// Articles and tools without any query.
const PLAIN: [&str; 9] = [
    routes::HOME,
    routes::SHIPPING,
    routes::TERMS,
    routes::PRIVACY,
    routes::COOKIES,
    routes::GUARANTEE,
    routes::SIZES,
    routes::ABOUT,
    routes::ACCESSIBILITY,
];

/// A server function that was called by a form goes back to where the browser came from. Only a page of our own may be that.
pub fn forget_foreign_referer(request: &mut Request) {
    let headers = request.headers();
    let Some(referer) = headers.get(REFERER) else { return };
    let page: Option<Uri> = referer.to_str().ok().and_then(|text| text.parse().ok());
    let from = page.as_ref().and_then(|page| page.authority()).map(Authority::as_str);
    let here = headers.get(HOST).and_then(|host| host.to_str().ok());
    if from.is_none() || from != here {
        request.headers_mut().remove(REFERER);
    }
}

/// The tidy address of a page that is the same for everybody; `None` when the page is somebody's own. `has_session` says whether
/// the browser has a session: then withdrawal may have something to say to it. Contact is made for each reader: its form says when.
pub fn shared(method: &Method, uri: &Uri, has_session: bool) -> Option<String> {
    if method != Method::GET && method != Method::HEAD {
        return None;
    }
    let path = uri.path();
    // A form that failed without script comes back with its mistake in the query.
    if uri.query().is_some_and(|query| query.contains("__err=")) {
        return None;
    }
    if PLAIN.contains(&path) {
        return Some(path.to_owned());
    }
    if path == routes::SEARCH {
        return Some(search(uri));
    }
    if path == routes::WITHDRAW {
        return (!has_session).then(|| path.to_owned());
    }
    if let Some(slug) = path.strip_prefix("/product/") {
        return is_slug(slug).then(|| path.to_owned());
    }
    let category = path.strip_prefix("/collectie")?;
    if category.is_empty() {
        return Some(list(None, uri));
    }
    let category = category.strip_prefix('/')?;
    is_slug(category).then(|| list(Some(category), uri))
}

fn list(category: Option<&str>, uri: &Uri) -> String {
    let pairs = if uri.query().is_some() { pairs(uri) } else { Vec::new() };
    let filter = Filter::read(category, pairs.iter().map(|(key, value)| (key.as_str(), value.as_str())));
    routes::list(&filter)
}

fn search(uri: &Uri) -> String {
    let asked = pairs(uri).into_iter().find(|(key, _)| key == "q").map(|(_, value)| value).unwrap_or_default();
    let asked: String = asked.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(LONGEST_SEARCH).collect();
    if asked.is_empty() { routes::SEARCH.to_owned() } else { format!("{}?q={}", routes::SEARCH, encoded(&asked)) }
}

/// The pairs of a query; none when it cannot be read.
pub fn pairs(uri: &Uri) -> Vec<(String, String)> {
    Query::<Vec<(String, String)>>::try_from_uri(uri).map(|Query(pairs)| pairs).unwrap_or_default()
}

fn is_slug(text: &str) -> bool {
    (1..=80).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

/// Percent-encoded for a query.
fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// Whether a path can be a page at all: its percent signs decode to text, and it does not begin like the address of another host.
pub fn is_well_formed(path: &str) -> bool {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        if *first != b'%' {
            bytes.push(*first);
            continue;
        }
        let digits = rest.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        let Some(byte) = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) else { return false };
        bytes.push(byte);
        rest = rest.get(2..).unwrap_or_default();
    }
    let no_control = !bytes.iter().any(u8::is_ascii_control);
    no_control && !path.starts_with("//") && !path.contains('\\') && std::str::from_utf8(&bytes).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tidy(address: &str) -> Option<String> {
        shared(&Method::GET, &address.parse().unwrap(), false)
    }

    #[test]
    fn nobody_is_sent_back_to_a_page_that_is_not_ours() {
        let kept = |referer: &str| {
            let request = Request::builder().header(HOST, "www.allgems.nl").header(REFERER, referer);
            let mut request = request.body(axum::body::Body::empty()).expect("a request");
            forget_foreign_referer(&mut request);
            request.headers().contains_key(REFERER)
        };

        assert!(kept("https://www.allgems.nl/winkelmand"));
        for foreign in ["https://evil.example/x", "https://www.allgems.nl.evil.example/", "/winkelmand", "nonsense", ""]
        {
            assert!(!kept(foreign), "{foreign}");
        }
    }

    #[test]
    fn an_address_has_one_spelling() {
        let cases = [
            ("/?utm_source=x", "/"),
            ("/collectie/jurken?kleur=groen&maat=98-104&utm_source=x", "/collectie/jurken?maat=98-104&kleur=groen"),
            ("/collectie?pagina=1", "/collectie"),
            ("/product/jurk-roos?variant=1", "/product/jurk-roos"),
            ("/zoeken?x=1&q=++jurk%20roos+", "/zoeken?q=jurk%20roos"),
            ("/zoeken?q=", "/zoeken"),
            ("/privacyverklaring?x", "/privacyverklaring"),
        ];

        for (given, expected) in cases {
            assert_eq!(tidy(given).as_deref(), Some(expected), "{given}");
        }
    }

    #[test]
    fn what_is_somebodys_own_has_no_shared_address() {
        for own in [
            "/winkelmand",
            "/afrekenen/gegevens",
            "/bestelling/AG100042",
            "/account",
            "/contact",
            "/beheer",
            "/product/",
            "/product/../x",
            "/collectiex",
            "/?__err=abc",
        ] {
            assert_eq!(tidy(own), None, "{own}");
        }
        assert_eq!(shared(&Method::POST, &"/".parse().unwrap(), false), None);
        assert_eq!(shared(&Method::GET, &"/herroepen".parse().unwrap(), true), None);
    }

    #[test]
    fn malformed_paths_are_recognised() {
        for good in ["/", "/product/jurk", "/caf%C3%A9"] {
            assert!(is_well_formed(good), "{good}");
        }
        for bad in ["/%FF", "/%", "/%zz", "//evil.example", "/a%00b", "/a\\b", "/a%0d%0ab"] {
            assert!(!is_well_formed(bad), "{bad}");
        }
    }
}
