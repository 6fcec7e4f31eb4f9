//! The addresses of an account: filled in by themselves at the next order.

use super::frame;
use crate::api::account::{AccountPage, AddressForm, DeleteAddress, SaveAddress};
use crate::api::words::Words;
use crate::api::{ApiError, views};
use crate::components::address_fields::AddressFields;
use crate::components::address_lines::AddressLines;
use crate::components::error_summary::{ErrorSummary, form_title};
use crate::components::field::Mistakes;
use crate::components::icon::Icon;
use crate::components::send_button::SendButton;
use crate::routes;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// The page.
pub async fn words() -> Result<Words, ApiError> {
    let (account, form) = (views::account_page().await?, views::address_form().await?);
    Ok(addresses(account, form))
}

fn addresses(account: AccountPage, form: AddressForm) -> Words {
    let AddressForm { typed, errors } = form;
    let mistakes = Mistakes::new(&errors);
    let title = form_title("Adressen", &errors);
    let cards = account.addresses.into_iter().map(|(id, lines)| card(id, lines)).collect_view();
    let body = view! {
        <h1 class="fs-4" tabindex="-1">"Adressen"</h1>
        <ErrorSummary errors />
        <div class="kaarten kaarten--start">{cards}</div>
        <section class="paneel">
            <h2 class="fs-2">"Nieuw adres"</h2>
            <form method="post" action=SaveAddress::PATH class="stack" novalidate data-eenmaal>
                <AddressFields typed mistakes />
                <div><SendButton label="Bewaar dit adres" /></div>
            </form>
        </section>
    }
    .into_any();
    frame(title, routes::ACCOUNT_ADDRESSES, body)
}

fn card(id: String, lines: Vec<String>) -> AnyView {
    let spoken = lines.get(1).cloned().unwrap_or_default();
    view! {
        <section class="paneel">
            <AddressLines lines />
            <form method="post" action=DeleteAddress::PATH data-eenmaal>
                <input type="hidden" name="id" value=id />
                <button type="submit" class="link">
                    <Icon name="trash-2" small=true />
                    "Verwijder"
                    <span class="weg">{format!(" {spoken}")}</span>
                </button>
            </form>
        </section>
    }
    .into_any()
}
