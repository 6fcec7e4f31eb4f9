//! The size table, in centimetres.

use crate::api::catalog::SizeRow;
use leptos::prelude::*;

/// The rows as a table that scrolls in its own frame.
pub fn size_table(rows: &[SizeRow]) -> AnyView {
    let lines: Vec<AnyView> = rows
        .iter()
        .map(|row| {
            view! {
                <tr>
                    <th scope="row">{row.size.clone()}</th>
                    <td>{row.double.clone()}</td>
                    <td>{[&row.from.to_string(), "–", &row.to.to_string()].concat()}</td>
                    <td>{row.age.clone()}</td>
                    <td>{row.chest.to_string()}</td>
                    <td>{row.waist.to_string()}</td>
                    <td>{row.hips.to_string()}</td>
                </tr>
            }
            .into_any()
        })
        .collect();
    view! {
        <div class="tabel-om" tabindex="0" role="region" aria-label="Maattabel">
            <table class="maattabel">
                <caption>
                    <span>"Maten van het kind in centimeters, niet van het kledingstuk."</span>
                </caption>
                <thead>
                    <tr>
                        <th scope="col">"Maat"</th>
                        <th scope="col">"Dubbele maat"</th>
                        <th scope="col">"Lengte"</th>
                        <th scope="col">"Leeftijd"</th>
                        <th scope="col">"Borst"</th>
                        <th scope="col">"Taille"</th>
                        <th scope="col">"Heup"</th>
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
        </div>
    }
    .into_any()
}
