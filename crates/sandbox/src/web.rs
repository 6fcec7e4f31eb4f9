//! All HTTP of the sandbox: the provider's API with its faults, the pages, the control API and the request log.

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::middleware::{self, Next};
use axum::response::Response;
use axum::routing::get;
use http_body_util::channel::Channel;
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::klarna::{self, Klarna};
use crate::mailbox::Mailbox;
use crate::paypal::{self, PayPal};
use crate::rabo::{self, Rabo};
use crate::visits::{self, Visits};
use crate::{chatter, control, mailbox, orders_page, pages, told_to_stop};

/// Everything the sandbox answers over HTTP.
pub(crate) fn router(rabo: Rabo, paypal: PayPal, klarna: Klarna, mailbox: Mailbox) -> Router {
    let apis = rabo::api::router(rabo.clone())
        .merge(paypal::api::router(paypal.clone()))
        .merge(klarna::api::router(klarna.clone()))
        .layer(middleware::from_fn_with_state(rabo.faults().clone(), chatter::in_answers));
    Router::new()
        .merge(apis)
        .route("/", get(pages::index))
        .route("/orders", get(orders_page::list).with_state(rabo.clone()))
        .merge(rabo::pages::router(rabo.clone()))
        .merge(control::router(rabo))
        .merge(paypal::pages::router(paypal.clone()))
        .merge(paypal::control::router(paypal))
        .merge(klarna::pages::router(klarna.clone()))
        .merge(klarna::control::router(klarna))
        .merge(mailbox::pages::router(mailbox))
        .merge(visits::router(Visits::default()))
        .fallback(async || pages::not_found("Deze pagina is er niet"))
        .layer(middleware::from_fn(log))
}

/// Serves until the sandbox stops.
pub(crate) async fn serve(listener: TcpListener, router: Router, stopped: watch::Receiver<bool>) {
    if let Err(error) = axum::serve(listener, router).with_graceful_shutdown(told_to_stop(stopped)).await {
        tracing::error!(%error, "sandbox stopped serving HTTP");
    }
}

/// One line per request: no query and no body, for those hold names and tokens.
async fn log(request: Request, next: Next) -> Response {
    let method = request.method().clone();
    let path = request.uri().path().to_owned();
    let response = next.run(request).await;
    tracing::debug!(%method, path, status = response.status().as_u16(), "sandbox request");
    response
}

/// An answer whose body fails before its first byte: the server then closes the connection without having sent
/// anything, which is what a shop sees when a connection breaks after its request was carried out.
pub(crate) fn broken_off() -> Response {
    let (sender, body) = Channel::<Bytes, std::io::Error>::new(1);
    sender.abort(std::io::ErrorKind::ConnectionReset.into());
    Response::new(Body::new(body))
}
