//! How a text is set: title, sections, paragraphs, lists.

use leptos::prelude::*;

/// A whole text.
pub(super) fn article(title: &'static str, lead: &str, body: Vec<AnyView>) -> AnyView {
    view! {
        <article class="page page--smal section--s stack stack--l">
            <header class="stack stack--s">
                <h1 tabindex="-1">{title}</h1>
                <p class="groot grijs">{lead.to_owned()}</p>
            </header>
            {body}
        </article>
    }
    .into_any()
}

/// A part with its heading.
pub(super) fn section(heading: &'static str, body: Vec<AnyView>) -> AnyView {
    view! {
        <section class="stack stack--s">
            <h2 class="fs-3">{heading}</h2>
            {body}
        </section>
    }
    .into_any()
}

/// A paragraph.
pub(super) fn text(words: impl Into<String>) -> AnyView {
    let words = words.into();
    view! { <p>{words}</p> }.into_any()
}

/// A list of sentences.
pub(super) fn list<const N: usize>(items: [&str; N]) -> AnyView {
    let items = items.map(|item| view! { <li>{item.to_owned()}</li> }).collect_view();
    view! { <ul class="stack gap-2">{items}</ul> }.into_any()
}

/// A paragraph that ends with a link.
pub(super) fn text_with_link(words: impl Into<String>, href: impl Into<String>, link: impl Into<String>) -> AnyView {
    let (words, href, link) = (words.into(), href.into(), link.into());
    view! { <p>{words} " " <a href=href>{link}</a></p> }.into_any()
}

/// Facts in two columns.
pub(super) fn facts(rows: impl IntoIterator<Item = (&'static str, String)>) -> AnyView {
    let rows = rows.into_iter().map(|(term, fact)| view! { <div><dt>{term}</dt><dd>{fact}</dd></div> }).collect_view();
    view! { <dl class="feiten">{rows}</dl> }.into_any()
}
