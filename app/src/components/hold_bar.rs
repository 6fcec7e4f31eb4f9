//! How long the bag is held while she pays: quiet, with a warning two minutes before the end and a button for more time (WCAG 2.2.1).
//! The time in words comes from the server; `behaviour::hold` counts along.

use crate::api::cart::HoldView;
use crate::api::checkout::ExtendHold;
use crate::behaviour::hold;
use crate::components::icon::Icon;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// The bar. `back` is the page it stands on.
#[component]
pub fn HoldBar(hold: HoldView, back: &'static str) -> impl IntoView {
    let is_over = hold.seconds_left <= 0;
    let class = if is_over { "wacht niet-printen melding melding--let" } else { "wacht niet-printen" };
    let said = if is_over { hold::OVER.to_owned() } else { hold::held(&hold) };
    let more = (hold.can_extend && !is_over).then(|| {
        view! {
            <form method="post" action=ExtendHold::PATH>
                <input type="hidden" name="back" value=back />
                <button type="submit" class="link">"Geef me meer tijd"</button>
            </form>
        }
    });
    view! {
        <div class=class data-wacht=hold.seconds_left.max(0).to_string()>
            <Icon name="clock" small=true />
            <div class="row row--split">
                <p>
                    <span role="timer" aria-live="off">{said}</span>
                    " "
                    <strong role="status"></strong>
                </p>
                {more}
            </div>
        </div>
    }
    .into_any()
}
