//! The stone being cut: eight facets and a table, one facet per eighth of the limit for free delivery.

use crate::text;
use leptos::prelude::*;
use shop_core::money::Money;

const FACETS: [&str; 9] = [
    "M15.2 2.8L32.8 2.8L28.4 13.4L19.6 13.4z",
    "M32.8 2.8L45.2 15.2L34.6 19.6L28.4 13.4z",
    "M45.2 15.2L45.2 32.8L34.6 28.4L34.6 19.6z",
    "M45.2 32.8L32.8 45.2L28.4 34.6L34.6 28.4z",
    "M32.8 45.2L15.2 45.2L19.6 34.6L28.4 34.6z",
    "M15.2 45.2L2.8 32.8L13.4 28.4L19.6 34.6z",
    "M2.8 32.8L2.8 15.2L13.4 19.6L13.4 28.4z",
    "M2.8 15.2L15.2 2.8L19.6 13.4L13.4 19.6z",
    "M34.6 28.4L28.4 34.6L19.6 34.6L13.4 28.4L13.4 19.6L19.6 13.4L28.4 13.4L34.6 19.6z",
];

/// The meter: `facets` are cut (8 is free delivery, which also cuts the table), `to_free` is missing. The text carries the meaning.
pub fn gem_meter(facets: u8, to_free: Money) -> AnyView {
    let free = facets >= 8 || to_free <= Money::ZERO;
    let cut = if free { 9 } else { facets };
    let paths: Vec<AnyView> = FACETS
        .iter()
        .zip(0u8..)
        .map(|(shape, at)| view! { <path class=if at < cut { "aan" } else { "" } d=*shape></path> }.into_any())
        .collect();
    let words = if free {
        view! { <p>{text::FREE_DELIVERY}</p> }.into_any()
    } else {
        let nearly = if facets >= 6 { "Je steen is bijna geslepen." } else { "" };
        view! {
            <p>
                "Nog " <strong>{to_free.to_string()}</strong> " tot gratis verzending." <br />
                <span class="grijs klein">{nearly}</span>
            </p>
        }
        .into_any()
    };
    view! {
        <div class="slijp streep-onder">
            <svg viewBox="0 0 48 48" aria-hidden="true">
                {paths}
            </svg>
            {words}
        </div>
    }
    .into_any()
}
