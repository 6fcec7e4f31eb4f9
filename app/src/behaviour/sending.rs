//! A form is sent once: after the first tap its button says that it is busy, and more taps do nothing (rule K10).
//! Without script the server's own keys keep a repeat harmless.

use super::fields::mark;
use super::{all, around};
use web_sys::{Element, Event};

/// Marks a form that is on its way.
const ON_ITS_WAY: &str = "data-onderweg";
/// What a button says while its form is on its way, and what it said before.
const BUSY: &str = "data-bezig";
const READY: &str = "data-tekst";

/// Lets the first one through to the server.
pub fn sent(event: &Event) {
    let Some(form) = around(event, "form[data-eenmaal]").filter(|_| !event.default_prevented()) else { return };
    if form.has_attribute(ON_ITS_WAY) {
        event.prevent_default();
        return;
    }
    mark(&form, ON_ITS_WAY, Some(""));
    if let Some(button) = button(&form) {
        // It keeps the focus while busy, so it is `aria-disabled` and not `disabled`.
        mark(&button, "aria-disabled", Some("true"));
        mark(&button, "aria-busy", Some("true"));
        mark(&button, READY, Some(&button.text_content().unwrap_or_default()));
        button.set_text_content(Some(&button.get_attribute(BUSY).unwrap_or_default()));
    }
}

/// A page that comes back out of the browser's memory is not sending.
pub fn again() {
    for form in all("form[data-onderweg]") {
        mark(&form, ON_ITS_WAY, None);
        if let Some(button) = button(&form) {
            mark(&button, "aria-disabled", None);
            mark(&button, "aria-busy", None);
            button.set_text_content(Some(&button.get_attribute(READY).unwrap_or_default()));
        }
    }
}

fn button(form: &Element) -> Option<Element> {
    form.query_selector("[data-bezig]").ok().flatten()
}
