//! The measuring tape: shopping by height, in one tap.

use crate::routes;
use leptos::prelude::*;

/// Heights in centimetres with about the age that goes with them (size table of the shop).
const HEIGHTS: [(&str, &str); 20] = [
    ("50", "0 mnd"),
    ("56", "2 mnd"),
    ("62", "3 mnd"),
    ("68", "6 mnd"),
    ("74", "9 mnd"),
    ("80", "12 mnd"),
    ("86", "18 mnd"),
    ("92", "2 jaar"),
    ("98", "3 jaar"),
    ("104", "4 jaar"),
    ("110", "5 jaar"),
    ("116", "6 jaar"),
    ("122", "7 jaar"),
    ("128", "8 jaar"),
    ("134", "9 jaar"),
    ("140", "10 jaar"),
    ("146", "11 jaar"),
    ("152", "12 jaar"),
    ("158", "13 jaar"),
    ("164", "14 jaar"),
];

/// The tape, 50 to 164 cm. It scrolls sideways and says so; the keyboard can scroll it too.
pub fn measuring_tape() -> AnyView {
    let marks: Vec<AnyView> = HEIGHTS
        .iter()
        .map(|(cm, age)| {
            let href = [&routes::collection(""), "?maat=", cm].concat();
            view! {
                <li>
                    <a href=href>
                        <b>
                            {*cm}
                            <span class="weg">" cm"</span>
                        </b>
                        <small class="klein">{*age}</small>
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
