//! The orders of an account, newest first.

use super::frame;
use crate::api::account::{AccountPage, OrderRow};
use crate::api::words::Words;
use crate::api::{ApiError, views};
use crate::components::icon::gem;
use crate::{routes, text};
use leptos::prelude::*;

/// The page.
pub async fn words() -> Result<Words, ApiError> {
    Ok(orders(views::account_page().await?))
}

fn orders(page: AccountPage) -> Words {
    let body = view! {
        <h1 class="fs-4" tabindex="-1">"Bestellingen"</h1>
        {table(page.orders)}
    }
    .into_any();
    frame("Bestellingen".to_owned(), routes::ACCOUNT_ORDERS, body)
}

/// The rows; on phones each becomes a block.
pub(super) fn table(orders: Vec<OrderRow>) -> AnyView {
    if orders.is_empty() {
        return view! {
            <div class="leeg">
                {gem()}
                <p>"Je hebt nog niets besteld."</p>
                <a class="btn" href=routes::collection("")>"Bekijk de collectie"</a>
            </div>
        }
        .into_any();
    }
    let rows = orders
        .into_iter()
        .map(|order| {
            let address = routes::order(&order.number);
            view! {
                <tr>
                    <td><a href=address>{order.number}</a></td>
                    <td class="num">{order.total.to_string()}</td>
                    <td>{order.placed}</td>
                    <td class="num">{text::articles(order.pieces)}</td>
                    <td class="breed">{order.standing}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <table class="tabel tabel--stapel">
            <thead>
                <tr>
                    <th scope="col">"Nummer"</th>
                    <th scope="col" class="num">"Totaal"</th>
                    <th scope="col">"Besteld op"</th>
                    <th scope="col" class="num">"Artikelen"</th>
                    <th scope="col">"Hoe het staat"</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}
