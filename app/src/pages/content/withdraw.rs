//! Withdrawal from the contract (BW 6:230o, 6:230oa): what the right is, the model form, and the function itself in two steps, without an
//! account.

use super::article::{article, list, section, text};
use crate::api::account::{CheckWithdrawal, ConfirmWithdrawal, WithdrawalForm, WithdrawalStep};
use crate::api::catalog::ShopFacts;
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

/// Subject and body of the mail, encoded for an address (RFC 6068).
const MAIL: &str = "?subject=Herroeping&body=Ik%20herroep%20hierbij%20mijn%20overeenkomst.%0D%0A%0D%0ABestelnummer%3A%20%0D%0AOm%20welke%20artikelen%20gaat%20het%20(leeg%20%3D%20alles)%3A%20%0D%0ABesteld%20op%3A%20%0D%0ANaam%20en%20adres%3A%20";

/// The page as this visitor left it. `number` is the order that she came from.
pub async fn words(number: String) -> Result<Words, ApiError> {
    let facts = crate::api::catalog::shop_facts().await?;
    let form = views::withdrawal_form(number).await?;
    let title = form_title(super::WITHDRAWAL_TITLE, &form.errors);
    Ok(Words::public(&title, String::new(), routes::WITHDRAW, withdraw(&facts, form)))
}

/// The page.
pub fn withdraw(facts: &ShopFacts, form: WithdrawalForm) -> AnyView {
    match form.step {
        WithdrawalStep::Form => explained(facts, form),
        WithdrawalStep::Confirm => {
            let lead = "Klopt dit? Dan is één druk op de knop genoeg.";
            article("Overeenkomst herroepen", lead, vec![confirm(form)])
        }
        WithdrawalStep::Received => article(
            "Je herroeping is ontvangen",
            "Bewaar de mail die je krijgt: die is je bewijs.",
            vec![received(form)],
        ),
    }
}

/// The function: who, which order, where the confirmation goes. Nothing else is asked (CRD 11a(2)).
fn function(facts: &ShopFacts, form: WithdrawalForm) -> AnyView {
    let WithdrawalForm { order, name, email, articles, errors, .. } = form;
    let mistakes = Mistakes::new(&errors);
    let shop = &facts.identity;
    let mail = format!("mailto:{}{MAIL}", shop.email);
    let id = Field::Message.name();
    view! {
        <section class="paneel paneel--haver paneel--facet stack" aria-labelledby="zo">
            <h2 class="fs-2" id="zo">"Herroep hier"</h2>
            <p>"Een account of een reden is niet nodig. Je ziet eerst nog wat je herroept; daarna krijg je meteen een bevestiging per mail, met datum en tijd."</p>
            <form method="post" action=CheckWithdrawal::PATH class="stack" novalidate data-eenmaal>
                <ErrorSummary errors />
                <div class="velden">
                    <TextField
                        field=Field::Order
                        label="Bestelnummer"
                        value=order
                        mistakes
                        autocomplete="off"
                        width="k3"
                        help="Bijvoorbeeld AG100042. Weet je het niet, schrijf dan wat en wanneer je bestelde."
                    />
                    <TextField field=Field::Name label="Je naam" value=name mistakes autocomplete="name" width="k3" />
                    <TextField
                        field=Field::Email
                        label="E-mailadres voor de bevestiging"
                        value=email
                        mistakes
                        kind="email"
                        autocomplete="email"
                        width="k3"
                    />
                    <div class="veld">
                        <label for=id>"Welke artikelen? (mag leeg blijven)"</label>
                        <textarea
                            class="in"
                            id=id
                            name=id
                            rows="2"
                            data-regel
                            aria-invalid=mistakes.of(Field::Message).map(|_| "true")
                            aria-describedby=match mistakes.of(Field::Message) {
                                Some(_) => format!("{} {id}-hulp", mistake_id(Field::Message)),
                                None => format!("{id}-hulp"),
                            }
                        >
                            {articles}
                        </textarea>
                        <FieldMistake field=Field::Message mistakes />
                        <p class="hulp" id=format!("{id}-hulp")>"Leeg betekent: alles van deze bestelling."</p>
                    </div>
                </div>
                <div><SendButton label="Hier de overeenkomst herroepen" /></div>
            </form>
            <p class="klein grijs">
                {format!("Liever anders? Bel {}, of ", shop.phone)} <a href=mail>"herroep per mail"</a>
                ". Het moment waarop je bericht binnenkomt telt."
            </p>
        </section>
    }
    .into_any()
}

/// What will be withdrawn, with the one button that does it.
fn confirm(form: WithdrawalForm) -> AnyView {
    let facts = declared(&form);
    let WithdrawalForm { order, name, email, articles, .. } = form;
    let hidden = move || {
        [("order", &order), ("name", &name), ("email", &email), ("message", &articles)]
            .map(|(field, value)| view! { <input type="hidden" name=field value=value.clone() /> })
            .collect_view()
    };
    let (to_confirm, to_change) = (hidden(), hidden());
    view! {
        <section class="paneel paneel--haver stack">
            <p><strong>"Ik herroep hierbij mijn overeenkomst."</strong></p>
            {facts}
            <form method="post" action=ConfirmWithdrawal::PATH data-eenmaal>
                {to_confirm} <SendButton label="Herroeping bevestigen" />
            </form>
            <form method="post" action=CheckWithdrawal::PATH>
                {to_change} <input type="hidden" name="again" value="1" /> <button class="link">"Terug om iets te wijzigen"</button>
            </form>
        </section>
    }
    .into_any()
}

fn received(form: WithdrawalForm) -> AnyView {
    let facts = declared(&form);
    let WithdrawalForm { received, email, .. } = form;
    view! {
        <div class="melding melding--goed" role="status">
            <Icon name="check" />
            <p>{format!("Ontvangen op {received}. De bevestiging is onderweg naar {email}.")}</p>
        </div>
        {facts}
        <p>"Heb je de artikelen al? Stuur ze binnen 14 dagen terug. Is het pakje nog niet weg, dan stuur ik het niet meer op. Hoe het verder gaat, staat in de mail."</p>
        <p>
            <a class="btn btn--rustig" href=routes::SHIPPING>"Zo stuur je terug"</a>
        </p>
    }
    .into_any()
}

fn declared(form: &WithdrawalForm) -> AnyView {
    let articles =
        if form.articles.trim().is_empty() { "Alles van deze bestelling".to_owned() } else { form.articles.clone() };
    super::article::facts([
        ("Bestelling", form.order.clone()),
        ("Artikelen", articles),
        ("Naam", form.name.clone()),
        ("E-mailadres", form.email.clone()),
    ])
}

fn explained(facts: &ShopFacts, form: WithdrawalForm) -> AnyView {
    let shop = &facts.identity;
    let ways = function(facts, form);
    let model = view! {
        <section class="stack stack--s">
            <h2 class="fs-3">"Modelformulier voor herroeping"</h2>
            <p class="grijs">"Alleen als je dat fijn vindt. Elke duidelijke verklaring is goed."</p>
            <div class="paneel">
                <p>{format!("Aan {}, {}, {} {}, {}", shop.name, shop.street, shop.postal_code, shop.city, shop.email)}</p>
                <p>
                    "Ik/Wij (*) deel/delen (*) u hierbij mede dat ik/wij (*) onze overeenkomst betreffende de verkoop van de volgende goederen herroep/herroepen (*):"
                </p>
                <ul class="stack gap-2">
                    <li>"Besteld op (*) / ontvangen op (*):"</li>
                    <li>"Naam van de consument(en):"</li>
                    <li>"Adres van de consument(en):"</li>
                    <li>"Handtekening van de consument(en), alleen als dit formulier op papier wordt ingediend:"</li>
                    <li>"Datum:"</li>
                </ul>
                <p class="klein grijs">"(*) Doorhalen wat niet van toepassing is."</p>
            </div>
        </section>
    }
    .into_any();
    let body = vec![
        ways,
        section(
            "Hoe lang heb je?",
            vec![
                text(
                    "Vanaf het moment dat je bestelt tot 14 dagen na de dag waarop je het laatste artikel kreeg. Valt de laatste dag in een weekend of op een feestdag, dan geldt de eerstvolgende werkdag. Op tijd is wie vóór het einde van die dag herroept; terugsturen mag daarna.",
                ),
                text("Is het pakje nog niet weg, dan stuur ik het niet meer op."),
            ],
        ),
        section(
            "Daarna",
            vec![
                list([
                    "Je stuurt de artikelen terug binnen 14 dagen nadat je hebt herroepen. Passen mag, zoals in een winkel.",
                    "Je geld staat binnen 14 dagen na je herroeping terug, op dezelfde manier als je betaalde. Bij een hele bestelling ook de standaard verzendkosten.",
                    "Ik mag met terugbetalen wachten tot de artikelen hier zijn, of tot je laat zien dat ze verstuurd zijn.",
                ]),
                text(format!(
                    "Terugsturen betaal je zelf: {} voor een pakje binnen Nederland. Was er iets kapot of verkeerd, dan betaal ik.",
                    facts.return_cost
                )),
            ],
        ),
        model,
    ];
    article("Overeenkomst herroepen", "Je hoeft niet uit te leggen waarom.", body)
}
