//! What is ordered and what it costs: beside the checkout, above the order button, on the order page.

use crate::api::cart::{CartLine, CartView};
use crate::api::catalog::PictureView;
use crate::api::checkout::OrderLineView;
use crate::components::discount_code::discount_row;
use crate::components::icon::Icon;
use crate::components::picture::{Haste, Place, picture};
use leptos::prelude::*;
use shop_core::money::Money;

/// A line as the summary shows it.
#[derive(Debug, Clone)]
pub struct SummaryLine {
    picture: Option<PictureView>,
    title: String,
    variant: String,
    quantity: u32,
    total: Money,
}

impl From<CartLine> for SummaryLine {
    fn from(line: CartLine) -> Self {
        let CartLine { picture, title, colour, size, quantity, total, .. } = line;
        Self { picture, title, variant: format!("{colour} · maat {size}"), quantity, total }
    }
}

impl From<OrderLineView> for SummaryLine {
    fn from(line: OrderLineView) -> Self {
        let OrderLineView { picture, title, colour, size, quantity, total, .. } = line;
        Self { picture, title, variant: format!("{colour} · maat {size}"), quantity, total }
    }
}

/// The amounts under the lines.
#[derive(Debug, Clone)]
pub struct Sums {
    /// Goods, before anything is taken off.
    pub goods: Money,
    /// What the discount code takes off.
    pub discount: Money,
    /// The discount code; empty without one.
    pub code: String,
    /// Delivery.
    pub shipping: Money,
    /// All of it, VAT included.
    pub total: Money,
    /// VAT in it: label of the rate and amount.
    pub vat: Vec<(String, Money)>,
}

impl From<&CartView> for Sums {
    fn from(cart: &CartView) -> Self {
        let code = cart.code.as_ref().map(|code| code.code.clone()).unwrap_or_default();
        let (goods, discount, shipping, total) = (cart.goods, cart.discount, cart.shipping, cart.total);
        Self { goods, discount, code, shipping, total, vat: cart.vat.clone() }
    }
}

/// The lines, small.
#[component]
pub fn SummaryLines(lines: Vec<SummaryLine>) -> impl IntoView {
    let rows = lines
        .into_iter()
        .map(|line| {
            view! {
                <li class="mini">
                    <span>{line.picture.map(|photo| picture(&photo, Place::Thumb, Haste::Lazy, "facet", Some(String::new())))}</span>
                    <div>
                        <strong>{line.title}</strong>
                        <p class="grijs klein">{line.variant}</p>
                    </div>
                    <span class="nummer nowrap">
                        <span class="grijs">{format!("{} × ", line.quantity)}</span>
                        {line.total.to_string()}
                    </span>
                </li>
            }
        })
        .collect_view();
    view! { <ul>{rows}</ul> }
}

/// The amounts. The total comes last, so on the review it stands directly above the button.
#[component]
pub fn Totals(sums: Sums) -> impl IntoView {
    let Sums { goods, discount, code, shipping, total, vat } = sums;
    let delivery = if shipping == Money::ZERO { "Gratis".to_owned() } else { shipping.to_string() };
    let vat = vat
        .into_iter()
        .map(|(rate, amount)| {
            view! {
                <dt class="klein">{format!("Waarvan {rate} btw")}</dt>
                <dd class="klein grijs">{amount.to_string()}</dd>
            }
        })
        .collect_view();
    view! {
        <dl class="rij">
            <dt>"Artikelen"</dt>
            <dd>{goods.to_string()}</dd>
            {discount_row(&code, discount)}
            <dt>"Verzending (PostNL)"</dt>
            <dd>{delivery}</dd>
            {vat}
            <dt class="som">"Totaal"</dt>
            <dd class="som">{total.to_string()}</dd>
        </dl>
    }
}

/// The cart beside a step of the checkout; folds on phones.
#[component]
pub fn CartSummary(cart: CartView) -> impl IntoView {
    let sums = Sums::from(&cart);
    let total = cart.total.to_string();
    // It follows the country, so it is in sight while the summary is folded.
    let delivery = match cart.shipping {
        Money::ZERO => "met gratis verzending".to_owned(),
        cost => format!("met {cost} verzending"),
    };
    let lines = cart.lines.into_iter().map(SummaryLine::from).collect();
    view! {
        <aside class="sticky boven" aria-label="Je bestelling">
            <details class="paneel paneel--haver paneel--facet">
                <summary class="row row--split tikbaar">
                    <h2 class="fs-2">"Je bestelling"</h2>
                    <span class="row gap-2">
                        <span class="stack gap-0 einde">
                            <strong class="nummer">{total}</strong>
                            <span class="klein grijs">{delivery}</span>
                        </span>
                        <Icon name="chevron-down" small=true />
                    </span>
                </summary>
                <div class="stack">
                    <SummaryLines lines />
                    <Totals sums />
                </div>
            </details>
        </aside>
    }
}
