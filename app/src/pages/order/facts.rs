//! The panels of the order page: what was ordered, where it goes, and changing your mind.

use crate::api::checkout::{CancelOrder, OrderPage, OrderStanding};
use crate::components::address_lines::AddressLines;
use crate::components::icon::Icon;
use crate::components::order_summary::{SummaryLine, SummaryLines, Sums, Totals};
use crate::components::send_button::SendButton;
use crate::routes;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use shop_core::payment::Method;

/// Lines and amounts.
#[component]
pub fn Ordered(order: OrderPage) -> impl IntoView {
    let OrderPage { number, email, lines, goods, discount, code, shipping, total, vat, method, standing, bill, .. } =
        order;
    let lines = lines.into_iter().map(SummaryLine::from).collect();
    let paper = routes::order_paper(&number);
    // An address that is shown in part is that of somebody who has not signed in.
    let account = email.contains('…').then(|| {
        view! {
            <p class="klein">
                <a href=routes::SIGN_IN>"Log in met een code per mail"</a>
                " en je vindt al je bestellingen terug. Een wachtwoord is er niet."
            </p>
        }
    });
    // With Klarna she pays Klarna, later; on an open invoice she pays us, later.
    let paid = method != Method::Klarna
        && bill.is_none()
        && matches!(standing, OrderStanding::Paid | OrderStanding::Shipped { .. } | OrderStanding::Delivered);
    view! {
        <section class="paneel">
            <h2 class="fs-2">"Artikelen"</h2>
            <SummaryLines lines />
            <Totals sums=Sums { goods, discount, code, shipping, total, vat } />
            <p>
                <a class="link" href=paper rel="external">
                    <Icon name="download" small=true />
                    "Bewaar de bevestiging (PDF)"
                </a>
            </p>
            {account}
            <p class="grijs klein">{format!("{} {}", if paid { "Betaald met" } else { "Betaalmethode:" }, method.label())}</p>
        </section>
    }
}

/// Where it goes, and what to do about a mistake in it while the parcel is still `here`.
#[component]
pub fn Address(lines: Vec<String>, here: bool) -> impl IntoView {
    let change = here.then(|| {
        view! {
            <p class="klein grijs">
                "Klopt het adres niet? " <a href=routes::CONTACT>"Laat het meteen weten"</a> ", dan pas ik het aan zolang het pakje hier is."
            </p>
        }
    });
    view! {
        <section class="paneel">
            <h2 class="fs-2">"Bezorgadres"</h2>
            <AddressLines lines />
            {change}
        </section>
    }
}

/// The right of withdrawal, from the day of the order on (BW 6:230oa), and the way for defects.
#[component]
pub fn ChangedYourMind(number: String) -> impl IntoView {
    view! {
        <section class="paneel paneel--haver">
            <h2 class="fs-2">"Toch niet?"</h2>
            <p>"Je hebt bedenktijd tot 14 dagen na de dag waarop je het laatste artikel kreeg. Een reden hoeft niet. Het mag ook nu al, voordat het pakje er is."</p>
            <a class="btn btn--rustig" href=format!("{}?bestelling={number}", routes::WITHDRAW) rel="external">"Hier de overeenkomst herroepen"</a>
            <p class="klein grijs">
                "Is er iets kapot of verkeerd? " <a href=routes::CONTACT>"Meld het"</a>
                " en noem " <span class="nummer">{number}</span> ". Dat kan ook na de bedenktijd en kost je niets."
            </p>
        </section>
    }
}

/// Cancelling what was not sent yet. The fold asks for a second tap.
#[component]
pub fn Cancel(number: String) -> impl IntoView {
    view! {
        <details class="vouw niet-printen">
            <summary>
                "Bestelling annuleren"
                <Icon name="chevron-down" small=true />
            </summary>
            <div>
                <p>"We sturen niets op. Wat je al betaalde, krijg je helemaal terug."</p>
                <form method="post" action=CancelOrder::PATH data-eenmaal>
                    <input type="hidden" name="number" value=number />
                    <SendButton label="Annuleer deze bestelling" class="btn btn--rustig" />
                </form>
            </div>
        </details>
    }
}
