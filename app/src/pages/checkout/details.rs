//! Step 1: who orders and where it goes. Seven obligatory fields and a country that is filled in.

use super::{Notice, Step, Steps};
use crate::api::checkout::{DetailsPage as Page, SendDetails};
use crate::api::words::Words;
use crate::api::{ApiError, views};
use crate::components::address_fields::AddressFields;
use crate::components::error_summary::{ErrorSummary, form_title};
use crate::components::field::{Mistakes, TextField};
use crate::components::hold_bar::HoldBar;
use crate::components::icon::Icon;
use crate::components::order_summary::CartSummary;
use crate::components::send_button::SendButton;
use crate::routes;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use shop_core::checkout::{Field, TypedDetails};
use shop_core::newsletter::CONSENT;

/// The page.
pub async fn words() -> Result<Words, ApiError> {
    Ok(form(views::details_page().await?))
}

fn form(page: Page) -> Words {
    let Page { typed, errors, proposal, notice, cart, signed_in, newsletter } = page;
    let mistakes = Mistakes::new(&errors);
    let began = Some(crate::measure::begins_checkout(&cart)).filter(|event| !event.is_empty());
    let began = began.map(|event| view! { <div hidden inner_html=event></div> });
    let proposal = proposal.map(|(street, city)| view! { <Proposal typed=typed.clone() street city newsletter /> });
    let TypedDetails { email, phone, .. } = typed.clone();
    let title = form_title("Waar mag het heen?", &errors);
    let page = view! {
        <div class="page kassa section--s stack stack--l">
            <Steps current=Step::Details />
            {began}
            <div class="two">
                <div class="stack stack--l">
                    <div class="stack stack--s">
                        <h1 class="fs-4" tabindex="-1">"Waar mag het heen?"</h1>
                        <p class="grijs">
                            {if signed_in {
                                "Je bent ingelogd. Wat we al van je weten staat er vast.".into_any()
                            } else {
                                view! {
                                    "Je kunt zo beginnen, zonder wachtwoord. "
                                    <a href=routes::SIGN_IN>"Bestelde je eerder? Log in met een code."</a>
                                }
                                .into_any()
                            }}
                        </p>
                    </div>
                    <ErrorSummary errors />
                    <Notice text=notice />
                    {proposal}
                    {cart.hold.map(|hold| view! { <HoldBar hold back=routes::DETAILS /> })}
                    <form
                        method="post"
                        action=SendDetails::PATH
                        class="stack stack--l"
                        novalidate data-eenmaal
                    >
                        <fieldset class="velden">
                            <legend class="weg">"Contact"</legend>
                            <TextField
                                field=Field::Email
                                label="E-mailadres"
                                value=email
                                mistakes
                                kind="email"
                                autocomplete="email"
                                help="Hier sturen we je bevestiging naartoe."
                            />
                        </fieldset>
                        <AddressFields typed mistakes />
                        <fieldset class="velden">
                            <legend class="weg">"Telefoon"</legend>
                            <TextField
                                field=Field::Phone
                                label="Telefoon (mag leeg blijven)"
                                value=phone
                                mistakes
                                kind="tel"
                                autocomplete="tel"
                                help="Waarom we dit vragen: alleen om je te bellen als er iets is met je bestelling. PostNL krijgt het niet."
                            />
                        </fieldset>
                        <label class="keus">
                            <input
                                type="checkbox"
                                name=Field::Newsletter.name()
                                value="ja"
                                checked=newsletter
                            />
                            <span>
                                {CONSENT.words}
                                <span class="klein grijs">" Je bevestigt het eerst via een mail; het hoort niet bij je bestelling."</span>
                            </span>
                        </label>
                        <div class="kassa__acties">
                            <SendButton label="Verder naar betaling" />
                            <a class="link" href=routes::CART>
                                <Icon name="arrow-left" small=true />
                                "Terug naar je tas"
                            </a>
                        </div>
                        <p class="klein grijs">
                            "We gebruiken je gegevens om te bezorgen en te factureren. PostNL krijgt alleen je naam en adres. "
                            <a href=routes::PRIVACY rel="external">"Zo gaan we ermee om"</a>
                            "."
                        </p>
                    </form>
                </div>
                <CartSummary cart />
            </div>
        </div>
    }
    .into_any();
    Words::own(title, page)
}

/// What the register says, when it differs from what was typed. A proposal: going on without it is fine (market.md K6).
/// Without script it sends the form again with the proposed lines; with script it fills them in.
#[component]
fn Proposal(typed: TypedDetails, street: String, city: String, newsletter: bool) -> impl IntoView {
    let ticked = newsletter.then(|| view! { <input type="hidden" name=Field::Newsletter.name() value="ja" /> });
    let hidden = [
        (Field::Email, typed.email),
        (Field::GivenName, typed.given_name),
        (Field::FamilyName, typed.family_name),
        (Field::Country, typed.country),
        (Field::PostalCode, typed.postal_code),
        (Field::House, typed.house),
        (Field::Phone, typed.phone),
        (Field::Street, street.clone()),
        (Field::City, city.clone()),
    ]
    .map(|(field, value)| view! { <input type="hidden" name=field.name() value=value /> })
    .collect_view();
    view! {
        <div class="melding melding--let" data-voorstel>
            <Icon name="map-pin" />
            <div class="stack stack--s">
                <p>
                    "Volgens het adresregister hoort hier " <strong>{format!("{street}, {city}")}</strong>
                    " bij. Klopt wat je typte? Ga dan gewoon verder."
                </p>
                <form method="post" action=SendDetails::PATH>
                    {hidden}
                    {ticked}
                    <button type="submit" class="btn btn--rustig btn--klein">"Neem dit over"</button>
                </form>
            </div>
        </div>
    }
}
