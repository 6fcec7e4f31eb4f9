//! What goes with the things in the bag, as the server writes it.

use super::picture::{Haste, Place, picture};
use super::product_card::{Level, product_card};
use crate::api::cart::Suggested;
use crate::api::catalog::Card;
use crate::routes;
use crate::text;
use leptos::prelude::*;

/// The suggestion, for the page of the bag and for the drawer.
pub fn suggested(card: &Card) -> Suggested {
    Suggested { card: product_card(card, Haste::Lazy, Level::Three).to_html(), line: line(card).to_html() }
}

fn line(card: &Card) -> AnyView {
    let meta = [text::capitalised(&card.meta).as_str(), " · ", &card.price.now.to_string()].concat();
    view! {
        <h3>"Past hierbij"</h3>
        <div class="mini">
            {match &card.front {
                Some(front) => picture(front, Place::Thumb, Haste::Lazy, "facet", Some(String::new())),
                None => view! { <span></span> }.into_any(),
            }}
            <div>
                <strong>{card.title.clone()}</strong>
                <p class="grijs klein">{meta}</p>
            </div>
            <a class="btn btn--rustig btn--klein" href=routes::product(&card.slug)>
                "Kies maat"
            </a>
        </div>
    }
    .into_any()
}
