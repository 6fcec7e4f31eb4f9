//! Packing slips, one order on one sheet. Without prices: it may be a present. The browser's own print command prints them.

use super::layout::{Frame, Place, desk};
use super::order::describe;
use super::paths;
use crate::components::icon::small_icon;
use leptos::prelude::*;
use shop_core::order::Order;
use shop_core::shop::Identity;
use shop_flows::ports::Clock;

/// A page with the slips of these orders.
pub fn page(frame: Frame, clock: &dyn Clock, shop: &Identity, orders: &[Order]) -> String {
    let slips = orders.iter().map(|order| slip(clock, shop, order)).collect_view();
    let empty = orders.is_empty().then(|| view! { <p>"Er valt nu niets in te pakken."</p> });
    let hint = (!orders.is_empty()).then(|| view! { <p class="grijs">"Print deze pagina met Ctrl+P, of met Deel en Print op je telefoon. Elke bestelling komt op een eigen vel."</p> });
    let body = view! {
        <div class="stack stack--s niet-printen">
            <a class="link self-start" href=paths::orders("paid", "", 1)>
                {small_icon("arrow-left")}
                "In te pakken"
            </a>
            <h1>"Pakbonnen"</h1>
            {hint}
            {empty}
        </div>
        {slips}
    };
    desk(frame, Place::Orders, "Pakbonnen", body.into_any())
}

fn slip(clock: &dyn Clock, shop: &Identity, order: &Order) -> AnyView {
    let address = &order.address;
    let pieces = order.lines.iter().map(|line| line.quantity).fold(0, u32::saturating_add);
    let rows = order
        .lines
        .iter()
        .map(|line| {
            view! {
                <tr>
                    <td>
                        <span class="vakje"></span>
                    </td>
                    <td>{line.quantity}</td>
                    <td>
                        <strong>{line.title.clone()}</strong>
                        <br />
                        {describe(line)}
                    </td>
                </tr>
            }
        })
        .collect_view();
    let sender = format!("{}, {}, {} {}", shop.name, shop.street, shop.postal_code, shop.city);
    view! {
        <article class="pakbon">
            <div class="pakbon__kop">
                <div>
                    <h1>{format!("Pakbon {}", order.number)}</h1>
                    <p>{format!("Besteld op {}", clock.day(order.placed_at).long())}</p>
                </div>
                <p class="adres">
                    {address.name.full()} <br /> {address.street_line()} <br /> {address.city_line()} <br /> {address.country.name()}
                </p>
            </div>
            <table>
                <thead>
                    <tr>
                        <th scope="col">
                            <span class="weg">"Ingepakt"</span>
                        </th>
                        <th scope="col">"Aantal"</th>
                        <th scope="col">"Artikel"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
            <p>{if pieces == 1 { "1 stuk in totaal.".to_owned() } else { format!("{pieces} stuks in totaal.") }}</p>
            <h2>"Past het niet?"</h2>
            <p>{format!("Je hebt 14 dagen bedenktijd. Hoe het werkt staat op {}/verzenden-en-retourneren.", shop.site)}</p>
            <p>{sender}</p>
        </article>
    }
    .into_any()
}
