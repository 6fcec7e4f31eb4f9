//! A payment that the provider has not spoken about yet: asks every two seconds for a minute, one question at a time.

use super::fields::mark;
use super::{first, write};
use crate::api::checkout::newer_order;
use crate::state::Notices;
use leptos::leptos_dom::helpers::IntervalHandle;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::cell::{Cell, RefCell};
use std::time::Duration;

/// What the page says while it asks.
pub const WAITING: &str = "We wachten op je bank. Je hoeft niets te doen; je krijgt zo een mail.";
const GIVEN_UP: &str =
    "Je bank neemt de tijd. Je krijgt een mail zodra we het weten. Je kunt deze pagina gerust sluiten.";

const PENDING: &str = "[data-betaling]";
/// How often is asked, and how many times: a minute in all.
const EVERY: Duration = Duration::from_secs(2);
const AT_MOST: u32 = 30;

thread_local! {
    static NOTICES: Cell<Option<Notices>> = const { Cell::new(None) };
    static ASKED: Cell<u32> = const { Cell::new(0) };
    static ON_ITS_WAY: Cell<bool> = const { Cell::new(false) };
    static RUNNING: RefCell<Option<IntervalHandle>> = const { RefCell::new(None) };
}

/// Where the news is said.
pub fn speak_with(notices: Notices) {
    NOTICES.set(Some(notices));
}

/// Starts asking on a page that waits.
pub fn start() {
    stop();
    let Some(pending) = first(PENDING) else { return };
    mark(&pending, "aria-busy", Some("true"));
    ASKED.set(0);
    RUNNING.set(set_interval(ask, EVERY).ok());
}

fn stop() {
    if let Some(handle) = RUNNING.take() {
        handle.clear();
    }
}

fn ask() {
    if ON_ITS_WAY.get() {
        return;
    }
    let Some(pending) = first(PENDING) else { return stop() };
    if ASKED.get() >= AT_MOST {
        stop();
        mark(&pending, "aria-busy", None);
        write(&pending, "p", GIVEN_UP);
        return;
    }
    ASKED.set(ASKED.get() + 1);
    ON_ITS_WAY.set(true);
    let number = pending.get_attribute("data-betaling").unwrap_or_default();
    spawn_local(async move {
        // No answer: the next second look may have one.
        let answer = newer_order(number).await.ok().flatten();
        ON_ITS_WAY.set(false);
        // The page may be gone by now; then there is nothing to write to.
        let page = first("[data-woorden]").filter(|_| first(PENDING).is_some());
        if let (Some(html), Some(page)) = (answer, page) {
            stop();
            page.set_inner_html(&html);
            if let Some(notices) = NOTICES.get() {
                notices.say("We weten meer over je betaling. De pagina is bijgewerkt.");
            }
        }
    });
}
