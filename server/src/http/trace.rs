//! One line per request in the log, with an id that the answer carries too. Queries are left out: they hold keys and what
//! people search for. So are order numbers and tickets: an address with a variable part is logged as its pattern.

use super::Web;
use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::header::{HeaderName, HeaderValue};
use http::{Method, Uri};
use std::time::Instant;
use tracing::{Instrument, info_span};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// Below these every address is somebody's own, or holds a token.
const OWN: [&str; 5] = ["/bestelling/", "/beheer/", "/betaling/", "/webhooks/", "/account/"];
/// The functions of the app: one route, of which the pattern says nothing.
const FUNCTIONS: &str = "/api/{*function}";
/// Letters of an address that reach the log.
const LONGEST: usize = 80;

/// Logs a request, and wakes the worker after one that may have left work for it.
pub async fn trace(State(web): State<Web>, request: Request, next: Next) -> Response {
    let id = web.shop.random.id().simple().to_string();
    let (method, path) = (request.method().clone(), for_the_log(request.uri(), request.extensions().get()));
    let span = info_span!("request", %id, %method, path);
    let started = Instant::now();
    let mut response = next.run(request).instrument(span.clone()).await;

    let milliseconds = started.elapsed().as_millis();
    let status = response.status().as_u16();
    if response.status().is_server_error() {
        span.in_scope(|| tracing::warn!(status, milliseconds, "answered"));
    } else {
        span.in_scope(|| tracing::debug!(status, milliseconds, "answered"));
    }
    // What was refused left no work; a flood of it must not keep the worker looking.
    if !matches!(method, Method::GET | Method::HEAD) && !response.status().is_client_error() {
        web.wake.notify_one();
    }
    if let Ok(id) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    response
}

fn for_the_log(uri: &Uri, route: Option<&MatchedPath>) -> String {
    if let Some(pattern) = route.map(MatchedPath::as_str).filter(|pattern| *pattern != FUNCTIONS) {
        return pattern.to_owned();
    }
    let path = uri.path();
    let own = OWN.into_iter().find(|own| path.len() > own.len() && path.starts_with(own));
    // An address is ASCII, so it can be cut anywhere.
    let cut = || path.get(..LONGEST).filter(|cut| cut.len() < path.len()).map(|cut| format!("{cut}…"));
    own.map(|own| format!("{own}…")).or_else(cut).unwrap_or_else(|| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_log_holds_no_query_and_no_order_number() {
        let logged = |address: &'static str| for_the_log(&Uri::from_static(address), None);

        assert_eq!(logged("/zoeken?q=naam"), "/zoeken");
        assert_eq!(logged("/bestelling/AG100042?sleutel=abc"), "/bestelling/…");
        assert_eq!(logged("/beheer/demo/token"), "/beheer/…");
        assert_eq!(logged("/webhooks/klarna/AG100001P1-ticket"), "/webhooks/…");
    }

    #[test]
    fn a_long_address_is_cut() {
        let long: Uri = format!("/{}", "x".repeat(60_000)).parse().expect("an address");

        assert_eq!(for_the_log(&long, None), format!("/{}…", "x".repeat(79)));
    }
}
