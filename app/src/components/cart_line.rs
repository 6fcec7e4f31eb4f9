//! A line of the bag, in the drawer and on the page of the bag.

use super::icon::small_icon;
use super::picture::{Haste, Place, picture};
use crate::api::cart::{CartLine, LineNotice};
use crate::routes;
use crate::state::CartState;
use crate::text;
use leptos::prelude::*;

/// The line. Its buttons are forms, so they work without script too; zero pieces removes the line and offers to put it back.
pub fn cart_line(line: &CartLine, cart: CartState) -> AnyView {
    let (quantity, most) = (line.quantity, line.most);
    let meta = [text::capitalised(&line.colour).as_str(), " · maat ", &line.size].concat();
    view! {
        <li class="regel">
            {match &line.picture {
                Some(view) => picture(view, Place::Thumb, Haste::Soon, "facet", Some(String::new())),
                None => view! { <span></span> }.into_any(),
            }}
            <div>
                <div class="row row--split row--nowrap row--start">
                    <h3>
                        <a href=routes::product(&line.slug)>{line.title.clone()}</a>
                    </h3>
                    <strong class="nummer nowrap">{line.total.to_string()}</strong>
                </div>
                <p class="grijs klein">{meta}</p>
                {notice(line)}
                <div class="regel__voet">
                    <div class="aantal" role="group" aria-label=["Aantal ", &line.title].concat()>
                        {step(line, quantity.saturating_sub(1), "minus", "Eén minder", false, cart)}
                        <output>{quantity.to_string()}</output>
                        {step(line, quantity.saturating_add(1), "plus", "Eén meer", quantity >= most, cart)}
                    </div>
                    {remove(line, cart)}
                </div>
            </div>
        </li>
    }
    .into_any()
}

fn notice(line: &CartLine) -> Option<AnyView> {
    let words = match &line.notice {
        Some(LineNotice::SoldOut) => ["Maat ", &line.size, " is net verkocht."].concat(),
        Some(LineNotice::Only(1)) => "Hiervan is er nog één.".to_owned(),
        Some(LineNotice::Only(left)) => ["Hiervan zijn er nog ", &left.to_string(), "."].concat(),
        Some(LineNotice::PriceWas(was)) => ["De prijs is veranderd. Eerst was het ", &was.to_string(), "."].concat(),
        None if line.most == 1 => text::LAST_ONE.to_owned(),
        None => return None,
    };
    Some(view! { <p class="klein let">{words}</p> }.into_any())
}

fn step(line: &CartLine, to: u32, drawing: &'static str, label: &'static str, off: bool, cart: CartState) -> AnyView {
    let variant = line.variant.clone();
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if !off {
            cart.change(&variant, to);
        }
    };
    view! {
        <form method="post" action="/api/cart/change" on:submit=submit>
            <input type="hidden" name="variant" value=line.variant.clone() />
            <input type="hidden" name="quantity" value=to.to_string() />
            <button aria-label=label aria-disabled=off.then_some("true")>
                {small_icon(drawing)}
            </button>
        </form>
    }
    .into_any()
}

fn remove(line: &CartLine, cart: CartState) -> AnyView {
    let variant = line.variant.clone();
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        cart.remove(&variant);
    };
    view! {
        <form method="post" action="/api/cart/change" on:submit=submit>
            <input type="hidden" name="variant" value=line.variant.clone() />
            <input type="hidden" name="quantity" value="0" />
            <button class="link klein" aria-label=["Verwijder ", &line.title].concat()>
                "Verwijder"
            </button>
        </form>
    }
    .into_any()
}
