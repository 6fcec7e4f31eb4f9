//! The measuring tape: shopping by height, in one tap. Heights and ages are those of the size table.

use crate::routes;
use leptos::prelude::*;
use shop_core::catalog::SIZE_TABLE;

/// The tape, 50 to 164 cm. It scrolls sideways and says so; the keyboard can scroll it too.
pub fn measuring_tape() -> AnyView {
    let marks: Vec<AnyView> = SIZE_TABLE
        .iter()
        .map(|row| {
            let cm = row.size.to_string();
            let href = [&routes::collection(""), "?maat=", &cm].concat();
            let age = row.age.replace("maanden", "mnd").replace("maand", "mnd");
            view! {
                <li>
                    <a href=href>
                        <b>
                            {cm}
                            <span class="weg">" cm"</span>
                        </b>
                        <small class="klein">{age}</small>
                    </a>
                </li>
            }
            .into_any()
        })
        .collect();
    view! {
        <nav class="meetlat" aria-label="Winkelen op lengte" tabindex="0">
            <ol>{marks}</ol>
        </nav>
    }
    .into_any()
}
