//! Withdrawal from the contract (BW 6:230o, 6:230oa): what the right is, the model form, and two ways to use it without an account.

use super::article::{article, list, section, text};
use crate::api::catalog::ShopFacts;
use crate::routes;
use leptos::prelude::*;

/// Subject and body of the mail, encoded for an address (RFC 6068).
const MAIL: &str = "?subject=Herroeping&body=Ik%20herroep%20hierbij%20mijn%20overeenkomst.%0D%0A%0D%0ABestelnummer%3A%20%0D%0AOm%20welke%20artikelen%20gaat%20het%20(leeg%20%3D%20alles)%3A%20%0D%0ABesteld%20op%3A%20%0D%0ANaam%20en%20adres%3A%20";

/// The page.
pub fn withdraw(facts: &ShopFacts) -> AnyView {
    let shop = &facts.identity;
    let form = format!("{}?over=herroeping", routes::CONTACT);
    let mail = format!("mailto:{}{MAIL}", shop.email);
    let ways = view! {
        <section class="paneel paneel--haver paneel--facet" aria-labelledby="zo">
            <h2 class="fs-2" id="zo">"Hier de overeenkomst herroepen"</h2>
            <p>"Stuur een bericht. De tekst staat al klaar; je vult alleen je bestelnummer en je naam in. Een account of een reden is niet nodig."</p>
            <div class="row">
                <a class="btn" href=form>"Herroep met het formulier"</a>
                <a class="link" href=mail>"Herroep per mail"</a>
            </div>
            <p class="klein grijs">
                {format!(
                    "Bellen mag ook: {}. Weet je je bestelnummer niet, schrijf dan wat en wanneer je bestelde. Het moment waarop je bericht binnenkomt telt; ik bevestig het per mail, met datum en tijd.",
                    shop.phone,
                )}
            </p>
        </section>
    }
    .into_any();
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
