//! Sizes as a radio group: nothing chosen in advance, sold out in word and shape, arrow keys by themselves (rules P1 and P2).

use crate::api::catalog::SizeView;
use leptos::prelude::*;
use shop_core::catalog::Availability;

/// The sizes. `chosen` holds the id of the variant once one is picked; it starts filled when there is only one.
pub fn size_picker(sizes: &[SizeView], chosen: RwSignal<Option<String>>) -> Vec<AnyView> {
    let only = sizes.len() == 1;
    sizes.iter().map(|size| one_size(size, only, chosen)).collect()
}

fn one_size(size: &SizeView, only: bool, chosen: RwSignal<Option<String>>) -> AnyView {
    let age = size.age.as_deref();
    let (class, note, stock) = match size.availability {
        Availability::Plenty => ("maat", age.unwrap_or_default().to_owned(), "op voorraad".to_owned()),
        Availability::Last(left) => (
            "maat maat--laag",
            ["nog ", &left.to_string()].concat(),
            ["nog ", &left.to_string(), " op voorraad"].concat(),
        ),
        Availability::SoldOut => ("maat maat--op", "op".to_owned(), "uitverkocht".to_owned()),
    };
    let mut label = ["Maat ", &size.label].concat();
    for part in [age.unwrap_or_default(), &stock] {
        if !part.is_empty() {
            label.push_str(", ");
            label.push_str(part);
        }
    }
    let variant = size.variant.clone();
    view! {
        <label class=class>
            <input
                type="radio"
                name="variant"
                value=size.variant.clone()
                required
                checked=only
                aria-label=label
                on:change=move |_| chosen.set(Some(variant.clone()))
            />
            <span>{size.label.clone()} <small class="klein">{note}</small></span>
        </label>
    }
    .into_any()
}

/// What the browser kept of an earlier visit: the radio button that is on although nobody touched it yet.
pub fn already_chosen() -> Option<String> {
    let found = document().query_selector("input[name=variant]:checked").ok().flatten()?;
    found.get_attribute("value")
}
