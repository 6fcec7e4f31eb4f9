//! How often one address may send something. Counted in this process only: it stops somebody who tries codes or fills the
//! database, not a flood, which a proxy has to stop.

use super::{Allowance, Web, apology, newsletter_link};
use axum::extract::{ConnectInfo, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::header::{ACCEPT, CONTENT_TYPE, RETRY_AFTER};
use http::{HeaderMap, Method, StatusCode};
use leptos::server_fn::error::FromServerFnError;
use shop_app::api::ApiError;
use shop_core::ShopError;
use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// What a request counts as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Kind {
    Form,
    SignIn,
    /// A question of the contact form, which may lead to a mail.
    Question,
    /// What a provider sends. Apart, so that a flood of them takes nothing from shoppers behind the same address.
    Notice,
}

/// The network that a request comes from: an address, or for IPv6 the first half of it. Stands among the extensions of what is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network(pub IpAddr);

/// Forgotten when there are more; only addresses that are not waiting for anything.
const MOST: usize = 20_000;

/// Who sent how much. For each address it keeps when its allowance is whole again (the generic cell rate algorithm).
pub struct RateLimits {
    allowance: Allowance,
    whole_at: Mutex<HashMap<(IpAddr, Kind), Instant>>,
}

impl RateLimits {
    /// With nobody counted yet.
    pub fn new(allowance: Allowance) -> Self {
        Self { allowance, whole_at: Mutex::default() }
    }

    /// Counts one. `Err` says how long to wait; then it was not counted.
    fn count(&self, who: IpAddr, kind: Kind, now: Instant) -> Result<(), Duration> {
        let (period, times) = match kind {
            Kind::Form => (Duration::from_secs(60), self.allowance.forms_per_minute),
            Kind::SignIn | Kind::Question => (Duration::from_secs(600), self.allowance.sign_ins_per_ten_minutes),
            Kind::Notice => (Duration::from_secs(60), self.allowance.notices_per_minute),
        };
        let mut whole_at = self.whole_at.lock().unwrap_or_else(PoisonError::into_inner);
        if whole_at.len() >= MOST {
            whole_at.retain(|_, at| *at > now);
        }
        let before = whole_at.get(&(who, kind)).copied().unwrap_or(now).max(now);
        let after = before + period / times.max(1);
        match after.duration_since(now).checked_sub(period) {
            None | Some(Duration::ZERO) => {
                whole_at.insert((who, kind), after);
                Ok(())
            }
            Some(wait) => Err(wait),
        }
    }

    /// The address that is counted: of the connection, or the last one that our own proxy wrote down. A network of IPv6
    /// counts as one, because each household has a whole one.
    fn client(&self, connection: Option<SocketAddr>, headers: &HeaderMap) -> Option<IpAddr> {
        let forwarded = || {
            headers
                .get_all("x-forwarded-for")
                .iter()
                .next_back()?
                .to_str()
                .ok()?
                .rsplit(',')
                .next()?
                .trim()
                .parse()
                .ok()
        };
        let named = if self.allowance.behind_proxy { forwarded() } else { None };
        let address: IpAddr = named.or(connection.map(|connection| connection.ip()))?;
        Some(match address.to_canonical() {
            IpAddr::V6(v6) => {
                let [a, b, c, d, ..] = v6.segments();
                IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
            }
            v4 @ IpAddr::V4(_) => v4,
        })
    }
}

/// Refuses who sends too much.
pub async fn limit(State(web): State<Web>, mut request: Request, next: Next) -> Response {
    if matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS) {
        return next.run(request).await;
    }
    let connection = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0);
    let Some(client) = web.limits.client(connection, request.headers()) else {
        // Only tests call without a connection.
        return next.run(request).await;
    };
    request.extensions_mut().insert(Network(client));
    let kind = match request.uri().path() {
        path if path.starts_with("/webhooks/") || newsletter_link::is_one_click(path) => Kind::Notice,
        path if path.ends_with("-code") => Kind::SignIn,
        "/api/contact/send" => Kind::Question,
        _ => Kind::Form,
    };
    match web.limits.count(client, kind, Instant::now()) {
        // A provider reads no page; it comes again after the time that the answer names.
        Err(wait) if kind == Kind::Notice => waiting(StatusCode::TOO_MANY_REQUESTS.into_response(), wait),
        Ok(()) => next.run(request).await,
        Err(wait) => refused(&request, wait),
    }
}

fn refused(request: &Request, wait: Duration) -> Response {
    let is_form = request
        .headers()
        .get(ACCEPT)
        .and_then(|accept| accept.to_str().ok())
        .is_some_and(|accept| accept.contains("text/html"));
    let response = if is_form || !request.uri().path().starts_with("/api/") {
        apology::page(
            StatusCode::TOO_MANY_REQUESTS,
            "Even wachten",
            "Er kwam veel tegelijk binnen vanaf jouw verbinding. Probeer het over een paar minuten nog eens.",
        )
    } else {
        let error = ApiError(ShopError::TooManyTries).ser();
        (StatusCode::TOO_MANY_REQUESTS, [(CONTENT_TYPE, error.content_type)], error.body).into_response()
    };
    waiting(response, wait)
}

fn waiting(mut response: Response, wait: Duration) -> Response {
    response.headers_mut().insert(RETRY_AFTER, (wait.as_secs() + 1).into());
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHO: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 1));

    fn limits(behind_proxy: bool) -> RateLimits {
        RateLimits::new(Allowance {
            forms_per_minute: 60,
            sign_ins_per_ten_minutes: 10,
            notices_per_minute: 1200,
            behind_proxy,
        })
    }

    #[test]
    fn ten_codes_in_ten_minutes_and_then_one_a_minute() {
        let (limits, now) = (limits(false), Instant::now());

        assert!((0..10).all(|_| limits.count(WHO, Kind::SignIn, now).is_ok()));
        assert_eq!(limits.count(WHO, Kind::SignIn, now), Err(Duration::from_secs(60)));
        assert!(limits.count(WHO, Kind::Form, now).is_ok());
        assert!((0..1200).all(|_| limits.count(WHO, Kind::Notice, now).is_ok()), "providers send in bursts");
        assert_eq!(limits.count(WHO, Kind::Notice, now), Err(Duration::from_millis(50)));

        let later = now + Duration::from_secs(60);
        assert!(limits.count(WHO, Kind::SignIn, later).is_ok());
        assert!(limits.count(WHO, Kind::SignIn, later).is_err());
    }

    #[test]
    fn only_our_own_proxy_may_name_the_client() {
        let connection: SocketAddr = "198.51.100.7:5000".parse().unwrap();
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", "203.0.113.9, 192.0.2.1".parse().unwrap());

        assert_eq!(limits(true).client(Some(connection), &headers), Some(WHO));
        assert_eq!(limits(false).client(Some(connection), &headers), Some(connection.ip()));
    }

    #[test]
    fn a_network_of_ipv6_counts_as_one() {
        let client =
            |text: &str| limits(false).client(Some(SocketAddr::new(text.parse().unwrap(), 1)), &HeaderMap::new());

        assert_eq!(client("2001:db8:1:2::1"), client("2001:db8:1:2:ffff::9"));
        assert_ne!(client("2001:db8:1:2::1"), client("2001:db8:1:3::1"));
        assert_eq!(client("::ffff:192.0.2.1"), Some(WHO));
    }
}
