//! The running shop: a listener, a worker, and a pulse that keeps both up to date. It stops in order: first nobody new comes
//! in, then running requests end, then the worker hands back what it holds.

use crate::boot;
use crate::config::Config;
use crate::connections::{self, Patience, told};
use crate::erasures;
use crate::http::page_cache::PageCache;
use crate::http::{Web, front_door};
use crate::jobs::Worker;
use anyhow::Context;
use shop_flows::Shop;
use shop_flows::providers::LetIn;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::{Notify, watch};

/// How long running requests may take to end.
const PATIENCE: Duration = Duration::from_secs(10);
/// How often the pulse beats.
const PULSE: Duration = Duration::from_secs(2);
/// Beats after which what was counted is written: half a minute.
const COUNTED_EVERY: u64 = 15;

/// A listener on the address of the shop. Fails when somebody else has it.
pub async fn listen(addr: SocketAddr) -> anyhow::Result<TcpListener> {
    TcpListener::bind(addr).await.with_context(|| format!("the shop cannot listen on {addr} (SHOP_ADDR)"))
}

/// Serves until the process is told to stop (Ctrl-C, SIGTERM) and everything has ended.
pub async fn run(config: &Config, shop: Shop, listener: TcpListener) -> anyhow::Result<()> {
    let wake = Arc::new(Notify::new());
    let (stop, stopped) = watch::channel(false);
    let (letters, post) = boot::mail(config)?;
    let worker = Worker {
        shop: shop.clone(),
        letters: letters.clone(),
        post,
        pictures: config.pictures(),
        avif: config.avif,
        wake: wake.clone(),
    };
    let worker = tokio::spawn(worker.run(stopped.clone()));

    tokio::spawn(knock(shop.clone()));
    let (web, cache) = Web::new(boot::web(config, &shop, &wake, &letters));
    beat_once(&shop, &cache);
    let pulse = tokio::spawn(pulse(shop.clone(), cache.clone(), config.data.clone(), stopped.clone()));
    tokio::spawn(async move {
        signal().await;
        tracing::info!("stopping");
        // Fails only when nobody is left to stop.
        let _ = stop.send(true);
    });

    let served = serve(listener, web, cache, stopped).await;
    for task in [worker, pulse] {
        let abort = task.abort_handle();
        if tokio::time::timeout(PATIENCE, task).await.is_err() {
            abort.abort();
        }
    }
    // What the last requests counted. A failure was logged where it happened.
    let _ = shop.write_counts().await;
    served
}

/// Says at the start which provider does not let the shop in, and why. The other ways to pay are offered all the same.
async fn knock(shop: Shop) {
    for LetIn { provider, methods, outcome } in shop.knock().await {
        let methods: Vec<&str> = methods.iter().map(|method| method.name()).collect();
        match outcome {
            Ok(()) => tracing::info!(provider, "lets the shop in"),
            Err(error) => {
                tracing::error!(provider, ?methods, %error, "does not let the shop in; nobody can pay with it")
            }
        }
    }
}

async fn serve(
    listener: TcpListener,
    web: Web,
    cache: PageCache,
    stopped: watch::Receiver<bool>,
) -> anyhow::Result<()> {
    let server = connections::serve(listener, front_door(web, cache), Patience::default(), stopped.clone());
    tokio::select! {
        () = server => Ok(()),
        () = async { told(stopped).await; tokio::time::sleep(PATIENCE).await } => {
            tracing::warn!("some requests did not end in time");
            Ok(())
        }
    }
}

/// Follows changes by other processes, and the delivery promise as the day goes on.
async fn pulse(shop: Shop, cache: PageCache, data: PathBuf, stopped: watch::Receiver<bool>) {
    let mut stop = stopped;
    for beat in 1_u64.. {
        tokio::select! {
            () = tokio::time::sleep(PULSE) => {}
            _ = stop.wait_for(|stop| *stop) => return,
        }
        beat_once(&shop, &cache);
        // A failure was logged where it happened; the next beat tries again.
        let _ = shop.refresh_catalogue().await;
        if beat.is_multiple_of(COUNTED_EVERY) {
            let _ = shop.write_counts().await;
            if let Err(error) = erasures::keep(&shop, &data).await {
                tracing::error!(%error, "who was erased cannot be kept beside the database");
            }
        }
    }
}

fn beat_once(shop: &Shop, cache: &PageCache) {
    let arrival = shop.arrival();
    cache.set_promise(arrival.day.number() * 2 + i64::from(arrival.if_ordered_today));
}

/// Waits for Ctrl-C or SIGTERM.
async fn signal() {
    let interrupted = async {
        if let Err(error) = tokio::signal::ctrl_c().await {
            tracing::error!(%error, "Ctrl-C cannot be listened for");
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminated = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut terminate) => {
                terminate.recv().await;
            }
            Err(error) => {
                tracing::error!(%error, "SIGTERM cannot be listened for");
                std::future::pending::<()>().await;
            }
        }
    };
    #[cfg(not(unix))]
    let terminated = std::future::pending::<()>();
    tokio::select! {
        () = interrupted => {}
        () = terminated => {}
    }
}
