//! The still parts of a list, as the server writes them.

use crate::api::catalog::ListPage;
use crate::api::words::Html;
use crate::components::breadcrumbs::breadcrumbs;
use crate::components::icon::gem;
use crate::routes;
use leptos::prelude::*;

/// Writes the head; when no article fits, what to do about it stands in the place of the articles.
pub fn written(mut page: ListPage) -> ListPage {
    page.head = Html::of(head(&page));
    if page.here == 0 {
        page.cards = Html::of(nothing(&page));
    }
    page
}

fn head(page: &ListPage) -> AnyView {
    let everything = page.filter.path_part().is_empty();
    let above = if everything { Vec::new() } else { vec![(routes::collection(""), "Collectie".to_owned())] };
    view! {
        {breadcrumbs(above, page.title.clone())}
        <div class="lijst-kop">
            <h1>{page.title.clone()}</h1>
        </div>
    }
    .into_any()
}

/// No article fits: names what was asked, and the one filter whose removal helps.
fn nothing(page: &ListPage) -> AnyView {
    let chosen: Vec<&str> = page
        .facets
        .iter()
        .flat_map(|facet| facet.values.iter())
        .filter(|value| value.chosen)
        .map(|value| value.label.as_str())
        .collect();
    let sentence = if chosen.is_empty() {
        "Hier staat nu niets. Kijk gerust verder in de winkel.".to_owned()
    } else {
        ["Niets met ", &chosen.join(" en "), ". Haal één filter weg, dan zie je meer."].concat()
    };
    view! {
        <div class="leeg">
            {gem()} <p>{sentence}</p> <a class="btn" href=routes::list(&page.filter.cleared())>
                "Wis alles"
            </a>
        </div>
    }
    .into_any()
}
