//! How long the bag is held while she pays: quiet, with a warning two minutes before the end and a button for more time (WCAG 2.2.1).
//! The time in words comes from the server; the browser only counts along.

use crate::api::cart::HoldView;
use crate::api::checkout::{ExtendHold, extend_hold};
use crate::components::icon::Icon;
use leptos::ev::SubmitEvent;
use leptos::leptos_dom::helpers::IntervalHandle;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos::task::spawn_local;
use std::time::Duration;

/// Milliseconds before the end at which we warn (`shop_core::stock` warns at the same moment).
const WARNING: f64 = 120_000.0;

/// What the bar says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    Held,
    Ending,
    Over,
}

/// The bar. `back` is the page it stands on.
#[component]
pub fn HoldBar(hold: HoldView, back: &'static str) -> impl IntoView {
    let hold = RwSignal::new(hold);
    let phase = RwSignal::new(if hold.get_untracked().seconds_left > 0 { Phase::Held } else { Phase::Over });
    let failed = RwSignal::new(false);
    count_along(hold, phase);

    let extend = move |event: SubmitEvent| {
        // Sending the form would lose what is typed in the form of the page.
        event.prevent_default();
        spawn_local(async move {
            match extend_hold(back.to_owned()).await {
                Ok(Some(longer)) => {
                    failed.set(false);
                    phase.set(Phase::Held);
                    hold.set(longer);
                }
                Ok(None) => phase.set(Phase::Over),
                Err(_) => failed.set(true),
            }
        });
    };
    let until = move || {
        let hold = hold.get();
        format!("{:02}.{:02} uur", hold.until_hour, hold.until_minute)
    };
    let said = move || match phase.get() {
        Phase::Over => {
            "De reservering is voorbij. Je tas is bewaard; bij de volgende stap kijken we of alles er nog is."
                .to_owned()
        }
        Phase::Held | Phase::Ending => format!("We houden je artikelen voor je vast tot {}.", until()),
    };
    // Filled at the warning only, so a screen reader is left alone until then.
    let warning = move || match (failed.get(), phase.get()) {
        (true, _) => "Verlengen lukte niet. Probeer het nog eens.",
        (false, Phase::Ending) => "Nog twee minuten, dan laten we je artikelen los.",
        (false, Phase::Held | Phase::Over) => "",
    };
    view! {
        <div class="wacht niet-printen" class:melding=move || phase.get() != Phase::Held class:melding--let=move || phase.get() != Phase::Held>
            <Icon name="clock" small=true />
            <div class="row row--split">
                <p>
                    <span role="timer" aria-live="off">{said}</span>
                    " "
                    <strong role="status">{warning}</strong>
                </p>
                {move || {
                    (hold.get().can_extend && phase.get() != Phase::Over)
                        .then(|| {
                            view! {
                                <form method="post" action=ExtendHold::PATH on:submit=extend>
                                    <input type="hidden" name="back" value=back />
                                    <button type="submit" class="link">"Geef me meer tijd"</button>
                                </form>
                            }
                        })
                }}
            </div>
        </div>
    }
}

/// Looks at the clock every second, in the browser, from the moment the page is alive. A tab that slept catches up at once.
fn count_along(hold: RwSignal<HoldView>, phase: RwSignal<Phase>) {
    let running = StoredValue::new(None::<IntervalHandle>);
    let stop = move || {
        if let Some(handle) = running.try_update_value(Option::take).flatten() {
            handle.clear();
        }
    };
    Effect::new(move || {
        stop();
        let seconds = u32::try_from(hold.get().seconds_left).unwrap_or(0);
        let end = now() + f64::from(seconds) * 1000.0;
        let tick = move || {
            let left = end - now();
            let next = if left <= 0.0 {
                Phase::Over
            } else if left <= WARNING {
                Phase::Ending
            } else {
                Phase::Held
            };
            if phase.get_untracked() != next {
                phase.set(next);
            }
        };
        running.set_value(set_interval(tick, Duration::from_secs(1)).ok());
    });
    on_cleanup(stop);
}

/// Milliseconds of the browser's clock.
#[cfg(feature = "hydrate")]
fn now() -> f64 {
    js_sys::Date::now()
}

/// Effects do not run on the server, so nobody asks.
#[cfg(not(feature = "hydrate"))]
fn now() -> f64 {
    0.0
}
