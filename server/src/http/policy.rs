//! What browsers are told to allow: the content security policy, and the headers that every answer carries.

use http::header::{
    CONTENT_SECURITY_POLICY, HeaderMap, HeaderName, HeaderValue, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY,
    X_CONTENT_TYPE_OPTIONS,
};

const OPENER: HeaderName = HeaderName::from_static("cross-origin-opener-policy");
const RESOURCE: HeaderName = HeaderName::from_static("cross-origin-resource-policy");
const PERMISSIONS: HeaderName = HeaderName::from_static("permissions-policy");

/// Which inline scripts of a page may run.
#[derive(Debug, Clone, Copy)]
pub enum Scripts<'a> {
    /// None.
    None,
    /// Those with this nonce: a page that is made for one person.
    Nonce(&'a str),
    /// Those with these hashes, as `sha256-…`: a page that is made once for everybody.
    Hashes(&'a [String]),
}

/// The policy of this shop.
#[derive(Debug, Clone)]
pub struct Policy {
    rest: String,
    always: HeaderMap,
}

impl Policy {
    /// For the shop at `public_url`, which sends shoppers to pay at `pay_origins`.
    pub fn new(public_url: &str, pay_origins: &[String]) -> Self {
        let is_encrypted = public_url.starts_with("https://");
        // A form that ends with a redirect must name where it leads: Chromium checks each step.
        let forms = ["'self'"].into_iter().chain(pay_origins.iter().map(String::as_str)).collect::<Vec<_>>().join(" ");
        let upgrade = if is_encrypted { "; upgrade-insecure-requests" } else { "" };
        let rest = format!(
            "style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action {forms}; base-uri 'none'; frame-ancestors 'none'{upgrade}"
        );

        let mut always = HeaderMap::new();
        always.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        always.insert(REFERRER_POLICY, HeaderValue::from_static("same-origin"));
        always.insert(OPENER, HeaderValue::from_static("same-origin"));
        always.insert(RESOURCE, HeaderValue::from_static("same-origin"));
        always.insert(
            PERMISSIONS,
            HeaderValue::from_static(
                "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
            ),
        );
        if is_encrypted {
            always.insert(STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=63072000; includeSubDomains"));
        }
        Self { rest, always }
    }

    /// The content security policy of a page.
    pub fn of_page(&self, scripts: Scripts<'_>) -> HeaderValue {
        let allowed = match scripts {
            Scripts::None => String::new(),
            Scripts::Nonce(nonce) => format!(" 'nonce-{nonce}'"),
            Scripts::Hashes(hashes) => hashes.iter().map(|hash| format!(" '{hash}'")).collect(),
        };
        let text = format!("default-src 'none'; script-src 'self' 'wasm-unsafe-eval'{allowed}; {}", self.rest);
        // Nonces and hashes are base64, and the origins were parsed as addresses.
        HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static("default-src 'none'"))
    }

    /// The headers that every answer carries.
    pub const fn always(&self) -> &HeaderMap {
        &self.always
    }

    /// Adds what an answer does not carry yet.
    pub fn complete(&self, headers: &mut HeaderMap) {
        for (name, value) in &self.always {
            headers.entry(name).or_insert_with(|| value.clone());
        }
        headers.entry(CONTENT_SECURITY_POLICY).or_insert(HeaderValue::from_static(
            "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'",
        ));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_named_scripts_run_and_forms_lead_only_to_us_and_the_provider() {
        let policy = Policy::new("https://www.allgems.nl", &["https://pay.rabobank.nl".to_owned()]);

        let page = policy.of_page(Scripts::Nonce("abc"));

        let text = page.to_str().unwrap();
        assert!(text.starts_with("default-src 'none'; script-src 'self' 'wasm-unsafe-eval' 'nonce-abc'; "), "{text}");
        assert!(text.contains("; form-action 'self' https://pay.rabobank.nl; "), "{text}");
        assert!(!text.contains("unsafe-inline") && !text.contains("'unsafe-eval'"), "{text}");
        assert!(policy.of_page(Scripts::Hashes(&["sha256-x=".to_owned()])).to_str().unwrap().contains(" 'sha256-x=';"));
    }

    #[test]
    fn an_answer_keeps_what_it_said_itself() {
        let mut headers = HeaderMap::new();
        headers.insert(RESOURCE, HeaderValue::from_static("cross-origin"));

        Policy::new("http://127.0.0.1:3000", &[]).complete(&mut headers);

        assert_eq!(headers[RESOURCE], "cross-origin");
        assert_eq!(headers[X_CONTENT_TYPE_OPTIONS], "nosniff");
        assert!(!headers.contains_key(STRICT_TRANSPORT_SECURITY));
    }
}
