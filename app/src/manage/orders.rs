//! The list of orders: by state, with search, in pages.

use super::layout::{Frame, Place, desk};
use super::{paths, words};
use crate::components::icon::{icon, small_icon};
use leptos::prelude::*;
use shop_flows::manage::OrderList;
use shop_flows::ports::{Clock, OrderSummary};

/// What the owner asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Asked {
    /// Name of a state; empty for all.
    pub state: String,
    /// Search text.
    pub text: String,
    /// From 1.
    pub page: u32,
}

/// Rows on a page.
pub const PER_PAGE: u32 = 25;

/// The page.
pub fn page(frame: Frame, clock: &dyn Clock, asked: &Asked, list: &OrderList) -> String {
    let chip = |state: &'static str, name: &'static str, count: i64| {
        let current = (asked.state == state).then_some("true");
        view! {
            <a class="chip" href=paths::orders(state, &asked.text, 1) aria-current=current>
                {name}
                " "
                <span class="klein">{count}</span>
            </a>
        }
    };
    let count = |state: &str| list.counts.iter().find(|row| row.state == state).map_or(0, |row| row.count);
    let all = list.counts.iter().map(|row| row.count).sum();
    let chips = words::STATES.map(|state| chip(state, words::state(state), count(state))).collect_view();
    let to_pack = count("paid");
    let print = (to_pack > 0).then(|| {
        view! {
            <a class="btn btn--klein" href=paths::SLIPS>
                {small_icon("printer")}
                "Print pakbonnen"
            </a>
        }
    });
    let rows = if list.rows.is_empty() {
        let words = if asked.text.is_empty() {
            "Hier staat nog niets."
        } else {
            "Niets gevonden. Zoek op een nummer, naam, plaats of e-mailadres."
        };
        view! { <p class="grijs">{words}</p> }.into_any()
    } else {
        table(clock, &list.rows)
    };
    let body = view! {
        <div class="row row--split">
            <h1>"Bestellingen"</h1>
            {print}
        </div>
        <nav class="chips chips--rol" aria-label="Status">
            {chip("", "Alle", all)} {chips}
        </nav>
        <section class="paneel">
            <form class="row" method="get" action=paths::ORDERS role="search">
                {(!asked.state.is_empty()).then(|| view! { <input r#type="hidden" name="staat" value=asked.state.clone() /> })}
                <span class="zoekveld">
                    {icon("search")}
                    <input
                        class="in"
                        r#type="search"
                        name="zoek"
                        aria-label="Zoek op nummer, naam, plaats of e-mailadres"
                        placeholder="Nummer, naam of plaats"
                        value=asked.text.clone()
                    />
                </span>
                <button class="btn btn--rustig">"Zoek"</button>
            </form>
            {rows}
            {pages(asked, list.found)}
        </section>
    };
    desk(frame, Place::Orders, "Bestellingen", body.into_any())
}

/// Orders as a table; on phones each row is a block.
pub fn table(clock: &dyn Clock, orders: &[OrderSummary]) -> AnyView {
    let rows = orders
        .iter()
        .map(|order| {
            view! {
                <tr>
                    <td>
                        <a href=paths::order(&order.number)>{order.number.to_string()}</a>
                    </td>
                    <td class="woord">{words::state_badge(&order.state)}</td>
                    <td class="breed">{format!("{}, {}", order.name, order.city)}</td>
                    <td class="breed grijs">
                        {format!("{} · {}", words::count_of(usize::try_from(order.pieces).unwrap_or(0), "stuk", "stuks"), order.method.label())}
                    </td>
                    <td class="grijs">{words::recent(clock, order.placed_at)}</td>
                    <td class="num">
                        <strong>{order.total.to_string()}</strong>
                    </td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <table class="tabel tabel--stapel">
            <thead>
                <tr>
                    <th scope="col">"Nummer"</th>
                    <th scope="col">"Status"</th>
                    <th scope="col">"Klant"</th>
                    <th scope="col">"Artikelen"</th>
                    <th scope="col">"Besteld"</th>
                    <th scope="col" class="num">
                        "Bedrag"
                    </th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn pages(asked: &Asked, found: u32) -> Option<AnyView> {
    let last = found.div_ceil(PER_PAGE);
    if last < 2 {
        return None;
    }
    let near = (1..=last).filter(|number| *number == 1 || *number == last || number.abs_diff(asked.page) <= 1);
    let mut before = 0;
    let links = near
        .map(|number| {
            let gap = (number > before + 1).then(|| view! { <span aria-hidden="true">"…"</span> });
            before = number;
            view! {
                {gap}
                <a href=paths::orders(&asked.state, &asked.text, number) aria-current=(number == asked.page).then_some("page")>
                    <span class="weg">"Pagina "</span>
                    {number}
                </a>
            }
        })
        .collect_view();
    Some(
        view! {
            <nav class="pagina" aria-label="Pagina’s">
                {links}
            </nav>
        }
        .into_any(),
    )
}
