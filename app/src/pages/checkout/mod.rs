//! Checkout: three steps in one column, each a plain form. What was typed lives on the server, so Back keeps it.

pub mod details;
pub mod payment;
pub mod review;

use crate::components::icon::Icon;
use crate::routes;
use leptos::prelude::*;

/// A step of the checkout.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Details,
    Payment,
    Review,
}

impl Step {
    const ALL: [Self; 3] = [Self::Details, Self::Payment, Self::Review];

    const fn title(self) -> &'static str {
        match self {
            Self::Details => "Adres",
            Self::Payment => "Betaling",
            Self::Review => "Controle",
        }
    }

    const fn address(self) -> &'static str {
        match self {
            Self::Details => routes::DETAILS,
            Self::Payment => routes::PAYMENT,
            Self::Review => routes::REVIEW,
        }
    }
}

/// Where she is: steps behind her are links, what was typed there is kept.
#[component]
fn Steps(current: Step) -> impl IntoView {
    let steps = (1..)
        .zip(Step::ALL)
        .map(|(number, step)| {
            if step < current {
                view! {
                    <li data-staat="klaar">
                        <a href=step.address()>
                            <Icon name="check" small=true />
                            {step.title()}
                            <span class="weg">", klaar"</span>
                        </a>
                    </li>
                }
                .into_any()
            } else {
                let here = (step == current).then_some("step");
                view! { <li aria-current=here><span>{format!("{number}. {}", step.title())}</span></li> }.into_any()
            }
        })
        .collect_view();
    view! { <nav aria-label="Stappen"><ol class="stappen">{steps}</ol></nav> }
}

/// A sentence from another step, for instance that a size was sold meanwhile.
#[component]
fn Notice(text: Option<String>) -> impl IntoView {
    text.map(|text| {
        view! {
            <div class="melding melding--let" role="status">
                <Icon name="info" />
                <p>{text}</p>
            </div>
        }
    })
}
