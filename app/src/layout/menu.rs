//! The menu of phones: a `<details>`, so it opens without script. With script Escape closes it, the page behind it rests,
//! and a new page closes it.

use crate::api::catalog::ShopFacts;
use crate::components::icon::{icon, small_icon};
use crate::routes;
use crate::state::CartState;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// The menu with its button.
pub fn menu(facts: &ShopFacts, path: Memo<String>, cart: CartState) -> AnyView {
    let panel = NodeRef::<html::Details>::new();
    let close = move || {
        if let Some(panel) = panel.get_untracked().filter(|panel| panel.open()) {
            panel.set_open(false);
        }
    };
    Effect::new(move |before: Option<String>| {
        let now = path.get();
        if before.is_some_and(|before| before != now) {
            close();
        }
        now
    });
    let toggled = move |_| {
        let open = panel.get_untracked().is_some_and(|panel| panel.open());
        rest("main", open);
        rest("footer", open);
    };
    let keys = move |event: web_sys::KeyboardEvent| {
        if event.key() == "Escape" {
            close();
            crate::state::place::focus(".menu > summary", false);
        }
    };
    let rows: Vec<AnyView> = facts
        .menu
        .iter()
        .map(|entry| {
            view! {
                <li>
                    <a href=entry.path.clone()>
                        <span>{entry.title.clone()}</span>
                        {small_icon("chevron-right")}
                    </a>
                </li>
            }
            .into_any()
        })
        .collect();
    let account = move || if cart.signed_in.get() { routes::ACCOUNT } else { routes::SIGN_IN };
    let account_label = move || if cart.signed_in.get() { "Mijn account" } else { "Inloggen" };
    view! {
        <details class="menu alleen-s" node_ref=panel on:toggle=toggled on:keydown=keys>
            <summary class="ib" aria-label="Menu">
                {icon("menu")}
                <span class="sluit">{icon("x")}</span>
            </summary>
            <div class="lade lade--links">
                <div class="lade__blad">
                    <div class="lade__kop">
                        <h2>"Menu"</h2>
                    </div>
                    <nav class="lade__lijf stack" aria-label="Hoofdmenu">
                        <ul class="menulijst">{rows}</ul>
                    </nav>
                    <div class="lade__voet">
                        <div class="row row--split">
                            <a class="link" href=account>
                                {small_icon("user-round")}
                                {account_label}
                            </a>
                            <a class="link" href=routes::CONTACT>
                                {small_icon("mail")}
                                "Contact"
                            </a>
                        </div>
                    </div>
                </div>
            </div>
        </details>
    }
    .into_any()
}

/// Takes a part of the page out of reach of keyboard and reader while something lies over it.
fn rest(selector: &str, resting: bool) {
    let part = document().query_selector(selector).ok().flatten().and_then(|part| part.dyn_into::<HtmlElement>().ok());
    if let Some(part) = part {
        part.set_inert(resting);
    }
}
