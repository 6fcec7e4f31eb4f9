//! An order, for the person who placed it: what happened, what happens next, and every way to change her mind.
//! A pending payment asks again by itself.

mod facts;
mod standing;
mod transfer;

use crate::api::checkout::{OrderPage as Page, OrderStanding, order_page};
use crate::api::load;
use crate::components::loaded::loaded;
use crate::components::seo::Seo;
use crate::components::timeline::Timeline;
use facts::{Address, Cancel, ChangedYourMind, Ordered};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use standing::Standing;

/// The page.
#[component]
pub fn OrderPage() -> impl IntoView {
    let params = use_params_map();
    let number = move || params.with(|params| params.get("number").unwrap_or_default());
    let page = load(number, order_page);
    loaded(page, order)
}

/// The order as it is now; a newer answer takes its place.
fn order(page: Page) -> AnyView {
    let page = RwSignal::new(page);
    (move || face(page.get(), page)).into_any()
}

fn face(order: Page, newest: RwSignal<Page>) -> AnyView {
    let cancelled = matches!(order.standing, OrderStanding::Cancelled { .. });
    let number = order.number.clone();
    let cancel = order.can_cancel.then(|| view! { <Cancel number=number.clone() /> });
    view! {
        <Seo title=format!("Bestelling {number}") />
        <div class="page page--midden section--s stack stack--xl">
            <Standing order=order.clone() newest />
            <div class="kaarten kaarten--start">
                <section class="paneel paneel--facet">
                    <h2 class="fs-2">"Hoe het gaat"</h2>
                    <Timeline steps=order.steps.clone() />
                </section>
                <Ordered order=order.clone() />
                {(!order.worn.is_empty()).then(|| view! { <div inner_html=order.worn.clone()></div> })}
                <div class="stack">
                    <Address lines=order.address />
                    {(!cancelled).then(|| view! { <ChangedYourMind number=number.clone() /> })}
                    {cancel}
                </div>
            </div>
        </div>
    }
    .into_any()
}
