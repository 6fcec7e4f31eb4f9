//! Delivery, costs and sending back. Every amount comes from the configuration that the totals are made with.

use crate::api::ApiError;
use crate::api::catalog::{ShopFacts, shop_facts};
use crate::api::words::Words;
use crate::{routes, text};
use leptos::prelude::*;

/// The page.
pub async fn words() -> Result<Words, ApiError> {
    Ok(shipping(shop_facts().await?))
}

fn shipping(facts: ShopFacts) -> Words {
    let ShopFacts { shipping, free_from, return_cost, ways_to_pay, .. } = facts;
    let costs = text::delivery_cost(shipping, free_from);
    let summary = format!("{costs}. Bezorging door PostNL. 14 dagen bedenktijd.");
    let page = view! {
        <div class="page page--smal section--s stack stack--l">
            <h1 tabindex="-1">"Verzenden en terugsturen"</h1>
            <section class="stack stack--s">
                <h2 class="fs-3">"Bezorgen"</h2>
                <ul class="stack gap-2">
                    <li>{format!("{costs}, voor bezorging in Nederland. In je tas zie je het totaal, nog voordat je iets invult.")}</li>
                    {free_from.map(|_| view! { <li>"Gebruik je een kortingscode? Gratis verzending telt na de korting."</li> })}
                    <li>"Ook naar België: de kosten zie je zodra je het land kiest, voordat je bestelt."</li>
                    <li>"PostNL bezorgt. Wat je op een werkdag op tijd bestelt, pak ik dezelfde dag in. Bij elk artikel en bij de laatste stap staat wanneer het er is."</li>
                    <li>"Lukt dat een keer niet, dan hoor je het meteen. Altijd binnen 30 dagen, of je krijgt je geld terug."</li>
                    <li>"Raakt een pakje onderweg kwijt of kapot, dan is dat voor mij en niet voor jou."</li>
                </ul>
            </section>
            <section class="stack stack--s">
                <h2 class="fs-3">"Betalen"</h2>
                <p>{format!("Met {ways_to_pay}. Geen enkele manier kost iets extra.")}</p>
            </section>
            <section class="stack stack--s">
                <h2 class="fs-3">"Terugsturen"</h2>
                <ul class="stack gap-2">
                    <li>"Je hebt bedenktijd tot 14 dagen na de dag waarop je het laatste artikel kreeg. Een reden hoeft niet."</li>
                    <li>"Passen mag, zoals in een winkel. Stuur het ongedragen terug, binnen 14 dagen nadat je het herriep."</li>
                    <li>{format!("Terugsturen kost je {return_cost}. Kreeg je iets kapots of verkeerds, dan betaal ik dat.")}</li>
                    <li>"Je geld staat binnen 14 dagen terug, ook de standaard verzendkosten als je alles terugstuurt. Ik mag wachten tot het pakje er is of tot je laat zien dat het onderweg is."</li>
                </ul>
                <p><a class="btn btn--rustig" href=routes::WITHDRAW rel="external">"Hier de overeenkomst herroepen"</a></p>
            </section>
            <section class="stack stack--s">
                <h2 class="fs-3">"Iets mis?"</h2>
                <p>
                    "Een artikel moet deugen, ook na de bedenktijd. " <a href=routes::GUARANTEE rel="external">"Lees over de wettelijke garantie"</a>
                    " of " <a href=routes::CONTACT>"meld het"</a> "."
                </p>
            </section>
        </div>
    }
    .into_any();
    Words::public("Verzenden en terugsturen", summary, routes::SHIPPING, page)
}
