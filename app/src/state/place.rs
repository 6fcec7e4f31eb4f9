//! Where somebody was. After a step forward the heading gets the focus; after a step back the page stands where it was,
//! with the focus on the link that was followed (rules L2 and X2).

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use std::cell::{Cell, RefCell};
use std::time::Duration;
use wasm_bindgen::JsCast;
use web_sys::{FocusOptions, HtmlAnchorElement, HtmlElement};

/// A place in the history of this tab.
#[derive(Clone)]
struct Place {
    address: String,
    top: f64,
    /// Finds the link that was followed; empty when it was none.
    followed: String,
}

thread_local! {
    static STEPPED_BACK: Cell<bool> = const { Cell::new(false) };
    static TOP: Cell<f64> = const { Cell::new(0.0) };
    static PLACES: RefCell<Vec<Place>> = const { RefCell::new(Vec::new()) };
}

/// More places than this are not remembered.
const MOST: usize = 50;

/// Listens to the history. Call in the browser, before the router is made: its own listener must hear a step back later than this one.
pub fn listen() {
    let back = window_event_listener_untyped("popstate", |_| STEPPED_BACK.set(true));
    let scroll = window_event_listener_untyped("scroll", |_| TOP.set(window().scroll_y().unwrap_or_default()));
    // Both live as long as the page.
    std::mem::forget((back, scroll));
}

/// Follows the address: remembers where a page was left, and sets focus and scroll on the next one.
/// `routing` is true while the next page is being fetched.
pub fn follow(routing: Signal<bool>) {
    let location = use_location();
    let address = Memo::new(move |_| (location.pathname.get(), location.search.get()));
    let waiting = StoredValue::new(false);
    Effect::new(move |before: Option<(String, String)>| {
        let now = address.get();
        let busy = routing.get();
        let Some(before) = before else { return now };
        if before != now {
            remember(&before);
            // Filters change the query only: there the focus stays on the control.
            waiting.set_value(before.0 != now.0 || STEPPED_BACK.get());
        }
        if waiting.get_value() && !busy {
            let arrived = now.clone();
            let then = move || {
                // The router may have started to fetch in the meantime; then this runs again when it is done.
                if waiting.try_get_value() == Some(true) && routing.try_get_untracked() == Some(false) {
                    waiting.set_value(false);
                    arrive(&arrived);
                }
            };
            // Without a timer there is no focus; the page itself works.
            let _ = set_timeout(then, Duration::from_millis(40));
        }
        now
    });
}

fn key((path, search): &(String, String)) -> String {
    [path, "?", search].concat()
}

fn remember(left: &(String, String)) {
    let followed = document().active_element().and_then(|element| element.dyn_into::<HtmlAnchorElement>().ok());
    let place = Place {
        address: key(left),
        top: TOP.get(),
        followed: followed.and_then(|link| selector(&link)).unwrap_or_default(),
    };
    PLACES.with_borrow_mut(|places| {
        places.retain(|other| other.address != place.address);
        if places.len() >= MOST {
            places.remove(0);
        }
        places.push(place);
    });
}

/// A selector that finds a link again. The same address may stand in a list twice, as the name of a card and as the colour of another
/// one; the class tells them apart.
fn selector(link: &HtmlAnchorElement) -> Option<String> {
    let href = link.get_attribute("href").filter(|href| !href.contains(['"', '\\']))?;
    let class = link.class_name();
    let class = if class.is_empty() { ":not([class])".to_owned() } else { ["[class=\"", &class, "\"]"].concat() };
    Some(["main a[href=\"", &href, "\"]", &class].concat())
}

fn arrive(at: &(String, String)) {
    let back = STEPPED_BACK.replace(false);
    let known = PLACES.with_borrow(|places| places.iter().find(|place| place.address == key(at)).cloned());
    match known.filter(|_| back) {
        Some(place) => {
            window().scroll_to_with_x_and_y(0.0, place.top);
            if !place.followed.is_empty() {
                focus(&place.followed, false);
            }
        }
        None => focus("main h1", true),
    }
}

/// Moves the focus without moving the page. `bare` elements cannot be focused by themselves and are made so.
pub fn focus(selector: &str, bare: bool) {
    let Some(element) =
        document().query_selector(selector).ok().flatten().and_then(|found| found.dyn_into::<HtmlElement>().ok())
    else {
        return;
    };
    if bare {
        element.set_tab_index(-1);
    }
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    // An element that is gone by now needs no focus.
    let _ = element.focus_with_options(&options);
}
