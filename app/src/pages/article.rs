//! What stands around the choice of a size, as the server writes it.

use crate::api::catalog::{ProductFacts as Page, ProductPage};
use crate::api::words::Html;
use crate::components::breadcrumbs::breadcrumbs;
use crate::components::icon::small_icon;
use crate::components::price::{percent_badge, price};
use crate::components::product_card::{Level, cards};
use crate::components::product_facts::product_facts;
use crate::components::sample::sample;
use crate::components::seo::structured;
use crate::routes;
use crate::text;
use leptos::prelude::*;

/// The page as it travels.
pub fn page(page: Page) -> ProductPage {
    let (category, category_title) = page.category.clone();
    let above = vec![(routes::collection(&category), category_title)];
    ProductPage {
        way: Html::of(breadcrumbs(above, page.title.clone())),
        above: Html::of(view! { {heading(&page)} {colours(&page)} {opening(&page)} }.into_any()),
        below: Html::of(view! { {assurances(&page)} {description(&page)} {product_facts(&page)} }.into_any()),
        after: Html::of(view! { {pairs(&page)} {structured(page.structured.clone())} }.into_any()),
        price: page.price.now,
        has_table: !page.size_table.is_empty(),
        slug: page.slug,
        title: page.title,
        pictures: page.pictures,
        sizes: page.sizes,
        fit: page.fit,
        fit_votes: page.fit_votes,
        summary: page.summary,
    }
}

fn heading(page: &Page) -> AnyView {
    let cost = ["Inclusief btw. ", &text::delivery_cost(page.shipping, page.free_from), "."].concat();
    view! {
        <div class="stack stack--s">
            <p class="grijs">{page.brand.clone()}</p>
            <h1>{page.title.clone()}</h1>
            {price(page.price, true)}
            {percent_badge(page.price).map(|badge| view! { <p>{badge}</p> })}
            <p class="klein grijs">{cost}</p>
        </div>
    }
    .into_any()
}

/// The other colours, as links: each colour is a page of its own.
fn colours(page: &Page) -> Option<AnyView> {
    if page.swatches.len() < 2 {
        return None;
    }
    let links: Vec<AnyView> = page
        .swatches
        .iter()
        .map(|swatch| {
            let current = swatch.current.then_some("true");
            view! {
                <li>
                    <a class="chip" href=routes::product(&swatch.slug) aria-current=current>
                        {sample(&swatch.hex)}
                        {text::capitalised(&swatch.name)}
                    </a>
                </li>
            }
            .into_any()
        })
        .collect();
    Some(
        view! {
            <nav aria-label="Kleuren">
                <ul class="chips">{links}</ul>
            </nav>
        }
        .into_any(),
    )
}

/// What it is in a few words; the rest of the story stands below the sizes, so that those are near.
fn opening(page: &Page) -> Option<AnyView> {
    page.description.paragraphs.first().map(|words| view! { <p>{words.clone()}</p> }.into_any())
}

fn description(page: &Page) -> Option<AnyView> {
    let paragraphs: Vec<AnyView> =
        page.description.paragraphs.iter().skip(1).map(|words| view! { <p>{words.clone()}</p> }.into_any()).collect();
    let points: Vec<AnyView> =
        page.description.points.iter().map(|words| view! { <li>{words.clone()}</li> }.into_any()).collect();
    if paragraphs.is_empty() && points.is_empty() {
        return None;
    }
    let points = (!points.is_empty()).then(|| view! { <ul class="opsomming">{points}</ul> });
    Some(view! { <div class="stack">{points} {paragraphs}</div> }.into_any())
}

fn assurances(page: &Page) -> AnyView {
    let cost = [" PostNL, ", &page.shipping.to_string(), "."].concat();
    let cost = if page.shipping.in_cents() == 0 { " PostNL, gratis.".to_owned() } else { cost };
    let back = [text::REFLECTION, ". Terugsturen kost je ", &page.return_cost.to_string(), "."].concat();
    let back =
        if page.return_cost.in_cents() == 0 { [text::REFLECTION, ". Terugsturen is gratis."].concat() } else { back };
    view! {
        <ul class="zekerheden">
            <li>
                {small_icon("truck")}
                <span>
                    <strong>{page.arrives.clone()} " in huis"</strong>
                    " "
                    {page.arrives_if.clone()}
                    "."
                    {cost}
                </span>
            </li>
            <li>{small_icon("rotate-ccw")} <span>{back}</span></li>
            <li>
                {small_icon("shield-check")}
                <span>
                    "Recht op een deugdelijk product, ook na de bedenktijd. " <a href=routes::GUARANTEE>"Zo werkt de garantie"</a>
                    "."
                </span>
            </li>
        </ul>
    }
    .into_any()
}

fn pairs(page: &Page) -> Option<AnyView> {
    if page.pairs.is_empty() {
        return None;
    }
    Some(
        view! {
            <section class="section page" aria-labelledby="samen">
                <div class="section-head">
                    <h2 id="samen">"Mooi samen"</h2>
                </div>
                <ul class="rail">{cards(&page.pairs, 0, false, Level::Three)}</ul>
            </section>
        }
        .into_any(),
    )
}
