//! A page that needs data: a quiet skeleton, the page, or why it cannot be shown.

use crate::api::Loaded;
use crate::components::page_error::page_error;
use leptos::prelude::*;

/// Shows `data` with `show` once it is there.
pub fn loaded<T>(data: Loaded<T>, show: fn(T) -> AnyView) -> AnyView
where
    T: Clone + Send + Sync + 'static,
{
    view! {
        <Suspense fallback=skeleton>
            {move || Suspend::new(async move {
                match data.await {
                    Ok(page) => show(page),
                    Err(error) => page_error(error),
                }
            })}
        </Suspense>
    }
    .into_any()
}

fn skeleton() -> AnyView {
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
