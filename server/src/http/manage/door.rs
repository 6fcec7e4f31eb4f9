//! The door: signing in with password and code, the one-time links, signing out.

use super::Office;
use super::desk::Desk;
use crate::http::limits::Network;
use axum::extract::{ConnectInfo, Form, Path, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use http::header::SET_COOKIE;
use http::{Extensions, HeaderMap, StatusCode};
use serde::Deserialize;
use shop_app::manage::welcome::Mistakes;
use shop_app::manage::{layout, paths, sign_in as sign_in_pages, welcome as welcome_pages, words};
use shop_core::ShopError;
use shop_flows::Visitor;
use shop_flows::manage::{Knock, SignInError, SignedIn, WelcomeError};
use std::net::SocketAddr;

#[derive(Deserialize)]
pub(super) struct PasswordForm {
    email: String,
    wachtwoord: String,
}

#[derive(Deserialize)]
pub(super) struct CodeForm {
    bewijs: String,
    code: String,
}

#[derive(Deserialize)]
pub(super) struct WelcomeForm {
    zegel: String,
    wachtwoord: String,
    code: String,
}

/// The first step; whoever is in already goes on.
pub(super) async fn sign_in_page(State(office): State<Office>, headers: HeaderMap) -> Response {
    let visitor = office.visitor(&headers).await.unwrap_or_default();
    match office.shop.member(&visitor).await {
        Ok(_) => Redirect::to(paths::OVERVIEW).into_response(),
        Err(_) => Html(sign_in_pages::password(office.css(), "", None)).into_response(),
    }
}

/// Who sends a form to the door.
fn knock(office: &Office, headers: &HeaderMap, extensions: &Extensions) -> Knock {
    Knock {
        network: extensions.get::<Network>().map(|network| network.0.to_string()).unwrap_or_default(),
        proofs: office.cookie.door(headers).map(str::to_owned).collect(),
    }
}

/// The password.
pub(super) async fn sign_in(
    State(office): State<Office>,
    headers: HeaderMap,
    extensions: Extensions,
    Form(form): Form<PasswordForm>,
) -> Response {
    let knock = knock(&office, &headers, &extensions);
    match office.shop.check_password(&knock, form.email.trim(), &form.wachtwoord).await {
        Ok(half) => Html(sign_in_pages::code(office.css(), &half.ticket, None)).into_response(),
        Err(error) => (status(&error), Html(sign_in_pages::password(office.css(), form.email.trim(), Some(&error))))
            .into_response(),
    }
}

/// The second step has no page of its own: it begins with the first.
pub(super) async fn code_page() -> Redirect {
    Redirect::to(paths::SIGN_IN)
}

/// The code.
pub(super) async fn code(
    State(office): State<Office>,
    headers: HeaderMap,
    extensions: Extensions,
    Form(form): Form<CodeForm>,
) -> Response {
    let knock = knock(&office, &headers, &extensions);
    let mut visitor = match office.visitor(&headers).await {
        Ok(visitor) => visitor,
        Err(error) => return shown(&office, &SignInError::Shop(error), &form.bewijs),
    };
    match office.shop.check_code(&mut visitor, &knock, &form.bewijs, &form.code).await {
        Ok(signed) => let_in(&office, &visitor, &signed),
        Err(error) => shown(&office, &error, &form.bewijs),
    }
}

/// To the dashboard, with the session and with what makes this browser known at the door.
fn let_in(office: &Office, visitor: &Visitor, signed: &SignedIn) -> Response {
    let mut response = office.with_cookie(visitor, Redirect::to(paths::OVERVIEW).into_response());
    if let Some(line) = office.cookie.set_door(&signed.proof) {
        response.headers_mut().append(SET_COOKIE, line);
    }
    response
}

fn shown(office: &Office, error: &SignInError, ticket: &str) -> Response {
    let page = match error {
        SignInError::TooLate => sign_in_pages::password(office.css(), "", Some(error)),
        _ => sign_in_pages::code(office.css(), ticket, Some(error)),
    };
    (status(error), Html(page)).into_response()
}

const fn status(error: &SignInError) -> StatusCode {
    match error {
        SignInError::Wrong | SignInError::TooLate => StatusCode::UNPROCESSABLE_ENTITY,
        SignInError::TooManyTries => StatusCode::TOO_MANY_REQUESTS,
        SignInError::Shop(_) => StatusCode::SERVICE_UNAVAILABLE,
    }
}

/// Leaves.
pub(super) async fn sign_out(mut desk: Desk) -> Response {
    match desk.office.shop.sign_out_member(&mut desk.visitor).await {
        Ok(()) => desk.office.with_cookie(&desk.visitor, Redirect::to(paths::SIGN_IN).into_response()),
        Err(error) => desk.troubled(&error).await,
    }
}

/// What a one-time link opens.
pub(super) async fn welcome_page(State(office): State<Office>, Path(token): Path<String>) -> Response {
    match office.shop.welcome(&token, None).await {
        Ok(welcome) => {
            Html(welcome_pages::page(office.css(), address(&token), welcome, Mistakes::default())).into_response()
        }
        Err(error) => no_welcome(&office, &error),
    }
}

/// Password and second factor are chosen.
pub(super) async fn welcome(
    State(office): State<Office>,
    Path(token): Path<String>,
    headers: HeaderMap,
    Form(form): Form<WelcomeForm>,
) -> Response {
    let mut visitor = match office.visitor(&headers).await {
        Ok(visitor) => visitor,
        Err(error) => return no_welcome(&office, &error),
    };
    let mistakes =
        match office.shop.accept_welcome(&mut visitor, &token, &form.wachtwoord, &form.zegel, &form.code).await {
            Ok(signed) => return let_in(&office, &visitor, &signed),
            Err(WelcomeError::Form { password, code }) => Mistakes { password, code },
            Err(WelcomeError::Shop(error)) => return no_welcome(&office, &error),
        };
    // The same second factor again, so what was scanned stays right.
    match office.shop.welcome(&token, Some(&form.zegel)).await {
        Ok(welcome) => {
            let page = welcome_pages::page(office.css(), address(&token), welcome, mistakes);
            (StatusCode::UNPROCESSABLE_ENTITY, Html(page)).into_response()
        }
        Err(error) => no_welcome(&office, &error),
    }
}

fn address(token: &str) -> String {
    // A token that was found is hex, so it stands in an address as it is.
    format!("/beheer/welkom/{token}")
}

fn no_welcome(office: &Office, error: &ShopError) -> Response {
    if *error == ShopError::NotFound {
        return (StatusCode::NOT_FOUND, Html(welcome_pages::ended(office.css()))).into_response();
    }
    let body = layout::message(false, words::trouble(error));
    (StatusCode::SERVICE_UNAVAILABLE, Html(layout::alone(office.css(), "Dit lukte niet", body))).into_response()
}

/// The link of the demo shop: in at once, for somebody at this very machine.
pub(super) async fn demo(
    State(office): State<Office>,
    Path(token): Path<String>,
    headers: HeaderMap,
    extensions: Extensions,
) -> Response {
    let mut visitor = match office.visitor(&headers).await {
        Ok(visitor) => visitor,
        Err(error) => return no_welcome(&office, &error),
    };
    match office.shop.enter_demo(&mut visitor, &token, is_at_this_machine(&headers, &extensions)).await {
        Ok(_) => office.with_cookie(&visitor, Redirect::to(paths::OVERVIEW).into_response()),
        Err(error) => no_welcome(&office, &error),
    }
}

/// Whether the connection comes from this machine itself. Behind a proxy everybody seems to, so whatever a proxy writes down
/// makes the answer no; so does a server that does not say who is connected.
fn is_at_this_machine(headers: &HeaderMap, extensions: &Extensions) -> bool {
    let forwarded = ["forwarded", "x-forwarded-for", "x-real-ip", "via"].iter().any(|name| headers.contains_key(*name));
    let connection = extensions.get::<ConnectInfo<SocketAddr>>();
    !forwarded && connection.is_some_and(|connection| connection.0.ip().to_canonical().is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn connected(address: &str) -> Extensions {
        let mut extensions = Extensions::new();
        extensions.insert(ConnectInfo::<SocketAddr>(address.parse().expect("an address")));
        extensions
    }

    #[test]
    fn only_a_direct_connection_from_this_machine_counts() {
        let mut proxied = HeaderMap::new();
        proxied.insert("x-forwarded-for", http::HeaderValue::from_static("127.0.0.1"));

        assert!(is_at_this_machine(&HeaderMap::new(), &connected("127.0.0.1:5000")));
        assert!(is_at_this_machine(&HeaderMap::new(), &connected("[::1]:5000")));
        assert!(!is_at_this_machine(&HeaderMap::new(), &connected("192.0.2.1:5000")));
        assert!(!is_at_this_machine(&proxied, &connected("127.0.0.1:5000")));
        assert!(!is_at_this_machine(&HeaderMap::new(), &Extensions::new()));
    }
}
