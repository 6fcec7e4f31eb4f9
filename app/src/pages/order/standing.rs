//! The head of the order page: one full face for every standing.

use super::transfer::Transfer;
use crate::api::checkout::{BillView, MethodView, OrderPage, OrderStanding, PayAgain};
use crate::behaviour::payment;
use crate::components::field::Mistakes;
use crate::components::icon::Icon;
use crate::components::payment_methods::PaymentMethods;
use crate::components::send_button::SendButton;
use crate::routes;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use shop_core::payment::Method;

/// The head of the page.
#[component]
pub fn Standing(order: OrderPage) -> impl IntoView {
    let OrderPage { number, given_name, email, placed, standing, bill, method, methods, arrives, fresh, .. } = order;
    let thanks = if fresh { format!("Dank je wel, {given_name}.") } else { format!("Bestelling {number}") };
    let under = view! { <p class="grijs">{format!("Bestelling {number}, geplaatst op {placed}. Bevestiging naar {email}.")}</p> };
    let body = match standing {
        OrderStanding::PaymentPending => view! { <Pending number methods /> }.into_any(),
        OrderStanding::PaymentFailed { reason } => {
            view! {
                <h1>"Betalen is nog niet gelukt"</h1>
                <div class="melding melding--fout" role="status">
                    <Icon name="circle-alert" />
                    <p>{reason}</p>
                </div>
                <p class="groot">"Je bestelling staat nog. Je hoeft niets opnieuw in te vullen: kies hieronder hoe je wilt betalen."</p>
                <PayAgainForm number methods label="Betaal deze bestelling" />
            }
            .into_any()
        }
        OrderStanding::AwaitingTransfer(transfer) => {
            view! {
                <h1>{thanks}</h1>
                <p class="groot">"We leggen alles voor je klaar en verzenden zodra je betaling binnen is."</p>
                <Transfer transfer />
                {bill.map(|bill| view! { <p>{bill.sentence}</p> })}
                <OtherWay number methods now=method />
            }
            .into_any()
        }
        OrderStanding::Paid => {
            view! {
                <p class="badge badge--goed self-start">
                    <Icon name="check" small=true />
                    {if method.is_taken_when_shipped() || bill.is_some() {
                        "Akkoord: je betaalt achteraf".to_owned()
                    } else {
                        format!("Betaald met {}", method.label())
                    }}
                </p>
                <h1>{thanks}</h1>
                <p class="groot">{format!("Ik pak je bestelling in. Verwacht bij je thuis: {arrives}.")}</p>
                {bill.map(owed)}
            }
            .into_any()
        }
        OrderStanding::Shipped { url, code } => {
            view! {
                <p class="badge badge--info self-start">
                    <Icon name="truck" small=true />
                    "Onderweg"
                </p>
                <h1>{format!("Bestelling {number}")}</h1>
                <p class="groot">{format!("PostNL is met je pakje op weg. Verwacht: {arrives}.")}</p>
                <p>"Code van je pakje: " <strong class="nummer breek">{code}</strong></p>
                <p>
                    <a class="btn btn--rustig" href=url rel="external noopener">
                        "Volg bij PostNL"
                        <Icon name="external-link" small=true />
                    </a>
                </p>
                {bill.map(owed)}
            }
            .into_any()
        }
        OrderStanding::Delivered => {
            view! {
                <p class="badge badge--goed self-start">
                    <Icon name="check" small=true />
                    "Bezorgd"
                </p>
                <h1>{format!("Bestelling {number}")}</h1>
                <p class="groot">"Je pakje is bezorgd. Klopt er iets niet, laat het me dan weten; ik los het op."</p>
                {bill.map(owed)}
            }
            .into_any()
        }
        OrderStanding::Cancelled { reason } => {
            view! {
                <p class="badge self-start">
                    <Icon name="x" small=true />
                    "Geannuleerd"
                </p>
                <h1>{format!("Bestelling {number}")}</h1>
                <p class="groot">{reason}</p>
                <p><a class="btn btn--rustig" href=routes::collection("")>"Verder kijken"</a></p>
            }
            .into_any()
        }
    };
    view! { <div class="stack">{body} {under}</div> }
}

/// What is open on an invoice of our own, and where to.
fn owed(bill: BillView) -> AnyView {
    let BillView { sentence, transfer } = bill;
    view! {
        <p>{sentence}</p>
        {transfer.map(|transfer| view! { <Transfer transfer /> })}
    }
    .into_any()
}

/// The provider has not said yet. `behaviour::payment` asks again by itself; without script she looks again herself.
#[component]
fn Pending(number: String, methods: Vec<MethodView>) -> impl IntoView {
    view! {
        <h1>"Even wachten op je betaling"</h1>
        <div class="melding" role="status" data-betaling=number.clone()>
            <Icon name="clock" />
            <p>{payment::WAITING}</p>
        </div>
        <p><a class="btn btn--rustig" href=routes::order(&number) rel="external">"Kijk opnieuw"</a></p>
        <details class="vouw niet-printen">
            <summary>
                "Niet betaald? Probeer het opnieuw"
                <Icon name="chevron-down" small=true />
            </summary>
            <div><PayAgainForm number methods label="Betaal deze bestelling" /></div>
        </details>
    }
}

/// Pays the same order, with the same or another method; nothing is asked twice.
#[component]
fn PayAgainForm(number: String, methods: Vec<MethodView>, label: &'static str) -> impl IntoView {
    let mistakes = Mistakes::new(&[]);
    view! {
        <form method="post" action=PayAgain::PATH class="stack max-midden" data-eenmaal>
            <input type="hidden" name="number" value=number />
            <PaymentMethods methods chosen=None mistakes required=true />
            <div><SendButton label busy="Een moment, je gaat naar je bank…" /></div>
        </form>
    }
}

/// Another way than the one that is awaited now, folded away.
#[component]
fn OtherWay(number: String, methods: Vec<MethodView>, now: Method) -> impl IntoView {
    let others: Vec<MethodView> = methods.into_iter().filter(|view| view.method != now).collect();
    (!others.is_empty()).then(|| {
        view! {
            <details class="vouw niet-printen">
                <summary>
                    "Toch liever anders betalen"
                    <Icon name="chevron-down" small=true />
                </summary>
                <div><PayAgainForm number methods=others label="Kies deze manier" /></div>
            </details>
        }
    })
}
