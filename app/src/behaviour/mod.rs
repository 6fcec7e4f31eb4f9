//! What pages made on the server do in the browser: small behaviours over plain HTML, hung on attributes. One set of listeners serves
//! every form, so that forms need not be compiled for the browser; without script each is a plain post (ADR 0005, ADR 0006).
//!
//! | attribute | on | what it does |
//! | --- | --- | --- |
//! | `data-regel` | a field | is judged after it was edited and left |
//! | `data-eenmaal` | a form | is sent once; its button says that it is busy |
//! | `data-voorstel` | a proposal of the register | fills in street and town |
//! | `data-wacht` | the bar that says how long the bag is held | counts along |
//! | `data-betaling` | a payment that is not known yet | asks again |
//! | `data-kopieer` | a button | copies its value |

pub mod address;
pub mod fields;
pub mod hold;
pub mod payment;
pub mod sending;

use crate::state::Notices;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement};

/// Listens to every form of this page and of the ones after it. Call once, in the browser.
pub fn listen(notices: Notices) {
    payment::speak_with(notices);
    on("input", fields::typed);
    on("focusout", fields::left);
    on("change", fields::chosen);
    on("click", copy);
    on("pageshow", |_| sending::again());
    on("submit", |event| {
        hold::sent(event);
        address::sent(event);
        sending::sent(event);
    });
}

/// A page has just come alive: what counts along starts, what has to be looked at again gets the focus.
pub fn arrive() {
    hold::start();
    payment::start();
    if let Some(summary) = first(".fout-overzicht").and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
        // A browser that refuses focus leaves it where it was.
        let _ = summary.focus();
    }
}

fn on(name: &'static str, act: fn(&Event)) {
    // Lives as long as the page.
    std::mem::forget(window_event_listener_untyped(name, move |event| act(&event)));
}

/// The element that an event is about, or the one around it that fits.
fn around(event: &Event, selector: &str) -> Option<Element> {
    event.target()?.dyn_into::<Element>().ok()?.closest(selector).ok().flatten()
}

fn first(selector: &str) -> Option<Element> {
    document().query_selector(selector).ok().flatten()
}

fn all(selector: &str) -> Vec<Element> {
    let Ok(found) = document().query_selector_all(selector) else { return Vec::new() };
    (0..found.length()).filter_map(|at| found.item(at)?.dyn_into().ok()).collect()
}

/// Writes words into the part of an element that fits.
fn write(inside: &Element, selector: &str, words: &str) {
    if let Some(part) = inside.query_selector(selector).ok().flatten() {
        part.set_text_content(Some(words));
    }
}

fn copy(event: &Event) {
    let Some(button) = around(event, "[data-kopieer]") else { return };
    // A refused clipboard leaves the text on screen to be selected by hand.
    let _ = window().navigator().clipboard().write_text(&button.get_attribute("data-kopieer").unwrap_or_default());
    write(&button, "[role=status]", "Gekopieerd");
}
