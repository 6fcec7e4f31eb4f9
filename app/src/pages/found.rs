//! What search found, as the server writes it. Never ends in an empty page: typos are forgiven, and when nothing fits there are words,
//! departments and a person (rule L7).

use crate::api::catalog::SearchFacts as Page;
use crate::components::icon::gem;
use crate::components::product_card::{Level, cards};
use crate::components::search_box::search_address;
use crate::routes;
use crate::text;
use leptos::prelude::*;

/// The part under the search field.
pub fn found(page: &Page) -> AnyView {
    view! {
        {if page.query.is_empty() {
            start(page)
        } else if page.cards.is_empty() {
            nothing(page)
        } else {
            results(page)
        }}
    }
    .into_any()
}

fn start(page: &Page) -> AnyView {
    view! {
        <section class="stack">
            <p class="grijs">"Zoek op soort, kleur of maat. Bijvoorbeeld: broek 98."</p>
            {departments(page)}
        </section>
    }
    .into_any()
}

fn results(page: &Page) -> AnyView {
    let corrected = page.corrected.as_ref().map(|words| {
        view! {
            <p>"Niets met ‘" {page.query.clone()} "’. Dit vonden we met " <strong>{words.clone()}</strong> "."</p>
        }
    });
    let narrowed =
        page.size.as_ref().map(|size| view! { <p class="grijs">"Alleen wat er in maat " {size.clone()} " is."</p> });
    let heading = ["Artikelen (", &page.total.to_string(), ")"].concat();
    view! {
        {departments(page)}
        <section class="stack" aria-labelledby="gevonden">
            {corrected} {narrowed} <h2 id="gevonden" class="fs-2">
                {heading}
            </h2>
            <p class="weg" role="status">
                {[&text::articles(page.total), " gevonden"].concat()}
            </p>
            <ul class="rooster rooster--4">{cards(&page.cards, 4, true, Level::Three)}</ul>
        </section>
    }
    .into_any()
}

fn nothing(page: &Page) -> AnyView {
    let words: Vec<AnyView> = page
        .nearby
        .iter()
        .map(|word| {
            view! {
                <li>
                    <a class="chip" href=search_address(word)>
                        {word.clone()}
                    </a>
                </li>
            }
            .into_any()
        })
        .collect();
    let nearby = (!words.is_empty()).then(|| {
        view! {
            <h2 class="fs-2">"Bedoel je"</h2>
            <ul class="chips">{words}</ul>
        }
    });
    view! {
        <section class="stack">
            <div class="leeg">
                {gem()} <p role="status">"We vonden niets met ‘" {page.query.clone()} "’."</p>
                <a class="link" href=routes::CONTACT>
                    "Vraag het ons, dan zoeken we mee"
                </a>
            </div>
            {nearby}
            {departments(page)}
        </section>
    }
    .into_any()
}

fn departments(page: &Page) -> Option<AnyView> {
    if page.categories.is_empty() {
        return None;
    }
    let links: Vec<AnyView> = page
        .categories
        .iter()
        .map(|(slug, title)| {
            view! {
                <li>
                    <a class="chip" href=routes::collection(slug)>
                        {title.clone()}
                    </a>
                </li>
            }
            .into_any()
        })
        .collect();
    Some(
        view! {
            <nav class="stack stack--s" aria-label="Afdelingen">
                <h2 class="fs-2">"Afdelingen"</h2>
                <ul class="chips">{links}</ul>
            </nav>
        }
        .into_any(),
    )
}
