//! Signing in with a code by mail: no password, and nobody hears whether an address is known.

use crate::api::account::{EnterCode, OtherAddress, SendCode, SignInPage as Page};
use crate::api::words::Words;
use crate::api::{ApiError, views};
use crate::components::error_summary::{ErrorSummary, form_title};
use crate::components::field::{Mistakes, TextField};
use crate::components::send_button::SendButton;
use crate::routes;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use shop_core::checkout::{Field, FieldError};

/// The page.
pub async fn words() -> Result<Words, ApiError> {
    Ok(sign_in(views::sign_in_page().await?))
}

fn sign_in(page: Page) -> Words {
    let Page { email, errors, signed_in } = page;
    // An address that was not understood is asked again, as it was typed.
    let asks_address = email.is_empty() || errors.iter().any(|error| error.field == Field::Email);
    let title = if asks_address { "Inloggen" } else { "Vul je code in" };
    let body = if signed_in {
        already_in()
    } else if asks_address {
        ask_address(email, errors.clone())
    } else {
        ask_code(email, errors.clone())
    };
    let page = view! { <div class="page page--smal section--s stack stack--l">{body}</div> }.into_any();
    Words::own(form_title(title, &errors), page)
}

fn already_in() -> AnyView {
    view! {
        <h1 class="fs-4" tabindex="-1">"Je bent ingelogd"</h1>
        <p><a class="btn" href=routes::ACCOUNT>"Naar je account"</a></p>
    }
    .into_any()
}

fn ask_address(email: String, errors: Vec<FieldError>) -> AnyView {
    let mistakes = Mistakes::new(&errors);
    view! {
        <div class="stack stack--s">
            <h1 class="fs-4" tabindex="-1">"Inloggen"</h1>
            <p class="groot grijs">"Je krijgt een code per mail. Een wachtwoord heb je niet nodig."</p>
        </div>
        <ErrorSummary errors />
        <form method="post" action=SendCode::PATH class="stack" novalidate data-eenmaal>
            <TextField field=Field::Email label="E-mailadres" value=email mistakes kind="email" autocomplete="username" />
            <div><SendButton label="Stuur mij een code" busy="We sturen je een code…" /></div>
        </form>
        <p class="grijs">"Nog geen account? Dat ontstaat vanzelf bij je eerste bestelling. "<a href=routes::collection("")>"Bekijk de collectie"</a></p>
    }
    .into_any()
}

fn ask_code(email: String, errors: Vec<FieldError>) -> AnyView {
    let mistakes = Mistakes::new(&errors);
    view! {
        <div class="stack stack--s">
            <h1 class="fs-4" tabindex="-1">"Vul je code in"</h1>
            <p class="groot grijs">
                "Is " <strong class="breek">{email.clone()}</strong>
                " bij ons bekend, dan staan er zo zes cijfers in je mailbox."
            </p>
        </div>
        <ErrorSummary errors />
        <form method="post" action=EnterCode::PATH class="stack" novalidate data-eenmaal>
            <TextField
                field=Field::Code
                label="Code van zes cijfers"
                value=String::new()
                mistakes
                autocomplete="one-time-code"
                inputmode="numeric"
                help="Niets gekregen? Kijk ook bij ongewenste mail."
            />
            <div><SendButton label="Log in" /></div>
        </form>
        <div class="row">
            <form method="post" action=SendCode::PATH data-eenmaal>
                <input type="hidden" name="email" value=email />
                <SendButton label="Stuur een nieuwe code" class="link" />
            </form>
            <form method="post" action=OtherAddress::PATH>
                <button type="submit" class="link">"Ander e-mailadres"</button>
            </form>
        </div>
    }
    .into_any()
}
