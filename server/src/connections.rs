//! Connections of browsers: so many at most, and none that keeps a place without saying what it wants.

use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use axum::response::Response;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use std::convert::Infallible;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::task::JoinSet;
use tower::Service;

/// Connections at the same moment. Each costs some kilobytes; a small machine has room for these, and files to open for them.
const MOST: usize = 2_000;
/// After a listener that cannot take anybody in: the reason is often that too many files are open, and then it must not spin.
const BREATH: Duration = Duration::from_millis(200);

/// What a connection may cost us.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// From the moment that a connection is made, or its last answer was sent, to the end of the headers of the next request.
    pub for_headers: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self { for_headers: Duration::from_secs(20) }
    }
}

/// Takes browsers in until told to stop, and then lets running requests end.
pub async fn serve<S>(listener: TcpListener, door: S, patience: Patience, stopped: watch::Receiver<bool>)
where
    S: Service<Request, Response = Response, Error = Infallible, Future: Send> + Clone + Send + 'static,
{
    let seats = Arc::new(Semaphore::new(MOST));
    let mut open = JoinSet::new();
    let mut stop = pin!(told(stopped.clone()));
    loop {
        let seat = tokio::select! {
            () = &mut stop => break,
            seat = Arc::clone(&seats).acquire_owned() => seat,
        };
        // The semaphore is never closed.
        let Ok(seat) = seat else { break };
        let accepted = tokio::select! {
            () = &mut stop => break,
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((stream, client)) => {
                open.spawn(connection(stream, client, door.clone(), patience, stopped.clone(), seat));
            }
            Err(error) => {
                tracing::warn!(%error, "a connection could not be taken in");
                tokio::time::sleep(BREATH).await;
            }
        }
        while open.try_join_next().is_some() {}
    }
    drop(listener);
    while open.join_next().await.is_some() {}
}

async fn connection<S>(
    stream: TcpStream,
    client: SocketAddr,
    door: S,
    patience: Patience,
    stopped: watch::Receiver<bool>,
    seat: OwnedSemaphorePermit,
) where
    S: Service<Request, Response = Response, Error = Infallible, Future: Send> + Clone + Send + 'static,
{
    // Small answers must not wait for more to send.
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "no TCP_NODELAY");
    }
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(client));
        door.clone().call(request)
    });
    let mut serving = pin!(
        http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(patience.for_headers)
            .serve_connection(TokioIo::new(stream), service)
    );
    let ended = tokio::select! {
        ended = serving.as_mut() => ended,
        () = told(stopped) => {
            serving.as_mut().graceful_shutdown();
            serving.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection broke off");
    }
    drop(seat);
}

/// Waits until the shop is told to stop.
pub async fn told(mut stopped: watch::Receiver<bool>) {
    // An error means that the sender is gone; then it is over too.
    let _ = stopped.wait_for(|stop| *stop).await;
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::Router;
    use axum::routing::get;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    const SHORT: Patience = Patience { for_headers: Duration::from_millis(300) };

    /// A shop that says "open", and the switch that stops it.
    async fn open() -> (SocketAddr, watch::Sender<bool>, tokio::task::JoinHandle<()>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("its address");
        let (stop, stopped) = watch::channel(false);
        let door = Router::new().route("/", get(|| async { "open" }));
        (address, stop, tokio::spawn(serve(listener, door, SHORT, stopped)))
    }

    /// All that comes until the other side closes.
    async fn rest(stream: &mut TcpStream) -> String {
        let mut text = String::new();
        let read = tokio::time::timeout(Duration::from_secs(10), stream.read_to_string(&mut text)).await;
        read.expect("it was closed").map(|_| text).unwrap_or_default()
    }

    #[tokio::test]
    async fn who_says_nothing_or_half_a_request_loses_the_place() {
        let (address, _stop, _shop) = open().await;
        for said in ["", "GET / HTTP/1.1\r\nHost: shop\r\nX-Slow: "] {
            let mut stream = TcpStream::connect(address).await.expect("connected");
            stream.write_all(said.as_bytes()).await.expect("written");

            assert!(!rest(&mut stream).await.contains("open"), "{said:?}");
        }
    }

    #[tokio::test]
    async fn a_connection_is_used_again_and_closed_when_it_is_not() {
        let (address, _stop, _shop) = open().await;
        let mut stream = TcpStream::connect(address).await.expect("connected");
        let mut page = [0; 512];

        for _ in 0..2 {
            stream.write_all(b"GET / HTTP/1.1\r\nHost: shop\r\n\r\n").await.expect("written");
            let length = stream.read(&mut page).await.expect("read");
            assert!(String::from_utf8_lossy(&page[..length]).ends_with("open"));
        }

        assert_eq!(rest(&mut stream).await, "");
    }

    #[tokio::test]
    async fn it_stops_when_told_and_lets_nobody_in_any_more() {
        let (address, stop, shop) = open().await;
        let idle = TcpStream::connect(address).await.expect("connected");
        stop.send(true).expect("somebody listens");

        tokio::time::timeout(Duration::from_secs(10), shop).await.expect("in time").expect("no panic");

        assert!(TcpStream::connect(address).await.is_err());
        drop(idle);
    }
}
