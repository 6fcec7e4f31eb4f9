//! Legal and help texts. Their words stand on the server only, so the browser module does not carry them: the page arrives
//! complete, the app takes over everything around the text, and coming here by a link inside the app loads the page anew.

use crate::components::seo::Seo;
use crate::routes;
use crate::state::shop::plain;
use crate::state::use_shop;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// Titles, for both sides.
const TITLES: [(&str, &str); 6] = [
    (routes::TERMS, "Algemene voorwaarden"),
    (routes::PRIVACY, "Privacyverklaring"),
    (routes::GUARANTEE, "Wettelijke garantie"),
    (routes::WITHDRAW, "Hier de overeenkomst herroepen"),
    (routes::ABOUT, "Over ons"),
    (routes::ACCESSIBILITY, "Toegankelijkheid"),
];

/// The text at this address.
#[component]
pub fn TextPage() -> impl IntoView {
    let path = use_location().pathname.get_untracked();
    let shop = use_shop();
    load_anew_unless_here(&path);
    view! {
        {head(&path)}
        <Suspense>
            {move || {
                let path = path.clone();
                Suspend::new(async move {
                    let facts = shop.await.unwrap_or_else(|_| plain());
                    let words = words(&path, &facts);
                    // What the server put in stays: the browser does not touch it while taking over.
                    view! { <div inner_html=words></div> }
                })
            }}
        </Suspense>
    }
    .into_any()
}

fn head(path: &str) -> AnyView {
    let path = path.trim_end_matches('/');
    let title = TITLES.iter().find(|(address, _)| *address == path).map(|(_, title)| *title).unwrap_or_default();
    view! { <Seo title=title path=path.to_owned() /> }.into_any()
}

/// The text as HTML that our own views made; nothing that anybody typed is in it.
#[cfg(feature = "ssr")]
fn words(path: &str, facts: &crate::api::catalog::ShopFacts) -> String {
    super::content::page(path.trim_end_matches('/'), facts).map(|(_, view)| view.to_html()).unwrap_or_default()
}

#[cfg(not(feature = "ssr"))]
fn words(_: &str, _: &crate::api::catalog::ShopFacts) -> String {
    String::new()
}

fn load_anew_unless_here(path: &str) {
    let arriving = Owner::current_shared_context().is_some_and(|context| context.during_hydration());
    if cfg!(feature = "hydrate") && !arriving {
        // Refused only while the page is being left, and then there is nothing to do.
        let _ = window().location().replace(path);
    }
}
