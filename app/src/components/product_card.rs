//! A product in a list: one link over the whole card, and above it the links to its other colours.

use super::picture::{Haste, Place, picture};
use super::price::{percent_badge, price};
use super::sample::sample;
use crate::api::catalog::Card;
use crate::routes;
use crate::text;
use leptos::prelude::*;

/// The heading level of a card, so the outline of the page stays right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// Right under the title of the page.
    Two,
    /// In a section with a heading of its own.
    Three,
}

/// A card, as an item of a list.
pub fn product_card(card: &Card, haste: Haste, level: Level) -> AnyView {
    let link = view! { <a href=routes::product(&card.slug)>{card.title.clone()}</a> };
    let name = match level {
        Level::Two => view! { <h2 class="kaart__naam">{link}</h2> }.into_any(),
        Level::Three => view! { <h3 class="kaart__naam">{link}</h3> }.into_any(),
    };
    view! {
        <li class="kaart">
            <div class="kaart__beeld facet">
                {badge(card)} {card.front.as_ref().map(|front| picture(front, Place::Card, haste, "", None))}
                {card.styled.as_ref().map(|styled| picture(styled, Place::Card, Haste::Lazy, "", Some(String::new())))}
            </div>
            <div class="kaart__tekst">
                {name} <p class="kaart__meta">{text::capitalised(&card.meta)}</p> {price(card.price, false)} {swatches(card)}
            </div>
        </li>
    }
    .into_any()
}

fn badge(card: &Card) -> Option<AnyView> {
    if card.sold_out {
        return Some(view! { <span class="badge">"Uitverkocht"</span> }.into_any());
    }
    percent_badge(card.price).or_else(|| card.is_new.then(|| view! { <span class="badge">"Nieuw"</span> }.into_any()))
}

/// The article in its colours. Each other colour is a page of its own, so its sample is a link (rule L6).
fn swatches(card: &Card) -> Option<AnyView> {
    if card.swatches.len() < 2 {
        return None;
    }
    let samples: Vec<AnyView> = card
        .swatches
        .iter()
        .map(|swatch| {
            let sample = sample(&swatch.hex);
            if swatch.current {
                return view! { <li aria-hidden="true">{sample}</li> }.into_any();
            }
            let name = ["Ook in ", &swatch.name].concat();
            view! {
                <li>
                    <a class="stalen__kleur" href=routes::product(&swatch.slug) aria-label=name>
                        {sample}
                    </a>
                </li>
            }
            .into_any()
        })
        .collect();
    Some(view! { <ul class="stalen" aria-label="Kleuren">{samples}</ul> }.into_any())
}

/// Cards side by side. The first `soon` pictures are fetched at once, the very first one before all else when `lead` is set.
pub fn cards(list: &[Card], soon: usize, lead: bool, level: Level) -> Vec<AnyView> {
    list.iter()
        .enumerate()
        .map(|(at, card)| {
            let haste = match at {
                0 if lead => Haste::First,
                _ if at < soon => Haste::Soon,
                _ => Haste::Lazy,
            };
            product_card(card, haste, level)
        })
        .collect()
}
