//! Step 2: how to pay. Nothing is chosen for her.

use super::{Notice, Step, Steps};
use crate::api::checkout::{PaymentPage as Page, SendMethod};
use crate::api::words::Words;
use crate::api::{ApiError, views};
use crate::components::error_summary::{ErrorSummary, form_title};
use crate::components::field::Mistakes;
use crate::components::hold_bar::HoldBar;
use crate::components::icon::Icon;
use crate::components::order_summary::CartSummary;
use crate::components::payment_methods::PaymentMethods;
use crate::components::send_button::SendButton;
use crate::routes;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// The page.
pub async fn words() -> Result<Words, ApiError> {
    Ok(form(views::payment_page().await?))
}

fn form(page: Page) -> Words {
    let Page { methods, chosen, errors, notice, cart } = page;
    let mistakes = Mistakes::new(&errors);
    let title = form_title("Hoe wil je betalen?", &errors);
    let page = view! {
        <div class="page kassa section--s stack stack--l">
            <Steps current=Step::Payment />
            <div class="two">
                <div class="stack stack--l">
                    <h1 class="fs-4" tabindex="-1">"Hoe wil je betalen?"</h1>
                    <ErrorSummary errors />
                    <Notice text=notice />
                    {cart.hold.map(|hold| view! { <HoldBar hold back=routes::PAYMENT /> })}
                    <form
                        method="post"
                        action=SendMethod::PATH
                        class="stack stack--l"
                        novalidate data-eenmaal
                    >
                        <PaymentMethods methods chosen mistakes />
                        <div class="melding">
                            <Icon name="info" />
                            <p>"Pas bij de laatste stap bestel je echt. Betalen kost je bij geen van deze manieren iets extra."</p>
                        </div>
                        <div class="kassa__acties">
                            <SendButton label="Verder naar controle" />
                            <a class="link" href=routes::DETAILS>
                                <Icon name="arrow-left" small=true />
                                "Terug naar adres"
                            </a>
                        </div>
                    </form>
                </div>
                <CartSummary cart />
            </div>
        </div>
    }
    .into_any();
    Words::own(title, page)
}
