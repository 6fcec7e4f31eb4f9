//! The account: orders, addresses, signing out. Nothing is shown that was not proven by a mailed code.

pub mod addresses;
pub mod data;
pub mod erase;
pub mod file;
pub mod labels;
pub mod orders;

use crate::api::account::{AccountPage as Page, SignOut};
use crate::api::newsletter::SwitchNewsletter;
use crate::api::words::Words;
use crate::api::{ApiError, views};
use crate::components::address_lines::AddressLines;
use crate::components::icon::Icon;
use crate::routes;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use shop_core::newsletter::CONSENT;

/// The page.
pub async fn words() -> Result<Words, ApiError> {
    Ok(overview(views::account_page().await?))
}

fn overview(page: Page) -> Words {
    let Page { name, email, orders, addresses, newsletter } = page;
    let greeting = if name.is_empty() { "Je account".to_owned() } else { format!("Dag {name}") };
    let newest = orders.into_iter().take(3).collect();
    let address = addresses.into_iter().next().map_or_else(
        || view! { <p class="grijs">"Nog geen adres bewaard."</p> }.into_any(),
        |(_, lines)| view! { <AddressLines lines /> }.into_any(),
    );
    let body = view! {
        <div class="stack stack--s">
            <h1 class="fs-4" tabindex="-1">{greeting}</h1>
            <p class="grijs breek">{email}</p>
        </div>
        <section class="stack">
            <h2 class="fs-2">"Laatste bestellingen"</h2>
            {orders::table(newest)}
        </section>
        <div class="kaarten kaarten--start">
            <section class="paneel">
                <h2 class="fs-2">"Adres"</h2>
                {address}
                <a class="link" href=routes::ACCOUNT_ADDRESSES>"Adressen beheren"</a>
            </section>
            {letters(newsletter)}
            <section class="paneel paneel--haver">
                <h2 class="fs-2">"Je gegevens"</h2>
                <p>"Wil je inzien wat we van je bewaren, iets verbeteren of laten wissen? Dat mag altijd."</p>
                <a class="link" href=routes::ACCOUNT_DATA>"Naar mijn gegevens"</a>
            </section>
        </div>
    }
    .into_any();
    frame("Je account".to_owned(), routes::ACCOUNT, body)
}

/// The switch of the newsletter: a form each way, so that it works without script.
fn letters((is_on, is_asked): (bool, bool)) -> AnyView {
    let inside = if is_on {
        view! {
            <p>"Je krijgt de nieuwsbrief op dit adres."</p>
            <form method="post" action=SwitchNewsletter::PATH>
                <button class="btn btn--rustig btn--klein">"Meld me af voor de nieuwsbrief"</button>
            </form>
        }
        .into_any()
    } else if is_asked {
        view! {
            <p>"We stuurden je een mail. Tik op de knop daarin, dan sta je op de lijst."</p>
            <form method="post" action=SwitchNewsletter::PATH>
                <button class="btn btn--rustig btn--klein">"Toch niet"</button>
            </form>
        }
        .into_any()
    } else {
        view! {
            <p>"Je krijgt de nieuwsbrief niet. Wil je hem wel, dan sturen we eerst een mail om het te bevestigen."</p>
            <form method="post" action=SwitchNewsletter::PATH class="stack stack--s">
                <label class="keus">
                    <input type="checkbox" name="newsletter" value="ja" required />
                    <span>{CONSENT.words}</span>
                </label>
                <div>
                    <button class="btn btn--rustig btn--klein">"Meld me aan"</button>
                </div>
            </form>
        }
        .into_any()
    };
    view! {
        <section class="paneel">
            <h2 class="fs-2">"Nieuwsbrief"</h2>
            {inside}
        </section>
    }
    .into_any()
}

/// The list at the side, the page beside it.
fn frame(title: String, here: &'static str, body: AnyView) -> Words {
    let link = |href: &'static str, name: &'static str, text: &'static str| {
        view! {
            <li>
                <a href=href aria-current=(href == here).then_some("page")>
                    <Icon name small=true />
                    {text}
                </a>
            </li>
        }
    };
    let page = view! {
        <div class="page section--s rekening">
            <nav class="rekening__nav niet-printen" aria-label="Mijn account">
                <ul>
                    {link(routes::ACCOUNT, "user-round", "Overzicht")}
                    {link(routes::ACCOUNT_ORDERS, "package", "Bestellingen")}
                    {link(routes::ACCOUNT_ADDRESSES, "map-pin", "Adressen")}
                    {link(routes::ACCOUNT_DATA, "shield-check", "Mijn gegevens")}
                    <li>
                        <form method="post" action=SignOut::PATH>
                            <button type="submit">
                                <Icon name="log-out" small=true />
                                "Uitloggen"
                            </button>
                        </form>
                    </li>
                </ul>
            </nav>
            <div class="stack stack--l">{body}</div>
        </div>
    }
    .into_any();
    Words::own(title, page)
}
