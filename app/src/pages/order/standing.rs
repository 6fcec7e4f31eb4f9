//! The head of the order page: one full face for every standing.

use super::transfer::Transfer;
use crate::api::checkout::{MethodView, OrderPage, OrderStanding, PayAgain, order_page};
use crate::components::field::Mistakes;
use crate::components::icon::Icon;
use crate::components::payment_methods::PaymentMethods;
use crate::components::send_button::{SendButton, Sending};
use crate::routes;
use crate::state::use_notices;
use leptos::leptos_dom::helpers::IntervalHandle;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos::task::spawn_local;
use shop_core::payment::Method;
use std::time::Duration;

/// How often a pending payment is asked for, and how many times: a minute in all.
const ASK_EVERY: Duration = Duration::from_secs(2);
const ASK_AT_MOST: u32 = 30;

/// The head of the page.
#[component]
pub fn Standing(order: OrderPage, newest: RwSignal<OrderPage>) -> impl IntoView {
    let OrderPage { number, given_name, email, placed, standing, method, methods, arrives, fresh, .. } = order;
    let thanks = if fresh { format!("Dank je wel, {given_name}.") } else { format!("Bestelling {number}") };
    let under = view! { <p class="grijs">{format!("Bestelling {number}, geplaatst op {placed}. Bevestiging naar {email}.")}</p> };
    let body = match standing {
        OrderStanding::PaymentPending => view! { <Pending number newest /> }.into_any(),
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
                <OtherWay number methods />
            }
            .into_any()
        }
        OrderStanding::Paid => {
            view! {
                <p class="badge badge--goed self-start">
                    <Icon name="check" small=true />
                    {format!("Betaald met {}", method.label())}
                </p>
                <h1>{thanks}</h1>
                <p class="groot">{format!("Ik pak je bestelling in. Verwacht bij je thuis: {arrives}.")}</p>
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
                <p>"Was er al betaald, dan staat het hele bedrag binnen 14 dagen terug op dezelfde rekening."</p>
                <p><a class="btn btn--rustig" href=routes::collection("")>"Verder kijken"</a></p>
            }
            .into_any()
        }
    };
    view! { <div class="stack">{body} {under}</div> }
}

/// The provider has not said yet. Asks every two seconds for a minute; then, or without script, she looks again herself.
#[component]
fn Pending(number: String, newest: RwSignal<OrderPage>) -> impl IntoView {
    let asking = RwSignal::new(true);
    ask_until_known(number.clone(), newest, asking);
    let said = move || {
        if asking.get() {
            "We wachten op je bank. Je hoeft niets te doen; je krijgt zo een mail."
        } else {
            "Je bank neemt de tijd. Je krijgt een mail zodra we het weten. Je kunt deze pagina gerust sluiten."
        }
    };
    view! {
        <h1>"Even wachten op je betaling"</h1>
        <div class="melding" role="status" aria-busy=move || asking.get().then_some("true")>
            <Icon name="clock" />
            <p>{said}</p>
        </div>
        <p><a class="btn btn--rustig" href=routes::order(&number) rel="external">"Kijk opnieuw"</a></p>
    }
}

/// Asks for the order until its payment is known, in the browser only. One question at a time.
fn ask_until_known(number: String, newest: RwSignal<OrderPage>, asking: RwSignal<bool>) {
    let running = StoredValue::new(None::<IntervalHandle>);
    let stop = move || {
        if let Some(handle) = running.try_update_value(Option::take).flatten() {
            handle.clear();
        }
    };
    Effect::new(move || {
        let notices = use_notices();
        let number = number.clone();
        let asked = StoredValue::new(0_u32);
        let on_its_way = StoredValue::new(false);
        let ask = move || {
            if on_its_way.get_value() {
                return;
            }
            if asked.get_value() >= ASK_AT_MOST {
                stop();
                asking.set(false);
                return;
            }
            asked.update_value(|count| *count += 1);
            on_its_way.set_value(true);
            let number = number.clone();
            spawn_local(async move {
                // No answer: the next second look may have one.
                let answer =
                    order_page(number).await.ok().filter(|order| order.standing != OrderStanding::PaymentPending);
                // The page may be gone by now; then there is nothing to write to.
                on_its_way.try_set_value(false);
                if let Some(order) = answer {
                    stop();
                    notices.say("We weten meer over je betaling. De pagina is bijgewerkt.");
                    newest.try_set(order);
                }
            });
        };
        running.set_value(set_interval(ask, ASK_EVERY).ok());
    });
    on_cleanup(stop);
}

/// Pays the same order, with the same or another method; nothing is asked twice.
#[component]
fn PayAgainForm(number: String, methods: Vec<MethodView>, label: &'static str) -> impl IntoView {
    let mistakes = Mistakes::new(Vec::new());
    let sending = Sending::new();
    view! {
        <form method="post" action=PayAgain::PATH class="stack max-midden" on:submit=move |event| sending.once(&event)>
            <input type="hidden" name="number" value=number />
            <PaymentMethods methods chosen=None mistakes required=true />
            <div><SendButton sending label busy="Een moment, je gaat naar je bank…" /></div>
        </form>
    }
}

/// Another way than the transfer, folded away.
#[component]
fn OtherWay(number: String, methods: Vec<MethodView>) -> impl IntoView {
    let others: Vec<MethodView> = methods.into_iter().filter(|view| view.method != Method::BankTransfer).collect();
    (!others.is_empty()).then(|| {
        view! {
            <details class="vouw niet-printen">
                <summary>
                    "Toch liever meteen betalen"
                    <Icon name="chevron-down" small=true />
                </summary>
                <div><PayAgainForm number methods=others label="Betaal nu" /></div>
            </details>
        }
    })
}
