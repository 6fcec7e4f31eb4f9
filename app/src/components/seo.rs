//! What search engines and shared links show.

use crate::text;
use leptos::prelude::*;
use leptos_meta::{Link, Meta, Title};

/// `https://www.allgems.nl`, without a slash at the end. The server provides it as context; without it addresses are relative.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin(pub String);

/// Title, description and canonical address of a page. Use it in every page, inside the loaded part when the title depends on data.
#[component]
pub fn Seo(
    /// The title without the name of the shop.
    #[prop(into)]
    title: String,
    /// One or two sentences; empty leaves it out.
    #[prop(optional, into)]
    summary: String,
    /// The one address of this page, starting with `/`; empty keeps the page out of search engines.
    #[prop(optional, into)]
    path: String,
    /// Key and width of a photo for shared links.
    #[prop(optional, into)]
    image: String,
) -> impl IntoView {
    let base = origin();
    let title = text::page_title(&title);
    let address = [base.as_str(), &path].concat();
    view! {
        <Title text=in_head(&title) />
        {if path.is_empty() {
            view! { <Meta name="robots" content="noindex" /> }.into_any()
        } else {
            view! {
                <Link rel="canonical" href=address.clone() />
                <Meta property="og:title" content=title />
                <Meta property="og:type" content="website" />
                <Meta property="og:url" content=address />
            }
                .into_any()
        }}
        {(!summary.is_empty()).then(|| view! { <Meta name="description" content=summary /> })}
        {(!image.is_empty()).then(|| view! { <Meta property="og:image" content=[base.as_str(), &image].concat() /> })}
    }
    .into_any()
}

/// A title as it goes to the head of the page. The server writes it there as it is, so what somebody typed must not be HTML; the
/// browser sets it as text.
fn in_head(title: &str) -> String {
    if cfg!(feature = "hydrate") {
        return title.to_owned();
    }
    title.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn origin() -> String {
    if cfg!(feature = "hydrate") {
        return window().location().origin().unwrap_or_default();
    }
    use_context::<Origin>().map(|origin| origin.0).unwrap_or_default()
}

/// schema.org data that the server made; it has made `<` safe.
pub fn structured(json: String) -> AnyView {
    view! { <script type="application/ld+json" inner_html=json></script> }.into_any()
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn a_title_cannot_end_the_head() {
        assert_eq!(
            in_head("Zoeken: </title><meta http-equiv=refresh>"),
            "Zoeken: &lt;/title&gt;&lt;meta http-equiv=refresh&gt;"
        );
        assert_eq!(in_head("Jurk & vest"), "Jurk &amp; vest");
    }
}
