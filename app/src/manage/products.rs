//! The list of articles, with what is left of each.

use super::layout::{Frame, Place, desk};
use super::overview::thumbnail;
use super::{paths, words};
use crate::components::icon::icon;
use leptos::prelude::*;
use shop_flows::manage::ProductRow;

/// The page; `text` is what was searched for.
pub fn page(frame: Frame, text: &str, rows: &[ProductRow]) -> String {
    let text = text.to_owned();
    let found = words::count_of(rows.len(), "artikel", "artikelen");
    let table = if rows.is_empty() {
        view! { <p class="grijs">"Niets gevonden. Zoek op naam, merk of artikelnummer."</p> }.into_any()
    } else {
        table(rows)
    };
    let body = view! {
        <div class="row row--split">
            <h1>"Artikelen"</h1>
            <p class="grijs">{found}</p>
        </div>
        <section class="paneel">
            <form class="row" method="get" action=paths::PRODUCTS role="search">
                <span class="zoekveld">
                    {icon("search")}
                    <input
                        class="in"
                        r#type="search"
                        name="zoek"
                        aria-label="Zoek op naam, merk of artikelnummer"
                        placeholder="Naam, merk of artikelnummer"
                        value=text
                    />
                </span>
                <button class="btn btn--rustig">"Zoek"</button>
            </form>
            {table}
        </section>
    };
    desk(frame, Place::Products, "Artikelen", body.into_any())
}

fn table(rows: &[ProductRow]) -> AnyView {
    let rows = rows
        .iter()
        .map(|row| {
            let (class, word) = match (row.sold_out, row.sizes) {
                (0, _) => ("badge badge--goed", "alle maten".to_owned()),
                (out, sizes) if out == sizes => ("badge badge--fout", "op".to_owned()),
                (out, _) => ("badge badge--let", format!("{} op", words::count_of(out, "maat", "maten"))),
            };
            let price = row.price.map(|price| price.now.to_string()).unwrap_or_default();
            view! {
                <tr>
                    <td>
                        <span class="mini">
                            {row.picture.as_ref().and_then(thumbnail)}
                            <span>
                                <a href=paths::product(row.id)>{row.title.clone()}</a>
                                <br />
                                <span class="grijs klein">{row.colour.clone()}</span>
                            </span>
                        </span>
                    </td>
                    <td class="woord">{words::status_badge(row.status)}</td>
                    <td>
                        <span class=class>{word}</span>
                    </td>
                    <td class="num">{words::count_of(usize::try_from(row.available).unwrap_or(0), "stuk", "stuks")}</td>
                    <td class="num">{price}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <table class="tabel tabel--stapel">
            <thead>
                <tr>
                    <th scope="col">"Artikel"</th>
                    <th scope="col">"In de winkel"</th>
                    <th scope="col">"Maten"</th>
                    <th scope="col" class="num">
                        "Voorraad"
                    </th>
                    <th scope="col" class="num">
                        "Prijs vanaf"
                    </th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}
