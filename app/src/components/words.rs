//! What the server wrote: the browser puts it in its place and carries none of its code.

use super::seo::Seo;
use crate::api::alert::WordsPage;
use leptos::prelude::*;

/// A page of such words. They stay out of search engines, because they are somebody's own.
pub fn words(page: WordsPage) -> AnyView {
    view! {
        <Seo title=page.title />
        <div class="page page--midden section--s" inner_html=page.html></div>
    }
    .into_any()
}
