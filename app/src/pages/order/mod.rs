//! An order, for the person who placed it: what happened, what happens next, and every way to change her mind.
//! A pending payment asks again by itself.

mod facts;
mod money;
mod standing;
mod transfer;

use crate::api::checkout::{OrderPage as Page, OrderStanding};
use crate::api::words::Words;
use crate::api::{ApiError, views};
use crate::components::timeline::Timeline;
use facts::{Address, Cancel, ChangedYourMind, Ordered};
use leptos::prelude::*;
use money::{GoesBack, Tries};
use standing::Standing;

/// The page.
pub async fn words(number: String, stopped: bool) -> Result<Words, ApiError> {
    let order = views::order_page(number, stopped).await?;
    Ok(Words::own(format!("Bestelling {}", order.number), face(order)))
}

/// The page as it is once the payment is known; until then there is nothing newer to show.
pub async fn newer(number: String) -> Result<Option<String>, ApiError> {
    let order = views::order_page(number, false).await?;
    Ok((order.standing != OrderStanding::PaymentPending).then(|| face(order).to_html()))
}

fn face(order: Page) -> AnyView {
    let cancelled = matches!(order.standing, OrderStanding::Cancelled { .. });
    let here = !cancelled && !matches!(order.standing, OrderStanding::Shipped { .. } | OrderStanding::Delivered);
    let number = order.number.clone();
    let back = (!order.refunds.is_empty()).then(|| view! { <GoesBack refunds=order.refunds.clone() /> });
    let tries = (!order.tries.is_empty()).then(|| view! { <Tries tries=order.tries.clone() /> });
    let thanks = (!order.thanks.is_empty()).then(|| view! { <div hidden inner_html=order.thanks.clone()></div> });
    let cancel = order.can_cancel.then(|| view! { <Cancel number=number.clone() /> });
    view! {
        <div class="page page--midden section--s stack stack--xl">
            <Standing order=order.clone() />
            {thanks}
            <div class="kaarten kaarten--start">
                <section class="paneel paneel--facet">
                    <h2 class="fs-2">"Hoe het gaat"</h2>
                    <Timeline steps=order.steps.clone() />
                </section>
                {back}
                <Ordered order=order.clone() />
                {(!order.worn.is_empty()).then(|| view! { <div inner_html=order.worn.clone()></div> })}
                <div class="stack">
                    <Address lines=order.address here />
                    {tries}
                    {(!cancelled).then(|| view! { <ChangedYourMind number=number.clone() /> })}
                    {cancel}
                </div>
            </div>
        </div>
    }
    .into_any()
}
