//! Short messages: the toast people see, and the sentence that screen readers hear.

use leptos::prelude::*;

/// What the button of a toast does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ToastAction {
    /// Puts the removed line back.
    Undo,
    /// Opens the bag.
    OpenCart,
}

/// A message that leaves by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Toast {
    /// What happened.
    pub text: String,
    /// The one thing that can be done about it.
    pub action: Option<ToastAction>,
}

/// The messages of the page.
#[derive(Debug, Clone, Copy)]
pub struct Notices {
    /// The toast on screen.
    pub toast: RwSignal<Option<Toast>>,
    /// The text of the live region.
    pub spoken: RwSignal<String>,
}

impl Notices {
    /// Makes the messages and hands them to everything below.
    pub fn provide() -> Self {
        let notices = Self { toast: RwSignal::new(None), spoken: RwSignal::new(String::new()) };
        provide_context(notices);
        notices
    }

    /// Shows a toast; it is a status region, so it is also heard.
    pub fn show(self, text: impl Into<String>, action: Option<ToastAction>) {
        self.toast.set(Some(Toast { text: text.into(), action }));
    }

    /// Says a sentence to screen readers only. The same sentence twice is heard twice.
    pub fn say(self, text: impl Into<String>) {
        let mut text = text.into();
        if self.spoken.with_untracked(|before| *before == text) {
            // A changed text is announced, an equal one is not.
            text.push('\u{a0}');
        }
        self.spoken.set(text);
    }
}

/// The messages of the page.
pub fn use_notices() -> Notices {
    expect_context()
}
