//! The page of the bag: what is in it, what it costs with delivery before anything personal is asked, and the way to checkout.
//! Without script every change is a form; with script it shows at once and is taken back when refused.

use crate::api::cart::{CartView, cart as load_cart};
use crate::api::checkout::StartCheckout;
use crate::api::{Asked, load};
use crate::behaviour;
use crate::components::cart_drawer::refusal;
use crate::components::cart_line::cart_line;
use crate::components::discount_code::discount_code;
use crate::components::gem_meter::gem_meter;
use crate::components::hold_bar::HoldBar;
use crate::components::icon::{Icon, gem};
use crate::components::loaded::loaded;
use crate::components::measuring_tape::measuring_tape;
use crate::components::order_summary::{Sums, Totals};
use crate::components::send_button::SendButton;
use crate::components::seo::Seo;
use crate::state::{CartState, use_cart};
use crate::{routes, text};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// The page.
#[component]
pub fn CartPage() -> impl IntoView {
    loaded(load(Asked::default, |_| load_cart()), bag)
}

/// The server's answer first; from the moment the page is alive the bag of the browser, which holds the same.
fn bag(mut first: CartView) -> AnyView {
    let cart = use_cart();
    let flash = first.flash.take();
    let hold = first.hold;
    // The time that the bag is held counts along.
    Effect::new(behaviour::arrive);
    let known = first.clone();
    Effect::new(move || cart.accept(known.clone()));
    let shown = move || cart.view.with(|view| contents(view.as_ref().unwrap_or(&first), cart));
    view! {
        <Seo title="Je tas" />
        <div class="page page--midden section--s stack stack--l">
            <h1 class="fs-4" tabindex="-1">"Je tas"</h1>
            {flash
                .map(|sentence| {
                    view! {
                        <div class="melding melding--let" role="status">
                            <Icon name="info" />
                            <p>{sentence}</p>
                        </div>
                    }
                })}
            {move || cart.error.get().map(refusal)}
            {hold.map(|hold| view! { <HoldBar hold back=routes::CART /> })}
            {shown}
        </div>
    }
    .into_any()
}

fn contents(view: &CartView, cart: CartState) -> AnyView {
    if view.lines.is_empty() {
        return view! {
            <div class="leeg">
                {gem()}
                <p>{text::EMPTY_CART}</p>
                <a class="btn" href=routes::collection("")>"Bekijk de collectie"</a>
            </div>
            {measuring_tape()}
        }
        .into_any();
    }
    let lines: Vec<AnyView> = view.lines.iter().map(|line| cart_line(line, cart)).collect();
    let meter = view.to_free.map(|missing| gem_meter(view.facets, missing));
    let suggestion = view.suggestion.as_ref().map(|suggested| {
        view! {
            <section class="two__onder stack">
                <h2 class="fs-2">"Past hierbij"</h2>
                <ul class="rail" inner_html=suggested.card.clone()></ul>
            </section>
        }
    });
    view! {
        <div class="two">
            <div class="stack">
                {meter} <h2 class="weg">"Artikelen"</h2> <ul>{lines}</ul>
            </div>
            <aside class="sticky paneel paneel--haver paneel--facet" aria-label="Wat het kost" aria-busy=move || cart.busy.get().then_some("true")>
                {discount_code(view, "kortingscode", routes::CART)}
                <Totals sums=Sums::from(view) />
                {order(view.can_order)}
                <p class="klein grijs">
                    "Inclusief btw, voor bezorging in Nederland met PostNL. Naar België kan ook, voor andere kosten: je ziet ze voordat je bestelt. "
                    <a href=routes::SHIPPING>"Over verzenden"</a>
                </p>
                <p class="klein grijs">"Betalen met " {view.ways_to_pay.clone()} ". Geen extra kosten."</p>
                <p class="klein grijs">{text::REFLECTION} ", vanaf de dag nadat je pakje er is."</p>
            </aside>
            // Below the sum on a phone: nothing stands between the bag and ordering.
            {suggestion}
        </div>
    }
    .into_any()
}

fn order(can_order: bool) -> AnyView {
    if !can_order {
        return view! { <p class="let">"Haal eerst weg wat verkocht is. Dan kun je afrekenen."</p> }.into_any();
    }
    view! {
        <form method="post" action=StartCheckout::PATH data-eenmaal>
            <SendButton label="Verder naar afrekenen" class="btn btn--vol" />
        </form>
    }
    .into_any()
}
