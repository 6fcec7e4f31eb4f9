//! The panels about money: what goes back, and every try to pay.

use crate::api::checkout::{RefundView, TryView};
use crate::components::icon::Icon;
use leptos::prelude::*;

/// What goes back, how, and when it is there.
#[component]
pub fn GoesBack(refunds: Vec<RefundView>) -> impl IntoView {
    let rows = refunds.into_iter().map(|refund| {
        let RefundView { amount, what, how, lowered, is_done } = refund;
        let (class, word) = match (lowered, is_done) {
            (true, _) => ("badge badge--goed", "Van je rekening af"),
            (false, true) => ("badge badge--goed", "Terugbetaald"),
            (false, false) => ("badge badge--info", "Komt terug"),
        };
        view! {
            <div>
                <p class="row">
                    <span class=class>{word}</span>
                    <strong>{amount.to_string()}</strong>
                </p>
                <p>{how}</p>
                <p class="klein grijs">{what}</p>
            </div>
        }
    });
    view! {
        <section class="paneel" id="terugbetaald">
            <h2 class="fs-2">"Terugbetaling"</h2>
            {rows.collect_view()}
        </section>
    }
}

/// Every try to pay, folded away.
#[component]
pub fn Tries(tries: Vec<TryView>) -> impl IntoView {
    let rows = tries.into_iter().map(|try_to_pay| {
        let TryView { method, when, standing } = try_to_pay;
        view! {
            <li>
                <strong>{standing}</strong>
                {format!(": {}", method.label())}
                <br />
                <span class="klein grijs">{when}</span>
            </li>
        }
    });
    view! {
        <details class="vouw niet-printen">
            <summary>
                "Je betalingen"
                <Icon name="chevron-down" small=true />
            </summary>
            <div>
                <ol class="stack stack--s">{rows.collect_view()}</ol>
            </div>
        </details>
    }
}
