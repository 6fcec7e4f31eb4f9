//! The way back.

use crate::routes;
use leptos::prelude::*;

/// Links to the pages above, and the name of this one.
pub fn breadcrumbs(above: Vec<(String, String)>, here: String) -> AnyView {
    let links: Vec<AnyView> =
        above.into_iter().map(|(href, title)| view! { <li><a href=href>{title}</a></li> }.into_any()).collect();
    view! {
        <nav aria-label="Kruimelpad">
            <ol class="kruimel">
                <li>
                    <a href=routes::HOME>"Start"</a>
                </li>
                {links}
                <li class="alleen-l">
                    <span aria-current="page">{here}</span>
                </li>
            </ol>
        </nav>
    }
    .into_any()
}
