//! Keeps open tabs in step: who changes the bag says so, the others ask for it again.

use leptos::prelude::*;
use std::cell::RefCell;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{BroadcastChannel, PageTransitionEvent};

thread_local! {
    static CHANNEL: RefCell<Option<BroadcastChannel>> = const { RefCell::new(None) };
}

/// Calls `changed` when another tab changed the bag, and when this page comes back out of the browser's memory. Call once, in the browser.
pub fn listen(changed: impl Fn() + Clone + 'static) {
    if let Ok(channel) = BroadcastChannel::new("cart") {
        let other_tab = changed.clone();
        let on_message = Closure::<dyn Fn()>::new(other_tab);
        channel.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        // Lives as long as the page.
        on_message.forget();
        CHANNEL.with_borrow_mut(|slot| *slot = Some(channel));
    }
    let handle = window_event_listener_untyped("pageshow", move |event| {
        if event.dyn_ref::<PageTransitionEvent>().is_some_and(PageTransitionEvent::persisted) {
            changed();
        }
    });
    std::mem::forget(handle);
}

/// Tells the other tabs that the bag changed.
pub fn tell() {
    CHANNEL.with_borrow(|slot| {
        if let Some(channel) = slot {
            // Nobody listening is fine.
            let _ = channel.post_message(&"changed".into());
        }
    });
}

/// Whether the server marked this browser as one with a session; without the mark nothing is asked.
pub fn has_session() -> bool {
    let Some(document) = document().dyn_ref::<web_sys::HtmlDocument>().cloned() else { return false };
    document.cookie().is_ok_and(|cookies| cookies.split(';').any(|pair| pair.trim() == "ag=1"))
}
