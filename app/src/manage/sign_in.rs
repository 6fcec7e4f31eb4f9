//! Signing in: the password, then the code. Mistakes never say which part was wrong.

use super::layout::{alone, message};
use super::paths;
use leptos::prelude::*;
use shop_flows::manage::SignInError;

/// The first page, with what was typed and what went wrong.
pub fn password(css: &str, email: &str, error: Option<&SignInError>) -> String {
    let notice = error.map(|error| {
        message(false, sentence(error, "Deze combinatie klopt niet. Kijk je e-mailadres en wachtwoord nog eens na."))
    });
    let email = email.to_owned();
    let body = view! {
        <div class="stack stack--s">
            <h1 class="fs-4">"Inloggen"</h1>
            <p class="grijs">"Voor wie de winkel runt."</p>
        </div>
        {notice}
        <form class="stack" method="post" action=paths::SIGN_IN>
            <div class="veld">
                <label r#for="email">"E-mailadres"</label>
                <input class="in" id="email" name="email" r#type="email" autocomplete="username" required value=email />
            </div>
            <div class="veld">
                <label r#for="wachtwoord">"Wachtwoord"</label>
                <input class="in" id="wachtwoord" name="wachtwoord" r#type="password" autocomplete="current-password" required />
            </div>
            <button class="btn btn--vol">"Verder"</button>
        </form>
        <p class="klein grijs">"Wachtwoord of telefoon kwijt? Op de server geeft het commando "<code>"allgems owner"</code>" een nieuwe link."</p>
    };
    alone(css, "Inloggen", body.into_any())
}

/// The second page. `ticket` goes with the form and is worth nothing without the code.
pub fn code(css: &str, ticket: &str, error: Option<&SignInError>) -> String {
    let notice = error
        .map(|error| message(false, sentence(error, "Deze code klopt niet, of is al gebruikt. Wacht op de volgende.")));
    let ticket = ticket.to_owned();
    let body = view! {
        <div class="stack stack--s">
            <h1 class="fs-4">"Code van je telefoon"</h1>
            <p class="grijs">"Open je authenticator-app en neem de zes cijfers bij All Gems over."</p>
        </div>
        {notice}
        <form class="stack" method="post" action=paths::SIGN_IN_CODE>
            <input r#type="hidden" name="bewijs" value=ticket />
            <div class="veld">
                <label r#for="code">"Code"</label>
                <input
                    class="in nummer"
                    id="code"
                    name="code"
                    r#type="text"
                    inputmode="numeric"
                    autocomplete="one-time-code"
                    maxlength="10"
                    required
                    autofocus
                />
            </div>
            <button class="btn btn--vol">"Log in"</button>
        </form>
        <a class="link" href=paths::SIGN_IN>
            "Opnieuw beginnen"
        </a>
    };
    alone(css, "Code", body.into_any())
}

fn sentence(error: &SignInError, wrong: &'static str) -> String {
    match error {
        SignInError::Wrong => wrong.to_owned(),
        SignInError::TooManyTries => "Dat waren veel pogingen, misschien van een ander. Wacht even en probeer het dan nog eens; hoe vaker het misgaat, hoe langer het wachten. In een browser waarin je eerder inlogde, houdt een ander je niet op.".to_owned(),
        SignInError::TooLate => "Dat duurde te lang. Begin opnieuw met je wachtwoord.".to_owned(),
        SignInError::Shop(error) => super::words::trouble(error),
    }
}
