//! A page that needs data: a quiet skeleton, the page, or why it cannot be shown. Futures and views lose their types here, so that
//! the machinery around them is in the browser's module once.

use crate::api::{ApiError, Loaded};
use crate::components::page_error::page_error;
use leptos::prelude::*;
use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::sync::{Arc, Mutex};

type Later = Pin<Box<dyn Future<Output = AnyView> + Send>>;
type Make = Box<dyn Fn() -> Later + Send + Sync>;

/// Shows `data` with `show` once it is there.
pub fn loaded<T>(data: Loaded<T>, show: impl Fn(T) -> AnyView + Clone + Send + Sync + 'static) -> AnyView
where
    Loaded<T>: Copy + Send + Sync + IntoFuture<Output = Result<T, ApiError>, IntoFuture: Send>,
    T: Send + Sync + 'static,
{
    suspense(later(data, show))
}

/// The same for lists and articles: what was there stays until the next is ready.
pub fn following<T>(data: Loaded<T>, show: impl Fn(T) -> AnyView + Clone + Send + Sync + 'static) -> AnyView
where
    Loaded<T>: Copy + Send + Sync + IntoFuture<Output = Result<T, ApiError>, IntoFuture: Send>,
    T: Send + Sync + 'static,
{
    transition(later(data, show))
}

/// For parts of every page, which stand also when their data could not be had.
pub fn always<T>(
    data: Loaded<T>,
    show: impl Fn(Result<T, ApiError>) -> AnyView + Clone + Send + Sync + 'static,
) -> AnyView
where
    Loaded<T>: Copy + Send + Sync + IntoFuture<Output = Result<T, ApiError>, IntoFuture: Send>,
    T: Send + Sync + 'static,
{
    let make: Make = Box::new(move || {
        let show = show.clone();
        Box::pin(async move { show(data.await) })
    });
    quiet(make)
}

fn later<T>(data: Loaded<T>, show: impl Fn(T) -> AnyView + Clone + Send + Sync + 'static) -> Make
where
    Loaded<T>: Copy + Send + Sync + IntoFuture<Output = Result<T, ApiError>, IntoFuture: Send>,
    T: Send + Sync + 'static,
{
    Box::new(move || {
        let show = show.clone();
        Box::pin(async move {
            match data.await {
                Ok(page) => show(page),
                Err(error) => page_error(error),
            }
        })
    })
}

fn suspense(make: Make) -> AnyView {
    view! { <Suspense fallback=skeleton>{move || Suspend::new(make())}</Suspense> }.into_any()
}

fn transition(make: Make) -> AnyView {
    view! { <Transition>{lasting(make)}</Transition> }.into_any()
}

/// Lets what a page owns live until the next one is on screen. The framework would end it when the next one is asked for, and a tap on the page
/// that still stands there would then stop the whole app.
fn lasting(make: Make) -> impl Fn() -> Suspend<AnyView> + Send + Sync + 'static {
    let above = Owner::current().unwrap_or_default();
    let shown = Arc::new(Mutex::new(None));
    move || {
        // A server shows one page only, and ends it itself.
        let owner = if cfg!(feature = "hydrate") { above.child() } else { Owner::current().unwrap_or_default() };
        let (page, shown, next) = (owner.with(&make), Arc::clone(&shown), owner.clone());
        let whole: Later = Box::pin(async move {
            let view = page.await;
            let last = shown.lock().ok().and_then(|mut shown| shown.replace(next));
            drop(last);
            view
        });
        owner.with(|| Suspend::new(whole))
    }
}

fn quiet(make: Make) -> AnyView {
    view! { <Suspense>{move || Suspend::new(make())}</Suspense> }.into_any()
}

/// What stands there until the page has come.
pub fn skeleton() -> AnyView {
    view! {
        <div class="page section--s stack" aria-busy="true">
            <p class="weg">"Even laden…"</p>
            <div class="skelet skelet--regel skelet--kort"></div>
            <div class="skelet skelet--regel"></div>
            <div class="skelet skelet--regel"></div>
        </div>
    }
    .into_any()
}
