//! The ways to pay, as a choice with nothing chosen in advance (legal.md BN3) and nothing styled up.

use crate::api::checkout::MethodView;
use crate::components::field::{FieldMistake, Mistakes, mistake_id};
use leptos::prelude::*;
use shop_core::checkout::Field;
use shop_core::payment::Method;

/// The choice, named `method`.
#[component]
pub fn PaymentMethods(
    /// The ways, in order.
    methods: Vec<MethodView>,
    /// What she chose before on this page herself.
    chosen: Option<Method>,
    /// The mistakes of the form.
    mistakes: Mistakes,
    /// Whether the browser itself asks for a choice, on a page that cannot say it.
    #[prop(optional)]
    required: bool,
) -> impl IntoView {
    let choices = methods
        .into_iter()
        .enumerate()
        .map(|(place, MethodView { method, explanation, refused })| {
            // The summary on top leads to the first choice.
            let id = (place == 0).then(|| Field::Method.name());
            view! {
                <label>
                    <span class="keus">
                        <input
                            type="radio"
                            name=Field::Method.name()
                            id=id
                            value=method.name()
                            required=required
                            disabled=refused.is_some()
                            checked={chosen == Some(method) && refused.is_none()}
                            aria-invalid=mistakes.of(Field::Method).map(|_| "true")
                            aria-describedby=mistakes.of(Field::Method).map(|_| mistake_id(Field::Method))
                        />
                    </span>
                    <strong>{method.label()}</strong>
                    <span class="merk" aria-hidden="true">{mark(method)}</span>
                    <span class="meer">{refused.unwrap_or(explanation)}</span>
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="veld">
            <legend class="weg">"Betaalmethode"</legend>
            <FieldMistake field=Field::Method mistakes />
            <div class="betaal">{choices}</div>
        </fieldset>
    }
}

/// The short mark beside a way to pay.
pub const fn mark(method: Method) -> &'static str {
    match method {
        Method::Ideal => "iDEAL",
        Method::Card => "Visa · MC",
        Method::PayPal => "PayPal",
        Method::Klarna => "Krediet",
        Method::Invoice => "Factuur",
        Method::BankTransfer => "IBAN",
    }
}
