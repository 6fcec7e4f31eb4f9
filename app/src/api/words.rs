//! What the server wrote as HTML, so that the browser carries no code for it: whole pages, and the parts of living pages that do nothing.
//! In a page that is sent it stands already, so it does not travel a second time beside it; in an answer to the running app it does.

use serde::{Deserialize, Serialize};

/// HTML that our own views made: what people typed is escaped in it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
pub struct Html(pub String);

#[cfg(feature = "ssr")]
thread_local! {
    static IN_PAGE: std::cell::Cell<bool> = const { std::cell::Cell::new(false) };
}

/// Writes data down for a page that holds the HTML of it already.
#[cfg(feature = "ssr")]
pub fn in_page<T>(write: impl FnOnce() -> T) -> T {
    IN_PAGE.set(true);
    let written = write();
    IN_PAGE.set(false);
    written
}

impl Serialize for Html {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[cfg(feature = "ssr")]
        if IN_PAGE.get() {
            return serializer.serialize_newtype_struct("Html", "");
        }
        serializer.serialize_newtype_struct("Html", &self.0)
    }
}

#[cfg(feature = "ssr")]
impl Html {
    /// Writes a view.
    pub fn of(view: impl leptos::prelude::RenderHtml) -> Self {
        Self(view.to_html())
    }
}

/// The page.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Words {
    /// Title without the name of the shop.
    pub title: String,
    /// One or two sentences for search engines; empty leaves it out.
    pub summary: String,
    /// The one address of this page; empty keeps it out of search engines, because it is somebody's own.
    pub path: String,
    /// All of it.
    pub html: Html,
}

#[cfg(feature = "ssr")]
impl Words {
    /// Somebody's own page.
    pub fn own(title: impl Into<String>, view: leptos::prelude::AnyView) -> Self {
        Self { title: title.into(), html: Html::of(view), ..Self::default() }
    }

    /// A page for everyone, that search engines may know under `path`.
    pub fn public(title: &str, summary: String, path: &str, view: leptos::prelude::AnyView) -> Self {
        Self { summary, path: path.to_owned(), ..Self::own(title, view) }
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use codee::binary::PostcardCodec;
    use codee::{Decoder, Encoder};

    fn read(bytes: Option<Vec<u8>>) -> Option<Html> {
        bytes.and_then(|bytes| <PostcardCodec as Decoder<Html>>::decode(&bytes).ok())
    }

    #[test]
    fn html_travels_to_the_running_app_and_not_beside_the_page_it_stands_in() {
        let html = Html("<p>Net binnen</p>".to_owned());

        let answer = read(PostcardCodec::encode(&html).ok());
        let beside = read(in_page(|| PostcardCodec::encode(&html)).ok());

        assert_eq!(answer, Some(html));
        assert_eq!(beside, Some(Html::default()));
    }
}
