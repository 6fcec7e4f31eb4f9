//! The bag as a drawer: a real dialog, so focus goes in, Escape closes, and focus goes back (rule C1).

use super::cart_line::cart_line;
use super::discount_code::{discount_code, discount_row};
use super::gem_meter::gem_meter;
use super::icon::{gem, icon};
use super::measuring_tape::measuring_tape;
use crate::api::cart::CartView;
use crate::routes;
use crate::state::{CartState, ToastAction, use_cart, use_notices};
use crate::text;
use leptos::html;
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use wasm_bindgen::JsCast;
use web_sys::{Element, MouseEvent};

/// The drawer. It stands once in the page and is empty until it opens.
#[component]
pub fn CartDrawer() -> impl IntoView {
    let cart = use_cart();
    let dialog = NodeRef::<html::Dialog>::new();
    let path = use_location().pathname;
    Effect::new(move |before: Option<String>| {
        let now = path.get();
        if before.is_some_and(|before| before != now) {
            cart.open.set(false);
        }
        now
    });
    Effect::new(move || {
        let (Some(dialog), open) = (dialog.get(), cart.open.get()) else { return };
        if open && !dialog.open() {
            if cart.view.with_untracked(Option::is_none) {
                cart.refresh();
            }
            // A browser without dialogs has the page of the bag.
            let _ = dialog.show_modal();
        } else if !open && dialog.open() {
            dialog.close();
        }
    });
    // The dialog covers the screen; what is tapped beside the sheet is the dialog itself.
    let beside = move |event: MouseEvent| {
        let on_dialog = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        if on_dialog.is_some_and(|element| element.tag_name().eq_ignore_ascii_case("dialog")) {
            cart.open.set(false);
        }
    };
    let title = move || match cart.pieces.get() {
        0 => "Je tas".to_owned(),
        pieces => ["Je tas (", &pieces.to_string(), ")"].concat(),
    };
    view! {
        <dialog
            class="lade"
            aria-labelledby="tas-titel"
            node_ref=dialog
            on:close=move |_| cart.open.set(false)
            on:click=beside
        >
            <div class="lade__blad">
                <div class="lade__kop">
                    <h2 id="tas-titel">{title}</h2>
                    <button type="button" class="ib" aria-label="Tas sluiten" on:click=move |_| cart.open.set(false)>
                        {icon("x")}
                    </button>
                </div>
                {move || cart.open.get().then(|| inside(cart))}
            </div>
        </dialog>
    }
    .into_any()
}

fn inside(cart: CartState) -> AnyView {
    let body = move || {
        cart.view.with(|view| match view {
            None => view! {
                <p class="grijs" role="status">
                    "Even geduld"
                </p>
            }
            .into_any(),
            Some(view) if view.lines.is_empty() => empty(),
            Some(view) => filled(view, cart),
        })
    };
    view! {
        <div class="lade__lijf">
            {move || cart.error.get().map(refusal)} {undo(cart)} {body}
        </div>
        {move || cart.view.with(|view| view.as_ref().filter(|view| !view.lines.is_empty()).map(|view| foot(view, cart)))}
    }
    .into_any()
}

/// What was taken out, with the way to put it back.
fn undo(cart: CartState) -> AnyView {
    let notices = use_notices();
    let put_back = move |_| {
        notices.toast.set(None);
        cart.undo();
    };
    let row = move || {
        notices.toast.get().filter(|toast| toast.action == Some(ToastAction::Undo)).map(|toast| {
            view! {
                <div class="toast">
                    <span></span>
                    <span>{toast.text}</span>
                    <button type="button" on:click=put_back>
                        "Zet terug"
                    </button>
                </div>
            }
            .into_any()
        })
    };
    view! { <div role="status">{row}</div> }.into_any()
}

/// Why a change was refused.
pub fn refusal(reason: String) -> AnyView {
    view! {
        <div class="melding melding--fout" role="alert">
            {icon("circle-alert")} <p>{reason}</p>
        </div>
    }
    .into_any()
}

fn empty() -> AnyView {
    view! {
        <div class="leeg">{gem()} <p>{text::EMPTY_CART}</p></div>
        {measuring_tape()}
    }
    .into_any()
}

fn filled(view: &CartView, cart: CartState) -> AnyView {
    let lines: Vec<AnyView> = view.lines.iter().map(|line| cart_line(line, cart)).collect();
    view! {
        {view.to_free.map(|missing| gem_meter(view.facets, missing))}
        <ul>{lines}</ul>
        {discount_code(view, "kortingscode-lade", routes::CART)}
        {view
            .suggestion
            .as_ref()
            .map(|suggested| view! { <section class="lade__extra" inner_html=suggested.line.clone()></section> })}
    }
    .into_any()
}

fn foot(view: &CartView, cart: CartState) -> AnyView {
    let shipping = if view.shipping.in_cents() == 0 { "gratis".to_owned() } else { view.shipping.to_string() };
    let code = view.code.as_ref().map(|code| code.code.as_str()).unwrap_or_default();
    view! {
        <div class="lade__voet" aria-busy=move || cart.busy.get().then_some("true")>
            <dl class="rij">
                <dt>"Artikelen"</dt>
                <dd>{view.goods.to_string()}</dd>
                {discount_row(code, view.discount)}
                <dt>"Verzending (PostNL)"</dt>
                <dd>{shipping}</dd>
                <dt class="som">"Totaal"</dt>
                <dd class="som">{view.total.to_string()}</dd>
            </dl>
            {if view.can_order {
                view! {
                    <form method="post" action="/api/checkout/start">
                        <button class="btn btn--vol">"Verder naar afrekenen"</button>
                    </form>
                }
                    .into_any()
            } else {
                view! { <p class="let">"Haal eerst weg wat verkocht is. Dan kun je afrekenen."</p> }.into_any()
            }}
            <a class="link self-center" href=routes::CART>
                "Bekijk je tas"
            </a>
            <p class="klein grijs mid">
                "Inclusief btw, bezorging in Nederland. Betalen met "
                {view.ways_to_pay.clone()}
                "."
            </p>
        </div>
    }
    .into_any()
}
