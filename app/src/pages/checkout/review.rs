//! Step 3: everything on one screen, the total directly above the button, and the button that makes it binding (BW 6:230v).

use super::{Notice, Step, Steps};
use crate::api::checkout::{PlaceOrder, ReviewPage as Page};
use crate::api::words::Words;
use crate::api::{ApiError, views};
use crate::components::address_lines::AddressLines;
use crate::components::discount_code::discount_code;
use crate::components::hold_bar::HoldBar;
use crate::components::icon::Icon;
use crate::components::order_summary::{SummaryLine, SummaryLines, Sums, Totals};
use crate::components::payment_methods::mark;
use crate::components::send_button::SendButton;
use crate::routes;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use shop_core::money::Money;

/// The statutory words of BW 6:230v(3). Only these may stand on the button (HR 4 October 2024, ECLI:NL:HR:2024:1355).
const ORDER_BUTTON: &str = "Bestelling met betalingsverplichting";

/// The page.
pub async fn words() -> Result<Words, ApiError> {
    Ok(review(views::review_page().await?))
}

fn review(page: Page) -> Words {
    let Page { email, phone, address, method, explanation, cart, arrives, return_cost, notice } = page;
    let sums = Sums::from(&cart);
    let seen_total = cart.total.in_cents();
    let hold = cart.hold;
    let code = discount_code(&cart, "kortingscode", routes::REVIEW);
    let lines = cart.lines.into_iter().map(SummaryLine::from).collect();
    let page = view! {
        <div class="page kassa section--s stack stack--l">
            <Steps current=Step::Review />
            <div class="two">
                <div class="stack stack--l">
                    <div class="stack stack--s">
                        <h1 class="fs-4" tabindex="-1">"Klopt alles?"</h1>
                        <p class="grijs">"Je kunt nog alles wijzigen."</p>
                    </div>
                    <Notice text=notice />
                    {hold.map(|hold| view! { <HoldBar hold back=routes::REVIEW /> })}
                    <section class="paneel">
                        <div class="row row--split">
                            <h2 class="fs-2">"Bezorgen bij"</h2>
                            <a class="link" href=routes::DETAILS>"Wijzig" <span class="weg">" adres"</span></a>
                        </div>
                        <AddressLines lines=address />
                        <p class="breek">{email} {(!phone.is_empty()).then(|| view! { <br /> {phone} })}</p>
                        <p class="grijs">{format!("PostNL, verwacht: {arrives}")}</p>
                    </section>
                    <section class="paneel">
                        <div class="row row--split">
                            <h2 class="fs-2">"Betalen met"</h2>
                            <a class="link" href=routes::PAYMENT>"Wijzig" <span class="weg">" betaalmethode"</span></a>
                        </div>
                        <p class="row">
                            <span class="merk" aria-hidden="true">{mark(method)}</span>
                            {method.label()}
                        </p>
                        {(!explanation.is_empty()).then(|| view! { <p class="grijs">{explanation}</p> })}
                    </section>
                    <GoodToKnow return_cost />
                    <section class="paneel paneel--haver paneel--facet" aria-label="Te bestellen">
                        <div class="row row--split">
                            <h2 class="fs-2">"Te bestellen"</h2>
                            <a class="link" href=routes::CART>"Wijzig" <span class="weg">" artikelen"</span></a>
                        </div>
                        <SummaryLines lines />
                        {code}
                        // Nothing may come between the total and the button.
                        <Totals sums />
                        <form method="post" action=PlaceOrder::PATH data-eenmaal>
                            <input type="hidden" name="seen_total" value=seen_total />
                            <SendButton label=ORDER_BUTTON busy="Een moment, we leggen je bestelling vast…" class="btn btn--vol btn--bestel" />
                        </form>
                    </section>
                </div>
                <aside class="sticky stack">
                    <div class="melding melding--goed">
                        <Icon name="lock" />
                        <p>"Je betaalgegevens vul je in bij je bank of de betaaldienst. Ze komen niet langs ons."</p>
                    </div>
                    <div class="melding melding--haver">
                        <Icon name="phone" />
                        <p>
                            "Liever even overleggen? " <a href=routes::CONTACT>"Bel, app of mail ons"</a> ". Je tas blijft bewaard."
                        </p>
                    </div>
                </aside>
            </div>
        </div>
    }
    .into_any();
    Words::own("Klopt alles?", page)
}

/// What the law wants said before the order (BW 6:230m). Her choices live on the server, so following a link loses nothing.
#[component]
fn GoodToKnow(return_cost: Money) -> impl IntoView {
    let link = |href: &'static str, text: &'static str| view! { <a href=href rel="external">{text}</a> };
    view! {
        <section class="paneel">
            <h2 class="fs-2">"Goed om te weten"</h2>
            <ul class="stack gap-2">
                <li>
                    "Je hebt " <strong>"14 dagen bedenktijd"</strong>
                    " vanaf de dag nadat je het laatste artikel kreeg. Herroepen doe je via de link onderaan elke pagina: "
                    {link(routes::WITHDRAW, "Hier de overeenkomst herroepen")} "."
                </li>
                <li>
                    {format!(
                        "Terugsturen kost je {return_cost}. Je geld, ook de standaard verzendkosten, krijg je binnen 14 dagen terug.",
                    )}
                </li>
                <li>
                    "Op alles geldt de wettelijke garantie: een artikel moet deugen, ook na de bedenktijd. Is er iets mis, dan herstellen of vervangen we het kosteloos. "
                    {link(routes::GUARANTEE, "Lees over de wettelijke garantie")} "."
                </li>
                <li>
                    "Op je bestelling gelden onze " {link(routes::TERMS, "algemene voorwaarden")} ". In de "
                    {link(routes::PRIVACY, "privacyverklaring")} " staat wat we met je gegevens doen."
                </li>
            </ul>
        </section>
    }
}
