//! Prices. A reduction always stands beside the lowest price of the 30 days before (Prijzenwet art. 5a), never beside an advice price.

use crate::api::catalog::PriceView;
use crate::text;
use leptos::prelude::*;

/// The price of a card or, `large`, of a product page. Screen readers hear which price is which.
pub fn price(price: PriceView, large: bool) -> AnyView {
    let class = if large { "prijs prijs--groot" } else { "prijs" };
    let from = price.from.then_some("vanaf ");
    match price.reference {
        Some(reference) => view! {
            <p class=class>
                <span class="nu">
                    <span class="weg">"Nu "</span>
                    {from}
                    {price.now.to_string()}
                </span>
                <s>
                    <span class="weg">"was "</span>
                    {reference.to_string()}
                </s>
                <small class="klein">{text::LOWEST}</small>
            </p>
        }
        .into_any(),
        None => view! { <p class=class>{from} {price.now.to_string()}</p> }.into_any(),
    }
}

/// The badge with the percents off; nothing without a true reduction.
pub fn percent_badge(price: PriceView) -> Option<AnyView> {
    let percent = price.percent_off?;
    Some(
        view! {
            <span class="badge badge--accent">
                <span class="weg">"Afgeprijsd, "</span>
                {["−", &percent.to_string(), "%"].concat()}
            </span>
        }
        .into_any(),
    )
}
