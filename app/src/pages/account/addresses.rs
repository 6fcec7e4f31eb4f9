//! The addresses of an account: filled in by themselves at the next order.

use super::frame;
use crate::api::account::{AccountPage, AddressForm, DeleteAddress, SaveAddress, account_page, address_form};
use crate::api::load;
use crate::components::address_fields::{AddressFields, Known};
use crate::components::address_lines::AddressLines;
use crate::components::error_summary::{ErrorSummary, form_title};
use crate::components::field::Mistakes;
use crate::components::icon::Icon;
use crate::components::loaded::loaded;
use crate::components::send_button::{SendButton, Sending};
use crate::routes;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_meta::Title;

/// The page.
#[component]
pub fn AddressesPage() -> impl IntoView {
    let both = load(|| (), |()| async { Ok((account_page().await?, address_form().await?)) });
    loaded(both, addresses)
}

fn addresses((account, form): (AccountPage, AddressForm)) -> AnyView {
    let AddressForm { typed, errors } = form;
    let mistakes = Mistakes::new(errors.clone());
    let sending = Sending::new();
    let title = (!errors.is_empty()).then(|| view! { <Title text=form_title("Adressen", &errors) /> });
    let cards = account.addresses.into_iter().map(|(id, lines)| card(id, lines)).collect_view();
    let body = view! {
        {title}
        <h1 class="fs-4" tabindex="-1">"Adressen"</h1>
        <ErrorSummary errors />
        <div class="kaarten kaarten--start">{cards}</div>
        <section class="paneel">
            <h2 class="fs-2">"Nieuw adres"</h2>
            <form method="post" action=SaveAddress::PATH class="stack" novalidate on:submit=move |event| sending.once(&event)>
                <AddressFields typed mistakes known=Known::new() />
                <div><SendButton sending label="Bewaar dit adres" /></div>
            </form>
        </section>
    }
    .into_any();
    frame("Adressen", routes::ACCOUNT_ADDRESSES, body)
}

fn card(id: String, lines: Vec<String>) -> AnyView {
    let sending = Sending::new();
    let spoken = lines.get(1).cloned().unwrap_or_default();
    view! {
        <section class="paneel">
            <AddressLines lines />
            <form method="post" action=DeleteAddress::PATH on:submit=move |event| sending.once(&event)>
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
