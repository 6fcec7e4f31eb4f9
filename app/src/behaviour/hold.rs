//! Counts along while the bag is held: a warning two minutes before the end, and more time without losing what is typed
//! (rule C6, WCAG 2.2.1). The time in words comes from the server.

use super::{around, first, write};
use crate::api::cart::HoldView;
use crate::api::checkout::extend_hold;
use leptos::leptos_dom::helpers::IntervalHandle;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::cell::{Cell, RefCell};
use std::time::Duration;
use web_sys::{Element, Event};

/// The bar. Its value is how many seconds were left when the page was made.
const BAR: &str = "[data-wacht]";
/// Milliseconds before the end at which we warn (`shop_core::stock` warns at the same moment).
const WARNING: f64 = 120_000.0;

/// What the bar says when the time is over.
pub const OVER: &str =
    "De reservering is voorbij. Je tas is bewaard; bij de volgende stap kijken we of alles er nog is.";

#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    Held,
    Ending,
    Over,
}

thread_local! {
    static END: Cell<f64> = const { Cell::new(0.0) };
    static SHOWN: Cell<Phase> = const { Cell::new(Phase::Held) };
    static RUNNING: RefCell<Option<IntervalHandle>> = const { RefCell::new(None) };
}

/// What the bar says while the bag is held.
pub fn held(hold: &HoldView) -> String {
    format!("We houden je artikelen voor je vast tot {:02}.{:02} uur.", hold.until_hour, hold.until_minute)
}

/// Starts counting on a page with a bar. A tab that slept catches up at once.
pub fn start() {
    stop();
    let Some(seconds) = first(BAR).and_then(|bar| bar.get_attribute("data-wacht")?.parse::<u32>().ok()) else { return };
    count_to(seconds);
    RUNNING.set(set_interval(tick, Duration::from_secs(1)).ok());
}

fn count_to(seconds: u32) {
    END.set(now() + f64::from(seconds) * 1000.0);
    SHOWN.set(if seconds > 0 { Phase::Held } else { Phase::Over });
}

fn stop() {
    if let Some(handle) = RUNNING.take() {
        handle.clear();
    }
}

fn tick() {
    let Some(bar) = first(BAR) else { return stop() };
    let left = END.get() - now();
    let phase = if left <= 0.0 {
        Phase::Over
    } else if left <= WARNING {
        Phase::Ending
    } else {
        Phase::Held
    };
    if SHOWN.replace(phase) != phase {
        show(&bar, phase);
    }
}

fn show(bar: &Element, phase: Phase) {
    for class in ["melding", "melding--let"] {
        // The names are ours, so a browser has nothing to refuse.
        let _ = bar.class_list().toggle_with_force(class, phase != Phase::Held);
    }
    // Filled at the warning only, so a screen reader is left alone until then.
    warn(bar, if phase == Phase::Ending { "Nog twee minuten, dan laten we je artikelen los." } else { "" });
    if phase == Phase::Over {
        write(bar, "[role=timer]", OVER);
        remove_form(bar);
    }
}

fn warn(bar: &Element, words: &str) {
    write(bar, "[role=status]", words);
}

fn remove_form(bar: &Element) {
    if let Some(form) = bar.query_selector("form").ok().flatten() {
        form.remove();
    }
}

/// Asks for more time. Sending the form would lose what is typed in the form of the page.
pub fn sent(event: &Event) {
    let Some(bar) = around(event, BAR) else { return };
    event.prevent_default();
    spawn_local(async move {
        match extend_hold(String::new()).await {
            Ok(Some(longer)) => {
                count_to(u32::try_from(longer.seconds_left).unwrap_or(0));
                show(&bar, SHOWN.get());
                write(&bar, "[role=timer]", &held(&longer));
                if !longer.can_extend {
                    remove_form(&bar);
                }
            }
            Ok(None) => {
                SHOWN.set(Phase::Over);
                END.set(0.0);
                show(&bar, Phase::Over);
            }
            Err(_) => warn(&bar, "Verlengen lukte niet. Probeer het nog eens."),
        }
    });
}

/// Milliseconds of the browser's clock.
fn now() -> f64 {
    js_sys::Date::now()
}
