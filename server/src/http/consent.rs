//! The choice about cookies: the form that makes it, and what follows from it for every other answer. Pages are the same for everybody;
//! what differs is one header, which is made here for each request: only who consented is allowed the hosts of that purpose.

use super::cookie::{self, CookiePolicy};
use super::{Web, apology};
use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Redirect, Response};
use http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, COOKIE, ETAG, HOST, HeaderMap, HeaderValue, IF_NONE_MATCH,
    REFERER, SET_COOKIE,
};
use http::{StatusCode, Uri};
use sha2::{Digest, Sha256};
use shop_app::measure::{Consenting, Tools, has_signal};
use shop_app::{MEASURE, routes};
use shop_core::consent::Purpose;
use shop_flows::consent::Channel;
use std::net::IpAddr;
use std::sync::Arc;

/// Two answers, two purposes and where it was asked fit many times.
const LARGEST: usize = 4096;
/// Stands in the mark of a page before what was granted with it.
const BESIDE: char = '~';
/// Shows the question, except where the page asks it itself, and lets the end of the page be scrolled free of it.
const SHOWN: &str = ".koek[data-doelen]{display:grid}body:has(.koek-paneel) .koek{display:none!important}.voet{padding-block-end:min(28rem,60dvh)}";
/// The cookies of Analytics begin with this.
const ANALYTICS: &str = "_ga";

/// What pages are given about consent.
pub fn given(tools: Arc<Tools>) -> Consenting {
    Consenting { tools, read: cookie::choice, sha256: |text| hex::encode(Sha256::digest(text.as_bytes())) }
}

/// Takes the choice, writes its proof, and goes back to where it was asked.
pub async fn choose(State(web): State<Web>, request: Request) -> Response {
    let headers = request.headers().clone();
    let Ok(body) = to_bytes(request.into_body(), LARGEST).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let fields = pairs(&body);
    let said = |name: &str, value: &str| fields.iter().any(|(key, text)| key == name && text == value);
    let purposes = web.tools.purposes();
    let answers: Vec<(Purpose, bool)> = purposes
        .into_iter()
        .map(|purpose| (purpose, said("keuze", "ja") || (said("keuze", "zelf") && said("doel", purpose.name()))))
        .collect();
    let mut response = Redirect::to(&back(&headers)).into_response();
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if answers.is_empty() || !["ja", "nee", "zelf"].iter().any(|choice| said("keuze", choice)) {
        return response;
    }

    let channel = if said("waar", "banner") { Channel::Banner } else { Channel::Page };
    let before = cookie::choice(&headers);
    let choice = match web.shop.choose_consent(&before, &answers, channel).await {
        Ok(choice) => choice,
        // A no holds even when nothing can be written; a yes without proof is none.
        Err(_) if answers.iter().all(|(_, yes)| !yes) => before.decide(&answers, String::new).0,
        Err(_) => {
            return apology::page(
                StatusCode::SERVICE_UNAVAILABLE,
                "Je keuze kon niet worden bewaard",
                "Er wordt niets van andere bedrijven geladen. Probeer het later nog eens.",
            );
        }
    };
    let cookies = response.headers_mut();
    if let Some(line) = web.cookie.set_choice(&choice.cookie()) {
        cookies.append(SET_COOKIE, line);
    }
    if !choice.grants(Purpose::Statistics) {
        for line in expired(&headers) {
            cookies.append(SET_COOKIE, line);
        }
    }
    response
}

/// The style sheet that shows the question to a browser without script; empty for who has answered.
pub async fn style(State(web): State<Web>, request: Request) -> Response {
    let choice = cookie::choice(request.headers());
    let answered = web.tools.purposes().into_iter().all(|purpose| choice.answer(purpose).is_some());
    let css = if answered || has_signal(request.headers()) { "" } else { SHOWN };
    ([(CONTENT_TYPE, "text/css; charset=utf-8"), (CACHE_CONTROL, "no-store")], css).into_response()
}

/// The script that runs after a yes.
pub async fn script() -> Response {
    ([(CONTENT_TYPE, "text/javascript; charset=utf-8"), (CACHE_CONTROL, "public, max-age=3600")], MEASURE)
        .into_response()
}

/// What a request is granted, and the answers to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Granted {
    purposes: Vec<Purpose>,
}

impl Granted {
    /// What the cookie of a request grants of what is set up. Nothing in the dashboard, where nothing is measured.
    pub fn of(tools: &Tools, uri: &Uri, headers: &HeaderMap) -> Self {
        let mut purposes = tools.purposes();
        if !purposes.is_empty() {
            let choice = cookie::choice(headers);
            purposes.retain(|purpose| choice.grants(*purpose) && !uri.path().starts_with(routes::MANAGE));
        }
        Self { purposes }
    }

    fn mark(&self) -> String {
        self.purposes.iter().map(|purpose| purpose.mark()).collect()
    }

    /// Forgets the copy that a browser has of a page when it came with other permissions: with "not changed" it would keep those.
    pub fn tidy(&self, headers: &mut HeaderMap) {
        let Some(known) = headers.get(IF_NONE_MATCH).and_then(|value| value.to_str().ok()) else { return };
        let beside = known.split_once(BESIDE).map_or("", |(_, rest)| rest.split('"').next().unwrap_or(""));
        if beside != self.mark() {
            headers.remove(IF_NONE_MATCH);
        }
    }

    /// Allows the hosts of the granted purposes in a page; any other answer stays as it is.
    pub fn allow(&self, tools: &Tools, headers: &mut HeaderMap) {
        if self.purposes.is_empty() {
            return;
        }
        let policy = headers.get(CONTENT_SECURITY_POLICY).and_then(|value| value.to_str().ok());
        let Some(policy) = policy.filter(|policy| policy.contains("script-src ")) else { return };
        let tools = self.purposes.iter().filter_map(|purpose| tools.of(*purpose));
        let mut hosts: Vec<&str> = tools.flat_map(|tool| tool.origins.iter().map(String::as_str)).collect();
        hosts.sort_unstable();
        hosts.dedup();
        let hosts = hosts.join(" ");
        let wider = ["script-src 'self'", "connect-src 'self'", "img-src 'self'"]
            .iter()
            .fold(policy.to_owned(), |policy, part| policy.replacen(part, &format!("{part} {hosts}"), 1));
        if let Ok(wider) = HeaderValue::from_str(&wider) {
            headers.insert(CONTENT_SECURITY_POLICY, wider);
        }
        let mark = headers.get(ETAG).and_then(|mark| mark.to_str().ok()).and_then(|mark| mark.strip_suffix('"'));
        if let Some(mark) =
            mark.and_then(|mark| HeaderValue::from_str(&format!("{mark}{BESIDE}{}\"", self.mark())).ok())
        {
            headers.insert(ETAG, mark);
        }
    }
}

/// Ends every cookie of Analytics that came along, at each level of the name where it may have been set.
fn expired(headers: &HeaderMap) -> Vec<HeaderValue> {
    let host = headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or("");
    let host = host.split(':').next().unwrap_or("");
    let levels: Vec<&str> = std::iter::successors(Some(host), |name| name.split_once('.').map(|(_, rest)| rest))
        .filter(|name| name.contains('.') && host.parse::<IpAddr>().is_err())
        .collect();
    let lists = headers.get_all(COOKIE).iter().filter_map(|list| list.to_str().ok());
    let names = lists.flat_map(|list| list.split(';')).filter_map(|pair| Some(pair.trim().split_once('=')?.0));
    let is_name = |name: &&str| {
        name.starts_with(ANALYTICS) && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    };
    names
        .filter(is_name)
        .take(20)
        .flat_map(|name| {
            let here = std::iter::once(format!("{name}=; Path=/; Max-Age=0"));
            let above = levels.iter().map(move |level| format!("{name}=; Path=/; Domain={level}; Max-Age=0"));
            here.chain(above).collect::<Vec<_>>()
        })
        .filter_map(|line| HeaderValue::from_str(&line).ok())
        .collect()
}

/// The page of ours where the form stood (the front door forgets any other); else the page with the settings.
fn back(headers: &HeaderMap) -> String {
    let page: Option<Uri> = headers.get(REFERER).and_then(|page| page.to_str().ok()?.parse().ok());
    let path = page.as_ref().and_then(|page| page.path_and_query()).map(|path| path.as_str().to_owned());
    let is_ours = |path: &String| path.starts_with('/') && !path.starts_with("//") && !path.contains('\\');
    path.filter(is_ours).unwrap_or_else(|| routes::COOKIE_SETTINGS.to_owned())
}

fn pairs(body: &[u8]) -> Vec<(String, String)> {
    let text = std::str::from_utf8(body).unwrap_or("");
    let address: Option<Uri> = format!("/?{text}").parse().ok();
    address.map(|address| super::address::pairs(&address)).unwrap_or_default()
}

impl CookiePolicy {
    /// The `Set-Cookie` header of a choice. Scripts may read it: the page decides by it what to load.
    pub fn set_choice(self, value: &str) -> Option<HeaderValue> {
        let secure = if self.secure { "; Secure" } else { "" };
        let (name, age) = (cookie::CHOICE, cookie::CHOICE_AGE);
        HeaderValue::from_str(&format!("{name}={value}; Path=/; Max-Age={age}; SameSite=Lax{secure}")).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(http::HeaderName, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.clone(), HeaderValue::from_static(value))).collect()
    }

    #[test]
    fn what_analytics_left_is_ended_at_every_level_of_the_name() {
        let asked = headers(&[(HOST, "www.allgems.nl"), (COOKIE, "agkeuze=s1y; _ga=GA1.1; _ga_A=x; _gab c=1; ag=1")]);

        let lines: Vec<String> = expired(&asked).iter().map(|line| line.to_str().unwrap().to_owned()).collect();

        assert_eq!(
            lines,
            [
                "_ga=; Path=/; Max-Age=0",
                "_ga=; Path=/; Domain=www.allgems.nl; Max-Age=0",
                "_ga=; Path=/; Domain=allgems.nl; Max-Age=0",
                "_ga_A=; Path=/; Max-Age=0",
                "_ga_A=; Path=/; Domain=www.allgems.nl; Max-Age=0",
                "_ga_A=; Path=/; Domain=allgems.nl; Max-Age=0"
            ]
        );
    }

    #[test]
    fn a_form_leads_back_to_its_own_page() {
        assert_eq!(back(&headers(&[(REFERER, "https://www.allgems.nl/product/jurk?x=1")])), "/product/jurk?x=1");
        assert_eq!(back(&headers(&[(REFERER, "https://www.allgems.nl//elders.example")])), "/cookie-instellingen");
        assert_eq!(back(&HeaderMap::new()), "/cookie-instellingen");
    }
}
