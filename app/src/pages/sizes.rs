//! The size table, and how to measure.

use crate::api::catalog::SizeRow;
use crate::api::words::Words;
use crate::api::{ApiError, views};
use crate::components::size_table::size_table;
use crate::routes;
use leptos::prelude::*;

/// The page.
pub async fn words() -> Result<Words, ApiError> {
    let page = sizes(&views::size_table().await?);
    let summary = "Van lengte naar maat: alle kindermaten van 50 tot 164 in centimeters.".to_owned();
    Ok(Words::public("Maattabel", summary, routes::SIZES, page))
}

fn sizes(rows: &[SizeRow]) -> AnyView {
    view! {
        <div class="page page--midden section--s stack stack--l">
            <div class="stack stack--s">
                <h1 tabindex="-1">"Maattabel"</h1>
                <p class="groot grijs">"De maat is de lengte van je kind in centimeters. Meet op blote voeten, met de rug tegen de muur."</p>
            </div>
            {size_table(rows)}
            <section class="stack max-midden">
                <h2 class="fs-2">"Zo kies je"</h2>
                <ul class="stack gap-2">
                    <li>"Zit je kind tussen twee maten in, neem dan de grootste. Het groeit er vanzelf in."</li>
                    <li>"Een dubbele maat, zoals 98/104, past bij beide lengtes."</li>
                    <li>"Bij elk artikel staat hoe het valt. Twijfel je dan nog, vraag het me."</li>
                </ul>
                <p><a class="btn btn--rustig" href=routes::CONTACT>"Stel je vraag"</a></p>
            </section>
        </div>
    }
    .into_any()
}
