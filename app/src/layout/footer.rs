//! The footer: service, shop, who we are. "Hier de overeenkomst herroepen" stands on every page (BW 6:230o, directive 2023/2673).

#[cfg(feature = "ssr")]
use super::header::logo;
use crate::api::catalog::ShopFacts;
#[cfg(feature = "ssr")]
use crate::api::newsletter::AskForNewsletter;
use crate::components::loaded::always;
#[cfg(feature = "ssr")]
use crate::routes;
use crate::state::shop::plain;
use crate::state::use_shop;
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use leptos::server_fn::ServerFn;

/// The footer.
#[component]
pub fn Footer() -> impl IntoView {
    always(use_shop(), |facts| {
        let words = footer(&facts.unwrap_or_else(|_| plain()));
        // What the server put in stays: nothing in it changes, so the browser carries none of it.
        view! { <footer class="voet" inner_html=words></footer> }.into_any()
    })
}

#[cfg(not(feature = "ssr"))]
fn footer(_: &ShopFacts) -> String {
    String::new()
}

#[cfg(feature = "ssr")]
fn footer(facts: &ShopFacts) -> String {
    let who = &facts.identity;
    let organic = (facts.articles > 0).then(|| {
        [
            "“Organic” zegt iets over de vezel. ",
            &facts.organic.to_string(),
            " van de ",
            &facts.articles.to_string(),
            " artikelen bestaan voor minstens 70% uit biologisch katoen. Per artikel zie je het percentage en het certificaat.",
        ]
        .concat()
    });
    let street = [who.street.as_str(), ", ", &who.postal_code, " ", &who.city].concat();
    let numbers = ["KvK ", &who.kvk, " · btw ", &who.vat_id].concat();
    let mail = ["mailto:", &who.email].concat();
    let dial: String = who.phone.replace("(0)", "").chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    let instagram = ["https://www.instagram.com/", &who.instagram].concat();
    let facebook = ["https://www.facebook.com/", &who.facebook].concat();
    // What the bar of wide screens has no room for.
    let rest: Vec<AnyView> = facts
        .menu
        .iter()
        .filter(|entry| !entry.in_bar)
        .map(|entry| {
            view! {
                <li>
                    <a href=entry.path.clone()>{entry.title.clone()}</a>
                </li>
            }
            .into_any()
        })
        .collect();
    view! {
        <div class="page">
            <div class="voet__grid">
                <div class="stack stack--s">
                    {logo()} <p class="grijs klein">{organic}</p>
                    {letters()}
                </div>
                <div>
                    <h2>"Klantenservice"</h2>
                    <ul>
                        {link(routes::CONTACT, "Contact")} {link(routes::SHIPPING, "Bezorgen en terugsturen")}
                        <li>
                            <a href=routes::WITHDRAW>
                                <strong>"Hier de overeenkomst herroepen"</strong>
                            </a>
                        </li> {link(routes::GUARANTEE, "Garantie en klachten")}
                    </ul>
                </div>
                <div>
                    <h2>"Winkel"</h2>
                    <ul>
                        {rest} {link(routes::SIZES, "Maattabel")} {link(routes::ABOUT, "Over ons")}
                        {link(routes::ACCOUNT, "Mijn account")}
                    </ul>
                </div>
                <div>
                    <h2>{who.name.clone()}</h2>
                    <p class="klein">{street} <br /> {numbers}</p>
                    <ul class="klein">
                        <li>
                            <a href=mail>{who.email.clone()}</a>
                        </li>
                        <li>
                            <a href=["tel:", &dial].concat()>{who.phone.clone()}</a>
                        </li>
                        <li>
                            <a href=instagram rel="external noopener">
                                "Instagram"
                            </a>
                        </li>
                        <li>
                            <a href=facebook rel="external noopener">
                                "Facebook"
                            </a>
                        </li>
                    </ul>
                </div>
            </div>
            <div class="voet__recht">
                <span>{["© ", &who.name].concat()}</span>
                <a href=routes::TERMS>"Voorwaarden"</a>
                <a href=routes::PRIVACY>"Privacy"</a>
                <a href=routes::COOKIES>"Cookies"</a>
                <a href=routes::ACCESSIBILITY>"Toegankelijkheid"</a>
                {super::consent::footer_links()}
            </div>
        </div>
    }
    .into_any()
    .to_html()
}

/// The short form of the newsletter. Its ids are its own: a page may hold the long one.
#[cfg(feature = "ssr")]
fn letters() -> AnyView {
    view! {
        <form method="post" action=AskForNewsletter::PATH class="stack stack--s" novalidate>
            <label for="voet-mail">"Post uit Almelo, op je mailadres"</label>
            <input class="in" id="voet-mail" name="email" type="email" autocomplete="email" />
            <label class="keus klein">
                <input type="checkbox" name="newsletter" value="ja" />
                <span>{shop_core::newsletter::CONSENT.words}</span>
            </label>
            <div class="row">
                <button class="btn btn--rustig btn--klein">"Schrijf me in"</button>
                <a class="klein" href=routes::NEWSLETTER rel="external">
                    "Wat krijg ik?"
                </a>
            </div>
        </form>
    }
    .into_any()
}

#[cfg(feature = "ssr")]
fn link(href: &'static str, title: &'static str) -> AnyView {
    view! {
        <li>
            <a href=href>{title}</a>
        </li>
    }
    .into_any()
}
