//! Contact: who we are, when we are there, and a form. `?over=herroeping` starts the message with the model form for withdrawal.

use crate::api::account::{ContactForm, SendQuestion};
use crate::api::catalog::{ShopFacts, shop_facts};
use crate::api::words::Words;
use crate::api::{ApiError, views};
use crate::components::error_summary::{ErrorSummary, form_title};
use crate::components::field::{FieldMistake, Mistakes, TextField, mistake_id};
use crate::components::icon::Icon;
use crate::components::send_button::SendButton;
use crate::routes;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use shop_core::checkout::Field;
use shop_core::shop::Identity;

/// The model form of BW 6:230m(1)(h) as the start of a message.
const WITHDRAWAL: &str = "Ik herroep hierbij mijn overeenkomst.\n\nBestelnummer: \nOm welke artikelen gaat het (leeg = alles): \nBesteld op: \nNaam en adres: ";

/// The page. `over` is what the link here was about.
pub async fn words(over: &str) -> Result<Words, ApiError> {
    let (form, facts) = (views::contact_form().await?, shop_facts().await?);
    Ok(contact(form, facts, over))
}

fn contact(form: ContactForm, facts: ShopFacts, over: &str) -> Words {
    let title = form_title("Contact", &form.errors);
    let summary = format!("Vragen over maat, bestelling of terugsturen? Bel, app of mail {}.", facts.identity.name);
    let body = if form.sent { sent() } else { question(form, over) };
    let page = view! {
        <div class="page page--midden section--s stack stack--xl">
            <div class="stack stack--s">
                <h1 tabindex="-1">"Vraag maar"</h1>
                <p class="groot grijs">"Ik beantwoord alles zelf, meestal dezelfde werkdag."</p>
            </div>
            <div class="two">{body} {who(facts.identity)}</div>
        </div>
    }
    .into_any();
    Words::public(&title, summary, routes::CONTACT, page)
}

fn sent() -> AnyView {
    view! {
        <div class="stack">
            <div class="melding melding--goed" role="status">
                <Icon name="check" />
                <p>"Je bericht is binnen. Ik antwoord per mail, meestal dezelfde werkdag."</p>
            </div>
            <p><a class="btn btn--rustig" href=routes::collection("")>"Verder kijken"</a></p>
        </div>
    }
    .into_any()
}

fn question(form: ContactForm, over: &str) -> AnyView {
    let ContactForm { name, email, order, message, errors, stamp, .. } = form;
    let message = if message.is_empty() && over == "herroeping" { WITHDRAWAL.to_owned() } else { message };
    let mistakes = Mistakes::new(&errors);
    let id = Field::Message.name();
    view! {
        <form method="post" action=SendQuestion::PATH class="stack stack--l" novalidate data-eenmaal>
            <ErrorSummary errors />
            <div class="velden">
                <TextField field=Field::Name label="Je naam" value=name mistakes autocomplete="name" width="k3" />
                <TextField field=Field::ReplyTo name="email" label="E-mailadres" value=email mistakes kind="email" autocomplete="email" width="k3" />
                <div class="veld k3">
                    <label for=Field::Order.name()>"Bestelnummer, als het daarover gaat"</label>
                    <input
                        class="in"
                        id=Field::Order.name()
                        name=Field::Order.name()
                        type="text"
                        autocomplete="off"
                        value=order
                        aria-invalid=mistakes.of(Field::Order).map(|_| "true")
                        aria-describedby=mistakes.of(Field::Order).map(|_| mistake_id(Field::Order))
                    />
                    <FieldMistake field=Field::Order mistakes />
                </div>
                <div class="veld">
                    <label for=id>"Je vraag"</label>
                    <textarea
                        class="in"
                        id=id
                        name=id
                        rows="6"
                        data-regel
                        aria-invalid=mistakes.of(Field::Message).map(|_| "true")
                        aria-describedby=match mistakes.of(Field::Message) {
                            Some(_) => format!("{} {id}-hulp", mistake_id(Field::Message)),
                            None => format!("{id}-hulp"),
                        }
                    >
                        {message}
                    </textarea>
                    <FieldMistake field=Field::Message mistakes />
                    <p class="hulp" id=format!("{id}-hulp")>
                        "Zet hier geen bankgegevens of gegevens van je kind."
                    </p>
                </div>
            </div>
            // Nobody sees this one; what fills it in is a program.
            <div hidden>
                <label for="website">"Laat dit leeg"</label>
                <input id="website" name="website" type="text" autocomplete="off" tabindex="-1" />
            </div>
            <input type="hidden" name="stamp" value=stamp />
            <div><SendButton label="Verstuur" busy="We versturen je vraag…" /></div>
            <p class="klein grijs">
                "We gebruiken je bericht alleen om te antwoorden. " <a href=routes::PRIVACY rel="external">"Privacy"</a>
            </p>
        </form>
    }
    .into_any()
}

/// Who we are and how to reach us (BW 3:15d): from the one configuration.
fn who(shop: Identity) -> AnyView {
    let Identity { name, street, postal_code, city, phone, whatsapp, email, hours, kvk, vat_id, .. } = shop;
    let call = format!("tel:{}", dialled(&phone));
    let chat = format!("https://wa.me/{}", dialled(&whatsapp).trim_start_matches('+'));
    let mail = format!("mailto:{email}");
    view! {
        <aside class="stack">
            <section class="paneel paneel--haver paneel--facet">
                <h2 class="fs-2">"Liever meteen?"</h2>
                <ul class="stack gap-1">
                    <li><a class="link" href=call rel="external"><Icon name="phone" small=true />{phone}</a></li>
                    <li><a class="link" href=chat rel="external noopener"><Icon name="message-circle" small=true />"WhatsApp "{whatsapp}</a></li>
                    <li><a class="link" href=mail rel="external"><Icon name="mail" small=true />{email}</a></li>
                </ul>
                <p class="grijs">{hours}"."</p>
            </section>
            <section class="paneel">
                <h2 class="fs-2">{name}</h2>
                <p>{street}<br />{postal_code}" "{city}</p>
                <p class="grijs klein">"KvK "{kvk}<br />"btw "{vat_id}</p>
                <p class="klein">"Klacht? Je krijgt binnen 14 dagen een inhoudelijk antwoord."</p>
            </section>
        </aside>
    }
    .into_any()
}

/// The number as a telephone dials it: `+31 (0)546 232032` is `+31546232032`.
fn dialled(number: &str) -> String {
    number.replace("(0)", "").chars().filter(|c| c.is_ascii_digit() || *c == '+').collect()
}

#[cfg(test)]
mod tests {
    use super::dialled;

    #[test]
    fn a_number_is_dialled_without_its_optional_zero() {
        assert_eq!(dialled("+31 (0)546 232032"), "+31546232032");
        assert_eq!(dialled("06 24446262"), "0624446262");
    }
}
