//! The cookies. One holds the session and no script can read it; the other only says that there is a session, so the
//! browser knows whether asking for the cart is worth a request. Whoever runs the shop has a third, which only the door of the
//! dashboard gets to see: this browser signed in before. Whoever
//! opened the link of a mail about a size, or of the newsletter, has its key for an hour. Whoever chose about cookies has her choice, which
//! scripts may read. The register names each of them (`shop_core::privacy::device`), and a test below compares what is set with it.

use http::header::{COOKIE, HeaderMap, HeaderValue};
use shop_core::consent::Choice;

/// 60 days, as long as a session lasts.
const MAX_AGE: u32 = 60 * 24 * 60 * 60;
/// The name of the readable one.
const MARKER: &str = "ag";
/// A year: browsers keep none longer than 400 days.
const DOOR_AGE: u32 = 365 * 24 * 60 * 60;
/// The name of the choice about cookies.
pub(super) const CHOICE: &str = "agkeuze";
/// After half a year she is asked again.
pub(super) const CHOICE_AGE: u32 = 180 * 24 * 60 * 60;
/// An hour is enough to press a button.
const ALERT_AGE: u32 = 60 * 60;
/// The only place that the cookie of the door goes to.
const DOOR: &str = "/beheer/inloggen";

/// How cookies are named and protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CookiePolicy {
    /// Name of the session cookie. `__Host-` keeps other hosts of the domain from setting it; browsers allow that only with TLS.
    pub name: &'static str,
    /// Whether cookies travel only over TLS.
    pub secure: bool,
}

impl CookiePolicy {
    /// The policy for the shop at this address.
    pub fn of(public_url: &str) -> Self {
        if public_url.starts_with("https://") {
            Self { name: "__Host-agsid", secure: true }
        } else {
            Self { name: "agsid", secure: false }
        }
    }

    /// The session cookie of a request.
    pub fn session(self, headers: &HeaderMap) -> Option<&str> {
        named(headers, self.name).next()
    }

    /// The cookies of the door in a request. More than one when another host of the domain set one of that name, which is worth nothing.
    pub fn door(self, headers: &HeaderMap) -> impl Iterator<Item = &str> {
        named(headers, self.door_name())
    }

    /// The `Set-Cookie` header of the door. `__Secure-` instead of `__Host-`, because that one may not name a path.
    pub fn set_door(self, value: &str) -> Option<HeaderValue> {
        let secure = if self.secure { "; Secure" } else { "" };
        let name = self.door_name();
        let line = format!("{name}={value}; HttpOnly; Path={DOOR}; Max-Age={DOOR_AGE}; SameSite=Strict{secure}");
        HeaderValue::from_str(&line).ok()
    }

    /// The key of the mail about a size that was opened lately.
    pub fn alert(self, headers: &HeaderMap) -> Option<&str> {
        named(headers, self.alert_name()).next()
    }

    /// The `Set-Cookie` header of that key. Lax, because a link in a mail comes from elsewhere.
    pub fn set_alert(self, key: &str) -> Option<HeaderValue> {
        let secure = if self.secure { "; Secure" } else { "" };
        let (name, path) = (self.alert_name(), shop_app::routes::ALERT);
        let line = format!("{name}={key}; HttpOnly; Path={path}; Max-Age={ALERT_AGE}; SameSite=Lax{secure}");
        HeaderValue::from_str(&line).ok()
    }

    /// The key of the mail of the newsletter that was opened lately.
    pub fn letter(self, headers: &HeaderMap) -> Option<&str> {
        named(headers, self.letter_name()).next()
    }

    /// The `Set-Cookie` header of that key. It goes to the page it is for and to no other.
    pub fn set_letter(self, key: &str, path: &str) -> Option<HeaderValue> {
        let secure = if self.secure { "; Secure" } else { "" };
        let name = self.letter_name();
        let line = format!("{name}={key}; HttpOnly; Path={path}; Max-Age={ALERT_AGE}; SameSite=Lax{secure}");
        HeaderValue::from_str(&line).ok()
    }

    const fn letter_name(self) -> &'static str {
        if self.secure { "__Secure-agbrief" } else { "agbrief" }
    }

    const fn alert_name(self) -> &'static str {
        if self.secure { "__Secure-agmail" } else { "agmail" }
    }

    const fn door_name(self) -> &'static str {
        if self.secure { "__Secure-agdeur" } else { "agdeur" }
    }

    /// The `Set-Cookie` headers of a session. Nothing when the value cannot stand in a header, which a session cookie always can.
    pub fn set(self, value: &str) -> Vec<HeaderValue> {
        let rest = format!("Path=/; Max-Age={MAX_AGE}; SameSite=Lax{}", if self.secure { "; Secure" } else { "" });
        [format!("{}={value}; HttpOnly; {rest}", self.name), format!("{MARKER}=1; {rest}")]
            .iter()
            .filter_map(|line| HeaderValue::from_str(line).ok())
            .collect()
    }
}

/// The choice in a request; none of it when there is no cookie. Two of them, of which one is not ours, are none.
pub fn choice(headers: &HeaderMap) -> Choice {
    let mut choices = named(headers, CHOICE).map(Choice::parse);
    let first = choices.next().unwrap_or_default();
    if choices.next().is_some() { Choice::default() } else { first }
}

fn named<'h>(headers: &'h HeaderMap, wanted: &'static str) -> impl Iterator<Item = &'h str> {
    let lists = headers.get_all(COOKIE).iter().filter_map(|list| list.to_str().ok());
    lists.flat_map(|list| list.split(';')).filter_map(move |pair| {
        let (name, value) = pair.trim().split_once('=')?;
        (name == wanted).then_some(value)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use shop_core::privacy::{Kept, device};

    #[test]
    fn the_session_is_found_among_other_cookies() {
        let mut headers = HeaderMap::new();
        headers.append(COOKIE, HeaderValue::from_static("ag=1; xagsid=no; agsid=abc"));

        assert_eq!(CookiePolicy::of("http://127.0.0.1:3000").session(&headers), Some("abc"));
        assert_eq!(CookiePolicy::of("https://www.allgems.nl").session(&headers), None);
    }

    #[test]
    fn over_tls_cookies_are_bound_to_the_host() {
        let lines = CookiePolicy::of("https://www.allgems.nl").set("abc");

        assert_eq!(
            lines,
            [
                "__Host-agsid=abc; HttpOnly; Path=/; Max-Age=5184000; SameSite=Lax; Secure",
                "ag=1; Path=/; Max-Age=5184000; SameSite=Lax; Secure"
            ]
        );
        assert!(
            CookiePolicy::of("http://127.0.0.1:3000")
                .set("abc")
                .iter()
                .all(|line| !line.to_str().unwrap().contains("Secure"))
        );
    }

    #[test]
    fn every_cookie_that_is_set_stands_in_the_register_and_the_other_way_round() {
        let policy = CookiePolicy::of("https://www.allgems.nl");
        let mut lines = policy.set("abc");
        lines.extend(policy.set_door("abc"));
        lines.extend(policy.set_alert("abc"));
        lines.extend(policy.set_letter("abc", "/nieuwsbrief/bevestigen"));
        lines.extend(policy.set_choice("s1n"));

        let mut set: Vec<(String, Option<i64>, bool)> = lines
            .iter()
            .map(|line| {
                let line = line.to_str().unwrap();
                let part = |name: &str| line.split("; ").find_map(|part| part.strip_prefix(name));
                let name = line.split('=').next().unwrap().to_owned();
                (name, part("Max-Age=").map(|age| age.parse().unwrap()), part("HttpOnly").is_some())
            })
            .collect();
        let mut told: Vec<_> = device::today()
            .filter(|item| matches!(item.kept, Kept::Cookie | Kept::SealedCookie))
            .map(|item| (item.full_name(), item.length.map(|length| length.0), item.kept == Kept::SealedCookie))
            .collect();
        set.sort();
        told.sort();

        assert_eq!(set, told);
    }
}
