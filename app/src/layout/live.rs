//! The live region and the toast.

use crate::state::{Toast, ToastAction, use_cart, use_notices};
use leptos::ev;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use std::time::Duration;

/// A toast stays this long, and longer while somebody points at it or is in it.
const STAY: Duration = Duration::from_secs(6);

/// Says what happened: in words for screen readers, as a toast for everybody.
#[component]
pub fn Live() -> impl IntoView {
    let notices = use_notices();
    let cart = use_cart();
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let stop = move || {
        if let Some(handle) = timer.try_update_value(Option::take).flatten() {
            handle.clear();
        }
    };
    let start = move || {
        stop();
        timer.set_value(set_timeout(move || notices.toast.set(None), STAY).ok());
    };
    // While the bag lies over the page it shows the toast itself, for as long as it is open: nothing outside a modal dialog
    // can be reached.
    Effect::new(move || {
        if notices.toast.with(Option::is_some) && !cart.open.get() {
            start();
        } else {
            stop();
        }
    });
    let act = move |action: ToastAction| {
        notices.toast.set(None);
        match action {
            ToastAction::Undo => cart.undo(),
            ToastAction::OpenCart => cart.open.set(true),
        }
    };
    let toast = move || {
        notices.toast.get().filter(|_| !cart.open.get()).map(|Toast { text, action }| {
            view! {
                <div
                    class="toast"
                    on:mouseenter=move |_| stop()
                    on:mouseleave=move |_| start()
                    on:focusin=move |_: ev::FocusEvent| stop()
                    on:focusout=move |_: ev::FocusEvent| start()
                >
                    <span></span>
                    <span>{text}</span>
                    {action
                        .map(|action| {
                            let label = match action {
                                ToastAction::Undo => "Zet terug",
                                ToastAction::OpenCart => "Bekijk",
                            };
                            view! {
                                <button type="button" on:click=move |_| act(action)>
                                    {label}
                                </button>
                            }
                        })}
                </div>
            }
            .into_any()
        })
    };
    view! {
        <p class="weg" role="status">
            {move || notices.spoken.get()}
        </p>
        <div class="toasts" role="status">
            {toast}
        </div>
    }
    .into_any()
}
