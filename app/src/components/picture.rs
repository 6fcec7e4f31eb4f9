//! Photos in the format and width that this screen needs.

use crate::api::catalog::PictureView;
use crate::routes;
use leptos::prelude::*;

/// Where a photo stands; says how wide it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Across the whole page.
    Hero,
    /// Half the page from 60rem on.
    Half,
    /// A card in a grid (design.md section 8).
    Card,
    /// The gallery of a product.
    Gallery,
    /// The dialog with one large photo.
    Zoom,
    /// A line of the bag, a thumbnail.
    Thumb,
}

impl Place {
    const fn sizes(self) -> &'static str {
        match self {
            Self::Hero => "100vw",
            Self::Half => "(min-width: 60rem) 50vw, 100vw",
            Self::Card => "(min-width: 64rem) 22vw, (min-width: 48rem) 30vw, 46vw",
            Self::Gallery => "(min-width: 64rem) 50vw, 100vw",
            Self::Zoom => "(min-width: 60rem) 60rem, 100vw",
            Self::Thumb => "88px",
        }
    }
}

/// When a photo is fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Haste {
    /// The main picture of the page: before everything else. One per page.
    First,
    /// In the first row.
    Soon,
    /// When it comes near.
    Lazy,
}

/// A photo. `alt` replaces its own text; pass an empty one beside its name.
pub fn picture(view: &PictureView, place: Place, haste: Haste, class: &'static str, alt: Option<String>) -> AnyView {
    let largest =
        view.widths.iter().rev().find(|width| **width <= 1280).or(view.widths.first()).copied().unwrap_or(view.width);
    let small = view.widths.iter().find(|width| **width >= 640).copied().unwrap_or(largest);
    let srcset = |extension: &str| srcset(view, extension);
    view! {
        <picture>
            {view.avif.then(|| view! { <source type="image/avif" srcset=srcset("avif") sizes=place.sizes() /> })}
            <source type="image/webp" srcset=srcset("webp") sizes=place.sizes() />
            <img
                class=(!class.is_empty()).then_some(class)
                src=routes::picture(&view.key, small, "jpg")
                srcset=srcset("jpg")
                sizes=place.sizes()
                width=view.width.to_string()
                height=view.height.to_string()
                alt=alt.unwrap_or_else(|| view.alt.clone())
                loading=(haste == Haste::Lazy).then_some("lazy")
                decoding=(haste == Haste::Lazy).then_some("async")
                fetchpriority=(haste == Haste::First).then_some("high")
            />
        </picture>
    }
    .into_any()
}

/// The address of a photo for looking at closely.
pub fn large(view: &PictureView) -> String {
    let width = view.widths.iter().rev().find(|width| **width <= 1280).copied().unwrap_or(view.width);
    routes::picture(&view.key, width, "jpg")
}

fn srcset(view: &PictureView, extension: &str) -> String {
    let mut text = String::new();
    for width in &view.widths {
        if !text.is_empty() {
            text.push_str(", ");
        }
        text.push_str(&routes::picture(&view.key, *width, extension));
        text.push(' ');
        text.push_str(&width.to_string());
        text.push('w');
    }
    text
}
