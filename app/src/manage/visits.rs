//! How often the shop was visited on the last days: numbers of everybody together, from the shop's own counting.

use leptos::prelude::*;
use shop_flows::counts::{Counted, DayOfCounts};

/// The part of the front page; nothing before the first day was counted.
pub fn section(days: &[DayOfCounts]) -> Option<AnyView> {
    if days.is_empty() {
        return None;
    }
    let columns = [
        ("Pagina’s", None),
        ("Artikelen", Some(Counted::Product)),
        ("In de tas", Some(Counted::Bag)),
        ("Afrekenen", Some(Counted::Checkout)),
        ("Bestellingen", Some(Counted::Order)),
    ];
    let heads = columns.map(|(title, _)| view! { <th scope="col" class="getal">{title}</th> }).collect_view();
    let rows = days
        .iter()
        .map(|day| {
            let cells = columns
                .map(|(_, counted)| {
                    let count = counted.map_or_else(|| day.views(), |counted| day.of(counted));
                    view! { <td class="getal">{count}</td> }
                })
                .collect_view();
            view! {
                <tr>
                    <th scope="row">{format!("{} {}", day.day.weekday_name(), day.day.short())}</th>
                    {cells}
                </tr>
            }
        })
        .collect_view();
    Some(
        view! {
            <section class="paneel b12" id="bezoek">
                <h2>"Bezoek"</h2>
                <p class="klein grijs">
                    "Hoe vaak iets op een dag werd geopend of gedaan, door iedereen samen. Wie het was, weten we niet; zoekmachines tellen mee."
                </p>
                <div class="tabel-om" tabindex="0" role="region" aria-label="Bezoek per dag">
                    <table class="tabel">
                        <thead>
                            <tr>
                                <th scope="col">"Dag"</th>
                                {heads}
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            </section>
        }
        .into_any(),
    )
}
