//! The button that sends a form once: after the first tap it says that it is busy, and more taps do nothing.
//! Without script the server's own keys keep a repeat harmless.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

/// Whether a form is on its way. `Copy`.
#[derive(Debug, Clone, Copy)]
pub struct Sending(RwSignal<bool>);

impl Sending {
    /// Not yet sent. A page that comes back out of the browser's memory is not sending either.
    pub fn new() -> Self {
        let sending = RwSignal::new(false);
        Effect::new(move || {
            let back = window_event_listener_untyped("pageshow", move |_| sending.set(false));
            on_cleanup(move || back.remove());
        });
        Self(sending)
    }

    /// Handler of `on:submit`: lets the first one through to the server.
    pub fn once(self, event: &SubmitEvent) {
        if self.0.get_untracked() {
            event.prevent_default();
        } else {
            self.0.set(true);
        }
    }

    /// Whether it is on its way.
    pub fn get(self) -> bool {
        self.0.get()
    }
}

impl Default for Sending {
    fn default() -> Self {
        Self::new()
    }
}

/// The button. It keeps the focus while busy, so it is `aria-disabled` and not `disabled`.
#[component]
pub fn SendButton(
    /// The form it sends.
    sending: Sending,
    /// What it says.
    label: &'static str,
    /// What it says while the form is on its way.
    #[prop(default = "Een moment…")]
    busy: &'static str,
    /// Its classes.
    #[prop(default = "btn")]
    class: &'static str,
) -> impl IntoView {
    let while_busy = move || sending.get().then_some("true");
    view! {
        <button type="submit" class=class aria-disabled=while_busy aria-busy=while_busy>
            {move || if sending.get() { busy } else { label }}
        </button>
    }
}
