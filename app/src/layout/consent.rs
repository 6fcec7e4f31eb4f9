//! The question about cookies at the bottom of the window. It stands in the page of everybody and is shown only to who has not answered:
//! by `consent.js`, and without script by a style sheet that the server makes for her (`/keuze.css`).

#[cfg(feature = "ssr")]
use crate::{measure, routes};
use leptos::prelude::*;

/// The question; nothing when there is nothing to choose. It comes before the page, so the keyboard meets it first and can pass it.
#[component]
pub fn ConsentBanner() -> impl IntoView {
    // What the server put in stays, as in the footer.
    view! { <div inner_html=banner()></div> }
}

#[cfg(not(feature = "ssr"))]
fn banner() -> String {
    String::new()
}

#[cfg(feature = "ssr")]
fn banner() -> String {
    let tools = measure::tools();
    let purposes = tools.purposes();
    if purposes.is_empty() {
        return String::new();
    }
    let marks = purposes.iter().map(|purpose| purpose.mark()).collect::<Vec<_>>().join(" ");
    let words = purposes.iter().map(|purpose| view! { <p>{purpose.text().words}</p> }.into_any()).collect_view();
    let (statistics, reviews) = (tools.statistics.clone(), tools.reviews.clone());
    view! {
        <section
            class="koek"
            aria-labelledby="koek-titel"
            data-doelen=marks
            data-cijfers=statistics.as_ref().map(|tool| tool.id.clone())
            data-cijfers-script=statistics.map(|tool| tool.script)
            data-keurmerk-script=reviews.map(|tool| tool.script)
        >
            <h2 id="koek-titel">"Mogen we meetellen?"</h2>
            <p>
                "Alles werkt zonder. Je keuze wijzig je altijd onderaan de pagina, bij cookie-instellingen."
            </p>
            {words}
            <form method="post" action=routes::COOKIE_SETTINGS class="stack stack--s">
                <input type="hidden" name="waar" value="banner" />
                {pair()}
                <a class="link" href=routes::COOKIE_SETTINGS rel="external">
                    "Zelf kiezen per doel"
                </a>
            </form>
        </section>
    }
    .into_any()
    .to_html()
}

/// No and yes: the same button twice (AVG 4.11, AP).
#[cfg(feature = "ssr")]
pub fn pair() -> AnyView {
    view! {
        <div class="paar">
            <button class="btn btn--rustig" name="keuze" value="nee">
                "Weigeren"
            </button>
            <button class="btn btn--rustig" name="keuze" value="ja">
                "Accepteren"
            </button>
        </div>
    }
    .into_any()
}

/// What the footer says about it on every page: the way to change her mind, and the seal as a plain link.
#[cfg(feature = "ssr")]
pub fn footer_links() -> AnyView {
    let seal = measure::tools().reviews.as_ref().map(|tool| {
        let href = ["https://www.trustedshops.nl/verkopersbeoordeling/info_", &tool.id, ".html"].concat();
        view! {
            <a href=href rel="external noopener">
                "Keurmerk Trusted Shops"
            </a>
        }
    });
    view! {
        <a href=routes::COOKIE_SETTINGS>"Cookie-instellingen"</a>
        {seal}
    }
    .into_any()
}
