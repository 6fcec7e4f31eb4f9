//! The two cookies. One holds the session and no script can read it; the other only says that there is a session, so the
//! browser knows whether asking for the cart is worth a request.

use http::header::{COOKIE, HeaderMap, HeaderValue};

/// 60 days, as long as a session lasts.
const MAX_AGE: u32 = 60 * 24 * 60 * 60;
/// The name of the readable one.
const MARKER: &str = "ag";

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
        let lists = headers.get_all(COOKIE).iter().filter_map(|list| list.to_str().ok());
        lists.flat_map(|list| list.split(';')).find_map(|pair| {
            let (name, value) = pair.trim().split_once('=')?;
            (name == self.name).then_some(value)
        })
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

#[cfg(test)]
mod tests {
    use super::*;

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
}
