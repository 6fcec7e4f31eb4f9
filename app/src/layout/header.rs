//! Top line and header. The server sends the same for everybody; count and account state come after hydration.

use super::menu::menu;
use crate::api::catalog::ShopFacts;
#[cfg(feature = "ssr")]
use crate::components::icon::small_icon;
use crate::components::icon::{icon, logo_mark};
use crate::components::loaded::always;
use crate::routes;
use crate::state::shop::plain;
use crate::state::{CartState, use_cart, use_shop};
use crate::text;
use leptos::prelude::*;
use leptos_router::components::A;
use leptos_router::hooks::use_location;

/// Top line and header.
#[component]
pub fn Header() -> impl IntoView {
    let shop = use_shop();
    let cart = use_cart();
    let path = use_location().pathname;
    always(shop, move |facts| {
        let facts = facts.unwrap_or_else(|_| plain());
        view! {
            <div inner_html=top_line(&facts)></div>
            <header class="kop">
                <div class="page kop__in">
                    <div class="kop__merk">{menu(&facts, path, cart)} {logo()}</div>
                    <nav aria-label="Assortiment">
                        <ul>{links(&facts)}</ul>
                    </nav>
                    <span class="alleen-s"></span>
                    <div class="kop__acties">{actions(cart, path)}</div>
                </div>
            </header>
        }
        .into_any()
    })
}

/// The name of the shop, linked to the front page.
pub fn logo() -> AnyView {
    view! {
        <a class="logo" href=routes::HOME aria-label="All Gems, organic kidswear: naar de startpagina">
            {logo_mark()}
            <span>
                <b>"All Gems"</b>
                <span>"organic kidswear"</span>
            </span>
        </a>
    }
    .into_any()
}

/// What stands above the header. Nothing in it changes, so the browser carries none of it.
#[cfg(not(feature = "ssr"))]
fn top_line(_: &ShopFacts) -> String {
    String::new()
}

#[cfg(feature = "ssr")]
fn top_line(facts: &ShopFacts) -> String {
    let organic = (facts.articles > 0).then(|| {
        let words = [
            &facts.organic.to_string(),
            " van ",
            &facts.articles.to_string(),
            " artikelen: minstens 70% biologisch katoen",
        ]
        .concat();
        view! {
            <li>
                {small_icon("leaf")} <span>{words}</span>
            </li>
        }
    });
    let free = facts.free_from.map(|limit| {
        view! {
            <li>
                {small_icon("package")} <span>{["Gratis verzending vanaf ", &text::round(limit)].concat()}</span>
            </li>
        }
    });
    let demo = facts.demo.then(|| {
        view! {
            <section class="usp" aria-label="Proefwinkel">
                <div class="page">
                    <ul>
                        <li>
                            {small_icon("info")}
                            <span>"Dit is een proefwinkel. Je kunt alles proberen; er wordt niets betaald of verstuurd."</span>
                        </li>
                    </ul>
                </div>
            </section>
        }
    });
    view! {
        {demo}
        <section class="usp" aria-label="Goed om te weten">
            <div class="page">
                <ul>
                    {organic} {free} <li>
                        {small_icon("rotate-ccw")} <span>{text::REFLECTION}</span>
                    </li>
                </ul>
            </div>
        </section>
    }
    .into_any()
    .to_html()
}

fn links(facts: &ShopFacts) -> Vec<AnyView> {
    facts
        .menu
        .iter()
        .filter(|entry| entry.in_bar)
        .cloned()
        .map(|entry| {
            view! {
                <li>
                    <A href=entry.path>{entry.title}</A>
                </li>
            }
            .into_any()
        })
        .collect()
}

fn actions(cart: CartState, path: Memo<String>) -> AnyView {
    let account = move || if cart.signed_in.get() { routes::ACCOUNT } else { routes::SIGN_IN };
    let account_label = move || if cart.signed_in.get() { "Mijn account" } else { "Inloggen" };
    let open_bag = move |event: web_sys::MouseEvent| {
        let plain = event.button() == 0 && !event.ctrl_key() && !event.meta_key() && !event.shift_key();
        // On the page of the bag the drawer would show the same twice.
        if plain && path.get_untracked() != routes::CART {
            event.prevent_default();
            cart.open.set(true);
        }
    };
    let count = move || match cart.pieces.get() {
        0 => String::new(),
        pieces => pieces.to_string(),
    };
    view! {
        <a class="ib" href=routes::SEARCH aria-label="Zoeken">
            {icon("search")}
        </a>
        <a class="ib alleen-l" href=account aria-label=account_label>
            {icon("user-round")}
        </a>
        <a class="ib" href=routes::CART aria-label=move || text::bag_label(cart.pieces.get()) on:click=open_bag>
            {icon("shopping-bag")}
            <span class="tel" aria-hidden="true" hidden=move || cart.pieces.get() == 0>
                {count}
            </span>
        </a>
    }
    .into_any()
}
