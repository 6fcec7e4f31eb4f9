//! Postal code and house number bring street and town (rule K6): filled in for all to see and free to change. A silent register
//! stops nobody.

use super::fields::{clear, country};
use super::{around, first};
use crate::api::checkout::find_address;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shop_core::address::{Country, HouseNumber, PostalCode};
use shop_core::checkout::{Field, TypedDetails};
use std::cell::RefCell;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement};

thread_local! {
    /// Street and town that we filled in; what she typed herself is never written over.
    static FILLED: RefCell<(String, String)> = const { RefCell::new((String::new(), String::new())) };
}

/// Asks the register when postal code and house number can be read.
pub fn look_up() {
    let typed =
        TypedDetails { postal_code: text(Field::PostalCode), house: text(Field::House), ..TypedDetails::default() }
            .tidied();
    let dutch = Country::parse(&country()).unwrap_or_default() == Country::Nl;
    let readable =
        PostalCode::parse(&typed.postal_code, Country::Nl).is_ok() && HouseNumber::parse(&typed.house).is_ok();
    if !dutch || !readable {
        say("");
        return;
    }
    spawn_local(async move {
        // No answer is no reason to stop: she types street and town herself.
        let Ok(answer) = find_address(typed.postal_code, typed.house).await else { return };
        let (before_street, before_city) = FILLED.with_borrow(Clone::clone);
        let Some((street, city)) = answer else {
            take_back(Field::Street, &before_street);
            take_back(Field::City, &before_city);
            say("We kennen deze postcode met dit huisnummer niet. Klopt het? Vul dan zelf straat en plaats in.");
            return;
        };
        let ours = |now: String, before: String| now.trim().is_empty() || now == before;
        if ours(text(Field::Street), before_street) && ours(text(Field::City), before_city) {
            say(&["Gevonden: ", &street, ", ", &city, ". Klopt het niet? Pas het hieronder aan."].concat());
            fill(street, city);
        } else {
            // What is there she wrote herself; a sentence about an earlier address would contradict it.
            say("");
        }
    });
}

/// Takes over what the register proposes. Without script the form of the proposal is sent with these lines.
pub fn sent(event: &Event) {
    let Some(proposal) = around(event, "[data-voorstel]") else { return };
    event.prevent_default();
    let line = |field: Field| {
        let hidden = proposal.query_selector(&["[name=", field.name(), "]"].concat()).ok().flatten();
        hidden.and_then(|hidden| hidden.get_attribute("value")).unwrap_or_default()
    };
    fill(line(Field::Street), line(Field::City));
    // Gone for everybody; the form below has the lines now.
    let _ = proposal.class_list().add_1("weg");
}

fn fill(street: String, city: String) {
    for (field, words) in [(Field::Street, &street), (Field::City, &city)] {
        if let Some(input) = input(field) {
            input.set_value(words);
            // She stands in it, about to type: what she types takes its place instead of being put behind it.
            if document().active_element().as_ref() == Some(input.as_ref()) {
                input.select();
            }
            clear(field);
        }
    }
    FILLED.set((street, city));
}

/// Empties a line that still says what we filled in for another address.
fn take_back(field: Field, ours: &str) {
    if let Some(input) = input(field).filter(|input| !ours.is_empty() && input.value() == ours) {
        input.set_value("");
    }
}

fn say(words: &str) {
    if let Some(status) = first("[data-gevonden]") {
        status.set_text_content(Some(words));
    }
}

fn input(field: Field) -> Option<HtmlInputElement> {
    document().get_element_by_id(field.name())?.dyn_into().ok()
}

fn text(field: Field) -> String {
    input(field).map(|input| input.value()).unwrap_or_default()
}
