//! The way to one's own data for whoever has no account in mind: a mailed code proves the address, and all that was ever ordered with it is
//! there. After an erasure it is the receipt.

use crate::api::account::SendCode;
use crate::api::words::Words;
use crate::api::{ApiError, shop, views};
use crate::components::field::{Mistakes, TextField};
use crate::components::send_button::SendButton;
use crate::pages::account::erase::stay;
use crate::routes;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use shop_core::checkout::Field;
use shop_flows::my_data::Receipt;

/// The page.
pub async fn words() -> Result<Words, ApiError> {
    let (receipt, signed_in) = views::receipt().await?;
    let (title, inside) = match receipt {
        Some(receipt) => ("Je gegevens zijn gewist", done(&shop()?.clock.day(receipt.at).long(), &receipt)),
        None if signed_in => ("Mijn gegevens", here()),
        None => ("Mijn gegevens", ask()),
    };
    let page = view! {
        <div class="page page--smal section--s stack stack--l">
            <h1 class="fs-4" tabindex="-1">{title}</h1>
            {inside}
        </div>
    }
    .into_any();
    Ok(Words::own(title, page))
}

fn ask() -> AnyView {
    view! {
        <p class="groot grijs">"Wil je zien wat we van je bewaren, het meenemen, verbeteren of laten wissen? Vul je e-mailadres in; je krijgt een code per mail."</p>
        <p>"Dat kan ook als je bestelde zonder in te loggen: met de code log je in en zie je alles wat bij dat adres hoort, onder “Mijn gegevens” in je account. Een kopie van je paspoort vragen we nooit."</p>
        <form method="post" action=SendCode::PATH class="stack" novalidate data-eenmaal>
            <TextField
                field=Field::Email
                label="E-mailadres"
                value=String::new()
                mistakes=Mistakes::new(&[])
                kind="email"
                autocomplete="username"
            />
            <div><SendButton label="Stuur mij een code" busy="We sturen je een code…" /></div>
        </form>
        <p>
            "Liever anders? Bel, schrijf of mail ons; hoe, staat in de " <a href=routes::PRIVACY rel="external">"privacyverklaring"</a> "."
        </p>
    }
    .into_any()
}

fn here() -> AnyView {
    view! {
        <p class="groot grijs">"Je bent ingelogd."</p>
        <p><a class="btn" href=routes::ACCOUNT_DATA>"Naar mijn gegevens"</a></p>
    }
    .into_any()
}

fn done(day: &str, receipt: &Receipt) -> AnyView {
    view! {
        <p class="groot" role="status">
            {["Op ", day, " hebben we gewist wat we van je hadden. Je bent uitgelogd. We sturen je nog één mail waarin dit staat; daarna wissen we ook dat adres."].concat()}
        </p>
        {stay(&receipt.stays)}
        <p><a class="link" href=routes::HOME>"Naar de winkel"</a></p>
    }
    .into_any()
}
