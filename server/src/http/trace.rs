//! One line per request in the log, with an id that the answer carries too. Queries are left out: they hold keys and what
//! people search for. So are order numbers.

use super::Web;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::header::{HeaderName, HeaderValue};
use http::{Method, Uri};
use std::time::Instant;
use tracing::{Instrument, info_span};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// Below these every address is somebody's own, or holds a token.
const OWN: [&str; 4] = ["/bestelling/", "/beheer/", "/betaling/", "/account/"];

/// Logs a request, and wakes the worker after one that may have left work for it.
pub async fn trace(State(web): State<Web>, request: Request, next: Next) -> Response {
    let id = web.shop.random.id().simple().to_string();
    let (method, path) = (request.method().clone(), for_the_log(request.uri()));
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
    if !matches!(method, Method::GET | Method::HEAD) {
        web.wake.notify_one();
    }
    if let Ok(id) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    response
}

fn for_the_log(uri: &Uri) -> String {
    let path = uri.path();
    let own = OWN.into_iter().find(|own| path.len() > own.len() && path.starts_with(own));
    own.map_or_else(|| path.to_owned(), |own| format!("{own}…"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_log_holds_no_query_and_no_order_number() {
        assert_eq!(for_the_log(&Uri::from_static("/zoeken?q=naam")), "/zoeken");
        assert_eq!(for_the_log(&Uri::from_static("/bestelling/AG100042?sleutel=abc")), "/bestelling/…");
        assert_eq!(for_the_log(&Uri::from_static("/beheer/demo/token")), "/beheer/…");
    }
}
